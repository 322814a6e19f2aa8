"""The only place that opens files for writing, and the one that reads files of unknown origin.

A file is either the old one or the new one, whole, whatever happens in between; and reading never hangs.
"""

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PREVIOUS_SUFFIX = ".bak"
_BINARY = getattr(os, "O_BINARY", 0)
_CLOSED_TO_CHILDREN = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
_LOCKED_AT = 2**40
"""A byte that no file of ours reaches: to lock it hinders nobody who reads."""
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0)


def write_text_atomic(path: Path, text: str, *, keep_previous: bool = False) -> None:
    """Write UTF-8 text with plain line ends, all or nothing. Raises OSError."""
    write_bytes_atomic(path, text.encode("utf-8"), keep_previous=keep_previous)


def write_bytes_atomic(path: Path, data: bytes, *, keep_previous: bool = False) -> None:
    """Write all or nothing: after an OSError, or a power cut, the old file is still there and whole.

    Missing folders are made. With ``keep_previous`` the version before stays beside it as ``NAME.bak``.
    """
    with file_made_whole(path, keep_previous=keep_previous) as file:
        file.write(data)


@contextmanager
def file_made_whole(path: Path, *, keep_previous: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write, seek and read in, which takes its place when all went well.

    Otherwise nothing of it stays and the old file is still there. Raises OSError.
    """
    target = Path(os.path.realpath(path))  # a link, as dotfile managers make them, stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    with _takes_its_place(target, keep_previous=keep_previous) as temporary, _opened_anew(temporary) as file:
        yield file
        _sync(file)


@contextmanager
def place_made_whole(path: Path) -> Iterator[Path]:
    """Give the path of a file that a library makes by itself, which takes its place when all went well.

    Otherwise nothing of it stays and the old file is still there. The folder must be there. Raises OSError.
    """
    with _takes_its_place(Path(os.path.realpath(path))) as temporary:
        yield temporary
        with temporary.open("rb+") as file:
            _sync(file)


@contextmanager
def _takes_its_place(target: Path, *, keep_previous: bool = False) -> Iterator[Path]:
    temporary = _beside(target)
    try:
        yield temporary
        _take_over_mode(target, temporary)
        if keep_previous:
            _keep_previous(target)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


@contextmanager
def folder_made_whole(path: Path) -> Iterator[Path]:
    """Give a folder to fill, whose files get their place when all went well; otherwise nothing of it stays.

    What has the name already may only be an empty folder, and stays the very same: a shell may stand in it.
    Raises OSError.
    """
    target = Path(os.path.realpath(path))
    is_there = target.is_dir()
    temporary = _beside(target / "files" if is_there else target)
    temporary.mkdir()
    try:
        yield temporary
        if is_there:
            _move_into(target, temporary)
        else:
            temporary.rename(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    _sync_folder(target.parent)


def _move_into(target: Path, filled: Path) -> None:
    """Move all files of a folder within an empty one into that, or none."""
    if any(entry != filled for entry in target.iterdir()):
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(target))
    moved: list[Path] = []
    try:
        moved.extend(path.rename(target / path.name) for path in sorted(filled.iterdir()))
        filled.rmdir()
    except BaseException:
        for path in moved:
            path.unlink(missing_ok=True)
        raise
    _sync_folder(target)


def read_bytes_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file, at most ``limit``.

    Raises OSError when it cannot be read, ValueError when it is larger or no regular file. Never waits:
    what has no end (a device) or no writer (a pipe) is refused before it is read.
    """
    descriptor = os.open(path, os.O_RDONLY | _NEVER_WAIT | _BINARY | _CLOSED_TO_CHILDREN)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise ValueError("it is not a regular file")
    with open(descriptor, "rb") as file:  # noqa: PTH123 -- a descriptor, not a path
        # In two reads: the first takes no more memory than there is to read, as nearly always.
        data = file.read(min(status.st_size, limit) + 1)
        if len(data) > status.st_size:
            data += file.read(limit + 1 - len(data))
    if len(data) > limit:
        raise ValueError(f"it is larger than {limit:,} bytes")
    return data


def opened_to_grow(path: Path) -> int:
    """Open a file that is only added to, or make it, and keep it to oneself; gives its descriptor.

    Raises OSError; BlockingIOError where somebody has it open so.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _BINARY | _CLOSED_TO_CHILDREN, 0o666)
    try:
        _hold(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _hold(descriptor: int) -> None:
    """Keep an open file to oneself. Raises OSError where somebody else does; no lock where there are none."""
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415 -- on Windows only

        os.lseek(descriptor, _LOCKED_AT, os.SEEK_SET)
        getattr(msvcrt, "locking")(descriptor, getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009 -- unknown elsewhere
        return
    import fcntl  # noqa: PLC0415 -- not on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError as error:
        if error.errno not in {errno.ENOLCK, errno.ENOTSUP, errno.EINVAL}:
            raise


def set_aside(path: Path, suffix: str) -> Path:
    """Rename a file out of the way to a name nothing has yet, and return that name. Raises OSError."""
    for number in range(1, 100):
        aside = path.with_name(f"{path.name}{suffix}" if number == 1 else f"{path.name}{suffix}-{number}")
        if not os.path.lexists(aside):
            path.rename(aside)
            return aside
    raise FileExistsError(f"{path.name}{suffix} and 98 more are there already")


@contextmanager
def folder_locked(folder: Path) -> Iterator[None]:
    """Hold off other instances that read, change and write a file of this folder. Call it off the event loop.

    Where the file system knows no locks it goes on without: the files stay whole either way.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "nt":
        # A folder cannot be locked there; two writers within the same few milliseconds are the only loss.
        yield
        return
    import fcntl  # noqa: PLC0415 -- not on Windows

    descriptor = os.open(folder, os.O_RDONLY | _CLOSED_TO_CHILDREN)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _beside(target: Path) -> Path:
    # In the same folder, so that the rename stays on one disk; short, so that a long name stays possible.
    return target.with_name(f".chain-timer-{os.urandom(8).hex()}.tmp")


def _write_through(path: Path, data: bytes) -> None:
    with _opened_anew(path) as file:
        file.write(data)
        _sync(file)


def _opened_anew(path: Path) -> BinaryIO:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY | _CLOSED_TO_CHILDREN
    return open(os.open(path, flags, 0o666), "w+b")  # noqa: PTH123 -- a descriptor, closed by the caller


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _take_over_mode(target: Path, temporary: Path) -> None:
    with suppress(OSError):
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _keep_previous(target: Path) -> None:
    if not target.exists():
        return
    previous = target.with_name(target.name + PREVIOUS_SUFFIX)
    temporary = _beside(target)
    try:
        try:
            os.link(target, temporary)  # at no moment is there no file under the real name
        except OSError:
            _write_through(temporary, target.read_bytes())
        temporary.replace(previous)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    # The rename itself must reach the disk too; not every system can say so.
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | _CLOSED_TO_CHILDREN)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
