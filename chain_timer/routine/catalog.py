"""The catalog: what is known of each own file without reading it again, for as long as it stays as it was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from zlib import crc32

from chain_timer.problems import FileProblemsError, Problem
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.sketch import RoutineSketch

if TYPE_CHECKING:
    from chain_timer.routine.library import Library

Stamp = tuple[int, int, int]
"""Size in bytes, when it was written, and when anything of it was changed, both in nanoseconds."""

MOST_PROBLEMS = 20
"""Of one file; more are counted. ``chain-timer check`` tells all."""

LONGEST_USE = 1_000
"""Characters of a name by which a routine may mean an exercise."""

S_co = TypeVar("S_co", bound=Exercise | RoutineSketch, covariant=True)


@dataclass(frozen=True, slots=True)
class Filed(Generic[S_co]):
    """What a file held when it had this stamp."""

    stamp: Stamp
    sketch: S_co | None
    """None for a file that cannot be used."""
    problems: tuple[Problem, ...] = ()
    settled: bool = field(default=True, compare=False)
    """False where the file has to be read again next time whatever its stamp: it was written so shortly
    before that another change could bear the same one, or it could not be opened at all."""
    uses: tuple[str, ...] = ()
    """The exercises a routine names, as it names them."""
    used: int = 0
    """Tells whether those are still what they were: see :func:`mark_of`."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """By the names of the files."""

    exercises: Mapping[str, Filed[Exercise]] = field(default_factory=dict)
    routines: Mapping[str, Filed[RoutineSketch]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.exercises) + len(self.routines)


class Pace(Protocol):
    """Told how far a long reading is, and lets others have their turn meanwhile."""

    def breathe(self) -> None:
        """Called after every millisecond or two of work."""
        ...

    def tell(self, reading: "Reading") -> None:
        """Called after every hundred files that had to be read."""
        ...

    def foremost(self, library: "Library") -> None:
        """Called first of all with what a person sees first, as it was when it was kept."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a reading of own files is."""

    routines: bool
    """Whether routines are being read; exercises come before them."""
    done: int
    whole: int
    """Files to be read of this kind."""
    so_far: "Callable[[], Library]"
    """Gives the library as far as it is known: a few dozen milliseconds for thousands of files."""


class Unhurried:
    """The pace of those who just wait."""

    def breathe(self) -> None: ...

    def tell(self, _reading: Reading) -> None: ...

    def foremost(self, _library: "Library") -> None: ...


def mark_of(value: object) -> int:
    """Give a number that stays the same, also from start to start, as long as a plain value does."""
    return crc32(repr(value).encode("utf-8", "surrogatepass"))


def bounded(error: FileProblemsError) -> tuple[Problem, ...]:
    """Give the first problems of a file, and how many more there are."""
    found: Sequence[Problem] = error.problems
    if len(found) <= MOST_PROBLEMS:
        return tuple(found)
    more = Problem("", f"and {len(found) - MOST_PROBLEMS:,} more", "chain-timer check tells all")
    return (*found[:MOST_PROBLEMS], more)
