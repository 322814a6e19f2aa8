"""The catalog brought up to date: files whose stamps have changed are read, and no others."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, TypeVar

from chain_timer.problems import FileProblemsError, Problem
from chain_timer.routine.catalog import LONGEST_USE, Catalog, Filed, Pace, Reading, Stamp, bounded, mark_of
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_reader import read_exercise
from chain_timer.routine.finder import Finder, NotingFinder
from chain_timer.routine.names import Names
from chain_timer.routine.routine_reader import read_routine
from chain_timer.routine.sketch import RoutineSketch, sketch_of, sketched
from chain_timer.routine.toml_file import UnreadableError

if TYPE_CHECKING:
    from chain_timer.routine.library import Library

_SECOND_NS = 1_000_000_000
_FRESH_NS = 100_000_000
_COARSE_FRESH_NS = 3_000_000_000
"""What was written less than this ago may be written again without its stamp showing it: clocks of files go
in steps of some milliseconds, and where there are only whole seconds, in steps of up to two."""
_LARGEST_MARK = 2**48
_CHECKED_AT_ONCE = 1_000
_TELL_EVERY = 100
_BREATHE_EVERY = 16

S = TypeVar("S", bound=Exercise | RoutineSketch)


@dataclass(frozen=True, slots=True)
class Ground:
    """What own files are read on: the names that are known, and the exercises that ship."""

    names: Names
    shipped: Mapping[str, Exercise]
    folder: Path
    today_ns: Callable[[], int] | None = None
    """The time of day, as files are stamped with; without it no stamp is trusted."""

    def settles(self, stamp: Stamp) -> bool:
        """Whether no change from now on could leave a file with this stamp."""
        _, written_ns, _ = stamp
        step_ns = _FRESH_NS if written_ns % _SECOND_NS else _COARSE_FRESH_NS
        return self.today_ns is not None and abs(self.today_ns() - written_ns) >= step_ns


class Gathering:
    """One bringing up to date. Afterwards :attr:`catalog` is how it is now."""

    def __init__(self, ground: Ground, before: Catalog, suspects: Collection[Path], pace: Pace) -> None:
        """Start from a catalog; ``suspects`` are read whatever their stamps say."""
        self.catalog = before
        self.read = 0
        """How many files had to be read."""
        self._ground = ground
        self._suspects = suspects
        self._pace = pace

    def gather(
        self,
        exercises: Mapping[str, Stamp],
        routines: Mapping[str, Stamp],
        so_far: "Callable[[Catalog], Library]",
    ) -> None:
        """Bring everything up to date with these stamps."""
        self._gather_exercises(exercises, so_far)
        self._gather_routines(routines, so_far)

    def _gather_exercises(self, stamps: Mapping[str, Stamp], so_far: "Callable[[Catalog], Library]") -> None:
        before, known = self.catalog, self.catalog.exercises
        folder = self._ground.folder / "exercises"
        suspected = self._suspected(folder)
        due = [
            name
            for name, stamp in stamps.items()
            if name in suspected or not _is_current(known.get(name), stamp)
        ]
        filer = ExerciseFiler(self._ground)
        fresh: dict[str, Filed[Exercise]] = {}
        for name in self._paced(due, lambda: so_far(replace(before, exercises={**known, **fresh}))):
            fresh[name] = _same(known.get(name), filer.filed(folder / name, stamps[name]))
        self.catalog = replace(before, exercises=_merged(stamps, known, fresh))

    def _gather_routines(self, stamps: Mapping[str, Stamp], so_far: "Callable[[Catalog], Library]") -> None:
        before, known = self.catalog, self.catalog.routines
        folder = self._ground.folder / "routines"
        filer = RoutineFiler(self._ground, self.catalog)
        due, suspected = list[str](), self._suspected(folder)
        for count, (name, stamp) in enumerate(stamps.items()):
            filed = known.get(name)
            if name in suspected or not _is_current(filed, stamp) or not filer.holds(filed):
                due.append(name)
            if count % _CHECKED_AT_ONCE == 0:
                self._pace.breathe()
        fresh: dict[str, Filed[RoutineSketch]] = {}
        partly = lambda: so_far(replace(before, routines={**known, **fresh}))  # noqa: E731
        for name in self._paced(due, partly, routines=True):
            fresh[name] = _same(known.get(name), filer.filed(folder / name, stamps[name]))
        self.catalog = replace(before, routines=_merged(stamps, known, fresh))

    def _suspected(self, folder: Path) -> set[str]:
        return {path.name for path in self._suspects if path.parent == folder}

    def _paced(
        self, due: Iterable[str], so_far: "Callable[[], Library]", *, routines: bool = False
    ) -> Iterator[str]:
        names = list(due)
        for done, name in enumerate(names):
            if done % _TELL_EVERY == 0 and len(names) >= _TELL_EVERY:
                self._pace.tell(Reading(routines, done, len(names), so_far))
            if done % _BREATHE_EVERY == 0:
                self._pace.breathe()
            self.read += 1
            yield name


class ExerciseFiler:
    """Reads exercise files for the catalog."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def filed(self, path: Path, stamp: Stamp) -> Filed[Exercise]:
        """Read one that has this stamp; what is wrong with it is filed as well."""
        settled = self._ground.settles(stamp)
        try:
            exercise = sketched(read_exercise(path, self._ground.names))
        except FileProblemsError as error:
            settled = settled and not isinstance(error, UnreadableError)
            return Filed(stamp, None, bounded(error), settled)
        return Filed(stamp, exercise, settled=settled)


