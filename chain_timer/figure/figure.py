"""The figure of one exercise: its poses by name, the pose of each step, and the way through a repetition."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chain_timer.figure.pose import Pose, Prop
from chain_timer.figure.vectors import Vec


class Ease(StrEnum):
    """How the speed changes between two poses."""

    SMOOTH = "smooth"
    FAST = "fast"
    """Starts fast and floats."""
    FALL = "fall"
    """Starts slowly and gets faster."""


@dataclass(frozen=True, slots=True)
class View:
    """Where a figure is seen from, in degrees."""

    turn: float = 0.0
    """From the person's right side toward the front; 90 is from the front."""
    height: float = 0.0
    """How far the camera looks down."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that stands where the exercise is done: chair, mat, rack, pullup bar."""

    kind: Prop
    at: Vec
    """Forward, left, up, in meters."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One way of a repetition: through poses in equal shares of its time, to the last of them."""

    to: tuple[Pose, ...]
    ease: Ease = Ease.SMOOTH


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything about an exercise that a picture of it needs. The right side leads."""

    id: str
    """The exercise's."""
    view: View
    things: tuple[Thing, ...]
    moved: Prop | None
    """What the hands move, if anything."""
    poses: Mapping[str, Pose]
    step_names: tuple[str, ...]
    """The name of the pose of each step."""
    ready: Pose
    """Before the exercise, after it, and at rest."""
    steps: tuple[Pose, ...]
    hold: Pose | None
    """What is held, in an exercise done for time."""
    out: Pose
    """After the work."""
    down: Phase | None
    up: Phase | None
