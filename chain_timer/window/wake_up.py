"""Has Python look up when a signal comes: Qt's event loop waits without it, and Python's handlers with it."""

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier


class WakeUp(QObject):
    """Wakes the event loop for each signal, without a timer; :meth:`close` puts back what was before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._look)
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        self._read.close()
        self._write.close()

    def _look(self) -> None:
        # Before this line ran, Python has called the handlers that waited.
        self._read.recv(64)
