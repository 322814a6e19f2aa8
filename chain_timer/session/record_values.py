"""What a journal is made of as plain values, for JSON: written as it is, and read back from anything.

What reads raises ValueError, TypeError or KeyError for whatever is not what it should be; whoever calls it
says which file that was.
"""

from collections.abc import Mapping
from typing import Any

from chain_timer.routine.exercise import Side
from chain_timer.session.clock import Moment
from chain_timer.session.record import (
    Outcome,
    Part,
    PastExercise,
)
from chain_timer.timeline.kinds import Kind

Values = dict[str, Any]

MOST_EXERCISES = 100_000
LONGEST_TEXT = 400
LONGEST_CONTENT = 64 * 1024 * 1024
LATEST_MS = 253_402_300_799_999
"""The end of the year 9999, behind which there is no date."""
_LONGEST_MS = 10**12
_MOST_NAMED = 1_000
_DAY_MIN = 1_440
_ID_DIGITS = 32


def session_id_in(values: Values) -> str:
    """Read the id of a session."""
    session_id = text_in(values, "id", _ID_DIGITS)
    if len(session_id) != _ID_DIGITS or not set(session_id) <= set("0123456789abcdef"):
        raise ValueError("id is no id of a session")
    return session_id


def moment_in(values: Values) -> Moment:
    """Read when a session began."""
    offset_min = number_in(values, "offset_min", -_DAY_MIN + 1, _DAY_MIN - 1)
    # A day within the years there are, wherever it was.
    return Moment(number_in(values, "started_ms", 0, LATEST_MS - _DAY_MIN * 60_000), offset_min)


def part_values(part: Part) -> Values:
    """Give a part as plain values; what is as usual is left out."""
    values: Values = {
        "kind": part.kind.value,
        "planned_ms": part.planned_ms,
        "actual_ms": part.actual_ms,
        "outcome": part.outcome.value,
    }
    if part.paused_ms:
        values["paused_ms"] = part.paused_ms
    if part.exercise_id:
        values["exercise"] = part.exercise_id
    if part.side is not None:
        values["side"] = part.side.value
    for key in _COUNTS:
        if (count := getattr(part, key)) != 1:
            values[key] = count
    if part.reps is not None:
        values |= {"reps": part.reps, "reps_done": part.reps_done}
    return values


_COUNTS = ("set_number", "sets", "round_number", "rounds")


def part_in(values: Values) -> Part:
    """Read a part."""
    side, reps, reps_done = (values.get(key) for key in ("side", "reps", "reps_done"))
    set_number, sets, round_number, rounds = (number_in({key: 1} | values, key) for key in _COUNTS)
    return Part(
        kind=Kind(values["kind"]),
        planned_ms=number_in(values, "planned_ms"),
        actual_ms=number_in(values, "actual_ms"),
        outcome=Outcome(values["outcome"]),
        paused_ms=number_in({"paused_ms": 0} | values, "paused_ms"),
        exercise_id=text_in({"exercise": ""} | values, "exercise"),
        side=None if side is None else Side(side),
        set_number=set_number,
        sets=sets,
        round_number=round_number,
        rounds=rounds,
        reps=None if reps is None else number_in(values, "reps"),
        reps_done=None if reps_done is None else number_in(values, "reps_done"),
    )


def exercise_values(exercise: PastExercise) -> Values:
    """Give an exercise as plain values."""
    return {
        "id": exercise.id,
        "name": exercise.name,
        "muscles": list(exercise.muscles),
        "also": list(exercise.also),
        "side_noun": exercise.side_noun,
    }


def exercise_in(values: Values) -> PastExercise:
    """Read an exercise."""
    return PastExercise(
        id=text_in(values, "id"),
        name=text_in(values, "name"),
        muscles=_texts_in(values, "muscles"),
        also=_texts_in(values, "also"),
        side_noun=text_in(values, "side_noun"),
    )


def number_in(values: Mapping[str, Any], key: str, least: int = 0, most: int = _LONGEST_MS) -> int:
    """Read a whole number."""
    value = values[key]
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{key} is no whole number from {least} to {most}")
    return value


def text_in(values: Mapping[str, Any], key: str, longest: int = LONGEST_TEXT) -> str:
    """Read a text."""
    value = values[key]
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(f"{key} is no text of at most {longest} characters")
    value.encode()  # half a character is a ValueError too
    return value


def table_in(values: Mapping[str, Any], key: str) -> Values:
    """Read a table."""
    value = values[key]
    if not isinstance(value, dict):
        raise TypeError(f"{key} is no table")
    return value


def tables_in(values: Mapping[str, Any], key: str, most: int) -> list[Values]:
    """Read a list of tables."""
    value = values[key]
    if not isinstance(value, list) or len(value) > most or not all(isinstance(each, dict) for each in value):
        raise ValueError(f"{key} is no list of at most {most} tables")
    return value


def _texts_in(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = values[key]
    if not isinstance(value, list) or len(value) > _MOST_NAMED:
        raise ValueError(f"{key} is no list of at most {_MOST_NAMED} texts")
    return tuple(text_in({key: each}, key) for each in value)
