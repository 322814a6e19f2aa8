"""The ring: what is left of a segment, as an arc that shrinks toward the top."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

_SIXTEENTHS = 16
_FULL = 360
_TOP = 90
_SAMPLES = 8


def paint_ring(
    painter: QPainter, rect: QRectF, fraction: float, *, color: QColor, track: QColor, thickness: float
) -> None:
    """Draw the track, and on it the fraction (0 to 1) that is left, clockwise from the top."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = _middle(rect, thickness)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(track, thickness))
    painter.drawEllipse(inner)
    if fraction <= 0:
        return
    cap = Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(color, thickness, Qt.PenStyle.SolidLine, cap))
    if fraction >= 1:
        painter.drawEllipse(inner)
    else:
        painter.drawArc(inner, _TOP * _SIXTEENTHS, -round(fraction * _FULL * _SIXTEENTHS))


def changed_area(rect: QRectF, before: float, after: float, thickness: float) -> QRect:
    """Give the small area that has to be drawn again when the fraction changes."""
    inner = _middle(rect, thickness)
    radius, center = inner.width() / 2, inner.center()
    points = [
        _on_ring(center, radius, before + (after - before) * step / _SAMPLES) for step in range(_SAMPLES + 1)
    ]
    left, right = min(p.x() for p in points), max(p.x() for p in points)
    top, bottom = min(p.y() for p in points), max(p.y() for p in points)
    # Between two samples the arc bulges; half the thickness covers cap and bulge for any small change.
    margin = thickness / 2 + 2 + radius * abs(after - before)
    return (
        QRectF(left, top, right - left, bottom - top)
        .adjusted(-margin, -margin, margin, margin)
        .toAlignedRect()
    )


def _middle(rect: QRectF, thickness: float) -> QRectF:
    return rect.adjusted(thickness / 2, thickness / 2, -thickness / 2, -thickness / 2)


def _on_ring(center: QPointF, radius: float, fraction: float) -> QPointF:
    angle = 2 * math.pi * fraction
    return QPointF(center.x() + radius * math.sin(angle), center.y() - radius * math.cos(angle))
