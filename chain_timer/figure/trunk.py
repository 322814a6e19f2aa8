"""The trunk of a pose: hips, spine, shoulders and head, which every limb hangs from."""

from dataclasses import dataclass

from chain_timer.figure import skeleton as bones
from chain_timer.figure.pose import Pose
from chain_timer.figure.vectors import Frame, Vec, along, between

_HEAD_AHEAD = 0.018


@dataclass(frozen=True, slots=True)
class Trunk:
    """Places in meters, and how each part is turned."""

    hips: Vec
    waist: Vec
    chest: Vec
    middle: Vec
    """Between the shoulders, where the neck begins."""
    throat: Vec
    """Where the neck ends."""
    head: Vec
    """The middle of the head."""
    facing: Frame
    """Where the whole person looks, upright."""
    pelvis_frame: Frame
    waist_frame: Frame
    chest_frame: Frame
    head_frame: Frame
    shrug: float
    back: float

    def hip_joint(self, side: str) -> Vec:
        return along(self.hips, self.pelvis_frame.left, bones.outward(side) * bones.HIP_OUT)

    def shoulder(self, side: str) -> Vec:
        frame = self.chest_frame
        out = along(self.middle, frame.left, bones.outward(side) * bones.SHOULDER_OUT)
        return along(along(out, frame.up, self.shrug), frame.forward, -self.back)


def trunk_between(start: Pose, goal: Pose, share: float) -> Trunk:
    """The trunk on its way from one pose to another."""

    def angle(name: str) -> float:
        one, two = float(getattr(start, name)), float(getattr(goal, name))
        return one + (two - one) * share

    facing = Frame().turned(angle("turn"))
    pelvis = facing.pitched(angle("lean")).rolled(angle("tilt"))
    lower = pelvis.pitched(angle("waist"))
    chest_frame = lower.pitched(angle("ribs")).turned(angle("twist"))
    neck = angle("neck")
    head_frame = chest_frame.pitched(neck).turned(angle("look"))
    hips = between(start.hips, goal.hips, share)
    waist = along(hips, pelvis.up, bones.PELVIS)
    chest = along(waist, lower.up, bones.WAIST)
    middle = along(chest, chest_frame.up, bones.CHEST)
    throat = along(middle, chest_frame.pitched(neck / 2).up, bones.NECK)
    head = along(along(throat, head_frame.up, bones.HEAD), head_frame.forward, _HEAD_AHEAD)
    shrug, back = angle("shrug"), angle("back")
    return Trunk(
        hips, waist, chest, middle, throat, head, facing, pelvis, lower, chest_frame, head_frame, shrug, back
    )
