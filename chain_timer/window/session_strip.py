"""The whole session as a strip with a playhead: click, drag or keys to go anywhere in it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.strip import Block, StripLayout, paint_strip
from chain_timer.drawing.theme import DARK, Theme
from chain_timer.units import SECOND_MS
from chain_timer.window.backing import Backing, copy_part

_HEAD = 3
_KEY_STEP_MS = 5 * SECOND_MS


class SessionStrip(QWidget):
    """Told the blocks and the position; asks to seek."""

    seek_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._blocks: tuple[Block, ...] = ()
        self._layout = StripLayout((), 0)
        self._position_ms = 0
        self._head_x = 0
        self._dragged = False
        self._past = Backing(self, partial(self._paint_strip, past=True))
        self._coming = Backing(self, partial(self._paint_strip, past=False))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("The whole session; arrow keys go five seconds back or on"))

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        if tuple(blocks) != self._blocks:
            self._blocks = tuple(blocks)
            self._redraw()

    def show_position(self, position_ms: int) -> None:
        """Move the playhead; nothing is painted before it has moved by a pixel."""
        self._position_ms = position_ms
        if not self._dragged:
            self._move_head(round(self._layout.x_of(position_ms)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = True
            self._move_head(self._within(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._move_head(self._within(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._dragged = False
            self._move_head(self._within(event))
            self.seek_requested.emit(self._layout.position_of(self._head_x))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target_ms = {
            Qt.Key.Key_Left: self._position_ms - _KEY_STEP_MS,
            Qt.Key.Key_Right: self._position_ms + _KEY_STEP_MS,
            Qt.Key.Key_Home: 0,
        }.get(Qt.Key(event.key()))
        if target_ms is None:
            super().keyPressEvent(event)
        else:
            self.seek_requested.emit(max(0, target_ms))

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QColor(self._theme.background)
        past, coming = self._past.picture(ground), self._coming.picture(ground)
        painter = QPainter(self)
        area, x = event.rect(), self._head_x
        whole = self.rect()
        copy_part(painter, past, area.intersected(QRect(0, 0, x, whole.height())))
        copy_part(painter, coming, area.intersected(QRect(x, 0, whole.width() - x, whole.height())))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.text))
        painter.drawRoundedRect(self._head_rect(x), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRoundedRect(QRectF(whole).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_strip(self, painter: QPainter, *, past: bool) -> None:
        height = self.height() * 0.48
        place = QRectF(0, self.height() - height - 2, self.width(), height)
        paint_strip(painter, place, self._layout, self._theme, past=past)

    def _redraw(self) -> None:
        self._layout = StripLayout(self._blocks, self.width())
        self._past.forget()
        self._coming.forget()
        at_x = self._head_x if self._dragged else round(self._layout.x_of(self._position_ms))
        self._head_x = min(at_x, self.width())
        self.update()

    def _move_head(self, x: int) -> None:
        if x != self._head_x:
            before, self._head_x = self._head_x, x
            low, high = min(before, x), max(before, x)
            self.update(QRect(low - _HEAD, 0, high - low + 2 * _HEAD, self.height()))

    def _head_rect(self, x: int) -> QRectF:
        left = min(max(0.0, x - _HEAD / 2), self.width() - _HEAD)
        return QRectF(left, 0, _HEAD, self.height())

    def _within(self, event: QMouseEvent) -> int:
        return round(min(max(0.0, event.position().x()), self.width()))
