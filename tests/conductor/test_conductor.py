from collections.abc import Callable
from typing import Any

import pytest

from chain_timer.routine.routine import Coaching
from chain_timer.session.events import Jumped, State, StateChanged, TimelineChanged
from chain_timer.timeline.segment import Kind

Make = Callable[..., Any]


def at_kind(stage: Any, kind: Kind) -> int:
    """Go to the first segment of a kind."""
    timeline = stage.conductor.timeline
    index = next(i for i, segment in enumerate(timeline.segments) if segment.kind is kind)
    stage.conductor.seek(timeline.start_of(index))
    stage.run(stage.speaker.jump_lead_ms, 50)
    return timeline.start_of(index)


def test_a_start_waits_for_its_first_words(stage: Make) -> None:
    session = stage()
    session.narration.ready = False
    session.conductor.start()
    assert session.conductor.starting
    session.narration.ready = True
    session.run(50, 50)
    assert session.state is State.PLAYING


def test_a_start_does_not_wait_for_words_that_never_come(stage: Make) -> None:
    session = stage()
    session.narration.ready = False
    session.conductor.start()
    session.run(1_050, 50)
    assert session.state is State.PLAYING


def test_a_start_waits_for_the_sound_to_open(stage: Make) -> None:
    session = stage()
    session.speaker.ready = False
    session.conductor.start()
    session.run(1_000, 50)
    assert session.conductor.starting
    session.speaker.ready = True
    session.run(50, 50)
    assert session.state is State.PLAYING


def test_a_start_does_not_wait_for_sound_that_never_opens(stage: Make) -> None:
    session = stage()
    session.speaker.ready = False
    session.conductor.start()
    session.run(2_550, 50)
    assert session.state is State.PLAYING
    assert session.notices == ["The sound output does not answer yet, so this begins without sound."]


def test_a_start_without_a_voice_is_at_once(stage: Make) -> None:
    session = stage(clip_ms=None)
    session.conductor.start()
    assert session.state is State.PLAYING


def test_every_cue_of_a_session_is_laid_at_its_moment(stage: Make) -> None:
    session = stage()
    session.start()
    session.run(session.conductor.timeline.duration_ms - 2_500)
    expected = []
    for mark in session.conductor.timeline.marks():
        if mark.cue and mark.cue.tone:
            expected.append((mark.at_ms, f"[{mark.cue.tone}]"))
        if mark.cue and mark.cue.words:
            expected.append((mark.at_ms, mark.cue.words))
    assert session.heard() == sorted(expected)


def test_a_session_plays_to_its_end(stage: Make) -> None:
    session = stage()
    session.start()
    session.run(session.conductor.timeline.duration_ms + 1_000)
    assert session.state is State.FINISHED
    assert not session.awake.on


def test_the_timeline_follows_the_clips_when_they_come(stage: Make) -> None:
    session = stage("posterior-chain-stretch", Coaching.FULL, clip_ms=4_000)
    session.narration.ready = False
    session.start()
    estimated_ms = session.conductor.timeline.duration_ms
    session.narration.ready = True
    session.narration.revision += 1
    session.run(1_000)
    assert session.conductor.timeline.duration_ms != estimated_ms
    assert any(isinstance(event, TimelineChanged) for event in session.events)
    steps = [s for s in session.conductor.timeline.segments if s.kind is Kind.INSTRUCT]
    assert all(cue.length_ms == 4_000 for s in steps for cue in s.cues if cue.step is not None)


def test_words_whose_clip_comes_late_are_still_said(stage: Make) -> None:
    session = stage()
    session.narration.ready = False
    session.start()
    assert session.heard() == []
    session.narration.ready = True
    session.run(100)
    assert next(name for _, name in session.heard()).startswith("Next: ")


def test_words_whose_clip_comes_far_too_late_are_not_said(stage: Make) -> None:
    session = stage()
    session.narration.ready = False
    session.start()
    session.run(2_000)
    session.narration.ready = True
    session.run(100)
    assert session.heard() == []


def test_pausing_silences_at_once(stage: Make) -> None:
    session = stage()
    session.start()
    session.speaker.calls.clear()
    session.conductor.pause()
    assert "silence" in session.speaker.calls
    assert session.state is State.PAUSED


def test_going_on_counts_in_three_seconds_with_ticks(stage: Make) -> None:
    session = stage()
    session.start()
    session.run(2_000)
    session.conductor.pause()
    paused_ms = session.position_ms
    session.speaker.laid.clear()
    session.conductor.go_on()
    session.run(500)
    assert session.position_ms == paused_ms
    assert [at_ms - paused_ms for at_ms, name in session.heard(-10_000) if name == "[tick]"][:3] == [
        -3_000,
        -2_000,
        -1_000,
    ]
    session.run(3_000)
    assert session.position_ms == paused_ms + 500


