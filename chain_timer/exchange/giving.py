"""What is given out: a routine with everything that any format may want of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from chain_timer.exchange.parcel import Progress
from chain_timer.problems import Problem
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine
from chain_timer.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Given:
    """A routine on its way out. What is slow is a call, made by the formats that need it."""

    routine: Routine
    timeline: Callable[[], Timeline]
    """Laid out with the person's options and estimated lengths of speech."""
    names: Names
    shipped: Mapping[str, Exercise]
    """The exercises that everybody has; all others must go along."""
    picture: Callable[[Exercise], bytes | None] = lambda _exercise: None
    """The own picture of an exercise; None when it has none or it cannot be read."""
    wishes: Mapping[str, str] = field(default_factory=dict)
    """What a person chose for one format, by the name of the choice, such as the days of a calendar."""


Write = Callable[[Given, BinaryIO, Progress], tuple[Problem, ...]]
"""Writes into a file that is not yet where it will be; gives what the format could not hold.

Raises ChainTimerError when it cannot be done at all, CanceledError, and OSError of the file.
"""
