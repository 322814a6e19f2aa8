import logging
import random
from collections.abc import Callable, Iterator

import pytest
from helpers.stage import Compile, SetStage, Simple, Stage

from chain_timer.routine.library import Library
from chain_timer.routine.routine import Coaching
from chain_timer.session.events import (
    CueReached,
    Event,
    Jumped,
    Reason,
    SegmentStarted,
    State,
    StateChanged,
    TimelineChanged,
)
from chain_timer.session.player import LEGAL, Player
from chain_timer.timeline.change import carried_over
from chain_timer.timeline.timeline import MarkKind, Timeline

# --- ticks --------------------------------------------------------------------------------------------


def played(stage: SetStage, timeline: Timeline, ticks: Iterator[int]) -> list[Event]:
    on = stage(timeline)
    on.player.play()
    for ms in ticks:
        if on.player.state is State.FINISHED:
            return on.told()
        on.advance(ms)
    raise AssertionError("the ticks ended before the session")


def random_ticks(seed: int | str) -> Iterator[int]:
    source = random.Random(seed)  # noqa: S311 - repeatable, not secret
    while True:
        yield source.choice((1, 16, 50, 333, 1_000, 4_999, 60_000))


def every(ms: int) -> Iterator[int]:
    while True:
        yield ms


def test_the_same_is_told_whatever_the_rate_of_ticks(
    stage: SetStage, compiled: Compile, library: Library
) -> None:
    for routine in library.routines:
        timeline = compiled(routine)
        expected = played(stage, timeline, every(50))
        for ticks in (every(333), every(4_999), every(10**9), *map(random_ticks, range(5))):
            assert played(stage, timeline, ticks) == expected


def test_the_same_is_told_for_ticks_of_a_millisecond(
    stage: SetStage, compiled: Compile, library: Library
) -> None:
    timeline = compiled(library.routine("desk-break"), coaching=Coaching.CUES, hold_ms=10_000)
    assert played(stage, timeline, every(1)) == played(stage, timeline, every(50))


def test_every_mark_is_told_once_and_at_its_own_moment(
    stage: SetStage, compiled: Compile, library: Library
) -> None:
    for routine in library.routines:
        timeline = compiled(routine)
        told = played(stage, timeline, every(333))
        starts = [(e.at_ms, e.index) for e in told if isinstance(e, SegmentStarted)]
        cues = [(e.at_ms, e.cue) for e in told if isinstance(e, CueReached)]
        assert starts == [(m.at_ms, m.index) for m in timeline.marks() if m.kind is MarkKind.START]
        assert cues == [(m.at_ms, m.cue) for m in timeline.marks() if m.kind is MarkKind.CUE]


def test_a_session_is_ready_then_playing_then_finished(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000))
    assert on.player.state is State.READY
    on.player.play()
    on.advance(1_999)
    assert on.player.state is State.PLAYING
    on.advance(1)
    assert on.player.state is State.FINISHED
    assert on.told() == [
        StateChanged(0, State.PLAYING),
        SegmentStarted(0, 0),
        CueReached(0, simple(2_000).segments[0].cues[0]),
        CueReached(1_000, simple(2_000).segments[0].cues[1]),
        StateChanged(2_000, State.FINISHED),
    ]


def test_a_stall_of_ten_minutes_costs_nothing(stage: SetStage, compiled: Compile, library: Library) -> None:
    timeline = compiled(library.routine("whole-posterior-chain"))
    on = stage(timeline)
    on.player.play()
    on.advance(600_000)
    cues = [(e.at_ms, e.cue) for e in on.told() if isinstance(e, CueReached)]
    assert cues == [(m.at_ms, m.cue) for m in timeline.cues_between(0, 600_001)]
    assert on.player.position_ms() == 600_000


def test_a_timeline_of_nothing_is_finished_at_once(stage: SetStage) -> None:
    on = stage(Timeline("none", "None", ()))
    on.player.play()
    assert on.states() == ["playing", "finished"]


