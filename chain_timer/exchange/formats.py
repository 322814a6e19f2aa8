"""Every format that can be brought in or given out, one line each; what a file is, its content tells."""

from collections.abc import Callable
from dataclasses import dataclass

from chain_timer.exchange.giving import Write
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source


@dataclass(frozen=True, slots=True)
class InFormat:
    """A kind of file that can be brought in."""

    id: str
    name: str
    """What a person calls it: ``free-exercise-db``, ``Just Another Workout Timer``."""
    recognizes: Callable[[Source], bool]
    """Whether a file looks like it, told quickly; raises nothing."""
    read: Callable[[Source, Known, Progress], Parcel]
    """Raises FileProblemsError when nothing of the file can be used."""


@dataclass(frozen=True, slots=True)
class OutFormat:
    """A kind of file that can be given out."""

    id: str
    name: str
    suffix: str
    """With its dot: ``.csv``."""
    about: str
    """One line for a person who chooses: what it is good for."""
    write: Write


IN_FORMATS: tuple[InFormat, ...] = ()
"""In the order they are asked: what is told most surely comes first, plain text last."""

OUT_FORMATS: tuple[OutFormat, ...] = ()
"""In the order a person chooses from."""
