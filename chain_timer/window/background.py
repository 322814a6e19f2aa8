"""Slow work in threads, with its outcome brought back to the window's own."""

import logging
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from chain_timer.problems import ChainTimerError

_log = logging.getLogger(__name__)
T = TypeVar("T")


_LONGEST_WAIT_S = 0.8
"""In all, however many pieces of work there are; a hung voice takes longer than anybody waits."""
MOST_AT_ONCE = 400
"""Pieces of work a routine may have to be laid out in the window's own thread."""


class Background(QObject):
    """Runs work aside. What fails is logged, and never comes back."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done.connect(self._deliver)
        self._closed = False
        self._threads: list[Thread] = []

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do the work in a thread, and hand its outcome over in the thread of the window."""

        def perform() -> None:
            try:
                outcome = work()
            except (ChainTimerError, OSError, RuntimeError, ValueError) as error:
                _log.warning("work aside failed: %s", error)
                return
            if not self._closed:
                self._done.emit(lambda: then(outcome))

        thread = Thread(target=perform, name="window-work", daemon=True)
        self._threads = [*(each for each in self._threads if each.is_alive()), thread]
        thread.start()

    def run_if_large(self, pieces: int, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Lay out a routine of so many pieces of work, aside where that would hold up the window."""
        if pieces <= MOST_AT_ONCE:
            then(work())
        else:
            self.run(work, then)

    def close(self) -> None:
        """Take no more outcomes: the window is going.

        What runs is waited for, though not for long: a thread that is amid loading a part of Qt when the
        process ends would crash it.
        """
        self._closed = True
        for thread in self._threads:
            thread.join(_LONGEST_WAIT_S / len(self._threads))

    def _deliver(self, outcome: Callable[[], None]) -> None:
        if not self._closed:
            outcome()
