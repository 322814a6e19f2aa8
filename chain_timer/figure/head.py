"""The head in the picture: skull, chin, nose, ears and hair, so that one sees where it looks."""

from dataclasses import dataclass
from functools import partial
from math import cos, hypot, pi, sin, sqrt

from chain_timer.figure.camera import Seen
from chain_timer.figure.outlines import Line, Point
from chain_timer.figure.vectors import Frame, Vec, along, cross, dot, plus, times, unit

_ROUND = tuple((cos(2 * pi * n / 12), sin(2 * pi * n / 12)) for n in range(12))
_FINE = tuple((cos(2 * pi * n / 20), sin(2 * pi * n / 20)) for n in range(20))
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


@dataclass(frozen=True, slots=True)
class FlatHead:
    """The parts of the head in the picture, each with where it lies: under the skull or over it."""

    under: tuple[tuple[str, Line], ...]
    over: tuple[tuple[str, Line], ...]
    near: float


def flat_head(seen: Seen) -> FlatHead:
    """Lay the head into the picture."""
    trunk = seen.body.trunk
    frame, middle = trunk.head_frame, trunk.head
    faces, is_right = frame.forward[2] > 0, frame.left[2] < 0
    nose, bun = ("skin", _outline(_NOSE, frame, middle)), ("hair", _outline(_BUN, frame, middle))
    over: list[tuple[str, Line]] = [("skin", _outline(_CHIN, frame, middle))]
    if faces:
        over.append(nose)
    over += [("skin", _outline(_SKULL, frame, middle)), ("hair", _cap(_HAIR, frame, middle))]
    if abs(frame.left[2]) > _SIDEWAYS:
        over.append(("ear", _outline(_RIGHT_EAR if is_right else _LEFT_EAR, frame, middle)))
    if not faces:
        over.append(bun)
    return FlatHead((bun if faces else nose,), tuple(over), middle[2])


def _outline(ball: _Ball, frame: Frame, middle: Vec) -> Line:
    """The outline of an ellipsoid: the picture of a sphere that was stretched."""
    x, y, _ = plus(middle, frame.out_of(ball.at))
    xx = xy = yy = 0.0
    for direction, half in zip(frame, ball.half, strict=True):
        one, other = direction[0] * half, direction[1] * half
        xx += one * one
        xy += one * other
        yy += other * other
    # The square root of the matrix turns the unit circle into the outline.
    root = sqrt(max(1e-12, xx * yy - xy * xy))
    trace = sqrt(xx + yy + 2 * root)
    a, b, d = (xx + root) / trace, xy / trace, (yy + root) / trace
    return [(x + a * c + b * s, y + b * c + d * s) for c, s in _ROUND]


def _cap(ball: _Ball, frame: Frame, middle: Vec) -> Line:
    """What is seen of the hair: a cap of the skull, cut off by the hairline.

    Reckoned where the skull is a sphere of radius 1: there, its outline and the hairline are circles.
    """
    front, left, up = frame
    near = unit((front[2] * ball.half[0], left[2] * ball.half[1], up[2] * ball.half[2]))
    covered = [point for point in _circle(near, 0.0) if dot(point, _HAIRLINE) > _HAIR_FROM]
    visible = [point for point in _HAIRLINE_POINTS if dot(point, near) > 0]
    place = partial(_in_picture, ball=ball, frame=frame, middle=middle)
    return _ordered([place(point) for point in covered], [place(point) for point in visible])


def _circle(axis: Vec, height: float) -> list[Vec]:
    """Points of a circle on the unit sphere."""
    one = unit(cross(axis, (0.0, 1.0, 0.0)), (1.0, 0.0, 0.0))
    two = cross(axis, one)
    radius = sqrt(1 - height * height)
    base = times(axis, height)
    return [along(along(base, one, radius * c), two, radius * s) for c, s in _FINE]


_HAIRLINE_POINTS = tuple(_circle(_HAIRLINE, _HAIR_FROM))


def _in_picture(point: Vec, *, ball: _Ball, frame: Frame, middle: Vec) -> Point:
    ahead, left, up = (
        place + axis * share for place, axis, share in zip(ball.at, ball.half, point, strict=True)
    )
    x, y, _ = plus(middle, frame.out_of((ahead, left, up)))
    return x, y


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
