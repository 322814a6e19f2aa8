"""A session as JSON has it, written, and read without trust: every problem is told with its place."""

import re
from datetime import UTC, datetime, timedelta

from chain_timer.history.rows import LATEST_MS, LONGEST_CONTENT, LONGEST_MS, LONGEST_NAME
from chain_timer.problems import quoted
from chain_timer.routine.exercise import Side
from chain_timer.routine.table import Place, Reader, Report, Table
from chain_timer.routine.values import BadValueError, choice, shown, whole
from chain_timer.routine.words import clean_line, did_you_mean
from chain_timer.session.clock import Moment
from chain_timer.session.record import (
    LONGEST_NOTE,
    Ending,
    Feeling,
    Outcome,
    Part,
    PastExercise,
    SessionRecord,
)
from chain_timer.timeline.kinds import Kind

MOST_PARTS = 100_000
MOST_EXERCISES = 10_000
_MOST_MUSCLES = 100
_MOST_COUNTED = 1_000_000
"""Of sets, rounds and reps."""
_LONGEST_MOMENT = 40
_ID = re.compile("[0-9a-f]{32}")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_MINUTE = timedelta(minutes=1)


def data_of(record: SessionRecord) -> dict[str, object]:
    """Give a session as plain values, all of it."""
    offset_min = record.started.offset_min
    return {
        "id": record.id,
        "started": _moment_text(record.started),
        "ended": _moment_text(Moment(record.ended_ms, offset_min)),
        "routine_id": record.routine_id,
        "routine_name": record.routine_name,
        "content": record.content,
        "planned_ms": record.planned_ms,
        "planned_work_ms": record.planned_work_ms,
        "ending": record.ending,
        "feeling": record.feeling,
        "note": record.note,
        "changed": _moment_text(Moment(record.changed_ms)) if record.changed_ms else None,
        "exercises": [_exercise_data(exercise) for exercise in record.exercises],
        "parts": [_part_data(part) for part in record.parts],
    }


def session_in(value: object, place: Place) -> SessionRecord | None:
    """Read a session; None where anything is wrong with it, after telling all that is.

    Keys that are not known are told and left out: so sessions of programs that keep more can be read.
    """
    # In a report of its own: neither what was wrong before nor an unknown key refuses a session.
    own = Place(Report(), place.text)
    table = _object(value, own)
    record = _Reading(place.report).session(table) if table is not None else None
    for problem in own.report.problems:
        place.report.add(problem.where, problem.what, problem.remedy)
    return None if own.report.problems else record


# --- written ---------------------------------------------------------------------------------------------


def _moment_text(moment: Moment) -> str:
    return moment.local.isoformat(timespec="milliseconds")


def _exercise_data(exercise: PastExercise) -> dict[str, object]:
    return {
        "id": exercise.id,
        "name": exercise.name,
        "muscles": exercise.muscles,
        "also": exercise.also,
        "side_noun": exercise.side_noun,
    }


def _part_data(part: Part) -> dict[str, object]:
    return {
        "kind": part.kind,
        "planned_ms": part.planned_ms,
        "actual_ms": part.actual_ms,
        "outcome": part.outcome,
        "paused_ms": part.paused_ms,
        "exercise_id": part.exercise_id,
        "side": part.side,
        "set_number": part.set_number,
        "sets": part.sets,
        "round_number": part.round_number,
        "rounds": part.rounds,
        "reps": part.reps,
        "reps_done": part.reps_done,
    }


_EXERCISE_KEYS = frozenset(_exercise_data(PastExercise("", "")))
_PART_KEYS = frozenset(_part_data(Part(Kind.HOLD, 0, 0, Outcome.DONE)))
_SESSION_KEYS = frozenset(data_of(SessionRecord("", Moment(0), 0, "", "", "", 0, 0, Ending.FINISHED)))


# --- read ------------------------------------------------------------------------------------------------


