"""What SQLite and the disk say, in words for a person."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chain_timer.history.errors import HistoryError
from chain_timer.problems import plain
from chain_timer.routine.toml_file import source_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PRIMARY = 0xFF
"""The part of an extended code that is the code (https://sqlite.org/rescode.html)."""
_PERMISSIONS = "check the permissions of the file and its folder"
MEND = "start Chain Timer again, and it mends it from its copies"
_BUSY = ("another program is using it", "close that and try again")
_WORDS = {
    sqlite3.SQLITE_FULL: ("the disk is full", "free some space on it and try again"),
    sqlite3.SQLITE_READONLY: ("it may not be changed", _PERMISSIONS),
    sqlite3.SQLITE_PERM: ("it may not be used", _PERMISSIONS),
    sqlite3.SQLITE_AUTH: ("it may not be used", _PERMISSIONS),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", _PERMISSIONS),
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_IOERR: ("the disk refused", "check the disk, and whether it is full"),
    sqlite3.SQLITE_NOMEM: ("there is too little memory", "close other programs and try again"),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", MEND),
    sqlite3.SQLITE_NOTADB: ("it is no database", MEND),
}
_OF_THE_FILE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


@contextmanager
def told(path: Path, failure: str, mend: str = MEND) -> Iterator[None]:
    """Turn what goes wrong with a database into HistoryError: ``The history PATH cannot be read: …``.

    ``mend`` is what to do when the file itself is wrong.
    """
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, OverflowError, MemoryError) as error:
        what, remedy = words_for(error, mend)
        raise HistoryError(f"The history {source_text(path)} {failure}: {what}; {remedy}") from None


def words_for(error: Exception, mend: str = MEND) -> tuple[str, str]:
    """Say what went wrong, and what to do."""
    if isinstance(error, OSError):
        reason = plain(error.strerror or "the disk refused").lower()
        return reason, "check the folder, its permissions and its disk"
    if isinstance(error, sqlite3.Error):
        code = code_of(error)
        what, remedy = _WORDS.get(code, (plain(str(error)), mend))
        return what, mend if code in _OF_THE_FILE else remedy
    if isinstance(error, MemoryError):
        return _WORDS[sqlite3.SQLITE_NOMEM]
    return plain(str(error)), mend


def code_of(error: sqlite3.Error) -> int:
    """Give the code of an error without its details; -1 for one that has none."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return int(code) & _PRIMARY
    # Python itself raises some, and those have no code.
    return sqlite3.SQLITE_FULL if "full" in str(error) else -1


def is_of_the_file(error: BaseException) -> bool:
    """Whether the file itself is wrong, and not what is around it: the disk, permissions, other programs."""
    if isinstance(error, sqlite3.Error):
        code = code_of(error)
        return code in _OF_THE_FILE or code not in _WORDS
    return isinstance(error, ValueError)


@contextmanager
def refused(what: str) -> Iterator[None]:
    """Turn a value that cannot be kept into HistoryError: a mistake of ours, and not of the file."""
    try:
        yield
    except ValueError as error:
        raise HistoryError(
            f"{what}: {plain(str(error))}; this is a mistake in Chain Timer, please report it"
        ) from None
