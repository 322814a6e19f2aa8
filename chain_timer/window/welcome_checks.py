"""What can be wrong when nothing is heard: each thing that was looked at, and the two volumes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.theme import BODY, DARK, Theme
from chain_timer.system.settings import SETTINGS, Range, Settings
from chain_timer.window.basics import PlainLabel
from chain_timer.window.setting_rows import RangeRow
from chain_timer.window.welcome_parts import Trouble

_VOLUMES = ("voice_volume", "tone_volume")
_MARK = 22
_LEAST_LABEL = 110


class Mark(StrEnum):
    """How it stands with a thing, by the icon that says so."""

    FINE = "check"
    WRONG = "close"
    OUTSIDE = "sound"
    """Nothing that a program can know."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    mark: Mark
    text: str
    """For a person: that it is well, or what happened and what to do."""

    @property
    def fine(self) -> bool:
        return self.mark is Mark.FINE

    @property
    def wrong(self) -> bool:
        return self.mark is Mark.WRONG


class Checks(QWidget):
    """Told what was found; asks to end the muting, and for other volumes."""

    unmute_requested = Signal()
    change_requested = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unmute = QPushButton(self.tr("Unmute"), self)
        self.unmute.clicked.connect(self.unmute_requested)
        self._found = QVBoxLayout()
        self._found.setSpacing(8)
        self.rows: dict[str, RangeRow] = {}
        self._theme = DARK
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addLayout(self._found)
        rows.addWidget(self.unmute, 0, Qt.AlignmentFlag.AlignLeft)
        for setting in SETTINGS:
            if setting.key in _VOLUMES and isinstance(setting.rule, Range):
                row = self.rows[setting.key] = VolumeRow(setting, setting.rule, self)
                row.changed.connect(lambda value, key=setting.key: self.change_requested.emit(key, value))
                rows.addWidget(row)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme

    def show_checks(self, checks: Sequence[Check], *, muted: bool) -> None:
        """Show what was found, in place of what was found before."""
        while (item := self._found.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for check in checks:
            found = CheckRow(check, self)
            found.show_theme(self._theme)
            self._found.addWidget(found)
        self.unmute.setVisible(muted)
        # How loud it is does not matter where it is known why there is no sound at all.
        wrong = any(check.wrong for check in checks)
        for row in self.rows.values():
            row.setVisible(not wrong)

    def show_settings(self, settings: Settings) -> None:
        for key, row in self.rows.items():
            row.show_value(getattr(settings, key))


class VolumeRow(RangeRow):
    """The row of the settings, in a place that may become narrower."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.label.setMinimumWidth(_LEAST_LABEL)


class CheckRow(QWidget):
    """A mark that tells by its shape, and the words."""

    def __init__(self, check: Check, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = check.mark
        self._theme = DARK
        self.text = PlainLabel(check.text).in_size(BODY).wrapping()
        states = {
            Mark.FINE: self.tr("All right"),
            Mark.WRONG: self.tr("Not all right"),
            Mark.OUTSIDE: self.tr("To look at"),
        }
        self.text.setAccessibleName(f"{states[check.mark]}: {check.text}")
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARK + 10, 0, 0, 0)
        row.addWidget(self.text)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = self._theme.muscle_words if self._mark is Mark.WRONG else self._theme.accent
        paint_icon(QPainter(self), self._mark.value, QRectF(0, 0, _MARK, _MARK), QColor(color))


def checks_of(trouble: Trouble, *, muted: bool) -> tuple[Check, ...]:
    """Tell what was looked at; where nothing of it is wrong, what is left to look at."""
    silenced = _said("Chain Timer is muted.") if muted else ""
    checks = (
        _check(silenced, _said("Chain Timer is not muted.")),
        _check(trouble.sound, _said("The sound output of this computer answers.")),
        _check(trouble.voice, _said("The voice has said its words.")),
    )
    if any(check.wrong for check in checks):
        return checks
    outside = _said(
        "So it may be the computer: turn its volume up, and look where its sound goes. "
        "It may be a screen, or headphones on the table."
    )
    return (*checks, Check(Mark.OUTSIDE, outside))


def _check(problem: str, fine: str) -> Check:
    return Check(Mark.WRONG, problem) if problem else Check(Mark.FINE, fine)


def _said(text: str) -> str:
    return QCoreApplication.translate("welcome", text)
