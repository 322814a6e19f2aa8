"""Whether a file is a history of ours, and whole."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from chain_timer.history.database import check_known, connect, in_memory
from chain_timer.history.refusals import is_of_the_file, words_for
from chain_timer.history.rows import (
    ENDINGS,
    FEELINGS,
    KINDS,
    LARGEST_COUNT,
    LATEST_MS,
    LONGEST_MS,
    LONGEST_OFFSET_MIN,
    OUTCOMES,
    SIDES,
)
from chain_timer.history.schema import APPLICATION_ID, VERSION, application_of, shape_of, version_of
from chain_timer.problems import plain
from chain_timer.session.record import LONGEST_NOTE

if TYPE_CHECKING:
    from pathlib import Path

_DAY_ONE = date(1970, 1, 1).toordinal()
_DAY_MS = 24 * 60 * 60 * 1_000
# What would keep others from being read, though the file is whole: by one bit that fell over in a number.
_BOUNDS = {
    "parts": {
        "kind": max(KINDS.values()),
        "outcome": max(OUTCOMES.values()),
        "side": max(SIDES.values()),
        **dict.fromkeys(("planned_ms", "actual_ms", "paused_ms"), LONGEST_MS),
        **dict.fromkeys(("set_number", "sets", "round_number", "rounds", "reps", "reps_done"), LARGEST_COUNT),
    },
    "sessions": {
        "length(uid) - 16": 0,
        "ending": max(ENDINGS.values()),
        "feeling": max(FEELINGS.values()),
        "is_done": 1,
        **dict.fromkeys(("started_ms", "ended_ms", "changed_ms"), LATEST_MS),
        **dict.fromkeys(("planned_ms", "planned_work_ms", "played_ms", "paused_ms", "work_ms"), LONGEST_MS),
        "abs(offset_min)": LONGEST_OFFSET_MIN,
        "length(note)": LONGEST_NOTE,
        f"day - {_DAY_ONE - 1} - (started_ms + offset_min * 60000 + {_DAY_MS}) / {_DAY_MS}": 0,
    },
}


def what_is_wrong(path: Path, *, thoroughly: bool, name: Path | None = None) -> str:
    """Say what is wrong with a history, if anything is; nothing is with one that is not there.

    Thoroughly, its indexes are compared with its tables too. Raises sqlite3.Error where the disk refuses, and
    HistoryError for one of a newer version, called by its name where the path is only that of a copy.
    """
    if not os.path.lexists(path):
        return ""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return "something else was in its place"
    # SQLite takes an empty file for a new database, and would remove what lies beside it. Nothing more is
    # looked at without it: to open and close the file ourselves would take its locks from whoever else has it
    # open here, see section 2.2 of https://sqlite.org/howtocorrupt.html.
    if not status.st_size:
        return "it was empty"
    try:
        with closing(connect(path)) as connection:
            check_known(connection, name or path)
            return _wrong_within(connection, thoroughly=thoroughly)
    except ValueError:  # even the words about it are damaged
        return "it is damaged"
    except sqlite3.Error as error:
        if not is_of_the_file(error):
            raise
        return words_for(error)[0]


def _wrong_within(connection: sqlite3.Connection, *, thoroughly: bool) -> str:
    version = version_of(connection)
    if application_of(connection) != APPLICATION_ID or not 0 < version <= VERSION:
        return "it was another program's"
    with closing(in_memory(version)) as example:
        if not shape_of(example) <= shape_of(connection):
            return "some of its tables were missing"
    check = "PRAGMA integrity_check(1)" if thoroughly else "PRAGMA quick_check(1)"
    found = str(connection.execute(check).fetchone()[0])
    if found != "ok":
        return plain(found.removeprefix("*** in database main ***").strip())
    if thoroughly and connection.execute("PRAGMA foreign_key_check").fetchone():
        return "something in it led nowhere"
    if thoroughly and any(connection.execute(_query(table)).fetchone() for table in _BOUNDS):
        return "it held what no session can be"
    return ""


def _query(table: str) -> str:
    wrong = (f"{value} NOT BETWEEN 0 AND {most}" for value, most in _BOUNDS[table].items())
    return f"SELECT 1 FROM {table} WHERE {' OR '.join(wrong)} LIMIT 1"  # noqa: S608 - all of it our own
