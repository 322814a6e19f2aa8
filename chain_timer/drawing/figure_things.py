"""Draws what an exercise is done with, and the shadow on the floor."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from math import ceil, inf
from operator import attrgetter, itemgetter
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRadialGradient

from chain_timer.drawing.paths import Fill, Placing, Shape
from chain_timer.drawing.pieces import GAP, Layer, Piece
from chain_timer.drawing.stamps import Stamp
from chain_timer.drawing.theme import Theme
from chain_timer.figure.body import Body
from chain_timer.figure.camera import Camera
from chain_timer.figure.figure import Figure, Thing
from chain_timer.figure.outlines import Oval, Point, oval
from chain_timer.figure.pose import Prop
from chain_timer.figure.things import Bit, Form, moved_bits, standing_bits

_UNDER = frozenset({Prop.MAT, Prop.CHAIR})
"""Who is on one of these is in front of all of it."""
_AROUND = frozenset({Prop.RACK})
"""Who works in one of these would be hidden by what of it is nearer."""
_BEFORE, _SEEN_THROUGH = 0.3, 0.4
"""What is so much nearer (meters) than the middle of the place is seen through."""
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
    form: Form


def bits_of(figure: Figure, body: Body, view: Camera) -> Iterator[tuple[float, FlatBit]]:
    """Every bit of the things of a figure, with how near it is."""
    for thing in figure.things:
        yield from _standing(thing, view)
    yield from _moved(figure, body, view)


def layers_of(figure: Figure, body: Body, view: Camera, placing: Placing, theme: Theme) -> Iterator[Layer]:
    """Every bit of the things of a figure."""
    tones = Tones(theme.stage_inner, theme.wood, theme.metal, theme.mat)
    yield from _standing_layers(figure.things, view, placing, tones)
    for near, bit in _moved(figure, body, view):
        yield near, [_piece(bit, tones)]


def _moved(figure: Figure, body: Body, view: Camera) -> Iterator[tuple[float, FlatBit]]:
    if figure.moved is not None:
        for bit in moved_bits(figure.moved, body):
            yield _near(bit, view), _flat(bit, view)


def _standing(thing: Thing, view: Camera) -> Iterator[tuple[float, FlatBit]]:
    for bit in standing_bits(thing.kind, thing.at):
        yield _near(bit, view), _flat(bit, view)


@lru_cache(maxsize=4)
def _standing_layers(
    things: tuple[Thing, ...], view: Camera, placing: Placing, tones: "Tones"
) -> tuple[Layer, ...]:
    """What stands there, once for as long as it is seen from one place."""
    layers: list[Layer] = []
    under: list[tuple[float, FlatBit]] = []
    for thing in things:
        if thing.kind in _UNDER:
            under += _standing(thing, view)
            continue
        # What counts as being at one place has nothing between it.
        for _, together in groupby(standing_bits(thing.kind, thing.at), key=attrgetter("place")):
            bits = [(_near(bit, view), _flat(bit, view)) for bit in together]
            near = bits[0][0]
            hides = thing.kind in _AROUND and near > _BEFORE
            layers.append((near, [(_seen_through if hides else _stamped)(bits, placing, tones)]))
    if under:
        layers.append((-inf, [_stamped(under, placing, tones)]))
    return tuple(layers)


def _near(bit: Bit, view: Camera) -> float:
    return view.seen(bit.place)[2] + view.seen(bit.middle)[2] / 1_000


def _flat(bit: Bit, view: Camera) -> FlatBit:
    return FlatBit(bit.tone, tuple((x, y) for x, y, _ in map(view.seen, bit.line)), bit.thick, bit.form)


class Tones(NamedTuple):
    """The colors of things."""

    ground: str
    wood: str
    metal: str
    mat: str


def _piece(bit: FlatBit, tones: Tones) -> Piece:
    fill = (_bit_shape(bit).path, QColor(getattr(tones, bit.tone)))
    return Piece([fill], lambda: [_bit_shape(bit, GAP).path])


def _seen_through(bits: Iterable[tuple[float, FlatBit]], placing: Placing, tones: Tones) -> Piece:
    """Bits through which one sees: all of a tone at once, or where two overlap one would see less."""
    shapes: dict[str, Shape] = {}
    for _, bit in bits:
        _add_bit(shapes.setdefault(bit.tone, Shape()), bit)
    fills = [(shape.path, QColor(getattr(tones, tone))) for tone, shape in shapes.items()]
    return Piece(fills, stamp=Stamp(placing.put(fills), _SEEN_THROUGH))


def _stamped(bits: Iterable[tuple[float, FlatBit]], placing: Placing, tones: Tones) -> Piece:
    """Bits with their edges, to be copied."""
    fills: list[Fill] = []
    for _, bit in sorted(bits, key=itemgetter(0)):
        fills.append((_bit_shape(bit, GAP).path, QColor(tones.ground)))
        fills.append((_bit_shape(bit).path, QColor(getattr(tones, bit.tone))))
    return Piece(fills, stamp=Stamp(placing.put(fills)))


def _bit_shape(bit: FlatBit, gap: float = 0.0) -> Shape:
    return _add_bit(Shape(), bit, gap)


def _add_bit(shape: Shape, bit: FlatBit, gap: float = 0.0) -> Shape:
    if bit.form is Form.DISC:
        return shape.oval(_disc(bit.line), bit.thick / 2 + gap)
    if bit.form is Form.BAND:
        return shape.band(bit.line, bit.thick + 2 * gap)
    if bit.form is Form.BOARD:
        return shape.line((*bit.line, bit.line[0]), bit.thick + 2 * gap).polygon(bit.line)
    return shape.line(bit.line, bit.thick + 2 * gap)


def _disc(edge: Sequence[Point]) -> Oval:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = edge
    half_axes = ((ax - cx) / 2, (ay - cy) / 2), ((bx - dx) / 2, (by - dy) / 2)
    return oval((ax + cx) / 2, (ay + cy) / 2, half_axes)


class Shadow(NamedTuple):
    """A soft shadow on the floor: where its upper left corner is, and its size in pixels."""

    at: QPointF
    width: int
    height: int
    color: str

    @property
    def image(self) -> QImage:
        return _shadow(self.width, self.height, self.color)


def shadow_of(body: Body, view: Camera, placing: Placing, theme: Theme) -> Shadow | None:
    """Give the shadow of a body; None where it would be smaller than a pixel."""
    places = [body.trunk.hips, body.trunk.head]
    for side in ("right", "left"):
        places += [body.leg(side).heel, body.leg(side).toes, body.arm(side).palm]
    seen = [view.seen((x, y, 0.0)) for x, y, _ in places]
    left, right = min(x for x, _, _ in seen), max(x for x, _, _ in seen)
    low, high = min(y for _, y, _ in seen), max(y for _, y, _ in seen)
    half = (right - left) / 2 + 0.16
    flat = max(_SHADOW_FLAT * half, (high - low) / 2 + 0.05)
    width, height = _steps(2 * half * placing.scale), _steps(2 * flat * placing.scale)
    if not (width and height):
        return None
    middle = placing.point((left + right) / 2, (low + high) / 2)
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
