"""The surface of a body as it is seen: each part as rings swept along its bones, drawn by nobody here.

Widths are those of a slim grown person; they are ours, chosen by eye, where the lengths are measured ones.
"""

from collections.abc import Sequence
from typing import NamedTuple

from chain_timer.figure import skeleton as bones
from chain_timer.figure.body import ArmPlaces, Body
from chain_timer.figure.camera import Seen
from chain_timer.figure.vectors import Frame, Vec, along, cross, dot, length, minus, times, unit


class Sweep(NamedTuple):
    """One part of the body, from ring to ring: their middles, how each is turned, how large it is."""

    middles: tuple[Vec, ...]
    turned: tuple[tuple[Vec, Vec], ...]
    """Where its front and its left are."""
    sizes: tuple[tuple[float, float], ...]
    """Half its depth, half its width."""


class Section(NamedTuple):
    """One ring as written here: how far along its bones, half depth and width, how far it bulges."""

    at: float
    depth: float
    width: float
    ahead: float = 0.0


_NEAR_JOINT = 0.2
_BEND = 0.05
"""Within so many meters of a knee or an elbow a limb is round."""

# Along the leg: 0 is the hip, 1 the knee, 2 the ankle.
LEG = (
    Section(0.00, 0.072, 0.068, -0.008),
    Section(0.15, 0.093, 0.087, -0.009),
    Section(0.50, 0.080, 0.074, 0.002),
    Section(0.75, 0.066, 0.060, 0.004),
    Section(0.93, 0.056, 0.051, 0.004),
    Section(1.07, 0.052, 0.049, 0.001),
    Section(1.27, 0.057, 0.054, -0.014),
    Section(1.55, 0.047, 0.045, -0.010),
    Section(1.80, 0.032, 0.031, -0.001),
    Section(2.02, 0.031, 0.030, 0.0),
)
# Along the arm: 0 is the shoulder, 1 the elbow, 2 the wrist.
ARM = (
    Section(0.045, 0.040, 0.038),
    Section(0.16, 0.056, 0.051),
    Section(0.45, 0.047, 0.043),
    Section(0.75, 0.040, 0.038),
    Section(0.95, 0.036, 0.036),
    Section(1.08, 0.037, 0.036),
    Section(1.28, 0.041, 0.039),
    Section(1.65, 0.030, 0.029),
    Section(2.03, 0.024, 0.026),
)
_CHEST_BREATH = 0.010
_ON_FLOOR = 0.02
"""A ball of the foot that is lower than this (meters) stands on the floor."""


_LEG_SIZES = tuple((section.depth, section.width) for section in LEG)
_ARM_SIZES = tuple((section.depth, section.width) for section in ARM)
# Ahead of the ankle, up from the sole, half height, half width.
_FOOT = (
    (-0.047, 0.035, 0.026, 0.025),
    (0.000, 0.038, 0.038, 0.032),
    (0.090, 0.028, 0.028, 0.040),
    (0.160, 0.020, 0.020, 0.043),
    (0.205, 0.016, 0.016, 0.032),
)
_FOOT_SIZES = tuple(profile[2:] for profile in _FOOT)
# From the wrist: how far, half depth, half width.
_OPEN = (
    (0.0, 0.021, 0.025),
    (0.05, 0.019, 0.037),
    (0.10, 0.016, 0.037),
    (0.16, 0.011, 0.026),
    (0.183, 0.007, 0.014),
)
_FIST = (
    (0.0, 0.022, 0.025),
    (0.04, 0.030, 0.036),
    (0.075, 0.036, 0.041),
    (0.105, 0.034, 0.039),
    (0.122, 0.022, 0.026),
)
_THUMB_SIZES = ((0.015, 0.015), (0.011, 0.011))


