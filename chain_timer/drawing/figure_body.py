"""A body as shapes to fill: its parts from far to near, in shirt and shorts, with muscles glowing on them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from PySide6.QtGui import QColor

from chain_timer.drawing.paths import Fill, Scene, Shape
from chain_timer.drawing.theme import Theme, mixed
from chain_timer.figure.camera import Seen
from chain_timer.figure.head import flat_head
from chain_timer.figure.muscles import AREAS, Area
from chain_timer.figure.outlines import FlatRing, Line, flat_area, flat_sweep, hull
from chain_timer.figure.shapes import sweeps

_GAP = 0.009
"""The line that parts what is near from what is behind it, in meters."""
_SEAM = 0.004
_SHINES, _SHINING = 0.9, 0.3
"""The muscles of the side that leads shine through the body when they are on its far side, this strongly."""
_FAR = 0.34
"""How much of the ground's color what is far away takes on."""
_DEPTH = 0.32
"""What lies so far (meters) behind the trunk counts as far."""
_SHORTS_TRUNK, _KNEE = 4, 5
"""The shorts end above this ring of the trunk, and above the knee at that one of a leg."""
_SLEEVE, _ELBOW = 4, 5
_LAYERS = ("trunk", "right leg", "left leg", "right arm", "left arm")
_ALL = 99
_LIKE_FLAT = 0.03
"""A limb that goes away from the viewer by less than this (meters) counts as lying in the picture."""
_SEAT, _ABOVE_SEAT = range(2), range(2, _ALL)
"""The muscles of the seat lie over the trunk and the thighs that grow out of it."""
_LEG_OVER, _ARM_OVER = 0.13, 0.05
"""Limbs grow out of the trunk in front of it, unless they are well behind."""
_JOINED = 3
"""From this ring on a limb is parted from the trunk; above, it grows out of it."""


@dataclass(frozen=True, slots=True)
class Glow:
    """Which muscles are lit, 0 to 1 each, and the side that leads, if one does: then only its muscles are."""

    muscles: Mapping[str, float]
    side: str = ""


