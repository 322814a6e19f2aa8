"""Tables from outside, read key by key: every problem is collected with its place, none stops the reading."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from chain_timer.problems import FileProblemsError, Problem, plain, quoted
from chain_timer.routine.values import BadValueError, shown
from chain_timer.routine.words import did_you_mean

T = TypeVar("T")
D = TypeVar("D")
Reader = Callable[[object], T]
"""Turns a plain TOML value into the value meant; raises BadValueError."""

_MOST_PROBLEMS = 100


class Report:
    """Everything that is wrong with one file: the first hundred problems, and how many more."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._more = 0

    @property
    def is_full(self) -> bool:
        return len(self._problems) >= _MOST_PROBLEMS

    def add(self, where: str, what: str, remedy: str = "") -> None:
        if self.is_full:
            self._more += 1
        else:
            self._problems.append(Problem(where, what, remedy))

    @property
    def problems(self) -> tuple[Problem, ...]:
        more = [Problem("", f"and {self._more:,} more")] if self._more else []
        return (*self._problems, *more)

    def raise_if_any(self, source: str) -> None:
        if self._problems:
            raise FileProblemsError(source, self.problems)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file we are, as a person would say it: ``circuit 2, exercise 1``."""

    report: Report
    text: str = ""

    def at(self, name: str) -> "Place":
        return Place(self.report, f"{self.text}, {name}" if self.text else name)

    def problem(self, what: str, remedy: str = "") -> None:
        self.report.add(self.text, what, remedy)

    def read(self, value: object, reader: Reader[T], default: D) -> T | D:
        """Give the value as its reader understands it, or the default after telling what is wrong."""
        try:
            return reader(value)
        except BadValueError as error:
            self.problem(error.what, error.remedy)
            return default


class Table:
    """A TOML table that remembers which of its keys were asked for, so that the others can be told."""

    def __init__(self, values: dict[str, object], place: Place) -> None:
        self._values = values
        self._asked: dict[str, None] = {}
        self.place = place

    def has(self, key: str) -> bool:
        self._asked[key] = None
        return key in self._values

    def get(self, key: str, reader: Reader[T], default: D) -> T | D:
        if not self.has(key):
            return default
        return self.place.at(key).read(self._values[key], reader, default)

    def required(self, key: str, reader: Reader[T], default: T, example: str) -> T:
        if not self.has(key):
            self.place.problem(f"{key} is missing", f"add a line like {example}")
        return self.get(key, reader, default)

    def entries(self, key: str, noun: str) -> Iterator[tuple[Place, object]]:
        """Give each entry of a list with its place, named by the noun and its number from one."""
        if not self.has(key):
            return
        value = self._values[key]
        if not isinstance(value, list):
            self.place.at(key).problem(f"{shown(value)} is not a list", f"write it like {key} = [ … ]")
            return
        for number, entry in enumerate(value, 1):
            yield self.place.at(f"{noun} {number}"), entry

    def listed(self, key: str, noun: str, reader: Reader[T], most: int) -> tuple[T, ...]:
        """Read a short list of the same kind of values."""
        found: list[T] = []
        for count, (place, entry) in enumerate(self.entries(key, noun), 1):
            if count > most:
                self.place.at(key).problem(f"there are more than {most}", f"use at most {most}")
                break
            if (value := place.read(entry, reader, None)) is not None:
                found.append(value)
        return tuple(found)

    def table(self, key: str, example: str) -> "Table | None":
        """Give the table of a key; None when there is none, or after telling that it is something else."""
        if not self.has(key):
            return None
        return as_table(self._values[key], self.place.at(key), example)

    def raw(self, key: str) -> object:
        """The plain value, for keys that may be of more than one shape; None when there is none."""
        return self._values[key] if self.has(key) else None

    def items(self) -> Iterator[tuple[str, object]]:
        """All keys with their plain values, for tables whose keys the author chooses."""
        self._asked.update(dict.fromkeys(self._values))
        yield from self._values.items()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def close(self, elsewhere: Iterable[str] = (), advice: str = "") -> None:
        """Tell every key nobody asked for; those that belong elsewhere get the advice."""
        others = frozenset(elsewhere)
        for key in self._values:
            if key in self._asked:
                continue
            what = f"{quoted(key)} is not known here"
            if self.place.report.is_full:
                self.place.problem(what)
            elif key in others:
                self.place.problem(what, advice)
            else:
                self.place.problem(what, self._remedy(key))

    def _remedy(self, key: str) -> str:
        if (meant := _MEANT.get(key.casefold(), "")) in self._asked:
            return f"did you mean {meant}?"
        return did_you_mean(key, self._asked, f"known are {', '.join(self._asked)}")


def as_table(value: object, place: Place, example: str) -> Table | None:
    """Take a value that has to be a table; tells the problem and gives None when it is not."""
    if isinstance(value, dict):
        return Table(value, place)
    place.problem(f"{shown(value)} is not a table", f"write it like {example}")
    return None


_MEANT = {
    "activities": "exercises",
    "break": "rest",
    "description": "summary",
    "duration": "hold",
    "id": "name",
    "instructions": "steps",
    "laps": "rounds",
    "length": "hold",
    "pause": "rest",
    "repeat": "rounds",
    "repetitions": "reps",
    "seconds": "hold",
    "side": "sides",
    "time": "hold",
    "title": "name",
}


def safe_key(key: str) -> str:
    """A key the author chose, fit to be part of a place."""
    return plain(key, 40)
