"""What plays only while somebody can see it."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget


class SeenWidget(QWidget):
    """Calls :meth:`follow` whenever it may have come to be seen, or to be seen no more."""

    def follow(self) -> None:
        """Play if that is wanted and anybody can see it, else rest."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on when the window comes to be seen again."""
        if event.type() == QEvent.Type.Expose:
            # The window itself takes note of it first.
            QTimer.singleShot(0, self, self.follow)
        return super().eventFilter(watched, event)