class _Reading:
    """Reads one session; ``told`` is where unknown keys go."""

    def __init__(self, told: Report) -> None:
        self._told = told

    def session(self, table: Table) -> SessionRecord:
        self._tell_unknown(table, _SESSION_KEYS)
        started = table.required("started", _moment, Moment(0), '"started": "2026-01-05T07:30:00+01:00"')
        ended = table.required("ended", _moment, started, '"ended": "2026-01-05T07:45:00+01:00"')
        if ended.ms < started.ms:
            table.place.at("ended").problem("it is before the start", "look which of the two is right")
        exercises = self._exercises(table)
        changed = table.get("changed", _moment, None)
        return SessionRecord(
            id=table.required("id", _id, "", '"id": "0123456789abcdef0123456789abcdef"'),
            started=started,
            ended_ms=ended.ms,
            routine_id=table.get("routine_id", _line(LONGEST_NAME), ""),
            routine_name=table.required("routine_name", _line(LONGEST_NAME), "", '"routine_name": "Legs"'),
            content=table.get("content", _text(LONGEST_CONTENT), ""),
            planned_ms=table.required("planned_ms", _length, 0, '"planned_ms": 900000'),
            planned_work_ms=table.required("planned_work_ms", _length, 0, '"planned_work_ms": 600000'),
            ending=table.required("ending", choice(Ending), Ending.FINISHED, '"ending": "finished"'),
            parts=self._parts(table, {exercise.id for exercise in exercises}),
            exercises=exercises,
            feeling=table.get("feeling", choice(Feeling), None),
            note=table.get("note", _text(LONGEST_NOTE), ""),
            changed_ms=changed.ms if changed is not None else 0,
        )

    def _exercises(self, table: Table) -> tuple[PastExercise, ...]:
        found: dict[str, PastExercise] = {}
        for number, (place, value) in enumerate(table.entries("exercises", "exercise")):
            if number == MOST_EXERCISES or place.report.is_full:
                place.problem(f"it is one of more than {number:,}", "divide the session")
                break
            if (entry := _object(value, place)) is None:
                continue
            exercise = self._exercise(entry)
            if exercise.id in found:
                place.problem(f"{quoted(exercise.id)} is there twice", "leave one of them")
            found[exercise.id] = exercise
        return tuple(found.values())

    def _exercise(self, entry: Table) -> PastExercise:
        self._tell_unknown(entry, _EXERCISE_KEYS)
        return PastExercise(
            id=entry.required("id", _line(LONGEST_NAME, least=1), "", '"id": "plank"'),
            name=entry.required("name", _line(LONGEST_NAME), "", '"name": "Plank"'),
            muscles=entry.listed("muscles", "muscle", _line(LONGEST_NAME), _MOST_MUSCLES),
            also=entry.listed("also", "muscle", _line(LONGEST_NAME), _MOST_MUSCLES),
            side_noun=entry.get("side_noun", _line(LONGEST_NAME), "side"),
        )

    def _parts(self, table: Table, known: set[str]) -> tuple[Part, ...]:
        found: list[Part] = []
        for number, (place, value) in enumerate(table.entries("parts", "part")):
            if number == MOST_PARTS or place.report.is_full:
                place.problem(f"it is one of more than {number:,}", "divide the session")
                break
            if (entry := _object(value, place)) is None:
                continue
            part = self._part(entry)
            if part.exercise_id and part.exercise_id not in known:
                what = f"{quoted(part.exercise_id)} is not among the exercises of the session"
                place.at("exercise_id").problem(what, did_you_mean(part.exercise_id, known, "add it there"))
            found.append(part)
        return tuple(found)

    def _part(self, entry: Table) -> Part:
        self._tell_unknown(entry, _PART_KEYS)
        return Part(
            kind=entry.required("kind", choice(Kind), Kind.HOLD, '"kind": "hold"'),
            planned_ms=entry.required("planned_ms", _length, 0, '"planned_ms": 45000'),
            actual_ms=entry.required("actual_ms", _length, 0, '"actual_ms": 45000'),
            outcome=entry.required("outcome", choice(Outcome), Outcome.DONE, '"outcome": "done"'),
            paused_ms=entry.get("paused_ms", _length, 0),
            exercise_id=entry.get("exercise_id", _line(LONGEST_NAME), ""),
            side=entry.get("side", choice(Side), None),
            set_number=entry.get("set_number", _count, 1),
            sets=entry.get("sets", _count, 1),
            round_number=entry.get("round_number", _count, 1),
            rounds=entry.get("rounds", _count, 1),
            reps=entry.get("reps", _reps, None),
            reps_done=entry.get("reps_done", _reps, None),
        )

    def _tell_unknown(self, table: Table, known: frozenset[str]) -> None:
        for key in table.keys:
            if key not in known:
                self._told.add(table.place.text, f"{quoted(key)} is not known here", "it was left out")


# --- values ----------------------------------------------------------------------------------------------


_length = whole(0, LONGEST_MS)
_count = whole(1, _MOST_COUNTED)
_reps = whole(0, _MOST_COUNTED)


def _object(value: object, place: Place) -> Table | None:
    """Take an object without what it says nothing of; tells the problem and gives None where it is none."""
    if isinstance(value, dict):
        return Table({key: each for key, each in value.items() if each is not None}, place)
    place.problem(f"{_shown(value)} is no object", "it was left out")
    return None


def _shown(value: object) -> str:
    return "null" if value is None else shown(value)


def _line(longest: int, least: int = 0) -> Reader[str]:
    """Read a line, which may be empty unless there has to be something."""

    def read(value: object) -> str:
        line = clean_line(_checked(value, longest))
        if len(line) < least:
            raise BadValueError("it is empty", "write at least a word")
        return line

    return read


def _text(longest: int) -> Reader[str]:
    """Read text of any number of lines, without characters that are none."""
    return lambda value: _NO_TEXT.sub("", _checked(value, longest))


def _checked(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise BadValueError(f"{_shown(value)} is not text", "put it in quotes")
    if len(value) > longest:
        raise BadValueError(f"it has {len(value):,} characters", f"use at most {longest:,}")
    return value


def _id(value: object) -> str:
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise BadValueError(f"{shown(value)} is no id", "use 32 of the digits 0 to 9 and a to f")


def _moment(value: object) -> Moment:
    remedy = "write it like 2026-01-05T07:30:00.000+01:00"
    if not isinstance(value, str):
        raise BadValueError(f"{shown(value)} is no moment", remedy)
    try:
        found = datetime.fromisoformat(value) if len(value) <= _LONGEST_MOMENT else None
    except ValueError:
        found = None
    if found is None or (offset := found.utcoffset()) is None:
        raise BadValueError(f"{shown(value)} is no moment with a time zone", remedy)
    moment = Moment((found - _FIRST) // _MS, offset // _MINUTE)
    if not 0 <= moment.ms <= LATEST_MS or offset % _MINUTE:
        raise BadValueError(f"{shown(value)} cannot be", "use 1970 to 9998, and whole minutes from UTC")
    return moment
