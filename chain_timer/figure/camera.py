"""Where a figure is seen from: far away, so that nothing grows by coming nearer."""

from dataclasses import dataclass, replace
from math import cos, radians, sin

from chain_timer.figure.body import ArmPlaces, Body, LegPlaces
from chain_timer.figure.trunk import Trunk
from chain_timer.figure.vectors import UP, Frame, Vec


@dataclass(frozen=True, slots=True)
class Camera:
    """Two directions of the picture and the one to the viewer, in the world."""

    right: Vec
    up: Vec
    near: Vec

    def seen(self, a: Vec) -> Vec:
        """A point or a direction told as the picture has it: right, up, near."""
        x, y, z = a
        r, u, n = self.right, self.up, self.near
        return (
            x * r[0] + y * r[1] + z * r[2],
            x * u[0] + y * u[1] + z * u[2],
            x * n[0] + y * n[1] + z * n[2],
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A body with every place and direction told as the picture has it, but for the prop's."""

    body: Body
    up: Vec
    """Where the world's up is."""


def look(body: Body, camera: Camera) -> Seen:
    """Look at a body: all that is drawn of it is then reckoned in the picture."""
    return Seen(
        replace(
            body,
            trunk=_trunk(body.trunk, camera),
            right_leg=_leg(body.right_leg, camera),
            left_leg=_leg(body.left_leg, camera),
            right_arm=_arm(body.right_arm, camera),
            left_arm=_arm(body.left_arm, camera),
        ),
        camera.seen(UP),
    )


def camera(turn: float, height: float, mirrored: float = 0.0) -> Camera:
    """A camera ``turn`` degrees from the person's right side toward the front, looking down by ``height``.

    ``mirrored`` takes it round the front to the same place on the left: 0 is the right, 1 the left.
    """
    azimuth = radians((turn - 90) * (1 - 2 * mirrored))
    tilt = radians(height)
    around = (cos(azimuth), sin(azimuth))
    return Camera(
        (-around[1], around[0], 0.0),
        (-around[0] * sin(tilt), -around[1] * sin(tilt), cos(tilt)),
        (around[0] * cos(tilt), around[1] * cos(tilt), sin(tilt)),
    )


def _trunk(trunk: Trunk, camera: Camera) -> Trunk:
    seen = camera.seen
    return Trunk(
        seen(trunk.hips),
        seen(trunk.waist),
        seen(trunk.chest),
        seen(trunk.middle),
        seen(trunk.throat),
        seen(trunk.head),
        _frame(trunk.facing, camera),
        _frame(trunk.pelvis_frame, camera),
        _frame(trunk.waist_frame, camera),
        _frame(trunk.chest_frame, camera),
        _frame(trunk.head_frame, camera),
        trunk.shrug,
        trunk.back,
    )


def _leg(leg: LegPlaces, camera: Camera) -> LegPlaces:
    seen = camera.seen
    return LegPlaces(
        seen(leg.hip),
        seen(leg.knee),
        seen(leg.ankle),
        seen(leg.heel),
        seen(leg.ball),
        seen(leg.toes),
        _frame(leg.sole, camera),
        seen(leg.front),
        leg.missed,
    )


def _arm(arm: ArmPlaces, camera: Camera) -> ArmPlaces:
    seen = camera.seen
    return ArmPlaces(
        seen(arm.shoulder),
        seen(arm.elbow),
        seen(arm.wrist),
        seen(arm.tip),
        seen(arm.palm),
        seen(arm.back),
        arm.closed,
        arm.missed,
    )


def _frame(frame: Frame, camera: Camera) -> Frame:
    return Frame(camera.seen(frame.forward), camera.seen(frame.left), camera.seen(frame.up))
