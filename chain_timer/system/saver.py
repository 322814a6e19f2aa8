"""Saving a little later and off the event loop, so that a slider dragged is one write and no stutter."""

import threading
from collections.abc import Callable
from typing import Protocol

DELAY_S = 0.4


class Pending(Protocol):
    """A call that will come, and can be called off."""

    def cancel(self) -> None: ...


Later = Callable[[float, Callable[[], None]], Pending]


def call_later(delay_s: float, call: Callable[[], None]) -> Pending:
    """Call from a thread of its own after ``delay_s`` seconds."""
    timer = threading.Timer(delay_s, call)
    timer.daemon = True
    timer.name = "settings"
    timer.start()
    return timer


class Saver:
    """Calls ``save`` once for all wishes of a moment. No thread lives while there is nothing to save."""

    def __init__(self, save: Callable[[], None], later: Later = call_later) -> None:
        self._save = save
        self._later = later
        self._pending: Pending | None = None
        self._guard = threading.Lock()
        self._saving = threading.Lock()

    def soon(self) -> None:
        """Save within half a second."""
        with self._guard:
            if self._pending is None:
                self._pending = self._later(DELAY_S, self.now)

    def now(self) -> None:
        """Save what is waiting, and return when it is saved or has failed."""
        with self._guard:
            pending, self._pending = self._pending, None
        if pending is not None:
            pending.cancel()
        with self._saving:
            self._save()
