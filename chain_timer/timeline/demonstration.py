"""An exercise on its own, laid out in time: its steps one after another, then a little of the work."""

from collections.abc import Iterator, Sequence

from chain_timer.routine.exercise import Exercise, Hold, Reps, Side
from chain_timer.timeline.segment import Cue, Key, Kind, Segment
from chain_timer.timeline.timeline import Timeline

STEP_MS = 1_900
"""From one step to the next: time to move, and to look."""
_MOVE_MS = 1_300
_SETTLE_MS = 1_400
"""From the last step to the work."""
HOLD_MS = 5_500
"""As long as one slow breath."""
REPS = 3
_SWITCH_MS = 3_600
_OUT_MS = 2_400
_INTO_HOLD_MS = 1_500


def demonstration(exercise: Exercise, sides: Sequence[Side | None]) -> Timeline:
    """Lay out what a film of an exercise shows: the steps, the work on each side in turn, the way out."""
    segments: list[Segment] = []
    for slot, side in enumerate(sides):
        segments.append(_switch(exercise, side, slot) if slot else _told(exercise, side))
        segments.append(_work(exercise, side, slot))
    segments.append(Segment(Kind.FINISH, _OUT_MS, Key(len(sides), 0)))
    return Timeline(exercise.id, exercise.name, segments)


def one_movement(exercise: Exercise, side: Side | None) -> Timeline:
    """Lay out the shortest that shows the movement: one repetition, or the way into the hold."""
    key = Key(0, 1)
    if isinstance(exercise.work, Hold):
        segment = Segment(Kind.HOLD, _INTO_HOLD_MS, key, exercise=exercise, side=side)
    else:
        reps = Reps(1, exercise.work.tempo)
        segment = Segment(Kind.REPS, reps.length_ms, key, exercise=exercise, side=side, reps=reps)
    return Timeline(exercise.id, exercise.name, [segment])


def _told(exercise: Exercise, side: Side | None) -> Segment:
    length_ms = len(exercise.steps) * STEP_MS + _SETTLE_MS
    return Segment(Kind.INSTRUCT, length_ms, Key(0, 0), tuple(_cues(exercise, side)), exercise, side)


def _cues(exercise: Exercise, side: Side | None) -> Iterator[Cue]:
    for number, step in enumerate(exercise.steps):
        yield Cue(number * STEP_MS, _MOVE_MS, step.text(side), step=number)


def _switch(exercise: Exercise, side: Side | None, slot: int) -> Segment:
    return Segment(Kind.SWITCH, _SWITCH_MS, Key(slot, 0), exercise=exercise, side=side)


def _work(exercise: Exercise, side: Side | None, slot: int) -> Segment:
    key = Key(slot, 1)
    if isinstance(exercise.work, Hold):
        return Segment(Kind.HOLD, HOLD_MS, key, exercise=exercise, side=side)
    reps = Reps(REPS, exercise.work.tempo)
    return Segment(Kind.REPS, reps.length_ms, key, exercise=exercise, side=side, reps=reps)
