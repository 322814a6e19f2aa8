"""Keeping the screen awake while a session plays."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol


class Mode(Protocol):
    """What this module needs to know of wakepy's mode: whether the system agreed."""

    @property
    def active(self) -> bool: ...


KeepAwake = Callable[[], AbstractContextManager[Mode]]


def _presenting() -> AbstractContextManager[Mode]:
    from wakepy import keep  # noqa: PLC0415 -- 0.05 s that the first paint does not need

    mode: AbstractContextManager[Mode] = keep.presenting(on_fail="pass")
    return mode


class Awake:
    """Asks the system to leave the screen on, and shows by :attr:`works` whether it agreed.

    It asks from a thread of its own: a D-Bus that hangs stalls nothing else.
    """

    def __init__(self, keep_awake: KeepAwake = _presenting) -> None:
        self._keep_awake = keep_awake
        self._wish = threading.Condition()
        self._wanted = False
        self._starts = 0
        self._thread: threading.Thread | None = None
        self._works: bool | None = None

    @property
    def works(self) -> bool | None:
        """Whether the system agreed the last time it was asked; None before its answer."""
        return self._works

    def start(self) -> None:
        """Keep the screen on from now; at once, whatever the system does."""
        with self._wish:
            self._wanted = True
            self._starts += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="awake", daemon=True)
                self._thread.start()
            self._wish.notify_all()

    def stop(self) -> None:
        """Let the screen sleep again; at once as well."""
        with self._wish:
            self._wanted = False
            self._wish.notify_all()

    def _serve(self) -> None:
        # One thread for all sessions: while a call hangs, wishes change without piling up threads.
        while True:
            with self._wish:
                self._wish.wait_for(lambda: self._wanted)
                asked = self._starts
            try:
                with self._keep_awake() as mode:
                    self._works = mode.active
                    self._wait_for_stop()
            except (ImportError, OSError, RuntimeError, ValueError):
                self._works = False
                self._wait_for_stop(asked)

    def _wait_for_stop(self, asked: int | None = None) -> None:
        """Wait until the screen may sleep, or, given the start that failed, until there was another."""
        with self._wish:
            self._wish.wait_for(lambda: not self._wanted or asked not in {None, self._starts})