def sweeps(seen: Seen) -> dict[str, Sweep]:
    """Every part of a body by its name but the feet: trunk, neck, legs, arms, hands, thumbs."""
    body = seen.body
    found = {"trunk": _trunk(body), "neck": _neck(body)}
    for side in bones.SIDES:
        leg, arm = body.leg(side), body.arm(side)
        direction = unit(minus(arm.tip, arm.wrist))
        across = _square_to(times(arm.back, -1), direction)
        palm = (cross(across, direction), across)
        found[f"{side} leg"] = _limb(
            (leg.hip, leg.knee, leg.ankle), (leg.thigh_front, leg.front), LEG, _LEG_SIZES
        )
        front = times(arm.back, -1)
        found[f"{side} arm"] = _limb((arm.shoulder, arm.elbow, arm.wrist), (front, front), ARM, _ARM_SIZES)
        found[f"{side} hand"] = _hand(arm, direction, palm)
        found[f"{side} thumb"] = _thumb(arm, direction, palm)
    return found


class _Spine(NamedTuple):
    """A ring over a place of the spine: half depth, half width, how far up and ahead."""

    base: Vec
    frame: Frame
    up: float
    depth: float
    width: float
    ahead: float


def _trunk(body: Body) -> Sweep:
    trunk, filled = body.trunk, _CHEST_BREATH * body.breath
    hips, pelvis = trunk.hips, trunk.pelvis_frame
    waist, lower = trunk.waist, trunk.waist_frame
    ribs, middle, chest = trunk.chest, trunk.middle, trunk.chest_frame
    raised = sum(_raised(body.arm(side), chest) for side in bones.SIDES) / 2
    shrug, wide = trunk.shrug, 0.168 - 0.02 * raised
    return _spine(
        _Spine(hips, pelvis, -0.060, 0.060, 0.085, -0.012),
        _Spine(hips, pelvis, -0.030, 0.100, 0.148, -0.014),
        _Spine(hips, pelvis, 0.030, 0.108, 0.161, -0.014),
        _Spine(hips, pelvis, 0.085, 0.098, 0.150, -0.004),
        _Spine(waist, lower, 0.045, 0.088, 0.133, 0.004),
        _Spine(waist, lower, 0.110, 0.090, 0.132, 0.006),
        _Spine(ribs, chest, 0.010, 0.100 + filled, 0.143, 0.008 + filled / 2),
        _Spine(ribs, chest, 0.090, 0.112 + filled, 0.161, 0.012 + filled / 2),
        _Spine(ribs, chest, 0.165, 0.108 + filled / 2, wide, 0.008),
        _Spine(middle, chest, 0.012 + shrug * 0.7, 0.078, wide, -0.006),
        _Spine(middle, chest, 0.038 + shrug * 0.6, 0.060, 0.108, -0.010),
        _Spine(middle, chest, 0.062, 0.046, 0.056, -0.006),
    )


def _neck(body: Body) -> Sweep:
    trunk = body.trunk
    return _spine(
        _Spine(trunk.middle, trunk.chest_frame, 0.020, 0.052, 0.056, -0.004),
        _Spine(trunk.throat, trunk.head_frame, -0.040, 0.050, 0.051, 0.0),
        _Spine(trunk.throat, trunk.head_frame, 0.030, 0.050, 0.050, 0.004),
    )


def _spine(*rings: _Spine) -> Sweep:
    return Sweep(
        tuple(_reached(ring.base, ring.frame.up, ring.up, ring.frame.forward, ring.ahead) for ring in rings),
        tuple((ring.frame.forward, ring.frame.left) for ring in rings),
        tuple((ring.depth, ring.width) for ring in rings),
    )


def _raised(arm: ArmPlaces, chest: Frame) -> float:
    """Tell how far an arm is up beside the head: 0 to 1."""
    return max(0.0, dot(unit(minus(arm.elbow, arm.shoulder)), chest.up))


def _reached(base: Vec, one: Vec, along_one: float, other: Vec, along_other: float) -> Vec:
    """Go along two directions from a place; once for what is done for every ring."""
    return (
        base[0] + one[0] * along_one + other[0] * along_other,
        base[1] + one[1] * along_one + other[1] * along_other,
        base[2] + one[2] * along_one + other[2] * along_other,
    )


