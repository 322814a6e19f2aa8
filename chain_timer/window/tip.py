"""What a chart says of the place that the pointer or the keys are at: plain lines in a small box."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.charting import type_size
from chain_timer.drawing.text import elided, font, shown
from chain_timer.drawing.theme import DARK, SMALL, Theme

_SIDE, _TOP = 12, 8
_AWAY = 12.0
_WIDEST = 420
_CORNER = 8.0


class Tip(QWidget):
    """Lies over the chart beside what it tells of, never over that itself where there is room.

    Qt's own tool tips take text for rich text where it looks like it, and do not come by keyboard.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chart = parent
        self._theme = DARK
        self._lines: tuple[str, ...] = ()
        self._pixels = SMALL
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        return self._lines

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_lines(self, lines: Sequence[str], place: QRectF) -> None:
        """Say something beside a place of the chart; the first line is what it is about."""
        told, pixels = tuple(shown(line) for line in lines if line), type_size(self._chart.width())
        if (told, pixels) != (self._lines, self._pixels):
            self._lines, self._pixels = told, pixels
            self.resize(self.sizeHint())
            self.update()
        self._move_beside(place)
        self.setVisible(bool(told))
        self.raise_()

    def sizeHint(self) -> QSize:
        wide = max(
            (self._metrics(number).horizontalAdvance(line) for number, line in self._numbered()), default=0
        )
        most = min(_WIDEST, self._chart.width() - 8)
        tall = sum(self._metrics(number).height() for number, _ in self._numbered())
        return QSize(min(int(wide) + 2 * _SIDE + 2, most), int(tall) + 2 * _TOP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.edge), 1))
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
        top, width = float(_TOP), self.width() - 2 * _SIDE
        painter.setPen(QColor(self._theme.text))
        for number, line in self._numbered():
            metrics = self._metrics(number)
            painter.setFont(self._font(number))
            place = QRectF(_SIDE, top, width, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, elided(line, metrics, width))
            top += metrics.height()

    def _numbered(self) -> list[tuple[int, str]]:
        return list(enumerate(self._lines))

    def _font(self, number: int) -> QFont:
        return font(self._pixels, QFont.Weight.Normal if number else QFont.Weight.DemiBold)

    def _metrics(self, number: int) -> QFontMetricsF:
        return QFontMetricsF(self._font(number))

    def _move_beside(self, place: QRectF) -> None:
        """Go to the right of a place, to its left where that is too far, else above or below it."""
        room = self._chart.rect()
        left, top = place.right() + _AWAY, place.center().y() - self.height() / 2
        if left + self.width() > room.width():
            left = place.left() - _AWAY - self.width()
        if left < 0:
            left = place.center().x() - self.width() / 2
            above = place.top() - _AWAY - self.height()
            top = above if above >= 0 else place.bottom() + _AWAY
        self.move(
            round(min(max(0.0, left), room.width() - self.width())),
            round(min(max(0.0, top), room.height() - self.height())),
        )
