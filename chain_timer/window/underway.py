"""Work that takes a while in a thread: how far it is, and whether a person had enough of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from chain_timer.exchange.parcel import CanceledError
from chain_timer.problems import ChainTimerError

STEPS = 1_000
"""A bar that is as wide as a screen moves by pixels."""
_BREATH_S = 0.0003
"""Long enough for the window's own thread to have its turn."""
_CALLS = 16
"""Told so often without getting further, it is time for a breath as well."""


class Underway:
    """A ``Progress`` for who does the work; the window looks at it now and then, and may cancel it."""

    def __init__(self) -> None:
        self._canceled = Event()
        self._step = self._calls = 0
        self.is_broken = False
        """Whether the work ended by a mistake of ours, so that nobody need wait for its outcome."""

    def __call__(self, done: int, whole: int) -> None:
        """Take how far it is. Raises CanceledError when a person had enough."""
        if self._canceled.is_set():
            raise CanceledError
        step = min(STEPS, max(0, done) * STEPS // whole) if whole > 0 else 0
        self._calls += 1
        if step != self._step or self._calls % _CALLS == 0:
            self._step = step
            self._canceled.wait(_BREATH_S)

    @property
    def step(self) -> int:
        """How far it is, of :data:`STEPS`."""
        return self._step

    @property
    def is_canceled(self) -> bool:
        return self._canceled.is_set()

    def cancel(self) -> None:
        """Have the work stop at the next step it tells."""
        self._canceled.set()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Do the work in here: what breaks it off unforeseen is noticed, and goes on to be reported."""
        try:
            yield
        except (CanceledError, ChainTimerError):
            raise
        except BaseException:
            self.is_broken = True
            raise
