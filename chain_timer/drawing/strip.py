"""The session strip: all segments of a timeline side by side, in proportion."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from chain_timer.drawing.theme import Theme, mixed
from chain_timer.timeline.segment import Kind
from chain_timer.timeline.timeline import Timeline

_GAP = 3.0
_LEAST = 2.0
_ROOM = 9.0
_PAST = 0.66
_LOW = 0.62
"""How high a block that is no work is, next to one that is: the kind is not told by color alone."""


class Block(NamedTuple):
    kind: Kind
    length_ms: int


def blocks_of(timeline: Timeline) -> tuple[Block, ...]:
    return tuple(Block(segment.kind, segment.length_ms) for segment in timeline.segments)


class StripLayout:
    """Where blocks lie on a width; the same for drawing and for clicks."""

    def __init__(self, blocks: Sequence[Block], width: float) -> None:
        self.blocks = tuple(blocks)
        self.width = max(0.0, width)
        self._ends_ms = list(accumulate(block.length_ms for block in blocks))
        self.duration_ms = self._ends_ms[-1] if blocks else 0
        self.dense = not blocks or self.width / len(blocks) < _ROOM
        self._places = [] if self.dense else list(self._placed())

    def x_of(self, position_ms: int) -> float:
        """Give where a position is, from the left."""
        if not self.duration_ms:
            return 0.0
        position_ms = min(max(0, position_ms), self.duration_ms)
        if self.dense:
            return self.width * position_ms / self.duration_ms
        index = min(bisect_right(self._ends_ms, position_ms), len(self.blocks) - 1)
        left, width = self._places[index]
        length_ms = self.blocks[index].length_ms
        passed_ms = position_ms - self._ends_ms[index] + length_ms
        return left + (width * passed_ms / length_ms if length_ms else 0.0)

    def position_of(self, x: float) -> int:
        """Give the position at a place, in milliseconds; between two blocks it is the later one's start."""
        if not self.duration_ms or not self.width:
            return 0
        x = min(max(0.0, x), self.width)
        if self.dense:
            return round(self.duration_ms * x / self.width)
        index = max(0, bisect_right(self._places, (x, self.width)) - 1)
        left, width = self._places[index]
        length_ms = self.blocks[index].length_ms
        share = min(1.0, (x - left) / width) if width else 0.0
        return self._ends_ms[index] - length_ms + round(length_ms * share)

    def shapes(self) -> Iterator[tuple[float, float, Kind]]:
        """Give what to draw: left, width and kind; many blocks are drawn as the columns they fill."""
        if not self.dense:
            for block, (left, width) in zip(self.blocks, self._places, strict=True):
                if block.length_ms:
                    yield left, width, block.kind
        elif self.duration_ms and self.width >= 1:
            yield from self._columns()

    def _placed(self) -> Iterator[tuple[float, float]]:
        gaps = _GAP * (len(self.blocks) - 1)
        room = self.width - gaps - _LEAST * len(self.blocks)
        left = 0.0
        for block in self.blocks:
            width = _LEAST + (room * block.length_ms / self.duration_ms if self.duration_ms else 0.0)
            yield left, width
            left += width + _GAP

    def _columns(self) -> Iterator[tuple[float, float, Kind]]:
        start, kind = 0, self._kind_at(0)
        for column in range(1, int(self.width)):
            here = self._kind_at(column)
            if here is not kind:
                yield float(start), float(column - start), kind
                start, kind = column, here
        yield float(start), self.width - start, kind

    def _kind_at(self, column: int) -> Kind:
        position_ms = self.duration_ms * (column + 0.5) / self.width
        return self.blocks[min(bisect_right(self._ends_ms, position_ms), len(self.blocks) - 1)].kind


def paint_strip(
    painter: QPainter,
    rect: QRectF,
    layout: StripLayout,
    theme: Theme,
    *,
    past: bool = False,
    level: bool = False,
) -> None:
    """Draw the blocks into a rectangle; work stands higher than the rest unless all are ``level``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for left, width, kind in layout.shapes():
        color = theme.shapes[kind]
        painter.setBrush(QColor(mixed(color, theme.background, _PAST) if past else color))
        height = rect.height() if level or kind.is_work else round(rect.height() * _LOW)
        radius = 0.0 if layout.dense else min(4.0, width / 3, height / 3)
        painter.drawRoundedRect(
            QRectF(rect.left() + left, rect.bottom() - height, width, height), radius, radius
        )
    painter.restore()
