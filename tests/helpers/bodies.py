"""Figures of the tests' own, and what can be measured on a body."""

from collections.abc import Iterator, Mapping

from chain_timer.figure import skeleton as bones
from chain_timer.figure.body import Body
from chain_timer.figure.choreography import Performance, Shot, pose_at
from chain_timer.figure.vectors import Vec, angle_between, distance, minus, unit

FRAME_MS = 1_000 / 30

STRETCH = """
view = { turn = 35, height = 8 }

[poses.tall]
hips = [0, 0.93]
feet = { at = [0, 0.10], turn = 8 }
arms = { raised = 0, out = 8, bent = 8 }

[poses.step]
from = "tall"
hips = [0.05, 0.89]
right_foot = { at = [0.3, 0.09] }

[poses.flex]
from = "step"
right_foot = { at = [0.3, 0.09], toes_up = 25 }

[poses.fold]
from = "flex"
hips = [0.0, 0.88]
lean = 70
waist = 35
ribs = 25
arms = { on = "toes", side = "right", along = 0.2, elbow = 10 }

[movement]
ready = "tall"
steps = ["tall", "step", "flex", "flex", "fold", "fold"]
hold = "fold"
"""

LIFT = """
view = { turn = 20, height = 6 }
moved = "kettlebell"

[poses.stand]
hips = [0, 0.92]
feet = { at = [0, 0.2], turn = 15 }
arms = { raised = 0, out = 8, bent = 8 }
prop = { at = [0.2, 0, 0.36] }

[poses.grip]
from = "stand"
hips = [-0.2, 0.7]
lean = 55
arms = { on = "prop", out = 0.03 }

[poses.back]
from = "grip"
hips = [-0.2, 0.75]
prop = { swing = [-15, 0.58] }

[poses.top]
from = "stand"
arms = { on = "prop", out = 0.03 }
prop = { swing = [80, 0.58] }

[movement]
ready = "stand"
steps = ["stand", "stand", "stand", "grip", "grip", "grip", "grip", "top", "back"]
out = "grip"

[movement.up]
to = ["top"]
ease = "fast"

[movement.down]
to = ["back"]
ease = "fall"
"""


def bone_lengths(body: Body) -> Mapping[str, tuple[float, float]]:
    """Give each bone's length in the body, and what it is in the skeleton."""
    trunk = body.trunk
    found = {
        "pelvis": (distance(trunk.hips, trunk.waist), bones.PELVIS),
        "waist": (distance(trunk.waist, trunk.chest), bones.WAIST),
        "chest": (distance(trunk.chest, trunk.middle), bones.CHEST),
        "neck": (distance(trunk.middle, trunk.throat), bones.NECK),
    }
    for side in bones.SIDES:
        leg, arm = body.leg(side), body.arm(side)
        found |= {
            f"{side} hip": (distance(trunk.hips, leg.hip), bones.HIP_OUT),
            f"{side} thigh": (distance(leg.hip, leg.knee), bones.THIGH),
            f"{side} shank": (distance(leg.knee, leg.ankle), bones.SHANK),
            f"{side} foot": (distance(leg.heel, leg.toes), bones.HEEL_BEHIND + bones.TOES_AHEAD),
            f"{side} upper arm": (distance(arm.shoulder, arm.elbow), bones.UPPER_ARM),
            f"{side} forearm": (distance(arm.elbow, arm.wrist), bones.FOREARM),
            f"{side} hand": (distance(arm.wrist, arm.tip), bones.HAND),
        }
    return found


def directions(body: Body) -> Mapping[str, Vec]:
    """Give where each bone points, and how knees and elbows are turned."""
    trunk = body.trunk
    found = {
        "pelvis": trunk.pelvis_frame.up,
        "chest": trunk.chest_frame.up,
        "facing": trunk.chest_frame.forward,
        "head": trunk.head_frame.forward,
    }
    for side in bones.SIDES:
        leg, arm = body.leg(side), body.arm(side)
        found |= {
            f"{side} thigh": unit(minus(leg.knee, leg.hip)),
            f"{side} shank": unit(minus(leg.ankle, leg.knee)),
            f"{side} foot": leg.sole.forward,
            f"{side} upper arm": unit(minus(arm.elbow, arm.shoulder)),
            f"{side} forearm": unit(minus(arm.wrist, arm.elbow)),
            f"{side} hand": unit(minus(arm.tip, arm.wrist)),
        }
    return found


def largest_turn(one: Body, other: Body) -> float:
    """Give the most that a bone turns from one body to another, in degrees."""
    before, after = directions(one), directions(other)
    return max(angle_between(before[bone], after[bone]) for bone in before)


def places(body: Body) -> Mapping[str, Vec]:
    """Give every joint, by a name that says its side."""
    trunk = body.trunk
    found = {name: getattr(trunk, name) for name in ("hips", "waist", "chest", "middle", "throat", "head")}
    for side in bones.SIDES:
        leg, arm = body.leg(side), body.arm(side)
        found |= {f"{side} {name}": getattr(leg, name) for name in ("hip", "knee", "ankle", "heel", "toes")}
        found |= {f"{side} {name}": getattr(arm, name) for name in ("shoulder", "elbow", "wrist", "tip")}
    return found


def frames(performance: Performance, every_ms: float = FRAME_MS) -> Iterator[tuple[int, Shot]]:
    """Give each frame of a session that shows a figure, with its position."""
    for number in range(int(performance.timeline.duration_ms / every_ms) + 1):
        position_ms = round(number * every_ms)
        if (shot := pose_at(performance, position_ms)) is not None:
            yield position_ms, shot


def distinct_bodies(performance: Performance, every_ms: float = FRAME_MS) -> Iterator[tuple[Shot, Body]]:
    """Give each frame once that differs from all others; repetitions repeat themselves."""
    seen = set()
    for _, shot in frames(performance, every_ms):
        what = (shot.start, shot.goal, shot.share)
        if what not in seen:
            seen.add(what)
            yield shot, shot.body()
