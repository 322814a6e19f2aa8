"""Ctrl-C and the request to end, from the moment the event loop begins until something better listens.

What a handler of Python raises is lost where Qt has called back: the window would stay, and nobody know.
"""

import signal
from collections.abc import Callable
from types import FrameType


class EarlySignals:
    """Notes the signal that comes, and calls back at once. :meth:`close` puts back what was before."""

    def __init__(self, then: Callable[[], None]) -> None:
        self.number = 0
        """The signal that came; zero while none did."""
        self._then = then
        self._before = {
            number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)
        }

    def close(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.number = number
        self._then()
