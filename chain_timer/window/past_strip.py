"""The strip of a session that was: what was done, and as an empty rail what was left of it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.strip import Block, StripLayout, paint_strip
from chain_timer.drawing.theme import DARK, Theme
from chain_timer.timeline.kinds import Kind

_HEIGHT = 26
_RAIL = 4.0
_LEAST_LEFT = 4.0
"""A rail shorter than this, in pixels, tells nothing."""

Blocks = Sequence[tuple[Kind, int]]


def paint_past(painter: QPainter, rect: QRectF, blocks: Blocks, planned_ms: int, theme: Theme) -> None:
    """Draw what was done into its share of a rectangle that stands for all that was planned."""
    done_ms = sum(length_ms for _, length_ms in blocks)
    whole_ms = max(planned_ms, done_ms)
    if not whole_ms:
        return
    width = rect.width() * done_ms / whole_ms
    if rect.width() - width < _LEAST_LEFT:
        width = rect.width()
    else:
        _paint_rail(painter, rect, rect.left() + width, theme)
    layout = StripLayout([Block(*block) for block in blocks if block[1]], width)
    paint_strip(painter, QRectF(rect.left(), rect.top(), width, rect.height()), layout, theme)


def _paint_rail(painter: QPainter, rect: QRectF, left: float, theme: Theme) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.edge))
    rail = QRectF(left + _LEAST_LEFT, rect.bottom() - _RAIL, rect.right() - left - _LEAST_LEFT, _RAIL)
    painter.setOpacity(0.45)
    painter.drawRoundedRect(rail, _RAIL / 2, _RAIL / 2)
    painter.restore()


class PastStrip(QWidget):
    """A strip that only shows; what it says is said in words beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._blocks: tuple[tuple[Kind, int], ...] = ()
        self._planned_ms = 0
        self.setFixedHeight(_HEIGHT)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_blocks(self, blocks: Blocks, planned_ms: int) -> None:
        self._blocks, self._planned_ms = tuple(blocks), planned_ms
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(0, 0, self.width(), self.height())
        paint_past(QPainter(self), rect, self._blocks, self._planned_ms, self._theme)
