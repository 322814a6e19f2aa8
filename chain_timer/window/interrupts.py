"""Ctrl-C and the system's request to end, noticed although Qt's event loop is not Python's."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier


class Interrupts(QObject):
    """Calls back in the event loop; no timer runs for that. :meth:`close` puts back what was before."""

    def __init__(self, then: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.number = 0
        """The signal that came; zero while none did."""
        self._then = then
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._answer)
        self._before_fd = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)
        }

    def close(self) -> None:
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_fd)
        self._read.close()
        self._write.close()

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.number = number

    def _answer(self) -> None:
        self._read.recv(64)
        if self.number:
            self._then()
