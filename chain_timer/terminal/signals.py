"""Signals as things to look up between two ticks, and a wait that any of them ends."""

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from types import FrameType, TracebackType
from typing import Any, Self

INTERRUPTED = 130
"""The exit code after Ctrl-C."""

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "SIGTSTP", "SIGCONT", "SIGWINCH")
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_PIECE_S = 0.05


class Signals:
    """While entered, signals are noted and interrupt a wait; afterwards they mean what they meant before.

    Works on the main thread alone; elsewhere nothing is caught, and a wait only waits.
    """

    def __init__(self) -> None:
        self._noted: set[int] = set()
        self._before: dict[int, Any] = {}
        self._pipe: tuple[int, int] | None = None
        self._wakeup_before = -1

    def __enter__(self) -> Self:
        if threading.current_thread() is not threading.main_thread():
            return self
        if sys.platform != "win32":
            self._pipe = os.pipe()
            for end in self._pipe:
                os.set_blocking(end, False)
            self._wakeup_before = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        for number in _numbers(_NAMES):
            # What the caller has turned off, as nohup does, stays off.
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        if self._pipe is not None:
            signal.set_wakeup_fd(self._wakeup_before)
            for end in self._pipe:
                os.close(end)
            self._pipe = None

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._noted.add(number)

    def take(self, name: str) -> bool:
        """Whether a signal came since it was last taken."""
        number = getattr(signal, name, None)
        came = number in self._noted
        self._noted.discard(number or 0)
        return came

    @property
    def exit_code(self) -> int | None:
        """What to end with, when a signal asks for an end: 130 after Ctrl-C, 143 after SIGTERM."""
        for number in _numbers(_ENDING):
            if number in self._noted:
                return INTERRUPTED if number == signal.SIGINT else 128 + number
        return None

    def wait(self, timeout_s: float, *sources: int) -> bool:
        """Wait until one of the file descriptors has something, a signal comes, or the time is over.

        True when there is something to read.
        """
        if sys.platform == "win32":
            return self._wait_in_pieces(timeout_s)
        wakers = [self._pipe[0]] if self._pipe else []
        ready, _, _ = select.select([*wakers, *sources], [], [], timeout_s)
        if self._pipe and self._pipe[0] in ready:
            _drain(self._pipe[0])
        return any(source in ready for source in sources)

    def _wait_in_pieces(self, timeout_s: float) -> bool:
        # Windows cannot wait for a signal and a moment at once.
        left_s, event = timeout_s, threading.Event()
        while left_s > 0 and not self._noted:
            event.wait(min(_PIECE_S, left_s))
            left_s -= _PIECE_S
        return False

    @contextlib.contextmanager
    def set_aside(self, name: str) -> Iterator[None]:
        """Let one signal do for a moment what it does to any program."""
        number = getattr(signal, name)
        handler = signal.signal(number, signal.SIG_DFL)
        try:
            yield
        finally:
            signal.signal(number, handler)


def _numbers(names: Sequence[str]) -> list[int]:
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def _drain(source: int) -> None:
    with contextlib.suppress(BlockingIOError):
        while os.read(source, 512):
            pass
