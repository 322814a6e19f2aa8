"""The muscle map: a person standing, seen from behind or from the front, with muscles lit."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from chain_timer.drawing.figure import Drawing, paint_drawing
from chain_timer.drawing.figure_body import BodyShapes, Glow
from chain_timer.drawing.paths import Placing, Shape
from chain_timer.drawing.pieces import marks_of
from chain_timer.drawing.theme import Theme
from chain_timer.figure.body import Body
from chain_timer.figure.camera import Seen, camera, look
from chain_timer.figure.muscles import AREAS
from chain_timer.figure.outlines import flat_area
from chain_timer.figure.pose import FreeArm, Planted, Pose
from chain_timer.figure.shapes import sweeps
from chain_timer.figure.solver import solve

HEIGHT, WIDTH = 1.82, 0.86
"""What the map shows, in meters; its sides should have this ratio."""
_BEHIND, _FRONT = -90.0, 90.0


def paint_muscle_map(painter: QPainter, rect: QRectF, glow: Glow, theme: Theme, *, back: bool = True) -> None:
    """Draw the map as large as it fits, in the middle."""
    shapes = BodyShapes(_seen(back=back), theme, glow)
    marks = marks_of(shapes.layers(), _placing(rect), QColor(theme.stage_inner))
    paint_drawing(painter, Drawing(None, tuple(marks)))


def muscle_shapes(rect: QRectF, muscles: Iterable[str], *, back: bool = True) -> dict[str, QPainterPath]:
    """Give where muscles are seen on a map drawn into a rectangle; those on its other side are left out."""
    parts, transform = sweeps(_seen(back=back)), _placing(rect).transform
    found: dict[str, QPainterPath] = {}
    for muscle in muscles:
        shape = Shape()
        for area in AREAS.get(muscle, ()):
            if line := flat_area(area, parts[area.sweep]):
                shape.closed(line)
        if not shape.path.isEmpty():
            found[muscle] = transform.map(shape.path)
    return found


def _placing(rect: QRectF) -> Placing:
    scale = min(rect.width() / WIDTH, rect.height() / HEIGHT)
    floor = rect.center().y() + HEIGHT * scale / 2 - 0.02 * scale
    return Placing(scale, rect.center().x(), floor)


@lru_cache(maxsize=2)
def _seen(*, back: bool) -> Seen:
    return look(_standing(), camera(_BEHIND if back else _FRONT, 0.0))


@lru_cache(maxsize=1)
def _standing() -> Body:
    arm = FreeArm(raised=4, out=16, bent=10)
    pose = Pose(
        (0.0, 0.0, 0.92),
        Planted((0.0, -0.15), turn=14),
        Planted((0.0, 0.15), turn=14),
        arm,
        arm,
    )
    return solve(pose)
