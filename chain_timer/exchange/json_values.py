"""Typed, bounded access into JSON from outside: what has the wrong type is told and passed over."""

import math
from collections.abc import Iterator, Mapping
from itertools import islice

from chain_timer.exchange.making import Maker
from chain_timer.exchange.source import parse_json
from chain_timer.problems import plain
from chain_timer.routine.values import shown
from chain_timer.units import SECOND_MS

_LARGEST = 10**12
"""Of any number: as milliseconds more than thirty years, and still short enough for a message."""
_LONGEST_NUMBER = 40
_MOST_ENTRIES = 200_000
"""Of all lists of a file together, which bounds the time that reading it takes."""
_LONGEST_INNER = 1_000_000
"""Characters of JSON that stands as text within JSON."""


class Fields:
    """The keys of one JSON object, each asked for with the type it should have."""

    def __init__(
        self, values: Mapping[str, object], where: str, maker: Maker, left: list[int] | None = None
    ) -> None:
        self.where = where
        """Its place in the file, as a message names it."""
        self._values = values
        self._maker = maker
        self._left = [_MOST_ENTRIES] if left is None else left
        """How many entries may still be read: one number, shared by all objects of the file."""

    @classmethod
    def of(cls, value: object, where: str, maker: Maker, left: list[int] | None = None) -> "Fields | None":
        """Give the fields of an object; None for anything else, which is told."""
        if isinstance(value, dict):
            return cls(value, where, maker, left)
        maker.lost(where, f"{_shown(value)} is no object", "it was left out")
        return None

    def at(self, key: str) -> str:
        """Name the place of a key."""
        return f"{self.where}, {key}" if self.where else key

    def has(self, key: str) -> bool:
        """Whether it says anything for this key."""
        return self._values.get(key) is not None

    def text(self, key: str) -> str:
        """Give its text; empty where there is none."""
        value = self._values.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        self._maker.lost(self.at(key), f"{_shown(value)} is not text", "it was left out")
        return ""

    def number(self, key: str, otherwise: float) -> float:
        """Give its number, also where it is written as text; the other one where there is none."""
        value = self._values.get(key)
        if value is None:
            return otherwise
        found = number_in(value)
        if found is None:
            self._maker.lost(self.at(key), f"{_shown(value)} is not a number", f"{otherwise:g} was taken")
            return otherwise
        return found

    def count(self, key: str, otherwise: int) -> int:
        """Give a whole number."""
        return round(self.number(key, otherwise))

    def seconds_ms(self, key: str, otherwise_ms: int) -> int:
        """Give milliseconds where the file has seconds."""
        return round(self.number(key, otherwise_ms / SECOND_MS) * SECOND_MS)

    def entries(self, key: str, noun: str, most: int) -> Iterator[tuple[str, object]]:
        """Give the entries of a list, each with its place; of more than so many, the first ones."""
        value = self._values.get(key)
        if isinstance(value, list):
            if len(value) > most:
                self._maker.lost(self.at(key), f"it has {len(value):,} entries", f"{most:,} were taken")
            for number, entry in enumerate(islice(value, most), 1):
                if self._is_spent():
                    return
                yield self.at(f"{noun} {number}"), entry
        elif value is not None:
            self._maker.lost(self.at(key), f"{_shown(value)} is not a list", "it was left out")

    def objects(self, key: str, noun: str, most: int) -> Iterator["Fields"]:
        """Give the objects of a list; what else is in it is told."""
        for where, entry in self.entries(key, noun, most):
            if (fields := Fields.of(entry, where, self._maker, self._left)) is not None:
                yield fields

    def inner(self, key: str) -> "Fields | None":
        """Give an object within this one, also where it stands as text; None where there is none."""
        if not self.has(key):
            return None
        return Fields.of(self._opened(key), self.at(key), self._maker, self._left)

    def opened_list(self, key: str) -> list[object]:
        """Give a list, also where it stands as text; empty where there is none."""
        value = self._opened(key)
        if isinstance(value, list):
            return value
        if value not in {None, ""} if isinstance(value, str | None) else True:
            self._maker.lost(self.at(key), f"{_shown(value)} is not a list", "it was left out")
        return []

    def _is_spent(self) -> bool:
        self._left[0] -= 1
        if self._left[0] == -1:
            what = f"the file has more than {_MOST_ENTRIES:,} entries"
            self._maker.lost(self.where, what, "the others were left out")
        return self._left[0] < 0

    def _opened(self, key: str) -> object:
        value = self._values.get(key)
        if not isinstance(value, str) or not value.strip():
            return value
        try:
            return parse_json(value) if len(value) <= _LONGEST_INNER else None
        except ValueError:
            return value


def number_in(value: object) -> float | None:
    """Give the number that a value is or that its text says, within bounds; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > _LONGEST_NUMBER:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return min(max(number, -_LARGEST), _LARGEST) if math.isfinite(number) else None


def _shown(value: object) -> str:
    return "null" if value is None else plain(shown(value))
