"""Where legs are: what the feet touch first, then the knees."""

from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt

from chain_timer.figure import skeleton as bones
from chain_timer.figure.body import LegPlaces
from chain_timer.figure.pose import Crossed, Kneeling, Leg, Planted, Pose
from chain_timer.figure.skeleton import other_side, outward
from chain_timer.figure.trunk import Trunk
from chain_timer.figure.vectors import (
    DOWN,
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
from chain_timer.figure.way import Way

_LIFT = 0.05
"""How high (meters) a foot is lifted that steps from one place to another."""
_LEG = (bones.THIGH, bones.SHANK)
_KNEELING = 0.06
"""How high a knee is that kneels."""
_INSTEP, _POINTED = 0.08, -55.0
"""How high the ankle is of a foot that lies on its instep, and how its toes point."""
_THIGH_TOP = 0.10
"""How far over the bone of a thigh an ankle lies that rests on it."""


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


def crosses(pose: Pose, side: str) -> bool:
    """Whether a leg rests on the other one."""
    return isinstance(pose.leg(side), Crossed)


def _foot(side: str, way: Way, legs: dict[str, LegPlaces]) -> _Foot:
    start, goal = way.start.leg(side), way.goal.leg(side)
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
    bodies = way.ends
    reaches = [
        reach_of(body.trunk.pelvis_frame.into(minus(body.leg(side).ankle, body.leg(side).hip)))
        for body in bodies
    ]
    reach = reach_between(reaches[0], reaches[1], way.share)
    ankle = plus(way.trunk.hip_joint(side), way.trunk.pelvis_frame.out_of(reach.vector()))
    soles = [body.leg(side).sole for body in bodies]
    return _Foot(ankle, way.blend(start.knee, goal.knee), turned_between(soles[0], soles[1], way.share))


def _stepping(side: str, start: Planted, goal: Planted, way: Way) -> _Foot:
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


def _rolling(side: str, way: Way, knee: float) -> _Foot:
    """From the instep onto the toes, or back: over the ball of the foot, which stays on the floor."""
    one, other = way.ends[0].leg(side), way.ends[1].leg(side)
    sole = turned_between(one.sole, other.sole, way.share)
    ball = between(one.ball, other.ball, way.share)
    ankle = along(along(ball, sole.forward, -bones.BALL_AHEAD), sole.up, bones.ANKLE_HEIGHT)
    return _Foot(ankle, knee, sole)


def _foot_of(side: str, leg: Leg, trunk: Trunk, legs: dict[str, LegPlaces]) -> _Foot:
    if isinstance(leg, Planted | Kneeling):
        return _planted(side, leg) if isinstance(leg, Planted) else _kneeling(leg)
    if isinstance(leg, Crossed):
        other = legs[other_side(side)]
        on_bone = between(other.hip, other.knee, leg.along)
        return _Foot(along(on_bone, other.thigh_front, _THIGH_TOP), leg.knee, toes_up=leg.toes_up)
    reach = Reach(leg.raised, outward(side) * leg.out, bent_length(_LEG, leg.bent))
    ankle = plus(trunk.hip_joint(side), trunk.pelvis_frame.out_of(reach.vector()))
    return _Foot(ankle, leg.knee, toes_up=leg.toes_up)


def _planted(side: str, leg: Planted) -> _Foot:
    level = Frame().turned(outward(side) * leg.turn)
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


def placed_leg(side: str, way: Way, legs: dict[str, LegPlaces]) -> LegPlaces:
    """Place a leg; ``legs`` has the other one already if this one rests on it."""
    foot, trunk = _foot(side, way, legs), way.trunk
    hip, frame = trunk.hip_joint(side), trunk.pelvis_frame
    line = minus(foot.ankle, hip)
    raised = radians(reach_of(frame.into(line)).raised)
    ahead = frame.out_of((cos(raised), 0.0, sin(raised)))
    pole = rotated(ahead, unit(line, DOWN), -outward(side) * foot.knee)
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
