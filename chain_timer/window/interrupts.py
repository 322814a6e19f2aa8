"""Ctrl-C and the system's request to end, noted and told at once, from before there is an event loop.

What a handler of Python raises is lost where Qt has called back: the window would stay, and nobody know.
"""

import signal
from collections.abc import Callable
from types import FrameType


class Interrupts:
    """Calls back when a signal comes, amid whatever runs; :meth:`close` puts back what was before.

    A loop that waits has to be woken for that: :class:`chain_timer.window.wake_up.WakeUp` does it.
    """

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
