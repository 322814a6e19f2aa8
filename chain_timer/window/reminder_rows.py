"""The rows about reminders on the settings page: days and times, quiet hours, and what the desktop allows."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import DARK, Theme
from chain_timer.system.autostart import Autostart
from chain_timer.system.reminders import (
    MOST_REMINDERS,
    Hours,
    Reminder,
    hours_text,
    lost_in_quiet,
    read_hours,
    read_reminders,
    read_time,
    reminders_text,
    time_text,
)
from chain_timer.system.settings import Setting, Switch
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.setting_rows import SettingRow, SwitchRow, Value
from chain_timer.window.toggle import Toggle

_TIME_WIDTH = 84
_STEP = timedelta(minutes=15)
_ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - to step through its times
_DAY_GAP = 6
_NARROW = 520
_LEAST = 200
_WEEKDAYS = frozenset(range(5))
_FIRST = Reminder(_WEEKDAYS, time(18))
_USUAL_QUIET = Hours(time(22), time(7))


def day_names() -> tuple[str, ...]:
    """Give the days of the week in full, Monday first."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return tuple(QCoreApplication.translate("reminders", name) for name in names)


class TimeField(QLineEdit):
    """A time of day: typed, or stepped by a quarter of an hour with the arrow keys."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = time()
        self.setFixedWidth(_TIME_WIDTH)
        self.setMaxLength(8)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(name)
        self.editingFinished.connect(self._type)

    @property
    def at(self) -> time:
        return self._at

    def show_time(self, at: time) -> None:
        self._at = at
        with QSignalBlocker(self):
            self.setText(time_text(at))
        self._mark("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self._take((datetime.combine(_ANY_DAY, self._at) + steps * _STEP).time())

    def _type(self) -> None:
        try:
            self._take(read_time(self.text()))
        except ValueError as error:
            self._mark(str(error))

    def _take(self, at: time) -> None:
        before = self._at
        self.show_time(at)
        if at != before:
            self.changed.emit(at)

    def _mark(self, reason: str) -> None:
        if bool(self.property("wrong")) != bool(reason):
            self.setProperty("wrong", bool(reason))
            self.style().polish(self)
        self.setAccessibleDescription(reason)
        self.refused.emit(reason)


class DayPicker(QWidget):
    """The days of the week side by side, each switched on and off."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_DAY_GAP)
        self.buttons = [self._button(name, day) for day in day_names()]
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)

    @property
    def days(self) -> frozenset[int]:
        return frozenset(day for day, button in enumerate(self.buttons) if button.isChecked())

    def show_days(self, days: frozenset[int]) -> None:
        for day, button in enumerate(self.buttons):
            button.setChecked(day in days)

    def _button(self, name: str, day: str) -> QPushButton:
        button = QPushButton(day[:2], self)
        button.setObjectName("chip")
        button.setCheckable(True)
        button.setAccessibleName(f"{name}: {day}")
        button.setToolTip(day)
        button.toggled.connect(lambda on: self._dress(button, on=on))
        button.clicked.connect(lambda _checked: self.changed.emit())
        self._dress(button, on=False)
        return button

    def _dress(self, button: QPushButton, *, on: bool) -> None:
        button.setProperty("state", int(on))  # as the chips of other pages are painted
        button.style().polish(button)


class ReminderLine(QWidget):
    """One reminder: its days, its time, and a button to remove it."""

    changed = Signal()
    remove_requested = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("Reminder {number}").format(number=number)
        self.days = DayPicker(name, self)
        self.time = TimeField(self.tr("{name}: time").format(name=name), self)
        self.remove = IconButton("bin", self.tr("Remove {name}").format(name=name), self)
        self.note = PlainLabel(tone="quiet").wrapping()
        end = QHBoxLayout()
        end.setSpacing(8)
        end.addWidget(self.time)
        end.addWidget(self.remove)
        end.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(8)
        self._across.addWidget(self.days, 1)
        self._across.addLayout(end)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(self._across)
        rows.addWidget(self.note)
        self.note.hide()
        self.setMinimumWidth(_LEAST)  # its parts can stand below each other
        self._wrong = ""
        self._lost = False
        self.days.changed.connect(self.changed)
        self.time.changed.connect(self.changed)
        self.time.refused.connect(self._refuse)
        self.remove.clicked.connect(self.remove_requested)

    @property
    def reminder(self) -> Reminder:
        return Reminder(self.days.days, self.time.at)

    def show_reminder(self, reminder: Reminder, quiet: Hours | None) -> None:
        self.days.show_days(reminder.days)
        self.time.show_time(reminder.at)
        self._lost = lost_in_quiet(reminder.at, quiet)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(down if self.width() < _NARROW else across)

    def _refuse(self, reason: str) -> None:
        self._wrong = reason
        self._tell()

    def _tell(self) -> None:
        lost = self.tr("This lies in the quiet hours, so it never comes.") if self._lost else ""
        never = "" if self.days.days else self.tr("Without a day it never comes.")
        wrong = f"{self._wrong[0].upper()}{self._wrong[1:]}." if self._wrong else ""
        self.note.setText(wrong or never or lost)
        self.note.setVisible(bool(self.note.text()))


