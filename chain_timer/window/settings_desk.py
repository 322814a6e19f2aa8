"""The settings, shown when they are asked for, and heard wherever they are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from chain_timer.problems import ChainTimerError

if TYPE_CHECKING:
    from chain_timer.system.settings import Settings
    from chain_timer.window.background import Background
    from chain_timer.window.frame import Frame
    from chain_timer.window.look import Look
    from chain_timer.window.parts import WindowParts
    from chain_timer.window.reminder_bridge import ReminderBridge
    from chain_timer.window.settings_bridge import SettingsBridge

# ruff: noqa: PLC0415 - the page is imported when it is first shown


class SettingsDesk(QObject):
    """Lives as long as the window."""

    changed = Signal(object, object)
    """The settings, and the keys of those that are others now."""
    restored = Signal()
    """A backup brought back routines, exercises or sessions."""
    welcome_requested = Signal()

    def __init__(self, frame: Frame, look: Look, parts: WindowParts, background: Background) -> None:
        super().__init__(frame)
        self._frame = frame
        self._look = look
        self._parts = parts
        self._background = background
        self._bridge: SettingsBridge | None = None
        self.reminders: ReminderBridge | None = None
        """What reminds a person, where anything does; set before the settings are shown."""
        self._forget = parts.store.on_change(self._hear)

    def show(self) -> None:
        """Show the page."""
        if self._bridge is None:
            from chain_timer.window.settings_bridge import SettingsBridge

            self._bridge = made = SettingsBridge(self._frame, self._parts, self._background, self.reminders)
            made.restored.connect(self.restored)
            made.page.help.welcome.setVisible(self._parts.welcome is not None)
            made.page.help.welcome_requested.connect(self.welcome_requested)
            if self._parts.report is None:
                made.page.help.show_without_report()
            made.page.help.report_requested.connect(self._copy_report)
            self._look.dress(made.page)
        self._bridge.show(self._parts.store.settings)
        self._frame.show_page(self._bridge.page, "settings")

    def close(self) -> None:
        """The window goes: hear no more, and end what is under way."""
        if self._bridge is not None:
            self._bridge.close()
        self._forget()

    def _copy_report(self) -> None:
        """Have a report made, and put it where a person can paste it from."""
        report, bridge = self._parts.report, self._bridge
        if report is None or bridge is None:
            return
        panel = bridge.page.help
        panel.show_working()

        def made() -> tuple[str, str]:
            try:
                return report(), ""
            except (ChainTimerError, OSError, RuntimeError, ValueError) as error:
                return "", str(error)

        def take(outcome: tuple[str, str]) -> None:
            text, problem = outcome
            if problem:
                panel.show_failed(problem)
            else:
                QGuiApplication.clipboard().setText(text)
                panel.show_copied()

        # Not waited for when the window goes: looking takes seconds, and nobody would paste it.
        self._background.run(made, take)

    def _hear(self, settings: Settings, changed: frozenset[str]) -> None:
        self._look.follow(settings, changed)
        if self._bridge is not None:
            self._bridge.show(settings)
        self.changed.emit(settings, changed)
