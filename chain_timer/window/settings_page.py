"""The settings: a row for each that is declared, asked for and told by its key."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from chain_timer.drawing.theme import LARGE, LEAD
from chain_timer.speech.voices import Voice
from chain_timer.system.reminders import read_hours
from chain_timer.system.settings import DayHours, Setting, WeeklyTimes
from chain_timer.window.basics import PlainLabel
from chain_timer.window.help_panel import HelpPanel
from chain_timer.window.reminder_rows import DesktopRows, HoursRow, RemindersRow
from chain_timer.window.setting_rows import SettingRow, Value, VoiceRow, row_of

_WIDEST = 760
_NARROW = 620
_HIDDEN = frozenset({"language"})
"""Declared, and without a choice yet: all that is said and shown is English."""


class SettingsPage(QWidget):
    """Told values and voices; asks for changes, and to hear them."""

    change_requested = Signal(str, object)
    voice_try_requested = Signal()
    tone_try_requested = Signal()

    def __init__(self, settings: Sequence[Setting], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.rows: dict[str, SettingRow] = {}
        self.desktop = DesktopRows(self)
        body = QWidget()
        body.setObjectName("body")
        self._body = QVBoxLayout(body)
        self._body.setSpacing(18)
        self._body.addWidget(PlainLabel(self.tr("Settings")).in_size(LARGE, QFont.Weight.Bold))
        shown = [setting for setting in settings if setting.key not in _HIDDEN]
        for section in dict.fromkeys(setting.section for setting in shown):
            self._body.addWidget(self._panel(section, [s for s in shown if s.section == section]))
        self.help = HelpPanel(self)
        self._body.addWidget(self.help)
        self._body.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def show_values(self, values: Mapping[str, Value]) -> None:
        for key, row in self.rows.items():
            if key in values:
                row.show_value(values[key])
        reminders = self.rows.get("reminders")
        if isinstance(reminders, RemindersRow) and "quiet" in values:
            reminders.show_quiet(read_hours(str(values["quiet"])))

    def add_section(self, section: QWidget) -> None:
        """Put a section of its own below those of the settings."""
        self._body.insertWidget(self._body.indexOf(self.help), section)

    def show_next_reminder(self, text: str) -> None:
        row = self.rows.get("reminders")
        if isinstance(row, RemindersRow):
            row.show_next(text)

    def show_voices(self, groups: Sequence[tuple[str, Sequence[Voice]]]) -> None:
        row = self.rows.get("voice")
        if isinstance(row, VoiceRow):
            row.show_voices(groups)

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = 16 if self.width() < _NARROW else 32
        right = max(side, self.width() - side - _WIDEST)
        self._body.setContentsMargins(side, 28 if self.height() > 460 else 12, right, 24)  # noqa: PLR2004
        super().resizeEvent(event)

    def _panel(self, section: str, settings: Sequence[Setting]) -> QFrame:
        panel = QFrame(self)
        panel.setObjectName("panel")
        rows = QVBoxLayout(panel)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(14)
        rows.addWidget(PlainLabel(self._title(section)).in_size(LEAD, QFont.Weight.DemiBold))
        for setting in settings:
            row = self._row(setting)
            row.changed.connect(lambda value, key=setting.key: self.change_requested.emit(key, value))
            row.tried.connect(self.voice_try_requested if setting.key == "voice" else self.tone_try_requested)
            self.rows[setting.key] = row
            rows.addWidget(row)
        if section == "reminders":
            rows.addWidget(self.desktop)
        return panel

    def _row(self, setting: Setting) -> SettingRow:
        if isinstance(setting.rule, WeeklyTimes):
            return RemindersRow(setting, self)
        return HoursRow(setting, self) if isinstance(setting.rule, DayHours) else row_of(setting, self)

    def _title(self, section: str) -> str:
        titles = {
            "voice": self.tr("Voice"),
            "sound": self.tr("Sound"),
            "session": self.tr("Session"),
            "look": self.tr("Look"),
            "reminders": self.tr("Reminders"),
        }
        return titles.get(section, section.capitalize())
