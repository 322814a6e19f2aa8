"""Between the settings, the page that shows them, and what is tried out there."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.speech.voices import grouped
from chain_timer.system.desktop_file import DesktopFileError
from chain_timer.system.settings import SETTINGS
from chain_timer.timeline.segment import Tone
from chain_timer.window.settings_page import SettingsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chain_timer.exchange.restoring import Desk, Report
    from chain_timer.system.autostart import Autostart
    from chain_timer.system.settings import Settings
    from chain_timer.window.background import Background
    from chain_timer.window.backup_bridge import BackupBridge
    from chain_timer.window.parts import WindowParts
    from chain_timer.window.reminder_bridge import ReminderBridge


class SettingsBridge(QObject):
    """Made when the settings are first shown."""

    restored = Signal()
    """A backup brought back routines, exercises or sessions."""

    def __init__(
        self,
        parent: QWidget,
        parts: WindowParts,
        background: Background,
        reminders: ReminderBridge | None = None,
    ) -> None:
        super().__init__(parent)
        self.page = page = SettingsPage(SETTINGS, parent)
        page.change_requested.connect(lambda key, value: parts.store.change(**{key: value}))
        page.voice_try_requested.connect(
            lambda: parts.try_voice(self.tr("Reach tall, breathe out, and hold."))
        )
        page.tone_try_requested.connect(lambda: parts.try_tone(Tone.START))
        background.run(lambda: grouped(parts.voices()), page.show_voices)
        self._reminding = ReminderSettings(self, page, background, reminders)
        self.backup = None if parts.backups is None else self._keeping_safe(parts.backups())
        """What makes backups and brings them back; None where nothing can be kept."""
        self._store = parts.store

    def close(self) -> None:
        """The window goes: a backup that is under way is canceled, and waited for."""
        if self.backup is not None:
            self.backup.close()

    def _keeping_safe(self, desk: Desk) -> BackupBridge:
        from chain_timer.window.backup_bridge import BackupBridge  # noqa: PLC0415 - only where it can be used
        from chain_timer.window.backup_panel import BackupPanel  # noqa: PLC0415 - as above

        panel = BackupPanel(self.page)
        self.page.add_section(panel)
        made = BackupBridge(panel, desk, self)
        made.restored.connect(self._take_restored)
        return made

    def _take_restored(self, report: Report) -> None:
        """Let what was restored count at once; this program would else write its own again."""
        self._store.reread()
        if report.takes_settings:
            self._store.change(**{each.key: each.there for each in report.settings})
        self.restored.emit()

    def show(self, settings: Settings) -> None:
        """Show the settings as they are."""
        self.page.show_values(asdict(settings))
        self._reminding.show(tray=settings.tray)


class ReminderSettings(QObject):
    """What the page shows of reminders that no setting says: what comes next, and what the desktop allows."""

    def __init__(
        self,
        parent: QObject,
        page: SettingsPage,
        background: Background,
        reminders: ReminderBridge | None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._background = background
        self._reminders = reminders
        page.desktop.setVisible(reminders is not None)
        if reminders is not None:
            page.desktop.test_requested.connect(reminders.tell)
            page.desktop.autostart_requested.connect(self._switch)
            reminders.changed.connect(self._show_coming)

    def show(self, *, tray: bool) -> None:
        """Show it as it is; whether the program starts with the desktop is read from the disk each time."""
        from chain_timer.window.tray import Tray  # noqa: PLC0415 - this page alone asks so early

        self._page.desktop.show_tray(is_there=Tray.is_there(), is_on=tray)
        self._show_coming()
        entry = self._reminders.autostart if self._reminders is not None else None
        if entry is not None:
            self._background.run(entry.state, self._page.desktop.show_autostart)

    def _show_coming(self) -> None:
        if self._reminders is not None:
            self._page.show_next_reminder(self._reminders.next_text())
            self._page.desktop.show_trouble(self._reminders.trouble)

    def _switch(self, on: bool) -> None:  # noqa: FBT001 - a signal's
        entry = self._reminders.autostart if self._reminders is not None else None
        if entry is None:
            return

        def switched() -> tuple[Autostart, str]:
            try:
                entry.switch(on=on)
            except DesktopFileError as error:
                return entry.state(), str(error)
            return entry.state(), ""

        # Until it is done: what is written last should be what was asked last.
        self._page.desktop.autostart.setEnabled(False)
        self._background.run(switched, lambda done: self._page.desktop.show_autostart(*done))
