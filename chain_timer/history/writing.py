"""How a session gets into the tables, and out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_timer.history.rows import (
    MOST_EXERCISES,
    MOST_PARTS,
    PART_COLUMNS,
    SESSION_COLUMNS,
    clean,
    content_values,
    exercise_values,
    felt_values,
    found_uid,
    part_values,
    plan_values,
    session_values,
    uid_of,
)
from chain_timer.session.record import PastExercise

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from chain_timer.history.plan import HoldPlan
    from chain_timer.session.clock import Moment
    from chain_timer.session.record import Feeling, SessionRecord

_NAMES = SESSION_COLUMNS.split(", ")
_FORGET_CONTENT = """
DELETE FROM contents WHERE key = ? AND NOT EXISTS (SELECT 1 FROM sessions WHERE content = contents.key)
"""


def _marks(count: int) -> str:
    return ", ".join("?" * count)


_ADD_SESSION = f"INSERT INTO sessions ({SESSION_COLUMNS}) VALUES ({_marks(len(_NAMES))})"  # noqa: S608 - our own
_CHANGE_SESSION = f"UPDATE sessions SET {', '.join(f'{name} = ?' for name in _NAMES)} WHERE key = ?"  # noqa: S608
_ADD_PART = f"INSERT INTO parts ({PART_COLUMNS}) VALUES ({_marks(PART_COLUMNS.count(',') + 1)})"  # noqa: S608


class Writer:
    """Puts sessions in; what they share is looked up once for many. For one transaction.

    Raises ValueError for what no session can be, and sqlite3.Error.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._exercises: dict[PastExercise, int] = {}
        self._contents: dict[tuple[str, str, str, tuple[PastExercise, ...]], int] = {}

    def put(self, record: SessionRecord) -> None:
        """Add a session, or put it in the place of the one of its id."""
        if len(record.parts) > MOST_PARTS or len(record.exercises) > MOST_EXERCISES:
            raise ValueError("it has too many parts")
        values = session_values(record, self._content(record))
        found = self._row("SELECT key, content FROM sessions WHERE uid = ?", values[0])
        if found is None:
            key = self._added(_ADD_SESSION, values)
        else:
            key, former = found
            self._connection.execute(_CHANGE_SESSION, (*values, key))
            self._connection.execute("DELETE FROM parts WHERE session = ?", (key,))
            self._connection.execute(_FORGET_CONTENT, (former,))
            self._contents.clear()  # one of them may be gone
        exercises = self._exercises_of(record)
        rows = (part_values(part, key, number, exercises) for number, part in enumerate(record.parts))
        self._connection.executemany(_ADD_PART, rows)

    def _content(self, record: SessionRecord) -> int:
        shared = record.routine_id, record.routine_name, record.content, record.exercises
        if shared in self._contents:
            return self._contents[shared]
        digest, routine_id, name, text = content_values(record)
        found = self._row("SELECT key FROM contents WHERE digest = ?", digest)
        if found is None:
            insert = "INSERT INTO contents (digest, routine_id, routine_name, text) VALUES (?, ?, ?, ?)"
            key = self._added(insert, (digest, routine_id, name, text))
            rows = ((key, place, self._exercise(each)) for place, each in enumerate(record.exercises))
            self._connection.executemany("INSERT INTO content_exercises VALUES (?, ?, ?)", rows)
        else:
            key = found[0]
        return self._contents.setdefault(shared, key)

    def _exercises_of(self, record: SessionRecord) -> Mapping[str, int]:
        """Give the keys of the exercises that parts name; one that the routine has not is kept by its id."""
        known = {clean(exercise.id): self._exercise(exercise) for exercise in reversed(record.exercises)}
        for part in record.parts:
            name = clean(part.exercise_id)
            if name and name not in known:
                known[name] = self._exercise(PastExercise(name, name))
        return known

    def _exercise(self, exercise: PastExercise) -> int:
        if exercise not in self._exercises:
            values = exercise_values(exercise)
            query = """
            SELECT key FROM exercises WHERE id = ? AND name = ? AND muscles = ? AND also = ? AND side_noun = ?
            """
            found = self._row(query, *values)
            insert = "INSERT INTO exercises (id, name, muscles, also, side_noun) VALUES (?, ?, ?, ?, ?)"
            self._exercises[exercise] = self._added(insert, values) if found is None else found[0]
        return self._exercises[exercise]

    def _row(self, query: str, *values: object) -> tuple[int, ...] | None:
        row: tuple[int, ...] | None = self._connection.execute(query, values).fetchone()
        return row

    def _added(self, insert: str, values: tuple[object, ...]) -> int:
        key = self._connection.execute(insert, values).lastrowid
        if key is None:
            raise ValueError("nothing was added")
        return key


def take_out(connection: sqlite3.Connection, uid: bytes) -> bool:
    """Remove a session with its parts, and its routine when no other session played it; False without one."""
    found = connection.execute("SELECT key, content FROM sessions WHERE uid = ?", (uid,)).fetchone()
    if found is not None:
        connection.execute("DELETE FROM sessions WHERE key = ?", found[:1])
        connection.execute(_FORGET_CONTENT, found[1:])
    return found is not None


def mark(connection: sqlite3.Connection, uid: bytes, *, is_removed: bool, changed_ms: int) -> None:
    """Say for all merges to come that a session was removed, or brought back."""
    query = """
    INSERT INTO removals (uid, is_removed, changed_ms) VALUES (?, ?, ?)
    ON CONFLICT (uid) DO UPDATE SET is_removed = excluded.is_removed, changed_ms = excluded.changed_ms
    """
    connection.execute(query, (uid, int(is_removed), changed_ms))


def bring_back(connection: sqlite3.Connection, uid: bytes, changed_ms: int) -> None:
    """Take back the mark of a session that was removed, if there is one."""
    query = "SELECT 1 FROM removals WHERE uid = ? AND is_removed"
    if connection.execute(query, (uid,)).fetchone() is not None:
        mark(connection, uid, is_removed=False, changed_ms=changed_ms)


def set_feeling(
    connection: sqlite3.Connection, session_id: str, feeling: Feeling | None, note: str, changed_ms: int
) -> bool:
    """Say how a session felt; False when there is none of this id."""
    query = "UPDATE sessions SET feeling = ?, note = ?, changed_ms = ? WHERE uid = ?"
    return (
        connection.execute(query, (*felt_values(feeling, note, changed_ms), found_uid(session_id))).rowcount
        > 0
    )


def put_plan(connection: sqlite3.Connection, plan: HoldPlan) -> None:
    """Add a plan, or put it in the place of the one of its id."""
    values = plan_values(plan)
    connection.execute(f"INSERT OR REPLACE INTO plans VALUES ({_marks(len(values))})", values)  # noqa: S608


def end_plan(connection: sqlite3.Connection, plan_id: str, now: Moment) -> None:
    """End a plan that has not ended."""
    query = "UPDATE plans SET ended = ?, changed_ms = ? WHERE uid = ? AND ended IS NULL"
    connection.execute(query, (now.day.toordinal(), now.ms, uid_of(plan_id)))
