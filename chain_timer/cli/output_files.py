"""Files that a command is asked to write: whether they may be, looked at before the work and not after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from chain_timer.cli.errors import UsageError
from chain_timer.problems import ChainTimerError, quoted
from chain_timer.system.files import file_made_whole, folder_made_whole, write_bytes_atomic


class NotWrittenError(ChainTimerError):
    """A file could not be written; the text says why."""


def check_file(path: Path, *, force: bool) -> None:
    """Refuse a file that cannot or should not be written. Raises UsageError."""
    _check_folder(path)
    if not _told_of(path, lambda: _is_there(path)):
        return
    if not path.is_file():
        raise UsageError(f"{quoted(path)} is no ordinary file; choose another name")
    if not force:
        raise UsageError(f"{quoted(path)} is there already; choose another name, or add --force")


def check_new_folder(path: Path) -> None:
    """Refuse a folder that holds something: what is in it might be mixed up with it. Raises UsageError."""
    _check_folder(path)
    if not _told_of(path, lambda: _is_there(path)):
        return
    if not path.is_dir() or _told_of(path, lambda: any(path.iterdir())):
        raise UsageError(f"{quoted(path)} is there already; choose a new folder, or an empty one")


def write_file(path: Path, data: bytes) -> None:
    """Write all or nothing. Raises NotWrittenError."""
    with _told(path):
        write_bytes_atomic(path, data)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write and seek in, all or nothing. Raises NotWrittenError."""
    with _told(path), file_made_whole(path) as file:
        yield file


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a folder to fill, all or nothing. Raises NotWrittenError."""
    with _told(path), folder_made_whole(path) as folder:
        yield folder


def _check_folder(path: Path) -> None:
    if not _told_of(path, path.parent.is_dir):
        raise UsageError(f"There is no folder {quoted(path.parent)}; make it first, or choose another")


def _is_there(path: Path) -> bool:
    try:
        path.stat()  # unlike exists(), which takes a name with a NUL in it for one that is free
    except FileNotFoundError:
        return False
    return True


def _told_of(path: Path, look: Callable[[], bool]) -> bool:
    try:
        return look()
    except (OSError, ValueError):  # too long, with a NUL in it, or in a folder nobody may look into
        raise UsageError(f"{quoted(path)} cannot be used; choose another name or folder") from None


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise NotWrittenError(f"{quoted(path)} could not be written: {reason}") from error
