"""An exercise on its own: what a film of it is made of."""

import pytest

from chain_timer.routine.exercise import Exercise, Hold, Reps, Side
from chain_timer.routine.library import Library
from chain_timer.timeline.demonstration import HOLD_MS, REPS, STEP_MS, demonstration, one_movement
from chain_timer.timeline.segment import Kind

LIBRARY = Library.built_in()
STRETCH = LIBRARY.exercise("standing-hamstring-stretch")
LIFT = LIBRARY.exercise("romanian-deadlift")


@pytest.mark.parametrize("exercise", LIBRARY.exercises, ids=lambda exercise: exercise.id)
def test_every_step_has_its_turn_in_order(exercise: Exercise) -> None:
    told = demonstration(exercise, (None,)).segments[0]
    steps = range(len(exercise.steps))
    assert [(cue.step, cue.offset_ms) for cue in told.cues] == [(step, step * STEP_MS) for step in steps]
    assert told.cues[-1].end_ms <= told.length_ms


def test_both_sides_are_told_once_and_worked_in_turn() -> None:
    segments = demonstration(STRETCH, (Side.RIGHT, Side.LEFT)).segments
    assert [(segment.kind, segment.side) for segment in segments] == [
        (Kind.INSTRUCT, Side.RIGHT),
        (Kind.HOLD, Side.RIGHT),
        (Kind.SWITCH, Side.LEFT),
        (Kind.HOLD, Side.LEFT),
        (Kind.FINISH, None),
    ]
    assert [segment.length_ms for segment in segments if segment.kind is Kind.HOLD] == [HOLD_MS, HOLD_MS]


def test_the_words_of_a_step_are_those_of_its_side() -> None:
    right, left = (demonstration(STRETCH, (side,)).segments[0].cues[1].words for side in Side)
    assert right == "Step your right foot forward."
    assert left == "Step your left foot forward."


def test_a_few_reps_at_the_tempo_of_the_exercise() -> None:
    work = demonstration(LIFT, (None,)).segments[1]
    assert isinstance(LIFT.work, Reps)
    assert work.reps == Reps(REPS, LIFT.work.tempo)
    assert work.length_ms == REPS * LIFT.work.tempo.rep_ms


def test_the_shortest_movement_is_one_rep_or_the_way_into_the_hold() -> None:
    assert isinstance(LIFT.work, Reps)
    assert isinstance(STRETCH.work, Hold)
    assert one_movement(LIFT, None).duration_ms == LIFT.work.tempo.rep_ms
    (way,) = one_movement(STRETCH, Side.LEFT).segments
    assert (way.kind, way.side) == (Kind.HOLD, Side.LEFT)
    assert way.length_ms < STRETCH.work.length_ms
