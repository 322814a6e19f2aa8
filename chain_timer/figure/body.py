"""A body in space: every joint's place and every part's direction, solved from what a pose says."""

from dataclasses import dataclass

from chain_timer.figure.trunk import Trunk
from chain_timer.figure.vectors import DOWN, Frame, Vec, dot, minus, times, unit


@dataclass(frozen=True, slots=True)
class LegPlaces:
    hip: Vec
    knee: Vec
    ankle: Vec
    heel: Vec
    ball: Vec
    toes: Vec
    sole: Frame
    """Forward to the toes, up from the sole."""
    front: Vec
    """Where the knee points, square to the shank."""
    missed: float

    @property
    def thigh_front(self) -> Vec:
        """The same square to the thigh: up, where somebody sits."""
        thigh = unit(minus(self.knee, self.hip))
        bend = minus(thigh, unit(minus(self.ankle, self.knee)))
        return unit(minus(bend, times(thigh, dot(bend, thigh))), self.front)


@dataclass(frozen=True, slots=True)
class ArmPlaces:
    shoulder: Vec
    elbow: Vec
    wrist: Vec
    tip: Vec
    palm: Vec
    """The middle of what the hand grips or touches."""
    back: Vec
    """Where the elbow points."""
    closed: float
    """0 for an open hand, 1 for one that grips."""
    missed: float


@dataclass(frozen=True, slots=True)
class Body:
    """Places in meters, in the world: x forward, y to the left, z up from the floor."""

    trunk: Trunk
    right_leg: LegPlaces
    left_leg: LegPlaces
    right_arm: ArmPlaces
    left_arm: ArmPlaces
    prop: Vec | None = None
    """Where the moved prop is held, or lies."""
    prop_down: Vec = DOWN
    """Which way a bell hangs from its handle."""
    breath: float = 0.0
    """0 to 1: how far the chest is filled."""

    @property
    def missed(self) -> float:
        """By how much (meters) a hand or foot falls short of what it should touch; 0 in any sound pose."""
        return max(self.right_leg.missed, self.left_leg.missed, self.right_arm.missed, self.left_arm.missed)

    def leg(self, side: str) -> LegPlaces:
        return self.right_leg if side == "right" else self.left_leg

    def arm(self, side: str) -> ArmPlaces:
        return self.right_arm if side == "right" else self.left_arm
