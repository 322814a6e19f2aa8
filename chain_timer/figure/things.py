"""What an exercise is done with, as lines and balls in space: bells, bars, rack, chair, mat."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from chain_timer.figure.body import Body
from chain_timer.figure.pose import Prop
from chain_timer.figure.vectors import DOWN, FORWARD, LEFT, UP, Vec, along, cross, plus, times, unit

BAR_HALF = 0.76
"""Half the length of a bar, shorter than a gym's so that a picture need not be wider than the person."""
PLATE_AT, PLATE_RADIUS = 0.68, 0.17
_SLEEVE_RADIUS = 0.018
GRIP_HEIGHT = 0.235
"""From the floor to the handle of a kettlebell that stands on it."""
SEAT_HEIGHT = 0.44
_BELL_UNDER, _BELL_RADIUS = 0.147, 0.088
_HANDLE = ((0.066, -0.098), (0.076, -0.040), (0.058, 0.0), (-0.058, 0.0), (-0.076, -0.040), (-0.066, -0.098))
"""Across and up from where the hand grips."""
_SEAT_HALF, _SEAT_DEEP = 0.22, 0.44
_BACK_HEIGHT = 0.90
_MAT = (-0.95, 0.95, 0.33)
_RACK_OUT = 0.50
_BAR_STAND_OUT = 0.62


class Form(Enum):
    """What the points of a bit are."""

    LINE = auto()
    """A thick line goes through them, round at its ends; one point alone is a ball."""
    BAND = auto()
    """The same, bent smoothly at each."""
    BOARD = auto()
    """They are corners."""
    DISC = auto()
    """They are four of its edge, a quarter apart."""


@dataclass(frozen=True, slots=True)
class Bit:
    """A bit of a thing."""

    tone: str
    line: tuple[Vec, ...]
    thick: float
    """Of the line or the edge, or across the ball, in meters."""
    form: Form = Form.LINE
    near: Vec | None = None
    """Where it counts as being for what is in front of what; the middle of its line otherwise."""

    @property
    def place(self) -> Vec:
        """Where it is for what is in front of what; of bits at one place, the one whose middle is nearer."""
        return self.near or self.middle

    @property
    def middle(self) -> Vec:
        total = (0.0, 0.0, 0.0)
        for point in self.line:
            total = plus(total, point)
        return times(total, 1 / len(self.line))


def moved_bits(kind: Prop, body: Body) -> Iterator[Bit]:
    """What the hands move, where it is now."""
    if kind is Prop.KETTLEBELL and body.prop is not None:
        yield from _kettlebell(body.prop, body.prop_down, body.trunk.facing.left)
    elif kind is Prop.KETTLEBELLS:
        for arm in (body.right_arm, body.left_arm):
            # A fist closes around what lies square to where its elbow points.
            yield from _kettlebell(arm.palm, DOWN, times(arm.back, -1))
    elif kind is Prop.BARBELL and body.prop is not None:
        yield from _barbell(body.prop, body.trunk.facing.left)


def standing_bits(kind: Prop, at: Vec) -> Iterator[Bit]:
    """What stands in its place."""
    if kind is Prop.MAT:
        back, front, half = _MAT
        corners = ((back, -half), (front, -half), (front, half), (back, half))
        yield Bit("mat", tuple(plus(at, (x, y, 0.0)) for x, y in corners), 0.03, Form.BOARD)
    elif kind is Prop.CHAIR:
        yield from _chair(at)
    elif kind is Prop.RACK:
        yield from _rack(at)
    elif kind is Prop.PULLUP_BAR:
        yield from _pullup_bar(at)


def _kettlebell(grip: Vec, down: Vec, across: Vec) -> Iterator[Bit]:
    across = unit(cross(cross(down, across), down), LEFT)
    handle = tuple(along(along(grip, across, x), down, -y) for x, y in _HANDLE)
    ball = along(grip, down, _BELL_UNDER)
    yield Bit("metal", handle, 0.030, Form.BAND, ball)
    yield Bit("metal", (ball,), 2 * _BELL_RADIUS)


