import io
import os
from collections.abc import Callable
from typing import Any

import pytest

from chain_timer.routine.names import Names
from chain_timer.session.events import State
from chain_timer.terminal.face import Face, size_of
from chain_timer.terminal.signals import Signals
from chain_timer.terminal.steering import Steering
from chain_timer.terminal.view import Mood, View


@pytest.fixture
def play(names: Names, scripted: Any, painter: Any) -> Callable[..., tuple[int, Face, Any]]:
    def run(stage: Any, *presses: tuple[int, str], present: bool = True) -> tuple[int, Face, Any]:
        keyboard = scripted(stage.clock, presses, present=present)
        steering = Steering(stage.conductor, stage.clock, stage.speaker.set_muted, muted=False)
        face = Face(
            conductor=stage.conductor,
            names=names,
            steering=steering,
            keyboard=keyboard,
            signals=Signals(),
            painter=painter,
            size=lambda: (80, 24),
        )
        return face.play(stage.clock), face, keyboard

    return run


def views(painter: Any) -> list[View]:
    return [view for view, _, _ in painter.frames]


def test_a_session_plays_to_its_end_by_itself(stage: Any, play: Any, painter: Any) -> None:
    code, face, _ = play(stage)
    assert code == 0
    assert stage.conductor.player.state is State.FINISHED
    assert face.last_words.startswith("Well done: Two minutes, ")
    assert views(painter)[-1].mood is Mood.FINISHED


def test_the_screen_changes_about_once_a_second(stage: Any, play: Any, painter: Any) -> None:
    play(stage)
    assert len(painter.frames) < 2 * stage.clock.ns / 1e9


def test_every_second_of_a_hold_is_shown_once(stage: Any, play: Any, painter: Any) -> None:
    play(stage)
    holds = [view for view in views(painter) if view.scene.kind == "hold" and view.scene.place[:1] == "1"]
    shown = list(dict.fromkeys(view.big for view in holds))
    assert shown == [str(second) for second in range(30, 0, -1)]


def test_while_paused_the_loop_hardly_wakes(stage: Any, play: Any) -> None:
    _, _, keyboard = play(stage, (5_000, " "), (65_000, "q"))
    assert sum(1 for wait in keyboard.waits if wait == 0.5) == pytest.approx(120, abs=2)


def test_space_pauses_and_goes_on_after_getting_ready(stage: Any, play: Any, painter: Any) -> None:
    play(stage, (5_000, " "), (9_000, " "), (30_000, "interrupt"))
    moods = list(dict.fromkeys(view.mood for view in views(painter)))
    assert moods == [Mood.PLAYING, Mood.PAUSED, Mood.READYING]


@pytest.mark.parametrize("key", ["q", "escape"])
def test_leaving_before_any_work_asks_nothing(key: str, stage: Any, play: Any) -> None:
    assert play(stage, (3_000, key))[0] == 0
    assert stage.clock.ns < 3_100 * 1_000_000


@pytest.mark.parametrize(("answer", "leaves"), [("y", True), ("q", True), ("x", False), ("escape", False)])
def test_leaving_amid_work_asks_first(
    answer: str, stage: Any, play: Any, painter: Any, *, leaves: bool
) -> None:
    code, face, _ = play(stage, (40_000, "q"), (41_000, answer))
    assert code == 0
    assert any("Leave the session?" in view.extras.question for view in views(painter))
    assert ("left at 0:41" in face.last_words) is leaves


def test_a_question_does_not_hold_the_session_up(stage: Any, play: Any, painter: Any) -> None:
    play(stage, (40_000, "q"))
    asked = [view for view in views(painter) if view.extras.question]
    assert len({view.big for view in asked}) > 10


def test_ctrl_c_leaves_at_once_with_130(stage: Any, play: Any) -> None:
    assert play(stage, (40_000, "interrupt"))[0] == 130
    assert stage.speaker.silenced > 0


def test_a_gate_without_keyboard_ends_by_itself(stage_of: Any, plans: Any, play: Any, painter: Any) -> None:
    stage = stage_of(plans["at_own_pace"]())
    assert play(stage, present=False)[0] == 0
    assert any(view.banner == "Goes on after 48 seconds" for view in views(painter))


def test_a_gate_with_keyboard_waits_for_the_person(stage_of: Any, plans: Any, play: Any) -> None:
    stage = stage_of(plans["at_own_pace"]())
    assert play(stage, (600_000, " "))[0] == 0
    assert stage.clock.ns > 600_000 * 1_000_000


def test_sleep_is_told(stage: Any, play: Any, painter: Any) -> None:
    stage.start(30_000)
    stage.clock.asleep_ms = 60_000
    play(stage, (1_000, "y"), (2_000, "interrupt"))
    assert views(painter)[-1].mood is Mood.PAUSED
    assert any("slept" in view.extras.notice for view in views(painter))


def test_a_terminal_without_a_size_has_the_usual_one() -> None:
    assert size_of(io.StringIO()) == (80, 24)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        assert size_of(nowhere) == (80, 24)
