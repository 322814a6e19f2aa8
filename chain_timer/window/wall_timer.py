"""Waiting for a moment of the clock on the wall, without looking at it meanwhile."""

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal

from chain_timer.system.wall_alarm import WallAlarm
from chain_timer.units import HOUR_MS

LONGEST_WAIT_MS = HOUR_MS
"""After this it is time to look anyway: the time zone may be another, and not every system tells of sleep."""


class WallTimer(QObject):
    """Aimed at one moment. :attr:`due` says that it is there, or that it is time to look and aim again."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # Qt's usual ones are a twentieth off
        self._timer.timeout.connect(self.due)
        self._alarm: WallAlarm | None = None
        self._notifier: QSocketNotifier | None = None
        self._tried = False

    @property
    def waits_ms(self) -> int | None:
        """How long it waits at most; None while it waits for nothing."""
        return self._timer.interval() if self._timer.isActive() else None

    def aim(self, at_ms: int | None, now_ms: int) -> None:
        """Wait for a moment, in milliseconds since 1970; None for nothing at all."""
        if at_ms is None:
            self.stop()
            return
        self._timer.start(min(max(1, at_ms - now_ms), LONGEST_WAIT_MS))
        if not self._tried:
            self._tried = True
            self._open_alarm()
        if self._alarm is not None and self._notifier is not None:
            try:
                self._alarm.set(at_ms)
                self._notifier.setEnabled(True)
            except OSError:
                self._close_alarm()

    def stop(self) -> None:
        """Wait for nothing, and give back what was waited with."""
        self._timer.stop()
        self._close_alarm()
        self._tried = False

    def _open_alarm(self) -> None:
        try:
            self._alarm = WallAlarm()
        except (OSError, AttributeError):  # another system, or a library without it
            return
        self._notifier = QSocketNotifier(self._alarm.descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._ring)

    def _close_alarm(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._alarm is not None:
            self._alarm.close()
            self._alarm = None

    def _ring(self) -> None:
        if self._alarm is not None:
            self._alarm.take()
            self.due.emit()
