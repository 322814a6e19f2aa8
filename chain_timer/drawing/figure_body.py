"""A body as shapes to fill: its parts from far to near, in shirt and shorts, with muscles glowing on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import hypot, inf
from operator import itemgetter

from PySide6.QtGui import QColor, QPainterPath

from chain_timer.drawing.paths import Fill, Shape
from chain_timer.drawing.pieces import GAP, Layer, Piece
from chain_timer.drawing.theme import Theme, mixed
from chain_timer.figure.camera import Seen
from chain_timer.figure.head import flat_head
from chain_timer.figure.muscles import AREAS, Area
from chain_timer.figure.outlines import FlatRing, Point, flat_area, flat_sweep, shoe
from chain_timer.figure.shapes import sweeps
from chain_timer.figure.skeleton import SIDES

_SHINES, _SHINING = 0.9, 0.3
"""The muscles of the side that leads shine through the body when they are on its far side, this strongly."""
_FAR = 0.34
"""How much of the ground's color what is far away takes on."""
_DEPTH = 0.32
"""What lies so far (meters) behind the trunk counts as far."""
_SHORTS_TRUNK, _KNEE = 4, 4
"""The shorts end above this ring of the trunk, and above the knee at that one of a leg."""
_SLEEVE, _ELBOW = 3, 4
_LAYERS = ("trunk", "right leg", "left leg", "right arm", "left arm")
_LIKE_FLAT = 0.03
"""A limb that goes away from the viewer by less than this (meters) counts as lying in the picture."""
_ALL, _UPPER, _LOWER = (-inf, inf), (-inf, 1.0), (1.0, inf)
_SEAT, _ABOVE_SEAT = (-inf, 2.0), (2.0, inf)
"""The muscles of the seat lie over the trunk and the thighs that grow out of it."""
_LEG_OVER, _ARM_OVER = 0.13, 0.05
"""Limbs grow out of the trunk in front of it, unless they are well behind."""
_FOLDED, _CREASED = 0.0, 0.6
"""Bent so far (see :func:`_bend`), a joint is rounded, and its halves are parted from each other."""
_JOINED = 2
"""From this ring on a limb is parted from the trunk; above, it grows out of it."""


@dataclass(frozen=True, slots=True)
class Glow:
    """Which muscles are lit, 0 to 1 each, and the side that leads, if one does: then only its muscles are."""

    muscles: Mapping[str, float]
    side: str = ""


