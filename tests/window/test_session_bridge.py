"""The beat of a session: how often the window looks, and what it shows then."""

from typing import Any

import pytest

from chain_timer.session.events import State
from chain_timer.sound.null_output import NullOutput
from chain_timer.timeline.segment import Kind
from chain_timer.window.session_bridge import STARTING_BEAT_MS


def test_a_start_that_waits_is_looked_after_often_and_only_then(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NullOutput, "ready", False)
    page = desk.start()
    for _ in range(50):
        assert desk.conductor.starting
        assert desk.session._timer.interval() == STARTING_BEAT_MS <= 15
        desk.advance(STARTING_BEAT_MS)
    monkeypatch.setattr(NullOutput, "ready", True)
    desk.advance(STARTING_BEAT_MS)
    assert desk.conductor.player.state is State.PLAYING
    page.toggle_requested.emit()
    assert desk.session._timer.interval() > STARTING_BEAT_MS


def test_the_step_that_is_lit_is_the_one_of_the_moment_however_one_came_there(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.INSTRUCT)
    timeline = desk.conductor.timeline
    index = desk.conductor.player.index
    told = [cue for cue in timeline.segments[index].cues if cue.step is not None]
    assert len(told) > 3
    page.seek_requested.emit(timeline.start_of(index) + told[3].offset_ms + 10)
    assert page.steps.body.lit == told[3].step
    page.restart_requested.emit()
    at_ms = desk.conductor.player.position_ms()
    assert at_ms < timeline.start_of(index) + told[1].offset_ms
    begun = at_ms >= timeline.start_of(index) + told[0].offset_ms
    assert page.steps.body.lit == (told[0].step if begun else None)


def test_a_window_that_nobody_sees_only_keeps_the_session_going(desk: Any) -> None:
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS, 300)
    assert desk.session._timer.interval() < 100
    desk.frame.hide()
    desk.settle()
    desk.session.beat()
    assert desk.session._timer.interval() == 250
    before = page.strip._head_x
    desk.advance(60_000)
    assert page.strip._head_x == before
    desk.frame.show()
    desk.settle()
    desk.advance(250)
    assert page.strip._head_x > before
