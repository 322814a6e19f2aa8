"""The compiler: a routine and a person's choices become a timeline."""

from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import NamedTuple

from chain_timer.routine.exercise import Hold
from chain_timer.routine.routine import Coaching, Routine
from chain_timer.timeline import layout
from chain_timer.timeline.layout import Voice
from chain_timer.timeline.lengths import Lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import Phrases
from chain_timer.timeline.segment import Cue, Key, Kind, Segment
from chain_timer.timeline.slots import Slot, unrolled
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import whole_minutes

_LEADS, _INSTRUCTS, _WORKS = range(3)


def compile_routine(routine: Routine, options: Options, phrases: Phrases, lengths: Lengths) -> Timeline:
    """Lay a routine out in time. Pure: the same arguments always give the same timeline.

    Compile again when phrases turn out longer or shorter than their estimate; every segment keeps its key.
    """
    voice = Voice(phrases, lru_cache(maxsize=None)(lengths), options.coaching)
    segments: list[Segment] = []
    laid: dict[Hashable, tuple[_Part, ...]] = {}
    before: Slot | None = None
    for slot in unrolled(routine, options):
        # Rounds repeat themselves: what sounds the same is laid out once and only given its own key.
        likeness = _likeness(slot, before)
        parts = laid.get(likeness)
        if parts is None:
            parts = laid[likeness] = tuple(_parts(voice, slot, before, options))
        segments.extend(_segment(slot, part) for part in parts)
        before = slot
    if before is not None:
        worked_ms = sum(segment.length_ms for segment in segments)
        segments.append(_finish(voice, routine, before, worked_ms))
    return Timeline(routine.id, routine.name, segments)


class _Part(NamedTuple):
    """A segment laid out, before it is known whose it is."""

    kind: Kind
    order: int
    length_ms: int
    cues: tuple[Cue, ...]


def _likeness(slot: Slot, before: Slot | None) -> Hashable:
    """Everything the layout of a slot depends on; exercises by identity, which the routine keeps alive."""
    return (
        id(slot.exercise),
        slot.work,
        slot.side,
        slot.set_number,
        slot.sets,
        slot.rest_ms,
        slot.follows_side,
        slot.first_meeting,
        (slot.round_number, slot.rounds) if slot.starts_round else None,
        (id(before.exercise), before.side) if before else None,
    )


def _parts(voice: Voice, slot: Slot, before: Slot | None, options: Options) -> Iterator[_Part]:
    """Give what leads to a piece of work, and the work. What no lead names, the next part does."""
    instructs = options.coaching is Coaching.FULL and slot.first_meeting and bool(slot.exercise.steps)
    out = _out(voice, before) if before else ""
    opening: list[Cue] = []
    named = True
    if before is None:
        laid = layout.prepare(voice, slot, options.prepare_ms)
        yield _part(Kind.PREPARE, _LEADS, *laid, ticks=not instructs)
    elif slot.follows_side:
        yield _part(Kind.SWITCH, _LEADS, *layout.switch(voice, slot, out), ticks=not instructs)
    elif slot.rest_ms > 0:
        cues, named = layout.rest(voice, slot, slot.rest_ms, out)
        yield _part(Kind.REST, _LEADS, slot.rest_ms, cues, ticks=not instructs)
    else:
        opening, named = layout.leaving(voice, out), False
    if instructs:
        laid = layout.instruct(voice, slot, opening, named=named)
        yield _part(Kind.INSTRUCT, _INSTRUCTS, *laid, ticks=True)
        named = True
    if isinstance(slot.work, Hold):
        cues = layout.hold(voice, slot, slot.work.length_ms, named=named)
        yield _part(Kind.HOLD, _WORKS, slot.work.length_ms, cues)
    else:
        yield _part(Kind.REPS, _WORKS, *layout.reps(voice, slot, slot.work, named=named))


def _part(kind: Kind, order: int, length_ms: int, cues: list[Cue], *, ticks: bool = False) -> _Part:
    if ticks:
        cues = [*cues, *layout.lead_in_ticks(length_ms)]
    return _Part(kind, order, length_ms, tuple(sorted(cues, key=_offset)))


def _segment(slot: Slot, part: _Part) -> Segment:
    reps = None if isinstance(slot.work, Hold) else slot.work
    return Segment(
        kind=part.kind,
        length_ms=part.length_ms,
        key=Key(slot.number, part.order),
        cues=part.cues,
        exercise=slot.exercise,
        side=slot.side,
        reps=reps,
        gate=part.kind is Kind.REPS and reps is not None and reps.self_paced,
        set_number=slot.set_number,
        sets=slot.sets,
        round_number=slot.round_number,
        rounds=slot.rounds,
    )


def _finish(voice: Voice, routine: Routine, last: Slot, worked_ms: int) -> Segment:
    phrases = voice.phrases
    exercises = phrases.counted("exercise", len(routine.exercises))
    minutes = phrases.counted("minute", whole_minutes(worked_ms))
    done = phrases.say("finish", exercises=exercises, minutes=minutes)
    length_ms, cues = layout.finish(voice, done, _out(voice, last))
    return Segment(Kind.FINISH, length_ms, Key(last.number + 1, _LEADS), tuple(sorted(cues, key=_offset)))


def _out(voice: Voice, before: Slot) -> str:
    """Give the way out of an exercise, where it is said."""
    out = before.exercise.out
    return out.text(before.side) if out and voice.coaching is Coaching.FULL else ""


def _offset(cue: Cue) -> int:
    return cue.offset_ms
