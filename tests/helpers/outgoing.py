"""Routines on their way out, as tests make them."""

from collections.abc import Callable, Iterable

from chain_timer.exchange.giving import Given
from chain_timer.routine.exercise import Exercise, Hold, Side, Step
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.timeline import Timeline

LIBRARY = Library.built_in()
PHRASES = load_phrases()


def timeline_of(routine: Routine, options: Options | None = None) -> Timeline:
    return compile_routine(routine, options or Options(), PHRASES, estimated_lengths())


def given_of(
    routine: Routine,
    picture: Callable[[Exercise], bytes | None] = lambda _exercise: None,
    **wishes: str,
) -> Given:
    """Give a routine with everything; a wish named like a word of Python ends with an underscore."""
    chosen = {name.rstrip("_"): wish for name, wish in wishes.items()}
    return Given(
        routine,
        lambda: timeline_of(routine),
        LIBRARY.names,
        LIBRARY.by_exercise_id,
        picture,
        chosen,
    )


def own_exercise(number: int, steps: Iterable[str] = ("Stand tall.",), name: str = "") -> Exercise:
    """Make an exercise that nobody has a figure of."""
    return Exercise(
        f"own-{number}",
        name or f"Own move {number}",
        tuple(Step(text, text) for text in steps),
        Hold(30_000),
    )


def item_of(exercise: Exercise, sets: int = 1, rest_ms: int | None = None) -> Item:
    sides = (Side.RIGHT, Side.LEFT) if exercise.sided else ()
    return Item(exercise, exercise.work, sides, sets, rest_ms)


def routine_of(*exercises: Exercise, name: str = "Mine", rounds: int = 1) -> Routine:
    return Routine("mine", name, (Circuit(tuple(map(item_of, exercises)), rounds),), "For me.")
