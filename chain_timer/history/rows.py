"""Values as numbers and texts of the database, and back: whatever is not as we write it is a ValueError.

What is read may have been damaged, or made by who means no good: every value is looked at.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar

from chain_timer.history.plan import HoldPlan
from chain_timer.routine.exercise import Side
from chain_timer.session.clock import Moment
from chain_timer.session.record import LONGEST_NOTE, Ending, Feeling, Outcome, Part, PastExercise
from chain_timer.timeline.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from enum import Enum

    from chain_timer.session.record import SessionRecord

MOST_PARTS = 1_000_000
"""Of one session: a routine has at most 10,000 sets, and who goes back visits some of them again."""
MOST_EXERCISES = 20_000
LONGEST_NAME = 1_000
LONGEST_CONTENT = 32 * 1024 * 1024
"""Characters; a routine file may have 2 MiB, and its exercises as many once more."""
LATEST_MS = 253_370_764_800_000
"""The year 9999, which dates end with."""
LONGEST_MS = 10**12
"""Thirty years: no session is longer, and all of them together still fit a number of the database."""

LARGEST_COUNT = 1_000_000
LONGEST_OFFSET_MIN = 24 * 60 - 1

_LEVEL = 6
_ID = re.compile(r"[0-9a-f]{32}")
_WHOLE_OR_NONE = frozenset({int, NoneType})

# The numbers of a kind, outcome … are kept for good: none is ever used again for another. To add one is to
# make a new version of the schema, for older programs would take it for damage.
KINDS = {
    Kind.PREPARE: 0,
    Kind.INSTRUCT: 1,
    Kind.REST: 2,
    Kind.HOLD: 3,
    Kind.REPS: 4,
    Kind.SWITCH: 5,
    Kind.FINISH: 6,
}
OUTCOMES = {Outcome.DONE: 0, Outcome.SKIPPED: 1, Outcome.REPEATED: 2, Outcome.BROKEN_OFF: 3}
ENDINGS = {Ending.FINISHED: 0, Ending.BROKEN_OFF: 1}
FEELINGS = {Feeling.EASY: 0, Feeling.GOOD: 1, Feeling.HARD: 2, Feeling.PAINFUL: 3}
SIDES = {Side.RIGHT: 0, Side.LEFT: 1}
_KINDS = {code: kind for kind, code in KINDS.items()}
_OUTCOMES = {code: outcome for outcome, code in OUTCOMES.items()}
_ENDINGS = {code: ending for ending, code in ENDINGS.items()}
_FEELINGS = {code: feeling for feeling, code in FEELINGS.items()}
_SIDES = {code: side for side, code in SIDES.items()}

E = TypeVar("E", bound="Enum")


# --- writing ---------------------------------------------------------------------------------------------


def uid_of(session_id: str) -> bytes:
    """Give an id as 16 bytes. Raises ValueError for what is none."""
    if not _ID.fullmatch(session_id):
        raise ValueError("an id is 32 hexadecimal digits")
    return bytes.fromhex(session_id)


def found_uid(text: str) -> bytes | None:
    """Give what a person named as an id; None when it cannot be one."""
    return bytes.fromhex(text) if _ID.fullmatch(text) else None


def clean(text: str) -> str:
    """Give a text without half characters, which no database takes."""
    return text.encode("utf-8", "replace").decode()


def exercise_values(exercise: PastExercise) -> tuple[str, ...]:
    """Give the columns id, name, muscles, also and side_noun."""
    return (
        named(clean(exercise.id)),
        named(clean(exercise.name)),
        _list_text(exercise.muscles),
        _list_text(exercise.also),
        named(clean(exercise.side_noun)),
    )


def content_values(record: SessionRecord) -> tuple[bytes, str, str, bytes]:
    """Give the columns digest, routine_id, routine_name and text."""
    routine_id, name, text = (
        clean(each) for each in (record.routine_id, record.routine_name, record.content)
    )
    if len(text) > LONGEST_CONTENT:
        raise ValueError("its routine is too long")
    whole = [routine_id, name, text, [exercise_values(each) for each in record.exercises]]
    digest = hashlib.sha256(json.dumps(whole).encode()).digest()
    return digest, named(routine_id), named(name), zlib.compress(text.encode(), _LEVEL)


SESSION_COLUMNS = (
    "uid, content, started_ms, offset_min, day, ended_ms, ending, is_done, planned_ms, planned_work_ms, "
    "played_ms, paused_ms, work_ms, feeling, note, changed_ms"
)


def session_values(record: SessionRecord, content: int) -> tuple[object, ...]:
    """Give :data:`SESSION_COLUMNS`."""
    started = moment(record.started.ms, record.started.offset_min)
    return (
        uid_of(record.id),
        content,
        started.ms,
        started.offset_min,
        started.day.toordinal(),
        whole(record.ended_ms, LATEST_MS, "its end"),
        ENDINGS[record.ending],
        int(record.is_done),
        whole(record.planned_ms, LONGEST_MS, "its planned length"),
        whole(record.planned_work_ms, LONGEST_MS, "its planned work"),
        whole(record.played_ms, LONGEST_MS, "its length"),
        whole(record.paused_ms, LONGEST_MS, "its pauses"),
        record.work_ms,
        *felt_values(record.feeling, record.note, record.changed_ms),
    )


def felt_values(feeling: Feeling | None, note: str, changed_ms: int) -> tuple[int | None, str, int]:
    """Give the columns feeling, note and changed_ms; a note that is too long is cut."""
    code = None if feeling is None else FEELINGS[feeling]
    return code, clean(note)[:LONGEST_NOTE], changed_of(changed_ms)


PART_COLUMNS = (
    "session, number, kind, outcome, planned_ms, actual_ms, paused_ms, exercise, side, set_number, sets, "
    "round_number, rounds, reps, reps_done"
)


def part_values(part: Part, session: int, number: int, exercises: Mapping[str, int]) -> tuple[object, ...]:
    """Give :data:`PART_COLUMNS`."""
    values = (
        KINDS[part.kind],
        OUTCOMES[part.outcome],
        part.planned_ms,
        part.actual_ms,
        part.paused_ms,
        exercises[clean(part.exercise_id)] if part.exercise_id else None,
        None if part.side is None else SIDES[part.side],
        part.set_number,
        part.sets,
        part.round_number,
        part.rounds,
        part.reps,
        part.reps_done,
    )
    _check_part(values)
    return session, number, *values


def plan_values(plan: HoldPlan) -> tuple[object, ...]:
    """Give the columns of a plan, in the order of the table."""
    values = (
        uid_of(plan.id),
        clean(plan.name),
        plan.from_ms,
        plan.to_ms,
        plan.begun.toordinal(),
        plan.weeks,
        clean(plan.exercise_id),
        clean(plan.routine_id),
        None if plan.ended is None else plan.ended.toordinal(),
        plan.changed_ms,
    )
    plan_of(values)
    return values


# --- reading ---------------------------------------------------------------------------------------------


def session_id(value: object) -> str:
    if type(value) is not bytes or len(value) != 16:  # noqa: PLR2004 - of 32 digits
        raise ValueError("its id is none")
    return value.hex()


def whole(value: object, most: int, what: str, least: int = 0) -> int:
    """Give a whole number within its bounds. Raises ValueError."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{what} cannot be")
    return value


