"""Draws what an exercise is done with, and the shadow on the floor."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRadialGradient

from chain_timer.drawing.paths import Fill, Scene, Shape
from chain_timer.drawing.theme import Theme
from chain_timer.figure.body import Body
from chain_timer.figure.camera import Camera
from chain_timer.figure.figure import Figure, Thing
from chain_timer.figure.outlines import Point
from chain_timer.figure.pose import Prop
from chain_timer.figure.things import Bit, moved_bits, standing_bits

_UNDER = frozenset({Prop.MAT, Prop.CHAIR})
"""Who is on one of these is in front of all of it."""
_DEEP = 100.0
_GAP = 0.008
_CORNERS = 4
"""What has more of them is round."""
_SHADOW_FLAT = 0.16
_SHADOW = ((0.0, 0.42), (0.55, 0.26), (1.0, 0.0))
"""How dark it is from its middle to its edge."""
_SIZES = 16
"""Shadows are kept by their size, in steps of so many pixels."""


class FlatBit(NamedTuple):
    """A bit of a thing as it lies in the picture, in meters."""

    tone: str
    line: tuple[Point, ...]
    thick: float
    filled: bool


def bits_of(figure: Figure, body: Body, view: Camera) -> Iterator[tuple[float, FlatBit]]:
    """Every bit of the things of a figure, with how near it is."""
    yield from _standing(figure.things, view)
    yield from _moved(figure, body, view)


def layers_of(
    figure: Figure, body: Body, view: Camera, scene: Scene, theme: Theme
) -> Iterator[tuple[float, Sequence[Fill]]]:
    """What to fill for every bit of the things of a figure, with how near it is."""
    tones = Tones(theme.stage_inner, theme.wood, theme.metal, theme.mat)
    yield from _standing_fills(figure.things, view, scene, tones)
    for near, bit in _moved(figure, body, view):
        yield near, _fills(bit, scene, tones)


def _moved(figure: Figure, body: Body, view: Camera) -> Iterator[tuple[float, FlatBit]]:
    if figure.moved is not None:
        for bit in moved_bits(figure.moved, body):
            yield _near(bit, view), _flat(bit, view)


@lru_cache(maxsize=64)
def _standing(things: tuple[Thing, ...], view: Camera) -> tuple[tuple[float, FlatBit], ...]:
    return tuple(
        (_near(bit, view) - (_DEEP if thing.kind in _UNDER else 0.0), _flat(bit, view))
        for thing in things
        for bit in standing_bits(thing.kind, thing.at)
    )


@lru_cache(maxsize=8)
def _standing_fills(
    things: tuple[Thing, ...], view: Camera, scene: Scene, tones: "Tones"
) -> tuple[tuple[float, Sequence[Fill]], ...]:
    """What stands there, once for as long as it is seen from one place."""
    return tuple((near, _fills(bit, scene, tones)) for near, bit in _standing(things, view))


def _near(bit: Bit, view: Camera) -> float:
    own = view.seen(bit.middle)[2]
    return own if bit.near is None else view.seen(bit.near)[2] + own / 1_000


def _flat(bit: Bit, view: Camera) -> FlatBit:
    return FlatBit(bit.tone, tuple((x, y) for x, y, _ in map(view.seen, bit.line)), bit.thick, bit.filled)


class Tones(NamedTuple):
    """The colors of things."""

    ground: str
    wood: str
    metal: str
    mat: str


def _fills(bit: FlatBit, scene: Scene, tones: Tones) -> tuple[Fill, ...]:
    """What to fill for a bit: the ground a little around it, then the bit."""
    return tuple(
        (_bit_shape(bit, scene, gap).path, QColor(tone))
        for tone, gap in ((tones.ground, _GAP), (getattr(tones, bit.tone), 0.0))
    )


def _bit_shape(bit: FlatBit, scene: Scene, gap: float) -> Shape:
    shape = Shape(scene)
    if bit.filled and len(bit.line) > _CORNERS:
        return shape.closed(bit.line, bit.thick / 2 + gap)
    if bit.filled:
        return shape.line((*bit.line, bit.line[0]), bit.thick + 2 * gap).polygon(bit.line)
    return shape.line(bit.line, bit.thick + 2 * gap)


class Shadow(NamedTuple):
    """A soft shadow on the floor: where its upper left corner is, and its size in pixels."""

    at: QPointF
    width: int
    height: int
    color: str

    @property
    def image(self) -> QImage:
        return _shadow(self.width, self.height, self.color)


def shadow_of(body: Body, view: Camera, scene: Scene, theme: Theme) -> Shadow | None:
    """Give the shadow of a body; None where it would be smaller than a pixel."""
    places = [body.trunk.hips, body.trunk.head]
    for side in ("right", "left"):
        places += [body.leg(side).heel, body.leg(side).toes, body.arm(side).palm]
    seen = [view.seen((x, y, 0.0)) for x, y, _ in places]
    left, right = min(x for x, _, _ in seen), max(x for x, _, _ in seen)
    low, high = min(y for _, y, _ in seen), max(y for _, y, _ in seen)
    half = (right - left) / 2 + 0.16
    flat = max(_SHADOW_FLAT * half, (high - low) / 2 + 0.05)
    width, height = _steps(2 * half * scene.scale), _steps(2 * flat * scene.scale)
    if not (width and height):
        return None
    middle = scene.point((left + right) / 2, (low + high) / 2)
    return Shadow(middle - QPointF(width / 2, height / 2), width, height, theme.shadow)


def _steps(pixels: float) -> int:
    return ceil(pixels / _SIZES) * _SIZES if pixels >= 1 else 0


@lru_cache(maxsize=12)
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
