from typing import Any

import pytest

from chain_timer.routine.routine import Coaching
from chain_timer.session.events import State
from chain_timer.terminal.steering import Steering


@pytest.fixture
def hold(stage: Any) -> Any:
    """A session ten seconds into its first hold."""
    index = next(i for i, s in enumerate(stage.conductor.timeline.segments) if s.kind == "hold")
    stage.start(stage.conductor.timeline.start_of(index) + 10_000)
    return stage


@pytest.fixture
def steering(hold: Any) -> Steering:
    return Steering(hold.conductor, hold.clock, hold.speaker.set_muted, muted=False)


@pytest.mark.parametrize(
    ("key", "kind"), [("n", "switch"), ("right", "switch"), ("p", "hold"), ("r", "hold")]
)
def test_keys_step_through_the_session(key: str, kind: str, hold: Any, steering: Steering) -> None:
    player = hold.conductor.player
    steering.press(key)
    assert player.timeline.segments[player.index].kind == kind
    assert player.position_ms() == player.timeline.start_of(player.index)


def test_space_pauses(hold: Any, steering: Steering) -> None:
    steering.press(" ")
    assert hold.conductor.player.state is State.PAUSED


@pytest.mark.parametrize(("key", "length_ms"), [("+", 35_000), ("=", 35_000), ("-", 25_000), ("_", 25_000)])
def test_plus_and_minus_change_a_hold_by_five_seconds(
    key: str, length_ms: int, hold: Any, steering: Steering
) -> None:
    steering.press(key)
    player = hold.conductor.player
    assert player.timeline.segments[player.index].length_ms == length_ms
    assert steering.notice == f"5 seconds {'more' if length_ms > 30_000 else 'less'}"


def test_a_part_that_keeps_its_length_says_so(hold: Any, steering: Steering) -> None:
    hold.conductor.seek(hold.conductor.timeline.duration_ms - 1)
    steering.press("+")
    assert steering.notice == "This part keeps its length"


def test_what_a_key_did_is_told_for_three_seconds(hold: Any, steering: Steering) -> None:
    steering.press("m")
    assert steering.notice == "Sound off"
    hold.pass_ms(3_000)
    assert steering.notice == ""


def test_m_mutes_and_unmutes(hold: Any, steering: Steering) -> None:
    steering.press("m")
    steering.press("m")
    assert hold.speaker.muted == [True, False]


@pytest.mark.parametrize(("key", "level"), list(zip("1234", Coaching, strict=True)))
def test_numbers_choose_the_coaching_level(key: str, level: Coaching, hold: Any, steering: Steering) -> None:
    steering.press(key)
    assert hold.conductor.coaching is level


def test_c_goes_through_the_coaching_levels(hold: Any, steering: Steering) -> None:
    levels = []
    for _ in range(4):
        steering.press("c")
        levels.append(hold.conductor.coaching)
    assert levels == [Coaching.CUES, Coaching.NAMES, Coaching.SILENT, Coaching.FULL]


def test_enter_says_done_and_never_pauses(hold: Any, steering: Steering) -> None:
    steering.press("enter")
    assert hold.conductor.player.state is State.PLAYING


def test_the_keys_page_closes_by_its_key_by_escape_and_by_any_other(steering: Steering) -> None:
    for key in ("?", "escape", "m"):
        steering.press("?")
        assert steering.shows_keys
        steering.press(key)
        assert not steering.shows_keys
    assert not steering.asking


@pytest.mark.parametrize("key", ["x", "é", "柔", "5", "0", "up", "", "\x00", "quit"])
def test_other_keys_do_nothing(key: str, hold: Any, steering: Steering) -> None:
    before = hold.conductor.player.position_ms(), hold.conductor.player.state
    steering.press(key)
    assert (hold.conductor.player.position_ms(), hold.conductor.player.state) == before
    assert not steering.left