def named(value: object) -> str:
    """Give a name or an id of a file. Raises ValueError when it is too long, or no text."""
    if type(value) is not str or len(value) > LONGEST_NAME:
        raise ValueError("a name is too long, or no text")
    return value


def note_of(value: object) -> str:
    if type(value) is not str or len(value) > LONGEST_NOTE:
        raise ValueError("its note is too long, or no text")
    return value


def moment(ms: object, offset_min: object) -> Moment:
    offset = whole(offset_min, LONGEST_OFFSET_MIN, "its time zone", -LONGEST_OFFSET_MIN)
    return Moment(whole(ms, LATEST_MS, "when it began"), offset)


def day_of(value: object) -> date:
    return date.fromordinal(whole(value, date.max.toordinal(), "its day", 1))


def ending_of(value: object) -> Ending:
    return _coded(_ENDINGS, value, "its ending")


def feeling_of(value: object) -> Feeling | None:
    return None if value is None else _coded(_FEELINGS, value, "how it felt")


def changed_of(value: object) -> int:
    return whole(value, LATEST_MS, "when it was last changed")


def kind_of(value: object) -> Kind:
    return _coded(_KINDS, value, "the kind of a part")


def text_of(value: object) -> str:
    """Give the text of a content, which may not grow without end. Raises ValueError."""
    if type(value) is not bytes:
        raise ValueError("its routine is damaged")
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(value, 4 * LONGEST_CONTENT)
        if not reader.eof or reader.unused_data:
            raise ValueError("its routine is damaged")
        text = data.decode()
    except (zlib.error, UnicodeDecodeError):
        raise ValueError("its routine is damaged") from None
    if len(text) > LONGEST_CONTENT:
        raise ValueError("its routine is too long")
    return text


