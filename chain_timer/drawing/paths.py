"""Smooth painter paths through points of the world, as a scene has them in its picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath

from chain_timer.figure.outlines import FlatRing, Line, Point


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the world is in a picture: pixels a meter, and the pixel that the world's origin falls on."""

    scale: float
    x: float
    y: float

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self.x + x * self.scale, self.y - y * self.scale)


class Shape:
    """Parts of one color, put together to be filled at once, because each call to fill costs."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.path = QPainterPath()
        self.path.setFillRule(Qt.FillRule.WindingFill)

    def closed(self, line: Line, more: float = 0.0) -> "Shape":
        """Add a closed curve through every point of a line; ``more`` meters larger all around."""
        scale, x0, y0 = self._scene.scale, self._scene.x, self._scene.y
        points = [(x0 + x * scale, y0 - y * scale) for x, y in (grown(line, more) if more else line)]
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

    def round(self, ring: FlatRing, more: float = 0.0) -> "Shape":
        """Add a round end."""
        radius = (ring.half + more) * self._scene.scale
        self.path.addEllipse(self._scene.point(ring.x, ring.y), radius, radius)
        return self


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
