"""One piece of work at a time, shown while it lasts; the outcome of what was dropped is of no interest."""

from collections.abc import Callable
from typing import TypeVar

from chain_timer.exchange.parcel import CanceledError
from chain_timer.window.underway import Underway

Outcome = TypeVar("Outcome")


class OneAtATime:
    """Knows what is under way, and has it shown from its beginning to its end."""

    def __init__(self, show: Callable[[Underway, str], None], end: Callable[[], None]) -> None:
        """``show`` is told what begins, and in which words; ``end`` that nothing is under way any more."""
        self._show = show
        self._end = end
        self._underway: Underway | None = None

    @property
    def is_busy(self) -> bool:
        return self._underway is not None

    def begins(self, words: str) -> Underway | None:
        """Begin something; None where something else is not over yet."""
        if self._underway is not None:
            return None
        self._underway = Underway()
        self._show(self._underway, words)
        return self._underway

    def ends(self, underway: Underway) -> bool:
        """Take note that something is over; False where nobody waits for it any more."""
        if underway is not self._underway:
            return False
        self._underway = None
        self._end()
        return True

    def cancel(self) -> None:
        """Have what is under way stop; it ends by itself, and says so."""
        if self._underway is not None:
            self._underway.cancel()

    def drop(self) -> None:
        """Have what is under way stop, and wait for it no longer."""
        if self._underway is not None:
            self._underway.cancel()
            self.ends(self._underway)


def outcome_of(underway: Underway, work: Callable[[], Outcome]) -> Outcome | None:
    """Do a piece of work, in its thread: None when it was canceled. Raises what it raises otherwise."""
    with underway.watched():
        try:
            return work()
        except CanceledError:
            return None
