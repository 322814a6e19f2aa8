"""Bodies hold together: bones keep their length, contacts stay, joints go their way, left mirrors right."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise, product
from math import cos, dist, radians, sin

import pytest
from helpers.bodies import bone_lengths, distinct_bodies, frames, largest_turn, places

from chain_timer.figure import skeleton as bones
from chain_timer.figure.body import Body
from chain_timer.figure.choreography import Performance, Shot
from chain_timer.figure.figure import Figure
from chain_timer.figure.joints import beyond_limits, joint_angles
from chain_timer.figure.pose import (
    Crossed,
    FreeArm,
    FreeLeg,
    InHands,
    Leg,
    OnBack,
    OnBody,
    OnFloor,
    OnProp,
    Part,
    Planted,
    Pose,
    Standing,
    Swung,
    mirrored_pose,
)
from chain_timer.figure.solver import solve, solve_between
from chain_timer.figure.vectors import (
    Frame,
    Vec,
    dot,
    minus,
    mirrored,
    reach_of,
    rotated,
    two_bones,
    unit,
)

EXACT = 1e-9
CONTACT = 0.005
LARGEST_JUMP = 40.0

TALL = Pose((0.0, 0.0, 0.92), Planted((0.0, -0.1)), Planted((0.0, 0.1)))
UNEVEN = [
    TALL,
    replace(TALL, tilt=8.0, turn=25.0, twist=12.0, look=30.0, waist=10.0, ribs=15.0, shrug=0.02, back=0.03),
    replace(TALL, hips=(0.1, 0.05, 0.88), right_leg=Planted((0.3, -0.2), 20.0, 25.0, 10.0), lean=30.0),
    replace(
        TALL, left_leg=FreeLeg(70.0, 20.0, 60.0, -30.0, 15.0), right_arm=FreeArm(120.0, 40.0, 50.0, 20.0)
    ),
    replace(TALL, right_leg=Crossed(), hips=(0.0, 0.0, 0.5), left_leg=Planted((0.35, 0.1))),
    replace(TALL, right_arm=OnFloor((0.4, -0.1), 15.0, 10.0), lean=95.0, waist=30.0, hips=(-0.2, 0.0, 0.85)),
    replace(TALL, right_arm=OnBody(Part.SHIN, 0.5, "left", 0.02, 5.0), lean=60.0, waist=30.0),
    replace(TALL, left_arm=OnBody(Part.THIGH, 0.5), prop=Standing((0.4, 0.1, 0.9)), right_arm=OnProp(0.1)),
    replace(TALL, right_arm=OnProp(0.05), left_arm=OnProp(0.05, 30.0), prop=Swung(60.0, 0.55)),
    replace(TALL, right_arm=OnProp(0.4), left_arm=OnProp(0.4), prop=OnBack(), lean=20.0),
    replace(TALL, right_arm=FreeArm(10.0), left_arm=FreeArm(20.0), prop=InHands()),
]
WAYS = list(product(UNEVEN, UNEVEN))
SHARES = (0.0, 0.3, 0.5, 0.9, 1.0)


def mirrored_places(body: Body) -> Mapping[str, Vec]:
    other = {"right": "left", "left": "right"}
    return {
        " ".join(other.get(word, word) for word in name.split()): mirrored(place)
        for name, place in places(body).items()
    }


def legs_of(shot: Shot, side: str) -> tuple[Leg, Leg]:
    return (getattr(shot.start, f"{side}_leg"), getattr(shot.goal, f"{side}_leg"))


def knee_points_with(body: Body, side: str) -> float:
    """Give how much the bend of a knee agrees with where its leg points; below zero it is bent backward."""
    leg = body.leg(side)
    return dot(minus(leg.knee, _middle(leg.hip, leg.ankle)), leg.front)


def elbow_points_with(body: Body, side: str) -> float:
    arm = body.arm(side)
    return dot(minus(arm.elbow, _middle(arm.shoulder, arm.wrist)), arm.back)


def _middle(a: Vec, b: Vec) -> Vec:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2)


# --- points and directions -----------------------------------------------------------------------


def test_a_frame_leans_forward_rolls_right_and_turns_left() -> None:
    assert Frame().pitched(90).up == pytest.approx((1, 0, 0))
    assert Frame().rolled(90).up == pytest.approx((0, -1, 0))
    assert Frame().turned(90).forward == pytest.approx((0, 1, 0))


def test_out_of_a_frame_and_into_it_is_nowhere() -> None:
    frame = Frame().turned(30).pitched(40).rolled(50)
    assert frame.into(frame.out_of((0.1, 0.2, 0.3))) == pytest.approx((0.1, 0.2, 0.3))


@pytest.mark.parametrize("raised", [-60, 0, 45, 90, 170, 200])
@pytest.mark.parametrize("out", [-40, 0, 70])
def test_a_reach_reads_back_from_its_vector(raised: float, out: float) -> None:
    a, b = radians(raised), radians(out)
    vector = (sin(a) * cos(b) * 0.5, sin(b) * 0.5, -cos(a) * cos(b) * 0.5)
    assert reach_of(vector) == pytest.approx((raised, out, 0.5))


def test_a_turn_about_an_axis_keeps_the_length() -> None:
    assert rotated((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), 90) == pytest.approx((0, 1, 0))


@pytest.mark.parametrize("far", [0.01, 0.3, 0.79, 0.8, 2.0])
def test_two_bones_keep_their_lengths_and_end_on_the_line(far: float) -> None:
    middle, end = two_bones((0, 0, 1), (0.0, 0.0, 1 - far), (0.5, 0.3), (1, 0, 0))
    assert dist((0, 0, 1), middle) == pytest.approx(0.5)
    assert dist(middle, end) == pytest.approx(0.3)
    assert unit(minus(end, (0.0, 0.0, 1.0))) == pytest.approx((0, 0, -1))
    assert middle[0] >= 0


# --- any pose, and any way between two -----------------------------------------------------------


@pytest.mark.parametrize(("start", "goal"), WAYS)
def test_bones_keep_their_length_on_any_way(start: Pose, goal: Pose) -> None:
    for share in SHARES:
        for name, (length, true) in bone_lengths(solve_between(start, goal, share)).items():
            assert length == pytest.approx(true, abs=EXACT), (name, share)


@pytest.mark.parametrize(("start", "goal"), WAYS)
def test_the_left_is_the_mirrored_right_on_any_way(start: Pose, goal: Pose) -> None:
    for share in SHARES:
        right = solve_between(start, goal, share)
        left = solve_between(mirrored_pose(start), mirrored_pose(goal), share)
        expected = mirrored_places(right)
        for name, place in places(left).items():
            assert place == pytest.approx(expected[name], abs=EXACT), (name, share)


@pytest.mark.parametrize("pose", UNEVEN)
def test_a_pose_mirrored_twice_is_itself(pose: Pose) -> None:
    assert mirrored_pose(mirrored_pose(pose)) == pose


@pytest.mark.parametrize("pose", UNEVEN)
def test_a_way_starts_and_ends_in_its_poses(pose: Pose) -> None:
    assert places(solve_between(TALL, pose, 1.0)) == places(solve(pose))
    assert places(solve_between(pose, TALL, 0.0)) == places(solve(pose))


def test_either_leg_may_be_crossed_before_the_other_is() -> None:
    seated = replace(TALL, hips=(0.0, 0.0, 0.5), left_leg=Planted((0.35, 0.1)), right_leg=Crossed())
    halfway = solve_between(seated, mirrored_pose(seated), 0.5)
    expected = mirrored_places(halfway)
    for name, place in places(halfway).items():
        assert place == pytest.approx(expected[name], abs=EXACT), name


def test_who_stands_tall_is_straight() -> None:
    angles = joint_angles(solve(TALL))
    assert angles["waist"] == pytest.approx(0)
    assert angles["right ankle"] == pytest.approx(0, abs=10)
    assert angles["right knee"] == pytest.approx(0, abs=20)


@pytest.mark.parametrize(
    ("pose", "joint", "angle"),
    [
        (replace(TALL, waist=30.0), "waist", 30),
        (replace(TALL, ribs=20.0, twist=15.0), "ribs", 20),
        (replace(TALL, neck=-25.0, look=40.0), "neck", -25),
        (replace(TALL, right_arm=FreeArm(90.0, 0.0, 0.0)), "right shoulder", 90),
        (replace(TALL, left_leg=FreeLeg(60.0, 0.0, 0.0, 20.0)), "left hip", 60),
        (replace(TALL, left_leg=FreeLeg(60.0, 0.0, 0.0, 20.0)), "left ankle", 20),
        (replace(TALL, left_leg=FreeLeg(60.0, 0.0, 80.0)), "left knee", 80),
    ],
)
def test_a_joint_is_bent_as_its_pose_says(pose: Pose, joint: str, angle: float) -> None:
    assert joint_angles(solve(pose))[joint] == pytest.approx(angle, abs=2.0)


def test_a_joint_bent_too_far_is_told_with_its_limit() -> None:
    pose = replace(TALL, left_leg=FreeLeg(60.0, 0.0, 0.0, 60.0))
    [(name, angle, limit)] = beyond_limits(solve(pose))
    assert (name, limit) == ("left ankle", bones.LIMITS["ankle"][1])
    assert angle == pytest.approx(60, abs=1)


# --- every figure --------------------------------------------------------------------------------


def test_every_pose_of_every_figure_mirrors(all_figures: Mapping[str, Figure]) -> None:
    for name, figure in all_figures.items():
        for pose in figure.poses.values():
            expected = mirrored_places(solve(pose))
            for joint, place in places(solve(mirrored_pose(pose))).items():
                assert place == pytest.approx(expected[joint], abs=EXACT), (name, joint)


@pytest.mark.slow
def test_bones_keep_their_length_in_every_frame(all_performances: Mapping[str, Performance]) -> None:
    for name, performance in all_performances.items():
        for shot, body in distinct_bodies(performance):
            for bone, (length, true) in bone_lengths(body).items():
                assert length == pytest.approx(true, abs=1e-6), (name, bone, shot)


@pytest.mark.slow
def test_what_is_touched_all_the_way_is_never_left(all_performances: Mapping[str, Performance]) -> None:
    for name, performance in all_performances.items():
        for shot, body in distinct_bodies(performance):
            assert body.missed < CONTACT, (name, shot)
            for side in bones.SIDES:
                _check_foot(body, shot, side, name)
                _check_hand(body, shot, side, name)


def _check_foot(body: Body, shot: Shot, side: str, name: str) -> None:
    start, goal = legs_of(shot, side)
    if isinstance(start, Planted) and start == goal:
        leg, still = body.leg(side), solve(shot.start).leg(side)
        assert dist(leg.heel, still.heel) < CONTACT, (name, side, shot)
        assert dist(leg.toes, still.toes) < CONTACT, (name, side, shot)


def _check_hand(body: Body, shot: Shot, side: str, name: str) -> None:
    arms = [getattr(pose, f"{side}_arm") for pose in (shot.start, shot.goal)]
    arm = body.arm(side)
    if all(isinstance(each, OnProp) for each in arms) and body.prop is not None:
        out = arms[0].out + (arms[1].out - arms[0].out) * shot.share
        assert dist(arm.palm, body.prop) == pytest.approx(out, abs=CONTACT), (name, side, shot)
    if arms[0] == arms[1] and isinstance(arms[0], OnFloor):
        assert dist(arm.wrist[:2], arms[0].at) < CONTACT, (name, side, shot)


@pytest.mark.slow
def test_knees_and_elbows_never_bend_backward(all_performances: Mapping[str, Performance]) -> None:
    for name, performance in all_performances.items():
        for shot, body in distinct_bodies(performance):
            for side in bones.SIDES:
                assert knee_points_with(body, side) > -EXACT, (name, side, shot)
                assert elbow_points_with(body, side) > -EXACT, (name, side, shot)


@pytest.mark.slow
def test_no_joint_goes_further_than_joints_go(all_performances: Mapping[str, Performance]) -> None:
    for name, performance in all_performances.items():
        for shot, body in distinct_bodies(performance, every_ms=100):
            assert list(beyond_limits(body)) == [], (name, shot)


@pytest.mark.slow
def test_no_bone_jumps_between_two_frames(all_performances: Mapping[str, Performance]) -> None:
    for name, performance in all_performances.items():
        for (from_ms, one), (to_ms, other) in pairwise(frames(performance)):
            assert largest_turn(one.body(), other.body()) < LARGEST_JUMP, (name, from_ms, to_ms)
