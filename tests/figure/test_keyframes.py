"""The poses of an exercise as a sheet shows them."""

from dataclasses import replace

from chain_timer.figure.figure import Figure
from chain_timer.figure.keyframes import keyframes, still_pose
from chain_timer.routine.exercise import Reps, Side, Tempo
from chain_timer.routine.library import Library


def test_every_pose_is_shown_and_every_step_has_its_words(fold: Figure, library: Library) -> None:
    exercise = library.exercise("standing-hamstring-stretch")
    shown = keyframes(fold, exercise, Side.LEFT)
    steps = [f"{number}. {step.left}" for number, step in enumerate(exercise.steps, 1)]
    assert [each.words for each in shown][: len(steps)] == steps
    assert tuple(each.name for each in shown)[: len(steps)] == fold.step_names
    assert {each.name for each in shown} == set(fold.poses)


def test_a_pose_that_several_steps_share_is_shown_for_each(fold: Figure) -> None:
    shown = keyframes(fold, None, None)
    assert [each.name for each in shown].count("flex") == list(fold.step_names).count("flex") == 2


def test_without_an_exercise_steps_have_numbers_only(fold: Figure) -> None:
    assert [each.words for each in keyframes(fold, None, None)][:2] == ["1.", "2."]


def test_poses_of_the_work_that_no_step_shows_come_after_the_steps(bell: Figure) -> None:
    bare = replace(bell, steps=bell.steps[:1], step_names=bell.step_names[:1])
    assert bare.down is not None
    assert bare.up is not None
    words = {each.words: each.pose for each in keyframes(bare, None, None)}
    assert words["Down"] == bare.down.to[-1]
    assert words["Up"] == bare.up.to[-1]


def test_a_way_to_get_ready_comes_before_the_first_step(bell: Figure) -> None:
    other = replace(bell, ready=bell.poses["grip"])
    first, *_ = keyframes(other, None, None)
    assert (first.name, first.words) == ("grip", "Ready")


def test_the_pose_that_tells_the_most_is_held_or_turns_back(
    fold: Figure, bell: Figure, library: Library
) -> None:
    swing = library.exercise("kettlebell-swing")
    up_first = replace(swing, work=Reps(5, Tempo(1_000, 0, 1_000, up_first=True)))
    down_first = replace(swing, work=Reps(5, Tempo(1_000, 0, 1_000)))
    assert bell.down is not None
    assert bell.up is not None
    assert still_pose(fold) == fold.hold
    assert still_pose(bell, up_first) == bell.up.to[-1]
    assert still_pose(bell, down_first) == bell.down.to[-1]
