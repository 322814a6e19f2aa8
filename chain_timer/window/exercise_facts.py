"""What the exercise page is told of an exercise, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from chain_timer.drawing.chain import Link
from chain_timer.routine.exercise import Exercise, Side
from chain_timer.routine.library import Library
from chain_timer.routine.names import Names
from chain_timer.window.cards import chain_links
from chain_timer.window.setup_facts import work_text

_MOST_STEPS = 60
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class ExerciseFacts:
    """An exercise as a person reads it; what only one in sight needs is made then."""

    sketch: Exercise
    """What lists show of it; of an own one that nobody has opened, the words of its steps are not there."""
    names: Names = field(compare=False)
    findable: str
    """All that a search looks at, casefolded."""
    mark: object = None
    """Tells one version of an own file from another that looks the same."""
    known: Mapping[str, Exercise] = field(default_factory=dict, compare=False, repr=False)
    """Where the whole exercise is found."""

    @property
    def id(self) -> str:
        return self.sketch.id

    @property
    def name(self) -> str:
        return self.sketch.name

    @property
    def exercise(self) -> Exercise:
        """The whole exercise: an own one is read from its file now, if that has not happened before."""
        return self.known.get(self.id, self.sketch)

    @property
    def is_there(self) -> bool:
        """Whether the whole exercise can be had: False for a file that broke or went since it was listed."""
        return not self.known or self.known.get(self.id) is not None

    @property
    def line(self) -> str:
        """How much of it, with what: ``30s on each side · chair``."""
        work = work_text(self.sketch.work)
        if self.sketch.sided:
            work = QCoreApplication.translate("exercises", "{amount} on each side").format(amount=work)
        return f"{work} · {self.names.equipment_text(self.sketch.equipment).lower()}"

    @property
    def muscles(self) -> str:
        """The muscles that work most."""
        return self.names.muscle_text(self.sketch.muscles)

    @property
    def muscle_line(self) -> str:
        """The same for the corner of a stage."""
        return " · ".join(self.names.muscle_name(muscle) for muscle in self.sketch.muscles)

    @property
    def helping(self) -> str:
        return self.names.muscle_text(self.sketch.also)

    @property
    def links(self) -> tuple[Link, ...]:
        return chain_links(self.sketch.muscles, self.sketch.also, self.names)

    def steps(self, side: Side | None) -> tuple[str, ...]:
        return tuple(step.text(side) for step in self.exercise.steps[:_MOST_STEPS])


def exercise_facts(exercise: Exercise, names: Names) -> ExerciseFacts:
    return ExerciseFacts(exercise, names, _findable(exercise, names))


def facts_of(
    library: Library,
    before: Mapping[str, ExerciseFacts] | None = None,
    breathe: Callable[[], None] = lambda: None,
) -> tuple[ExerciseFacts, ...]:
    """Give the facts of all exercises of a library, reading no file; what was known before is not made again.

    Thousands take a tenth of a second: for a thread, that breathes between a few.
    """
    known, names, found = before or {}, library.names, list[ExerciseFacts]()
    for count, sketch in enumerate(library.exercise_sketches):
        was = known.get(sketch.id)
        findable = was.findable if was is not None and was.sketch is sketch else _findable(sketch, names)
        mark = library.exercise_mark(sketch.id)
        found.append(ExerciseFacts(sketch, names, findable, mark, library.by_exercise_id))
        if count % _AT_ONCE == 0:
            breathe()
    return tuple(found)


def _findable(exercise: Exercise, names: Names) -> str:
    words = (
        exercise.name,
        exercise.summary,
        *(names.muscle_name(muscle) for muscle in (*exercise.muscles, *exercise.also)),
        *(names.equipment_name(thing) for thing in exercise.equipment),
    )
    return " ".join(words).casefold()
