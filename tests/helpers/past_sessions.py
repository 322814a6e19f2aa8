"""Sessions of the past, made up: as many as a test wants, going back from a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from chain_timer.routine.library import Library
from chain_timer.routine.routine_writer import routine_text
from chain_timer.session.clock import Moment
from chain_timer.session.record import (
    Ending,
    Feeling,
    Outcome,
    Part,
    SessionRecord,
    past,
)
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.timeline import Timeline

NOW = Moment(round(datetime(2026, 3, 18, 19, 30, tzinfo=UTC).timestamp() * 1000), 60)
"""A Wednesday evening, an hour ahead of Greenwich."""
LIBRARY = Library.built_in()
FEELINGS = (Feeling.GOOD, None, Feeling.EASY, Feeling.HARD, None, Feeling.GOOD)
MINUTE_MS = 60_000

Change = Callable[[int, SessionRecord], SessionRecord]


@cache
def timeline_of(routine_id: str) -> Timeline:
    return compile_routine(LIBRARY.routine(routine_id), Options(), load_phrases(), estimated_lengths())


@cache
def parts_of(routine_id: str) -> tuple[Part, ...]:
    """Give a routine's parts, all of them done as they were planned."""
    segments = timeline_of(routine_id).segments
    return tuple(
        Part(
            kind=segment.kind,
            planned_ms=segment.length_ms,
            actual_ms=segment.length_ms,
            outcome=Outcome.DONE,
            exercise_id=segment.exercise.id if segment.exercise else "",
            side=segment.side,
            set_number=segment.set_number,
            sets=segment.sets,
            reps=segment.reps.count if segment.reps else None,
            reps_done=segment.reps.count if segment.reps else None,
        )
        for segment in segments
    )


@cache
def content_of(routine_id: str) -> str:
    return routine_text(LIBRARY.routine(routine_id), {})


def session(number: int, routine_id: str, at: datetime) -> SessionRecord:
    """Give a session that was done to its end; its number is its id."""
    routine, parts = LIBRARY.routine(routine_id), parts_of(routine_id)
    planned_ms = sum(part.planned_ms for part in parts)
    started = Moment(round(at.timestamp() * 1000), 60)
    return SessionRecord(
        id=f"{number:032x}",
        started=started,
        ended_ms=started.ms + planned_ms,
        routine_id=routine_id,
        routine_name=routine.name,
        content=content_of(routine_id),
        planned_ms=planned_ms,
        planned_work_ms=sum(part.planned_ms for part in parts if part.kind.is_work),
        ending=Ending.FINISHED,
        parts=parts,
        exercises=tuple(past(exercise) for exercise in routine.exercises),
        feeling=FEELINGS[number % len(FEELINGS)],
        changed_ms=started.ms,
    )


def broken_off(record: SessionRecord, share: float = 0.4) -> SessionRecord:
    """Give a session that ended in the middle of a part."""
    count = max(1, round(len(record.parts) * share))
    *done, last = record.parts[:count]
    part = replace(last, actual_ms=last.actual_ms // 2, outcome=Outcome.BROKEN_OFF, paused_ms=MINUTE_MS)
    return replace(record, ending=Ending.BROKEN_OFF, parts=(*done, part))


def sessions(count: int, routine_ids: tuple[str, ...] = ()) -> list[SessionRecord]:
    """Give sessions of the last years, newest last: about five a week, every ninth one broken off."""
    ids = routine_ids or tuple(LIBRARY.by_routine_id)[:4]
    made = []
    for number in range(count):
        back = number * 7 // 5
        at = NOW.local - timedelta(days=back, minutes=40 * (number % 5))
        record = session(number, ids[number * 7 % len(ids)], at)
        made.append(broken_off(record) if number % 9 == 4 else record)
    return made[::-1]