class RoutineFiler:
    """Reads routine files for the catalog: against the exercises there are, and noting which were named."""

    def __init__(self, ground: Ground, catalog: Catalog) -> None:
        self._ground = ground
        self._marks: dict[str, int] = {}
        own = own_by_id(catalog.exercises)
        self._own = {key: catalog.exercises[name] for key, name in own.items()}
        self._known = exercises_with(ground.shipped, self._own)
        self._finder = Finder(self._known)
        self._noting = NotingFinder(self._known)

    def filed(self, path: Path, stamp: Stamp) -> Filed[RoutineSketch]:
        """Read one that has this stamp; what is wrong with it is filed as well."""
        settled = self._ground.settles(stamp)
        names, sketch = self._ground.names, None
        problems: tuple[Problem, ...] = ()
        try:
            sketch = sketch_of(read_routine(path, self._noting, names), names, self._known)
        except FileProblemsError as error:
            settled = settled and not isinstance(error, UnreadableError)
            problems = bounded(error)
        # No exercise has a name that long.
        uses = tuple(intern(name) for name in self._noting.take_asked() if len(name) <= LONGEST_USE)
        return Filed(stamp, sketch, problems, settled, uses, self._used(uses))

    def holds(self, filed: Filed[RoutineSketch] | None) -> bool:
        """Whether the exercises of a routine are still what they were when it was read."""
        return filed is not None and filed.used == self._used(filed.uses)

    def _used(self, uses: Iterable[str]) -> int:
        marks, used = self._marks, 0
        for name in uses:
            if name not in marks:
                exercise = self._finder.find(name)
                marks[name] = 0 if exercise is None else self._mark_of(exercise)
            used = (used * 31 + marks[name] + 1) % _LARGEST_MARK
        return used

    def _mark_of(self, exercise: Exercise) -> int:
        own = self._own.get(exercise.id)
        return mark_of(exercise) if own is None else mark_of((exercise.id, own.stamp))


def own_by_id(filed: Mapping[str, Filed[S]]) -> dict[str, str]:
    """Give the files that can be used, by the id of what they hold; of two with one id the first counts."""
    found: dict[str, str] = {}
    for name in sorted(filed):
        sketch = filed[name].sketch
        if sketch is not None:
            found.setdefault(sketch.id, name)
    return found


def exercises_with(
    shipped: Mapping[str, Exercise], own: Mapping[str, Filed[Exercise]]
) -> dict[str, Exercise]:
    """Give what ships, with the sketches of own exercises added or in its place."""
    sketches = {key: filed.sketch for key, filed in own.items() if filed.sketch is not None}
    return {**shipped, **sketches}


def _is_current(filed: Filed[S] | None, stamp: Stamp) -> bool:
    return filed is not None and filed.stamp == stamp and filed.settled


def _same(before: Filed[S] | None, now: Filed[S]) -> Filed[S]:
    # Routines hold on to the sketches of their exercises: what has not changed stays the very same.
    if before is None or before != now:
        return now
    return before if before.settled == now.settled else replace(before, settled=now.settled)


def _merged(
    stamps: Mapping[str, Stamp], known: Mapping[str, Filed[S]], fresh: Mapping[str, Filed[S]]
) -> dict[str, Filed[S]]:
    return {name: fresh[name] if name in fresh else known[name] for name in stamps}
