"""The veil: dims the stage while paused."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.text import font
from chain_timer.drawing.theme import DARK, Theme

_CORNER = 20.0
_DIMMED = 0.72


class Veil(QWidget):
    """Dims what it covers, and says why: a pause that nobody can miss."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._scale = 1.0
        self._title = self._line = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_scale(self, scale: float) -> None:
        self._scale = scale
        self.update()

    def show_text(self, title: str, line: str) -> None:
        self._title, self._line = title, line
        self.setAccessibleName(f"{title}. {line}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, theme = QRectF(self.rect()), self._theme
        ground = QColor(theme.background)
        ground.setAlphaF(_DIMMED)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, _CORNER, _CORNER)
        title = self._fitting(34 * self._scale, self._title, QFont.Weight.Bold)
        line = self._fitting(max(13, 18 * self._scale), self._line, QFont.Weight.Normal)
        heights = [QFontMetricsF(made).height() for made in (title, line)]
        top = rect.center().y() - sum(heights) / 2
        widths = (
            QFontMetricsF(made).horizontalAdvance(text)
            for text, made in ((self._title, title), (self._line, line))
        )
        card = QRectF(0, 0, max(widths) + 64 * self._scale, sum(heights) + 36 * self._scale)
        card.moveCenter(rect.center())
        # Not the color of the stage, or what is behind would only look cut through.
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(card.intersected(rect), _CORNER, _CORNER)
        for text, made, height, color in (
            (self._title, title, heights[0], theme.text),
            (self._line, line, heights[1], theme.quiet),
        ):
            painter.setFont(made)
            painter.setPen(QColor(color))
            painter.drawText(QRectF(0, top, rect.width(), height), Qt.AlignmentFlag.AlignCenter, text)
            top += height

    def _fitting(self, pixels: float, text: str, weight: QFont.Weight) -> QFont:
        pixels = min(pixels, self.height() * 0.4)
        width = QFontMetricsF(font(pixels, weight)).horizontalAdvance(text)
        room = self.width() * 0.94
        return font(pixels if width <= room else pixels * room / width, weight)
