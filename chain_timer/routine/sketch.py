"""Sketches: what lists show of routines and exercises whose files nobody has opened yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chain_timer.routine.exercise import Exercise, Hold, Step
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine

_LONGEST_FINDABLE = 20_000
"""Characters: the names of several hundred exercises."""


@dataclass(frozen=True, slots=True)
class RoutineSketch:
    """A routine without its course: its name, and the exercises it is made of."""

    id: str
    name: str
    summary: str
    exercises: tuple[Exercise, ...]
    """Each once, in the order they first come; sketches too, unless the whole ones were at hand."""
    only_holds: bool
    """Whether all its work is measured in time."""
    findable: str
    """All that a search looks at, casefolded."""

    @property
    def muscles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(muscle for exercise in self.exercises for muscle in exercise.muscles))

    @property
    def helping(self) -> tuple[str, ...]:
        """The muscles that help in any of its exercises."""
        return tuple(dict.fromkeys(muscle for exercise in self.exercises for muscle in exercise.also))

    @property
    def equipment(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(thing for exercise in self.exercises for thing in exercise.equipment))


UNREAD = Step("", "")
"""Stands for a step whose words nobody has read."""


def sketched(exercise: Exercise) -> Exercise:
    """Leave of an exercise what lists and pictures show, and what routines that use it are checked against.

    Of its steps there is only how many they are.
    """
    return Exercise(
        id=exercise.id,
        name=exercise.name,
        steps=(UNREAD,) * len(exercise.steps),
        work=exercise.work,
        sided=exercise.sided,
        muscles=exercise.muscles,
        also=exercise.also,
        equipment=exercise.equipment,
        summary=exercise.summary,
        picture=exercise.picture,
    )


def sketch_of(routine: Routine, names: Names, known: Mapping[str, Exercise] | None = None) -> RoutineSketch:
    """Sketch a routine that has been read, with the exercises that are known as they are."""
    only_holds = all(isinstance(item.work, Hold) for item in routine.items)
    exercises = tuple(
        each if known is None or known.get(each.id) is each else sketched(each) for each in routine.exercises
    )
    sketch = RoutineSketch(routine.id, routine.name, routine.summary, exercises, only_holds, "")
    return replace(sketch, findable=_findable(sketch, names))


def _findable(sketch: RoutineSketch, names: Names) -> str:
    words = (
        sketch.name,
        sketch.summary,
        *(exercise.name for exercise in sketch.exercises),
        *(names.muscle_name(muscle) for muscle in (*sketch.muscles, *sketch.helping)),
        *(names.equipment_name(thing) for thing in sketch.equipment),
    )
    return " ".join(words)[:_LONGEST_FINDABLE].casefold()
