"""The session strip: all segments side by side in proportion, one color a kind."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from chain_timer.drawing.theme import Theme
from chain_timer.timeline.timeline import Timeline

GAP = 2.0
_LOW = 0.62
"""How high segments without work are, as a part of those with work: the kind is not told by color alone."""
_PAST = 0.38


def segment_rects(timeline: Timeline, rect: QRectF, gap: float = GAP) -> Iterator[QRectF]:
    """Place every segment in a rectangle; at least a pixel each, so that none vanishes while there is room."""
    whole_ms = max(1, timeline.duration_ms)
    gap = min(gap, rect.width() / (4 * max(1, len(timeline.segments))))
    for index, segment in enumerate(timeline.segments):
        left = rect.left() + rect.width() * timeline.start_of(index) / whole_ms
        right = rect.left() + rect.width() * timeline.end_of(index) / whole_ms
        height = rect.height() * (1.0 if segment.kind.is_work else _LOW)
        yield QRectF(left, rect.bottom() - height, max(1.0, right - left - gap), height)


def paint_strip(
    painter: QPainter, rect: QRectF, timeline: Timeline, theme: Theme, position_ms: int | None = None
) -> None:
    """Paint the strip; with a position, what lies before it is dimmed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for index, place in enumerate(segment_rects(timeline, rect)):
        color = QColor(theme.kinds[timeline.segments[index].kind])
        past = position_ms is not None and timeline.end_of(index) <= position_ms
        color.setAlphaF(_PAST if past else 1.0)
        painter.setBrush(color)
        radius = min(4.0, place.width() / 2, place.height() / 2)
        painter.drawRoundedRect(place, radius, radius)
    painter.restore()


def position_at(timeline: Timeline, rect: QRectF, x: float) -> int:
    """Give the position, in ms, that a place on the strip stands for."""
    part = (x - rect.left()) / max(1.0, rect.width())
    return round(min(1.0, max(0.0, part)) * timeline.duration_ms)


def place_of(timeline: Timeline, rect: QRectF, position_ms: int) -> float:
    return rect.left() + rect.width() * position_ms / max(1, timeline.duration_ms)
