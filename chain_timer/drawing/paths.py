"""Smooth painter paths through points of the world, in meters, and where they go in a picture."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot, sqrt
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPolygonF, QTransform

from chain_timer.figure.outlines import FlatRing, Line, Oval, Point

Fill = tuple[QPainterPath, QColor]


class Placing(NamedTuple):
    """Where the world is in a picture: pixels a meter, and the pixel that the world's origin falls on."""

    scale: float
    x: float
    y: float

    @property
    def transform(self) -> QTransform:
        """From the world, where up is more, into the picture, where down is."""
        return QTransform(self.scale, 0.0, 0.0, -self.scale, self.x, self.y)

    def put(self, fills: Iterable[Fill]) -> Iterator[Fill]:
        """Put fills into the picture: a painter that scales them itself takes four times as long."""
        transform = self.transform
        return ((transform.map(path), color) for path, color in fills)

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self.x + x * self.scale, self.y - y * self.scale)


_PIECE = 0.1
"""Meters. Qt fills an edge of hundreds of pixels four times as fast when it is given in pieces."""
_ARC = 4 / 3 * (sqrt(2) - 1)
_QUARTERS = (
    ((1, _ARC), (_ARC, 1), (0, 1)),
    ((-_ARC, 1), (-1, _ARC), (-1, 0)),
    ((-1, -_ARC), (-_ARC, -1), (0, -1)),
    ((_ARC, -1), (1, -_ARC), (1, 0)),
)
"""A circle in four curves: two points that bend each, and its end."""


class Shape:
    """Parts of one color, put together to be filled at once, because each call to fill costs.

    All of them go around counterclockwise: where two overlap that go around differently, there would be
    a hole.
    """

    def __init__(self) -> None:
        self.path = QPainterPath()
        self.path.setFillRule(Qt.FillRule.WindingFill)

    def closed(self, line: Line) -> "Shape":
        """Add a closed curve along the points of a line."""
        points = _counterclockwise(line)
        first = points[0]
        self.path.moveTo(*_halfway(points[-1], first))
        _curve(self.path, [*points, first])
        return self

    def around(self, line: Line, more: float) -> "Shape":
        """Add what is ``more`` meters larger all around than a closed curve."""
        first, *others = _counterclockwise(_grown(line, more))
        self.path.moveTo(*first)
        _straight(self.path, others)
        self.path.closeSubpath()
        return self

    def limb(self, rings: Sequence[FlatRing]) -> "Shape":
        """Add both sides of a limb as curves, cut off straight."""
        there, back = _sides(rings, 0.0)
        path = self.path
        path.moveTo(*there[0])
        _curve(path, there)
        path.lineTo(*there[-1])
        path.lineTo(*back[0])
        _curve(path, back)
        path.lineTo(*back[-1])
        path.closeSubpath()
        return self

    def around_limb(self, rings: Sequence[FlatRing], more: float) -> "Shape":
        """Add what is ``more`` meters wider on either side than a limb, straight from ring to ring."""
        there, back = _sides(rings, more)
        self.path.moveTo(*there[0])
        _straight(self.path, there[1:])
        _straight(self.path, back)
        self.path.closeSubpath()
        return self

    def oval(self, oval: Oval, more: float = 0.0) -> "Shape":
        """Add an ellipse; ``more`` meters larger all around."""
        path = self.path
        x, y, xx, xy, yy = oval
        # Its matrix has its half axes for eigenvalues, and these grow with what is added to its diagonal.
        xx, yy = xx + more, yy + more
        path.moveTo(x + xx, y + xy)
        for (a, b), (c, d), (e, f) in _QUARTERS:
            path.cubicTo(
                x + xx * a + xy * b,
                y + xy * a + yy * b,
                x + xx * c + xy * d,
                y + xy * c + yy * d,
                x + xx * e + xy * f,
                y + xy * e + yy * f,
            )
        path.closeSubpath()
        return self

    def outline(self, outline: Oval | Line) -> "Shape":
        """Add what is round, or a closed curve along a line."""
        return self.oval(outline) if isinstance(outline, Oval) else self.closed(outline)

    def line(self, points: Line, wide: float) -> "Shape":
        """Add a thick line with round ends and corners, ``wide`` meters across; of one point, a disc."""
        half = wide / 2
        for a, b in pairwise(points):
            self._bar(a, b, half)
        for x, y in points:
            self.path.addEllipse(QPointF(x, y), half, half)
        return self

    def _bar(self, a: Point, b: Point, half: float) -> None:
        (ax, ay), (bx, by) = a, b
        size = max(1e-6, hypot(bx - ax, by - ay))
        nx, ny = (by - ay) / size * half, (ax - bx) / size * half
        steps = max(1, round(size / _PIECE))
        along = [(ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps) for n in range(steps + 1)]
        self.path.moveTo(ax + nx, ay + ny)
        _straight(self.path, [(x + nx, y + ny) for x, y in along[1:]])
        _straight(self.path, [(x - nx, y - ny) for x, y in reversed(along)])
        self.path.closeSubpath()

    def band(self, points: Line, wide: float) -> "Shape":
        """Add a thick line that bends smoothly, with round ends."""
        half, last = wide / 2, len(points) - 1
        rings = []
        for index, (x, y) in enumerate(points):
            (ax, ay), (bx, by) = points[max(0, index - 1)], points[min(last, index + 1)]
            size = max(1e-6, hypot(bx - ax, by - ay))
            rings.append(FlatRing(x, y, (ay - by) / size, (bx - ax) / size, half, 0.0))
        return self.limb(rings).round(rings[0]).round(rings[-1])

    def polygon(self, points: Line) -> "Shape":
        """Add a closed line with corners."""
        self.path.addPolygon(QPolygonF([QPointF(x, y) for x, y in _counterclockwise(points)]))
        self.path.closeSubpath()
        return self

    def round(self, ring: FlatRing, more: float = 0.0) -> "Shape":
        """Add a round end."""
        radius = ring.half + more
        self.path.addEllipse(QPointF(ring.x, ring.y), radius, radius)
        return self


