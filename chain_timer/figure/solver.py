"""From poses to bodies: contacts first, limbs after them, also halfway between two poses.

A limb that touches the same thing in both poses keeps touching it all the way; any other moves on an arc
about its own root, as limbs do.
"""

from functools import lru_cache

from chain_timer.figure.arms import placed_arm
from chain_timer.figure.body import Body, LegPlaces
from chain_timer.figure.holding import held
from chain_timer.figure.legs import crosses, placed_leg
from chain_timer.figure.pose import Pose
from chain_timer.figure.skeleton import SIDES
from chain_timer.figure.trunk import trunk_between
from chain_timer.figure.way import Way


def solve(pose: Pose, breath: float = 0.0) -> Body:
    """The body of one pose. ``breath`` is 0 to 1: how far the chest is filled."""
    return solve_between(pose, pose, 0.0, breath)


def solve_between(start: Pose, goal: Pose, share: float, breath: float = 0.0) -> Body:
    """The body on its way from one pose to another; ``share`` is 0 at the start and 1 at the goal."""
    if share <= 0.0 or start == goal:
        goal, share = start, 0.0
    elif share >= 1.0:
        start, share = goal, 0.0
    trunk = trunk_between(start, goal, share)
    way = Way(start, goal, share, trunk, (_still(start), _still(goal)) if share else ())
    prop, prop_down = held(way)
    legs: dict[str, LegPlaces] = {}
    # A leg that rests on the other one comes after it.
    for side in sorted(SIDES, key=lambda each: crosses(start, each) or crosses(goal, each)):
        legs[side] = placed_leg(side, way, legs)
    arms = {side: placed_arm(side, way, legs, prop) for side in SIDES}
    return Body(
        trunk,
        legs["right"],
        legs["left"],
        arms["right"],
        arms["left"],
        prop,
        prop_down,
        breath,
    )


@lru_cache(maxsize=256)
def _still(pose: Pose) -> Body:
    return solve(pose)
