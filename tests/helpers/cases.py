"""What tests of the timeline are handed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chain_timer.routine.exercise import Exercise
from chain_timer.routine.routine import Item, Routine
from chain_timer.timeline.lengths import Lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.segment import Cue
from chain_timer.timeline.timeline import Timeline

Compile = Callable[..., Timeline]
"""A routine, perhaps lengths, and options by name."""
MakeExercise = Callable[..., Exercise]
MakeItem = Callable[..., Item]
MakeRoutine = Callable[..., Routine]
Voices = Mapping[str, Lengths]


@dataclass(frozen=True, slots=True)
class Case:
    """A compiled timeline and what it was compiled from."""

    routine: Routine
    options: Options
    voice: str
    timeline: Timeline
    cues: tuple[tuple[int, Cue], ...]
    """Every cue with the moment it is heard."""

    def __str__(self) -> str:
        return f"{self.routine.id} {self.options} {self.voice}"
