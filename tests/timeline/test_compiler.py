"""The corners of compiling: no rest, own pace, nothing to do, nothing but zeros, very much."""

from dataclasses import replace
from itertools import pairwise

import pytest
from helpers.cases import Compile, MakeExercise, MakeItem, MakeRoutine

from chain_timer.routine.exercise import Hold, Reps, Side, Step, Tempo
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Coaching, Routine
from chain_timer.timeline.segment import Kind, Segment, Tone
from chain_timer.timeline.timeline import MarkKind, Timeline


def kinds(timeline: Timeline) -> list[str]:
    return [segment.kind.value for segment in timeline.segments]


def words(segment: Segment) -> list[str]:
    return [cue.words for cue in segment.cues if cue.words]


def test_sides_become_hold_switch_hold(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch(sided=True))), coaching=Coaching.CUES)
    assert kinds(timeline) == ["prepare", "hold", "switch", "hold", "finish"]
    assert [s.side for s in timeline.segments[1:4]] == [Side.RIGHT, Side.LEFT, Side.LEFT]


def test_steps_follow_the_side(
    compiled: Compile, routine: MakeRoutine, stretch: MakeExercise, item: MakeItem
) -> None:
    left_first = replace(item(stretch(sided=True)), sides=(Side.LEFT, Side.RIGHT))
    told = compiled(routine(left_first)).segments[1]
    assert words(told) == ["Do part 0 on the left.", "Do part 1 on the left."]


def test_without_rest_the_steps_open_with_the_end_tone_the_way_out_and_the_name(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch(1)), item(stretch(2))), rest_ms=0)
    assert kinds(timeline) == ["prepare", "instruct", "hold", "instruct", "hold", "finish"]
    told = timeline.segments[3]
    assert told.cues[0].tone is Tone.END
    assert words(told)[:2] == ["Come up slowly.", "Next: Move 2. Thirty seconds."]


def test_without_rest_and_steps_the_hold_says_its_own_name(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch(1)), item(stretch(2))), rest_ms=0, coaching=Coaching.NAMES)
    assert kinds(timeline) == ["prepare", "hold", "hold", "finish"]
    assert words(timeline.segments[2]) == ["Move 2."]


def test_a_name_that_was_not_said_yet_goes_before_the_count_whose_ticks_stay(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    two = routine(item(stretch(1)), item(stretch(2)))
    slow = compiled(
        two, lambda text: 2_500 if "Move" in text else 700, rest_ms=0, hold_ms=5_000, coaching=Coaching.CUES
    )
    assert words(slow.segments[2]) == ["Move 2.", "Two.", "One."]
    assert [c.offset_ms for c in slow.segments[2].cues if c.tone is Tone.TICK] == [2_000, 3_000, 4_000]


def test_a_rest_too_short_for_the_name_leaves_it_to_what_follows(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    two = routine(item(stretch(1)), item(stretch(2)))
    timeline = compiled(two, rest_ms=1_000, coaching=Coaching.CUES)
    assert words(timeline.segments[2]) == ["Rest."]
    assert words(timeline.segments[3])[0] == "Move 2."


def test_in_a_short_rest_the_name_of_what_comes_goes_before_the_way_out(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    two = routine(item(stretch(1, steps=0)), item(stretch(2, steps=0)))
    long, short = (compiled(two, rest_ms=ms).segments[2] for ms in (15_000, 2_500))
    assert words(long) == ["Come up slowly.", "Rest. Next: Move 2. Thirty seconds."]
    assert [text for text in words(short) if "Move 2" in text]
    assert "Come up slowly." not in words(short)


def test_reps_without_rest_say_their_name_and_count_when_it_is_said(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    pulls = item(stretch(2, steps=0), Reps(4, Tempo(1_000, 0, 1_000)))
    timeline = compiled(routine(item(stretch(1, steps=0)), pulls), rest_ms=0, coaching=Coaching.CUES)
    assert words(timeline.segments[2]) == ["Move 2.", "Two.", "Three.", "Four."]


def test_reps_are_counted_at_their_tempo(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch(), Reps(3, Tempo(1_000, 500, 1_000)))), coaching=Coaching.CUES)
    reps = timeline.segments[1]
    assert [(cue.offset_ms, cue.words) for cue in reps.cues] == [
        (0, "One."),
        (2_500, "Two."),
        (5_000, "Three."),
    ]
    assert reps.length_ms == 7_500


def test_reps_too_fast_to_count_tick(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch(), Reps(3, Tempo(200, 0, 200)))), coaching=Coaching.CUES)
    tones = [(cue.offset_ms, cue.tone, cue.words) for cue in timeline.segments[1].cues]
    assert tones == [(0, Tone.START, ""), (400, Tone.TICK, ""), (800, Tone.TICK, "")]