def exercise_of(row: Sequence[object]) -> PastExercise:
    """Make an exercise of the columns of :func:`exercise_values`. Raises ValueError."""
    exercise_id, name, muscles, also, noun = row
    return PastExercise(named(exercise_id), named(name), _listed(muscles), _listed(also), named(noun))


def part_of(row: tuple[Any, ...], exercises: Mapping[int, PastExercise]) -> Part:
    """Make a part of :data:`PART_COLUMNS` from kind on. Raises ValueError."""
    _check_part(row)
    kind, outcome, planned_ms, actual_ms, paused_ms, exercise, side, *counted = row
    try:
        exercise_id = "" if exercise is None else exercises[exercise].id
        its_side = None if side is None else _SIDES[side]
        return Part(
            _KINDS[kind],
            planned_ms,
            actual_ms,
            _OUTCOMES[outcome],
            paused_ms,
            exercise_id,
            its_side,
            *counted,
        )
    except KeyError:
        raise ValueError("a part is of no kind that is known") from None


def plan_of(row: Sequence[object]) -> HoldPlan:
    """Make a plan of the columns of the table. Raises ValueError."""
    uid, name, from_ms, to_ms, begun, weeks, exercise_id, routine_id, ended, changed_ms = row
    return HoldPlan(
        session_id(uid),
        named(name),
        whole(from_ms, LONGEST_MS, "where a plan begins"),
        whole(to_ms, LONGEST_MS, "where a plan leads"),
        day_of(begun),
        whole(weeks, LARGEST_COUNT, "the weeks of a plan"),
        named(exercise_id),
        named(routine_id),
        None if ended is None else day_of(ended),
        changed_of(changed_ms),
    )


def _check_part(values: tuple[Any, ...]) -> None:
    """Look at all numbers of a part at once: there are many parts."""
    if not _WHOLE_OR_NONE.issuperset(map(type, values)) or None in values[:5] or None in values[7:11]:
        raise ValueError("a part is not made of whole numbers")
    if min(values[2:5]) < 0 or max(values[2:5]) > LONGEST_MS:
        raise ValueError("a part is of a length that cannot be")
    counts = [count for count in values[7:] if count is not None]
    if min(counts) < 0 or max(counts) > LARGEST_COUNT:
        raise ValueError("a part has a count that cannot be")


def _coded(codes: Mapping[int, E], value: object, what: str) -> E:
    found = codes.get(value) if type(value) is int else None
    if found is None:
        raise ValueError(f"{what} is none that is known")
    return found


def _list_text(values: Iterable[str]) -> str:
    return json.dumps([named(clean(value)) for value in values])


def _listed(value: object) -> tuple[str, ...]:
    if type(value) is not str or len(value) > 100 * LONGEST_NAME:
        raise ValueError("its muscles are damaged")
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        raise ValueError("its muscles are damaged") from None
    if type(found) is not list:
        raise ValueError("its muscles are damaged")
    return tuple(named(each) for each in found)
