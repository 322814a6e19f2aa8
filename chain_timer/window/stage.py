"""The stage: where the figure will stand. Until then the muscles at work, as links of the chain."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QRadialGradient
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.chain import Link, paint_named_chain
from chain_timer.drawing.text import elided, font, shown
from chain_timer.drawing.theme import BODY, DARK, Theme

_CORNER = 20.0
_WIDEST = 420
_TALLEST_LINK = 62
_DIMMED = 0.72


class Stage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._scale = 1.0
        self._muscles = ""
        self._links: tuple[Link, ...] = ()
        self._others: tuple[str, ...] = ()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_scale(self, scale: float) -> None:
        self._scale = scale
        self.update()

    def show_muscles(self, muscles: str, links: Sequence[Link], others: Sequence[str]) -> None:
        if (muscles, tuple(links)) != (self._muscles, self._links):
            self._muscles, self._links, self._others = muscles, tuple(links), tuple(others)
            self.setAccessibleName(self.tr("Muscles: {names}").format(names=shown(muscles)))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if self._muscles:
            self._paint_names(painter)
        self._paint_chain(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        rect, theme = QRectF(self.rect()), self._theme
        light = QRadialGradient(QPointF(rect.center().x(), rect.height() * 0.46), max(rect.width(), 1) * 0.62)
        light.setColorAt(0, QColor(theme.stage_inner))
        light.setColorAt(1, QColor(theme.stage_outer))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(light)
        painter.drawRoundedRect(rect, _CORNER, _CORNER)

    def _paint_names(self, painter: QPainter) -> None:
        scale, theme = max(1.0, self._scale), self._theme
        made = font(BODY * scale)
        metrics = QFontMetricsF(made)
        middle = 30 * scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.muscle))
        painter.drawEllipse(QPointF(25 * scale, middle), 5 * scale, 5 * scale)
        painter.setPen(QColor(theme.text))
        painter.setFont(made)
        left = 39 * scale
        line = QRectF(left, middle - metrics.height() / 2, self.width() - left - 20 * scale, metrics.height())
        text = elided(shown(self._muscles), metrics, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_chain(self, painter: QPainter) -> None:
        scale = max(1.0, self._scale)
        top, bottom = 64 * scale, 28 * scale
        height = self.height() - top - bottom
        if height < 120 or not self._links:  # noqa: PLR2004 - lower than this the names would be too small
            return
        height = min(height, _TALLEST_LINK * scale * len(self._links))
        width = min(self.width() * 0.7, height / len(self._links) + 210 * scale, _WIDEST * scale)
        rect = QRectF(
            (self.width() - width) / 2,
            top + (self.height() - top - bottom - height) / 2,
            width,
            height,
        )
        paint_named_chain(painter, rect, self._links, self._theme, scale)


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
        painter.setBrush(QColor(theme.surface))
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