def test_segments_of_no_length_are_told_in_order(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(1_000, 0, 0, 1_000, 0))
    on.player.play()
    on.advance(5_000)
    assert on.segments() == [0, 1, 2, 3, 4]
    assert on.player.state is State.FINISHED


def test_an_hour_is_played_with_every_tick_of_a_display(
    stage: SetStage, compiled: Compile, library: Library
) -> None:
    timeline = compiled(library.routine("whole-posterior-chain"), hold_ms=450_000, rounds=3)
    assert timeline.duration_ms >= 3_600_000
    assert played(stage, timeline, every(50))[-1] == StateChanged(timeline.duration_ms, State.FINISHED)


# --- pause, and what a lead does ----------------------------------------------------------------------


def test_a_pause_stops_the_position_and_going_on_takes_it_up(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    on.player.play()
    on.advance(3_000)
    on.player.pause()
    on.advance(100_000)
    assert on.player.position_ms() == 3_000
    on.player.play()
    on.advance(500)
    assert on.player.position_ms() == 3_500


def test_a_pause_tells_what_came_due_before_it(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 2_000))
    on.player.play()
    on.told()
    on.clock.advance(2_500)
    on.player.pause()
    assert [type(event) for event in on.told()] == [CueReached, SegmentStarted, CueReached, StateChanged]


