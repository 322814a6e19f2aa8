"""From poses to bodies: contacts first, limbs after them, also halfway between two poses.

A limb that touches the same thing in both poses keeps touching it all the way; any other moves on an arc
about its own root, as limbs do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, pi, radians, sin, sqrt

from chain_timer.figure import skeleton as bones
from chain_timer.figure.arm_turns import behind, forearm_frame, hand_in_forearm, nearest, swivel
from chain_timer.figure.body import ArmPlaces, Body, LegPlaces
from chain_timer.figure.pose import (
    Arm,
    Crossed,
    FreeArm,
    InHands,
    Kneeling,
    Leg,
    OnBack,
    OnBody,
    OnFloor,
    OnProp,
    Part,
    Planted,
    Pose,
    Standing,
    Swung,
)
from chain_timer.figure.trunk import Trunk, trunk_between
from chain_timer.figure.vectors import (
    FORWARD,
    UP,
    Frame,
    Reach,
    Vec,
    along,
    bent_length,
    between,
    cross,
    distance,
    dot,
    minus,
    plus,
    reach_between,
    reach_of,
    rotated,
    times,
    turned_between,
    two_bones,
    unit,
)

_LIFT = 0.05
"""How high (meters) a foot is lifted that steps from one place to another."""
_ARM = (bones.UPPER_ARM, bones.FOREARM + bones.PALM)
"""A hand that grips or hangs goes straight on from the forearm."""
_FLAT_ARM = (bones.UPPER_ARM, bones.FOREARM)
_WRIST_HEIGHT = 0.028
_LEG = (bones.THIGH, bones.SHANK)
_KNEELING = 0.06
"""How high a knee is that kneels."""
_INSTEP, _POINTED = 0.08, -55.0
"""How high the ankle is of a foot that lies on its instep, and how its toes point."""
_THIGH_TOP = 0.10
"""How far over the bone of a thigh an ankle lies that rests on it."""
_SKIN: Mapping[Part, float] = {Part.THIGH: 0.085, Part.SHIN: 0.06, Part.TOES: 0.04}
"""How far from a bone a palm is that rests on it, and from the sole a fingertip that touches the toes."""
_ALONG_LIMB = 0.4
"""How much a hand that rests on a limb points along it, besides going on from its arm."""
_BAR_UP, _BAR_BACK = 0.035, 0.105
"""Where a bar lies across the trapezius, seen from the middle of the shoulders."""
_DOWN: Vec = (0.0, 0.0, -1.0)


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where a leg ends: the ankle, and how the knee swivels outward."""

    ankle: Vec
    knee: float
    sole: Frame | None = None
    """How it is turned; None where it follows the shank."""
    toes_up: float = 0.0
    knee_at: Vec | None = None
    """Where the knee has to be, if it touches something."""


@dataclass(frozen=True, slots=True)
class _Hand:
    """Where an arm ends: the palm, or the wrist of a hand with a direction of its own."""

    end: Vec
    elbow: float
    direction: Vec | None = None
    closed: float = 0.0
    in_forearm: Vec | None = None
    """Its direction as the forearm sees it, where that is what is known."""


@dataclass(frozen=True, slots=True)
class _Way:
    """Two poses, how far it is from the one to the other, and the trunk there."""

    start: Pose
    goal: Pose
    share: float
    trunk: Trunk

    def blend(self, a: float, b: float) -> float:
        return a + (b - a) * self.share


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
    way = _Way(start, goal, share, trunk)
    prop, prop_down = _prop(way)
    legs: dict[str, LegPlaces] = {}
    # A leg that rests on the other one comes after it.
    for side in sorted(bones.SIDES, key=lambda each: _crosses(start, each) or _crosses(goal, each)):
        legs[side] = _placed_leg(side, _foot(side, way, legs), trunk)
    arms = {side: _placed_arm(side, _hand(side, way, legs, prop), trunk) for side in bones.SIDES}
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


# --- the prop that moves -----------------------------------------------------------------------------


