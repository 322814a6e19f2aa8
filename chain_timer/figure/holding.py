"""Where the thing is that the hands move."""

from math import cos, radians, sin

from chain_timer.figure.pose import OnBack, Pose, Standing, Swung
from chain_timer.figure.trunk import Trunk
from chain_timer.figure.vectors import DOWN, Vec, along, between, minus, plus, reach_between, reach_of, unit
from chain_timer.figure.way import Way

_BAR_UP, _BAR_BACK = 0.035, 0.105
"""Where a bar lies across the trapezius, seen from the middle of the shoulders."""


def held(way: Way) -> tuple[Vec | None, Vec]:
    start, goal = way.start.prop, way.goal.prop
    if start is None or goal is None:
        return None, DOWN
    if way.share == 0.0 or (isinstance(start, OnBack) and isinstance(goal, OnBack)):
        return _held_at(way.start, way.trunk)
    if isinstance(start, Standing) and isinstance(goal, Standing):
        return between(start.at, goal.at, way.share), DOWN
    ends = [(body, body.trunk.middle) for body in way.ends]
    reaches = [reach_of(minus(body.prop or middle, middle)) for body, middle in ends]
    down = unit(between(ends[0][0].prop_down, ends[1][0].prop_down, way.share), DOWN)
    return plus(way.trunk.middle, reach_between(reaches[0], reaches[1], way.share).vector()), down


def _held_at(pose: Pose, trunk: Trunk) -> tuple[Vec | None, Vec]:
    held = pose.prop
    if isinstance(held, Standing):
        return held.at, DOWN
    if isinstance(held, Swung):
        angle = radians(held.raised)
        down = trunk.facing.out_of((sin(angle), 0.0, -cos(angle)))
        return along(trunk.middle, down, held.reach), down
    if isinstance(held, OnBack):
        frame = trunk.chest_frame
        return along(along(trunk.middle, frame.up, _BAR_UP), frame.forward, -_BAR_BACK), DOWN
    return None, DOWN
