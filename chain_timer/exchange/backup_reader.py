"""A backup, a data folder or a bare history, read without trust: all three as files by their names."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NoReturn, Protocol

from chain_timer.exchange.backup_layout import (
    FOLDERS,
    FORMAT,
    HISTORY,
    LARGEST_OWN,
    MANIFEST,
    MOST_FILES,
    VERSION,
    Sort,
    is_left_over,
    sort_of,
)
from chain_timer.exchange.packed_file import PackedFile
from chain_timer.exchange.source import parse_json
from chain_timer.exchange.zip_entry import RefusedError, label
from chain_timer.problems import FileProblemsError, Problem, plain, quoted
from chain_timer.routine.toml_file import source_text

LARGEST_HISTORY = 8 * 1024 * 1024 * 1024
"""Bytes; a hundred times what twenty years of daily sessions take."""
_PART = 256 * 1024
_PACKED = (b"PK\x03\x04", b"PK\x05\x06")
_SQLITE = b"SQLite format 3\0"
_LONGEST_VERSION = 40
_DAY_AND_TIME = 16
_REFUSED = "it was left out"


class Form(StrEnum):
    """What a person chose."""

    BACKUP = "backup"
    FOLDER = "data folder"
    DATABASE = "history"


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself."""

    form: Form
    made: str = ""
    """When, at the place where it was made, like ``2026-11-23 10:38``; empty where it does not say."""
    program: str = ""
    """The version of Chain Timer that made it."""


class Stored(Protocol):
    """Files of a person, not here yet. Names are those of a backup; each can be read once after another."""

    about: About
    problems: list[Problem]
    """What cannot be had of it."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def size(self, name: str) -> int:
        """Bytes, as far as anybody says."""
        ...

    def parts(self, name: str) -> Iterator[bytes]:
        """Read a file. Raises RefusedError when it is not what it should be, at the latest at its end."""
        ...


@contextmanager
def stored_in(path: Path) -> Iterator[Stored]:
    """Look at what a person chose: a backup, a folder, or a database of sessions. Blocks on the disk.

    Raises FileProblemsError when it is none of them, or cannot be had.
    """
    with ExitStack() as opened:
        try:
            stored = _stored(path, opened)
        except FileNotFoundError:
            _refuse(path, "there is no such file", "check its name and folder")
        except (OSError, ValueError) as error:
            _refuse(path, f"it cannot be read: {_reason(error)}", "check the file and its permissions")
        except RefusedError as error:
            _refuse(path, str(error), "choose another backup")
        yield stored


def _stored(path: Path, opened: ExitStack) -> Stored:
    if path.is_dir():
        return _StoredFolder(path)
    file = opened.enter_context(_opened(path))
    start = file.read(len(_SQLITE))
    if start == _SQLITE:
        return _StoredHistory(path)
    if not start.startswith(_PACKED):
        raise RefusedError("it is no backup of Chain Timer" if start else "it is empty")
    pack = _StoredPack(PackedFile(file))
    if not pack.names and not pack.has_list:
        raise RefusedError("there is nothing of Chain Timer in it")
    return pack


def whole(stored: Stored, name: str) -> bytes:
    """Read a file of a person's own. Raises RefusedError."""
    return b"".join(stored.parts(name))


# --- a backup --------------------------------------------------------------------------------------------


class _StoredPack:
    """What is good in an archive, and what its own list says of it."""

    def __init__(self, packed: PackedFile) -> None:
        self._packed = packed
        self.problems = packed.problems
        self._root = _root_of(packed.names)
        self.about = About(Form.BACKUP)
        self._digests = self._listed() if f"{self._root}{MANIFEST}" in packed.names else None
        self._names = tuple(self._own_names())
        for name in sorted(set(self._digests or ()) - set(self._names)):
            self._tell(name, "the backup's own list has it, and it is not there", "it cannot be restored")

    @property
    def has_list(self) -> bool:
        """Whether it says what is in it, be that nothing at all."""
        return self._digests is not None

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def size(self, name: str) -> int:
        return self._packed.size(self._root + name)

    def parts(self, name: str) -> Iterator[bytes]:
        most = LARGEST_HISTORY if sort_of(name) is Sort.HISTORY else LARGEST_OWN
        digest = hashlib.sha256()
        for part in self._packed.parts(self._root + name, most):
            digest.update(part)
            yield part
        if self._digests is not None and digest.hexdigest() != self._digests.get(name):
            raise RefusedError("it is not what the backup's own list says")

    def _own_names(self) -> Iterator[str]:
        for entry in self._packed.names:
            name = entry.removeprefix(self._root)
            if name == MANIFEST:
                continue
            if sort_of(name) is None:
                if not is_left_over(name):
                    self._tell(name, "it is no part of a backup")
            elif self._digests is not None and name not in self._digests:
                self._tell(name, "the backup's own list does not have it")
            else:
                yield name

    def _listed(self) -> dict[str, str] | None:
        """Read the list of what is in it, with the digest of each; None where that cannot be read."""
        try:
            data = b"".join(self._packed.parts(f"{self._root}{MANIFEST}", LARGEST_OWN))
            values = parse_json(data.decode("utf-8-sig"))
        except (RefusedError, ValueError) as error:
            self._tell(MANIFEST, f"the backup's own list cannot be read: {error}", "nothing is compared")
            return None
        table = values if isinstance(values, dict) else {}
        version, files = table.get("version"), table.get("files")
        if table.get("format") != FORMAT or type(version) is not int or not isinstance(files, dict):
            self._tell(MANIFEST, "this is not the list of a backup", "nothing is compared with it")
            return None
        if version != VERSION:
            raise RefusedError(f"a newer Chain Timer made this, in format {quoted(version)}; update yours")
        program = table.get("program")
        said = plain(program, _LONGEST_VERSION) if isinstance(program, str) else ""
        self.about = About(Form.BACKUP, _made_text(table.get("made")), said)
        digests = ((name, each.get("sha256")) for name, each in files.items() if isinstance(each, dict))
        return {str(name): digest for name, digest in digests if isinstance(digest, str)}

    def _tell(self, name: str, what: str, instead: str = _REFUSED) -> None:
        self.problems.append(Problem(label(name), what, instead))


