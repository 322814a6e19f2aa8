"""The dose map: a body from behind and from the front, each muscle as full as its share of the usual dose.

A muscle fills up from below like a vessel, so that how much it got is told by how far, not by color alone.
"""

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from chain_timer.drawing.charting import type_size, write
from chain_timer.drawing.figure_body import Glow
from chain_timer.drawing.muscle_map import HEIGHT, WIDTH, muscle_shapes, paint_muscle_map
from chain_timer.drawing.text import font
from chain_timer.drawing.theme import Theme, mixed

_LEAST, _MOST = 0.08, 0.94
"""What a muscle that got anything is filled to at least, and one that has not all of it at most."""
_ON_BODY = 0.72
"""How much of the ground's color the empty part of a muscle has: no cloth shines through."""
_BACK_SHARE = 0.58
"""Of the width, where there is too little of it for two figures as tall as the room."""
_CORNER = 16.0
_NEAR = 4.0
"""Pixels beside a muscle that count as on it where there is nothing else: some are thin."""
_EDGE = 10.0


class DoseWords(NamedTuple):
    """What is written beneath the bodies and beside the signs."""

    back: str
    front: str
    missing: str
    some: str
    whole: str


class Body(NamedTuple):
    """One of the two bodies: where it stands, and the shape of each muscle seen on it, the largest first."""

    back: bool
    room: QRectF
    shapes: dict[str, QPainterPath]


class DoseLayout:
    """Where the bodies and their muscles are; the same for drawing, for the pointer and for keys."""

    def __init__(self, rect: QRectF, shares: Mapping[str, float | None]) -> None:
        """``shares`` tells how much of its dose each muscle got; None of one that got nothing at all."""
        self.rect = rect
        self.shares = dict(shares)
        self.pixels = type_size(2 * rect.height())
        self.caption = self.pixels * 2.0
        floor = rect.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE - 2 * self.caption)
        wide = floor.height() * WIDTH / HEIGHT
        left = floor.width() * _BACK_SHARE if 2 * wide > floor.width() else floor.width() / 2
        back = QRectF(floor.left(), floor.top(), left, floor.height())
        front = QRectF(back.right(), floor.top(), floor.width() - left, floor.height())
        if 2 * wide < floor.width():
            # Near each other in the middle: they are two sides of one body.
            away = min(wide * 0.62, floor.width() / 4)
            back.moveCenter(QPointF(floor.center().x() - away, floor.center().y()))
            front.moveCenter(QPointF(floor.center().x() + away, floor.center().y()))
        stood = _standing(back), _standing(front)
        # On one floor, however large each of them is.
        ground = max(room.bottom() for room in stood)
        for room in stood:
            room.moveBottom(ground)
        self.bodies = self._body(stood[0], back=True), self._body(stood[1], back=False)

    def muscles(self) -> tuple[str, ...]:
        """Give those that are seen on one of the bodies, in the order they were told in."""
        return tuple(muscle for muscle in self.shares if any(muscle in body.shapes for body in self.bodies))

    def muscle_at(self, place: QPointF) -> str:
        """Give the muscle at a place; empty where there is none."""
        near = QRectF(place.x() - _NEAR, place.y() - _NEAR, 2 * _NEAR, 2 * _NEAR)
        shapes = [(muscle, body.shapes[muscle]) for body in self.bodies for muscle in reversed(body.shapes)]
        exact = (muscle for muscle, shape in shapes if shape.contains(place))
        return next(exact, "") or next((muscle for muscle, shape in shapes if shape.intersects(near)), "")

    def rect_of(self, muscle: str) -> QRectF:
        """Give what a muscle takes of the body it is seen on first."""
        return next(
            (body.shapes[muscle].boundingRect() for body in self.bodies if muscle in body.shapes), QRectF()
        )

    def _body(self, room: QRectF, *, back: bool) -> Body:
        shapes = muscle_shapes(room, self.shares, back=back)
        # Small ones lie over large ones, and are found first.
        largest = sorted(shapes, key=lambda muscle: -_size(shapes[muscle]))
        return Body(back, room, {muscle: shapes[muscle] for muscle in largest})


