"""Work for the disk, done aside and one after the other: what was asked last is written last."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from chain_timer.problems import ChainTimerError

_log = logging.getLogger(__name__)
T = TypeVar("T")


def _nothing(_outcome: object) -> None:
    """Do nothing with it."""


def _note_mistake(done: Future[None]) -> None:
    """Have it in the log when a piece of work failed as none should."""
    if not done.cancelled() and (mistake := done.exception()) is not None:
        _log.error("unforeseen while keeping", exc_info=mistake)


def _logged(error: ChainTimerError) -> None:
    _log.warning("not kept: %s", error)


class InOrder(QObject):
    """One thread, made for the first piece of work. What fails is handed over as what succeeds is."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: ThreadPoolExecutor | None = None
        self._closed = False
        self._done.connect(self._deliver)

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] = _nothing,
        failed: Callable[[ChainTimerError], None] = _logged,
    ) -> None:
        """Do the work after all that was asked for before, and tell how it went in the window's thread."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "keeping")

        def perform() -> None:
            try:
                outcome = work()
            except ChainTimerError as error:
                told = error
                self._done.emit(lambda: failed(told))
            else:
                self._done.emit(lambda: then(outcome))

        self._thread.submit(perform).add_done_callback(_note_mistake)

    def close(self) -> None:
        """Wait until all is written that was asked for; nothing is told any more."""
        self._closed = True
        if self._thread is not None:
            self._thread.shutdown(wait=True)
            self._thread = None

    def _deliver(self, outcome: Callable[[], None]) -> None:
        if not self._closed:
            outcome()
