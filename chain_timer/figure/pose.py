"""A pose as its author writes it: where the hips are, how trunk and head bend, what feet and hands touch."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from chain_timer.figure.skeleton import other_side
from chain_timer.figure.vectors import Vec, mirrored


class Prop(StrEnum):
    """The things an exercise is done with."""

    KETTLEBELL = "kettlebell"
    KETTLEBELLS = "kettlebells"
    BARBELL = "barbell"
    RACK = "rack"
    PULLUP_BAR = "pullup-bar"
    CHAIR = "chair"
    MAT = "mat"


class Part(StrEnum):
    """Places of the own body that a hand or a foot may rest on."""

    THIGH = "thigh"
    SHIN = "shin"
    TOES = "toes"


@dataclass(frozen=True, slots=True)
class Planted:
    """A foot on the floor: flat, on its heel with the toes up, or on its ball with the heel up."""

    at: tuple[float, float]
    """Where the ankle stands over the floor: forward and to the left, in meters."""
    turn: float = 0.0
    """How far the toes point outward."""
    toes_up: float = 0.0
    """Degrees; negative lifts the heel."""
    knee: float = 0.0
    """How far the knee points outward, in degrees."""


@dataclass(frozen=True, slots=True)
class Kneeling:
    """A knee on the floor, the shank lying behind it with the instep down."""

    at: tuple[float, float]
    """Where the knee is: forward and to the left, in meters. The hips are a thigh's length from it."""
    knee: float = 0.0
    """How far the knee points outward, in degrees."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """The ankle rests on the other leg's thigh."""

    along: float = 0.85
    """From hip (0) to knee (1)."""
    knee: float = 60.0
    toes_up: float = 0.0


@dataclass(frozen=True, slots=True)
class FreeLeg:
    """A leg that touches nothing."""

    raised: float = 0.0
    out: float = 0.0
    bent: float = 0.0
    """The knee, 0 when straight."""
    toes_up: float = -20.0
    """Degrees from a right angle with the shank."""
    knee: float = 0.0


@dataclass(frozen=True, slots=True)
class OnFloor:
    """A hand flat on the floor."""

    at: tuple[float, float]
    turn: float = 0.0
    elbow: float = 0.0


@dataclass(frozen=True, slots=True)
class OnProp:
    """A hand that grips."""

    out: float = 0.0
    """How far from the middle of the thing, in meters."""
    elbow: float = 0.0


@dataclass(frozen=True, slots=True)
class OnBody:
    """A hand that rests on the own body."""

    part: Part
    along: float = 0.5
    side: str = ""
    """Whose; empty for the hand's own side."""
    shift: float = 0.0
    """To the left of the middle of what it rests on, in meters."""
    elbow: float = 0.0


@dataclass(frozen=True, slots=True)
class FreeArm:
    """An arm that touches nothing."""

    raised: float = 0.0
    out: float = 8.0
    bent: float = 8.0
    elbow: float = 0.0


Leg = Planted | Kneeling | Crossed | FreeLeg
Arm = OnFloor | OnProp | OnBody | FreeArm


@dataclass(frozen=True, slots=True)
class Standing:
    """A prop in its place in the world: forward, left, up."""

    at: Vec


@dataclass(frozen=True, slots=True)
class Swung:
    """Held in front with both hands: an angle from hanging down, seen from the middle of the shoulders."""

    raised: float
    reach: float


@dataclass(frozen=True, slots=True)
class OnBack:
    """A bar across the upper back."""


@dataclass(frozen=True, slots=True)
class InHands:
    """In each hand one."""


Held = Standing | Swung | OnBack | InHands


@dataclass(frozen=True, slots=True)
class Pose:
    """Everything that makes a pose. The right leg leads where a side does; see :func:`mirrored_pose`."""

    hips: Vec
    """The middle between the hip joints: forward, left, up, in meters for a person of 1.75."""
    right_leg: Leg
    left_leg: Leg
    right_arm: Arm = FreeArm()
    left_arm: Arm = FreeArm()
    lean: float = 0.0
    """The pelvis, forward; the trunk goes with it."""
    tilt: float = 0.0
    """The pelvis, to the right."""
    turn: float = 0.0
    """The whole person, to the left."""
    waist: float = 0.0
    ribs: float = 0.0
    """How far the spine bends forward, below and above the ribs' lower edge."""
    twist: float = 0.0
    """The chest against the pelvis, to the left."""
    neck: float = 0.0
    """The head against the chest, forward; negative looks up."""
    look: float = 0.0
    """The head, to the left."""
    shrug: float = 0.0
    """The shoulders, up, in meters; negative draws them down."""
    back: float = 0.0
    """The shoulders, back, in meters."""
    prop: Held | None = None
    """Where the moved prop is: bell or bar."""

    def leg(self, side: str) -> Leg:
        return self.right_leg if side == "right" else self.left_leg

    def arm(self, side: str) -> Arm:
        return self.right_arm if side == "right" else self.left_arm


@lru_cache(maxsize=512)
def mirrored_pose(pose: Pose) -> Pose:
    """The same pose with right and left exchanged; the same object for the same pose.

    What is kept of a pose elsewhere is kept by its identity, and has to be found again on the left side.
    """
    return replace(
        pose,
        hips=mirrored(pose.hips),
        right_leg=_mirrored_leg(pose.left_leg),
        left_leg=_mirrored_leg(pose.right_leg),
        right_arm=_mirrored_arm(pose.left_arm),
        left_arm=_mirrored_arm(pose.right_arm),
        tilt=-pose.tilt,
        turn=-pose.turn,
        twist=-pose.twist,
        look=-pose.look,
        prop=Standing(mirrored(pose.prop.at)) if isinstance(pose.prop, Standing) else pose.prop,
    )


def _mirrored_leg(leg: Leg) -> Leg:
    return replace(leg, at=(leg.at[0], -leg.at[1])) if isinstance(leg, Planted | Kneeling) else leg


def _mirrored_arm(arm: Arm) -> Arm:
    if isinstance(arm, OnFloor):
        return replace(arm, at=(arm.at[0], -arm.at[1]))
    if isinstance(arm, OnBody):
        return replace(arm, side=arm.side and other_side(arm.side), shift=-arm.shift)
    return arm