class RemindersRow(SettingRow):
    """All reminders of a week, one below the other."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._quiet: Hours | None = None
        self._shown: str | None = None
        self._theme = DARK
        self.lines: list[ReminderLine] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.add = QPushButton(self.tr("Add a reminder"), self)
        self.add.clicked.connect(self._add)
        self.next = PlainLabel(tone="quiet").wrapping()
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.add)
        foot.addWidget(self.next, 1)
        self.label.setVisible(False)
        self.setAccessibleName(self.name)
        self.box.removeItem(self.field)
        self.box.setDirection(QBoxLayout.Direction.TopToBottom)
        self.box.setSpacing(12)
        self.box.addLayout(self._rows)
        self.box.addLayout(foot)

    def show_value(self, value: Value) -> None:
        # What a person is changing right now stands there already, and keeps the keys.
        if value != self._shown:
            self._shown = str(value)
            self._show(read_reminders(self._shown))

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        for line in self.lines:
            line.remove.show_theme(theme)

    def show_quiet(self, quiet: Hours | None) -> None:
        self._quiet = quiet
        for line in self.lines:
            line.show_reminder(line.reminder, quiet)

    def show_next(self, text: str) -> None:
        self.next.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        QWidget.resizeEvent(self, event)

    def _show(self, reminders: Sequence[Reminder]) -> None:
        while len(self.lines) > len(reminders):
            gone = self.lines.pop()
            self._rows.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.lines) < len(reminders):
            self._append()
        for line, reminder in zip(self.lines, reminders, strict=True):
            line.show_reminder(reminder, self._quiet)
        self.add.setEnabled(len(self.lines) < MOST_REMINDERS)

    def _append(self) -> None:
        line = ReminderLine(len(self.lines) + 1, self)
        line.changed.connect(self._ask)
        line.remove_requested.connect(lambda: self._remove(line))
        line.remove.show_theme(self._theme)
        self.lines.append(line)
        self._rows.addWidget(line)
        line.show()

    def _add(self) -> None:
        reminders = [line.reminder for line in self.lines]
        self._show([*reminders, reminders[-1] if reminders else _FIRST])
        self._ask()
        self.lines[-1].time.setFocus()
        self.lines[-1].time.selectAll()

    def _remove(self, line: ReminderLine) -> None:
        place = self.lines.index(line)
        self._show([each.reminder for each in self.lines if each is not line])
        self._ask()
        # Whoever goes by keys stays where the line was.
        (self.lines[min(place, len(self.lines) - 1)].remove if self.lines else self.add).setFocus()

    def _ask(self) -> None:
        for line in self.lines:
            line.show_reminder(line.reminder, self._quiet)
        self._shown = reminders_text([line.reminder for line in self.lines])
        self.changed.emit(self._shown)


class HoursRow(SettingRow):
    """Hours of a day, which can be switched off."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._hours = _USUAL_QUIET
        """What was set last, for when it is switched on again."""
        self.start = TimeField(self.tr("{name}: from").format(name=self.name), self)
        self.end = TimeField(self.tr("{name}: to").format(name=self.name), self)
        self.toggle = Toggle(self.name, self)
        self.field.addWidget(self.start)
        self.field.addWidget(PlainLabel(self.tr("to"), self))
        self.field.addWidget(self.end)
        self.field.addStretch(1)
        self.field.addWidget(self.toggle)
        self.toggle.clicked.connect(self._ask)
        self.start.changed.connect(self._ask)
        self.end.changed.connect(self._ask)

    def show_value(self, value: Value) -> None:
        hours = read_hours(str(value))
        self._hours = hours or self._hours
        self.toggle.setChecked(hours is not None)
        for field, at in ((self.start, self._hours.start), (self.end, self._hours.end)):
            field.show_time(at)
            field.setEnabled(hours is not None)

    def _ask(self) -> None:
        wanted = Hours(self.start.at, self.end.at)
        if wanted.start == wanted.end:  # neither no hours nor a whole day: as it was
            self.show_value(hours_text(self._hours))
        else:
            self.changed.emit(hours_text(wanted) if self.toggle.isChecked() else "")


class DesktopRows(QWidget):
    """What the desktop allows: the tray in words, starting with it, and one reminder to try."""

    autostart_requested = Signal(bool)
    test_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tray_note = PlainLabel(tone="quiet").wrapping()
        shown_as = Setting("autostart", "reminders", "Start with the desktop, in the tray", Switch(), False)  # noqa: FBT003
        self.autostart = SwitchRow(shown_as, self)
        self.autostart_note = PlainLabel(tone="quiet").wrapping()
        self.test = QPushButton(self.tr("Show one now"), self)
        self.trouble = PlainLabel().wrapping()
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.test)
        foot.addWidget(self.trouble, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for widget in (self.tray_note, self.autostart, self.autostart_note):
            rows.addWidget(widget)
        rows.addLayout(foot)
        self.show_autostart(None)
        self.autostart.changed.connect(lambda on: self.autostart_requested.emit(bool(on)))
        self.test.clicked.connect(self.test_requested)

    def show_tray(self, *, is_there: bool, is_on: bool) -> None:
        """Say what becomes of reminders when the window is closed."""
        if not is_there:
            text = self.tr("This desktop has no tray, so reminders come only while the window is open.")
        elif is_on:
            text = self.tr("Closing the window leaves Chain Timer in the tray; quit it from there.")
        else:
            text = self.tr("Without this, reminders come only while the window is open.")
        self.tray_note.setText(text)

    def show_autostart(self, state: Autostart | None, problem: str = "") -> None:
        """Show what the disk says; None where there is no such thing."""
        foreign = self.tr("There is an entry of this name that Chain Timer did not write; it stays as it is.")
        note = problem or (foreign if state is Autostart.FOREIGN else "")
        self.autostart.setVisible(state is not None)
        self.autostart.setEnabled(state is not Autostart.FOREIGN)
        self.autostart.show_value(state is Autostart.ON)
        self.autostart_note.setText(note)
        self.autostart_note.setVisible(bool(note) and state is not None)

    def show_trouble(self, text: str) -> None:
        """Say why notifications cannot be shown; empty when they can."""
        self.trouble.setText(text)
