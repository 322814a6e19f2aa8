"""The catalog as a file of the cache: lines of JSON, checked value by value, and made anew when in doubt.

A line for each file, so that a long catalog is read a bit at a time.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import Any

from chain_timer import __version__
from chain_timer.problems import Problem, plain
from chain_timer.routine.catalog import (
    LONGEST_USE,
    MOST_PROBLEMS,
    Catalog,
    Filed,
    Pace,
    Stamp,
    Unhurried,
    mark_of,
)
from chain_timer.routine.exercise import Exercise, Hold, Reps, Tempo, Work
from chain_timer.routine.exercise_reader import LONGEST_LINE, LONGEST_NAME, MOST_STEPS, PICTURE_NAME
from chain_timer.routine.names import Names
from chain_timer.routine.sketch import UNREAD, RoutineSketch
from chain_timer.routine.words import clean_line
from chain_timer.system.collector import collector_at_rest
from chain_timer.system.files import read_bytes_bounded, write_bytes_atomic

FORMAT = 1
"""Raised whenever lines change, or what readers make of files: older catalogs are made anew."""
LARGEST = 64 * 1024 * 1024
"""Bytes; 40,000 files take half of it."""

_LONGEST_ENTRY = 64 * 1024
"""Characters of a line; what is longer stays out of the catalog and is read each time."""
_MOST_LISTED = 500
_LARGEST_NUMBER = 10**15
_STAMP = (int, int, int)
_EXERCISE = (str, str, str, bool, list, list, list, list, int, str)
_ROUTINE = (str, str, str, bool, list, str)
_UNREAD = tuple((UNREAD,) * count for count in range(MOST_STEPS + 1))
_LINES_AT_ONCE = 250
_FOREMOST = 60
"""Routines: as many as a large screen shows."""


class CatalogFile:
    """Where a catalog is kept from start to start; whatever is wrong with it costs only time."""

    def __init__(self, path: Path, today_ns: Callable[[], int]) -> None:
        """Take its path, and what tells the time of day, in the nanoseconds files are stamped with."""
        self.path = path
        self.today_ns = today_ns

    def load(self, folder: Path, names: Names, shipped: Mapping[str, Exercise], pace: Pace) -> Catalog:
        """Give the catalog of a folder; an empty one when there is none that can be trusted."""
        return self._load(self.path, folder, names, shipped, pace)

    def load_foremost(self, folder: Path, names: Names, shipped: Mapping[str, Exercise]) -> Catalog:
        """Give what comes first of it: a few milliseconds, however much there is."""
        return self._load(self._foremost_path, folder, names, shipped, Unhurried())

    @property
    def _foremost_path(self) -> Path:
        return self.path.with_name(f"{self.path.stem}-first{self.path.suffix}")

    def _load(
        self, path: Path, folder: Path, names: Names, shipped: Mapping[str, Exercise], pace: Pace
    ) -> Catalog:
        try:
            lines = read_bytes_bounded(path, LARGEST).split(b"\n")
            if json.loads(lines[0]) != _head(folder, names):
                return Catalog()
            with collector_at_rest():
                return _Loader(names, shipped).load(lines[1:], pace)
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return Catalog()

    def save(
        self, catalog: Catalog, folder: Path, names: Names, known: Mapping[str, Exercise], pace: Pace
    ) -> bool:
        """Write it, all or nothing; False when it cannot be written, which costs only time.

        ``known`` are the exercises that routines name; those they define themselves are written with them.
        """
        head = _dumped(_head(folder, names))
        first = b"\n".join([head, *map(_dumped, _entries(_foremost(catalog), known))])
        size, lines = 0, [head]
        for count, entry in enumerate(_entries(catalog, known)):
            line = _dumped(entry)
            if len(line) <= _LONGEST_ENTRY and size + len(line) < LARGEST // 2:
                lines.append(line)
                size += len(line) + 1
            if count % _LINES_AT_ONCE == 0:
                pace.breathe()
        try:
            write_bytes_atomic(self.path, b"\n".join(lines))
            write_bytes_atomic(self._foremost_path, first)
        except OSError:
            return False
        return True


def _foremost(catalog: Catalog) -> Catalog:
    """Give the routines that a person sees first, with the exercises they use."""
    usable = [(name, filed) for name, filed in catalog.routines.items() if filed.sketch is not None]
    first = dict(sorted(usable, key=lambda entry: _rank(entry[1]))[:_FOREMOST])
    used = {exercise.id for filed in first.values() if filed.sketch for exercise in filed.sketch.exercises}
    exercises = {
        name: filed
        for name, filed in catalog.exercises.items()
        if filed.sketch is not None and filed.sketch.id in used
    }
    return Catalog(exercises, first)


def _rank(filed: Filed[RoutineSketch]) -> tuple[str, str]:
    return (filed.sketch.name.casefold(), filed.sketch.id) if filed.sketch else ("", "")


def _head(folder: Path, names: Names) -> list[object]:
    # Which names of muscles and equipment are known decides whether a file can be used.
    return [
        "chain-timer catalog",
        FORMAT,
        __version__,
        str(folder),
        mark_of((names.muscles, names.equipment)),
    ]


def _dumped(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


# --- writing ---------------------------------------------------------------------------------------------


def _entries(catalog: Catalog, known: Mapping[str, Exercise]) -> Iterator[list[object]]:
    for name, exercise in catalog.exercises.items():
        if exercise.settled:
            sketch = None if exercise.sketch is None else _exercise(exercise.sketch)
            yield ["e", name, exercise.stamp, _problems(exercise), sketch]
    for name, routine in catalog.routines.items():
        if routine.settled and len(routine.uses) <= _MOST_LISTED:
            sketch = None if routine.sketch is None else _routine(routine.sketch, known)
            yield ["r", name, routine.stamp, _problems(routine), sketch, _uses(routine), routine.used]


def _problems(filed: Filed[Exercise] | Filed[RoutineSketch]) -> list[list[str]]:
    told = ((each.where, each.what, each.remedy) for each in filed.problems)
    return [[plain(part, LONGEST_USE) for part in each] for each in told]


def _uses(filed: Filed[RoutineSketch]) -> Sequence[str] | None:
    # Most routines name exercises by their ids, which are there already.
    ids = filed.sketch and tuple([exercise.id for exercise in filed.sketch.exercises])
    return None if ids == filed.uses else filed.uses


def _exercise(exercise: Exercise) -> list[object]:
    return [
        exercise.id,
        exercise.name,
        exercise.summary,
        exercise.sided,
        _work(exercise.work),
        exercise.muscles,
        exercise.also,
        exercise.equipment,
        len(exercise.steps),
        exercise.picture,
    ]


def _work(work: Work) -> list[int]:
    if isinstance(work, Hold):
        return [work.length_ms]
    tempo = work.tempo
    return [work.count, tempo.down_ms, tempo.pause_ms, tempo.up_ms, int(tempo.up_first), int(work.self_paced)]


def _routine(routine: RoutineSketch, known: Mapping[str, Exercise]) -> list[object]:
    exercises = [each.id if known.get(each.id) is each else _exercise(each) for each in routine.exercises]
    return [routine.id, routine.name, routine.summary, routine.only_holds, exercises, routine.findable]


# --- reading ---------------------------------------------------------------------------------------------


class _Loader:
    """Reads the lines of a catalog. Raises ValueError, TypeError or KeyError where one is not as we write.

    Thousands are read before a person sees them: types are compared all at once, and what many have in common
    is made once.
    """

    def __init__(self, names: Names, shipped: Mapping[str, Exercise]) -> None:
        self._muscles = frozenset(names.muscles)
        self._equipment = frozenset(names.equipment)
        self._known = dict(shipped)
        self._own: set[str] = set()
        self._keys: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._works: dict[tuple[int, ...], Work] = {}

    def load(self, lines: list[bytes], pace: Pace) -> Catalog:
        exercises: dict[str, Filed[Exercise]] = {}
        routines: dict[str, Filed[RoutineSketch]] = {}
        for values in _values(lines, pace):
            if values[0] == "e":
                _, name, stamp, problems, sketch = values
                exercises[_text(name)] = self._filed_exercise(stamp, problems, sketch)
            else:
                _, name, stamp, problems, sketch, uses, used = values
                routines[_text(name)] = self._filed_routine(stamp, problems, sketch, uses, used)
        return Catalog(exercises, routines)

    def _filed_exercise(self, stamp: object, problems: object, sketch: object) -> Filed[Exercise]:
        exercise = None if sketch is None else self._exercise(sketch)
        if exercise is not None and exercise.id not in self._own:
            self._own.add(exercise.id)
            self._known[exercise.id] = exercise
        return Filed(_stamp(stamp), exercise, _problems_in(problems, usable=exercise is not None))

    def _filed_routine(
        self, stamp: object, problems: object, sketch: object, uses: object, used: object
    ) -> Filed[RoutineSketch]:
        found = None if sketch is None else self._routine(sketch)
        told = _problems_in(problems, usable=found is not None)
        if uses is None and found is not None:
            named = tuple([exercise.id for exercise in found.exercises])
        else:
            named = tuple([intern(_text(name)) for name in _listed(uses)])
        return Filed(_stamp(stamp), found, told, uses=named, used=_number(used))

    def _routine(self, values: object) -> RoutineSketch:
        routine_id, name, summary, only_holds, exercises, findable = _shaped(values, _ROUTINE)
        known = self._known
        used = [known[each] if type(each) is str else self._exercise(each) for each in _listed(exercises)]
        return RoutineSketch(
            _line(routine_id, LONGEST_NAME),
            _line(name, LONGEST_NAME),
            _line(summary, LONGEST_LINE),
            tuple(used),
            only_holds,
            findable,
        )

    def _exercise(self, values: object) -> Exercise:
        shaped = _shaped(values, _EXERCISE)
        exercise_id, name, summary, sided, work, muscles, also, equipment, steps, picture = shaped
        if picture and not PICTURE_NAME.fullmatch(picture):
            raise ValueError(picture)
        return Exercise(
            id=_line(exercise_id, LONGEST_NAME),
            name=_line(name, LONGEST_NAME),
            steps=_UNREAD[_number(steps)],
            summary=_line(summary, LONGEST_LINE),
            sided=sided,
            work=self._work(tuple(work)),
            muscles=self._named(tuple(muscles), self._muscles),
            also=self._named(tuple(also), self._muscles),
            equipment=self._named(tuple(equipment), self._equipment),
            picture=picture,
        )

    def _named(self, keys: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
        if known.issuperset(keys) and len(keys) <= _MOST_LISTED:
            return self._keys.setdefault(keys, keys)
        raise KeyError(keys)

    def _work(self, numbers: tuple[int, ...]) -> Work:
        found = self._works.get(numbers)
        if found is None:
            found = self._works[numbers] = _work_of([_number(each) for each in numbers])
        return found


def _values(lines: list[bytes], pace: Pace) -> Iterator[list[Any]]:
    """Give what the lines hold, many of them read at once: that takes half the time."""
    for start in range(0, len(lines), _LINES_AT_ONCE):
        pace.breathe()
        some = lines[start : start + _LINES_AT_ONCE]
        values = json.loads(b"[%b]" % b",".join(some))
        if len(values) != len(some):
            raise ValueError(values)
        yield from values


def _work_of(numbers: list[int]) -> Work:
    if len(numbers) == 1:
        return Hold(numbers[0])
    count, down_ms, pause_ms, up_ms, up_first, self_paced = numbers
    return Reps(count, Tempo(down_ms, pause_ms, up_ms, up_first=bool(up_first)), self_paced=bool(self_paced))


def _stamp(value: object) -> Stamp:
    size, written_ns, changed_ns = _shaped(value, _STAMP)
    return size, written_ns, changed_ns


def _shaped(values: object, types: tuple[type, ...]) -> list[Any]:
    """Give a list in which everything has the type it must have: true is no number here."""
    if isinstance(values, list) and tuple(map(type, values)) == types:
        return values
    raise TypeError(values)


def _problems_in(value: object, *, usable: bool) -> tuple[Problem, ...]:
    found = []
    for each in _listed(value):
        where, what, remedy = (plain(_text(part), LONGEST_USE) for part in _listed(each))
        found.append(Problem(where, what, remedy))
    if usable == bool(found) or len(found) > MOST_PROBLEMS + 1:
        raise ValueError(found)
    return tuple(found)


def _listed(value: object) -> list[object]:
    if isinstance(value, list) and len(value) <= _MOST_LISTED:
        return value
    raise TypeError(value)


def _text(value: object, longest: int = LONGEST_USE) -> str:
    if isinstance(value, str) and len(value) <= longest:
        return value
    raise TypeError(value)


def _line(text: str, longest: int) -> str:
    if len(text) <= longest and (text.isprintable() or clean_line(text) == text):
        return text
    raise ValueError(text)


def _number(value: object) -> int:
    # A whole one: true is 1 elsewhere.
    if type(value) is int and 0 <= value <= _LARGEST_NUMBER:
        return value
    raise TypeError(value)
