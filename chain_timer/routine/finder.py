"""Exercises found the way routines name them: by id or by name, without reading those nobody asks for."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from chain_timer.routine.exercise import Exercise
from chain_timer.routine.shelf import Shelf


class Finder:
    """Made once for all who look among the same exercises."""

    def __init__(self, by_id: Mapping[str, Exercise]) -> None:
        self._by_id = by_id

    def suggested(self) -> Iterator[str]:
        """Give the ids among which one that was meant is looked for."""
        return iter(self._by_id)

    def find(self, name: str) -> Exercise | None:
        """Give the exercise of that id, or else of that name in any letters."""
        found = self._by_id.get(name)
        if found is not None:
            return found
        named = self._id_by_name.get(name.casefold())
        return None if named is None else self._by_id.get(named)

    @cached_property
    def _id_by_name(self) -> Mapping[str, str]:
        # Made when the first one is looked up by name; most routines name ids.
        if isinstance(self._by_id, Shelf):
            return self._by_id.id_by_name
        return {exercise.name.casefold(): exercise.id for exercise in self._by_id.values()}


_MOST_SUGGESTED = 100
"""Names for which a nearest one is looked for; that takes milliseconds each."""


class NotingFinder(Finder):
    """Remembers what was looked for: what the reading of a routine depended on."""

    def __init__(self, by_id: Mapping[str, Exercise]) -> None:
        super().__init__(by_id)
        self._asked: dict[str, None] = {}
        self._suggestions = 0

    def suggested(self) -> Iterator[str]:
        """Give none any more where thousands of files are broken: nobody reads that many suggestions."""
        self._suggestions += 1
        return super().suggested() if self._suggestions <= _MOST_SUGGESTED else iter(())

    def find(self, name: str) -> Exercise | None:
        self._asked[name] = None
        return super().find(name)

    def take_asked(self) -> tuple[str, ...]:
        """Give the names that were looked for since the last call, in order, and forget them."""
        asked, self._asked = tuple(self._asked), {}
        return asked
