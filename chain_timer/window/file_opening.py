"""Files that the desktop hands to a program that runs: macOS sends them so, from a double click or the Dock.

They may come before the window is there, or amid a session. Then they wait.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from chain_timer.window.frame import Frame

_MOST = 1_000
"""Files that wait; a selection of more is a mistake."""


class OpeningApplication(QApplication):
    """Takes the files. Not by an event filter: that would see every event of the program."""

    file_came = Signal()

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._waiting: list[Path] = []

    def event(self, event: QEvent) -> bool:
        """Take what is sent to the program as a whole."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.take_file(event.file())
            return True
        return super().event(event)

    def take_file(self, name: str) -> None:
        """Keep a file until somebody takes it; a second time it is the same wish."""
        path = Path(name)
        if name and path not in self._waiting and len(self._waiting) < _MOST:
            self._waiting.append(path)
            self.file_came.emit()

    @property
    def has_files(self) -> bool:
        return bool(self._waiting)

    def give_files(self) -> list[Path]:
        """Give all files that wait, which they do no more."""
        files, self._waiting = self._waiting, []
        return files


class FileOpening(QObject):
    """Shows the files in the window, as if they had been dropped there, when nothing else goes on in it."""

    def __init__(self, application: OpeningApplication, frame: Frame) -> None:
        super().__init__(frame)
        self._application = application
        self._frame = frame
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._show)
        application.file_came.connect(self._show_soon)
        frame.stack.currentChanged.connect(self._show_soon)
        self._show_soon()

    def _show_soon(self) -> None:
        # Of a selection of files each comes by itself, one right after the other; and a page that is left for
        # another may still be about to close.
        if self._application.has_files:
            self._timer.start()

    def _show(self) -> None:
        frame = self._frame
        # Amid a session, or in the editor, nothing should come in between; no navigation shows there.
        if frame.navigation.isHidden():
            return
        files = self._application.give_files()
        if files:
            frame.show()
            frame.raise_()
            frame.activateWindow()
            frame.files_dropped.emit(files)
