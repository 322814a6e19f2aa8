"""What limbs do where they touch: knees kneel, feet roll over their balls, hands lie on what they rest on."""

from dataclasses import replace
from math import dist
from pathlib import Path

import pytest

from chain_timer.figure import skeleton as bones
from chain_timer.figure.figure_reader import read_figure
from chain_timer.figure.pose import Crossed, Kneeling, OnBody, Part, Planted, Pose, mirrored_pose
from chain_timer.figure.solver import solve, solve_between
from chain_timer.figure.vectors import angle_between, dot, minus, unit
from chain_timer.problems import FileProblemsError

KNEEL = """
[poses.kneel]
hips = [0, HEIGHT]
feet = { kneel = [-0.09, 0.09] }

[movement]
ready = "kneel"
steps = ["kneel"]
hold = "kneel"
"""
ON_KNEES = Pose((0.0, 0.0, 0.479), Kneeling((-0.09, -0.09)), Kneeling((-0.09, 0.09)))
SEATED = Pose((0.0, 0.0, 0.53), Planted((0.42, -0.1)), Planted((0.42, 0.1)))
BENT = Pose((-0.1, 0.0, 0.9), Planted((0.0, -0.1)), Planted((0.0, 0.1)), lean=86.0, waist=20.0, ribs=15.0)


def file_with(hips: float, folder: Path) -> Path:
    path = folder / "kneel.toml"
    path.write_text(KNEEL.replace("HEIGHT", str(hips)), encoding="utf-8")
    return path


def test_a_kneeling_knee_is_on_the_floor_where_it_was_put() -> None:
    knee = solve(ON_KNEES).right_leg.knee

    assert knee == pytest.approx((-0.09, -0.09, 0.06), abs=0.003)


def test_a_kneeling_foot_lies_behind_the_knee_on_its_instep() -> None:
    leg = solve(ON_KNEES).right_leg

    assert leg.toes[0] < leg.ankle[0] < leg.knee[0]
    assert 0 < leg.toes[2] < leg.ankle[2] < 0.1
    assert leg.sole.up[2] < 0


def test_the_other_knee_kneels_in_the_mirror() -> None:
    pose = replace(ON_KNEES, left_leg=Kneeling((-0.05, 0.1)))

    assert mirrored_pose(pose).right_leg == Kneeling((-0.05, -0.1))
    assert mirrored_pose(mirrored_pose(pose)) == pose


def test_a_knee_that_moves_on_the_floor_stays_on_it() -> None:
    goal = replace(
        ON_KNEES, hips=(0.1, 0.0, 0.479), right_leg=Kneeling((0.01, -0.09)), left_leg=Kneeling((0.01, 0.09))
    )

    knee = solve_between(ON_KNEES, goal, 0.5).right_leg.knee

    assert knee == pytest.approx((-0.04, -0.09, 0.06), abs=0.003)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_foot_rolls_from_its_instep_over_its_ball(share: float) -> None:
    instep = solve(ON_KNEES).right_leg
    at = instep.ball[0] - bones.BALL_AHEAD
    tucked = replace(
        ON_KNEES,
        hips=(-0.05, 0.0, 0.55),
        right_leg=Planted((at, -0.09), toes_up=-60.0),
        left_leg=Planted((at, 0.09), toes_up=-60.0),
    )

    leg = solve_between(ON_KNEES, tucked, share).right_leg

    assert leg.ball[:2] == pytest.approx(instep.ball[:2], abs=0.005)
    assert 0 <= leg.ball[2] <= instep.ball[2]
    assert leg.ankle[2] > 0


def test_kneeling_is_read_with_outward_from_the_middle(tmp_path: Path) -> None:
    pose = read_figure(file_with(0.479, tmp_path)).ready

    assert (pose.right_leg, pose.left_leg) == (ON_KNEES.right_leg, ON_KNEES.left_leg)


def test_hips_too_high_for_the_knees_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblemsError) as caught:
        read_figure(file_with(0.56, tmp_path))

    first = str(caught.value.problems[0])
    assert first.startswith("poses, kneel: the right knee is ")
    assert first.endswith(" mm short of the floor; move it or the hips nearer")


def test_a_crossed_ankle_lies_on_top_of_the_thigh_of_who_sits() -> None:
    body = solve(replace(SEATED, right_leg=Crossed(0.8, 90.0)))
    hip, knee, ankle = body.left_leg.hip, body.left_leg.knee, body.right_leg.ankle

    assert hip[0] < ankle[0] < knee[0]
    assert ankle[2] - max(hip[2], knee[2]) > 0.05


@pytest.mark.parametrize("part", [Part.THIGH, Part.SHIN])
def test_a_hand_lies_flat_along_the_limb_it_rests_on(part: Part) -> None:
    pose = replace(BENT if part is Part.SHIN else SEATED, right_arm=OnBody(part, 0.5))

    body = solve(pose)

    leg, arm = body.right_leg, body.right_arm
    start, end = (leg.hip, leg.knee) if part is Part.THIGH else (leg.knee, leg.ankle)
    hand = unit(minus(arm.tip, arm.wrist))
    assert angle_between(hand, unit(minus(end, start))) < 30
    middle = minus(arm.palm, start)
    over = leg.thigh_front if part is Part.THIGH else leg.front
    assert 0.05 < dot(middle, over) < 0.1
    assert abs(dot(hand, over)) < 0.02


def test_fingertips_touch_the_toes() -> None:
    body = solve(replace(BENT, right_arm=OnBody(Part.TOES, 1.0)))

    assert body.right_arm.missed < 0.001
    assert dist(body.right_arm.tip, body.right_leg.toes) < 0.05
    assert body.right_arm.tip[2] > 0