def _limb(
    joints: tuple[Vec, Vec, Vec],
    fronts: tuple[Vec, Vec],
    sections: Sequence[Section],
    sizes: tuple[tuple[float, float], ...],
) -> Sweep:
    root, joint, end = joints
    bones_of = (minus(joint, root), minus(end, joint))
    axes = (unit(bones_of[0]), unit(bones_of[1]))
    ahead = (_square_to(fronts[0], axes[0]), _square_to(fronts[1], axes[1]))
    turned = tuple((front, cross(front, axis)) for front, axis in zip(ahead, axes, strict=True))
    inner = minus(axes[1], axes[0])
    middles, frames = [], []
    for section in sections:
        lower = section.at > 1
        start, share = (joint, section.at - 1) if lower else (root, section.at)
        middle = _reached(start, bones_of[lower], share, ahead[lower], section.ahead)
        middles.append(_rounded(middle, joint, inner) if abs(section.at - 1) < _NEAR_JOINT else middle)
        frames.append(turned[lower])
    return Sweep(tuple(middles), tuple(frames), sizes)


def _rounded(middle: Vec, joint: Vec, inner: Vec) -> Vec:
    """Draw what is near a bent joint a little to its inner side, so that the bend is round."""
    near = max(0.0, 1 - length(minus(middle, joint)) / (2 * _BEND))
    return along(middle, inner, near * near * _BEND * 0.28)


def _square_to(a: Vec, axis: Vec) -> Vec:
    return unit(minus(a, times(axis, dot(a, axis))), (1.0, 0.0, 0.0))


def foot(ankle: Vec, sole: Frame, up: Vec) -> Sweep:
    """A foot; ``up`` is where the world's up is."""
    under = along(ankle, sole.up, -bones.ANKLE_HEIGHT)
    ball = along(under, sole.forward, bones.BALL_AHEAD)
    toes = _toes_frame(ball, sole, up)
    middles, turned = [], []
    for ahead, height, *_ in _FOOT:
        part, base, further = sole, under, ahead
        if ahead > bones.BALL_AHEAD:
            part, base, further = toes, ball, ahead - bones.BALL_AHEAD
        middles.append(_reached(base, part.forward, further, part.up, height))
        turned.append((part.up, part.left))
    return Sweep(tuple(middles), tuple(turned), _FOOT_SIZES)


def _toes_frame(ball: Vec, sole: Frame, up: Vec) -> Frame:
    """How the toes lie: flat on the floor where a foot stands on its ball, else as the sole does."""
    forward = sole.forward
    steep = dot(forward, up)
    if steep >= 0 or dot(ball, up) > _ON_FLOOR:
        return sole
    level = unit(along(forward, up, -steep), forward)
    return Frame(level, cross(up, level), up)


def _hand(arm: ArmPlaces, direction: Vec, palm: tuple[Vec, Vec]) -> Sweep:
    mixed = [
        tuple(a + (b - a) * arm.closed for a, b in zip(opened, closed, strict=True))
        for opened, closed in zip(_OPEN, _FIST, strict=True)
    ]
    return Sweep(
        tuple(along(arm.wrist, direction, ahead) for ahead, _, _ in mixed),
        (palm,) * len(mixed),
        tuple((depth, width) for _, depth, width in mixed),
    )


def _thumb(arm: ArmPlaces, direction: Vec, palm: tuple[Vec, Vec]) -> Sweep:
    """The thumbs of hanging arms point forward."""
    spread = 0.045 * (1 - 0.6 * arm.closed)
    start = _reached(arm.wrist, direction, 0.03, palm[1], 0.018)
    end = _reached(arm.wrist, direction, 0.088, palm[1], 0.018 + spread)
    return Sweep((start, end), (palm, palm), _THUMB_SIZES)
