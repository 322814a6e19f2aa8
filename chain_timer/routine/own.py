"""A person's own files as they were when they were last looked at, and the shelves they make."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from chain_timer.problems import FileProblemsError, Problem
from chain_timer.routine.catalog import Catalog, Filed, Pace, Unhurried
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_reader import read_exercise
from chain_timer.routine.finder import Finder
from chain_timer.routine.gathering import (
    ExerciseFiler,
    Gathering,
    Ground,
    RoutineFiler,
    exercises_with,
    own_by_id,
)
from chain_timer.routine.routine import Routine
from chain_timer.routine.routine_reader import read_routine
from chain_timer.routine.scan import scan, stamp_of
from chain_timer.routine.shelf import Shelf
from chain_timer.routine.sketch import RoutineSketch
from chain_timer.routine.toml_file import source_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from chain_timer.routine.catalog_file import CatalogFile
    from chain_timer.routine.library import Library

EXERCISES, ROUTINES = "exercises", "routines"

_WORTH_KEEPING = 50
"""Files; reading fewer takes no longer than writing the catalog does."""
_MOST_TOLD = 1_000
"""Problems of all files together; more are counted."""

T = TypeVar("T", Exercise, Routine)
S = TypeVar("S", bound=Exercise | RoutineSketch)


@dataclass(frozen=True, slots=True)
class Own:
    """Equal to another one as long as no file has changed."""

    base: Library = field(compare=False)
    """What they are added to."""
    ground: Ground = field(compare=False)
    catalog: Catalog
    in_the_way: tuple[Problem, ...] = ()
    """What is wrong with the folders."""
    kept: CatalogFile | None = field(default=None, compare=False)
    news: int = field(default=0, compare=False)
    """How many files were read since the catalog was kept."""
    suspects: set[Path] = field(default_factory=set, compare=False)
    """Files that could not be used when they were opened, whatever the catalog says of them."""

    @classmethod
    def kept_in(cls, folder: Path, base: Library, kept: CatalogFile | None, pace: Pace | None) -> Own:
        """Take what is known from the last time."""
        today_ns = kept.today_ns if kept else None
        ground = Ground(base.names, base.by_exercise_id, folder, today_ns)
        catalog = Catalog()
        if kept is not None:
            paced = pace or Unhurried()
            first = kept.load_foremost(folder, base.names, base.by_exercise_id)
            if len(first):
                paced.foremost(base.and_own(cls(base, ground, first)))
            catalog = kept.load(folder, base.names, base.by_exercise_id, paced)
        return cls(base, ground, catalog, kept=kept)

    # --- looking -------------------------------------------------------------------------------------

    def looked_at(self, pace: Pace | None = None) -> Own:
        """Look at all files, read those that have changed, and keep what is known of them."""
        paced, problems = pace or Unhurried(), list[Problem]()
        exercises = scan(self.ground.folder / EXERCISES, problems, self.catalog.exercises)
        routines = scan(self.ground.folder / ROUTINES, problems, self.catalog.routines)
        gathering = Gathering(self.ground, self.catalog, frozenset(self.suspects), paced)
        gathering.gather(exercises, routines, self._partly)
        found = replace(
            self,
            catalog=gathering.catalog,
            in_the_way=tuple(problems),
            news=self.news + gathering.read,
            suspects=set(),
        )
        return found.keeping(paced)

    def with_file(self, path: Path) -> Own:
        """Look at one file; one that is not in our folders changes nothing."""
        folder, stamp = self.ground.folder, stamp_of(path)
        if path.parent == folder / ROUTINES:
            filed = RoutineFiler(self.ground, self.catalog).filed(path, stamp) if stamp else None
            return self._with(replace(self.catalog, routines=_put(self.catalog.routines, path.name, filed)))
        if path.parent != folder / EXERCISES:
            return self
        exercise = ExerciseFiler(self.ground).filed(path, stamp) if stamp else None
        known = self.catalog.exercises
        catalog = replace(self.catalog, exercises=_put(known, path.name, exercise))
        touched = _names_of(known.get(path.name)) | _names_of(exercise)
        return self._with(_with_routines_of(touched, self.ground, catalog))

    def _with(self, catalog: Catalog) -> Own:
        return replace(self, catalog=catalog, news=self.news + 1)

    def _partly(self, catalog: Catalog) -> Library:
        return self.base.and_own(replace(self, catalog=catalog))

    def keeping(self, pace: Pace) -> Own:
        """Write the catalog where there is enough that is new."""
        if self.kept is None or self.news < _WORTH_KEEPING:
            return self
        ground = self.ground
        known = exercises_with(ground.shipped, self._exercises())
        # Where it cannot be written, it is tried again when there is as much news again.
        self.kept.save(self.catalog, ground.folder, ground.names, known, pace)
        return replace(self, news=0)

    # --- shelves -------------------------------------------------------------------------------------

    def shelves(self) -> tuple[Mapping[str, Exercise], Mapping[str, Routine]]:
        """Give all exercises and routines by id: what ships, with own ones added or in its place."""
        base, catalog = self.base, self.catalog
        if not len(catalog):
            return base.by_exercise_id, base.by_routine_id
        names = self.ground.names
        files = own_by_id(catalog.exercises)
        exercises = Shelf(
            base.by_exercise_id,
            _sketches(files, catalog.exercises),
            {key: catalog.exercises[name] for key, name in files.items()},
            self._paths(EXERCISES, files),
            self._noting(lambda path: read_exercise(path, names)),
        )
        finder = Finder(exercises)
        held = base.by_routine_id
        if not files.keys().isdisjoint(base.by_exercise_id):
            held = base.shipped_routines(finder)
        files = own_by_id(catalog.routines)
        routines = Shelf(
            held,
            _sketches(files, catalog.routines),
            {key: catalog.routines[name] for key, name in files.items()},
            self._paths(ROUTINES, files),
            self._noting(lambda path: read_routine(path, finder, names)),
        )
        return exercises, routines

    def problems(self) -> tuple[Problem, ...]:
        """Give what is wrong with folders and files, and how much more there is than a person would read."""
        told = tuple(islice(self._all_problems(), _MOST_TOLD + 1))
        if len(told) <= _MOST_TOLD:
            return told
        more = sum(1 for _ in self._all_problems()) - _MOST_TOLD
        return (*told[:_MOST_TOLD], Problem("", f"and {more:,} more problems in your files"))

    def _all_problems(self) -> Iterator[Problem]:
        yield from self.in_the_way
        folder = self.ground.folder
        yield from _problems_in(folder / EXERCISES, self.catalog.exercises)
        yield from _problems_in(folder / ROUTINES, self.catalog.routines)

    def _exercises(self) -> dict[str, Filed[Exercise]]:
        files = own_by_id(self.catalog.exercises)
        return {key: self.catalog.exercises[name] for key, name in files.items()}

    def _paths(self, kind: str, files: Mapping[str, str]) -> Callable[[str], Path]:
        folder = self.ground.folder / kind
        return lambda key: folder / files[key]

    def _noting(self, read: Callable[[Path], T]) -> Callable[[Path], T]:
        """Have it noted which file cannot be read: it is not what the catalog says any more."""
        suspects = self.suspects

        def read_or_note(path: Path) -> T:
            try:
                return read(path)
            except FileProblemsError:
                suspects.add(path)
                raise

        return read_or_note


def _with_routines_of(touched: set[str], ground: Ground, catalog: Catalog) -> Catalog:
    """Read again the routines that name one of these exercises, if it is not what it was."""
    filer, fresh = RoutineFiler(ground, catalog), dict[str, Filed[RoutineSketch]]()
    for name, filed in catalog.routines.items():
        named = any(use in touched or use.casefold() in touched for use in filed.uses)
        if named and not filer.holds(filed):
            fresh[name] = filer.filed(ground.folder / ROUTINES / name, filed.stamp)
    return replace(catalog, routines={**catalog.routines, **fresh})


def _names_of(filed: Filed[Exercise] | None) -> set[str]:
    if filed is None or filed.sketch is None:
        return set()
    return {filed.sketch.id, filed.sketch.name.casefold()}


def _put(known: Mapping[str, Filed[S]], name: str, filed: Filed[S] | None) -> dict[str, Filed[S]]:
    others = {key: each for key, each in known.items() if key != name}
    return others if filed is None else {**others, name: filed}


def _sketches(files: Mapping[str, str], filed: Mapping[str, Filed[S]]) -> dict[str, S]:
    found = ((key, filed[name].sketch) for key, name in files.items())
    return {key: sketch for key, sketch in found if sketch is not None}


def _problems_in(folder: Path, filed: Mapping[str, Filed[S]]) -> Iterator[Problem]:
    first: set[str] = set()
    for name in sorted(filed):
        each = filed[name]
        if not each.problems and (each.sketch is None or each.sketch.id not in first):
            first.add("" if each.sketch is None else each.sketch.id)
            continue
        source = source_text(folder / name)
        for problem in each.problems:
            where = f"{source}, {problem.where}" if problem.where else source
            yield Problem(where, problem.what, problem.remedy)
        if each.sketch is not None:
            yield Problem(source, f"another file is {each.sketch.id} as well", "rename one of them")
