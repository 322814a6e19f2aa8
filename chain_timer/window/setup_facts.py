"""What the set-up page is told of a routine, and what a person chooses there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from chain_timer.routine.exercise import Exercise, Hold, Side, Work
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Coaching, Item, Routine
from chain_timer.timeline.options import Options
from chain_timer.units import duration_text

_MOST_ROWS = 200


class Standing(Enum):
    """Whose routine it is."""

    SHIPPED = auto()
    OWN = auto()
    ELSEWHERE = auto()
    """From a file that is not in the library."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for a routine."""

    hold_ms: int | None
    """None where nothing is held."""
    rest_ms: int
    rounds: int
    coaching: Coaching


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One exercise of the routine, as a line in words."""

    name: str
    detail: str
    muscles: str
    exercise: Exercise


@dataclass(frozen=True, slots=True)
class WorkedMuscles:
    """The muscles of a routine: ids, and what they are called in a line."""

    working: tuple[str, ...]
    helping: tuple[str, ...]
    working_text: str
    helping_text: str


@dataclass(frozen=True, slots=True)
class SetupFacts:
    name: str
    summary: str
    equipment: str
    rows: tuple[ExerciseRow, ...]
    more_rows: int
    """How many exercises are not among the rows, because nobody reads thousands."""
    choices: Choices
    muscles: WorkedMuscles


def setup_facts(routine: Routine, options: Options, names: Names) -> SetupFacts:
    """Put together what the page shows of a routine with the options as they stand."""
    items = routine.items
    return SetupFacts(
        routine.name,
        routine.summary,
        names.equipment_text(routine.equipment),
        tuple(_row(item, names, options) for item in items[:_MOST_ROWS]),
        max(0, len(items) - _MOST_ROWS),
        choices_of(routine, options),
        _muscles(routine, names),
    )


def choices_of(routine: Routine, options: Options) -> Choices:
    """Give the choices that stand when a person chooses nothing."""
    rests = [routine.rest_ms, *(circuit.rest_ms for circuit in routine.circuits)]
    written_ms = next((rest_ms for rest_ms in rests if rest_ms is not None), options.usual_rest_ms)
    rounds = max((circuit.rounds for circuit in routine.circuits), default=1)
    return Choices(
        options.hold_ms if options.hold_ms is not None and _holds(routine) else _written_hold_ms(routine),
        written_ms if options.rest_ms is None else options.rest_ms,
        options.rounds or rounds,
        options.coaching,
    )


def changed_options(options: Options, before: Choices, now: Choices) -> Options:
    """Give the options with only those changed that a person touched; the author's other wishes stay."""
    return replace(
        options,
        hold_ms=options.hold_ms if now.hold_ms == before.hold_ms else now.hold_ms,
        rest_ms=options.rest_ms if now.rest_ms == before.rest_ms else now.rest_ms,
        rounds=options.rounds if now.rounds == before.rounds else now.rounds,
        coaching=now.coaching,
    )


def work_text(work: Work) -> str:
    """Say how much: ``30s`` or ``8 reps``."""
    if isinstance(work, Hold):
        return duration_text(work.length_ms)
    text = QCoreApplication.translate("setup", "{count} reps").format(count=work.count)
    return text + QCoreApplication.translate("setup", ", at your own pace") if work.self_paced else text


def side_text(side: Side, noun: str) -> str:
    """Say which side: ``Right leg``."""
    translate = QCoreApplication.translate
    word = translate("setup", "Right {noun}") if side is Side.RIGHT else translate("setup", "Left {noun}")
    return word.format(noun=noun)


def _row(item: Item, names: Names, options: Options) -> ExerciseRow:
    work = item.work
    if isinstance(work, Hold) and options.hold_ms is not None and not item.fixed:
        work = Hold(options.hold_ms)
    return ExerciseRow(
        item.exercise.name,
        " · ".join(_details(item, work)),
        names.muscle_text(item.exercise.muscles),
        item.exercise,
    )


def _muscles(routine: Routine, names: Names) -> WorkedMuscles:
    working = tuple(routine.muscles)
    also = (muscle for exercise in routine.exercises for muscle in exercise.also)
    helping = tuple(dict.fromkeys(muscle for muscle in also if muscle not in working))
    return WorkedMuscles(working, helping, names.muscle_text(working), names.muscle_text(helping))


def _details(item: Item, work: Work) -> Iterator[str]:
    translate = QCoreApplication.translate
    if item.sets > 1:
        yield translate("setup", "{count} sets").format(count=item.sets)
    yield work_text(work)
    if item.sides:
        first, *others = (side_text(side, item.exercise.side_noun) for side in item.sides)
        sides = [first.lower(), *(other.partition(" ")[0].lower() for other in others)]
        yield translate("setup", ", then ").join(sides)


def _holds(routine: Routine) -> bool:
    return any(isinstance(item.work, Hold) for item in routine.items)


def _written_hold_ms(routine: Routine) -> int | None:
    holds = [item.work.length_ms for item in routine.items if isinstance(item.work, Hold)]
    return max(set(holds), key=holds.count) if holds else None
