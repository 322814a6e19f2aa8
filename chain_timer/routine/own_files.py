"""A person's own files on disk: never lost, never written over unseen, and back again after a deletion.

Others write into the folder as well: an editor, a sync tool, another instance. So a file is known by its
bytes, and those are looked at again right before new ones take their place.
"""

import errno
import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from chain_timer.problems import ChainTimerError, FileProblemsError, Problem, quoted
from chain_timer.routine.file_names import file_stem
from chain_timer.routine.toml_file import LARGEST_FILE, source_text
from chain_timer.system.files import (
    file_made_whole,
    folder_locked,
    read_bytes_bounded,
    write_bytes_atomic,
)

ENDING = ".toml"
TRASH_NAME = ".trash"
"""Beside the folders of own files; for systems whose trash takes nothing."""
_MOST_TRIES = 100
_NO_ROOM = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

Trash = Callable[[Path], Path]
"""Moves a file to the system's trash and gives where it lies now. Raises OSError when it cannot."""
Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was last seen on disk."""

    path: Path
    text: str
    digest: str
    stamp: Stamp = field(default=(), compare=False)
    """What the disk said of it then: a different one is a reason to look at its bytes."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A file that was deleted, with all that is needed to have it back."""

    path: Path
    data: bytes
    trashed: Path | None
    """Where it lies now, as far as is known."""


class NotSavedError(ChainTimerError):
    """The disk refused; what was there is still there, whole."""


class ChangedOnDiskError(ChainTimerError):
    """Somebody else changed the file, or took it away. Nothing was written."""

    def __init__(self, path: Path, now: Kept | None) -> None:
        self.now = now
        """The file as it is now; None when it is gone."""
        what = "was changed by something else" if now else "is no longer there"
        super().__init__(f"{quoted(path.name)} {what} ({source_text(path.parent)}); choose which one to keep")

    @property
    def text(self) -> str | None:
        """What the file says now; None when it is gone."""
        return self.now.text if self.now else None


