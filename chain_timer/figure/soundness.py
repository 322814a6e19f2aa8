"""Whether a body can do a pose: limbs reach, joints go that far, nothing is under the floor."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chain_timer.figure.body import ArmPlaces, Body, LegPlaces
from chain_timer.figure.joints import beyond_limits
from chain_timer.figure.pose import Arm, Crossed, Kneeling, OnBody, OnFloor, OnProp, Pose, Prop
from chain_timer.figure.skeleton import SIDES, other_side
from chain_timer.figure.solver import solve, solve_between
from chain_timer.figure.things import GRIP_HEIGHT, PLATE_RADIUS, Bit, moved_bits
from chain_timer.figure.vectors import Vec
from chain_timer.routine.table import Place

_NEAR = 0.010
"""Meters by which a contact may be missed, or a bone or a thing be under the floor."""
_ON_THE_WAY = (0.25, 0.5, 0.75)
_LYING: Mapping[Prop, float] = {
    Prop.KETTLEBELL: GRIP_HEIGHT,
    Prop.KETTLEBELLS: GRIP_HEIGHT,
    Prop.BARBELL: PLATE_RADIUS,
}
"""How high the grip is of what lies on the floor."""


class _Fault(NamedTuple):
    """Something no body can do."""

    of: str
    """Of what, and in which manner: what a fault is told for once."""
    by: float
    """How bad it is, to compare it with others of the same."""
    what: str
    remedy: str


def check_pose(pose: Pose, moved: Prop | None, place: Place) -> None:
    """Tell everything about a pose that no body can do."""
    for fault in _faults(solve(pose), pose, moved):
        place.problem(fault.what, fault.remedy)


def check_way(start: Pose, goal: Pose, moved: Prop | None, place: Place) -> None:
    """Tell everything that no body can do between two poses: of each limb and joint where it is worst."""
    worst: dict[str, _Fault] = {}
    for share in _ON_THE_WAY:
        for fault in _faults(solve_between(start, goal, share), goal, moved):
            if fault.of not in worst or fault.by > worst[fault.of].by:
                worst[fault.of] = fault
    for fault in worst.values():
        place.problem(fault.what, fault.remedy)


def _faults(body: Body, goal: Pose, moved: Prop | None) -> Iterator[_Fault]:
    for side in SIDES:
        leg = goal.leg(side)
        under = f"the {other_side(side)} thigh" if isinstance(leg, Crossed) else "the floor"
        end = "knee" if isinstance(leg, Kneeling) else "foot"
        yield from _short(f"{side} {end}", body.leg(side).missed, under)
        yield from _short(f"{side} hand", body.arm(side).missed, _under_hand(side, goal.arm(side)))
    for joint, angle, limit in beyond_limits(body):
        what = f"the {joint} is bent {angle:.0f} degrees"
        yield _Fault(f"{joint} bent", abs(angle - limit), what, f"{limit:g} is as far as it goes")
    for part, low in _lowest(body):
        yield from _under_floor(part, low, "move it up, or the hips")
    if moved is not None:
        low = min(map(_low_of_bit, moved_bits(moved, body)), default=0.0)
        yield from _under_floor(moved, low, f"its grip is at {_LYING[moved]:g} where it lies on the floor")


def _short(limb: str, missed: float, contact: str) -> Iterator[_Fault]:
    if missed > _NEAR:
        what = f"the {limb} is {missed * 1000:.0f} mm short of {contact}"
        yield _Fault(f"{limb} short", missed, what, "move it or the hips nearer")


def _under_floor(part: str, low: float, remedy: str) -> Iterator[_Fault]:
    if low < -_NEAR:
        what = f"the {part} is {-low * 1000:.0f} mm under the floor"
        yield _Fault(f"{part} under", -low, what, remedy)


def _under_hand(side: str, arm: Arm) -> str:
    if isinstance(arm, OnBody):
        return f"the {arm.side or side} {arm.part}"
    if isinstance(arm, OnProp):
        return "the prop"
    return "the floor" if isinstance(arm, OnFloor) else "its place"


def _lowest(body: Body) -> Iterator[tuple[str, float]]:
    """Give the lowest height of each part that could be under the floor."""
    for side in SIDES:
        leg, arm = body.leg(side), body.arm(side)
        yield f"{side} foot", _low(_of_foot(leg))
        yield f"{side} knee", leg.knee[2]
        yield f"{side} hand", _low(_of_hand(arm))
        yield f"{side} elbow", arm.elbow[2]
    yield "hips", body.trunk.hips[2]
    yield "head", body.trunk.head[2]


def _of_foot(leg: LegPlaces) -> tuple[Vec, ...]:
    # Not the toes: where the heel is up they bend at the ball.
    return leg.ankle, leg.heel, leg.ball


def _of_hand(arm: ArmPlaces) -> tuple[Vec, ...]:
    return arm.wrist, arm.palm, arm.tip


def _low_of_bit(bit: Bit) -> float:
    # A ball is a point and as thick as it is; of a bar the plates are lowest, whose points lie at their edge.
    return _low(bit.line) - (bit.thick / 2 if len(bit.line) == 1 else 0.0)


def _low(places: tuple[Vec, ...]) -> float:
    return min(place[2] for place in places)
