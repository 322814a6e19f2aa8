"""Where one can go: at the side of a wide window, on top of a narrow one."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, DARK, LEAD, Theme
from chain_timer.window.basics import PlainLabel

_SIDE = 208
_BAR = 56
_TITLE_FROM = 620


class _Lane(NamedTuple):
    """Where an entry has its icon and its name, in pixels from its left, and what is free after it."""

    icon: int
    text: int
    after: int


_LANE, _NARROW_LANE = _Lane(12, 42, 22), _Lane(9, 34, 11)


class Navigation(QFrame):
    """Told which page is shown; asks for another."""

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.title = PlainLabel("Chain Timer").in_size(LEAD, QFont.Weight.Bold)
        self._entries = {
            "routines": Entry("routines", self.tr("Routines"), self),
            "exercises": Entry("exercises", self.tr("Exercises"), self),
            "history": Entry("history", self.tr("History"), self),
            "settings": Entry("settings", self.tr("Settings"), self),
        }
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.addWidget(self.title)
        for name, entry in self._entries.items():
            entry.clicked.connect(lambda _checked=False, name=name: self.page_requested.emit(name))
            self._box.addWidget(entry)
        self._box.addStretch(1)
        self.set_wide(True)

    def set_wide(self, wide: bool) -> None:  # noqa: FBT001 - the one thing it says
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if wide else right)
        self._box.setSpacing(4)
        if wide:
            self._box.setContentsMargins(14, 24, 14, 14)
            self.title.setContentsMargins(12, 0, 0, 14)
            self.setFixedSize(_SIDE, 16_777_215)
            self.setMinimumHeight(0)
        else:
            self._box.setContentsMargins(12, 6, 12, 6)
            self.title.setContentsMargins(6, 0, 10, 0)
            self.setFixedSize(16_777_215, _BAR)
            self.setMinimumWidth(0)
        for entry in self._entries.values():
            entry.set_wide(wide)
        self._show_title()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_title()

    def _show_title(self) -> None:
        """Leave the name out of a bar that its entries fill."""
        across = self._box.direction() is QBoxLayout.Direction.LeftToRight
        self.title.setVisible(not across or self.width() >= _TITLE_FROM)

    def show_page(self, name: str) -> None:
        for key, entry in self._entries.items():
            entry.setChecked(key == name)


class Entry(QAbstractButton):
    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._theme = DARK
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(font(BODY, QFont.Weight.DemiBold))
        self._lane = _LANE

    def set_wide(self, wide: bool) -> None:  # noqa: FBT001 - the one thing it says
        """Have room around the icon, or as little as four in a row of the narrowest window can have."""
        self._lane = _LANE if wide else _NARROW_LANE
        self.updateGeometry()
        self.update()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        room = self._lane.text + self._lane.after
        return QSize(room + self.fontMetrics().horizontalAdvance(self.text()), 42)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's own
        """Stay: only the page that is shown decides which entry is checked."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.chosen) if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 12, 12)
        color = QColor(theme.accent_words if self.isChecked() else theme.quiet)
        icon = QRectF(self._lane.icon, (self.height() - 20) / 2, 20, 20)
        paint_icon(painter, self._icon, icon, color)
        painter.setPen(color)
        painter.setFont(self.font())
        painter.drawText(
            box.adjusted(self._lane.text - 1, 0, -1, 0), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
