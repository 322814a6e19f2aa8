"""The compiler: a routine and a person's choices become a timeline."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from chain_timer.routine.exercise import Hold
from chain_timer.routine.routine import Coaching, Routine
from chain_timer.timeline import layout
from chain_timer.timeline.layout import Voice
from chain_timer.timeline.lengths import Lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import Phrases
from chain_timer.timeline.segment import Cue, Key, Kind, Segment, Tone
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
    before: Slot | None = None
    for slot in unrolled(routine, options):
        segments.extend(_slot_segments(voice, slot, before, options))
        before = slot
    if before is not None:
        worked_ms = sum(segment.length_ms for segment in segments)
        segments.append(_finish(voice, routine, before, worked_ms))
    return Timeline(routine.id, routine.name, segments)


def _slot_segments(voice: Voice, slot: Slot, before: Slot | None, options: Options) -> Iterator[Segment]:
    instructs = options.coaching is Coaching.FULL and slot.first_meeting and bool(slot.exercise.steps)
    opening: list[Cue] = []
    announce: list[str] = []
    if before is None:
        yield _leading(
            Kind.PREPARE, slot, layout.prepare(voice, slot, options.prepare_ms), ticks=not instructs
        )
    elif slot.follows_side:
        yield _leading(Kind.SWITCH, slot, layout.switch(voice, slot, _out(before, options)), ticks=True)
    elif slot.rest_ms:
        laid = layout.rest(voice, slot, slot.rest_ms, _out(before, options))
        yield _leading(Kind.REST, slot, laid, ticks=not instructs)
    else:
        opening = [layout.tone_cue(Tone.END, 0)]
        announce = layout.wordings_of_next(voice, slot)
    if instructs:
        laid = layout.instruct(voice, slot, opening, announce[0] if announce else "")
        yield _segment(Kind.INSTRUCT, slot, _INSTRUCTS, laid, ticks=True)
        announce = []
    yield _work(voice, slot, announce[1:])


def _work(voice: Voice, slot: Slot, announce: Sequence[str]) -> Segment:
    work = slot.work
    if isinstance(work, Hold):
        laid = work.length_ms, layout.hold(voice, slot, work.length_ms, announce)
        return _segment(Kind.HOLD, slot, _WORKS, laid)
    return _segment(Kind.REPS, slot, _WORKS, layout.reps(voice, work, announce))


def _leading(kind: Kind, slot: Slot, laid: tuple[int, list[Cue]], *, ticks: bool) -> Segment:
    return _segment(kind, slot, _LEADS, laid, ticks=ticks)


def _segment(
    kind: Kind, slot: Slot, order: int, laid: tuple[int, list[Cue]], *, ticks: bool = False
) -> Segment:
    length_ms, cues = laid
    if ticks:
        cues = [*cues, *layout.lead_in_ticks(length_ms)]
    reps = slot.work if not isinstance(slot.work, Hold) else None
    return Segment(
        kind=kind,
        length_ms=length_ms,
        key=Key(slot.number, order),
        cues=tuple(sorted(cues, key=_offset)),
        exercise=slot.exercise,
        side=slot.side,
        reps=reps,
        gate=kind is Kind.REPS and reps is not None and reps.self_paced,
        set_number=slot.set_number,
        sets=slot.sets,
        round_number=slot.round_number,
        rounds=slot.rounds,
    )


def _finish(voice: Voice, routine: Routine, last: Slot, worked_ms: int) -> Segment:
    phrases = voice.phrases
    exercises = phrases.counted("exercise", len(routine.exercises))
    minutes = phrases.counted("minute", whole_minutes(worked_ms))
    wordings = [phrases.say("finish", exercises=exercises, minutes=minutes)]
    out = last.exercise.out.text(last.side) if last.exercise.out and voice.coaching is Coaching.FULL else ""
    length_ms, cues = layout.finish(voice, wordings, out)
    return Segment(Kind.FINISH, length_ms, Key(last.number + 1, _LEADS), tuple(sorted(cues, key=_offset)))


def _out(before: Slot, options: Options) -> str:
    out = before.exercise.out
    return out.text(before.side) if out and options.coaching is Coaching.FULL else ""


def _offset(cue: Cue) -> int:
    return cue.offset_ms