def _barbell(middle: Vec, across: Vec) -> Iterator[Bit]:
    for sign in (-1, 1):
        yield Bit("metal", (middle, along(middle, across, sign * BAR_HALF)), 0.028)
        for out, radius in ((PLATE_AT, PLATE_RADIUS), (BAR_HALF, _SLEEVE_RADIUS)):
            yield Bit("metal", _circle(along(middle, across, sign * out), across, radius), 0.022, Form.DISC)


def _circle(middle: Vec, axis: Vec, radius: float) -> tuple[Vec, ...]:
    one = unit(cross(axis, UP), FORWARD)
    two = cross(axis, one)
    return tuple(
        along(middle, to, way) for to, way in ((one, radius), (two, radius), (one, -radius), (two, -radius))
    )


def _chair(at: Vec) -> Iterator[Bit]:
    back, half = -_SEAT_DEEP / 2, _SEAT_HALF
    front = _SEAT_DEEP / 2

    def place(x: float, y: float, z: float) -> Vec:
        return plus(at, (x, y, z))

    # All as near as the seat, which lies over its legs and posts from wherever it is seen.
    near = place(0.0, 0.0, SEAT_HEIGHT)
    for x, y in ((back, half), (front, half), (back, -half), (front, -half)):
        yield Bit("wood", (place(x, y, 0.0), place(x, y, SEAT_HEIGHT)), 0.034, near=near)
    for y in (half, -half):
        post = (place(back, y, SEAT_HEIGHT), place(back - 0.05, y, _BACK_HEIGHT))
        yield Bit("wood", post, 0.034, near=near)
    corners = ((back - 0.02, -half), (front, -half), (front, half), (back - 0.02, half))
    seat = tuple(place(x, y, SEAT_HEIGHT) for x, y in corners)
    near = place(0.0, 0.0, SEAT_HEIGHT + 0.05)
    yield Bit("wood", seat, 0.045, Form.BOARD, near)
    (x0, z0), (x1, z1) = (back - 0.022, 0.66), (back - 0.05, _BACK_HEIGHT)
    panel = (place(x0, -half, z0), place(x0, half, z0), place(x1, half, z1), place(x1, -half, z1))
    yield Bit("wood", panel, 0.03, Form.BOARD, near)


def _rack(at: Vec) -> Iterator[Bit]:
    hook = at[2]
    for sign in (1, -1):
        foot = plus(at, (0.0, sign * _RACK_OUT, -hook))
        top = (foot[0], foot[1], hook + 0.12)
        hold = (foot[0], foot[1], hook - 0.03)
        nose = along(hold, FORWARD, 0.07)
        # As near as the post, all of it.
        near = (foot[0], foot[1], hook / 2)
        for line, thick in (
            ((along(foot, FORWARD, -0.28), along(foot, FORWARD, 0.28)), 0.05),
            ((foot, top), 0.05),
            ((hold, nose, along(nose, UP, 0.05)), 0.03),
        ):
            yield Bit("wood", line, thick, near=near)


def _pullup_bar(at: Vec) -> Iterator[Bit]:
    ends = tuple(along(at, LEFT, sign * _BAR_STAND_OUT) for sign in (1, -1))
    # Who hangs from it has it in front of the face, so from behind even the far hand is nearer.
    yield Bit("metal", ends, 0.034, near=along(at, FORWARD, 0.5))
    for sign in (1, -1):
        end = along(at, LEFT, sign * _BAR_STAND_OUT)
        near = (end[0], end[1], end[2] / 2)
        yield Bit("wood", ((end[0], end[1], 0.0), end), 0.045, near=near)
        foot = ((end[0] - 0.25, end[1], 0.0), (end[0] + 0.25, end[1], 0.0))
        yield Bit("wood", foot, 0.045, near=near)
