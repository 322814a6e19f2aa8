"""The bones of a grown person, and how far each joint goes.

Lengths are shares of the height after R. Drillis and R. Contini, Body Segment Parameters (1966), as given in
D. A. Winter, Biomechanics and Motor Control of Human Movement, figure 4.1. How that divides the trunk and the
foot, and how far the joints of hip and shoulder lie from the middle, is our own choice within those lengths.
Ranges of joints are the usual ones of the American Academy of Orthopaedic Surgeons, wider where a stretch is
there to widen them.
"""

from collections.abc import Mapping
from types import MappingProxyType

HEIGHT = 1.75
"""Meters. Poses are written for this height; a drawing scales the whole."""

THIGH = 0.245 * HEIGHT
SHANK = 0.246 * HEIGHT
ANKLE_HEIGHT = 0.039 * HEIGHT
HEEL_BEHIND = 0.030 * HEIGHT
BALL_AHEAD = 0.074 * HEIGHT
TOES_AHEAD = 0.122 * HEIGHT
"""Heel to toes: 0.152 of the height."""
HIP_OUT = 0.052 * HEIGHT

PELVIS = 0.063 * HEIGHT
WAIST = 0.095 * HEIGHT
CHEST = 0.130 * HEIGHT
"""Hips to waist, waist to ribs, ribs to shoulders: 0.288 of the height together."""
SHOULDER_OUT = 0.108 * HEIGHT
NECK = 0.060 * HEIGHT
HEAD = 0.062 * HEIGHT
"""From the top of the neck to the middle of the head."""

UPPER_ARM = 0.186 * HEIGHT
FOREARM = 0.146 * HEIGHT
HAND = 0.108 * HEIGHT
PALM = 0.046 * HEIGHT
"""From the wrist to the middle of what the hand grips or touches."""

SIDES = ("right", "left")

LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "hip": (-30.0, 140.0),
        "knee": (0.0, 150.0),
        "ankle": (-55.0, 45.0),
        "elbow": (0.0, 150.0),
        "shoulder": (-60.0, 200.0),
        "waist": (-30.0, 60.0),
        "ribs": (-25.0, 45.0),
        "neck": (-60.0, 50.0),
    }
)
"""Degrees of bending; straight is 0, and for the ankle a right angle."""


def other_side(side: str) -> str:
    return "left" if side == "right" else "right"


def outward(side: str) -> float:
    """The sign of the side in the world's left."""
    return -1.0 if side == "right" else 1.0