class BodyShapes:
    """Makes the pieces of one body for one picture."""

    def __init__(self, seen: Seen, theme: Theme, glow: Glow) -> None:
        self._theme = theme
        self._glow = glow
        self._parts = sweeps(seen)
        self._shoes = {side: shoe(seen.body.leg(side), seen.up) for side in SIDES}
        self._flat = {name: flat_sweep(sweep) for name, sweep in self._parts.items()}
        self._near = {name: _middle_near(self._flat[name]) for name in _LAYERS}
        self._head = flat_head(seen)

    def layers(self) -> Iterator[Layer]:
        """The body's layers, in no order; things may lie between them."""
        near = self._near
        yield near["trunk"], [self._trunk()]
        yield self._head.near, [self._face()]
        for side in SIDES:
            yield near[f"{side} leg"] + _LEG_OVER, self._leg(side)
            yield near[f"{side} arm"] + _ARM_OVER, self._arm(side)
        yield max(near["trunk"], *(near[f"{side} leg"] + _LEG_OVER for side in SIDES)), [self._seat()]

    def _far(self, near: float, free: float = 0.0) -> float:
        """How much of the ground's color a part takes on; one that lies over the trunk takes on none."""
        return max(0.0, min(1.0, (self._near["trunk"] - near - free) / _DEPTH)) * _FAR

    def _trunk(self) -> Piece:
        trunk, neck = self._flat["trunk"], self._flat["neck"]
        fills = [
            self._fill(Shape().limb(neck), "skin", 0.0),
            self._fill(Shape().limb(trunk[_SHORTS_TRUNK:]), "shirt", 0.0),
            self._fill(Shape().limb(trunk[: _SHORTS_TRUNK + 1]).round(trunk[0]), "shorts", 0.0),
            *self._muscles("trunk", 0.0, _ABOVE_SEAT),
        ]
        return Piece(fills, lambda: [Shape().around_limb(trunk, GAP).path])

    def _seat(self) -> Piece:
        return Piece(list(self._muscles("trunk", 0.0, _SEAT)))

    def _face(self) -> Piece:
        far = self._far(self._head.near)
        fills = []
        for tone, outlines in groupby(self._head.parts, key=itemgetter(0)):
            shape = Shape()
            for _, outline in outlines:
                shape.outline(outline)
            fills.append(self._fill(shape, tone, far))
        return Piece(fills, lambda: [Shape().oval(edge, GAP).path for edge in self._head.edges])

    def _leg(self, side: str) -> list[Piece]:
        name = f"{side} leg"
        leg, far = self._flat[name], self._far(self._near[name], _LEG_OVER)
        worn, edge = _shoe_paths(self._shoes[side])
        over = _ends_near(leg)
        bend = _bend(leg, _KNEE)
        thigh = Piece(
            [
                self._fill(Shape().limb(leg[: _KNEE + 1]).round(leg[0]), "shorts", far),
                *self._muscles(name, far, _UPPER),
            ],
            lambda: [Shape().around_limb(leg[_JOINED : _KNEE + over], GAP).path],
        )
        skin = Shape().limb(leg[_KNEE:])
        shank = Piece(
            [
                self._fill(skin.round(leg[_KNEE]) if bend < _FOLDED else skin, "skin", far),
                self._fill(worn, "accent" if self._glow.side == side else "shoes", far),
                *self._muscles(name, far, _LOWER),
            ],
            lambda: [Shape().around_limb(leg[_KNEE + 1 :], GAP).path, edge.path],
        )
        return _in_order(thigh, shank, over=over, creased=bend < _CREASED)

    def _arm(self, side: str) -> list[Piece]:
        name = f"{side} arm"
        arm, hand, thumb = (self._flat[f"{side} {part}"] for part in ("arm", "hand", "thumb"))
        far = self._far(self._near[name], _ARM_OVER)
        over = _ends_near(arm)
        bend = _bend(arm, _ELBOW)
        # What overlaps within one path takes longer to fill: forearm and hand are one outline.
        forearm = (*arm[_ELBOW:-1], *hand)
        upper = Piece(
            [
                self._fill(Shape().limb(arm[_SLEEVE : _ELBOW + 1]).round(arm[_ELBOW]), "skin", far),
                self._fill(Shape().limb(arm[: _SLEEVE + 1]).round(arm[0]), "shirt", far),
                *self._muscles(name, far, _ALL),
            ],
            lambda: [Shape().around_limb(arm[_JOINED : _ELBOW + over], GAP).path],
        )

        def edges() -> list[QPainterPath]:
            edge = Shape().around_limb(forearm[1:], GAP).round(hand[-1], GAP)
            return [edge.around_limb(thumb, GAP).round(thumb[-1], GAP).path]

        skin = Shape().limb(forearm).round(hand[-1]).limb(thumb).round(thumb[-1])
        lower = Piece([self._fill(skin.round(arm[_ELBOW]) if bend < _FOLDED else skin, "skin", far)], edges)
        return _in_order(upper, lower, over=over, creased=bend < _CREASED)

    def _fill(self, shape: Shape, tone: str, far: float) -> Fill:
        color = (
            mixed(self._theme.skin, self._theme.hair, 0.3) if tone == "ear" else getattr(self._theme, tone)
        )
        return shape.path, _toned(color, self._theme.stage_inner, round(far, 2))

    def _muscles(self, name: str, far: float, within: tuple[float, float]) -> Iterator[Fill]:
        """The lit areas of a part that begin somewhere along it."""
        sweep, (first, last) = self._parts[name], within
        side = self._glow.side
        for muscle, strength in self._glow.muscles.items():
            for area in AREAS.get(muscle, ()):
                elsewhere = area.sweep != name or not first <= area.first < last
                if elsewhere or (side and area.side != side):
                    continue
                shown = strength
                line = flat_area(area, sweep)
                if not line and side and strength > _SHINES:
                    shown, line = _SHINING, flat_area(area, sweep, far=True)
                if line:
                    yield Shape().closed(line).path, self._lit(area, shown, far)

    def _lit(self, area: Area, strength: float, far: float) -> QColor:
        """Mix the glow with what it lies on: to paint through it costs ten times as much."""
        if area.sweep == "trunk":
            under = self._theme.shorts if area.last < _SHORTS_TRUNK else self._theme.shirt
        elif area.sweep.endswith("leg"):
            under = self._theme.shorts if area.first < _UPPER[1] else self._theme.skin
        else:
            under = self._theme.shirt
        return _toned(mixed(under, self._theme.muscle, strength), self._theme.stage_inner, round(far, 2))


@lru_cache(maxsize=64)
def _shoe_paths(outline: tuple[Point, ...]) -> tuple[Shape, Shape]:
    """A shoe and its edge: one that stands still is the same from frame to frame."""
    return Shape().closed(outline), Shape().around(outline, GAP)


@lru_cache(maxsize=512)
def _toned(color: str, ground: str = "", far: float = 0.0) -> QColor:
    return QColor(mixed(color, ground, far) if far else color)


def _middle_near(rings: Sequence[FlatRing]) -> float:
    return sum(ring.near for ring in rings) / len(rings)


def _bend(limb: Sequence[FlatRing], middle: int) -> float:
    """The cosine of how far the lower half of a limb turns away from its upper half, in the picture."""
    root, joint, end = limb[0], limb[middle], limb[-1]
    ax, ay, bx, by = joint.x - root.x, joint.y - root.y, end.x - joint.x, end.y - joint.y
    return (ax * bx + ay * by) / max(1e-9, hypot(ax, ay) * hypot(bx, by))


def _ends_near(limb: Sequence[FlatRing]) -> bool:
    """Whether the lower half of a limb lies over the upper one."""
    return limb[-1].near >= limb[0].near - _LIKE_FLAT


def _in_order(upper: Piece, lower: Piece, *, over: bool, creased: bool) -> list[Piece]:
    """Put the half of a limb that is farther away before the other one."""
    first, second = (upper, lower) if over else (lower, upper)
    second.joined = None if creased else first
    return [first, second]