def _prop(way: _Way) -> tuple[Vec | None, Vec]:
    start, goal = way.start.prop, way.goal.prop
    if start is None or goal is None:
        return None, _DOWN
    if way.share == 0.0 or (isinstance(start, OnBack) and isinstance(goal, OnBack)):
        return _prop_of(way.start, way.trunk)
    if isinstance(start, Standing) and isinstance(goal, Standing):
        return between(start.at, goal.at, way.share), _DOWN
    ends = [(_still(pose), _still(pose).trunk.middle) for pose in (way.start, way.goal)]
    reaches = [reach_of(minus(body.prop or middle, middle)) for body, middle in ends]
    down = unit(between(ends[0][0].prop_down, ends[1][0].prop_down, way.share), _DOWN)
    return plus(way.trunk.middle, reach_between(reaches[0], reaches[1], way.share).vector()), down


def _prop_of(pose: Pose, trunk: Trunk) -> tuple[Vec | None, Vec]:
    held = pose.prop
    if isinstance(held, Standing):
        return held.at, _DOWN
    if isinstance(held, Swung):
        angle = radians(held.raised)
        down = trunk.facing.out_of((sin(angle), 0.0, -cos(angle)))
        return along(trunk.middle, down, held.reach), down
    if isinstance(held, OnBack):
        frame = trunk.chest_frame
        return along(along(trunk.middle, frame.up, _BAR_UP), frame.forward, -_BAR_BACK), _DOWN
    return None, _DOWN


# --- legs --------------------------------------------------------------------------------------------


def _leg_of(pose: Pose, side: str) -> Leg:
    return pose.right_leg if side == "right" else pose.left_leg


def _crosses(pose: Pose, side: str) -> bool:
    return isinstance(_leg_of(pose, side), Crossed)


def _outward(side: str) -> float:
    """The sign of the side in the world's left."""
    return -1.0 if side == "right" else 1.0


def _foot(side: str, way: _Way, legs: dict[str, LegPlaces]) -> _Foot:
    start, goal = _leg_of(way.start, side), _leg_of(way.goal, side)
    if way.share == 0.0:
        return _foot_of(side, start, way.trunk, legs)
    if isinstance(start, Planted) and isinstance(goal, Planted):
        return _stepping(side, start, goal, way)
    if isinstance(start, Kneeling) and isinstance(goal, Kneeling):
        return _kneeling(Kneeling(_between(start.at, goal.at, way.share), way.blend(start.knee, goal.knee)))
    if isinstance(start, Crossed) and isinstance(goal, Crossed):
        mixed = Crossed(
            way.blend(start.along, goal.along),
            way.blend(start.knee, goal.knee),
            way.blend(start.toes_up, goal.toes_up),
        )
        return _foot_of(side, mixed, way.trunk, legs)
    if isinstance(start, Planted | Kneeling) and isinstance(goal, Planted | Kneeling):
        return _rolling(side, way, way.blend(start.knee, goal.knee))
    bodies = [_still(way.start), _still(way.goal)]
    reaches = [
        reach_of(body.trunk.pelvis_frame.into(minus(body.leg(side).ankle, body.leg(side).hip)))
        for body in bodies
    ]
    reach = reach_between(reaches[0], reaches[1], way.share)
    ankle = plus(way.trunk.hip_joint(side), way.trunk.pelvis_frame.out_of(reach.vector()))
    soles = [body.leg(side).sole for body in bodies]
    return _Foot(ankle, way.blend(start.knee, goal.knee), turned_between(soles[0], soles[1], way.share))


def _stepping(side: str, start: Planted, goal: Planted, way: _Way) -> _Foot:
    mixed = Planted(
        _between(start.at, goal.at, way.share),
        way.blend(start.turn, goal.turn),
        way.blend(start.toes_up, goal.toes_up),
        way.blend(start.knee, goal.knee),
    )
    foot = _planted(side, mixed)
    step = sqrt((start.at[0] - goal.at[0]) ** 2 + (start.at[1] - goal.at[1]) ** 2)
    lift = _LIFT * min(1.0, step / 0.1) * sin(pi * way.share)
    return _Foot(along(foot.ankle, UP, lift), foot.knee, foot.sole)


def _rolling(side: str, way: _Way, knee: float) -> _Foot:
    """From the instep onto the toes, or back: over the ball of the foot, which stays on the floor."""
    one, other = _still(way.start).leg(side), _still(way.goal).leg(side)
    sole = turned_between(one.sole, other.sole, way.share)
    ball = between(one.ball, other.ball, way.share)
    ankle = along(along(ball, sole.forward, -bones.BALL_AHEAD), sole.up, bones.ANKLE_HEIGHT)
    return _Foot(ankle, knee, sole)


