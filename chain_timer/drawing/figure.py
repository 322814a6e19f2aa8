"""Draws a figure with its things: the whole picture of an exercise at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from chain_timer.drawing.figure_body import BodyShapes, Glow
from chain_timer.drawing.figure_things import Shadow, bits_of, layers_of, shadow_of
from chain_timer.drawing.paths import Placing
from chain_timer.drawing.pieces import marks_of
from chain_timer.drawing.stamps import Mark, Stamp
from chain_timer.drawing.theme import Theme
from chain_timer.figure.body import Body
from chain_timer.figure.camera import camera, look
from chain_timer.figure.figure import Figure
from chain_timer.figure.pose import mirrored_pose
from chain_timer.figure.solver import solve

MAIN, ALSO = 1.0, 0.5
"""How strongly muscles glow that do the work, and those that help."""
_PADDING = 0.10
"""What flesh adds to the bones, in meters."""
_HEAD = 0.15


class Extent(NamedTuple):
    """What a figure takes of a picture in any of its poses, in meters around the world's origin."""

    left: float
    bottom: float
    right: float
    top: float


def glow_of(main: Iterable[str], also: Iterable[str], side: str = "") -> Glow:
    """Light the muscles of an exercise: what works, and softer what helps."""
    return Glow({**dict.fromkeys(also, ALSO), **dict.fromkeys(main, MAIN)}, side)


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure at one moment, and how it is lit."""

    figure: Figure
    body: Body
    glow: Glow
    mirrored: float = 0.0
    """0 is seen from the right, 1 from the left, in between it turns around."""


class Drawing(NamedTuple):
    """A picture ready to be painted, as often as one likes."""

    shadow: Shadow | None
    marks: tuple[Mark, ...]


def drawing_of(rect: QRectF, picture: Picture, theme: Theme) -> Drawing:
    """Make the drawing of a figure as large as it fits; the same scale for every pose of it."""
    figure, body = picture.figure, picture.body
    view = camera(figure.view.turn, figure.view.height, picture.mirrored)
    placing = _placing(rect, extent(figure, mirrored=picture.mirrored))
    layers = [
        *BodyShapes(look(body, view), theme, picture.glow).layers(),
        *layers_of(figure, body, view, placing, theme),
    ]
    return Drawing(
        shadow_of(body, view, placing, theme), tuple(marks_of(layers, placing, QColor(theme.stage_inner)))
    )


def paint_drawing(painter: QPainter, drawing: Drawing) -> None:
    """Paint what was made before."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if drawing.shadow is not None:
        painter.drawImage(drawing.shadow.at, drawing.shadow.image)
    for mark in drawing.marks:
        if isinstance(mark, Stamp):
            mark.paint(painter)
        else:
            painter.fillPath(*mark)
    painter.restore()


def paint_figure(painter: QPainter, rect: QRectF, picture: Picture, theme: Theme) -> None:
    """Make a drawing and paint it."""
    paint_drawing(painter, drawing_of(rect, picture, theme))


def extent(figure: Figure, *, mirrored: float = 0.0) -> Extent:
    """How much room a figure needs, whatever it does; while it turns around, the room slides along."""
    key = _Key(figure)
    if mirrored in {0.0, 1.0}:
        return _extent(key, bool(mirrored))
    right, left = _extent(key, False), _extent(key, True)  # noqa: FBT003 - part of the key
    return Extent(*(a + (b - a) * mirrored for a, b in zip(right, left, strict=True)))


class _Key:
    """A figure as a key of a cache: it is the same only if it is the very same."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.figure is self.figure

    def __hash__(self) -> int:
        return id(self.figure)


@lru_cache(maxsize=64)
def _extent(key: _Key, mirrored: bool) -> Extent:  # noqa: FBT001 - part of the key
    figure = key.figure
    view = camera(figure.view.turn, figure.view.height, float(mirrored))
    points: list[tuple[float, float, float]] = []
    for pose in figure.poses.values():
        body = solve(mirrored_pose(pose) if mirrored else pose)
        points += ((*view.seen(body.trunk.head)[:2], _HEAD), (*view.seen(body.trunk.hips)[:2], _HEAD))
        for side in ("right", "left"):
            leg, arm = body.leg(side), body.arm(side)
            for at in (leg.knee, leg.heel, leg.toes, arm.elbow, arm.tip, arm.shoulder):
                points.append((*view.seen(at)[:2], _PADDING))
        for _, bit in bits_of(figure, body, view):
            points += ((x, y, bit.thick / 2) for x, y in bit.line)
    return Extent(
        min(x - pad for x, _, pad in points),
        min(y - pad / 2 for _, y, pad in points),
        max(x + pad for x, _, pad in points),
        max(y + pad for _, y, pad in points),
    )


def _placing(rect: QRectF, room: Extent) -> Placing:
    scale = min(rect.width() / (room.right - room.left), rect.height() / (room.top - room.bottom))
    middle = (room.left + room.right) / 2
    return Placing(scale, rect.center().x() - middle * scale, rect.bottom() + room.bottom * scale)
