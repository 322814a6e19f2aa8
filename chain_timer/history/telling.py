"""What lists and pictures show of many sessions, asked of the tables as far as they can tell."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from chain_timer.history.kept import DayTotal, Entry, HoldPoint, PastRoutine, Work
from chain_timer.history.middle import middle
from chain_timer.history.reading import in_bits
from chain_timer.history.rows import (
    KINDS,
    LATEST_MS,
    LONGEST_MS,
    OUTCOMES,
    SIDES,
    day_of,
    ending_of,
    exercise_of,
    feeling_of,
    kind_of,
    moment,
    named,
    note_of,
    session_id,
    whole,
)
from chain_timer.session.record import Outcome
from chain_timer.timeline.kinds import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from datetime import date

    from chain_timer.session.record import PastExercise
    from chain_timer.timeline.kinds import Kind as _Kind

_KEYS_AT_ONCE = 500
_LARGEST = 2**62
_OF_ROUTINE = "content IN (SELECT key FROM contents WHERE routine_id = :routine)"
_HOLD, _DONE, _REPEATED = KINDS[Kind.HOLD], OUTCOMES[Outcome.DONE], OUTCOMES[Outcome.REPEATED]
_REPS = KINDS[Kind.REPS]


def entries_in(
    connection: sqlite3.Connection, first: int, count: int, routine_id: str, day: date | None
) -> Iterator[Entry]:
    """Give the sessions of a page, the newest first."""
    conditions = [_OF_ROUTINE] * bool(routine_id) + ["day = :day"] * (day is not None)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    query = f"""
    SELECT sessions.key, uid, started_ms, offset_min, routine_id, routine_name, ending, is_done, planned_ms,
           played_ms, feeling, note
    FROM sessions JOIN contents ON contents.key = content
    WHERE sessions.key IN (
      SELECT key FROM sessions {where} ORDER BY started_ms DESC, key DESC LIMIT :count OFFSET :first
    )
    ORDER BY started_ms DESC, sessions.key DESC
    """  # noqa: S608 - the conditions are our own
    wanted = {
        "routine": routine_id,
        "day": day and day.toordinal(),
        "first": max(first, 0),
        "count": max(count, 0),
    }
    rows = list(in_bits(connection.execute(query, wanted)))
    for start in range(0, len(rows), _KEYS_AT_ONCE):
        bit = rows[start : start + _KEYS_AT_ONCE]
        blocks = _blocks(connection, [row[0] for row in bit])
        yield from (_entry(row[1:], blocks.get(row[0], ())) for row in bit)


def _blocks(connection: sqlite3.Connection, keys: list[int]) -> dict[int, tuple[tuple[_Kind, int], ...]]:
    query = f"""
    SELECT session, kind, actual_ms FROM parts WHERE session IN ({", ".join(map(str, keys))})
    ORDER BY session, number
    """  # noqa: S608 - the keys are numbers
    found = in_bits(connection.execute(query))
    return {
        key: tuple([(kind_of(kind), _length(ms)) for _, kind, ms in rows])
        for key, rows in groupby(found, itemgetter(0))
    }


def _entry(row: tuple[Any, ...], blocks: tuple[tuple[_Kind, int], ...]) -> Entry:
    uid, started_ms, offset_min, routine_id, name, ending, is_done, planned_ms, played_ms, feeling, note = row
    return Entry(
        id=session_id(uid),
        started=moment(started_ms, offset_min),
        routine_id=named(routine_id),
        routine_name=named(name),
        ending=ending_of(ending),
        is_done=bool(whole(is_done, 1, "whether it was done")),
        planned_ms=_length(planned_ms),
        played_ms=_length(played_ms),
        feeling=feeling_of(feeling),
        note=note_of(note),
        blocks=blocks,
    )


def days_in(connection: sqlite3.Connection, routine_id: str) -> Iterator[DayTotal]:
    """Give the total of each day on which there was a session, the oldest first."""
    query = f"""
    SELECT day, count(*), sum(is_done), sum(played_ms), sum(work_ms)
    FROM sessions {f"WHERE {_OF_ROUTINE}" if routine_id else ""} GROUP BY day ORDER BY day
    """  # noqa: S608 - the condition is our own
    for day, *sums in in_bits(connection.execute(query, {"routine": routine_id})):
        yield DayTotal(day_of(day), *[whole(each, _LARGEST, "a total") for each in sums])


def routines_in(connection: sqlite3.Connection) -> Iterator[PastRoutine]:
    """Give every routine of which there are sessions, by its last name, those with most sessions first."""
    query = """
    SELECT routine_id, routine_name, sessions, last FROM contents JOIN (
      SELECT content, count(*) AS sessions, max(started_ms) AS last FROM sessions GROUP BY content
    ) ON content = contents.key
    """
    names: dict[str, tuple[int, str]] = {}
    counts: dict[str, int] = {}
    for routine_id, name, sessions, last in in_bits(connection.execute(query)):
        known = named(routine_id)
        counts[known] = counts.get(known, 0) + whole(sessions, _LARGEST, "a count")
        names[known] = max(names.get(known, (-1, "")), (whole(last, LATEST_MS, "when it began"), named(name)))
    found = [PastRoutine(each, names[each][1], counts[each]) for each in counts]
    return iter(sorted(found, key=lambda routine: (-routine.sessions, routine.name.casefold(), routine.id)))


def works_in(connection: sqlite3.Connection, since: date, until: date) -> Iterator[Work]:
    """Give what each session from one day to another did of each exercise, the oldest first."""
    query = f"""
    SELECT session, uid, started_ms, offset_min, exercise, side, sum(iif(kind = {_HOLD}, actual_ms, 0)),
           sum(outcome = {_DONE}), sum(coalesce(reps_done, 0)), sum(actual_ms)
    FROM sessions JOIN parts ON session = sessions.key
    WHERE day BETWEEN ? AND ? AND kind IN ({_HOLD}, {_REPS}) AND exercise IS NOT NULL
    GROUP BY session, exercise, side
    ORDER BY started_ms, session, exercise
    """  # noqa: S608 - the numbers are our own
    known: dict[int, PastExercise] = {}
    rows = in_bits(connection.execute(query, (since.toordinal(), until.toordinal())))
    for (_, exercise), its in groupby(rows, itemgetter(0, 4)):
        sides = list(its)
        if not any(row[-1] for row in sides):
            continue
        if exercise not in known:
            known[exercise] = _exercise(connection, exercise)
        yield _work(sides, known[exercise])


def _work(sides: list[tuple[Any, ...]], exercise: PastExercise) -> Work:
    """Make it of a row for each side: session, uid, start, offset, exercise, side, hold, sets, reps, time."""
    _, uid, started_ms, offset_min, *_ = sides[0]
    holds = {row[5]: _length(row[6]) for row in sides}
    sets = {row[5]: whole(row[7], _LARGEST, "a count") for row in sides}
    return Work(
        session_id(uid),
        moment(started_ms, offset_min),
        exercise,
        sum(holds.values()),
        sum(sets.values()),
        sum(whole(row[8], _LARGEST, "a count") for row in sides),
        _each_side(holds),
        _each_side(sets),
    )


def _each_side(sums: dict[int | None, int]) -> int:
    return sums.get(None, 0) + min(sums.get(side, 0) for side in SIDES.values())


def holds_in(
    connection: sqlite3.Connection, exercise_id: str, routine_id: str, since: date | None
) -> Iterable[HoldPoint]:
    """Give the holds of an exercise, or of a routine, session by session, the oldest first."""
    which = "exercise IN (SELECT key FROM exercises WHERE id = :exercise)" if exercise_id else _OF_ROUTINE
    # A row for each session, for there may be many holds; and in the order of an index, for nothing to sort.
    query = f"""
    SELECT group_concat(parts.planned_ms), group_concat(actual_ms), max(outcome), uid, started_ms, offset_min,
           ending, feeling
    FROM parts JOIN sessions ON sessions.key = session
    WHERE kind = {_HOLD} AND outcome <> {_REPEATED} AND {which} AND day >= :since
    GROUP BY {"exercise, " if exercise_id else ""}session
    """  # noqa: S608 - the condition is our own
    wanted = {"exercise": exercise_id, "routine": routine_id, "since": since.toordinal() if since else 1}
    points = [point for row in in_bits(connection.execute(query, wanted)) if (point := _point(row))]
    return sorted(points, key=lambda point: point.started.ms)


def _point(row: tuple[Any, ...]) -> HoldPoint | None:
    planned, actual, worst, uid, started_ms, offset_min, ending, feeling = row
    begun = [length for length in _lengths(actual) if length]
    if not begun:
        return None
    return HoldPoint(
        session_id(uid),
        moment(started_ms, offset_min),
        _usual(_lengths(planned)),
        middle(begun),
        ending_of(ending),
        worst == _DONE,
        feeling_of(feeling),
    )


def _lengths(listed: object) -> list[int]:
    lengths = [int(each) for each in str(listed).split(",")]
    _length(min(lengths))
    _length(max(lengths))
    return lengths


def _usual(lengths: list[int]) -> int:
    return max(set(lengths), key=lambda each: (lengths.count(each), each))


def exercises_in(connection: sqlite3.Connection) -> Iterable[PastExercise]:
    """Give every exercise that was ever held, once, as it was the last time, by name."""
    query = f"""
    SELECT started_ms, id, name, muscles, also, side_noun FROM (
      SELECT *, (
        SELECT session FROM parts WHERE kind = {_HOLD} AND exercise = exercises.key AND actual_ms > 0
        ORDER BY session DESC LIMIT 1
      ) AS last FROM exercises
    ) JOIN sessions ON sessions.key = last ORDER BY started_ms
    """  # noqa: S608 - the number is our own
    rows = in_bits(connection.execute(query))
    found = {exercise.id: exercise for exercise in (exercise_of(row[1:]) for row in rows)}
    return sorted(found.values(), key=lambda exercise: (exercise.name.casefold(), exercise.id))


def _exercise(connection: sqlite3.Connection, key: int) -> PastExercise:
    query = "SELECT id, name, muscles, also, side_noun FROM exercises WHERE key = ?"
    row = connection.execute(query, (key,)).fetchone()
    if row is None:
        raise ValueError("an exercise is not there")
    return exercise_of(row)


def _length(value: object) -> int:
    return whole(value, LONGEST_MS, "a length")
