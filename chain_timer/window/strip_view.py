"""A session strip as a widget that only shows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.strip import Block, StripLayout, paint_strip
from chain_timer.drawing.theme import DARK, Theme

_HEIGHT = 18


class StripView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._blocks: tuple[Block, ...] = ()
        self.setMinimumHeight(_HEIGHT)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        if tuple(blocks) != self._blocks:
            self._blocks = tuple(blocks)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(0, (self.height() - _HEIGHT) / 2, self.width(), _HEIGHT)
        painter = QPainter(self)
        paint_strip(painter, rect, StripLayout(self._blocks, rect.width()), self._theme)
