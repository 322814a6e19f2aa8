"""How far each joint of a body is bent, for the limits of :mod:`skeleton` and for whoever checks them."""

from collections.abc import Iterator, Mapping
from math import atan2, degrees

from chain_timer.figure.body import ArmPlaces, Body, LegPlaces
from chain_timer.figure.skeleton import LIMITS, SIDES
from chain_timer.figure.trunk import Trunk
from chain_timer.figure.vectors import Frame, angle_between, minus, reach_of

_TOLERANCE = 0.5
"""Degrees: what rounding may add."""


def joint_angles(body: Body) -> Mapping[str, float]:
    """Degrees by the name of the joint: ``right knee``, ``waist``.

    Straight is 0, and for the ankle a right angle.
    """
    angles = dict(_trunk_angles(body.trunk))
    for side in SIDES:
        joints = {**_leg_angles(body.leg(side), body.trunk), **_arm_angles(body.arm(side), body.trunk)}
        angles |= {f"{side} {joint}": angle for joint, angle in joints.items()}
    return angles


def beyond_limits(body: Body) -> Iterator[tuple[str, float, float]]:
    """Give each joint that is bent further than joints go, with its angle and the limit passed."""
    for name, angle in joint_angles(body).items():
        least, most = LIMITS[name.split()[-1]]
        if angle < least - _TOLERANCE:
            yield name, angle, least
        elif angle > most + _TOLERANCE:
            yield name, angle, most


def _trunk_angles(trunk: Trunk) -> Iterator[tuple[str, float]]:
    yield "waist", _pitch(trunk.pelvis_frame, trunk.waist_frame)
    yield "ribs", _pitch(trunk.waist_frame, trunk.chest_frame)
    yield "neck", _pitch(trunk.chest_frame, trunk.head_frame)


def _pitch(below: Frame, above: Frame) -> float:
    up = below.into(above.up)
    return degrees(atan2(up[0], up[2]))


def _leg_angles(leg: LegPlaces, trunk: Trunk) -> dict[str, float]:
    thigh, shank = minus(leg.knee, leg.hip), minus(leg.ankle, leg.knee)
    return {
        "hip": reach_of(trunk.pelvis_frame.into(thigh)).raised,
        "knee": angle_between(thigh, shank),
        "ankle": angle_between(shank, leg.sole.forward) - 90.0,
    }


def _arm_angles(arm: ArmPlaces, trunk: Trunk) -> dict[str, float]:
    upper, lower = minus(arm.elbow, arm.shoulder), minus(arm.wrist, arm.elbow)
    return {
        "shoulder": reach_of(trunk.chest_frame.into(upper)).raised,
        "elbow": angle_between(upper, lower),
    }
