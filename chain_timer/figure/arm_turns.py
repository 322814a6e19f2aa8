"""How an arm is turned about itself: where its elbow points, and how the hand goes on from the forearm."""

from math import atan2, cos, degrees, radians, sin

from chain_timer.figure.body import ArmPlaces
from chain_timer.figure.vectors import Frame, Vec, cross, dot, length, minus, reach_of, times, unit

_BENT = 1e-3
"""Meters off the straight line from which on an elbow has a direction of its own."""


def behind(line: Vec, chest: Frame) -> Vec:
    """Where the elbow of an arm that reaches along a line points when it is not swiveled."""
    raised = radians(reach_of(chest.into(line)).raised)
    return chest.out_of((-cos(raised), 0.0, -sin(raised)))


def swivel(arm: ArmPlaces, chest: Frame) -> float:
    """How far an elbow is turned about the line from shoulder to wrist, in degrees."""
    line = minus(arm.wrist, arm.shoulder)
    axis, zero = unit(line), behind(line, chest)
    bend = _off(minus(arm.elbow, arm.shoulder), axis)
    if length(bend) < _BENT:
        bend = _off(arm.back, axis)
    return degrees(atan2(dot(axis, cross(zero, bend)), dot(zero, bend)))


def nearest(angle: float, to: float) -> float:
    """Give the same direction as an angle, written so that it is at most half a turn from another."""
    return to + (angle - to + 180.0) % 360.0 - 180.0


def forearm_frame(elbow: Vec, wrist: Vec, back: Vec) -> Frame:
    """Give the directions of a forearm: forward to the hand, and where the elbow points."""
    forward = unit(minus(wrist, elbow))
    up = unit(_off(back, forward), forward)
    return Frame(forward, cross(up, forward), up)


def hand_in_forearm(arm: ArmPlaces) -> Vec:
    """Tell in a forearm's directions where its hand points: straight on is (1, 0, 0)."""
    frame = forearm_frame(arm.elbow, arm.wrist, arm.back)
    return frame.into(unit(minus(arm.tip, arm.wrist)))


def _off(a: Vec, axis: Vec) -> Vec:
    return minus(a, times(axis, dot(a, axis)))