def test_a_cue_at_the_moment_of_a_pause_is_told_once(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    on.player.play()
    on.advance(9_000)
    on.player.pause()
    on.player.play()
    on.advance(10)
    assert [e.at_ms for e in on.told() if isinstance(e, CueReached)] == [0, 9_000]


def test_a_lead_delays_the_position_and_the_cues(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    on.player.play(3_000)
    assert on.player.lead_ms() == 3_000
    on.advance(2_999)
    assert (on.player.position_ms(), on.player.lead_ms()) == (0, 1)
    assert not [e for e in on.told() if isinstance(e, CueReached)]
    on.advance(1)
    assert [e.at_ms for e in on.told() if isinstance(e, CueReached)] == [0]
    on.advance(1_000)
    assert on.player.position_ms() == 1_000


def test_a_moment_is_due_when_the_lead_and_the_way_to_it_have_passed(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    assert on.player.due_ns(5_000) is None
    on.player.play(3_000)
    assert on.player.due_ns(5_000) == on.clock.now_ns() + 8_000 * 1_000_000


def test_a_pause_while_getting_ready_keeps_the_position(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    on.player.play(3_000)
    on.advance(1_000)
    on.player.pause()
    on.advance(50_000)
    assert on.player.position_ms() == 0
    on.player.play()
    on.advance(1)
    assert [e.at_ms for e in on.told() if isinstance(e, CueReached)] == [0]


# --- going elsewhere ----------------------------------------------------------------------------------


def test_next_goes_to_the_start_of_the_next_segment(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.advance(3_000)
    on.told()
    on.player.next()
    cue = simple(10_000, 10_000).segments[1].cues[0]
    assert on.told() == [Jumped(10_000, 3_000), SegmentStarted(10_000, 1), CueReached(10_000, cue)]


def test_next_in_the_last_segment_finishes(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    on.player.play()
    on.player.next()
    assert on.player.state is State.FINISHED


def test_back_goes_to_the_start_of_this_segment_first_and_then_further(
    stage: SetStage, simple: Simple
) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.advance(15_000)
    on.player.back()
    assert on.player.position_ms() == 10_000
    on.advance(1_999)
    on.player.back()
    assert on.player.position_ms() == 0
    on.player.back()
    assert on.player.position_ms() == 0


def test_back_passes_over_segments_of_no_length(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(5_000, 0, 0, 5_000))
    on.player.seek(5_000)
    on.player.back()
    assert on.player.position_ms() == 0


def test_back_from_the_end_pauses_in_the_last_segment(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.advance(20_000)
    on.told()
    on.player.back()
    assert on.told() == [
        StateChanged(10_000, State.PAUSED),
        Jumped(10_000, 20_000),
        SegmentStarted(10_000, 1),
    ]


def test_restart_goes_to_the_start_of_the_segment(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.advance(11_000)
    on.player.restart()
    assert on.player.position_ms() == 10_000


def test_a_seek_lands_exactly_and_tells_only_what_is_still_to_come(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.told()
    on.player.seek(15_500)
    assert on.told() == [Jumped(15_500, 0), SegmentStarted(10_000, 1)]
    on.advance(3_500)
    assert [e.at_ms for e in on.told() if isinstance(e, CueReached)] == [19_000]


def test_a_seek_outside_stays_inside(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    on.player.seek(-5)
    assert on.player.position_ms() == 0
    on.player.seek(10**12)
    assert on.player.position_ms() == 10_000
    assert on.player.state is State.READY


def test_a_jump_while_paused_stays_paused(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.player.pause()
    on.player.next()
    assert (on.player.state, on.player.position_ms()) == (State.PAUSED, 10_000)


def test_a_jump_may_have_a_lead_of_its_own(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.told()
    on.player.next(3_000)
    assert on.told() == [Jumped(10_000, 0), SegmentStarted(10_000, 1)]
    on.advance(3_000)
    assert [e.at_ms for e in on.told()] == [10_000]


def test_finish_ends_here_and_now(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    on.player.play()
    on.advance(4_000)
    on.player.finish()
    assert (on.player.state, on.player.position_ms()) == (State.FINISHED, 4_000)


# --- gates --------------------------------------------------------------------------------------------


def test_a_gate_waits_forever(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    for _ in range(100):
        on.advance(60_000)
    assert (on.player.state, on.player.position_ms()) == (State.WAITING, 2_000)
    assert on.states() == ["playing", "waiting"]


def test_the_cue_of_a_gate_is_told_before_it_waits(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    on.advance(2_000)
    assert [type(event) for event in on.told()[-3:]] == [SegmentStarted, CueReached, StateChanged]


def test_between_ticks_the_position_never_runs_past_a_gate(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    on.clock.advance(20_000)
    assert on.player.position_ms() == 2_000


def test_a_gate_knows_how_long_it_has_waited(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    on.advance(1_000)
    assert on.player.waited_ms() == 0
    on.advance(1_000)
    on.advance(7_500)
    assert on.player.waited_ms() == 7_500
    on.player.done()
    assert on.player.waited_ms() == 0


def paused_at_a_gate(stage: SetStage, simple: Simple) -> Stage:
    """After 4.5 s of waiting and 20 s of pause."""
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    on.advance(2_000)
    on.advance(4_500)
    on.player.pause()
    on.advance(20_000)
    return on


def test_a_pause_at_a_gate_holds_the_time_waited(stage: SetStage, simple: Simple) -> None:
    on = paused_at_a_gate(stage, simple)
    assert on.player.waited_ms() == 4_500
    on.player.change_timeline(simple(2_000, 40_000, 2_000, gates=(1,)), 2_000)
    assert on.player.waited_ms() == 4_500


def test_the_time_waited_goes_on_after_a_pause(stage: SetStage, simple: Simple) -> None:
    on = paused_at_a_gate(stage, simple)
    on.player.play(3_000)
    waited_ms = [on.player.waited_ms()]
    for _ in range(4):
        on.advance(1_500)
        waited_ms.append(on.player.waited_ms())
    assert waited_ms == [4_500, 4_500, 4_500, 6_000, 7_500]
    on.player.pause()
    on.advance(1_000)
    assert on.player.waited_ms() == 7_500


@pytest.mark.parametrize(
    "leave",
    [
        lambda player, _: player.next(),
        lambda player, _: player.restart(),
        lambda player, _: player.finish(),
        lambda player, simple: player.change_timeline(simple(2_000, 30_000, 2_000), 2_000),
    ],
    ids=["next", "restart", "finish", "no gate any more"],
)
def test_the_time_waited_is_over_with_the_gate(
    stage: SetStage, simple: Simple, leave: Callable[[Player, Simple], None]
) -> None:
    on = paused_at_a_gate(stage, simple)
    leave(on.player, simple)
    assert on.player.waited_ms() == 0


def test_done_moves_on_from_a_gate(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    on.advance(9_000)
    on.told()
    on.player.done()
    told = on.told()
    assert told[:3] == [
        StateChanged(32_000, State.PLAYING),
        Jumped(32_000, 2_000, done=True),
        SegmentStarted(32_000, 2),
    ]
    on.advance(2_000)
    assert on.player.state is State.FINISHED


def test_done_at_a_gate_with_nothing_behind_it_finishes(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(30_000, gates=(0,)))
    on.player.play()
    on.player.done()
    assert on.player.state is State.FINISHED


def test_one_gate_right_after_another_waits_again(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(30_000, 30_000, gates=(0, 1)))
    on.player.play()
    on.player.done()
    assert (on.player.state, on.player.position_ms()) == (State.WAITING, 30_000)


def test_a_pause_at_a_gate_and_going_on_meets_the_gate_again(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    on.advance(5_000)
    on.player.pause()
    on.told()
    on.player.play()
    on.advance(5_000)
    assert on.told() == [StateChanged(2_000, State.PLAYING), StateChanged(2_000, State.WAITING)]


def test_a_seek_into_work_at_ones_own_pace_means_its_start(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    on.player.seek(20_000)
    assert (on.player.state, on.player.position_ms()) == (State.WAITING, 2_000)


# --- another timeline ---------------------------------------------------------------------------------


def test_a_change_keeps_on_playing_where_it_is_told_to(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.advance(3_000)
    on.told()
    on.player.change_timeline(simple(20_000, 10_000), 3_000)
    on.advance(1_000)
    assert on.told() == [TimelineChanged(3_000, 3_000)]
    assert on.player.position_ms() == 4_000


def test_a_change_tells_no_cue_twice(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000))
    on.player.play()
    on.player.change_timeline(simple(20_000), 0)
    on.advance(1)
    assert len([e for e in on.told() if isinstance(e, CueReached)]) == 1


def test_a_change_to_another_segment_tells_it_from_its_start(
    stage: SetStage, compiled: Compile, library: Library
) -> None:
    routine = library.routine("desk-break")
    full, names = compiled(routine), compiled(routine, coaching=Coaching.NAMES)
    on = stage(full)
    on.player.play()
    on.advance(full.start_of(1) + 1_500)
    on.told()
    on.player.change_timeline(names, carried_over(full, names, on.player.position_ms()))
    told = on.told()
    on.player.tick()
    start_ms = names.start_of(1)
    assert told == [TimelineChanged(start_ms, full.start_of(1) + 1_500), SegmentStarted(start_ms, 1)]
    assert [e.cue.tone for e in on.told()] == ["start"]


def test_a_change_while_waiting_waits_on(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, 2_000, gates=(1,)))
    on.player.play()
    on.advance(5_000)
    on.told()
    on.player.change_timeline(simple(3_000, 30_000, 2_000, gates=(1,)), 3_000)
    on.advance(60_000)
    assert on.told() == [TimelineChanged(3_000, 2_000)]
    on.player.done()
    assert on.player.position_ms() == 33_000


def test_a_change_while_waiting_to_a_place_without_a_gate_goes_on(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 30_000, gates=(1,)))
    on.player.play()
    on.advance(5_000)
    on.player.change_timeline(simple(2_000, 30_000), 2_000)
    on.advance(1_000)
    assert (on.player.state, on.player.position_ms()) == (State.PLAYING, 3_000)


def test_every_cue_is_told_once_through_changes_at_any_moment(
    stage: SetStage, compiled: Compile, library: Library
) -> None:
    """Clips become known while it plays: estimates give way to other lengths again and again."""
    routine = library.routine("posterior-chain-stretch")
    one, other = (compiled(routine, rate=rate, rest_ms=60_000) for rate in (150, 190))
    expected = [
        e.cue.words for e in played(stage, one, every(50)) if isinstance(e, CueReached) and e.cue.words
    ]
    for seed in range(5):
        on, ticks = stage(one), random_ticks(seed)
        on.player.play()
        while on.player.state is not State.FINISHED:
            on.advance(min(next(ticks), 1_000))
            old = on.player.timeline
            new = other if old is one else one
            on.player.change_timeline(new, carried_over(old, new, on.player.position_ms()))
        said = [e.cue.words for e in on.told() if isinstance(e, CueReached) and e.cue.words]
        assert said == expected


# --- sleep, and listeners that fail -------------------------------------------------------------------


def test_sleep_of_the_computer_pauses_at_the_moment_it_began(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(60_000))
    on.player.play()
    on.advance(10_000)
    on.told()
    on.clock.sleep(3_600_000)
    on.player.tick()
    assert on.told() == [StateChanged(10_000, State.PAUSED, Reason.SLEEP)]
    on.player.play()
    on.advance(1_000)
    assert (on.player.state, on.player.position_ms()) == (State.PLAYING, 11_000)


def test_sleep_at_a_gate_pauses_too(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(30_000, gates=(0,)))
    on.player.play()
    on.clock.sleep(60_000)
    on.player.tick()
    assert on.player.state is State.PAUSED


def test_sleep_while_paused_is_no_reason_to_pause_again(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(60_000))
    on.player.play()
    on.player.pause()
    on.clock.sleep(60_000)
    on.player.play()
    on.advance(1_000)
    assert on.player.state is State.PLAYING


def test_a_command_right_after_sleep_finds_the_session_paused(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(10_000, 10_000))
    on.player.play()
    on.clock.sleep(60_000)
    on.player.next()
    assert (on.player.state, on.player.position_ms()) == (State.PAUSED, 10_000)


def test_a_listener_that_fails_is_logged_and_the_others_still_hear(
    simple: Simple, stage: SetStage, caplog: pytest.LogCaptureFixture
) -> None:
    on = stage(simple(2_000))

    def fail(_event: Event) -> None:
        raise RuntimeError("broken")

    on.player._listeners.insert(0, fail)
    with caplog.at_level(logging.ERROR):
        on.player.play()
        on.advance(2_000)
    assert on.states() == ["playing", "finished"]
    assert "a listener failed" in caplog.text


def test_a_listener_that_gives_a_command_leaves_the_order_to_the_others(
    stage: SetStage, simple: Simple
) -> None:
    on = stage(simple(2_000, 2_000, 2_000))
    heard = []

    def pause_in_the_second(event: Event) -> None:
        if isinstance(event, SegmentStarted) and event.index == 1:
            on.player.pause()

    on.player._listeners.insert(0, pause_in_the_second)
    on.player.listen(heard.append)
    on.player.play()
    on.advance(3_500)
    assert on.player.state is State.PAUSED
    moments = [event.at_ms for event in heard]
    assert moments == sorted(moments)
    assert heard[-1] == StateChanged(3_500, State.PAUSED)


def test_a_listener_may_go_elsewhere_and_nothing_is_lost(stage: SetStage, simple: Simple) -> None:
    on = stage(simple(2_000, 2_000, 2_000))

    def skip_the_second(event: Event) -> None:
        if isinstance(event, SegmentStarted) and event.index == 1:
            on.player.next()

    on.player.listen(skip_the_second)
    on.player.play()
    on.advance(2_000)
    assert on.player.position_ms() == 4_000
    on.advance(2_000)
    assert on.player.state is State.FINISHED


# --- every command in every state ---------------------------------------------------------------------

COMMANDS = {
    "play": lambda player: player.play(),
    "pause": lambda player: player.pause(),
    "done": lambda player: player.done(),
    "next": lambda player: player.next(),
    "back": lambda player: player.back(),
    "restart": lambda player: player.restart(),
    "seek": lambda player: player.seek(1_500),
    "finish": lambda player: player.finish(),
    "tick": lambda player: player.tick(),
    "change_timeline": lambda player: player.change_timeline(player.timeline, player.position_ms()),
}

# What each command makes of each state, on 10 s of work, a gate, and 10 s more, 5 s in where it plays.
TABLE = {
    "ready": {"play": "playing", "finish": "finished"},
    "playing": {"pause": "paused", "next": "waiting", "finish": "finished"},
    "paused": {"play": "playing", "finish": "finished"},
    "waiting": {
        "pause": "paused",
        "done": "playing",
        "next": "playing",
        "back": "playing",
        "seek": "playing",
        "finish": "finished",
    },
    "finished": {"back": "paused", "restart": "paused", "seek": "paused"},
}


def in_state(stage: SetStage, simple: Simple, state: str) -> Stage:
    on = stage(simple(10_000, 10_000, 10_000, gates=(1,)))
    if state != "ready":
        on.player.play()
        on.advance(10_000 if state == "waiting" else 5_000)
    if state == "paused":
        on.player.pause()
    if state == "finished":
        on.player.finish()
    assert on.player.state.value == state
    on.told()
    return on


@pytest.mark.parametrize("state", [state.value for state in State])
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_does_in_each_state_what_the_table_says(
    stage: SetStage, simple: Simple, state: str, command: str
) -> None:
    on = in_state(stage, simple, state)
    before_ms = on.player.position_ms()
    COMMANDS[command](on.player)
    assert on.player.state.value == TABLE[state].get(command, state)
    if command in {"play", "pause", "done", "finish"} and command not in TABLE[state]:
        assert on.told() == []
        assert on.player.position_ms() == before_ms


@pytest.mark.parametrize("seed", range(40))
def test_no_order_of_commands_breaks_the_player(
    stage: SetStage, simple: Simple, compiled: Compile, library: Library, seed: int
) -> None:
    source = random.Random(seed)  # noqa: S311 - repeatable, not secret
    timelines = [
        Timeline("none", "None", ()),
        simple(5_000, 0, 10_000, 5_000, 0, gates=(2,)),
        simple(0, 0, 3_000, gates=(2,)),
        compiled(library.routine("desk-break")),
        compiled(library.routine("desk-break"), coaching=Coaching.NAMES, rest_ms=0),
    ]
    on = stage(source.choice(timelines))
    state = on.player.state
    for _ in range(400):
        before_ms = on.player.position_ms()
        command = source.choice(
            [*COMMANDS, "advance", "advance", "advance", "sleep", "lead", "other", "anywhere"]
        )
        if command == "advance":
            on.clock.advance(source.choice((0, 1, 16, 333, 2_000, 30_000)))
        elif command == "sleep":
            on.clock.sleep(source.choice((10, 5_000)))
        elif command == "lead":
            source.choice((on.player.play, on.player.next, on.player.back, on.player.done))(3_000)
        elif command == "other":
            new = source.choice(timelines)
            on.player.change_timeline(new, carried_over(on.player.timeline, new, before_ms))
        elif command == "anywhere":
            on.player.seek(source.randrange(-1_000, on.player.timeline.duration_ms + 5_000))
        else:
            COMMANDS[command](on.player)
        assert 0 <= on.player.position_ms() <= on.player.timeline.duration_ms
        if command in {"advance", "sleep", "tick", "pause"}:
            assert on.player.position_ms() >= before_ms
        for event in on.told():
            if isinstance(event, StateChanged):
                assert event.state in LEGAL[state]
                state = event.state
        assert on.player.state is state


def test_the_position_never_goes_back_while_playing(
    stage: SetStage, compiled: Compile, library: Library
) -> None:
    for routine in library.routines:
        on = stage(compiled(routine))
        on.player.play()
        last_ms, ticks = 0, random_ticks(routine.id)
        while on.player.state is not State.FINISHED:
            on.clock.advance(min(next(ticks), 5_000))
            for _ in range(2):
                assert last_ms <= on.player.position_ms() <= on.player.timeline.duration_ms
                last_ms = on.player.position_ms()
                on.player.tick()
