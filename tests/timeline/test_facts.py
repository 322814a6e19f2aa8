"""Facts that hold for every routine that ships, whatever is chosen and however the voice speaks."""

from itertools import pairwise

import pytest
from helpers.cases import Case, Voices

from chain_timer.routine.routine import Coaching
from chain_timer.timeline.lengths import Lengths
from chain_timer.timeline.segment import Kind, Segment, Tone


def test_segments_lie_end_to_end_and_sum_up_to_the_duration(cases: list[Case]) -> None:
    for case in cases:
        timeline, end_ms = case.timeline, 0
        for index, segment in enumerate(timeline.segments):
            assert timeline.start_of(index) == end_ms, case
            end_ms += segment.length_ms
        assert end_ms == timeline.duration_ms, case


def test_every_segment_has_a_length(cases: list[Case]) -> None:
    for case in cases:
        assert all(segment.length_ms > 0 for segment in case.timeline.segments), case


def test_cues_are_in_order(cases: list[Case]) -> None:
    for case in cases:
        assert all(here <= later for (here, _), (later, _) in pairwise(case.cues)), case


def test_no_two_spoken_cues_overlap(cases: list[Case]) -> None:
    for case in cases:
        spoken = [(at_ms, cue) for at_ms, cue in case.cues if cue.words]
        for (at_ms, cue), (later_ms, _) in pairwise(spoken):
            assert at_ms + cue.length_ms <= later_ms, (str(case), cue.words)


def test_every_cue_lies_inside_its_segment(cases: list[Case]) -> None:
    for case in cases:
        for segment in case.timeline.segments:
            for cue in segment.cues:
                assert cue.offset_ms >= 0, (str(case), cue)
                assert cue.end_ms <= segment.length_ms, (str(case), segment.kind, cue)


def test_segments_start_on_whole_seconds(cases: list[Case]) -> None:
    # Pullups and swings too have tempos of whole seconds; self-paced reps would not.
    for case in cases:
        for index in range(len(case.timeline.segments)):
            assert case.timeline.start_of(index) % 1_000 == 0, case


def test_tones_sound_on_whole_seconds_except_halfway_and_the_last(cases: list[Case]) -> None:
    for case in cases:
        for at_ms, cue in case.cues:
            if cue.tone not in {None, Tone.HALF, Tone.FINISH}:
                assert at_ms % 1_000 == 0, (str(case), cue)


def test_three_ticks_lead_into_the_work(cases: list[Case]) -> None:
    for case in cases:
        for index, (before, work) in enumerate(pairwise(case.timeline.segments), 1):
            if not work.kind.is_work or before.kind.is_work:
                continue
            start_ms = case.timeline.start_of(index)
            ticks = {at_ms for at_ms, cue in case.cues if cue.tone is Tone.TICK}
            assert {start_ms - 3_000, start_ms - 2_000, start_ms - 1_000} <= ticks, case


def test_nothing_ticks_into_a_segment_that_is_no_work(cases: list[Case]) -> None:
    for case in cases:
        for before, after in pairwise(case.timeline.segments):
            if not before.kind.is_work and not after.kind.is_work:
                assert not [cue for cue in before.cues if cue.tone is Tone.TICK], case


def test_holds_are_exactly_as_long_as_chosen(cases: list[Case]) -> None:
    for case in cases:
        for segment in case.timeline.segments:
            if segment.kind is Kind.HOLD:
                assert segment.length_ms == case.options.hold_ms, case


def test_reps_are_exactly_as_long_as_their_tempo(cases: list[Case]) -> None:
    for case in cases:
        for segment in case.timeline.segments:
            if segment.kind is Kind.REPS:
                assert segment.length_ms == segment.reps.length_ms, case


def test_rests_are_exactly_as_long_as_chosen_and_none_is_there_at_zero(cases: list[Case]) -> None:
    for case in cases:
        rests = {s.length_ms for s in case.timeline.segments if s.kind is Kind.REST}
        assert rests <= ({case.options.rest_ms} if case.options.rest_ms else set()), case


def test_work_starts_with_the_start_tone(cases: list[Case]) -> None:
    for case in cases:
        for segment in case.timeline.segments:
            if segment.kind.is_work:
                assert [cue.offset_ms for cue in segment.cues if cue.tone is Tone.START] == [0], case


def test_work_ends_with_the_end_tone_or_the_start_tone_of_work_that_follows_at_once(
    cases: list[Case],
) -> None:
    for case in cases:
        for work, after in pairwise(case.timeline.segments):
            if work.kind.is_work:
                expected = Tone.START if after.kind.is_work else Tone.END
                assert after.cues[0].offset_ms == 0, case
                assert after.cues[0].tone is expected, case


