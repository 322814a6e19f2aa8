"""Muscles as areas on the surface of the body."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from chain_timer.figure import skeleton as bones


class Area(NamedTuple):
    """Part of a sweep: from where to where along it, and how far around it."""

    sweep: str
    first: float
    """Along a limb, 0 at its root, 1 at its joint, 2 at its end; on the trunk in rings."""
    last: float
    middle: float
    """Degrees: 0 in front, 90 on the left."""
    half: float

    @property
    def side(self) -> str:
        """Which half of the body it is on."""
        if self.sweep == "trunk":
            return "right" if self.middle < 0 else "left"
        return self.sweep.partition(" ")[0]


def _both(sweep: str, first: float, last: float, middle: float, half: float) -> tuple[Area, ...]:
    """The same on a right and a left limb; the angle is told for the right one, outward being negative."""
    return tuple(
        Area(f"{side} {sweep}", first, last, middle if side == "right" else -middle, half)
        for side in bones.SIDES
    )


def _pair(first: float, last: float, middle: float, half: float) -> tuple[Area, ...]:
    """The same right and left of the spine."""
    return tuple(Area("trunk", first, last, sign * middle, half) for sign in (-1, 1))


AREAS: Mapping[str, tuple[Area, ...]] = MappingProxyType(
    {
        "hamstrings": _both("leg", 0.15, 0.97, 180, 68),
        "calves": _both("leg", 1.08, 1.73, 180, 72),
        "quadriceps": _both("leg", 0.13, 0.93, 0, 72),
        "glutes": _pair(0.3, 3.1, 141, 37),
        "hips": _pair(0.6, 3.5, 84, 19),
        "erector-spinae": _pair(2.9, 6.85, 166, 11),
        "lats": _pair(4.6, 8.1, 127, 27),
        "rhomboids": _pair(7.0, 8.35, 166, 11),
        "trapezius": _pair(8.2, 10.9, 153, 27),
        "rear-shoulders": _both("arm", 0.07, 0.45, 180, 62),
        "shoulders": _both("arm", 0.07, 0.45, 0, 80),
        "arms": _both("arm", 0.36, 0.93, 0, 180),
        "core": _pair(2.5, 6.8, 22, 18),
        "upper-body": (*_pair(7.0, 9.2, 40, 32), *_both("arm", 0.07, 0.45, 0, 80)),
    }
)
"""By the ids of ``resources/muscles.toml``. Where they lie follows anatomical charts; the edges are ours."""
_IN_FRONT = 80


def is_in_front(muscle: str) -> bool:
    """Whether a muscle is seen from the front."""
    return any(abs(area.middle) < _IN_FRONT for area in AREAS.get(muscle, ()))
