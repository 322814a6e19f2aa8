"""How far a slow command is: one line on stderr, where that is a terminal, once it has taken a while."""

import sys
from types import TracebackType
from typing import Self, TextIO

from chain_timer.problems import plain
from chain_timer.session.clock import NANOSECONDS_A_MS, Clock, SystemClock

_PATIENCE_MS = 500
"""What is done sooner needs no word."""
_EVERY_MS = 100
_LONGEST = 60


class ProgressLine:
    """A ``Progress`` that a person sees; the line is gone when the ``with`` ends."""

    def __init__(self, what: str, stream: TextIO | None = None, clock: Clock | None = None) -> None:
        """Name what is under way: ``Reading backup.json``."""
        self._what = plain(what, _LONGEST)
        self._stream = stream or sys.stderr
        self._clock = clock or SystemClock()
        self._next_ns = self._clock.now_ns() + _PATIENCE_MS * NANOSECONDS_A_MS
        self._is_seen = self._stream.isatty()
        self._shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._say("")
            self._stream.write("\r")
            self._stream.flush()

    def __call__(self, done: int, whole: int) -> None:
        if not self._is_seen or (now_ns := self._clock.now_ns()) < self._next_ns:
            return
        self._next_ns = now_ns + _EVERY_MS * NANOSECONDS_A_MS
        share = min(100, max(0, 100 * done // whole)) if whole > 0 else 0
        self._say(f"{self._what} … {share} %")

    def _say(self, text: str) -> None:
        if text != self._shown:
            # Spaces over what was there: not every terminal knows how to clear a line.
            self._stream.write(f"\r{text.ljust(len(self._shown))}")
            self._stream.flush()
        self._shown = text
