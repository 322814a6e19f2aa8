"""Points and directions in space: x is forward, y to the person's left, z up, all in meters."""

from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import NamedTuple

Vec = tuple[float, float, float]

FORWARD: Vec = (1.0, 0.0, 0.0)
LEFT: Vec = (0.0, 1.0, 0.0)
UP: Vec = (0.0, 0.0, 1.0)
DOWN: Vec = (0.0, 0.0, -1.0)


def plus(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vec, factor: float) -> Vec:
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def along(start: Vec, direction: Vec, length: float) -> Vec:
    """Go some way from a point."""
    return (
        start[0] + direction[0] * length,
        start[1] + direction[1] * length,
        start[2] + direction[2] * length,
    )


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def distance(a: Vec, b: Vec) -> float:
    return length(minus(a, b))


def unit(a: Vec, otherwise: Vec = UP) -> Vec:
    """The direction of a vector; one without length has none, and gets another's."""
    size = length(a)
    return times(a, 1 / size) if size > 1e-9 else otherwise  # noqa: PLR2004 - nothing


def between(a: Vec, b: Vec, share: float) -> Vec:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def rotated(a: Vec, axis: Vec, angle: float) -> Vec:
    """Turn a vector about an axis (a unit vector), in degrees, by Rodrigues' formula."""
    c, s = cos(radians(angle)), sin(radians(angle))
    out = plus(times(a, c), times(cross(axis, a), s))
    return along(out, axis, dot(axis, a) * (1 - c))


def mirrored(a: Vec) -> Vec:
    """The same on the other side of the body."""
    return (a[0], -a[1], a[2])


def angle_between(a: Vec, b: Vec) -> float:
    """In degrees, 0 to 180; exact for small ones too."""
    return degrees(atan2(length(cross(a, b)), dot(a, b)))


class Frame(NamedTuple):
    """How a part of the body is turned: three directions at right angles."""

    forward: Vec = FORWARD
    left: Vec = LEFT
    up: Vec = UP

    def pitched(self, angle: float) -> "Frame":
        """Lean forward by so many degrees."""
        return Frame(rotated(self.forward, self.left, angle), self.left, rotated(self.up, self.left, angle))

    def rolled(self, angle: float) -> "Frame":
        """Lean to the right by so many degrees."""
        return Frame(
            self.forward, rotated(self.left, self.forward, angle), rotated(self.up, self.forward, angle)
        )

    def turned(self, angle: float) -> "Frame":
        """Turn to the left by so many degrees."""
        return Frame(rotated(self.forward, self.up, angle), rotated(self.left, self.up, angle), self.up)

    def out_of(self, a: Vec) -> Vec:
        """A vector of this frame, told in the world's directions."""
        f, l, u = self  # noqa: E741 - forward, left, up
        return (
            f[0] * a[0] + l[0] * a[1] + u[0] * a[2],
            f[1] * a[0] + l[1] * a[1] + u[1] * a[2],
            f[2] * a[0] + l[2] * a[1] + u[2] * a[2],
        )

    def into(self, a: Vec) -> Vec:
        """A vector of the world, told in this frame's directions."""
        return (dot(self.forward, a), dot(self.left, a), dot(self.up, a))


def turned_between(a: Frame, b: Frame, share: float) -> Frame:
    """How a part is turned on its way from one direction to another, less than half a turn from it."""
    forward = unit(between(a.forward, b.forward, share), a.forward)
    up = between(a.up, b.up, share)
    up = unit(minus(up, times(forward, dot(up, forward))), a.up)
    return Frame(forward, cross(up, forward), up)


class Reach(NamedTuple):
    """Where the end of a limb is, seen from its root."""

    raised: float
    """Degrees: 0 hangs down, 90 points forward, 180 up; behind the body it is negative."""
    out: float
    """Degrees to the left."""
    distance: float

    def vector(self) -> Vec:
        a, b = radians(self.raised), radians(self.out)
        c = cos(b) * self.distance
        return (sin(a) * c, sin(b) * self.distance, -cos(a) * c)


def reach_of(a: Vec) -> Reach:
    """Read a vector of a frame as a reach."""
    size = length(a)
    if size < 1e-9:  # noqa: PLR2004 - nothing
        return Reach(0.0, 0.0, 0.0)
    raised = degrees(atan2(a[0], -a[2])) if hypot(a[0], a[2]) > 1e-9 else 0.0  # noqa: PLR2004
    # Arms go up in front of the body: a little behind straight up is more than 180, not less than -180.
    if raised < -100:  # noqa: PLR2004
        raised += 360
    return Reach(raised, degrees(asin(max(-1.0, min(1.0, a[1] / size)))), size)


def reach_between(a: Reach, b: Reach, share: float) -> Reach:
    return Reach(*(one + (two - one) * share for one, two in zip(a, b, strict=True)))


def two_bones(root: Vec, end: Vec, bones: tuple[float, float], pole: Vec) -> tuple[Vec, Vec]:
    """Place the middle joint of two bones towards ``pole``; gives it, and the end they really reach."""
    first, second = bones
    line = minus(end, root)
    size = length(line)
    axis = unit(line, DOWN)
    reached = max(abs(first - second) + 1e-4, min(first + second - 1e-4, size))
    along_axis = (first * first - second * second + reached * reached) / (2 * reached)
    off_axis = sqrt(max(0.0, first * first - along_axis * along_axis))
    side = unit(minus(pole, times(axis, dot(pole, axis))), FORWARD)
    middle = along(along(root, axis, along_axis), side, off_axis)
    return middle, along(root, axis, reached)


def bent_length(bone_lengths: tuple[float, float], bent: float) -> float:
    """How far it is from root to end of two bones whose joint is bent by so many degrees."""
    first, second = bone_lengths
    return sqrt(first * first + second * second + 2 * first * second * cos(radians(bent)))
