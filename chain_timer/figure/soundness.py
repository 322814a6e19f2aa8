"""Whether a body can do a pose: limbs reach, joints go that far, nothing is under the floor."""

from collections.abc import Iterator

from chain_timer.figure.body import ArmPlaces, Body, LegPlaces
from chain_timer.figure.joints import beyond_limits
from chain_timer.figure.pose import Arm, Crossed, Kneeling, OnBody, OnFloor, OnProp, Pose
from chain_timer.figure.skeleton import SIDES
from chain_timer.figure.solver import solve, solve_between
from chain_timer.figure.vectors import Vec
from chain_timer.routine.table import Place

_NEAR = 0.010
"""Metres by which a contact may be missed, or a bone be under the floor."""
_ON_THE_WAY = 0.5


def check_pose(pose: Pose, place: Place) -> None:
    """Tell everything about a pose that no body can do."""
    _check(solve(pose), pose, place)


def check_way(start: Pose, goal: Pose, place: Place) -> None:
    """Tell everything that no body can do halfway between two poses."""
    _check(solve_between(start, goal, _ON_THE_WAY), goal, place)


def _check(body: Body, goal: Pose, place: Place) -> None:
    for side in SIDES:
        leg = goal.leg(side)
        under = f"the {_other(side)} thigh" if isinstance(leg, Crossed) else "the floor"
        end = "knee" if isinstance(leg, Kneeling) else "foot"
        _check_reach(f"{side} {end}", body.leg(side).missed, under, place)
        _check_reach(f"{side} hand", body.arm(side).missed, _under_hand(side, goal.arm(side)), place)
    for joint, angle, limit in beyond_limits(body):
        place.problem(f"the {joint} is bent {angle:.0f} degrees", f"{limit:g} is as far as it goes")
    for part, low in _lowest(body):
        if low < -_NEAR:
            place.problem(f"the {part} is {-low * 1000:.0f} mm under the floor", "move it up, or the hips")


def _check_reach(limb: str, missed: float, contact: str, place: Place) -> None:
    if missed > _NEAR:
        what = f"the {limb} is {missed * 1000:.0f} mm short of {contact}"
        place.problem(what, "move it or the hips nearer")


def _other(side: str) -> str:
    return "left" if side == "right" else "right"


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


def _low(places: tuple[Vec, ...]) -> float:
    return min(place[2] for place in places)
