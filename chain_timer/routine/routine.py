"""A routine: the whole plan as its author wrote it."""

from dataclasses import dataclass
from enum import StrEnum

from chain_timer.routine.exercise import Exercise, Side, Work


class Coaching(StrEnum):
    """How much the voice says."""

    FULL = "full"
    CUES = "cues"
    NAMES = "names"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Item:
    """An exercise as a routine uses it: how much work, on which sides, how many sets."""

    exercise: Exercise
    work: Work
    sides: tuple[Side, ...] = ()
    """The sides in order; empty when both sides work at once."""
    sets: int = 1
    rest_ms: int | None = None
    """Rest after each set, zero allowed; None takes the circuit's."""
    fixed: bool = False
    """True when the routine's author gave this item its own hold, so that one slider does not flatten it."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """Exercises done one after another for a number of rounds."""

    items: tuple[Item, ...]
    rounds: int = 1
    rest_ms: int | None = None
    """Rest between exercises, zero allowed; None takes the routine's."""
    round_rest_ms: int | None = None
    """Rest between rounds; None takes the rest between exercises."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Routine:
    """The whole plan: circuits in order, with the author's wishes for rest and coaching."""

    id: str
    name: str
    circuits: tuple[Circuit, ...]
    summary: str = ""
    rest_ms: int | None = None
    coaching: Coaching | None = None
    """None follows the person's own setting."""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for circuit in self.circuits for item in circuit.items)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise once, in the order they first come."""
        return tuple({item.exercise.id: item.exercise for item in self.items}.values())

    @property
    def equipment(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(thing for exercise in self.exercises for thing in exercise.equipment))

    @property
    def muscles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(muscle for exercise in self.exercises for muscle in exercise.muscles))

    def pieces(self, rounds: int | None = None) -> int:
        """Count the pieces of work, roughly: what laying it out costs. ``rounds`` are a person's own."""
        return sum(
            max(circuit.rounds, rounds or 1) * item.sets * max(1, len(item.sides))
            for circuit in self.circuits
            for item in circuit.items
        )
