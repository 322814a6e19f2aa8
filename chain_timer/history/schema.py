"""The tables of the history, version by version, each step as it was when it came.

A step is never changed once it was given out: databases of its version are there. A new one comes at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

APPLICATION_ID = 0x43685469
"""The letters ``ChTi``: what tells any tool whose file it is, see
https://sqlite.org/pragma.html#pragma_application_id."""
OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables (https://sqlite.org/stricttables.html): checks find values of a wrong type."""

# Most rows are parts, 30 a session: whole numbers only, of which 0 and 1 take no room but their type's. What
# sessions have in common they share: one content of a routine is played hundreds of times.
_SESSIONS = (
    """
    CREATE TABLE exercises (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      muscles TEXT NOT NULL,
      also TEXT NOT NULL,
      side_noun TEXT NOT NULL,
      UNIQUE (id, name, muscles, also, side_noun)
    ) STRICT
    """,
    """
    CREATE TABLE contents (
      key INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE,
      routine_id TEXT NOT NULL,
      routine_name TEXT NOT NULL,
      text BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX contents_by_routine ON contents (routine_id)",
    """
    CREATE TABLE content_exercises (
      content INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
      number INTEGER NOT NULL,
      exercise INTEGER NOT NULL REFERENCES exercises,
      PRIMARY KEY (content, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE sessions (
      key INTEGER PRIMARY KEY,
      uid BLOB NOT NULL UNIQUE,
      content INTEGER NOT NULL REFERENCES contents,
      started_ms INTEGER NOT NULL,
      offset_min INTEGER NOT NULL,
      day INTEGER NOT NULL,
      ended_ms INTEGER NOT NULL,
      ending INTEGER NOT NULL,
      is_done INTEGER NOT NULL,
      planned_ms INTEGER NOT NULL,
      planned_work_ms INTEGER NOT NULL,
      played_ms INTEGER NOT NULL,
      paused_ms INTEGER NOT NULL,
      work_ms INTEGER NOT NULL,
      feeling INTEGER,
      note TEXT NOT NULL,
      changed_ms INTEGER NOT NULL
    ) STRICT
    """,
    # Lists and totals are told from these two alone, without a look at the rows.
    "CREATE INDEX sessions_by_start ON sessions (started_ms, content)",
    "CREATE INDEX sessions_by_day ON sessions (day, content, is_done, played_ms, work_ms)",
    """
    CREATE TABLE parts (
      session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
      number INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      outcome INTEGER NOT NULL,
      planned_ms INTEGER NOT NULL,
      actual_ms INTEGER NOT NULL,
      paused_ms INTEGER NOT NULL,
      exercise INTEGER REFERENCES exercises,
      side INTEGER,
      set_number INTEGER NOT NULL,
      sets INTEGER NOT NULL,
      round_number INTEGER NOT NULL,
      rounds INTEGER NOT NULL,
      reps INTEGER,
      reps_done INTEGER,
      PRIMARY KEY (session, number)
    ) STRICT, WITHOUT ROWID
    """,
    # The holds of an exercise over all the years, told without a look at the rows; 3 is a hold, for good.
    """
    CREATE INDEX parts_held ON parts (exercise, session, number, planned_ms, actual_ms, outcome, kind)
    WHERE kind = 3
    """,
)
# A mark says what was told last of a session: that it was removed, or that it was brought back.
_REMOVALS = (
    """
    CREATE TABLE removals (
      uid BLOB PRIMARY KEY,
      is_removed INTEGER NOT NULL,
      changed_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
_PLANS = (
    """
    CREATE TABLE plans (
      uid BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      from_ms INTEGER NOT NULL,
      to_ms INTEGER NOT NULL,
      begun INTEGER NOT NULL,
      weeks INTEGER NOT NULL,
      exercise_id TEXT NOT NULL,
      routine_id TEXT NOT NULL,
      ended INTEGER,
      changed_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
STEPS: tuple[Sequence[str], ...] = (_SESSIONS, _REMOVALS, _PLANS)
"""What makes each version out of the one before, from 1 on."""
VERSION = len(STEPS)


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def application_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def bring_up(connection: sqlite3.Connection, version: int = VERSION) -> None:
    """Take all steps from the version the database has, in one transaction: all of them, or none.

    The connection must be one that begins no transactions by itself. Raises sqlite3.Error.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version_of(connection) : version]:  # looked at within: another may have been faster
            for statement in step:
                connection.execute(statement)
        # Both are kept in the first page, and so within the transaction.
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {max(version, version_of(connection))}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def shape_of(connection: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    """Tell every table, index, view and trigger with the words that made it, however they were laid out.

    What SQLite makes for itself is left out: indexes of unique columns, and what it counts for its plans.
    """
    query = """
    SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema
    WHERE NOT (type = 'index' AND sql IS NULL) AND name NOT IN ('sqlite_stat1', 'sqlite_stat4')
    """
    return frozenset(
        tuple(" ".join(str(value).split()) for value in row) for row in connection.execute(query)
    )