def _sides(rings: Sequence[FlatRing], more: float) -> tuple[list[Point], list[Point]]:
    """The right side of a limb from its root on, and its left side on the way back."""
    there, back = [], []
    for x, y, nx, ny, half, _ in rings:
        wide = half + more
        wx, wy = nx * wide, ny * wide
        there.append((x - wx, y - wy))
        back.append((x + wx, y + wy))
    back.reverse()
    return there, back


def _counterclockwise(line: Line) -> Line:
    """Go around the other way if need be."""
    doubled, (ax, ay) = 0.0, line[-1]
    for bx, by in line:
        doubled += ax * by - bx * ay
        ax, ay = bx, by
    return line if doubled >= 0 else line[::-1]


def _grown(line: Line, more: float) -> Line:
    """Move every point of a line without hollows outward from its middle."""
    count = len(line)
    mx, my = sum(x for x, _ in line) / count, sum(y for _, y in line) / count
    grown: list[Point] = []
    for x, y in line:
        dx, dy = x - mx, y - my
        share = 1 + more / max(1e-6, (dx * dx + dy * dy) ** 0.5)
        grown.append((mx + dx * share, my + dy * share))
    return grown


def _halfway(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _curve(path: QPainterPath, points: Sequence[Point]) -> None:
    """Go on halfway between each two points, bent toward each point: a quadratic spline.

    It smooths a little what it is drawn along, and takes half the time of one through the points.
    """
    ax, ay = points[0]
    quad_to = path.quadTo
    for bx, by in points[1:]:
        quad_to(ax, ay, (ax + bx) / 2, (ay + by) / 2)
        ax, ay = bx, by


def _straight(path: QPainterPath, points: Sequence[Point]) -> None:
    line_to = path.lineTo
    for x, y in points:
        line_to(x, y)
