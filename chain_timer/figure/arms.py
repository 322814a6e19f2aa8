"""Where arms are: what the hands touch first, then the elbows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chain_timer.figure import skeleton as bones
from chain_timer.figure.arm_turns import behind, forearm_frame, hand_in_forearm, nearest, swivel
from chain_timer.figure.body import ArmPlaces, LegPlaces
from chain_timer.figure.pose import Arm, FreeArm, InHands, OnBody, OnFloor, OnProp, Part
from chain_timer.figure.skeleton import outward
from chain_timer.figure.trunk import Trunk
from chain_timer.figure.vectors import (
    DOWN,
    FORWARD,
    UP,
    Reach,
    Vec,
    along,
    bent_length,
    between,
    distance,
    dot,
    minus,
    plus,
    reach_between,
    reach_of,
    rotated,
    times,
    two_bones,
    unit,
)
from chain_timer.figure.way import Way

_ARM = (bones.UPPER_ARM, bones.FOREARM + bones.PALM)
"""A hand that grips or hangs goes straight on from the forearm."""
_FLAT_ARM = (bones.UPPER_ARM, bones.FOREARM)
_WRIST_HEIGHT = 0.028
_SKIN: Mapping[Part, float] = {Part.THIGH: 0.085, Part.SHIN: 0.06, Part.TOES: 0.04}
"""How far from a bone a palm is that rests on it, and from the sole a fingertip that touches the toes."""
_ALONG_LIMB = 0.4
"""How much a hand that rests on a limb points along it, besides going on from its arm."""


@dataclass(frozen=True, slots=True)
class _Hand:
    """Where an arm ends: the palm, or the wrist of a hand with a direction of its own."""

    end: Vec
    elbow: float
    direction: Vec | None = None
    closed: float = 0.0
    in_forearm: Vec | None = None
    """Its direction as the forearm sees it, where that is what is known."""


def _hand(side: str, way: Way, legs: dict[str, LegPlaces], prop: Vec | None) -> _Hand:
    start, goal = way.start.arm(side), way.goal.arm(side)
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
    places = [(body.arm(side), body.trunk.chest_frame) for body in way.ends]
    reaches = [reach_of(frame.into(minus(arm.wrist, arm.shoulder))) for arm, frame in places]
    reach = reach_between(reaches[0], reaches[1], way.share)
    wrist = plus(way.trunk.shoulder(side), way.trunk.chest_frame.out_of(reach.vector()))
    first, last = (swivel(arm, frame) for arm, frame in places)
    swiveled = outward(side) * way.blend(first, nearest(last, first))
    hands = [hand_in_forearm(arm) for arm, _ in places]
    closed = way.blend(places[0][0].closed, places[1][0].closed)
    return _Hand(wrist, swiveled, None, closed, unit(between(hands[0], hands[1], way.share)))


def _touches_the_same(a: Arm, b: Arm) -> bool:
    if isinstance(a, OnBody) and isinstance(b, OnBody):
        return (a.part, a.side) == (b.part, b.side)
    return type(a) is type(b) and isinstance(a, OnProp | OnFloor)


def _hand_of(side: str, arm: Arm, trunk: Trunk, legs: dict[str, LegPlaces], prop: Vec | None) -> _Hand:
    if isinstance(arm, OnFloor):
        direction = rotated(FORWARD, UP, outward(side) * arm.turn)
        return _Hand((arm.at[0], arm.at[1], _WRIST_HEIGHT), arm.elbow, direction)
    if isinstance(arm, OnProp):
        across = trunk.facing.left
        return _Hand(along(prop or trunk.middle, across, outward(side) * arm.out), arm.elbow, closed=1.0)
    if isinstance(arm, OnBody):
        return _resting(arm, legs[arm.side or side], trunk.shoulder(side))
    return _free_hand(side, arm, trunk)


def _free_hand(side: str, arm: FreeArm, trunk: Trunk) -> _Hand:
    reach = Reach(arm.raised, outward(side) * arm.out, bent_length(_ARM, arm.bent))
    end = plus(trunk.shoulder(side), trunk.chest_frame.out_of(reach.vector()))
    return _Hand(end, arm.elbow)


def _resting(arm: OnBody, leg: LegPlaces, shoulder: Vec) -> _Hand:
    """Lay a palm flat on a limb, or put the fingertips of a straight hand on the toes."""
    start, end, off = _surface(leg, arm.part)
    place = plus(along(between(start, end, arm.along), off, _SKIN[arm.part]), (0.0, arm.shift, 0.0))
    line = unit(minus(place, shoulder), DOWN)
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


def placed_arm(side: str, way: Way, legs: dict[str, LegPlaces], prop: Vec | None) -> ArmPlaces:
    """Place an arm, whose hand may touch a leg or the prop."""
    hand, trunk = _hand(side, way, legs, prop), way.trunk
    shoulder, frame = trunk.shoulder(side), trunk.chest_frame
    line = minus(hand.end, shoulder)
    pole = rotated(behind(line, frame), unit(line, DOWN), outward(side) * hand.elbow)
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
