"""Smooth painter paths through points of the world, as a scene has them in its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPolygonF

from chain_timer.figure.outlines import FlatRing, Line, Point


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the world is in a picture: pixels a meter, and the pixel that the world's origin falls on."""

    scale: float
    x: float
    y: float

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self.x + x * self.scale, self.y - y * self.scale)


Fill = tuple[QPainterPath, QColor]
"""All that a drawing is made of: it can be kept and drawn again for a third of what it took to make."""

_PIECE = 30.0
"""Pixels. Qt fills an edge of hundreds of pixels four times as fast when it is given in pieces."""


class Shape:
    """Parts of one color, put together to be filled at once, because each call to fill costs.

    All of them go around clockwise: where two overlap that go around differently, there would be a hole.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.path = QPainterPath()
        self.path.setFillRule(Qt.FillRule.WindingFill)

    def closed(self, line: Line, more: float = 0.0) -> "Shape":
        """Add a closed curve through every point of a line; ``more`` meters larger all around."""
        scale, x0, y0 = self._scene.scale, self._scene.x, self._scene.y
        line = _clockwise(grown(line, more) if more else line)
        points = [(x0 + x * scale, y0 - y * scale) for x, y in line]
        self.path.moveTo(*points[0])
        _curve(self.path, [points[-1], *points, points[0], points[1]])
        return self

    def limb(self, rings: Sequence[FlatRing], more: float = 0.0) -> "Shape":
        """Add both sides of a limb as curves, cut off straight; ``more`` meters wider on either side."""
        scale, x0, y0 = self._scene.scale, self._scene.x, self._scene.y
        there, back = [], []
        for x, y, nx, ny, half, _ in rings:
            wide = (half + more) * scale
            px, py = x0 + x * scale, y0 - y * scale
            there.append((px + nx * wide, py - ny * wide))
            back.append((px - nx * wide, py + ny * wide))
        back.reverse()
        self.path.moveTo(*there[0])
        _curve(self.path, [there[0], *there, there[-1]])
        self.path.lineTo(*back[0])
        _curve(self.path, [back[0], *back, back[-1]])
        self.path.closeSubpath()
        return self

    def line(self, points: Line, wide: float) -> "Shape":
        """Add a thick line with round ends and corners, ``wide`` meters across."""
        scale, x0, y0 = self._scene.scale, self._scene.x, self._scene.y
        half = wide * scale / 2
        placed = [(x0 + x * scale, y0 - y * scale) for x, y in points]
        for (ax, ay), (bx, by) in pairwise(placed):
            size = max(1e-6, hypot(bx - ax, by - ay))
            nx, ny = (by - ay) / size * half, (ax - bx) / size * half
            steps = max(1, round(size / _PIECE))
            along = [(ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps) for n in range(steps + 1)]
            self.path.moveTo(ax + nx, ay + ny)
            for x, y in along[1:]:
                self.path.lineTo(x + nx, y + ny)
            for x, y in reversed(along):
                self.path.lineTo(x - nx, y - ny)
            self.path.closeSubpath()
        for x, y in placed:
            self.path.addEllipse(QPointF(x, y), half, half)
        return self

    def polygon(self, points: Line) -> "Shape":
        """Add a closed line with corners."""
        self.path.addPolygon(QPolygonF([self._scene.point(x, y) for x, y in _clockwise(points)]))
        self.path.closeSubpath()
        return self

    def round(self, ring: FlatRing, more: float = 0.0) -> "Shape":
        """Add a round end."""
        radius = (ring.half + more) * self._scene.scale
        self.path.addEllipse(self._scene.point(ring.x, ring.y), radius, radius)
        return self


def _clockwise(line: Line) -> Line:
    """Go around the other way if need be."""
    doubled = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(line, (*line[1:], line[0]), strict=True))
    return line if doubled <= 0 else line[::-1]


def grown(line: Line, more: float) -> Line:
    """Move every point of a line without hollows outward from its middle."""
    count = len(line)
    mx, my = sum(x for x, _ in line) / count, sum(y for _, y in line) / count
    grown: list[Point] = []
    for x, y in line:
        dx, dy = x - mx, y - my
        share = 1 + more / max(1e-6, (dx * dx + dy * dy) ** 0.5)
        grown.append((mx + dx * share, my + dy * share))
    return grown


def _curve(path: QPainterPath, points: Sequence[Point]) -> None:
    """Go on as a Catmull-Rom spline does; the first point and the last only lend their direction."""
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(
        points, points[1:], points[2:], points[3:], strict=False
    ):
        path.cubicTo(bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