class BodyShapes:
    """Makes the parts of one body for one picture."""

    def __init__(self, seen: Seen, scene: Scene, theme: Theme) -> None:
        self._fills: list[Fill] = []
        self._scene = scene
        self._theme = theme
        self._parts = sweeps(seen)
        self._flat = {name: flat_sweep(sweep) for name, sweep in self._parts.items()}
        self._near = {name: _middle_near(self._flat[name]) for name in _LAYERS}
        self._head = flat_head(seen)

    def layers(self) -> list[tuple[float, str]]:
        """How near each layer is, with its name, so that things can be put between them."""
        near = dict(self._near)
        for side in ("right", "left"):
            near[f"{side} leg"] += _LEG_OVER
            near[f"{side} arm"] += _ARM_OVER
        near["head"] = self._head.near
        near["seat"] = max(near["trunk"], near["right leg"], near["left leg"])
        return [(depth, name) for name, depth in near.items()]

    def fills(self, layer: str, glow: Glow) -> list[Fill]:
        """What to fill for a layer, in this order."""
        self._fills = []
        far = self._far(layer)
        if layer == "trunk":
            self._add_trunk(glow, far)
        elif layer == "seat":
            self._add_muscles("trunk", glow, far, _SEAT)
        elif layer == "head":
            self._add_head(far)
        else:
            side, _, limb = layer.partition(" ")
            (self._add_leg if limb == "leg" else self._add_arm)(side, glow, far)
        return self._fills

    def _far(self, layer: str) -> float:
        if layer == "seat":
            return 0.0
        near = self._head.near if layer == "head" else self._near[layer]
        # A leg that is drawn over the trunk is not told from it by its color either.
        free = _LEG_OVER if layer.endswith("leg") else _ARM_OVER
        return max(0.0, min(1.0, (self._near["trunk"] - near - free) / _DEPTH)) * _FAR

    def _add_trunk(self, glow: Glow, far: float) -> None:
        trunk, neck = self._flat["trunk"], self._flat["neck"]
        self._part(self._shape().limb(trunk, _GAP))
        self._fill(self._shape().limb(neck), "skin", far)
        self._fill(self._shape().limb(trunk[_SHORTS_TRUNK:]), "shirt", far)
        self._fill(self._shape().limb(trunk[: _SHORTS_TRUNK + 1]).round(trunk[0]), "shorts", far)
        self._add_muscles("trunk", glow, far, _ABOVE_SEAT)

    def _add_head(self, far: float) -> None:
        # A hint of hair is none.
        parts = [part for part in (*self._head.under, *self._head.over) if len(part[1]) > 2]  # noqa: PLR2004
        edge = self._shape()
        for tone, line in parts:
            if tone != "ear":
                edge.closed(line, _GAP)
        self._part(edge)
        for tone, lines in groupby(parts, key=itemgetter(0)):
            shape = self._shape()
            for _, line in lines:
                shape.closed(line)
            self._fill(shape, tone, far)

    def _add_leg(self, side: str, glow: Glow, far: float) -> None:
        leg = self._flat[f"{side} leg"]
        shoe = hull(self._parts[f"{side} foot"])

        def thigh(end: int) -> None:
            self._part(self._shape().limb(leg[_JOINED : _KNEE + end], _GAP))
            self._fill(self._shape().limb(leg[: _KNEE + 1]).round(leg[0]), "shorts", far)
            self._add_muscles(f"{side} leg", glow, far, range(_KNEE + 1))

        def shank() -> None:
            self._part(self._shape().limb(leg[_KNEE + 1 :], _GAP).closed(shoe, _GAP))
            shape = self._shape().limb(leg[_KNEE:])
            self._fill(shape.round(leg[_KNEE]) if _is_folded(leg) else shape, "skin", far)
            self._fill(self._shape().closed(shoe), "accent" if glow.side == side else "shoes", far)
            self._add_muscles(f"{side} leg", glow, far, range(_KNEE + 1, _ALL))

        _add_in_order(leg, thigh, shank)

    def _add_arm(self, side: str, glow: Glow, far: float) -> None:
        arm, hand, thumb = (self._flat[f"{side} {part}"] for part in ("arm", "hand", "thumb"))

        def upper(end: int) -> None:
            self._part(self._shape().limb(arm[_JOINED : _ELBOW + end], _GAP))
            self._fill(self._shape().limb(arm[_SLEEVE : _ELBOW + 1]).round(arm[_ELBOW]), "skin", far)
            self._fill(self._shape().limb(arm[: _SLEEVE + 1]).round(arm[0]), "shirt", far)
            self._add_muscles(f"{side} arm", glow, far, range(_ALL))

        def lower() -> None:
            edge = self._shape().limb(arm[_ELBOW + 1 :], _GAP)
            for part in (hand, thumb):
                edge.limb(part, _GAP).round(part[-1], _GAP)
            self._part(edge)
            shape = self._shape().limb(arm[_ELBOW:]).round(arm[_ELBOW])
            for part in (hand, thumb):
                shape.limb(part).round(part[-1])
            self._fill(shape, "skin", far)

        _add_in_order(arm, upper, lower)

    def _shape(self) -> Shape:
        return Shape(self._scene)

    def _part(self, edge: Shape) -> None:
        """Fill what is a little larger than a part with the ground, to keep it from what is behind."""
        self._fills.append((edge.path, _toned(self._theme.stage_inner)))

    def _fill(self, shape: Shape, tone: str, far: float) -> None:
        color = (
            mixed(self._theme.skin, self._theme.hair, 0.3) if tone == "ear" else getattr(self._theme, tone)
        )
        self._fills.append((shape.path, _toned(color, self._theme.stage_inner, round(far, 2))))

    def _add_muscles(self, name: str, glow: Glow, far: float, rings: range) -> None:
        """Add the areas of a part that begin within some of its rings."""
        sweep = self._parts[name]
        for muscle, strength in glow.muscles.items():
            for area in AREAS.get(muscle, ()):
                elsewhere = area.sweep != name or int(area.first) not in rings
                if elsewhere or (glow.side and area.side != glow.side):
                    continue
                shown = strength
                line = flat_area(area, sweep)
                if not line and glow.side and strength > _SHINES:
                    shown, line = _SHINING, flat_area(area, sweep, far=True)
                if line:
                    color = self._lit(area, shown, far)
                    self._add_area(line, color, seam=_SEAM if name == "trunk" else 0.0)

    def _lit(self, area: Area, strength: float, far: float) -> QColor:
        """Mix the glow with what it lies on: to paint through it costs ten times as much."""
        if area.sweep == "trunk":
            under = self._theme.shorts if area.last < _SHORTS_TRUNK else self._theme.shirt
        elif area.sweep.endswith("leg"):
            under = self._theme.shorts if area.first < _KNEE else self._theme.skin
        else:
            under = self._theme.shirt
        return _toned(mixed(under, self._theme.muscle, strength), self._theme.stage_inner, round(far, 2))

    def _add_area(self, line: Line, color: QColor, seam: float) -> None:
        # On the back, muscles lie side by side; on a limb each lies alone.
        if seam:
            self._fills.append((self._shape().closed(line, seam).path, _toned(self._theme.shirt)))
        self._fills.append((self._shape().closed(line).path, color))


@lru_cache(maxsize=512)
def _toned(color: str, ground: str = "", far: float = 0.0) -> QColor:
    return QColor(mixed(color, ground, far) if far else color)


def _middle_near(rings: Sequence[FlatRing]) -> float:
    return sum(ring.near for ring in rings) / len(rings)


def _is_folded(limb: Sequence[FlatRing]) -> bool:
    """Whether the two halves of a limb turn back on each other in the picture."""
    root, joint, end = limb[0], limb[_KNEE], limb[-1]
    return (joint.x - root.x) * (end.x - joint.x) + (joint.y - root.y) * (end.y - joint.y) < 0


def _add_in_order(limb: Sequence[FlatRing], upper: Callable[[int], None], lower: Callable[[], None]) -> None:
    """Add the half of a limb that is farther away before the other one.

    What parts the upper half from things behind it may reach the joint only where the lower half covers it.
    """
    if limb[-1].near >= limb[0].near - _LIKE_FLAT:
        upper(1)
        lower()
    else:
        lower()
        upper(0)
