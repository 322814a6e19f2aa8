"""The journal of a session that runs: all that is needed to keep it, and to go on with it after a crash.

A journal is lines, each with its checksum: how the session began, then its parts and, every little while,
where it is. It only grows: what a power cut leaves half written is its last line, which does not count.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from zlib import crc32

from chain_timer.routine.routine import Coaching, Routine
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Part, PastExercise, SessionRecord
from chain_timer.session.record_values import (
    LATEST_MS,
    LONGEST_CONTENT,
    MOST_EXERCISES,
    Values,
    exercise_in,
    exercise_values,
    moment_in,
    number_in,
    part_in,
    part_values,
    session_id_in,
    table_in,
    tables_in,
    text_in,
)
from chain_timer.timeline.options import Options
from chain_timer.timeline.segment import Key
from chain_timer.units import HOUR_MS

_FORMAT = 1
_CHECKSUM = 8
"""Hexadecimal digits before each line."""
_DAY_MS = 24 * HOUR_MS
LARGEST_JOURNAL = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Opening:
    """What a session began with: all that is needed to keep it, and to go on with it."""

    id: str
    started: Moment
    routine_id: str
    routine_name: str
    options: Options
    exercises: tuple[PastExercise, ...]
    routine: Routine | None
    """None where it was read from a journal, and is not made from its text yet, or cannot be."""
    content: str = ""
    """The routine's text; empty where it is not written yet."""


@dataclass(frozen=True, slots=True)
class Beat:
    """Where a session is, and what is not told by its parts yet."""

    at_ms: int
    """When, in milliseconds since 1970."""
    position_ms: int
    key: Key
    into_ms: int
    """How far into the segment of that key."""
    visit: Part | None
    """The segment it is in, as far as it came."""
    planned_ms: int
    planned_work_ms: int
    adjusted_ms: Mapping[Key, int]
    """What a person added to segments, or took from them."""
    ending: Ending | None = None
    """How it ended; None while it goes on."""


class Left(NamedTuple):
    """A session that was left in the middle, as its journal tells it."""

    opening: Opening
    parts: tuple[Part, ...]
    beat: Beat | None

    @property
    def position_ms(self) -> int:
        return self.beat.position_ms if self.beat else 0

    @property
    def place(self) -> str:
        """What was being done, like ``Standing hamstring stretch, left leg``; empty where nothing was."""
        visit = self.beat.visit if self.beat else None
        doing = [each for each in self.opening.exercises if visit and each.id == visit.exercise_id]
        if visit is None or not doing:
            return ""
        side = f", {visit.side} {doing[0].side_noun}" if visit.side else ""
        return f"{doing[0].name}{side}"

    def record(self) -> SessionRecord:
        """Give it as it is kept when nobody goes on with it."""
        beat = self.beat
        parts = self.parts if beat is None or beat.visit is None else (*self.parts, beat.visit)
        lasted_ms = sum(part.actual_ms + part.paused_ms for part in parts)
        at_ms = beat.at_ms if beat else 0
        opening = self.opening
        return SessionRecord(
            id=opening.id,
            started=opening.started,
            ended_ms=max(opening.started.ms + lasted_ms, at_ms),
            routine_id=opening.routine_id,
            routine_name=opening.routine_name,
            content=opening.content,
            planned_ms=beat.planned_ms if beat else 0,
            planned_work_ms=beat.planned_work_ms if beat else 0,
            ending=(beat.ending if beat else None) or Ending.BROKEN_OFF,
            parts=parts,
            exercises=opening.exercises,
        )


def opening_line(opening: Opening) -> bytes:
    """Write how a session began; its content has to be there."""
    options = opening.options
    values: Values = {
        "format": _FORMAT,
        "id": opening.id,
        "started_ms": opening.started.ms,
        "offset_min": opening.started.offset_min,
        "routine": opening.routine_id,
        "name": opening.routine_name,
        "content": opening.content,
        "exercises": [exercise_values(each) for each in opening.exercises],
        "options": {
            "hold": options.hold_ms,
            "rest": options.rest_ms,
            "rounds": options.rounds,
            "coaching": options.coaching.value,
            "prepare": options.prepare_ms,
            "usual_rest": options.usual_rest_ms,
        },
    }
    return _line("open", values)