def _foot_of(side: str, leg: Leg, trunk: Trunk, legs: dict[str, LegPlaces]) -> _Foot:
    if isinstance(leg, Planted | Kneeling):
        return _planted(side, leg) if isinstance(leg, Planted) else _kneeling(leg)
    if isinstance(leg, Crossed):
        other = legs["left" if side == "right" else "right"]
        on_bone = between(other.hip, other.knee, leg.along)
        return _Foot(along(on_bone, other.thigh_front, _THIGH_TOP), leg.knee, toes_up=leg.toes_up)
    reach = Reach(leg.raised, _outward(side) * leg.out, bent_length(_LEG, leg.bent))
    ankle = plus(trunk.hip_joint(side), trunk.pelvis_frame.out_of(reach.vector()))
    return _Foot(ankle, leg.knee, toes_up=leg.toes_up)


def _planted(side: str, leg: Planted) -> _Foot:
    level = Frame().turned(_outward(side) * leg.turn)
    sole = level.pitched(-leg.toes_up)
    stand = (leg.at[0], leg.at[1], 0.0)
    # Toes up, it stands on the heel; heel up, on the ball.
    pivot = -bones.HEEL_BEHIND if leg.toes_up > 0 else bones.BALL_AHEAD
    at_pivot = along(stand, level.forward, pivot)
    ankle = along(along(at_pivot, sole.forward, -pivot), sole.up, bones.ANKLE_HEIGHT)
    return _Foot(ankle, leg.knee, sole)


def _kneeling(leg: Kneeling) -> _Foot:
    """Lay the shank behind the knee; where the ankle is and where the hips are, there the knee is too."""
    x, y = leg.at
    behind = sqrt(bones.SHANK**2 - (_INSTEP - _KNEELING) ** 2)
    return _Foot((x - behind, y, _INSTEP), leg.knee, None, _POINTED, (x, y, _KNEELING))


