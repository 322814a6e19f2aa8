"""The head in the picture: skull, chin, nose, ears and hair, so that one sees where it looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt
from typing import NamedTuple

from chain_timer.figure.camera import Seen
from chain_timer.figure.outlines import Line, Oval, Point, oval
from chain_timer.figure.vectors import Frame, Vec, cross, dot, plus, times, unit

_AROUND = tuple((cos(2 * pi * n / 16), sin(2 * pi * n / 16)) for n in range(16))
_SIDEWAYS = 0.2
"""Seen more from the front than this, ears say nothing."""


@dataclass(frozen=True, slots=True)
class _Ball:
    """An ellipsoid of the head: where its middle is and its half axes, both forward, left, up in meters."""

    at: Vec
    half: Vec


_SKULL = _Ball((0.000, 0.0, 0.014), (0.093, 0.074, 0.098))
_CHIN = _Ball((0.028, 0.0, -0.052), (0.060, 0.056, 0.060))
_NOSE = _Ball((0.094, 0.0, -0.018), (0.017, 0.013, 0.020))
_LEFT_EAR = _Ball((-0.006, 0.073, -0.012), (0.017, 0.008, 0.024))
_RIGHT_EAR = _Ball((-0.006, -0.073, -0.012), _LEFT_EAR.half)
_BUN = _Ball((-0.092, 0.0, 0.062), (0.038, 0.040, 0.038))
_HAIR = _Ball(_SKULL.at, (0.100, 0.081, 0.106))
_HAIRLINE: Vec = (-0.82, 0.0, 0.57)
"""Square to the hairline, toward the hair."""
_HAIR_FROM = 0.06
"""How far from the middle the hairline cuts the skull, of a radius of 1."""


class FlatHead(NamedTuple):
    """The parts of the head in the picture, from far to near, each with its tone."""

    parts: tuple[tuple[str, Oval | Line], ...]
    edges: tuple[Oval, ...]
    """What all of them but the nose lie within."""
    near: float


def flat_head(seen: Seen) -> FlatHead:
    """Lay the head into the picture."""
    trunk = seen.body.trunk
    frame, middle = trunk.head_frame, trunk.head
    faces = frame.forward[2] > 0
    bun, chin = _outline(_BUN, frame, middle), ("skin", _outline(_CHIN, frame, middle))
    nose, skull = ("skin", _outline(_NOSE, frame, middle)), ("skin", _outline(_SKULL, frame, middle))
    far, near = (("hair", bun), nose) if faces else (nose, ("hair", bun))
    parts: list[tuple[str, Oval | Line]] = [far, chin, near, skull] if faces else [far, chin, skull]
    hair = _cap(_HAIR, frame, middle)
    # A hint of hair is none.
    if len(hair) > 2:  # noqa: PLR2004
        parts.append(("hair", hair))
    if abs(frame.left[2]) > _SIDEWAYS:
        ear = _RIGHT_EAR if frame.left[2] < 0 else _LEFT_EAR
        parts.append(("ear", _outline(ear, frame, middle)))
    if not faces:
        parts.append(near)
    edges = (bun, chin[1], _outline(_HAIR, frame, middle))
    return FlatHead(tuple(parts), edges, middle[2])


def _outline(ball: _Ball, frame: Frame, middle: Vec) -> Oval:
    x, y, _ = plus(middle, frame.out_of(ball.at))
    return oval(x, y, (times(axis, half) for axis, half in zip(frame, ball.half, strict=True)))


def _cap(ball: _Ball, frame: Frame, middle: Vec) -> Line:
    """What is seen of the hair: a cap of the skull, cut off by the hairline.

    Reckoned where the skull is a sphere of radius 1: there, its outline and the hairline are circles.
    """
    front, left, up = (times(axis, half) for axis, half in zip(frame, ball.half, strict=True))
    near = unit((front[2], left[2], up[2]))
    x, y, _ = plus(middle, frame.out_of(ball.at))

    def placed(points: Iterable[Vec]) -> list[Point]:
        return [
            (x + a * front[0] + b * left[0] + c * up[0], y + a * front[1] + b * left[1] + c * up[1])
            for a, b, c in points
        ]

    covered = (point for point in _circle(near, 0.0) if dot(point, _HAIRLINE) > _HAIR_FROM)
    visible = (point for point in _HAIRLINE_POINTS if dot(point, near) > 0)
    return _ordered(placed(covered), placed(visible))


def _circle(axis: Vec, height: float) -> list[Vec]:
    """Points of a circle on the unit sphere."""
    one = unit(cross(axis, (0.0, 1.0, 0.0)), (1.0, 0.0, 0.0))
    two = cross(axis, one)
    radius = sqrt(1 - height * height)
    one, two = times(one, radius), times(two, radius)
    x, y, z = times(axis, height)
    return [
        (x + one[0] * c + two[0] * s, y + one[1] * c + two[1] * s, z + one[2] * c + two[2] * s)
        for c, s in _AROUND
    ]


_HAIRLINE_POINTS = tuple(_circle(_HAIRLINE, _HAIR_FROM))


def _ordered(rim: list[Point], hairline: list[Point]) -> Line:
    """One closed line out of an arc of the outline and an arc of the hairline, each in its own order."""
    if not rim or not hairline:
        return tuple(rim or hairline)
    rim, hairline = _opened(rim), _opened(hairline)
    if _apart(rim[-1], hairline[0]) > _apart(rim[-1], hairline[-1]):
        hairline.reverse()
    return (*rim, *hairline)


def _opened(points: list[Point]) -> list[Point]:
    """Begin an arc at its widest gap."""
    gaps = [_apart(points[index - 1], points[index]) for index in range(len(points))]
    start = gaps.index(max(gaps))
    return points[start:] + points[:start]


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