def round_all_levels(session: Any) -> None:
    """Go round to the level that it was, with no new timeline made in between."""
    was = session.conductor.coaching
    for level in (*(level for level in Coaching if level is not was), was):
        session.conductor.set_coaching(level)


CHANGES: dict[str, Callable[[Any], None]] = {
    "more time": lambda session: session.conductor.add_time(5_000),
    "other coaching": lambda session: session.conductor.set_coaching(Coaching.NAMES),
    "the same coaching": round_all_levels,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("ready_ms", [300, 1_900, 2_500])
def test_a_change_while_getting_ready_leaves_every_tick_and_doubles_none(
    stage: Make, change: Callable[[Any], None], ready_ms: int
) -> None:
    session = stage()
    session.start()
    at_kind(session, Kind.HOLD)
    session.run(5_000)
    session.conductor.pause()
    paused_ms = session.position_ms
    session.speaker.laid.clear()
    session.conductor.go_on()
    session.run(ready_ms, 50)
    change(session)
    session.run(4_000, 50)
    ready = [at_ms - paused_ms for at_ms, _ in session.heard(-10_000) if at_ms < paused_ms]
    assert ready == [-3_000, -2_000, -1_000]


def test_getting_ready_can_be_turned_off(stage: Make) -> None:
    session = stage(get_ready=False)
    session.start()
    session.conductor.pause()
    session.conductor.go_on()
    paused_ms = session.position_ms
    session.run(1_000, 50)
    assert session.position_ms == paused_ms + 1_000 - session.speaker.lead_ms


def test_after_a_pause_no_cue_is_said_twice_or_lost(stage: Make) -> None:
    session = stage(get_ready=False)
    session.start()
    start_ms = at_kind(session, Kind.HOLD)
    session.run(5_000)
    session.conductor.pause()
    session.speaker.laid.clear()
    session.conductor.go_on()
    session.run(25_000)
    names = [name for at_ms, name in session.heard() if at_ms < start_ms + 30_000]
    assert names == ["Halfway.", "[half]", "Three.", "[tick]", "Two.", "[tick]", "One.", "[tick]"]


def test_a_longer_hold_moves_its_ending_and_says_it_once(stage: Make) -> None:
    session = stage()
    session.start()
    start_ms = at_kind(session, Kind.HOLD)
    session.run(10_000)
    session.speaker.laid.clear()
    session.conductor.add_time(5_000)
    session.run(26_000)
    ticks = [at_ms - start_ms for at_ms, name in session.heard() if name == "[tick]"]
    assert ticks[:3] == [32_000, 33_000, 34_000]


def test_taking_more_than_is_left_ends_the_segment(stage: Make) -> None:
    session = stage()
    session.start()
    at_kind(session, Kind.HOLD)
    index = session.conductor.player.index
    session.run(27_000)
    session.conductor.add_time(-5_000)
    assert session.conductor.player.index == index + 1


def test_added_time_outlives_a_new_compile(stage: Make) -> None:
    session = stage()
    session.start()
    at_kind(session, Kind.HOLD)
    index = session.conductor.player.index
    session.conductor.add_time(10_000)
    session.narration.revision += 1
    session.run(1_000)
    assert session.conductor.timeline.segments[index].length_ms == 40_000


def test_reps_at_a_tempo_are_not_stretched(stage: Make) -> None:
    session = stage("swing-and-hinge")
    session.start()
    at_kind(session, Kind.REPS)
    before = session.conductor.timeline
    session.conductor.add_time(5_000)
    assert session.conductor.timeline is before


def test_coaching_can_change_in_the_middle_of_a_step(stage: Make) -> None:
    session = stage("posterior-chain-stretch", Coaching.FULL)
    session.start()
    at_kind(session, Kind.INSTRUCT)
    session.run(3_000)
    session.conductor.set_coaching(Coaching.NAMES)
    session.run(500)
    index = session.conductor.player.index
    assert session.conductor.timeline.segments[index].kind is Kind.HOLD
    assert all(s.kind is not Kind.INSTRUCT for s in session.conductor.timeline.segments)


def test_coaching_changed_in_a_hold_leaves_the_countdown_alone(stage: Make) -> None:
    session = stage("posterior-chain-stretch", Coaching.FULL)
    session.start()
    start_ms = at_kind(session, Kind.HOLD)
    session.run(10_000)
    passed_ms = session.position_ms - start_ms
    session.conductor.set_coaching(Coaching.SILENT)
    session.run(100)
    player = session.conductor.player
    assert player.position_ms() - player.timeline.start_of(player.index) == passed_ms + 100


def test_going_round_all_coaching_levels_loses_no_cue(stage: Make) -> None:
    session = stage()
    session.start()
    start_ms = at_kind(session, Kind.HOLD)
    session.run(27_500)
    session.speaker.laid.clear()
    round_all_levels(session)
    session.run(3_000, 50)
    ending = [at_ms - start_ms for at_ms, name in session.heard() if name == "[tick]"]
    assert [at_ms for at_ms in ending if at_ms < 30_000] == [28_000, 29_000]


def test_a_jump_silences_and_lays_what_comes_there(stage: Make) -> None:
    session = stage()
    session.start()
    start_ms = at_kind(session, Kind.HOLD)
    assert (start_ms, "[start]") in session.heard()


def test_the_first_cue_after_a_jump_has_its_lead(stage: Make) -> None:
    session = stage()
    session.start()
    timeline = session.conductor.timeline
    session.speaker.laid.clear()
    session.conductor.seek(timeline.start_of(1))
    asked_ns = session.clock.now_ns()
    session.conductor.poll()
    first = min(heard.at_ns for heard in session.speaker.laid)
    assert first - asked_ns >= session.speaker.jump_lead_ms * 1_000_000


def test_sleep_pauses_and_says_so(stage: Make) -> None:
    session = stage()
    session.start()
    session.clock.slept += 60_000
    session.run(100)
    assert session.state is State.PAUSED
    assert session.notices == ["The computer slept. Your session waits where it was."]


def test_the_screen_is_kept_awake_only_while_playing(stage: Make) -> None:
    session = stage()
    session.start()
    assert session.awake.on
    session.conductor.pause()
    assert not session.awake.on
    session.conductor.go_on()
    assert session.awake.on
    session.conductor.leave()
    assert not session.awake.on


def test_a_problem_of_the_voice_is_told_once(stage: Make) -> None:
    session = stage()
    session.narration.problem = "There is no voice."
    session.start()
    session.run(2_000)
    assert session.notices == ["There is no voice."]


def test_the_loudspeaker_vanishing_stops_nothing(stage: Make) -> None:
    session = stage()
    session.start()
    session.speaker.problem = "The sound device is gone."
    session.run(5_000)
    assert session.state is State.PLAYING
    assert session.notices == ["The sound device is gone."]


def test_leaving_ends_and_silences(stage: Make) -> None:
    session = stage()
    session.start()
    session.conductor.leave()
    assert session.state is State.FINISHED
    assert session.speaker.calls[-1] == "silence"


def test_space_starts_pauses_goes_on(stage: Make) -> None:
    session = stage(get_ready=False)
    session.conductor.toggle()
    session.settle()
    session.run(500, 50)
    session.conductor.toggle()
    session.conductor.toggle()
    states = [event.state for event in session.events if isinstance(event, StateChanged)]
    assert states == [State.PLAYING, State.PAUSED, State.PLAYING]


def test_next_and_back_jump(stage: Make) -> None:
    session = stage()
    session.start()
    session.conductor.next()
    session.run(500, 50)
    session.conductor.back()
    jumps = [event.at_ms for event in session.events if isinstance(event, Jumped)]
    assert jumps == [session.conductor.timeline.start_of(1), 0]


def test_time_added_in_the_count_takes_back_what_was_laid(stage: Make) -> None:
    session = stage()
    session.start()
    start_ms = at_kind(session, Kind.HOLD)
    session.run(27_500)
    session.conductor.add_time(5_000)
    session.run(6_000)
    ticks = [at_ms - start_ms for at_ms, name in session.heard() if name == "[tick]"]
    assert [at_ms for at_ms in ticks if at_ms > 0][:4] == [27_000, 32_000, 33_000, 34_000]


def test_a_new_timeline_just_before_a_cue_does_not_say_it_twice(stage: Make) -> None:
    session = stage()
    session.start()
    start_ms = at_kind(session, Kind.HOLD)
    session.run(14_900)
    timeline = session.conductor.timeline
    session.conductor.player.change_timeline(timeline, session.position_ms)
    session.run(1_000)
    halves = [at_ms - start_ms for at_ms, name in session.heard() if name == "[half]"]
    assert halves == [15_000]


def test_a_new_timeline_just_before_a_cue_does_not_lose_it(stage: Make) -> None:
    session = stage("posterior-chain-stretch", Coaching.FULL, clip_ms=4_000)
    session.speaker.begun_ms = session.speaker.lead_ms // 2
    session.narration.ready = False
    session.conductor.start()
    session.run(300, 50)
    session.narration.ready = True
    session.narration.revision += 1
    session.run(1_000, 50)
    assert "cancel" in session.speaker.calls
    first = [name for at_ms, name in session.heard() if at_ms == 0]
    assert len(first) == 1
    assert first[0].startswith("Next: ")


def test_words_that_wait_for_their_clip_are_not_lost_with_their_tone(stage: Make) -> None:
    session = stage()
    session.start()
    start_ms = at_kind(session, Kind.HOLD)
    session.narration.ready = False
    session.run(14_900)
    session.conductor.player.change_timeline(session.conductor.timeline, session.position_ms)
    session.narration.ready = True
    session.run(1_000)
    halfway = [name for at_ms, name in session.heard() if at_ms - start_ms == 15_000]
    assert sorted(halfway) == ["Halfway.", "[half]"]
