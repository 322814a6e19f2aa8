"""An exercise on its own: its steps in order, each with its pose, then the work, on the wanted side."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chain_timer.figure import figures as figures_module
from chain_timer.figure.figure_reader import read_figure
from chain_timer.figure.figures import Figures
from chain_timer.figure.pose import mirrored_pose
from chain_timer.figure.showing import Showing, shot_in, showing
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side
from chain_timer.routine.library import Library

EXERCISES = tuple(Library.built_in().by_exercise_id.values())
every = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)


@pytest.fixture(scope="module")
def figures() -> Figures:
    return Figures.built_in()


def side_of(exercise: Exercise) -> Side | None:
    return Side.RIGHT if exercise.sided else None


def shown(exercise: Exercise, figures: Figures) -> Showing:
    return showing(exercise, side_of(exercise), figures)


@every
def test_each_step_has_its_turn_and_its_pose_is_reached_in_it(exercise: Exercise, figures: Figures) -> None:
    figure = figures.figure_for(exercise)
    assert figure is not None
    whole = shown(exercise, figures)
    assert len(whole.marks_ms) == len(exercise.steps)
    for index, mark_ms in enumerate(whole.marks_ms):
        assert whole.step_at(mark_ms) == index
        reached_ms = whole.reached_ms[index]
        assert whole.step_at(reached_ms) == index
        shot = shot_in(whole, reached_ms)
        assert shot is not None
        assert (shot.share, shot.start) == (0.0, figure.steps[index])


@every
def test_after_the_steps_it_holds_or_repeats(exercise: Exercise, figures: Figures) -> None:
    whole = shown(exercise, figures)
    assert whole.step_at(whole.work_ms) is None
    span = range(whole.work_ms + 50, whole.length_ms - 2_500, 50)
    shots = [shot for at_ms in span if (shot := shot_in(whole, at_ms))]
    if isinstance(exercise.work, Hold):
        assert not any(shot.moving for shot in shots)
        assert max(shot.breath for shot in shots) > 0.9
    else:
        assert isinstance(exercise.work, Reps)
        assert sum(shot.moving for shot in shots) > len(shots) / 2


def test_the_left_side_is_the_mirror_of_the_right(figures: Figures) -> None:
    exercise = next(each for each in EXERCISES if each.sided)
    right, left = (showing(exercise, side, figures) for side in Side)
    assert right.length_ms == left.length_ms
    for at_ms in range(0, right.length_ms, 333):
        one, other = shot_in(right, at_ms), shot_in(left, at_ms)
        assert one is not None
        assert other is not None
        assert mirrored_pose(one.start) == other.start
        assert one.share == other.share


def test_without_a_figure_there_are_steps_and_no_movement(figures: Figures) -> None:
    whole = showing(replace(EXERCISES[0], id="mine"), None, figures)
    assert whole.step_at(whole.marks_ms[1]) == 1
    assert not whole.moves
    shots = [shot for at_ms in range(0, whole.length_ms, 100) if (shot := shot_in(whole, at_ms))]
    assert len({id(shot.start) for shot in shots}) == 1
    assert all(shot.stands and shot.start is shot.goal and shot.breath == 0 for shot in shots)


@every
def test_what_has_a_figure_moves(exercise: Exercise, figures: Figures) -> None:
    whole = shown(exercise, figures)
    shot = shot_in(whole, 0)
    assert whole.moves
    assert shot is not None
    assert not shot.stands


def test_an_exercise_of_no_steps_stands_as_well(figures: Figures) -> None:
    whole = showing(Exercise("mine", "Mine", (), Hold(30_000)), None, figures)
    assert whole.marks_ms == ()
    assert whole.step_at(0) is None
    shot = shot_in(whole, 0)
    assert shot is not None
    assert shot.stands


@pytest.mark.parametrize(
    ("muscles", "also", "in_front"),
    [
        (("hamstrings", "glutes"), ("core",), False),
        (("quadriceps",), ("glutes", "calves"), True),
        (("quadriceps", "glutes"), ("core",), True),
        ((), ("shoulders",), True),
        ((), (), False),
        (("no muscle we know",), (), False),
    ],
)
def test_it_stands_where_more_of_its_muscles_are_seen(
    muscles: tuple[str, ...], also: tuple[str, ...], in_front: Any, figures: Figures
) -> None:
    own = replace(EXERCISES[0], id="mine", muscles=muscles, also=also)
    figure = figures.standing_for(own)
    assert figure is not None
    assert (figure.view.turn > 0) is in_front
    assert figures.standing_for(own) is figure


def test_the_standing_figure_is_sound() -> None:
    figure = read_figure(resource_path("standing.toml"))
    assert set(figure.poses.values()) == {figure.ready}


def test_without_its_file_nothing_stands_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_module, "resource_path", tmp_path.joinpath)
    lone = Figures(tmp_path)
    own = replace(EXERCISES[0], id="mine")
    assert lone.standing_for(own) is None
    assert shot_in(showing(own, None, lone), 0) is None
