"""The file of the history and the one connection to it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from chain_timer.history.errors import HistoryError
from chain_timer.history.refusals import code_of, is_of_the_file, told
from chain_timer.history.schema import (
    APPLICATION_ID,
    OLDEST_SQLITE,
    VERSION,
    application_of,
    bring_up,
    version_of,
)
from chain_timer.routine.toml_file import source_text
from chain_timer.system.files import folder_locked, place_made_whole, set_aside, write_bytes_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "history.db"
DAMAGED_SUFFIX = ".damaged"
DOUBTED = ".doubted"
"""What an empty file beside it ends with, when something wrong was found while it was used."""

SIDE_FILES = ("-wal", "-shm")
"""What SQLite keeps beside it: what is written and not yet in it, and where in that to look."""
_PATIENCE_S = 15.0
"""For another window or terminal that writes; to merge 20 years takes less."""
_LONGEST_VALUE = 256 * 1024 * 1024
_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    # Each commit reaches the disk: a session is written once, and a power cut right after must not cost it.
    # With NORMAL and a log it could, see https://sqlite.org/pragma.html#pragma_synchronous.
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    # A damaged or foreign file shall have no say, and none of its pages be trusted.
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
    "PRAGMA journal_size_limit = 16777216",
)


def database_in(folder: Path) -> Path:
    """Name the file of the history in a folder; a link leads to it, and beside it all else is kept."""
    return Path(os.path.realpath(folder / NAME))


class Database:
    """One connection, made when it is needed and made anew after every failure.

    As long as there is no file, all that is read is empty; the file is made for the first thing written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees the history as it is at one moment. Raises HistoryError."""
        with self._within("BEGIN", "cannot be read", make=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are all kept at the end, or none. Raises HistoryError."""
        with self._within("BEGIN IMMEDIATE", "cannot be written", make=True) as connection:
            yield connection

    @contextmanager
    def whole(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to write a copy by, which nothing may have begun on. Raises HistoryError."""
        with self._within("", "cannot be copied", make=False) as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file; what is asked for later opens it again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    @contextmanager
    def _within(self, begin: str, failure: str, *, make: bool) -> Iterator[sqlite3.Connection]:
        with told(self.path, failure):
            try:
                connection = self._begun(begin, make=make)
                yield connection
                if begin:
                    connection.execute("COMMIT")
            except BaseException as error:
                self.close()  # undoes what was begun, in whatever state it is
                if is_of_the_file(error):
                    self._doubt()
                raise

    def _doubt(self) -> None:
        """Have the next opening look at all of it: what was found wrong here, a quick look may miss."""
        with suppress(OSError):
            write_bytes_atomic(beside(self.path, DOUBTED), b"")

    def _begun(self, begin: str, *, make: bool) -> sqlite3.Connection:
        connection = self._opened(make=make)
        connection.execute(begin)
        if make and not _can_write(connection):
            # Opened when it could only be read, it can perhaps be written by now.
            self.close()
            connection = self._opened(make=make)
            connection.execute(begin)
        return connection

    def _opened(self, *, make: bool) -> sqlite3.Connection:
        file = identity_of(self.path)
        if file is None and make:
            make_database(self.path)
            file = identity_of(self.path)
        if self._connection is None or file != self._file:
            self.close()  # another file has taken its place, or it was moved away
            self._connection = in_memory() if file is None else connect_known(self.path)
            self._file = file
        return self._connection


def _can_write(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("DELETE FROM plans WHERE 0")  # to begin writing alone tells nothing
    except sqlite3.OperationalError as error:
        if code_of(error) == sqlite3.SQLITE_READONLY:
            return False
        raise
    return True


def connect_known(path: Path) -> sqlite3.Connection:
    """Connect to a history that is there, brought up to this version if need be.

    A copy is kept of it as it was before. Raises HistoryError for one of a newer version, sqlite3.Error and
    OSError.
    """
    connection = connect(path)
    try:
        check_known(connection, path)
        with suppress(
            sqlite3.OperationalError
        ):  # where the disk or its permissions do not let us, it is slower
            connection.execute("PRAGMA journal_mode = WAL")
        if version_of(connection) < VERSION:
            copy_to(connection, path.with_name(f"{path.name}.before-v{VERSION}"))
            bring_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def check_known(connection: sqlite3.Connection, path: Path) -> None:
    """Raise HistoryError when a history is of a version that came after this program."""
    version = version_of(connection)
    if version > VERSION and application_of(connection) == APPLICATION_ID:
        raise HistoryError(
            f"The history {source_text(path)} was made by a newer Chain Timer (version {version} of it, "
            f"where {VERSION} is known here); it stays as it is: use that Chain Timer"
        )


def connect(path: Path) -> sqlite3.Connection:
    """Connect to a database that is there. Raises sqlite3.Error, and HistoryError with an old SQLite.

    One in a folder that may not be written, with nothing beside it, is read as a file that does not change.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE[:2]))
        raise HistoryError(
            f"The history wants SQLite {needed} or newer, and this Python brings {sqlite3.sqlite_version}; "
            "use a newer Python"
        )
    try:
        return _connected(path, "mode=rw")
    except sqlite3.OperationalError as error:
        if code_of(error) not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
            raise
        if not path.is_file() or beside(path, "-wal").exists():
            raise
        return _connected(path, "mode=ro&immutable=1")


def in_memory(version: int = VERSION) -> sqlite3.Connection:
    """Give an empty history that is nowhere on the disk."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    bring_up(connection, version)
    return connection


def make_database(path: Path) -> None:
    """Make an empty history where there is none: whole, or not at all. Raises OSError and sqlite3.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with folder_locked(path.parent):
        if identity_of(path) is None:
            put_aside(path)
            with place_made_whole(path) as place:
                fill(place)


def fill(place: Path, version: int = VERSION) -> None:
    """Make an empty history at a place that nobody else knows of. Raises sqlite3.Error."""
    connection = sqlite3.connect(place, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")  # nobody wants half of it back
        bring_up(connection, version)
    finally:
        connection.close()


def put_aside(path: Path) -> Path | None:
    """Rename a database and what lies beside it out of the way; give its new name. Raises OSError.

    What lies beside it goes first: beside another database it would be taken for a part of that.
    """
    for suffix in SIDE_FILES:
        if os.path.lexists(beside(path, suffix)):
            set_aside(beside(path, suffix), DAMAGED_SUFFIX)
    return set_aside(path, DAMAGED_SUFFIX) if os.path.lexists(path) else None


def copy_to(connection: sqlite3.Connection, to: Path) -> None:
    """Write all that a connection sees as one file, whole or not at all. Raises OSError and sqlite3.Error."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with place_made_whole(to) as place:
        connection.execute("VACUUM INTO ?", (str(place),))


def identity_of(path: Path) -> tuple[int, int] | None:
    """Tell a file from any other that has its name later; None where there is none. Raises OSError."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def beside(path: Path, suffix: str) -> Path:
    """Name what is kept beside a database."""
    return path.with_name(path.name + suffix)


def _connected(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=_PATIENCE_S,
        isolation_level=None,  # transactions are begun here, and nowhere else
        check_same_thread=False,
    )
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        for setting in _SETTINGS:
            connection.execute(setting)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
