"""Bars of what each muscle got, with a mark at the usual dose."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from chain_timer.drawing.charting import type_size, write
from chain_timer.drawing.text import font, shown
from chain_timer.drawing.theme import Theme

_BAR = 12.0
_LEAST_TRACK, _MOST_TRACK = 160.0, 620.0
"""Where the words leave less beside them, they stand above the bar."""
_BETWEEN = 20.0
_NAME = 0.34
"""Of the width, at most."""
_OVER = 1.5
"""The whole bar is so many usual doses: there is room for more than is usual."""
_SIDE = 10.0


class Bar(NamedTuple):
    """What a bar shows."""

    name: str
    facts: str
    share: float
    """Of the usual dose."""
    missing: bool = False
    """Whether there is nothing at all where there should be something."""


class BarLayout:
    """Where the bars are, one under another."""

    def __init__(self, bars: Sequence[Bar], width: float) -> None:
        self.count = len(bars)
        self.width = width
        self.pixels = type_size(width) + 2
        bold = QFontMetricsF(font(self.pixels, QFont.Weight.DemiBold))
        metrics = QFontMetricsF(font(self.pixels - 2))
        self.line = bold.height()
        self.head = metrics.height() + 8
        names = max((bold.horizontalAdvance(shown(bar.name)) for bar in bars), default=0.0)
        facts = max((metrics.horizontalAdvance(bar.facts) for bar in bars), default=0.0)
        names = min(names, width * _NAME)
        room = width - 2 * _SIDE - names - facts - 2 * _BETWEEN - 2
        self.wide = room >= _LEAST_TRACK
        self.row = self.line + 16 if self.wide else 2 * self.line + _BAR + 22
        self._left = _SIDE + (names + _BETWEEN if self.wide else 0.0)
        self._long = min(room, _MOST_TRACK) if self.wide else max(1.0, width - 2 * _SIDE)

    @property
    def height(self) -> float:
        return self.head + self.count * self.row if self.count else 0.0

    def rect_of(self, index: int) -> QRectF:
        return QRectF(0, self.head + index * self.row, self.width, self.row)

    def index_at(self, y: float) -> int:
        """Give the bar at a height; -1 where there is none."""
        index = int((y - self.head) // self.row)
        return index if 0 <= index < self.count else -1

    def track_of(self, index: int) -> QRectF:
        """Give where the bar itself is within its row."""
        row = self.rect_of(index)
        top = row.center().y() - _BAR / 2 if self.wide else row.bottom() - _BAR - 9
        return QRectF(self._left, top, self._long, _BAR)

    @property
    def mark_x(self) -> float:
        """Where the usual dose is."""
        track = self.track_of(0)
        return float(track.left() + track.width() / _OVER)


def paint_bars(painter: QPainter, layout: BarLayout, bars: Sequence[Bar], usual: str, theme: Theme) -> None:
    """Draw the bars; ``usual`` is what is written over the mark of the usual dose."""
    if not bars:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(layout.pixels - 2))
    painter.setPen(QColor(theme.quiet))
    wide = painter.fontMetrics().horizontalAdvance(usual)
    left = min(max(_SIDE, layout.mark_x - wide / 2), layout.width - wide)
    write(painter, left, (layout.head - 8) / 2, usual, layout.width)
    for index, bar in enumerate(bars):
        _paint_words(painter, layout, index, bar, theme)
        _paint_bar(painter, layout.track_of(index), bar, theme)
        _paint_mark(painter, layout, index, theme)
    painter.restore()


def _paint_words(painter: QPainter, layout: BarLayout, index: int, bar: Bar, theme: Theme) -> None:
    row, track = layout.rect_of(index).adjusted(_SIDE, 0, -_SIDE, 0), layout.track_of(index)
    middle = row.center().y() if layout.wide else row.top() + 6 + layout.line / 2
    painter.setFont(font(layout.pixels, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.text))
    right = track.left() - _BETWEEN + 2 if layout.wide else row.right()
    write(painter, row.left(), middle, shown(bar.name), right)
    painter.setFont(font(layout.pixels - 2))
    painter.setPen(QColor(theme.quiet))
    if layout.wide:
        write(painter, track.right() + _BETWEEN, middle, bar.facts, row.right())
    else:
        write(painter, row.left(), middle + layout.line, bar.facts, row.right())


def _paint_bar(painter: QPainter, track: QRectF, bar: Bar, theme: Theme) -> None:
    round_ = QPainterPath()
    round_.addRoundedRect(track, _BAR / 2, _BAR / 2)
    painter.fillPath(round_, QColor(theme.raised))
    if bar.missing:
        painter.setPen(QPen(QColor(theme.muscle), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        usual = QRectF(track.left(), track.top(), track.width() / _OVER, track.height())
        painter.drawRoundedRect(usual.adjusted(0.7, 0.7, -0.7, -0.7), _BAR / 2, _BAR / 2)
    else:
        # As wide as it is high: a beginning that reached no day of the dose.
        width = max(_BAR, track.width() * min(bar.share, _OVER) / _OVER)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.muscle))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), width, _BAR), _BAR / 2, _BAR / 2)


def _paint_mark(painter: QPainter, layout: BarLayout, index: int, theme: Theme) -> None:
    track, x = layout.track_of(index), layout.mark_x
    painter.setPen(QPen(QColor(theme.text), 2))
    painter.drawLine(QLineF(x, track.top() - 4, x, track.bottom() + 4))
