"""What the figure does when: steps with their words, reps at their tempo, holds, sides, in and out."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from helpers.bodies import STRETCH, frames, largest_turn, places

from chain_timer.figure.choreography import Performance, Shot, pose_at
from chain_timer.figure.figure import Ease, Figure
from chain_timer.figure.figures import Figures
from chain_timer.figure.moves import eased
from chain_timer.figure.pose import Pose, mirrored_pose
from chain_timer.figure.vectors import mirrored
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Coaching, Item
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.segment import Kind
from chain_timer.timeline.timeline import Timeline

Compile = Callable[..., Timeline]
MakeItem = Callable[..., Item]

LARGEST_JUMP = 40.0


@pytest.fixture(scope="session")
def stretch(library: Library) -> Exercise:
    return library.exercise("standing-hamstring-stretch")


@pytest.fixture(scope="session")
def swing(library: Library) -> Exercise:
    return library.exercise("kettlebell-swing")


def start_of(timeline: Timeline, kind: Kind, number: int = 0) -> int:
    """Give the index of the segment of a kind, counted from zero."""
    return [index for index, segment in enumerate(timeline.segments) if segment.kind is kind][number]


def shot(performance: Performance, position_ms: int, waited_ms: int = 0) -> Shot:
    found = pose_at(performance, position_ms, waited_ms)
    assert found is not None
    return found


def standing(performance: Performance, position_ms: int) -> Pose:
    """Give the pose the figure stands in, without moving."""
    found = shot(performance, position_ms)
    assert not found.moving
    return found.start


def same_bodies(one: Shot, other: Shot) -> bool:
    return places(one.body()) == places(other.body())


# --- ease ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ease", Ease)
def test_every_ease_goes_from_nothing_to_all_without_turning_back(ease: Ease) -> None:
    shares = [eased(number / 100, ease) for number in range(101)]
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(one <= other for one, other in pairwise(shares))


def test_a_fast_move_is_early_and_a_fall_is_late() -> None:
    assert eased(0.3, Ease.FALL) < eased(0.3, Ease.SMOOTH) < eased(0.3, Ease.FAST)
    assert eased(0.5, Ease.SMOOTH) == 0.5


# --- steps ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["standing-hamstring-stretch", "kettlebell-swing"])
def test_the_pose_of_each_step_is_reached_when_its_words_are_over(
    name: str, figures: Figures, compiled: Compile, library: Library
) -> None:
    timeline = compiled(library.exercise(name))
    performance, figure = Performance(timeline, figures), figures.figure(name)
    assert figure is not None
    index = start_of(timeline, Kind.INSTRUCT)
    cues = [cue for cue in timeline.segments[index].cues if cue.step is not None]
    assert len(cues) == len(figure.steps)
    before = figure.ready
    for cue, pose in zip(cues, figure.steps, strict=True):
        at_ms = timeline.start_of(index) + cue.offset_ms
        assert standing(performance, at_ms) == before
        assert standing(performance, at_ms + cue.length_ms) == pose
        before = pose


def test_a_step_moves_with_its_first_word(figures: Figures, compiled: Compile, stretch: Exercise) -> None:
    timeline = compiled(stretch)
    index = start_of(timeline, Kind.INSTRUCT)
    cue = next(cue for cue in timeline.segments[index].cues if cue.step == 1)
    found = shot(Performance(timeline, figures), timeline.start_of(index) + cue.offset_ms + 200)
    assert found.moving
    assert 0 < found.share < 1


def test_steps_without_length_still_reach_their_poses(
    figures: Figures, compiled: Compile, stretch: Exercise, fold: Figure
) -> None:
    timeline = compiled(stretch, lengths=lambda _words: 0)
    performance = Performance(timeline, figures)
    assert standing(performance, timeline.start_of(start_of(timeline, Kind.HOLD))) == fold.hold


def test_the_figure_is_ready_before_its_steps(
    figures: Figures, compiled: Compile, stretch: Exercise, fold: Figure
) -> None:
    timeline = compiled(stretch)
    performance = Performance(timeline, figures)
    for position_ms in (0, 5_000, timeline.end_of(0)):
        assert standing(performance, position_ms) == fold.ready


def test_without_words_the_way_in_takes_the_last_two_seconds(
    figures: Figures, compiled: Compile, stretch: Exercise, fold: Figure
) -> None:
    timeline = compiled(stretch, coaching=Coaching.SILENT)
    performance, hold_ms = Performance(timeline, figures), timeline.start_of(start_of(timeline, Kind.HOLD))
    assert standing(performance, hold_ms - 2_000) == fold.ready
    assert standing(performance, hold_ms) == fold.hold
    passed = {shot(performance, ms).goal for ms in range(hold_ms - 1_990, hold_ms, 10)}
    assert {fold.poses["step"], fold.poses["flex"], fold.poses["fold"]} <= passed


# --- holds ---------------------------------------------------------------------------------------


def test_a_hold_holds_its_pose_to_the_end(
    figures: Figures, compiled: Compile, stretch: Exercise, fold: Figure
) -> None:
    timeline = compiled(stretch)
    index = start_of(timeline, Kind.HOLD)
    performance = Performance(timeline, figures)
    for position_ms in range(timeline.start_of(index), timeline.end_of(index), 500):
        assert standing(performance, position_ms) == fold.hold


def test_a_hold_breathes_slowly(figures: Figures, compiled: Compile, stretch: Exercise) -> None:
    timeline = compiled(stretch, hold_ms=45_000)
    index, performance = start_of(timeline, Kind.HOLD), Performance(timeline, figures)
    start_ms, end_ms = timeline.start_of(index), timeline.end_of(index)
    breaths = [shot(performance, position_ms).breath for position_ms in range(start_ms, end_ms, 100)]
    assert breaths[0] == pytest.approx(0)
    assert breaths[-1] == pytest.approx(0, abs=0.01)
    assert max(breaths) == pytest.approx(1, abs=0.01)
    tops = [b for a, b, c in zip(breaths, breaths[1:], breaths[2:], strict=False) if a < b >= c]
    assert len(tops) == 8


def test_only_a_hold_breathes(figures: Figures, compiled: Compile, swing: Exercise) -> None:
    performance = Performance(compiled(swing), figures)
    assert {shot.breath for _, shot in frames(performance, 200)} == {0.0}


def test_a_hold_that_nothing_led_to_is_gone_into(
    *, figures: Figures, compiled: Compile, item: MakeItem, stretch: Exercise, swing: Exercise, fold: Figure
) -> None:
    timeline = compiled(item(swing, rest_ms=0), stretch, coaching=Coaching.CUES)
    index = start_of(timeline, Kind.HOLD)
    assert timeline.segments[index - 1].exercise == swing
    performance, start_ms = Performance(timeline, figures), timeline.start_of(index)
    assert standing(performance, start_ms) == fold.ready
    assert shot(performance, start_ms + 700).moving
    assert standing(performance, start_ms + 1_500) == fold.hold


# --- reps ----------------------------------------------------------------------------------------


def test_reps_follow_their_tempo(
    figures: Figures, compiled: Compile, item: MakeItem, swing: Exercise, bell: Figure
) -> None:
    tempo = Tempo(down_ms=2_000, pause_ms=700, up_ms=1_000)
    timeline = compiled(item(replace(swing, work=Reps(3, tempo))))
    top, back = bell.poses["top"], bell.poses["back"]
    performance, at_ms = Performance(timeline, figures), timeline.start_of(start_of(timeline, Kind.REPS))
    for rep in range(3):
        start_ms = at_ms + rep * tempo.rep_ms
        assert standing(performance, start_ms) == top
        assert (shot(performance, start_ms + 1_000).start, shot(performance, start_ms + 1_000).goal) == (
            top,
            back,
        )
        assert standing(performance, start_ms + 2_000) == back
        assert standing(performance, start_ms + 2_699) == back
        assert shot(performance, start_ms + 3_000).goal == top


def test_reps_that_start_with_the_way_up_start_below(
    figures: Figures, compiled: Compile, item: MakeItem, swing: Exercise, bell: Figure
) -> None:
    tempo = Tempo(down_ms=1_000, pause_ms=500, up_ms=800, up_first=True)
    timeline = compiled(item(replace(swing, work=Reps(2, tempo))))
    performance, at_ms = Performance(timeline, figures), timeline.start_of(start_of(timeline, Kind.REPS))
    top, back = bell.poses["top"], bell.poses["back"]
    expected = [(0, back), (800, top), (1_299, top), (2_300, back), (3_100, top), (3_599, top)]
    assert [(ms, standing(performance, at_ms + ms)) for ms, _ in expected] == expected


@pytest.mark.slow
def test_a_way_that_takes_no_time_is_no_jump(
    figures: Figures, compiled: Compile, item: MakeItem, swing: Exercise
) -> None:
    for tempo in (Tempo(0, 0, 2_000), Tempo(1_500, 500, 0), Tempo(0, 2_000, 0)):
        timeline = compiled(item(replace(swing, work=Reps(2, tempo))), coaching=Coaching.SILENT)
        performance = Performance(timeline, figures)
        for (_, one), (at_ms, other) in pairwise(frames(performance)):
            assert largest_turn(one.body(), other.body()) < LARGEST_JUMP, (tempo, at_ms)


def test_reps_at_one_s_own_pace_go_on_while_the_position_waits(
    figures: Figures, compiled: Compile, item: MakeItem, swing: Exercise
) -> None:
    work = Reps(3, Tempo(1_000, 0, 1_000), self_paced=True)
    timeline = compiled(replace(item(swing), work=work))
    index = start_of(timeline, Kind.REPS)
    assert timeline.segments[index].gate
    performance, gate_ms = Performance(timeline, figures), timeline.start_of(index)
    for waited_ms in (300, 1_700, 2_300, 60_300, 3_600_300):
        expected = shot(performance, gate_ms, waited_ms % 2_000)
        assert shot(performance, gate_ms, waited_ms) == expected
        assert expected.moving
    assert shot(performance, gate_ms + 300) == shot(performance, gate_ms, 300)


@pytest.mark.parametrize("side", Side)
def test_reps_at_one_s_own_pace_begin_where_the_work_before_them_ended(
    figures: Figures, compiled: Compile, item: MakeItem, stretch: Exercise, side: Side
) -> None:
    hold = replace(item(stretch), sides=(Side.RIGHT,))
    work = Reps(3, Tempo(2_000, 1_000, 2_000), self_paced=True)
    timeline = compiled(hold, replace(hold, work=work, sides=(side,)), rest_ms=0)
    performance = Performance(timeline, figures)
    gate_ms = timeline.start_of(start_of(timeline, Kind.REPS))
    shots = [shot(performance, gate_ms, waited_ms) for waited_ms in range(0, 12_000, 33)]
    assert places(shots[0].body()) == places(shot(performance, gate_ms - 1).body())
    for number, (one, other) in enumerate(pairwise(shots)):
        assert largest_turn(one.body(), other.body()) < LARGEST_JUMP, number
        assert abs(one.mirrored - other.mirrored) < 0.06, number
    # The repetitions after the first one are as always.
    assert shots[-1].side is side
    assert shot(performance, gate_ms, 6_000) == shot(performance, gate_ms, 11_000)


def test_reps_done_for_time_go_on_for_the_time(
    figures: Figures, compiled: Compile, item: MakeItem, swing: Exercise
) -> None:
    timeline = compiled(replace(item(swing), work=Hold(9_000)))
    index, performance = start_of(timeline, Kind.HOLD), Performance(timeline, figures)
    start_ms = timeline.start_of(index)
    assert swing.work.tempo.rep_ms == 2_000  # type: ignore[union-attr] # a swing is done in reps
    for offset_ms in (200, 900, 1_500):
        first = shot(performance, start_ms + offset_ms)
        assert first.moving
        assert shot(performance, start_ms + 6_000 + offset_ms) == first
    # No repetition is begun that the time does not suffice for.
    assert standing(performance, start_ms + 8_500) == standing(performance, start_ms)


def test_a_stretch_done_in_reps_goes_into_it_and_back(
    figures: Figures, compiled: Compile, item: MakeItem, stretch: Exercise, fold: Figure
) -> None:
    work = Reps(2, Tempo(2_000, 1_000, 2_000))
    timeline = compiled(replace(item(stretch), work=work, sides=(Side.RIGHT,)))
    performance, at_ms = Performance(timeline, figures), timeline.start_of(start_of(timeline, Kind.REPS))
    expected = [
        (0, fold.ready),
        (2_000, fold.hold),
        (2_999, fold.hold),
        (5_000, fold.ready),
        (8_000, fold.hold),
    ]
    assert [(ms, standing(performance, at_ms + ms)) for ms, _ in expected] == expected


# --- sides, and the way out ----------------------------------------------------------------------


def test_the_left_side_is_the_mirrored_right_one(
    figures: Figures, compiled: Compile, stretch: Exercise
) -> None:
    timeline = compiled(stretch)
    performance = Performance(timeline, figures)
    right, left = (
        shot(performance, timeline.start_of(start_of(timeline, Kind.HOLD, side)) + 5_000) for side in (0, 1)
    )
    assert (right.side, left.side) == (Side.RIGHT, Side.LEFT)
    assert (right.mirrored, left.mirrored) == (0.0, 1.0)
    assert left.start == mirrored_pose(right.start)
    other = places(right.body())
    for name, place in places(left.body()).items():
        swapped = name.replace("right", "?").replace("left", "right").replace("?", "left")
        assert place == pytest.approx(mirrored(other[swapped]), abs=1e-9), name


def test_a_switch_goes_out_on_the_one_side_and_in_on_the_other(
    figures: Figures, compiled: Compile, stretch: Exercise, fold: Figure
) -> None:
    timeline = compiled(stretch)
    index, performance = start_of(timeline, Kind.SWITCH), Performance(timeline, figures)
    start_ms, end_ms = timeline.start_of(index), timeline.end_of(index)
    middle_ms = (start_ms + end_ms) // 2
    assert fold.hold is not None
    assert shot(performance, start_ms).start == fold.hold
    assert shot(performance, middle_ms).start == fold.ready
    assert standing(performance, end_ms) == mirrored_pose(fold.hold)
    assert (shot(performance, middle_ms - 1).side, shot(performance, middle_ms).side) == (
        Side.RIGHT,
        Side.LEFT,
    )


def test_who_is_ready_unevenly_changes_sides_without_a_jump(
    tmp_path: Path, compiled: Compile, stretch: Exercise
) -> None:
    text = STRETCH.replace('ready = "tall"', 'ready = "step"')
    (tmp_path / "standing-hamstring-stretch.toml").write_text(text)
    figures = Figures(tmp_path)
    figure = figures.figure(stretch.id)
    assert figure is not None
    assert mirrored_pose(figure.ready) != figure.ready
    timeline = compiled(stretch)
    index, performance = start_of(timeline, Kind.SWITCH), Performance(timeline, figures)
    middle_ms = (timeline.start_of(index) + timeline.end_of(index)) // 2
    before, after = shot(performance, middle_ms - 1), shot(performance, middle_ms)
    assert (before.goal, after.start) == (figure.ready, figure.ready)
    assert shot(performance, middle_ms + 100).goal == mirrored_pose(figure.ready)


def test_a_switch_turns_the_figure_once_and_calmly(
    figures: Figures, compiled: Compile, stretch: Exercise
) -> None:
    timeline = compiled(stretch)
    index, performance = start_of(timeline, Kind.SWITCH), Performance(timeline, figures)
    start_ms, end_ms = timeline.start_of(index), timeline.end_of(index)
    turned = [shot(performance, ms).mirrored for ms in range(start_ms, end_ms, 33)]
    assert (turned[0], turned[-1]) == (0.0, 1.0)
    assert all(0 <= later - earlier < 0.05 for earlier, later in pairwise(turned))
    assert sum(0 < share < 1 for share in turned) * 33 == pytest.approx(1_200, abs=70)


QUICK, SLOW = Tempo(1_000, 0, 1_000), Tempo(3_000, 1_000, 3_000, up_first=True)


@pytest.mark.parametrize("rest_ms", [0, 1_000, 5_000])
@pytest.mark.parametrize("coaching", [Coaching.FULL, Coaching.SILENT])
@pytest.mark.parametrize("work", [Hold(5_000), Reps(1, QUICK), Reps(3, SLOW)], ids=str)
def test_within_an_exercise_the_figure_never_flips_to_its_other_side(
    *, rest_ms: int, coaching: Coaching, work: Hold | Reps, figures: Figures, compiled: Compile,
    item: MakeItem, stretch: Exercise,
) -> None:  # fmt: skip
    then = replace(item(stretch), work=work, sides=(Side.RIGHT,))
    timeline = compiled(
        replace(item(stretch, sets=2), work=work), then, rest_ms=rest_ms, coaching=coaching, rounds=2
    )
    shots = [shot for _, shot in frames(Performance(timeline, figures), 40)]
    assert {one.exercise for one in shots} == {stretch}
    turned = [one.mirrored for one in shots]
    assert {0.0, 1.0} <= set(turned)
    assert max(abs(one - other) for one, other in pairwise(turned)) < 0.08


def test_a_turn_right_after_work_is_as_calm_as_any(
    figures: Figures, compiled: Compile, item: MakeItem, stretch: Exercise, fold: Figure
) -> None:
    timeline = compiled(item(stretch), rounds=2, rest_ms=0)
    index = start_of(timeline, Kind.HOLD, 2)
    assert timeline.segments[index - 1].side is Side.LEFT
    performance, start_ms = Performance(timeline, figures), timeline.start_of(index)
    assert fold.hold is not None
    assert shot(performance, start_ms).start == mirrored_pose(fold.hold)
    assert shot(performance, start_ms).mirrored == 1.0
    assert shot(performance, start_ms + 1_500).start == mirrored_pose(fold.ready)
    assert shot(performance, start_ms + 1_500).mirrored == 0.5
    assert standing(performance, start_ms + 3_000) == fold.hold
    assert shot(performance, start_ms + 3_000).mirrored == 0.0


def test_after_the_last_work_the_figure_goes_out(
    figures: Figures, compiled: Compile, stretch: Exercise, fold: Figure
) -> None:
    timeline = compiled(stretch)
    performance, finish_ms = Performance(timeline, figures), timeline.start_of(len(timeline.segments) - 1)
    last = shot(performance, finish_ms)
    assert (last.exercise, last.side) == (stretch, Side.LEFT)
    assert fold.hold is not None
    assert last.start == mirrored_pose(fold.hold)
    assert standing(performance, finish_ms + 1_500) == mirrored_pose(fold.out)


def test_out_is_a_pose_of_its_own_before_being_ready(
    figures: Figures, compiled: Compile, swing: Exercise, bell: Figure
) -> None:
    timeline = compiled(swing)
    performance, finish_ms = Performance(timeline, figures), timeline.start_of(len(timeline.segments) - 1)
    assert shot(performance, finish_ms).start == bell.poses["back"]
    assert shot(performance, finish_ms + 1_500).start == bell.out
    assert standing(performance, finish_ms + 3_000) == bell.ready


def test_the_rest_between_two_sets_goes_out_and_in_again(
    figures: Figures, compiled: Compile, item: MakeItem, swing: Exercise, bell: Figure
) -> None:
    timeline = compiled(item(swing, sets=2, rest_ms=10_000))
    index, performance = start_of(timeline, Kind.REST), Performance(timeline, figures)
    start_ms, end_ms = timeline.start_of(index), timeline.end_of(index)
    assert shot(performance, start_ms).start == bell.poses["back"]
    assert shot(performance, start_ms + 700).moving
    assert standing(performance, start_ms + 5_000) == bell.ready
    assert standing(performance, end_ms - 2_000) == bell.ready
    assert standing(performance, end_ms) == bell.poses["back"]


def test_a_rest_before_another_exercise_is_ready_for_it(
    *, figures: Figures, compiled: Compile, item: MakeItem, swing: Exercise, stretch: Exercise, fold: Figure
) -> None:
    timeline = compiled(item(swing, rest_ms=8_000), stretch)
    index, performance = start_of(timeline, Kind.REST), Performance(timeline, figures)
    for position_ms in (timeline.start_of(index), timeline.end_of(index) - 1):
        assert shot(performance, position_ms).exercise == stretch
        assert standing(performance, position_ms) == fold.ready


@pytest.mark.slow
@pytest.mark.parametrize("rest_ms", [0, 1_000, 3_000, 15_000])
@pytest.mark.parametrize("coaching", [Coaching.FULL, Coaching.SILENT])
@pytest.mark.parametrize("hold_ms", [5_000, 30_000])
def test_but_for_cuts_the_figure_never_jumps(
    *, rest_ms: int, coaching: Coaching, hold_ms: int, figures: Figures, compiled: Compile, item: MakeItem,
    swing: Exercise, stretch: Exercise,
) -> None:  # fmt: skip
    swings = Item(swing, Reps(2, Tempo(1_000, 0, 1_000, up_first=True)), (), sets=2)
    timeline = compiled(
        swings,
        replace(swings, work=Hold(6_000)),
        item(stretch, sets=2),
        replace(item(stretch), work=Reps(1, Tempo(2_000, 0, 2_000))),
        rest_ms=rest_ms,
        coaching=coaching,
        hold_ms=hold_ms,
        rounds=2,
    )
    cuts = _jumps(Performance(timeline, figures))
    assert {(one.exercise.id, other.exercise.id) for _, one, other in cuts} <= {
        (swing.id, stretch.id),
        (stretch.id, swing.id),
    }


@pytest.mark.slow
def test_no_built_in_routine_has_a_jump_but_for_cuts(library: Library) -> None:
    figures = Figures.built_in()
    for routine in library.routines:
        timeline = compile_routine(routine, Options(), load_phrases(), estimated_lengths())
        for at_ms, one, other in _jumps(Performance(timeline, figures)):
            assert one.exercise != other.exercise, (routine.id, at_ms)


def _jumps(performance: Performance) -> list[tuple[int, Shot, Shot]]:
    """Give every two neighboring frames between which a bone turns too far; each pair is measured once."""
    seen, jumps = set(), []
    for (_, one), (at_ms, other) in pairwise(frames(performance)):
        pair = tuple((each.start, each.goal, each.share) for each in (one, other))
        if pair not in seen and pair[0] != pair[1]:
            seen.add(pair)
            if largest_turn(one.body(), other.body()) >= LARGEST_JUMP:
                jumps.append((at_ms, one, other))
    return jumps


# --- pure, cheap, and honest ---------------------------------------------------------------------


def test_a_pose_depends_on_the_position_alone(
    figures: Figures, compiled: Compile, stretch: Exercise, swing: Exercise
) -> None:
    timeline = compiled(stretch, swing)
    played, sought = Performance(timeline, figures), Performance(timeline, figures)
    in_order = {ms: pose_at(played, ms) for ms in range(0, timeline.duration_ms, 250)}
    there_and_back = [*reversed(in_order), *list(in_order)[::7]]
    assert {ms: pose_at(sought, ms) for ms in there_and_back} == in_order


def test_a_pose_of_the_left_side_is_the_same_object_whenever_it_is_shown(
    figures: Figures, compiled: Compile, stretch: Exercise
) -> None:
    """What was drawn of a pose is found again by it."""
    timeline = compiled(stretch)
    left_ms = timeline.start_of(start_of(timeline, Kind.HOLD, 1)) + 4_000
    one, other = (shot(Performance(timeline, figures), left_ms) for _ in range(2))
    assert one.side is Side.LEFT
    assert one.start is other.start


def test_positions_outside_belong_to_the_first_and_last_frame(
    figures: Figures, compiled: Compile, stretch: Exercise
) -> None:
    timeline = compiled(stretch)
    performance = Performance(timeline, figures)
    assert pose_at(performance, -5_000) == pose_at(performance, 0)
    assert pose_at(performance, timeline.duration_ms + 5_000) == pose_at(performance, timeline.duration_ms)


def test_where_there_is_no_figure_one_stands_that_never_moves(
    figures: Figures, compiled: Compile, library: Library, stretch: Exercise
) -> None:
    pullup = library.exercise("pullup")
    timeline = compiled(pullup, stretch)
    performance = Performance(timeline, figures)
    shown = {ms: pose_at(performance, ms) for ms in range(0, timeline.duration_ms, 100)}
    for ms, found in shown.items():
        segment = timeline.segments[timeline.index_at(ms)]
        assert found is not None
        assert found.stands == (segment.exercise == pullup)
        assert not (found.stands and (found.moving or found.breath))
    assert pose_at(Performance(Timeline("empty", "Empty", ()), figures), 0) is None


def test_an_exercise_of_one_s_own_in_the_place_of_a_known_one_gets_no_wrong_movement(
    figures: Figures, compiled: Compile, stretch: Exercise
) -> None:
    own = replace(stretch, steps=(Step("Reach up.", "Reach up."),))
    shot = pose_at(Performance(compiled(own), figures), 20_000)
    assert shot is not None
    assert shot.stands
    assert shot.figure is figures.standing_for(own)


def test_nothing_is_made_of_a_segment_before_it_is_asked_for(
    figures: Figures, compiled: Compile, item: MakeItem, swing: Exercise
) -> None:
    timeline = compiled(item(swing, sets=20), rounds=100)
    performance = Performance(timeline, figures)
    assert (figures._read, performance._scenes) == ({}, {})
    for index in range(len(timeline.segments)):
        assert pose_at(performance, timeline.start_of(index)) is not None
    assert len(timeline.segments) > 3_000
    assert len(performance._scenes) <= 16