def test_halfway_sounds_in_the_middle_of_holds_of_twenty_seconds_and_more(cases: list[Case]) -> None:
    for case in cases:
        for segment in case.timeline.segments:
            half = [cue.offset_ms for cue in segment.cues if cue.tone is Tone.HALF]
            long = segment.kind is Kind.HOLD and segment.length_ms >= 20_000
            assert half == ([segment.length_ms // 2] if long else []), case


def test_the_last_three_seconds_of_a_hold_tick(cases: list[Case]) -> None:
    for case in cases:
        for segment in case.timeline.segments:
            if segment.kind is Kind.HOLD:
                left = [segment.length_ms - c.offset_ms for c in segment.cues if c.tone is Tone.TICK]
                assert left == [3_000, 2_000, 1_000], case


def test_three_two_one_is_said_on_its_second_where_it_can_be_said_in_one(cases: list[Case]) -> None:
    for case in cases:
        if case.voice not in {"usual", "fast", "no length"} or case.options.hold_ms < 30_000:
            continue
        wanted = {3_000: "Three.", 2_000: "Two.", 1_000: "One."}
        coached = case.options.coaching in {Coaching.FULL, Coaching.CUES}
        for segment in case.timeline.segments:
            if segment.kind is Kind.HOLD:
                said = {segment.length_ms - c.offset_ms: c.words for c in segment.cues if c.tone is Tone.TICK}
                assert said == (wanted if coached else dict.fromkeys(wanted, "")), case


def test_every_exercise_is_named_and_every_side_told_before_or_as_it_starts(
    cases: list[Case], voices: Voices
) -> None:
    for case in cases:
        if case.options.coaching is Coaching.SILENT:
            continue
        heard = ""
        for segment in case.timeline.segments:
            heard += " ".join(cue.words for cue in segment.cues) + " "
            if segment.kind.is_work:
                side = "" if segment.side is None else f"{segment.side} leg"
                told = side in heard.lower() and ("Switch" in heard or segment.exercise.name in heard)
                # Names need time; nothing else may be the reason.
                assert told or _has_no_time(segment, voices[case.voice]), (str(case), heard)
                heard = ""


def _has_no_time(segment: Segment, lengths: Lengths) -> bool:
    named = f"{segment.exercise.name}, {segment.side} {segment.exercise.side_noun}."
    return segment.length_ms < 450 + lengths(named)


def test_a_silent_coach_says_nothing_and_a_naming_one_no_steps(cases: list[Case]) -> None:
    for case in cases:
        words = [cue.words for _, cue in case.cues if cue.words]
        if case.options.coaching is Coaching.SILENT:
            assert not words, case
        elif case.options.coaching is Coaching.NAMES:
            assert not {"Hold.", "Halfway.", "Three.", "One."} & set(words), case


def test_steps_are_said_in_order_and_once_an_exercise_and_only_at_level_full(cases: list[Case]) -> None:
    for case in cases:
        told = [s for s in case.timeline.segments if s.kind is Kind.INSTRUCT]
        full = case.options.coaching is Coaching.FULL
        assert [s.exercise.id for s in told] == [e.id for e in case.routine.exercises] * full, case
        for segment in told:
            steps = [cue.step for cue in segment.cues if cue.step is not None]
            assert steps == list(range(len(segment.exercise.steps))), case


def test_keys_increase(cases: list[Case]) -> None:
    for case in cases:
        assert all(a.key < b.key for a, b in pairwise(case.timeline.segments)), case


def test_keys_are_the_same_however_the_voice_speaks(cases: list[Case]) -> None:
    keys = {}
    for case in cases:
        options = (case.routine.id, case.options.coaching, case.options.rounds, case.options.rest_ms > 0)
        now = [(segment.key, segment.kind) for segment in case.timeline.segments]
        assert keys.setdefault(options, now) == now, case


def test_a_session_prepares_at_its_start_and_finishes_at_its_end(cases: list[Case]) -> None:
    for case in cases:
        kinds = [segment.kind for segment in case.timeline.segments]
        assert kinds[0] is Kind.PREPARE, case
        assert kinds.index(Kind.FINISH) == len(kinds) - 1, case


def test_the_closing_tone_is_the_last_thing_heard(cases: list[Case]) -> None:
    for case in cases:
        assert case.cues[-1][1].tone is Tone.FINISH, case


@pytest.mark.parametrize("rest_ms", [0, 3_000])
def test_the_cases_meet_every_rest_at_every_level(cases: list[Case], rest_ms: int) -> None:
    for coaching in Coaching:
        assert any(c.options.rest_ms == rest_ms and c.options.coaching is coaching for c in cases)
