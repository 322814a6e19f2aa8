"""Whole sessions, put together again from the tables."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from chain_timer.history.rows import (
    LATEST_MS,
    LONGEST_MS,
    MOST_EXERCISES,
    MOST_PARTS,
    PART_COLUMNS,
    changed_of,
    day_of,
    ending_of,
    exercise_of,
    feeling_of,
    found_uid,
    moment,
    named,
    note_of,
    part_of,
    plan_of,
    session_id,
    text_of,
    whole,
)
from chain_timer.session.record import SessionRecord

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from chain_timer.history.plan import HoldPlan
    from chain_timer.session.record import Feeling, Part, PastExercise

AT_ONCE = 50
"""Sessions read at one go: some 10 ms."""
ROWS_AT_ONCE = 500
_MOST_CONTENTS = 200
"""Kept at hand; a content is some kilobytes, and most sessions are of one of a few."""

_SESSIONS = """
SELECT key, uid, content, started_ms, offset_min, ended_ms, ending, planned_ms, planned_work_ms, feeling,
       note, changed_ms, day, played_ms, paused_ms, work_ms, is_done
FROM sessions WHERE key IN ({keys}) ORDER BY key
"""
_PARTS = f"""
SELECT {PART_COLUMNS} FROM parts WHERE session IN ({{keys}}) ORDER BY session, number LIMIT {MOST_PARTS + 1}
"""  # noqa: S608 - the columns are our own
_EXERCISES = f"""
SELECT exercises.id, name, muscles, also, side_noun
FROM content_exercises JOIN exercises ON exercises.key = exercise
WHERE content = ? ORDER BY number LIMIT {MOST_EXERCISES + 1}
"""  # noqa: S608 - the limit is our own
PLANS = """
SELECT uid, name, from_ms, to_ms, begun, weeks, exercise_id, routine_id, ended, changed_ms
FROM plans ORDER BY begun, uid
"""
Content = tuple[str, str, str, "tuple[PastExercise, ...]"]


class Reader:
    """Reads sessions; what they share is read once for many. Raises ValueError and sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._contents: dict[int, Content] = {}
        self._exercises: dict[int, PastExercise] = {}

    def by_id(self, uid: bytes) -> SessionRecord | None:
        row = self._connection.execute("SELECT key FROM sessions WHERE uid = ?", (uid,)).fetchone()
        return None if row is None else next(iter(self.by_keys([whole(row[0], 2**63, "its key")])), None)

    def by_keys(self, keys: Sequence[int], *, check: bool = False) -> Iterator[SessionRecord]:
        """Give those sessions that are there, in the order asked for.

        Checked, one whose parts do not add up to what is told of it is a ValueError.
        """
        listed = ", ".join(map(str, keys))
        rows = {row[0]: row[1:] for row in self._connection.execute(_SESSIONS.format(keys=listed))}
        parts = self._parts(listed)
        for key in keys:
            if key in rows:
                *row, played_ms, paused_ms, work_ms, is_done = rows[key]
                record = self._record(row, parts.get(key, ()))
                sums = record.played_ms, record.paused_ms, record.work_ms, record.is_done
                if check and sums != (played_ms, paused_ms, work_ms, is_done):
                    raise ValueError("its parts do not add up")
                yield record

    def _record(self, row: Sequence[Any], parts: tuple[Part, ...]) -> SessionRecord:
        uid, content, started_ms, offset_min, ended_ms, ending, planned_ms, work_ms, feeling, note, *last = (
            row
        )
        changed_ms, day = last
        routine_id, name, text, exercises = self._content(content)
        started = moment(started_ms, offset_min)
        if day_of(day) != started.day:
            raise ValueError("its day is not the one it began on")
        return SessionRecord(
            id=session_id(uid),
            started=started,
            ended_ms=whole(ended_ms, LATEST_MS, "its end"),
            routine_id=routine_id,
            routine_name=name,
            content=text,
            planned_ms=whole(planned_ms, LONGEST_MS, "its planned length"),
            planned_work_ms=whole(work_ms, LONGEST_MS, "its planned work"),
            ending=ending_of(ending),
            parts=parts,
            exercises=exercises,
            feeling=feeling_of(feeling),
            note=note_of(note),
            changed_ms=changed_of(changed_ms),
        )

    def _parts(self, listed: str) -> dict[int, tuple[Part, ...]]:
        rows = self._connection.execute(_PARTS.format(keys=listed)).fetchall()
        if len(rows) > MOST_PARTS:
            raise ValueError("it has too many parts")
        for exercise in {row[7] for row in rows} - {None} - self._exercises.keys():
            self._exercises[exercise] = self._exercise(exercise)
        return {
            session: tuple([part_of(row[2:], self._exercises) for row in its])
            for session, its in groupby(rows, itemgetter(0))
        }

    def _exercise(self, key: int) -> PastExercise:
        query = "SELECT id, name, muscles, also, side_noun FROM exercises WHERE key = ?"
        row = self._connection.execute(query, (key,)).fetchone()
        if row is None:
            raise ValueError("a part is of an exercise that is not there")
        return exercise_of(row)

    def _content(self, key: int) -> Content:
        if key not in self._contents:
            if len(self._contents) >= _MOST_CONTENTS:
                self._contents.clear()
            self._contents[key] = self._content_read(key)
        return self._contents[key]

    def _content_read(self, key: int) -> Content:
        query = "SELECT routine_id, routine_name, text FROM contents WHERE key = ?"
        row = self._connection.execute(query, (key,)).fetchone()
        if row is None:
            raise ValueError("its routine is not there")
        exercises = self._connection.execute(_EXERCISES, (key,)).fetchall()
        if len(exercises) > MOST_EXERCISES:
            raise ValueError("its routine has too many exercises")
        return named(row[0]), named(row[1]), text_of(row[2]), tuple(map(exercise_of, exercises))


def felt_in(connection: sqlite3.Connection, uid: bytes) -> tuple[Feeling | None, str, int] | None:
    """Give how a session felt, its note, and when that was told; None where it is not there."""
    query = "SELECT feeling, note, changed_ms FROM sessions WHERE uid = ?"
    row = connection.execute(query, (uid,)).fetchone()
    return None if row is None else (feeling_of(row[0]), note_of(row[1]), changed_of(row[2]))


def plans_in(connection: sqlite3.Connection) -> Iterator[HoldPlan]:
    """Give every plan, the oldest first. Raises ValueError and sqlite3.Error."""
    return map(plan_of, in_bits(connection.execute(PLANS)))


def in_bits(cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    """Give rows some at a time, so that other threads have their turn."""
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield from rows


def batches(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def keys_of(
    connection: sqlite3.Connection,
    since: date | None,
    until: date | None,
    routine_id: str,
    ids: Collection[str],
) -> list[int]:
    """Find sessions, the oldest first. Raises ValueError and sqlite3.Error."""
    wanted = (
        since.toordinal() if since else 1,
        until.toordinal() if until else date.max.toordinal(),
        routine_id,
    )
    query = """
    SELECT started_ms, key FROM sessions
    WHERE day BETWEEN ?1 AND ?2 AND (?3 = '' OR content IN (SELECT key FROM contents WHERE routine_id = ?3))
    """
    if not ids:
        rows = list(in_bits(connection.execute(query, wanted)))
    else:
        uids = {uid for each in ids if (uid := found_uid(each))}
        rows = [row for uid in uids for row in connection.execute(f"{query} AND uid = ?4", (*wanted, uid))]
    return [key for _, key in sorted((whole(ms, LATEST_MS, "when it began"), key) for ms, key in rows)]
