"""The history as the window asks it: in a thread, and late answers to old questions are dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from chain_timer.window.in_order import InOrder

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_timer.history.history import History
    from chain_timer.problems import ChainTimerError, Problem

    Open = Callable[[], tuple[History, tuple[Problem, ...]]]

T = TypeVar("T")


class HistoryReader(QObject):
    """Opens the history for the first question; what cannot be opened is tried again with the next one."""

    found_problems = Signal(object)
    """What was wrong with the history when it was opened, as a tuple."""
    failed = Signal(str)

    def __init__(self, open_it: Open, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_it
        self._disk = InOrder(self)
        self._history: History | None = None
        """The thread's own."""
        self._numbers: dict[str, int] = {}
        """How often each thing was asked for."""
        self._is_used = False

    def ask(
        self,
        topic: str,
        question: Callable[[History], T],
        then: Callable[[T], None],
        failed: Callable[[ChainTimerError], None] | None = None,
    ) -> None:
        """Ask for something; who asks for the same topic again, or drops it, never hears of this one."""
        self.drop(topic)
        number = self._numbers[topic]

        def is_wanted() -> bool:
            return self._numbers[topic] == number

        def read() -> T | None:
            # What was passed over while it waited need not be read.
            return self._with_history(question) if is_wanted() else None

        def take(answer: T | None) -> None:
            if is_wanted():
                then(answer)  # type: ignore[arg-type]  # what is wanted was read

        def fail(error: ChainTimerError) -> None:
            if is_wanted():
                (failed or self._fail)(error)

        self._is_used = True
        self._disk.do(read, take, fail)

    def drop(self, topic: str) -> None:
        """Want no answer any more to what was asked."""
        self._numbers[topic] = self._numbers.get(topic, 0) + 1

    def change(self, work: Callable[[History], T], then: Callable[[T], None]) -> None:
        """Have something written; it is done whatever is asked for meanwhile."""
        self._is_used = True
        self._disk.do(partial(self._with_history, work), then, self._fail)

    def let_go(self) -> None:
        """Close the history until the next question: an open one takes memory."""
        if self._is_used:
            self._disk.do(self._close)

    def close(self) -> None:
        """Wait until all is written that was asked for, and close the history."""
        if self._is_used:
            self._numbers = dict.fromkeys(self._numbers, -1)  # nobody waits for answers any more
            self._disk.do(self._close)
        self._disk.close()

    def _with_history(self, work: Callable[[History], T]) -> T:
        if self._history is None:
            self._history, problems = self._open()
            if problems:
                self.found_problems.emit(problems)
        return work(self._history)

    def _close(self) -> None:
        if self._history is not None:
            self._history.close()
            self._history = None

    def _fail(self, error: ChainTimerError) -> None:
        self.failed.emit(str(error))
