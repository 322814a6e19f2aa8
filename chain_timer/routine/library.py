"""The library: the built-in exercises and routines, with a person's own added or in their place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from chain_timer.problems import FileProblemsError, NotFoundError, Problem, quoted
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_reader import read_exercise
from chain_timer.routine.finder import Finder
from chain_timer.routine.names import Names, built_in_names
from chain_timer.routine.routine import Routine
from chain_timer.routine.routine_reader import read_routine
from chain_timer.routine.shelf import Shelf, id_named, titles_in
from chain_timer.routine.sketch import RoutineSketch, sketch_of
from chain_timer.routine.toml_file import read_toml
from chain_timer.routine.words import did_you_mean, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_timer.routine.catalog import Pace
    from chain_timer.routine.catalog_file import CatalogFile
    from chain_timer.routine.own import Own

# ruff: noqa: PLC0415 - what ships is there without what own files need

DEFAULT_ROUTINE = "posterior-chain-stretch"

_ROUTINE_KEYS = frozenset({"circuit", "exercises", "exercise", "coaching", "rest"})

T = TypeVar("T", Exercise, Routine)


@dataclass(frozen=True, slots=True)
class Library:
    """All exercises and routines by id, and what could not be read of a person's own files.

    A file of theirs with the id of a built-in one takes its place, in the routines that use it too. Own files
    are read when they are asked for: what lists show of them, the sketches tell without that.
    """

    names: Names
    folders: tuple[Path, ...]
    by_exercise_id: Mapping[str, Exercise]
    by_routine_id: Mapping[str, Routine]
    problems: tuple[Problem, ...] = ()
    """What is wrong with own files, each named; the files stay as they are and stop none of the others."""
    own: Own | None = field(default=None, repr=False, compare=False)
    """A person's own files as they were when they were last looked at."""

    @classmethod
    def built_in(cls) -> Library:
        """Read what ships with the program."""
        names, folder = built_in_names(), resource_path()
        read = (read_exercise(path, names) for path in _files(folder / "exercises"))
        bare = cls(names, (folder,), {exercise.id: exercise for exercise in read}, {})
        return replace(bare, by_routine_id=bare.shipped_routines(Finder(bare.by_exercise_id)))

    def with_own(self, folder: Path, kept: CatalogFile | None = None, pace: Pace | None = None) -> Library:
        """Add a person's own files: those in ``exercises`` and ``routines`` of this folder, if any.

        With a catalog that was kept, only files that have changed since are read.
        """
        from chain_timer.routine.own import Own

        return self.and_own(Own.kept_in(folder, self, kept, pace).looked_at(pace))

    def rescanned(self, pace: Pace | None = None) -> Library:
        """Look at the own files again: those that have changed are read, and no others."""
        if self.own is None:
            return self
        doubted = bool(self.own.suspects)
        own = self.own.looked_at(pace)
        if own == self.own and not doubted:
            return replace(self, own=own)  # what was read already stays at hand
        return own.base.and_own(own)

    def with_file(self, path: Path) -> Library:
        """Take one own file as it is now, or is no more. Quick: for the moment after it was saved."""
        if self.own is None:
            return self
        own = self.own.with_file(path)
        return self if own is self.own else own.base.and_own(own)

    def and_own(self, own: Own) -> Library:
        """Add own files as they were looked at."""
        exercises, routines = own.shelves()
        folders = (*self.folders, own.ground.folder)
        return Library(self.names, folders, exercises, routines, (*self.problems, *own.problems()), own)

    def shipped_routines(self, exercises: Finder) -> dict[str, Routine]:
        """Read the routines that ship with these exercises instead of those that ship."""
        paths = (path for folder in self.folders for path in _files(folder / "routines"))
        read = (read_routine(path, exercises, self.names) for path in paths)
        return {routine.id: routine for routine in read}

    @property
    def routine_sketches(self) -> tuple[RoutineSketch, ...]:
        """What lists show of every routine: the default one, then by name."""
        sketches = (
            sketch_of(each, self.names) if isinstance(each, Routine) else each
            for each in titles_in(self.by_routine_id)
            if isinstance(each, Routine | RoutineSketch)
        )
        return tuple(sorted(sketches, key=_rank))

    @property
    def exercise_sketches(self) -> tuple[Exercise, ...]:
        """What lists show of every exercise, by name; the steps of own ones are not read."""
        sketches = (each for each in titles_in(self.by_exercise_id) if isinstance(each, Exercise))
        return tuple(sorted(sketches, key=lambda exercise: (exercise.name.casefold(), exercise.id)))

    def own_routine_path(self, routine_id: str) -> Path | None:
        """Give the file of an own routine, which need not be called by its id; None for one that ships."""
        return _path(routine_id, self.by_routine_id)

    def own_exercise_path(self, exercise_id: str) -> Path | None:
        """Give the file of an own exercise; None for one that ships."""
        return _path(exercise_id, self.by_exercise_id)

    def is_unread(self, routine_id: str) -> bool:
        """Whether a routine would have to be read from its file now, which is better done aside."""
        return isinstance(self.by_routine_id, Shelf) and self.by_routine_id.is_unread(routine_id)

    def read_ahead(self, routine_ids: Sequence[str]) -> tuple[Routine, ...]:
        """Read routines so that they are at hand, and give those that can be read."""
        found = (self.by_routine_id.get(each) for each in routine_ids)
        return tuple(routine for routine in found if routine is not None)

    def routine_mark(self, routine_id: str) -> object:
        """Give what tells this version of a routine from another; the same one as long as it is the same."""
        return _mark(routine_id, self.by_routine_id)

    def exercise_mark(self, exercise_id: str) -> object:
        """Give what tells this version of an exercise from another."""
        return _mark(exercise_id, self.by_exercise_id)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, by name. Reads every own file."""
        return tuple(sorted(self.by_exercise_id.values(), key=lambda exercise: exercise.name.casefold()))

    @property
    def routines(self) -> tuple[Routine, ...]:
        """Every routine: the default one, then by name. Reads every own file."""
        if isinstance(self.by_exercise_id, Shelf):
            with self.by_exercise_id.all_kept():
                return tuple(sorted(self.by_routine_id.values(), key=_rank))
        return tuple(sorted(self.by_routine_id.values(), key=_rank))

    def routine(self, name: str) -> Routine:
        """Find a routine by id, title, or the path of its file.

        Raises NotFoundError with a suggestion, or FileProblemsError when it is a file with problems.
        """
        if found := _find(name, self.by_routine_id):
            return found
        if name.endswith(".toml") or "/" in name or "\\" in name:
            return self.read_routine(Path(name))
        remedy = did_you_mean(slug(name[:200]), self.by_routine_id, "chain-timer list tells which there are")
        raise NotFoundError(f"There is no routine {quoted(name)}; {remedy}")

    def exercise(self, name: str) -> Exercise:
        """Find an exercise by id or title. Raises NotFoundError with a suggestion."""
        if found := _find(name, self.by_exercise_id):
            return found
        remedy = did_you_mean(slug(name[:200]), self.by_exercise_id, "chain-timer list tells which there are")
        raise NotFoundError(f"There is no exercise {quoted(name)}; {remedy}")

    def read_routine(self, path: Path) -> Routine:
        """Read a routine that is not in the library. Raises FileProblemsError."""
        return read_routine(path, self.by_exercise_id, self.names)

    def check_file(self, path: Path) -> tuple[Problem, ...]:
        """Everything that is wrong with a routine or exercise file; nothing when it can be used."""
        try:
            if _is_routine(read_toml(path), path):
                self.read_routine(path)
            else:
                read_exercise(path, self.names)
        except FileProblemsError as error:
            return error.problems
        return ()


def check_file(path: Path) -> tuple[Problem, ...]:
    """Check a file against the built-in exercises; a library with a person's own knows theirs too."""
    return Library.built_in().check_file(path)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".toml")


def _is_routine(values: Mapping[str, object], path: Path) -> bool:
    # A file with the keys of neither is what its folder says; elsewhere, most files are routines.
    if "steps" in values:
        return False
    return bool(_ROUTINE_KEYS & values.keys()) or path.parent.name != "exercises"


def _mark(key: str, by_id: Mapping[str, T]) -> object:
    return by_id.mark(key) if isinstance(by_id, Shelf) else by_id.get(key)


def _path(key: str, by_id: Mapping[str, T]) -> Path | None:
    return by_id.path(key) if isinstance(by_id, Shelf) else None


def _find(name: str, by_id: Mapping[str, T]) -> T | None:
    wanted = name.strip().casefold()
    found = by_id.get(wanted)
    if found is None:
        named = id_named(wanted, by_id)
        found = None if named is None else by_id.get(named)
    return found


def _rank(routine: Routine | RoutineSketch) -> tuple[bool, str, str]:
    return routine.id != DEFAULT_ROUTINE, routine.name.casefold(), routine.id
