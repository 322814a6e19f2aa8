"""Notices that a person's own files may have changed, without looking at them time and again."""

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

_QUIET_MS = 400
"""Programs that bring many files do so in bursts: told when there was nothing new for so long ..."""
_LATEST_MS = 3_000
"""... or so long after the first news, in a burst without an end."""


class LibraryWatch(QObject):
    """Hears at once of files that come, go or are replaced; asks for a look when a person comes back.

    The system itself tells; nothing runs in between.
    """

    changed = Signal()

    def __init__(self, folders: Iterable[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = tuple(folders)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._tell)
        self._latest = QTimer(self, singleShot=True, interval=_LATEST_MS)
        self._latest.timeout.connect(self._tell)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._hear)
        self._watch()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._hear_state)

    @property
    def watched(self) -> tuple[str, ...]:
        """The folders that are watched: those asked for, or the nearest ones around them that exist."""
        return tuple(sorted(self._watcher.directories()))

    def close(self) -> None:
        """Hear no more."""
        self._quiet.stop()
        self._latest.stop()
        self._watcher.directoryChanged.disconnect(self._hear)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.disconnect(self._hear_state)

    def _hear(self, folder: str) -> None:
        before = self.watched
        self._watch()
        # In a folder around ours something happens all the time; it matters when ours have come or gone.
        if self.watched != before or Path(folder) in self._folders:
            self._wait()

    def _hear_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._watch()
            self._wait()

    def _wait(self) -> None:
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()

    def _tell(self) -> None:
        self._quiet.stop()
        self._latest.stop()
        self.changed.emit()

    def _watch(self) -> None:
        """Watch what exists now: a folder that was removed is no longer told of, a new one not yet."""
        wanted = {str(found) for found in map(_nearest, self._folders) if found is not None}
        known = set(self._watcher.directories())
        if gone := known - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - known:
            self._watcher.addPaths(sorted(new))


def _nearest(folder: Path) -> Path | None:
    return next((place for place in (folder, *folder.parents) if os.path.isdir(place)), None)  # noqa: PTH112 - never raises
