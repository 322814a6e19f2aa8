"""A routine or an exercise of ours as a single file: what a person was sent, or wrote elsewhere."""

import re
from collections.abc import Container, Mapping
from dataclasses import replace

from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError, Problem, quoted
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_reader import exercise_from
from chain_timer.routine.routine import Routine
from chain_timer.routine.routine_reader import routine_of
from chain_timer.routine.toml_file import LARGEST_FILE, parse_toml
from chain_timer.routine.words import slug

_ROUTINE_KEYS = frozenset({"circuit", "exercises", "exercise", "coaching", "rest"})
_EXERCISE_KEYS = frozenset(
    {"steps", "hold", "reps", "muscles", "also", "equipment", "key_cue", "easier", "out", "sides", "picture"}
)
_SHAPE = re.compile(
    r"^[ \t]*(?:\[\[circuit\]\]|\[exercise\.|(?:exercises|steps|hold|reps|muscles)[ \t]*=)", re.MULTILINE
)
"""A line that our files have and few others: a file with a slip of the pen is still known as ours."""
_FREE_FROM = 2


_NO_TOML = ("{", "[{", "[\n", "[]")
"""How JSON begins, which would be read far before it is found to be no TOML."""


def recognizes(source: Source) -> bool:
    """Whether it is TOML with our keys, or was meant to be."""
    if len(source.data) > LARGEST_FILE or source.text is None or source.text.lstrip().startswith(_NO_TOML):
        return False
    shaped = bool(_SHAPE.search(source.text))
    try:
        values = parse_toml(source.text, source.name)
    except FileProblemsError:
        return shaped and source.name.lower().endswith(".toml")
    ours = bool((_ROUTINE_KEYS | _EXERCISE_KEYS) & values.keys())
    return ours and ("name" in values or shaped)


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Read it with all it defines. Raises FileProblemsError with everything that is wrong with it."""
    progress(0, 1)
    if source.text is None or source.is_damaged_text:
        raise source.problem("", "this is not UTF-8 text", "save it as UTF-8 text")
    values = parse_toml(source.text, source.name)
    if is_routine(values):
        return _routine_parcel(source, values, known)
    try:
        exercise = exercise_from(source.text, _id(source, "exercise"), known.names)
    except FileProblemsError as error:
        raise FileProblemsError(source.name, error.problems) from None
    found = with_free_id(exercise, known.exercises, ())
    if found == known.exercises.get(found.id):
        raise source.problem("", f"{quoted(found.name)} is here already, just the same")
    bare, losses = without_picture(found)
    return Parcel(exercises=(bare,), losses=losses)


def is_routine(values: Mapping[str, object]) -> bool:
    """Whether the plain values of a file are those of a routine; otherwise of an exercise."""
    return "steps" not in values and bool(_ROUTINE_KEYS & values.keys())


def with_free_id(exercise: Exercise, known: Mapping[str, Exercise], taken: Container[str]) -> Exercise:
    """Give the exercise under its own id, or the first that no other exercise has."""
    number, found = _FREE_FROM, exercise
    while found.id in taken or known.get(found.id, found) != found:
        found = replace(exercise, id=f"{exercise.id}-{number}")
        number += 1
    return found


def without_picture(exercise: Exercise) -> tuple[Exercise, tuple[Problem, ...]]:
    """Give the exercise without the picture that did not come along, and tell so."""
    if not exercise.picture:
        return exercise, ()
    what = f"its picture {quoted(exercise.picture)} did not come along"
    return replace(exercise, picture=""), (Problem(exercise.name, what, "share both as a .chain-timer file"),)


def _routine_parcel(source: Source, values: dict[str, object], known: Known) -> Parcel:
    routine = routine_of(values, source.name, _id(source, "routine"), known.exercises, known.names)
    own = {each.id: each for each in routine.exercises if known.exercises.get(each.id) != each}
    bare: dict[str, Exercise] = {}
    losses: list[Problem] = []
    for exercise in own.values():
        bare[exercise.id], lost = without_picture(exercise)
        losses += lost
    return Parcel(routines=(with_exercises(routine, bare),), losses=tuple(losses))


def with_exercises(routine: Routine, exercises: Mapping[str, Exercise]) -> Routine:
    """Give the routine with other exercises in the place of those with these ids."""
    circuits = tuple(
        replace(
            circuit,
            items=tuple(
                replace(item, exercise=exercises.get(item.exercise.id, item.exercise))
                for item in circuit.items
            ),
        )
        for circuit in routine.circuits
    )
    return replace(routine, circuits=circuits)


def _id(source: Source, otherwise: str) -> str:
    # A file may be called anything on the way; that is no reason to send it back.
    return slug(source.stem)[:80].strip("-") or otherwise
