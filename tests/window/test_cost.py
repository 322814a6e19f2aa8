"""What a session costs the screen: only what changed is painted, and nothing runs when nothing moves."""

from typing import Any

from PySide6.QtCore import QTimer

from chain_timer.session.events import State
from chain_timer.timeline.segment import Kind
from chain_timer.units import SECOND_MS
from chain_timer.window.player_facts import Script


def active_timers(desk: Any) -> list[QTimer]:
    return [timer for timer in desk.frame.findChildren(QTimer) if timer.isActive()]


def test_no_timer_runs_in_the_library(desk: Any) -> None:
    assert active_timers(desk) == []


def test_no_timer_runs_on_the_set_up_page(desk: Any) -> None:
    desk.open()
    desk.qtbot.waitUntil(lambda: active_timers(desk) == [])  # the small figures are drawn by then


def test_one_timer_runs_while_it_plays_and_none_soon_after_a_pause(desk: Any) -> None:
    page = desk.start()
    assert desk.session.ticking
    page.toggle_requested.emit()
    assert desk.conductor.player.state is State.PAUSED
    for _ in range(30):
        desk.session.beat()
    assert not desk.session.ticking
    page.toggle_requested.emit()
    assert desk.session.ticking


def test_no_timer_runs_after_the_end(desk: Any) -> None:
    desk.start()
    desk.go_to(Kind.FINISH)
    desk.advance(20_000)
    for _ in range(30):
        desk.session.beat()
    assert not desk.session.ticking


def test_the_same_moment_twice_paints_nothing(desk: Any, paints: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS + 300)
    desk.settle()
    counted = paints(page)
    for _ in range(20):
        desk.session.beat()
        desk.settle()
    assert counted.areas == {}


def test_within_a_second_only_the_tip_of_the_ring_and_the_breathing_figure_are_painted(
    desk: Any, paints: Any
) -> None:
    desk.store.change(motion="full")
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS + 300)
    desk.settle()
    counted = paints(page)
    desk.advance(400)
    desk.settle()
    assert set(counted.areas) <= {"Countdown", "SessionStrip", "Stage"}
    assert counted.areas["Stage"]
    for area in counted.areas["Stage"]:
        assert area.width() * area.height() < 0.75 * page.stage.width() * page.stage.height()
    for area in counted.areas["Countdown"]:
        assert area.width() * area.height() < 4_000
    for area in counted.areas.get("SessionStrip", ()):
        assert area.width() <= 10


def test_a_new_second_paints_digits_and_time_left_and_nothing_else(desk: Any, paints: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS + 950)
    desk.settle()
    counted = paints(page)
    desk.advance(100)
    desk.settle()
    assert set(counted.areas) <= {"Countdown", "SessionStrip", "Line", "TopBar", "PlayerPage", "Stage"}
    counted.areas.pop("Stage", None)
    painted = sum(area.width() * area.height() for areas in counted.areas.values() for area in areas)
    assert painted < page.width() * page.height() / 8


def test_a_moment_of_ten_thousand_segments_is_as_cheap_as_one_of_ten(desk: Any) -> None:
    from dataclasses import replace  # noqa: PLC0415 - only here

    from chain_timer.timeline.timeline import Timeline  # noqa: PLC0415 - only here

    page = desk.start()
    segment = desk.conductor.timeline.segments[2]
    looked = 0

    class Counted(tuple[Any, ...]):
        __slots__ = ()

        def __iter__(self) -> Any:
            nonlocal looked
            looked += 1
            return super().__iter__()

    timeline = Timeline("many", "Many", [replace(segment) for _ in range(10_000)])
    timeline.segments = Counted(timeline.segments)
    script = Script(timeline, desk.library.names)
    looked = 0
    page.show_moment(script.moment(5_000, timeline.start_of(5_000) + 1))
    script.facts(5_000)
    assert looked == 0
