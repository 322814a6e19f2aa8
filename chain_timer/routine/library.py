"""The library: the built-in exercises and routines, with a person's own added or in their place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from chain_timer.problems import FileProblemsError, NotFoundError, Problem, quoted
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_reader import read_exercise
from chain_timer.routine.names import Names, built_in_names
from chain_timer.routine.routine import Routine
from chain_timer.routine.routine_reader import read_routine
from chain_timer.routine.toml_file import read_toml, source_text
from chain_timer.routine.words import did_you_mean, slug

DEFAULT_ROUTINE = "posterior-chain-stretch"
MOST_FILES = 1_000
"""Of each kind in a folder; more are told, not read."""

_ROUTINE_KEYS = frozenset({"circuit", "exercises", "exercise", "coaching", "rest"})

T = TypeVar("T", Exercise, Routine)


@dataclass(frozen=True, slots=True)
class Library:
    """All exercises and routines by id, and what could not be read of a person's own files.

    A file of theirs with the id of a built-in one takes its place, in the routines that use it too.
    """

    names: Names
    folders: tuple[Path, ...]
    by_exercise_id: Mapping[str, Exercise]
    by_routine_id: Mapping[str, Routine]
    problems: tuple[Problem, ...] = ()
    """Everything wrong with own files, each named; the files stay as they are and stop none of the others."""

    @classmethod
    def built_in(cls) -> "Library":
        """Read what ships with the program."""
        return _read_library(built_in_names(), (resource_path(),))

    def with_own(self, folder: Path) -> "Library":
        """Add a person's own files: those in ``exercises`` and ``routines`` of this folder, if any."""
        return _read_library(self.names, (*self.folders, folder))

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, by name."""
        return tuple(sorted(self.by_exercise_id.values(), key=lambda exercise: exercise.name.casefold()))

    @property
    def routines(self) -> tuple[Routine, ...]:
        """Every routine: the default one, then by name."""
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


def _read_library(names: Names, folders: tuple[Path, ...]) -> Library:
    exercises: dict[str, Exercise] = {}
    routines: dict[str, Routine] = {}
    problems: list[Problem] = []
    for folder in folders:
        exercises |= _read_all(folder / "exercises", lambda path: read_exercise(path, names), problems)
    for folder in folders:
        routines |= _read_all(
            folder / "routines", lambda path: read_routine(path, exercises, names), problems
        )
    return Library(names, folders, exercises, routines, tuple(problems))


def _read_all(folder: Path, read: Callable[[Path], T], problems: list[Problem]) -> dict[str, T]:
    found: dict[str, T] = {}
    for path in _files(folder, problems):
        try:
            value = read(path)
        except FileProblemsError as error:
            problems += [_in_file(path, problem) for problem in error.problems]
            continue
        if value.id in found:
            problems.append(
                Problem(source_text(path), f"another file is {value.id} as well", "rename one of them")
            )
        else:
            found[value.id] = value
    return found


def _files(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        # Sorted after the bound: a folder with a million files costs no more than one with a thousand.
        found = sorted(islice((path for path in folder.iterdir() if path.suffix == ".toml"), MOST_FILES + 1))
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        problems.append(Problem(source_text(folder), f"it cannot be read: {reason}", "check its permissions"))
        return []
    if len(found) > MOST_FILES:
        what = f"it holds more than {MOST_FILES:,} files, and the others are left out"
        problems.append(Problem(source_text(folder), what, "move some of them away"))
    return found[:MOST_FILES]


def _in_file(path: Path, problem: Problem) -> Problem:
    where = f"{source_text(path)}, {problem.where}" if problem.where else source_text(path)
    return Problem(where, problem.what, problem.remedy)


def _is_routine(values: Mapping[str, object], path: Path) -> bool:
    # A file with the keys of neither is what its folder says; elsewhere, most files are routines.
    if "steps" in values:
        return False
    return bool(_ROUTINE_KEYS & values.keys()) or path.parent.name != "exercises"


def _find(name: str, by_id: Mapping[str, T]) -> T | None:
    wanted = name.strip().casefold()
    if wanted in by_id:
        return by_id[wanted]
    return next((value for value in by_id.values() if value.name.casefold() == wanted), None)


def _rank(routine: Routine) -> tuple[bool, str, str]:
    return routine.id != DEFAULT_ROUTINE, routine.name.casefold(), routine.id
