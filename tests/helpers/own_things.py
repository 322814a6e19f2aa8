"""A person's own exercises and routines, and how they are handed to what is brought in and given out."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from chain_timer.exchange.giving import Given
from chain_timer.exchange.parcel import Known
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.slots import unrolled
from chain_timer.timeline.timeline import Timeline

STRETCH = Exercise(
    id="wall-calf-stretch",
    name="Wall calf stretch",
    steps=(Step("Step your right foot back.", "Step your left foot back."), Step("Lean in.", "Lean in.")),
    work=Hold(30_000),
    sided=True,
    side_noun="leg",
    muscles=("calves",),
    key_cue="Back heel down.",
    picture="wall-calf-stretch.png",
    source="My own",
    license="CC0",
)
RAISE = Exercise("calf-raise", "Calf raise", (), Reps(12, Tempo(1_000, 1_000, 2_000, up_first=True)))
PAIR = (Side.RIGHT, Side.LEFT)


@cache
def library() -> Library:
    return Library.built_in()


def known(*more: Exercise) -> Known:
    """What ships, and these."""
    return Known({**library().by_exercise_id, **{each.id: each for each in more}}, library().names)


def routine(*items: Item, name: str = "Calves", **circuit: Any) -> Routine:
    """A routine of one circuit."""
    return Routine("calves", name, (Circuit(items, **circuit),), "For runners.", 20_000)


def given_of(
    of: Routine, picture: Callable[[Exercise], bytes | None] = lambda _: None, **options: Any
) -> Given:
    """A routine on its way out."""

    def timeline() -> Timeline:
        return compile_routine(of, Options(**options), load_phrases(), estimated_lengths())

    return Given(of, timeline, library().names, library().by_exercise_id, picture)


def plan_of(of: Routine, **options: Any) -> list[tuple[object, ...]]:
    """Everything that is done, in order, with the rest before it: what two routines are compared by."""
    return [
        (slot.exercise.name, slot.side, slot.work, None if slot.follows_side else slot.rest_ms)
        for slot in unrolled(of, Options(**options))
    ]


def without_picture(exercise: Exercise) -> Exercise:
    return replace(exercise, picture="")
