"""What the exercise page is told of an exercise, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from chain_timer.drawing.chain import Link
from chain_timer.routine.exercise import Exercise, Side
from chain_timer.routine.names import Names
from chain_timer.window.cards import chain_links
from chain_timer.window.setup_facts import work_text

_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class ExerciseFacts:
    """An exercise as a person reads it."""

    exercise: Exercise
    line: str
    """How much of it, with what: ``30s on each side · chair``."""
    muscles: str
    """The muscles that work most."""
    muscle_line: str
    """The same for the corner of a stage."""
    helping: str
    links: tuple[Link, ...]
    findable: str
    """All that a search looks at, casefolded."""

    @property
    def id(self) -> str:
        return self.exercise.id

    @property
    def name(self) -> str:
        return self.exercise.name

    def steps(self, side: Side | None) -> tuple[str, ...]:
        return tuple(step.text(side) for step in self.exercise.steps[:_MOST_STEPS])


def exercise_facts(exercise: Exercise, names: Names) -> ExerciseFacts:
    words = (
        exercise.name,
        exercise.summary,
        *(names.muscle_name(muscle) for muscle in (*exercise.muscles, *exercise.also)),
        *(names.equipment_name(thing) for thing in exercise.equipment),
    )
    return ExerciseFacts(
        exercise,
        _line(exercise, names),
        names.muscle_text(exercise.muscles),
        " · ".join(names.muscle_name(muscle) for muscle in exercise.muscles),
        names.muscle_text(exercise.also),
        chain_links(exercise.muscles, exercise.also, names),
        " ".join(words).casefold(),
    )


def all_facts(exercises: Sequence[Exercise], names: Names) -> tuple[ExerciseFacts, ...]:
    """Give the facts of exercises in the order a person looks for them."""
    ordered = sorted(exercises, key=lambda exercise: (exercise.name.casefold(), exercise.id))
    return tuple(exercise_facts(exercise, names) for exercise in ordered)


def _line(exercise: Exercise, names: Names) -> str:
    work = work_text(exercise.work)
    if exercise.sided:
        work = QCoreApplication.translate("exercises", "{amount} on each side").format(amount=work)
    return f"{work} · {names.equipment_text(exercise.equipment).lower()}"
