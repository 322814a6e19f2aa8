"""The sessions a person meant, found in the history without reading all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from chain_timer.cli.history_wish import Filter
from chain_timer.history.history import History
from chain_timer.history.kept import DayTotal, Entry
from chain_timer.problems import NotFoundError, quoted
from chain_timer.routine.words import did_you_mean, slug
from chain_timer.session.record import SessionRecord

_PAGE = 500
_FIRST_PAGE = 20
"""Most often no more are wanted than a list shows."""
_APART = timedelta(days=2)
"""So many days can two sessions be out of the order of their moments: time zones lie a day apart."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some of the sessions of a history; they are read when they are asked for."""

    history: History
    wish: Filter
    routine_id: str
    routine_name: str

    @property
    def days(self) -> tuple[DayTotal, ...]:
        """The days within the dates, the oldest first; of all of them, whatever is to be listed."""
        return tuple(day for day in self._all_days() if self._is_within(day.day))

    def newest(self, count: int | None = None) -> Iterator[Entry]:
        """Give them as lists show them, the newest first; as many as were wished where nobody tells."""
        return islice(self._newest(), self.wish.last if count is None else count)

    def count(self) -> int:
        """Tell how many there are to write."""
        whole = sum(day.sessions for day in self.days)
        return whole if self.wish.last is None else min(whole, self.wish.last)

    def records(self) -> Iterator[SessionRecord]:
        """Give them with everything, the oldest first."""
        if self.wish.last is None:
            yield from self.history.records(
                since=self.wish.since, until=self.wish.until, routine_id=self.routine_id
            )
            return
        ids = [entry.id for entry in self.newest()][::-1]
        # Bit by bit, as a database takes no number of ids at once.
        for first in range(0, len(ids), _PAGE):
            yield from self.history.records(ids=ids[first : first + _PAGE])

    def _newest(self) -> Iterator[Entry]:
        for entry in self._pages():
            day = entry.started.day
            if self.wish.since is not None and day < self.wish.since - _APART:
                return
            if self._is_within(day):
                yield entry

    def _pages(self) -> Iterator[Entry]:
        first, size = self._later(), min(_FIRST_PAGE, _PAGE)
        while page := self.history.entries(first, size, routine_id=self.routine_id):
            yield from page
            first, size = first + len(page), _PAGE

    def _later(self) -> int:
        """Tell how many sessions come for certain after the last day, and need not be looked at."""
        until = self.wish.until
        if until is None or until > date.max - _APART:
            return 0
        return sum(day.sessions for day in self._all_days() if day.day > until + _APART)

    def _all_days(self) -> tuple[DayTotal, ...]:
        return self.history.days(routine_id=self.routine_id)

    def _is_within(self, day: date) -> bool:
        since, until = self.wish.since, self.wish.until
        return (since is None or day >= since) and (until is None or day <= until)


def chosen_of(history: History, wish: Filter) -> Chosen:
    """Find what was meant. Raises NotFoundError for a routine of which there is no session."""
    if not wish.routine:
        return Chosen(history, wish, "", "")
    routines = history.routines()
    wanted, named = slug(wish.routine[:200]), wish.routine.strip().casefold()
    fitting = [each for each in routines if wish.routine == each.id]
    fitting += [each for each in routines if named == each.name.casefold()]
    fitting += [each for each in routines if wanted and wanted in {slug(each.id), slug(each.name)}]
    if fitting:  # of several that were called so, the one that was done most
        return Chosen(history, wish, fitting[0].id, fitting[0].name)
    remedy = did_you_mean(wanted, [slug(each.name) for each in routines], "chain-timer history tells all")
    raise NotFoundError(f"There is no session of a routine {quoted(wish.routine)}; {remedy}")
