from collections.abc import Collection

from helpers.cases import Compile

from chain_timer.routine.library import Library
from chain_timer.timeline.segment import Cue, Key, Kind, Segment, Tone
from chain_timer.timeline.timeline import MarkKind, Timeline


def timeline_of(*lengths_ms: int, gates: Collection[int] = ()) -> Timeline:
    return Timeline(
        "t",
        "T",
        [
            Segment(Kind.HOLD, ms, Key(number, 2), (Cue(0, 0, tone=Tone.START),), gate=number in gates)
            for number, ms in enumerate(lengths_ms)
        ],
    )


def test_a_segment_owns_its_start_and_not_its_end() -> None:
    timeline = timeline_of(1_000, 2_000)
    assert [timeline.index_at(ms) for ms in (0, 999, 1_000, 2_999)] == [0, 0, 1, 1]


def test_positions_outside_belong_to_the_first_and_the_last() -> None:
    timeline = timeline_of(1_000, 2_000)
    assert (timeline.index_at(-5), timeline.index_at(3_000), timeline.index_at(10**9)) == (0, 1, 1)


def test_nobody_is_in_a_segment_of_no_length_but_at_the_very_end() -> None:
    timeline = timeline_of(1_000, 0, 0, 1_000, 0)
    assert [timeline.index_at(ms) for ms in (999, 1_000, 1_999, 2_000)] == [0, 3, 3, 4]


def test_marks_of_one_moment_come_as_start_cue_gate_end() -> None:
    kinds = [mark.kind for mark in timeline_of(1_000, gates={0}).marks()]
    assert kinds == [MarkKind.START, MarkKind.CUE, MarkKind.GATE, MarkKind.END]


def test_marks_are_in_order_of_time_through_segments_of_no_length() -> None:
    marks = list(timeline_of(1_000, 0, 0, 1_000).marks())
    assert [mark.at_ms for mark in marks] == sorted(mark.at_ms for mark in marks)
    assert [mark.index for mark in marks if mark.kind is MarkKind.START] == [0, 1, 2, 3]


def test_cues_between_two_moments_are_those_from_the_first_until_before_the_second(
    compiled: Compile, library: Library
) -> None:
    for routine in library.routines:
        timeline = compiled(routine)
        every = [mark for mark in timeline.marks() if mark.kind is MarkKind.CUE]
        step_ms = 777
        parts = [
            mark
            for from_ms in range(0, timeline.duration_ms + 1, step_ms)
            for mark in timeline.cues_between(from_ms, from_ms + step_ms)
        ]
        assert parts == every


def test_cues_of_segments_of_no_length_are_found_too() -> None:
    marks = list(timeline_of(1_000, 0, 0, 1_000).cues_between(1_000, 1_001))
    assert [mark.index for mark in marks] == [1, 2, 3]


def test_a_key_finds_its_segment(compiled: Compile, library: Library) -> None:
    timeline = compiled(library.routine("whole-posterior-chain"))
    for index, segment in enumerate(timeline.segments):
        assert timeline.index_of(segment.key) == index
    assert timeline.index_of(Key(10_000, 0)) is None


def test_phrases_come_once_in_the_order_they_are_first_said(compiled: Compile, library: Library) -> None:
    timeline = compiled(library.routine("desk-break"))
    phrases = list(timeline.phrases())
    assert len(phrases) == len(set(phrases))
    assert phrases[0].startswith("Next: Seated figure-four stretch, right leg.")
    assert phrases[-1].startswith("Well done.")


def test_equal_timelines_have_equal_hashes(compiled: Compile, library: Library) -> None:
    one, other = (compiled(library.routines[0]) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != compiled(library.routines[1])
