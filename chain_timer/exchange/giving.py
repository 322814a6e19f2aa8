"""What is given out: a routine with everything that any format may want of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from chain_timer.exchange.parcel import Progress
from chain_timer.problems import Problem
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine
from chain_timer.timeline.segment import Tone
from chain_timer.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Sound:
    """What a routine sounds like: all of it 48 kHz, mono, 16 bit, in the byte order of the machine."""

    timeline: Timeline
    """Laid out with the real lengths of the phrases that ``clip`` has."""
    clip: Callable[[str], bytes | None]
    """A phrase; None where it could not be spoken. Asked for one at a time, so that few lie in memory."""
    tone: Callable[[Tone], bytes]
    voice_volume: int = 100
    """In percent, as a person set it, and so is the other."""
    tone_volume: int = 100
    problem: str = ""
    """Why phrases are not spoken, or not as they should be, for a person; empty when all is well."""


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
    sound: Callable[[Progress], Sound] | None = None
    """Has everything spoken that the routine may say, which takes a while; None where nobody can speak."""


Write = Callable[[Given, BinaryIO, Progress], tuple[Problem, ...]]
"""Writes into a file that is not yet where it will be; gives what the format could not hold.

Raises ChainTimerError when it cannot be done at all, CanceledError, and OSError of the file.
"""