def _root_of(names: tuple[str, ...]) -> str:
    """Give the one folder that everything lies in, as archive programs pack it; empty where there is none."""
    tops = {name.partition("/")[0] for name in names if "/" in name}
    inside = all("/" in name for name in names)
    if not inside or len(tops) != 1 or any(sort_of(name) is not None for name in names):
        return ""
    return f"{tops.pop()}/"


def _made_text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    try:
        return datetime.fromisoformat(value).isoformat(" ")[:_DAY_AND_TIME]
    except ValueError:
        return ""


# --- a folder, a database --------------------------------------------------------------------------------


class _StoredFolder:
    """The data folder of another computer, or a backup that was unpacked."""

    def __init__(self, root: Path) -> None:
        self.problems: list[Problem] = []
        self.about = About(Form.FOLDER)
        self._root = root
        self._names = tuple(self._found())
        if not self._names:
            raise RefusedError("there is nothing of Chain Timer in this folder")

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def size(self, name: str) -> int:
        try:
            return (self._root / name).stat().st_size
        except OSError:
            return 0

    def parts(self, name: str) -> Iterator[bytes]:
        most = LARGEST_HISTORY if sort_of(name) is Sort.HISTORY else LARGEST_OWN
        return _parts_of(self._inside(name), most)

    def _found(self) -> Iterator[str]:
        yield from self._histories("") or self._histories("history/")
        for folder in FOLDERS:
            yield from self._names_in(folder)

    def _histories(self, place: str) -> list[str]:
        if not (self._root / f"{place}{HISTORY}").is_file():
            return []
        both = (f"{place}{each}" for each in (HISTORY, f"{HISTORY}-wal"))
        return [name for name in both if (self._root / name).is_file()]

    def _names_in(self, folder: str) -> Iterator[str]:
        try:
            files = sorted(path.name for path in (self._root / folder).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            self.problems.append(Problem(folder, f"it cannot be read: {reason}", "check its permissions"))
            return
        if len(files) > MOST_FILES:
            what = f"it holds more than {MOST_FILES:,} files, and the others are left out"
            self.problems.append(Problem(folder, what, "move some of them away"))
        yield from (name for file in files[:MOST_FILES] if sort_of(name := f"{folder}/{file}") is not None)

    def _inside(self, name: str) -> Path:
        root, path = os.path.realpath(self._root), Path(os.path.realpath(self._root / name))
        if not path.is_relative_to(root):
            raise RefusedError("it is a link to somewhere else")
        return path


class _StoredHistory:
    """A database of sessions on its own, with what SQLite has not put into it yet."""

    def __init__(self, path: Path) -> None:
        self.problems: list[Problem] = []
        self.about = About(Form.DATABASE)
        self._files = {HISTORY: path}
        rest = path.with_name(f"{path.name}-wal")
        if rest.is_file():
            self._files[f"{HISTORY}-wal"] = rest

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._files)

    def size(self, name: str) -> int:
        try:
            return self._files[name].stat().st_size
        except OSError:
            return 0

    def parts(self, name: str) -> Iterator[bytes]:
        return _parts_of(self._files[name], LARGEST_HISTORY)


def _parts_of(path: Path, most: int) -> Iterator[bytes]:
    size = 0
    try:
        with _opened(path) as file:
            while part := file.read(_PART):
                size += len(part)
                if size > most:
                    raise RefusedError(f"it is larger than {most // 1024 // 1024:,} MiB")
                yield part
    except (OSError, ValueError) as error:
        raise RefusedError(f"it cannot be read: {_reason(error)}") from None


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file to read, and wait for nothing: neither for a device nor for a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("it is not a regular file")
        yield file


def _refuse(path: Path, what: str, remedy: str) -> NoReturn:
    raise FileProblemsError(source_text(path), [Problem("", what, remedy)]) from None


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or "the disk refused").lower()
    return str(error)