def test_reps_at_ones_own_pace_wait_at_a_gate_and_say_all_at_once(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise, own_pace: Reps
) -> None:
    timeline = compiled(routine(item(stretch(), own_pace)), coaching=Coaching.NAMES)
    reps = timeline.segments[1]
    assert reps.gate
    assert timeline.estimated
    assert [cue.offset_ms for cue in reps.cues] == [0]
    assert [mark.kind for mark in timeline.marks_of(1)] == [MarkKind.START, MarkKind.CUE, MarkKind.GATE]


def test_reps_at_ones_own_pace_without_rest_say_which(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise, own_pace: Reps
) -> None:
    two = routine(item(stretch(1)), item(stretch(2), own_pace))
    timeline = compiled(two, rest_ms=0, coaching=Coaching.NAMES)
    assert words(timeline.segments[2])[0].startswith("Move 2. Five reps")


def test_a_routine_of_nothing_is_a_timeline_of_nothing(compiled: Compile, routine: MakeRoutine) -> None:
    for empty in (Routine("none", "None", ()), routine(), Routine("two", "Two", (Circuit(()), Circuit(())))):
        timeline = compiled(empty)
        assert timeline.segments == ()
        assert timeline.duration_ms == 0
        assert list(timeline.marks()) == []


def test_work_of_no_length_is_passed_without_a_gap(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    nothing = routine(item(stretch(1), Hold(0)), item(stretch(2), Reps(9, Tempo(0, 0, 0))), item(stretch(3)))
    for coaching in Coaching:
        timeline = compiled(nothing, rest_ms=0, coaching=coaching)
        assert timeline.duration_ms == sum(segment.length_ms for segment in timeline.segments)
        assert all(cue.end_ms <= timeline.duration_ms for s in timeline.segments for cue in s.cues)


def test_holds_of_every_short_length_keep_their_cues_inside_and_apart(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    for length_ms in range(1_000, 25_000, 250):
        for coaching in Coaching:
            hold = compiled(routine(item(stretch(), Hold(length_ms))), coaching=coaching).segments[-2]
            spoken = [cue for cue in hold.cues if cue.words]
            assert all(a.end_ms <= b.offset_ms for a, b in pairwise(spoken)), length_ms
            assert all(cue.end_ms <= length_ms for cue in hold.cues), length_ms


def test_a_hold_the_author_gave_stays_where_others_are_open_to_choice(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    mixed = routine(item(stretch(1)), item(stretch(2), Hold(10_000), fixed=True))
    lengths = [s.length_ms for s in compiled(mixed, hold_ms=45_000).segments if s.kind is Kind.HOLD]
    assert lengths == [45_000, 10_000]


def test_where_the_author_gave_every_hold_the_choice_applies_to_all(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    given = routine(item(stretch(1), Hold(10_000), fixed=True), item(stretch(2), Hold(20_000), fixed=True))
    lengths = [s.length_ms for s in compiled(given, hold_ms=45_000).segments if s.kind is Kind.HOLD]
    assert lengths == [45_000, 45_000]


def test_rests_are_the_persons_the_items_the_circuits_then_the_routines(
    compiled: Compile, item: MakeItem, stretch: MakeExercise
) -> None:
    items = (item(stretch(1), rest_ms=7_000), item(stretch(2)), item(stretch(3)))
    plan = Routine("r", "R", (Circuit(items, rounds=2, rest_ms=9_000, round_rest_ms=20_000),), rest_ms=1_000)

    def rests(**options: int) -> list[int]:
        return [s.length_ms for s in compiled(plan, **options).segments if s.kind is Kind.REST]

    assert rests() == [7_000, 9_000, 20_000, 7_000, 9_000]
    assert rests(rest_ms=4_000) == [4_000] * 5
    assert rests(rest_ms=0) == []


def test_rounds_are_chosen_for_the_circuits_the_author_repeats(
    compiled: Compile, item: MakeItem, stretch: MakeExercise
) -> None:
    strength, cool_down = Circuit((item(stretch(1)),), rounds=3), Circuit((item(stretch(2)),))
    plan = Routine("r", "R", (strength, cool_down))
    worked = [s.exercise.id for s in compiled(plan, rounds=2).segments if s.kind is Kind.HOLD]
    assert worked == ["move-1", "move-1", "move-2"]


def test_rounds_and_sets_are_said(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch(), sets=2), rounds=2), coaching=Coaching.NAMES, prepare_ms=0)
    said = [text for segment in timeline.segments for text in words(segment)]
    assert said == [
        "Round one of two. Next: Move 1. Set one of two. Thirty seconds.",
        "Rest. Next: Move 1. Set two of two. Thirty seconds.",
        "Rest. Round two of two. Next: Move 1. Set one of two. Thirty seconds.",
        "Rest. Next: Move 1. Set two of two. Thirty seconds.",
        "Well done. One exercise in three minutes.",
    ]


def test_the_same_arguments_give_the_same_timeline(compiled: Compile, library: Library) -> None:
    for built_in in library.routines:
        assert compiled(built_in, hold_ms=40_000) == compiled(built_in, hold_ms=40_000)


def test_what_is_laid_out_once_for_many_rounds_is_what_each_alone_would_be(
    compiled: Compile, item: MakeItem, stretch: MakeExercise
) -> None:
    """Exercises that differ in identity alone are laid out again; the timelines must not tell them apart."""
    shared = Routine("r", "R", (Circuit((item(stretch(1, sided=True)), item(stretch(2))), rounds=4),))
    slots = []
    for _ in range(4):
        slots += [item(stretch(1, sided=True)), item(stretch(2))]
    apart = Routine("r", "R", (Circuit(tuple(slots)),))
    one, other = compiled(shared, coaching=Coaching.CUES), compiled(apart, coaching=Coaching.CUES)
    assert [(s.kind, s.key, s.exercise, s.side) for s in one.segments] == [
        (s.kind, s.key, s.exercise, s.side) for s in other.segments
    ]
    assert [s.length_ms for s in one.segments[1:-1]] == [s.length_ms for s in other.segments[1:-1]]


@pytest.mark.slow
def test_ten_thousand_exercises_compile(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(*(item(stretch(number)) for number in range(10_000))), rest_ms=0)
    assert len(timeline.segments) == 20_002
    assert timeline.segments[-2].exercise.name == "Move 9999"


def test_hostile_names_are_laid_out_as_they_are(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    odd = replace(stretch(), name="{what} {0} \x1b[2J\u202e<b>.\n" + "X" * 5_000)
    timeline = compiled(routine(item(odd)))
    assert odd.name in " ".join(timeline.phrases())


def test_a_short_hold_counts_from_its_first_full_second(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    for seconds, ticks_ms in ((1, []), (2, [1_000]), (3, [1_000, 2_000]), (4, [1_000, 2_000, 3_000])):
        hold = compiled(routine(item(stretch(), Hold(seconds * 1_000)))).segments[-2]
        assert [cue.offset_ms for cue in hold.cues if cue.tone is Tone.TICK] == ticks_ms


def test_a_count_too_slow_for_its_second_is_left_to_the_tick(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch())), lambda text: 1_001 if text == "Three." else 1_000)
    count = [(cue.words, cue.tone) for cue in timeline.segments[-2].cues[-3:]]
    assert count == [("", Tone.TICK), ("Two.", Tone.TICK), ("One.", Tone.TICK)]


def test_every_round_is_told_its_own_number(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch(1)), item(stretch(2)), rounds=4), coaching=Coaching.NAMES)
    told = [text for segment in timeline.segments for text in words(segment) if "Round" in text]
    for number, text in zip(("one", "two", "three", "four"), told, strict=True):
        assert f"Round {number} of four." in text


def test_the_way_out_is_that_of_the_exercise_before(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    one, two, three = (
        item(replace(stretch(number, steps=0), out=Step(f"Leave {number}.", f"Leave {number}.")))
        for number in (1, 2, 3)
    )
    timeline = compiled(routine(one, two, one, three, one))
    rests = [words(segment)[0] for segment in timeline.segments if segment.kind is Kind.REST]
    assert rests == ["Leave 1.", "Leave 2.", "Leave 1.", "Leave 3."]