def paint_dose_map(painter: QPainter, layout: DoseLayout, theme: Theme, words: DoseWords) -> None:
    """Draw both bodies, what they are called, and what the signs mean."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.stage_inner))
    painter.drawRoundedRect(layout.rect, _CORNER, _CORNER)
    painter.setFont(font(layout.pixels))
    for body in layout.bodies:
        paint_muscle_map(painter, body.room, Glow({}), theme, back=body.back)
        for muscle, shape in body.shapes.items():
            paint_muscle(painter, shape, layout.shares[muscle], theme)
        caption = QRectF(body.room.left(), body.room.bottom() + 4, body.room.width(), layout.caption - 6)
        painter.setPen(QColor(theme.quiet))
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, words.back if body.back else words.front)
    _paint_legend(painter, layout, theme, words)
    painter.restore()


def paint_muscle(painter: QPainter, shape: QPainterPath, share: float | None, theme: Theme) -> None:
    """Draw a muscle over a body: full, filled up in part, or hatched where it got nothing."""
    coral = QColor(theme.muscle)
    if share is not None and share >= 1:
        painter.fillPath(shape, coral)
        return
    painter.fillPath(shape, QColor(mixed(theme.muscle, theme.stage_inner, _ON_BODY)))
    room = shape.boundingRect()
    painter.save()
    painter.setClipPath(shape)
    if share is None:
        painter.fillPath(shape, QColor(theme.stage_inner))
        _hatch(painter, room, QPen(coral, 1.4))
    else:
        full = min(max(_LEAST, share), _MOST)
        top = room.bottom() - room.height() * full
        painter.fillRect(QRectF(room.left(), top, room.width(), room.bottom() - top), coral)
    painter.restore()
    painter.setPen(QPen(coral, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)


def paint_pointed(painter: QPainter, layout: DoseLayout, muscle: str, theme: Theme, *, strong: bool) -> None:
    """Draw a line around a muscle that the pointer is at, a stronger one where the keys are."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for body in layout.bodies:
        if muscle in body.shapes:
            painter.setPen(QPen(QColor(theme.stage_inner), 5.5))
            painter.drawPath(body.shapes[muscle])
            painter.setPen(QPen(QColor(theme.text), 2.5 if strong else 1.5))
            painter.drawPath(body.shapes[muscle])


def _hatch(painter: QPainter, room: QRectF, pen: QPen) -> None:
    """Draw slanted lines over a rectangle."""
    painter.setPen(pen)
    tall, apart = room.height(), 5.0
    for number in range(ceil((room.width() + tall) / apart)):
        x = room.left() + number * apart
        painter.drawLine(QLineF(x, room.top(), x - tall, room.bottom()))


def _paint_legend(painter: QPainter, layout: DoseLayout, theme: Theme, words: DoseWords) -> None:
    metrics = painter.fontMetrics()
    names = (words.missing, words.some, words.whole)
    told = sum(metrics.horizontalAdvance(name) + 20 for name in names)
    between = min(max(6.0, (layout.rect.width() - 2 * _EDGE - told) / (len(names) - 1)), 18.0)
    wide = told + between * (len(names) - 1)
    left = max(layout.rect.left() + _EDGE, layout.rect.center().x() - wide / 2)
    middle = layout.rect.bottom() - layout.pixels - 4
    for name, share in zip(names, (None, 0.5, 1.0), strict=True):
        sign = QPainterPath()
        sign.addRoundedRect(QRectF(left, middle - 7, 14, 14), 4, 4)
        paint_muscle(painter, sign, share, theme)
        painter.setPen(QColor(theme.quiet))
        left = write(painter, left + 20, middle, name, layout.rect.right() - 2) + between


def _standing(room: QRectF) -> QRectF:
    """Give what a body takes of its room, so that its name is near its feet."""
    scale = min(room.width() / WIDTH, room.height() / HEIGHT)
    stood = QRectF(0, 0, WIDTH * scale, HEIGHT * scale)
    stood.moveCenter(room.center())
    return stood


def _size(shape: QPainterPath) -> float:
    room = shape.boundingRect()
    return room.width() * room.height()
