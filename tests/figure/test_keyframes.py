"""The poses of an exercise as a sheet shows them."""

from dataclasses import replace

import pytest

from chain_timer.figure.figure import Figure
from chain_timer.figure.figures import Figures
from chain_timer.figure.keyframes import keyframes, still_pose
from chain_timer.routine.exercise import Reps, Side, Tempo
from chain_timer.routine.library import Library


@pytest.fixture
def stretch(figures: Figures) -> Figure:
    found = figures.figure("standing-hamstring-stretch")
    assert found is not None
    return found


@pytest.fixture
def lift(figures: Figures) -> Figure:
    found = figures.figure("kettlebell-swing")
    assert found is not None
    return found


def test_every_pose_is_shown_and_every_step_has_its_words(stretch: Figure, library: Library) -> None:
    exercise = library.exercise("standing-hamstring-stretch")
    shown = keyframes(stretch, exercise, Side.LEFT)
    steps = [f"{number}. {step.left}" for number, step in enumerate(exercise.steps, 1)]
    assert [each.words for each in shown][: len(steps)] == steps
    assert tuple(each.name for each in shown)[: len(steps)] == stretch.step_names
    assert {each.name for each in shown} == set(stretch.poses)


def test_a_pose_that_several_steps_share_is_shown_for_each(stretch: Figure) -> None:
    shown = keyframes(stretch, None, None)
    assert [each.name for each in shown].count("flex") == list(stretch.step_names).count("flex") == 2


def test_without_an_exercise_steps_have_numbers_only(stretch: Figure) -> None:
    assert [each.words for each in keyframes(stretch, None, None)][:2] == ["1.", "2."]


def test_poses_of_the_work_that_no_step_shows_come_after_the_steps(lift: Figure) -> None:
    bare = replace(lift, steps=lift.steps[:1], step_names=lift.step_names[:1])
    assert bare.down is not None
    assert bare.up is not None
    words = {each.words: each.pose for each in keyframes(bare, None, None)}
    assert words["Down"] == bare.down.to[-1]
    assert words["Up"] == bare.up.to[-1]


def test_a_way_to_get_ready_comes_before_the_first_step(lift: Figure) -> None:
    other = replace(lift, ready=lift.poses["grip"])
    first, *_ = keyframes(other, None, None)
    assert (first.name, first.words) == ("grip", "Ready")


def test_the_pose_that_tells_the_most_is_held_or_turns_back(
    stretch: Figure, lift: Figure, library: Library
) -> None:
    swing = library.exercise("kettlebell-swing")
    up_first = replace(swing, work=Reps(5, Tempo(1_000, 0, 1_000, up_first=True)))
    down_first = replace(swing, work=Reps(5, Tempo(1_000, 0, 1_000)))
    assert lift.down is not None
    assert lift.up is not None
    assert still_pose(stretch) == stretch.hold
    assert still_pose(lift, up_first) == lift.up.to[-1]
    assert still_pose(lift, down_first) == lift.down.to[-1]
