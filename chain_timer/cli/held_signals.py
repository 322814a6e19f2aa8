"""Ctrl-C and requests to end, held back while files are written, and carried out between two of them."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")

Handler = Callable[[int, FrameType | None], object]


@contextmanager
def signals_held() -> Iterator[Callable[[], None]]:
    """Give what carries out the signal that came meanwhile, if any: ask it often.

    So nothing is interrupted between making a file and noting it, nor within a library that would swallow
    the exception. A second signal is carried out at once. Does nothing outside the main thread.
    """
    held = _Held(_handlers())
    for number in held.handlers:
        signal.signal(number, held.note)
    try:
        yield held.carry_out
    finally:
        for number, handler in held.handlers.items():
            signal.signal(number, handler)
    held.carry_out()


class _Held:
    def __init__(self, handlers: dict[int, Handler]) -> None:
        self.handlers = handlers
        """Those that were there before."""
        self._came: int | None = None

    def note(self, number: int, _frame: FrameType | None) -> None:
        if self._came is not None:
            self.carry_out()
        self._came = number

    def carry_out(self) -> None:
        if self._came is not None:
            number, self._came = self._came, None
            self.handlers[number](number, None)


def _handlers() -> dict[int, Handler]:
    if threading.current_thread() is not threading.main_thread():
        return {}
    numbers = (getattr(signal, name, None) for name in _NAMES)
    found = {number: signal.getsignal(number) for number in numbers if number is not None}
    return {
        number: handler
        for number, handler in found.items()
        if callable(handler) and not isinstance(handler, int)
    }
