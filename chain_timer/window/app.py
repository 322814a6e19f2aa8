"""The window face from its first moment to its exit code."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from chain_timer.window.bridge import Bridge
from chain_timer.window.frame import Frame
from chain_timer.window.look import Look
from chain_timer.window.parts import WindowParts

if TYPE_CHECKING:
    from chain_timer.window.interrupts import Interrupts

_SIGNALED = 128
"""Ended by a signal: this and its number, as shells count."""


def run(parts: WindowParts) -> int:
    """Open the window and give the exit code when it is closed."""
    application = ready_application()
    settings = parts.store.settings
    look = Look(application, settings.theme, settings.motion)
    frame = Frame()
    bridge = Bridge(frame, look, parts)
    interrupts: list[Interrupts] = []

    def begin() -> None:
        from chain_timer.window.interrupts import Interrupts  # noqa: PLC0415 - sockets can wait for the paint

        interrupts.append(Interrupts(application.quit, application))
        bridge.begin()

    after_first_paint(frame, begin)
    frame.show()
    code = application.exec()
    bridge.close()
    for each in interrupts:
        each.close()
    numbers = [each.number for each in interrupts if each.number]
    return _SIGNALED + numbers[0] if numbers else code


def ready_application() -> QApplication:
    """Give the application object, made once."""
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("chain-timer")
    application.setApplicationDisplayName("Chain Timer")
    application.setDesktopFileName("chain-timer")
    return application


class _FirstPaint(QObject):
    """Waits for the first paint of a window, then is done."""

    def __init__(self, window: QObject, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched is self._window:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def after_first_paint(window: QObject, then: Callable[[], None]) -> None:
    """Call back when a person already sees something."""
    _FirstPaint(window, then)
