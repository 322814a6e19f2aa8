"""Draws what an exercise is done with, and the shadow on the floor."""

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QRadialGradient

from chain_timer.drawing.paths import Scene, grown
from chain_timer.drawing.theme import Theme
from chain_timer.figure.body import Body
from chain_timer.figure.camera import Camera
from chain_timer.figure.figure import Figure
from chain_timer.figure.pose import Prop
from chain_timer.figure.things import Bit, moved_bits, standing_bits

_UNDER = frozenset({Prop.MAT, Prop.CHAIR})
"""Who is on one of these is in front of all of it."""
_DEEP = 100.0
_GAP = 0.008
_SHADOW_FLAT = 0.16
_SHADOW = ((0.0, 0.42), (0.55, 0.26), (1.0, 0.0))
"""How dark it is from its middle to its edge."""
_SIZES = 4
"""Shadows are kept by their size, in steps of so many pixels."""


def layers_of(figure: Figure, body: Body, view: Camera) -> Iterator[tuple[float, Bit]]:
    """Every bit of the things of a figure, with how near it is."""
    for thing in figure.things:
        for bit in standing_bits(thing.kind, thing.at):
            yield _near(bit, view) - (_DEEP if thing.kind in _UNDER else 0.0), bit
    if figure.moved is not None:
        for bit in moved_bits(figure.moved, body):
            yield _near(bit, view), bit


def _near(bit: Bit, view: Camera) -> float:
    own = view.seen(bit.middle)[2]
    return own if bit.near is None else view.seen(bit.near)[2] + own / 1_000


class ThingPainter:
    """Draws bits of things in one picture."""

    def __init__(self, painter: QPainter, view: Camera, scene: Scene, theme: Theme) -> None:
        self._painter = painter
        self._view = view
        self._scene = scene
        self._theme = theme

    def paint(self, bit: Bit) -> None:
        color, ground = QColor(getattr(self._theme, bit.tone)), QColor(self._theme.stage_inner)
        points = [self._scene.point(x, y) for x, y, _ in map(self._view.seen, bit.line)]
        if len(points) == 1:
            self._paint_ball(points[0], bit.thick / 2, color, ground)
            return
        if bit.filled:
            self._paint_plate(bit, color, ground)
            return
        line = QPolygonF(points)
        for tone, more in ((ground, 2 * _GAP), (color, 0.0)):
            pen = QPen(tone, (bit.thick + more) * self._scene.scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.setPen(pen)
            self._painter.drawPolyline(line)

    def _paint_plate(self, bit: Bit, color: QColor, ground: QColor) -> None:
        flat = [(x, y) for x, y, _ in map(self._view.seen, bit.line)]
        self._painter.setPen(Qt.PenStyle.NoPen)
        for tone, more in ((ground, bit.thick / 2 + _GAP), (color, bit.thick / 2)):
            self._painter.setBrush(tone)
            self._painter.drawPolygon(QPolygonF([self._scene.point(x, y) for x, y in grown(flat, more)]))

    def _paint_ball(self, middle: QPointF, half: float, color: QColor, ground: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        for tone, radius in ((ground, half + _GAP), (color, half)):
            self._painter.setBrush(tone)
            self._painter.drawEllipse(middle, radius * self._scene.scale, radius * self._scene.scale)


def paint_shadow(painter: QPainter, body: Body, view: Camera, scene: Scene, theme: Theme) -> None:
    """Draw a soft shadow on the floor, under all that a body is above."""
    places = [body.trunk.hips, body.trunk.head]
    for side in ("right", "left"):
        places += [body.leg(side).heel, body.leg(side).toes, body.arm(side).palm]
    seen = [view.seen((x, y, 0.0)) for x, y, _ in places]
    left, right = min(x for x, _, _ in seen), max(x for x, _, _ in seen)
    low, high = min(y for _, y, _ in seen), max(y for _, y, _ in seen)
    half = (right - left) / 2 + 0.16
    flat = max(_SHADOW_FLAT * half, (high - low) / 2 + 0.05)
    width, height = _steps(2 * half * scene.scale), _steps(2 * flat * scene.scale)
    if width and height:
        middle = scene.point((left + right) / 2, (low + high) / 2)
        painter.drawImage(middle - QPointF(width / 2, height / 2), _shadow(width, height, theme.shadow))


def _steps(pixels: float) -> int:
    return max(0, round(pixels / _SIZES) * _SIZES)


@lru_cache(maxsize=24)
def _shadow(width: int, height: int, color: str) -> QImage:
    """A shadow kept as an image: a gradient costs half a millisecond each time it is drawn."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    dark, light = QColor(color), QRadialGradient(QPointF(0, 0), 1.0)
    for at, strength in _SHADOW:
        dark.setAlphaF(strength)
        light.setColorAt(at, dark)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(width / 2, height / 2)
    painter.scale(width / 2, height / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(light)
    painter.drawEllipse(QPointF(0, 0), 1.0, 1.0)
    painter.end()
    return image
