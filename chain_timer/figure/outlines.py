"""Sweeps and areas in the plane of the picture, in meters: closed lines that only have to be filled."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import atan2, ceil, cos, degrees, hypot, pi, radians, remainder, sin, sqrt
from typing import NamedTuple

from chain_timer.figure.body import LegPlaces
from chain_timer.figure.muscles import Area
from chain_timer.figure.shapes import ARM, LEG, Sweep, foot
from chain_timer.figure.vectors import Frame, Vec

Point = tuple[float, float]
Line = Sequence[Point]

_TINY = 1e-6
_AROUND = tuple((cos(2 * pi * n / 6), sin(2 * pi * n / 6)) for n in range(6))
_SLIVER = 0.5
"""Of half an area's width: less is only an edge of it."""
_STEPS = 4
"""Into how many pieces an area is cut along its sweep."""
_ALL_AROUND = 180
_NOTHING = radians(1)


class FlatRing(NamedTuple):
    """A ring in the picture: its middle, what is across the sweep, half its extent there, how near it is."""

    x: float
    y: float
    across_x: float
    across_y: float
    half: float
    near: float


class Oval(NamedTuple):
    """An ellipse in the picture: its middle, and the symmetric matrix that makes it of the unit circle."""

    x: float
    y: float
    xx: float
    xy: float
    yy: float


def oval(x: float, y: float, half_axes: Iterable[Vec | Point]) -> Oval:
    """The outline of a ball that was stretched along its axes, or of a disc between two of them."""
    xx = xy = yy = 0.0
    for axis in half_axes:
        right, up = axis[0], axis[1]
        xx += right * right
        xy += right * up
        yy += up * up
    # The square root of a matrix of two by two, by Cayley and Hamilton.
    root = sqrt(max(1e-12, xx * yy - xy * xy))
    trace = sqrt(xx + yy + 2 * root)
    return Oval(x, y, (xx + root) / trace, xy / trace, (yy + root) / trace)


def flat_sweep(sweep: Sweep) -> tuple[FlatRing, ...]:
    """Lay a sweep into the picture."""
    middles, rings = sweep.middles, []
    last = len(middles) - 1
    nx, ny = 0.0, 1.0
    for index, (middle, (front, left), (depth, width)) in enumerate(
        zip(middles, sweep.turned, sweep.sizes, strict=True)
    ):
        before, after = middles[index - 1 if index else 0], middles[index + 1 if index < last else last]
        x, y = after[0] - before[0], after[1] - before[1]
        size = hypot(x, y)
        # Where it points at the viewer, across is what it was before.
        if size > _TINY:
            nx, ny = -y / size, x / size
        half = hypot(depth * (front[0] * nx + front[1] * ny), width * (left[0] * nx + left[1] * ny))
        rings.append(FlatRing(middle[0], middle[1], nx, ny, half, middle[2]))
    return tuple(rings)


def shoe(leg: LegPlaces, up: Vec) -> tuple[Point, ...]:
    """The outline of a foot; one that stands still is the same from frame to frame, and outlined once."""
    sole = leg.sole
    return _shoe(_rounded(leg.ankle), Frame(*map(_rounded, sole)), _rounded(up))


@lru_cache(maxsize=64)
def _shoe(ankle: Vec, sole: Frame, up: Vec) -> tuple[Point, ...]:
    return _hull(foot(ankle, sole, up))


def _rounded(a: Vec) -> Vec:
    """To a thousandth of a millimeter: what is reckoned anew differs by less."""
    return round(a[0], 6), round(a[1], 6), round(a[2], 6)


def _hull(sweep: Sweep) -> tuple[Point, ...]:
    """The outline of a rounded thing without hollows, from whatever side: what a cloth around it would be."""
    points = sorted(
        (x + front[0] * depth * c + left[0] * width * s, y + front[1] * depth * c + left[1] * width * s)
        for (x, y, _), (front, left), (depth, width) in zip(*sweep, strict=True)
        for c, s in _AROUND
    )
    return (*_half_hull(points), *_half_hull(points[::-1]))


def _half_hull(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for x, y in points:
        while len(kept) > 1:
            (ax, ay), (bx, by) = kept[-2], kept[-1]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            kept.pop()
        kept.append((x, y))
    return kept[:-1]


class _Cut(NamedTuple):
    """One cut across an area: after which ring, how far to the next one, and the arc, in radians."""

    ring: int
    share: float
    middle: float
    half: float


@lru_cache(maxsize=64)
def _cuts(area: Area) -> tuple[_Cut, ...]:
    sections = {"leg": LEG, "arm": ARM}.get(area.sweep.partition(" ")[2])
    rings = [section.at for section in sections] if sections else range(ceil(area.last) + 1)
    found = []
    for step in range(_STEPS + 1):
        share = step / _STEPS
        at = area.first + (area.last - area.first) * share
        ring = bisect_right(rings, at) - 1
        # Pointed at both ends, and full in between, as muscles are.
        full = sin(pi * (0.03 + 0.94 * share)) ** 0.55
        if area.half >= _ALL_AROUND and 0 < step < _STEPS:
            full = 1.0
        between = (at - rings[ring]) / (rings[ring + 1] - rings[ring])
        found.append(_Cut(ring, between, radians(area.middle), radians(area.half) * full))
    return tuple(found)


def flat_area(area: Area, sweep: Sweep, *, far: bool = False) -> Line:
    """The part of an area that is seen; nothing when nearly all of it is on the far side.

    ``far`` gives what would be seen of it from the opposite side.
    """
    most = 0.0
    one: list[Point] = []
    other: list[Point] = []
    for cut in _cuts(area):
        arc = _seen(cut, sweep, far=far)
        if arc is not None:
            one.append(arc[0])
            other.append(arc[1])
            most = max(most, arc[2])
    if len(one) < 2 or degrees(most) < _SLIVER * area.half:  # noqa: PLR2004 - a line is no area
        return ()
    other.reverse()
    return one + other


def _seen(cut: _Cut, sweep: Sweep, *, far: bool) -> tuple[Point, Point, float] | None:
    """Where the seen part of an arc of a ring begins and ends in the picture, and how long it is."""
    index, share = cut.ring, cut.share
    (front, left), (depth, width) = sweep.turned[index], sweep.sizes[index]
    next_depth, next_width = sweep.sizes[index + 1]
    depth += (next_depth - depth) * share
    width += (next_width - width) * share
    facing = atan2(left[2] / width, front[2] / depth) + (pi if far else 0.0)
    turned = remainder(facing - cut.middle, 2 * pi)
    low, high = turned - pi / 2, turned + pi / 2
    if cut.half < pi:
        low, high = max(-cut.half, low), min(cut.half, high)
    if high - low < _NOTHING:
        return None
    a, b = sweep.middles[index], sweep.middles[index + 1]
    x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
    ends = []
    for angle in (cut.middle + low, cut.middle + high):
        c, s = cos(angle) * depth, sin(angle) * width
        ends.append((x + front[0] * c + left[0] * s, y + front[1] * c + left[1] * s))
    return ends[0], ends[1], high - low