def _between(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _placed_leg(side: str, foot: _Foot, trunk: Trunk) -> LegPlaces:
    hip, frame = trunk.hip_joint(side), trunk.pelvis_frame
    line = minus(foot.ankle, hip)
    raised = radians(reach_of(frame.into(line)).raised)
    ahead = frame.out_of((cos(raised), 0.0, sin(raised)))
    pole = rotated(ahead, unit(line, _DOWN), -_outward(side) * foot.knee)
    knee, ankle = two_bones(hip, foot.ankle, _LEG, pole)
    shank = unit(minus(ankle, knee))
    front = unit(minus(pole, times(shank, dot(pole, shank))), FORWARD)
    sole = foot.sole or _sole_on(shank, front, foot.toes_up)
    under = along(ankle, sole.up, -bones.ANKLE_HEIGHT)
    return LegPlaces(
        hip,
        knee,
        ankle,
        along(under, sole.forward, -bones.HEEL_BEHIND),
        along(under, sole.forward, bones.BALL_AHEAD),
        along(under, sole.forward, bones.TOES_AHEAD),
        sole,
        front,
        max(distance(ankle, foot.ankle), distance(knee, foot.knee_at or knee)),
    )


def _sole_on(shank: Vec, front: Vec, toes_up: float) -> Frame:
    c, s = cos(radians(toes_up)), sin(radians(toes_up))
    forward = plus(times(front, c), times(shank, -s))
    up = plus(times(shank, -c), times(front, -s))
    return Frame(forward, cross(up, forward), up)


# --- arms --------------------------------------------------------------------------------------------


def _arm_of(pose: Pose, side: str) -> Arm:
    return pose.right_arm if side == "right" else pose.left_arm


def _hand(side: str, way: _Way, legs: dict[str, LegPlaces], prop: Vec | None) -> _Hand:
    start, goal = _arm_of(way.start, side), _arm_of(way.goal, side)
    if way.share == 0.0:
        hand = _hand_of(side, start, way.trunk, legs, prop)
        return replace(hand, closed=1.0) if isinstance(way.start.prop, InHands) else hand
    elbow = way.blend(start.elbow, goal.elbow)
    if _touches_the_same(start, goal):
        ends = [_hand_of(side, arm, way.trunk, legs, prop) for arm in (start, goal)]
        turned = [end.direction for end in ends if end.direction is not None]
        direction = unit(between(turned[0], turned[-1], way.share)) if turned else None
        end = between(ends[0].end, ends[1].end, way.share)
        return _Hand(end, elbow, direction, way.blend(ends[0].closed, ends[1].closed))
    places = [(body.arm(side), body.trunk.chest_frame) for body in map(_still, (way.start, way.goal))]
    reaches = [reach_of(frame.into(minus(arm.wrist, arm.shoulder))) for arm, frame in places]
    reach = reach_between(reaches[0], reaches[1], way.share)
    wrist = plus(way.trunk.shoulder(side), way.trunk.chest_frame.out_of(reach.vector()))
    first, last = (swivel(arm, frame) for arm, frame in places)
    swiveled = _outward(side) * way.blend(first, nearest(last, first))
    hands = [hand_in_forearm(arm) for arm, _ in places]
    closed = way.blend(places[0][0].closed, places[1][0].closed)
    return _Hand(wrist, swiveled, None, closed, unit(between(hands[0], hands[1], way.share)))


def _touches_the_same(a: Arm, b: Arm) -> bool:
    if isinstance(a, OnBody) and isinstance(b, OnBody):
        return (a.part, a.side) == (b.part, b.side)
    return type(a) is type(b) and isinstance(a, OnProp | OnFloor)


def _hand_of(side: str, arm: Arm, trunk: Trunk, legs: dict[str, LegPlaces], prop: Vec | None) -> _Hand:
    if isinstance(arm, OnFloor):
        direction = rotated(FORWARD, UP, _outward(side) * arm.turn)
        return _Hand((arm.at[0], arm.at[1], _WRIST_HEIGHT), arm.elbow, direction)
    if isinstance(arm, OnProp):
        across = trunk.facing.left
        return _Hand(along(prop or trunk.middle, across, _outward(side) * arm.out), arm.elbow, closed=1.0)
    if isinstance(arm, OnBody):
        return _resting(arm, legs[arm.side or side], trunk.shoulder(side))
    return _free_hand(side, arm, trunk)


def _free_hand(side: str, arm: FreeArm, trunk: Trunk) -> _Hand:
    reach = Reach(arm.raised, _outward(side) * arm.out, bent_length(_ARM, arm.bent))
    end = plus(trunk.shoulder(side), trunk.chest_frame.out_of(reach.vector()))
    return _Hand(end, arm.elbow)


def _resting(arm: OnBody, leg: LegPlaces, shoulder: Vec) -> _Hand:
    """Lay a palm flat on a limb, or put the fingertips of a straight hand on the toes."""
    start, end, off = _surface(leg, arm.part)
    place = plus(along(between(start, end, arm.along), off, _SKIN[arm.part]), (0.0, arm.shift, 0.0))
    line = unit(minus(place, shoulder), _DOWN)
    if arm.part is Part.TOES:
        return _Hand(along(place, line, -bones.HAND), arm.elbow, line)
    onward = along(line, unit(minus(end, start)), _ALONG_LIMB)
    flat = unit(minus(onward, times(off, dot(onward, off))))
    return _Hand(along(place, flat, -bones.PALM), arm.elbow, flat)


def _surface(leg: LegPlaces, part: Part) -> tuple[Vec, Vec, Vec]:
    """Give the ends of a part that is touched, and the direction out of it."""
    if part is Part.TOES:
        return leg.ball, leg.toes, leg.sole.up
    return (leg.hip, leg.knee, leg.thigh_front) if part is Part.THIGH else (leg.knee, leg.ankle, leg.front)


def _placed_arm(side: str, hand: _Hand, trunk: Trunk) -> ArmPlaces:
    shoulder, frame = trunk.shoulder(side), trunk.chest_frame
    line = minus(hand.end, shoulder)
    pole = rotated(behind(line, frame), unit(line, _DOWN), _outward(side) * hand.elbow)
    lengths = _FLAT_ARM if hand.direction or hand.in_forearm else _ARM
    elbow, end = two_bones(shoulder, hand.end, lengths, pole)
    forearm = unit(minus(end, elbow))
    direction = hand.direction or forearm
    if hand.in_forearm:
        direction = forearm_frame(elbow, end, pole).out_of(hand.in_forearm)
    wrist = along(elbow, forearm, bones.FOREARM)
    palm = along(wrist, direction, bones.PALM)
    tip = along(wrist, direction, bones.HAND)
    return ArmPlaces(shoulder, elbow, wrist, tip, palm, pole, hand.closed, distance(end, hand.end))