def entry_line(entry: Part | Beat) -> bytes:
    """Write what was done, or where the session is."""
    if isinstance(entry, Part):
        return _line("part", part_values(entry))
    values: Values = {
        "at": entry.at_ms,
        "position": entry.position_ms,
        "slot": entry.key.slot,
        "order": entry.key.order,
        "into": entry.into_ms,
        "visit": None if entry.visit is None else part_values(entry.visit),
        "planned": entry.planned_ms,
        "planned_work": entry.planned_work_ms,
        "ending": None if entry.ending is None else entry.ending.value,
    }
    if entry.adjusted_ms:
        values["adjusted"] = [[*key, added_ms] for key, added_ms in entry.adjusted_ms.items()]
    return _line("beat", values)


def read_journal(data: bytes) -> tuple[Left, int] | None:
    """Read a journal as far as it is whole, and tell how many bytes that is; None where nothing of it is.

    Anything may have been written into the file: what is no line of a journal ends it.
    """
    opening: Opening | None = None
    parts: list[Part] = []
    beat: Beat | None = None
    whole = 0
    for kind, values, end in _lines(data):
        try:
            if opening is None:
                opening = _opening_in(kind, values)
            elif kind == "part":
                parts.append(part_in(values))
                beat = _without_visit(beat)
            elif kind == "beat":
                beat = _beat_in(values)
        except (ValueError, TypeError, KeyError):
            break
        whole = end
    return None if opening is None else (Left(opening, tuple(parts), beat), whole)


def _line(kind: str, values: Values) -> bytes:
    text = json.dumps([kind, values], ensure_ascii=True, separators=(",", ":")).encode()
    return b"%08x%b\n" % (crc32(text), text)


def _lines(data: bytes) -> Iterator[tuple[str, Values, int]]:
    """Give the whole lines, and where each ends; room that was kept for more is filled with zeros."""
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        line = data[start:end]
        start = end + 1
        text = line[_CHECKSUM:]
        if line[:_CHECKSUM] != b"%08x" % crc32(text):
            return
        try:
            kind, values = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            return
        if not isinstance(kind, str) or not isinstance(values, dict):
            return
        yield kind, values, start


def _opening_in(kind: str, values: Values) -> Opening:
    if kind != "open" or values.get("format") != _FORMAT:
        raise ValueError("this is no journal of ours")
    exercises = tables_in(values, "exercises", MOST_EXERCISES)
    return Opening(
        id=session_id_in(values),
        started=moment_in(values),
        routine_id=text_in(values, "routine"),
        routine_name=text_in(values, "name"),
        options=_options_in(table_in(values, "options")),
        exercises=tuple(exercise_in(each) for each in exercises),
        routine=None,
        content=text_in(values, "content", LONGEST_CONTENT),
    )


def _options_in(values: Values) -> Options:
    def maybe(key: str) -> int | None:
        return None if values.get(key) is None else number_in(values, key)

    return Options(
        hold_ms=maybe("hold"),
        rest_ms=maybe("rest"),
        rounds=maybe("rounds"),
        coaching=Coaching(text_in(values, "coaching")),
        prepare_ms=number_in(values, "prepare"),
        usual_rest_ms=number_in(values, "usual_rest"),
    )


def _beat_in(values: Values) -> Beat:
    visit, ending = values.get("visit"), values.get("ending")
    return Beat(
        at_ms=number_in(values, "at", 0, LATEST_MS),
        position_ms=number_in(values, "position"),
        key=Key(number_in(values, "slot"), number_in(values, "order")),
        into_ms=number_in(values, "into"),
        visit=None if visit is None else part_in(table_in(values, "visit")),
        planned_ms=number_in(values, "planned"),
        planned_work_ms=number_in(values, "planned_work"),
        adjusted_ms=dict(_adjusted_in(values.get("adjusted", []))),
        ending=None if ending is None else Ending(ending),
    )


def _adjusted_in(values: object) -> Iterator[tuple[Key, int]]:
    if not isinstance(values, list):
        raise TypeError("this is no list")
    for slot, order, added_ms in values:
        numbers = {"slot": slot, "order": order, "added": added_ms}
        yield (
            Key(number_in(numbers, "slot"), number_in(numbers, "order")),
            number_in(numbers, "added", -_DAY_MS),
        )


def _without_visit(beat: Beat | None) -> Beat | None:
    """Take the visit out that a part has told for good."""
    return None if beat is None else replace(beat, visit=None)