class OwnFiles:
    """The files of one folder of a person's own routines or exercises. Blocks on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def read(self, path: Path) -> Kept:
        """Read a file of this folder, to save it later. Raises FileProblemsError when it cannot be had."""
        found = self._checked(path)
        try:
            return _kept(found, "strict")
        except UnicodeDecodeError:
            problem = Problem("", "this is not UTF-8 text", "save it as UTF-8 text")
        except (OSError, ValueError) as error:
            problem = Problem(
                "", f"it cannot be read: {_reason(error)}", "check the file and its permissions"
            )
        raise FileProblemsError(source_text(path), [problem])

    def new(self, text: str, title: str, taken: Collection[str] = ()) -> Kept:
        """Write a new file that is named by its title. Never takes the place of another one.

        ``taken`` are names without ending that it may not have, besides those that are there. Raises
        NotSavedError.
        """
        return self._add(_encoded(text), title, taken)

    def save(self, kept: Kept, text: str) -> Kept:
        """Write new text into a file that is still as it was seen.

        Raises ChangedOnDiskError when it is not, and NotSavedError when the disk refuses.
        """
        path, data = self._checked(kept.path), _encoded(text)
        with disk_told(path.name, path.parent, "is not saved"), folder_locked(self.folder):
            with file_made_whole(path) as file:
                _write_through(file, data)
                _check_unchanged(kept)
            return _written(path, data)

    def save_over(self, kept: Kept, text: str) -> Kept:
        """Write new text whatever is there; that stays beside it with ``.bak``. Raises NotSavedError."""
        path, data = self._checked(kept.path), _encoded(text)
        with disk_told(path.name, path.parent, "is not saved"), folder_locked(self.folder):
            write_bytes_atomic(path, data, keep_previous=True)
            return _written(path, data)

    def changed(self, kept: Kept) -> bool:
        """Whether the file is not as it was seen, or gone. Its bytes are only read when its stamp differs."""
        try:
            if kept.stamp and _stamp(kept.path) == kept.stamp:
                return False
            return digest_of(_bytes_of(kept.path)) != kept.digest
        except (OSError, ValueError):
            return True

    def delete(self, kept: Kept, trash: Trash) -> Deleted:
        """Move a file to the trash as it is now; to a folder of our own where the system's takes nothing.

        A file that is gone already counts as deleted as it was seen. Raises NotSavedError.
        """
        path = self._checked(kept.path)
        with disk_told(path.name, path.parent, "is not deleted"), folder_locked(self.folder):
            if not os.path.lexists(path):
                return Deleted(path, kept.text.encode(), None)
            data = _bytes_of(path)
            return Deleted(path, data, self._trashed(path, trash))

    def undo(self, deleted: Deleted) -> Kept:
        """Bring a deleted file back with the very bytes it had, even when the trash was emptied since.

        Should its name be taken by now, it gets the next free one. Raises NotSavedError.
        """
        path = self._checked(deleted.path)
        kept = self._add(deleted.data, path.stem, (), path)
        if deleted.trashed is not None:
            _clear(deleted.trashed, deleted.data)
        return kept

    def _add(self, data: bytes, title: str, taken: Collection[str], wish: Path | None = None) -> Kept:
        with disk_told(title, self.folder, "is not saved"), folder_locked(self.folder):
            others = {*taken, *(path.stem for path in self.folder.iterdir())}
            for _ in range(_MOST_TRIES):
                path = wish or self.folder / f"{file_stem(title, others)}{ENDING}"
                with suppress(FileExistsError):
                    _write_new(path, data)
                    return _written(path, data)
                wish = None
                others.add(path.stem)
            raise FileExistsError(errno.EEXIST, "too many files of this name")

    def _trashed(self, path: Path, trash: Trash) -> Path | None:
        try:
            where = trash(path)
        except OSError:
            where = None
        if os.path.lexists(path):  # it may fail without a word as well
            return self._into_own_trash(path)
        return where

    def _into_own_trash(self, path: Path) -> Path:
        folder = self.folder.parent / TRASH_NAME
        folder.mkdir(exist_ok=True)
        names = {each.stem for each in folder.iterdir()}
        return path.rename(folder / f"{file_stem(path.stem, names)}{ENDING}")

    def _checked(self, path: Path) -> Path:
        """Refuse with ValueError what is no file of this folder: that is a mistake of ours."""
        if path.absolute().parent != self.folder or path.suffix != ENDING:
            raise ValueError(f"{path} is no file of {self.folder}")
        return path.absolute()


def _kept(path: Path, errors: str = "replace") -> Kept:
    stamp = _stamp(path)  # before the bytes: what changes in between is looked at again
    data = _bytes_of(path)
    return Kept(path, data.decode("utf-8-sig", errors), digest_of(data), stamp)


def _written(path: Path, data: bytes) -> Kept:
    """Give a file as we wrote it. Its stamp only counts when nobody else has written since."""
    stamp: Stamp = ()
    with suppress(OSError, ValueError):
        now = _kept(path)
        stamp = now.stamp if now.digest == digest_of(data) else ()
    return Kept(path, data.decode("utf-8-sig", "replace"), digest_of(data), stamp)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # half a character, which some input methods leave, is no text


def _bytes_of(path: Path) -> bytes:
    return read_bytes_bounded(path, LARGEST_FILE)


def digest_of(data: bytes) -> str:
    """What the bytes of a file are known by."""
    return hashlib.sha256(data).hexdigest()


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _check_unchanged(kept: Kept) -> None:
    try:
        now = _kept(kept.path)
    except FileNotFoundError:
        raise ChangedOnDiskError(kept.path, None) from None
    if now.digest != kept.digest:
        raise ChangedOnDiskError(kept.path, now)


def _write_through(file: BinaryIO, data: bytes) -> None:
    """Have the disk take it now: a slow one must not come between the last look and the new file."""
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def _write_new(path: Path, data: bytes) -> None:
    with file_made_whole(path) as file:
        _write_through(file, data)
        if os.path.lexists(path):  # as late as can be: a sync tool may have brought one just now
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _clear(trashed: Path, data: bytes) -> None:
    """Take from the trash what is back in its place; what lies there of another kind stays."""
    with suppress(OSError, ValueError):
        if _bytes_of(trashed) == data:
            trashed.unlink()
            # https://specifications.freedesktop.org/trash-spec: where it came from, in a file of its own.
            (trashed.parent.parent / "info" / f"{trashed.name}.trashinfo").unlink(missing_ok=True)


@contextmanager
def disk_told(name: str, folder: Path, what: str) -> Iterator[None]:
    """Turn what the disk says into words for a person: raises NotSavedError for OSError and ValueError."""
    try:
        yield
    except (OSError, ValueError) as error:
        where = source_text(folder)
        raise NotSavedError(f"{quoted(name)} {what}: {_reason(error)} ({where}); {_remedy(error)}") from None


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or "the disk refused").lower()
    return str(error)


def _remedy(error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in _NO_ROOM:
        return "free some space on the disk and try again"
    if number in _NOT_ALLOWED:
        return "check the permissions of the file and its folder, and try again"
    return "check the file and its folder, and try again"
