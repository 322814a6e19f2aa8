"""The window face from its first moment to its exit code."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from chain_timer.window.background import Background
from chain_timer.window.bridge import Bridge
from chain_timer.window.first_paint import after_first_paint
from chain_timer.window.frame import Frame
from chain_timer.window.interrupts import Interrupts
from chain_timer.window.look import Look
from chain_timer.window.parts import WindowParts

if TYPE_CHECKING:
    from chain_timer.system.settings_store import SettingsStore
    from chain_timer.window.reminder_bridge import Reminding
    from chain_timer.window.reminder_desk import ReminderDesk
    from chain_timer.window.wake_up import WakeUp

_SIGNALED = 128
"""Ended by a signal: this and its number, as shells count."""


def run(
    parts: WindowParts, reminding: Callable[[], "Reminding"] | None = None, *, hidden: bool = False
) -> int:
    """Open the window, or with ``hidden`` the tray alone, and give the exit code when the program ends.

    ``reminding`` gives what reminders are put together from; without it there are none, and no tray. It is
    called in a thread.
    """
    application = ready_application()
    settings = parts.store.settings
    look = Look(application, settings.theme, settings.motion)
    frame = Frame()
    bridge = Bridge(frame, look, parts)
    hidden = hidden and reminding is not None
    interrupts = Interrupts(_quit_soon)
    company = _Company(frame, bridge, parts.store, reminding, hidden=hidden)

    def begin() -> None:
        company.begin()
        bridge.begin()
        company.take_window()
        if sys.platform == "darwin":
            _take_files(application, frame)

    if parts.is_first:
        frame.show_nothing()
    after_first_paint(frame, begin)
    if hidden:
        application.setQuitOnLastWindowClosed(False)
        QTimer.singleShot(0, company.begin)
    else:
        frame.show()
    code = application.exec()
    company.close()
    interrupts.close()
    bridge.close()
    return _SIGNALED + interrupts.number if interrupts.number else code


class _Company(QObject):
    """What stands beside the window: signals of the system, reminders, the tray, its icon."""

    def __init__(
        self,
        frame: Frame,
        bridge: Bridge,
        store: "SettingsStore",
        reminding: Callable[[], "Reminding"] | None,
        *,
        hidden: bool,
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._bridge = bridge
        self._store = store
        self._reminding = reminding
        self._hidden = hidden
        self._background = Background(self)
        self._wake_up: WakeUp | None = None
        self._desk: ReminderDesk | None = None

    def begin(self) -> None:
        """Listen to the system, and have made what reminds; a second time does nothing."""
        if self._wake_up is not None:
            return
        from chain_timer.window.wake_up import WakeUp  # noqa: PLC0415 - sockets can wait for the paint

        self._wake_up = WakeUp(self)
        _show_mark()
        reminding = self._reminding
        if reminding is not None:
            self._background.run(lambda: _loaded(reminding), self._attend)

    def take_window(self) -> None:
        """The window was seen for the first time, and has its library."""
        if self._desk is not None:
            self._desk.take_begin()

    def close(self) -> None:
        """Give back what is held."""
        self._background.close()
        if self._desk is not None:
            self._desk.close()
        if self._wake_up is not None:
            self._wake_up.close()

    def _attend(self, reminding: "Reminding") -> None:
        from chain_timer.window.reminder_desk import ReminderDesk  # noqa: PLC0415 - loaded aside by now

        self._desk = ReminderDesk(self._frame, self._bridge, self._store, reminding, hidden=self._hidden)
        self._bridge.settings.reminders = self._desk.reminders


def _loaded(reminding: Callable[[], "Reminding"]) -> "Reminding":
    """Load what reminds: 20 ms, which the window's own thread has better uses for."""
    import chain_timer.window.reminder_desk  # noqa: F401, PLC0415 - to have it loaded

    return reminding()


def _quit_soon() -> None:
    """Leave the event loop in a turn of its own, or as soon as there is one.

    A signal may come amid a paint, and quitting takes the window away at once.
    """
    application = QApplication.instance()
    if application is not None:
        QMetaObject.invokeMethod(application, "quit", Qt.ConnectionType.QueuedConnection)


def ready_application() -> QApplication:
    """Give the application object, made once."""
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else _made_application()
    application.setApplicationName("chain-timer")
    application.setApplicationDisplayName("Chain Timer")
    # A Flatpak's entry in the menu is called as the Flatpak is: by that a desktop knows whose window it is.
    application.setDesktopFileName(os.environ.get("FLATPAK_ID") or "chain-timer")
    return application


def _made_application() -> QApplication:
    if sys.platform == "darwin":
        from chain_timer.window.file_opening import OpeningApplication  # noqa: PLC0415 - for macOS alone

        return OpeningApplication(sys.argv[:1])
    return QApplication(sys.argv[:1])


def _take_files(application: QApplication, frame: Frame) -> None:
    from chain_timer.window.file_opening import FileOpening, OpeningApplication  # noqa: PLC0415 - as above

    if isinstance(application, OpeningApplication):
        FileOpening(application, frame)


def _show_mark() -> None:
    """Let the desktop know the program by its mark."""
    from chain_timer.drawing.mark import SIZES, mark_file  # noqa: PLC0415 - after the first paint

    icon = QIcon()
    for size in SIZES:
        icon.addFile(mark_file(size), QSize(size, size))
    QApplication.setWindowIcon(icon)
