"""What is kept of a session in the window, and how one that was left is offered again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.kept_session import BEGUN_MS, KeptSession, kept_in, settle
from PySide6.QtCore import Qt

from chain_timer.history.keeper import Keeper
from chain_timer.session.clock import Moment
from chain_timer.session.events import State
from chain_timer.session.record import Ending, Feeling
from chain_timer.timeline.segment import Kind
from chain_timer.units import HOUR_MS
from chain_timer.window.session_bridge import LONG_PAUSE_MS

DAY_MS = 24 * HOUR_MS
MakeKeeper = Callable[..., Keeper]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def make_keeper(folder: Path) -> Iterator[MakeKeeper]:
    made: list[Keeper] = []

    def make(later_ms: int = 0) -> Keeper:
        made.append(Keeper(folder, lambda: Moment(BEGUN_MS + later_ms), again_s=0.02))
        return made[-1]

    yield make
    for keeper in made:
        keeper.close()


@pytest.fixture
def left(make_keeper: MakeKeeper) -> KeptSession:
    """A session that a crash cut off."""
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(101_000)
    session.recorder.close()
    keeper.close()
    return session


def open_window(make_desk: Callable[..., Any], keeper: Keeper) -> Any:
    desk = make_desk(keeper=keeper)
    desk.bridge.begin()
    settle(keeper)
    desk.settle()
    return desk


def notice(desk: Any) -> str:
    shown = desk.frame.library.notice
    return shown.text.text() if shown.isVisible() else ""


def answer(desk: Any, words: str) -> None:
    next(button for button in desk.frame.library.notice.buttons if button.text() == words).click()
    desk.settle()


def test_a_session_that_was_left_is_offered_with_where_it_was(
    make_desk: Any, make_keeper: MakeKeeper, left: KeptSession
) -> None:
    assert left.player.position_ms() == 101_000
    desk = open_window(make_desk, make_keeper())
    assert notice(desk) == "Go on with Desk break at 1:41 (Seated figure-four stretch, right leg)?"


def test_one_of_another_day_says_so(make_desk: Any, make_keeper: MakeKeeper, left: KeptSession) -> None:
    assert left
    desk = open_window(make_desk, make_keeper(DAY_MS))
    assert notice(desk).endswith("? It is from yesterday.")


def test_going_on_plays_from_there_and_keeps_one_session(
    make_desk: Any, make_keeper: MakeKeeper, left: KeptSession, folder: Path
) -> None:
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    answer(desk, "Go on")
    player = desk.conductor.player
    assert player.state is State.PLAYING
    assert player.position_ms() == left.player.position_ms()
    desk.advance(player.timeline.duration_ms)
    desk.player.left.emit()
    keeper.close()
    (kept,) = kept_in(folder)
    assert (kept.id, kept.ending) == (left.recorder.record().id, Ending.FINISHED)


def test_declining_keeps_it_as_broken_off(
    make_desk: Any, make_keeper: MakeKeeper, left: KeptSession, folder: Path
) -> None:
    assert left
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    answer(desk, "Leave it at that")
    assert notice(desk) == ""
    keeper.close()
    (kept,) = kept_in(folder)
    assert kept.ending is Ending.BROKEN_OFF


def test_an_offer_closed_without_an_answer_makes_way_and_comes_again(
    make_desk: Any, make_keeper: MakeKeeper, left: KeptSession
) -> None:
    assert left
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    with desk.qtbot.waitSignal(desk.bridge._past.resuming.settled):
        desk.frame.library.notice.close_button.click()
    keeper.close()
    assert notice(open_window(make_desk, make_keeper())).startswith("Go on with ")


def test_the_keys_go_to_the_offer(make_desk: Any, make_keeper: MakeKeeper, left: KeptSession) -> None:
    assert left
    desk = open_window(make_desk, make_keeper())
    assert desk.frame.library.notice.buttons[0].hasFocus()


def test_how_it_felt_is_kept_with_one_tap_and_a_note(
    make_desk: Any, make_keeper: MakeKeeper, folder: Path
) -> None:
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    page = desk.start()
    desk.advance(desk.conductor.timeline.duration_ms)
    page.finish.feeling.buttons[Feeling.GOOD].click()
    page.finish.note.setFocus()
    desk.qtbot.keyClicks(page.finish.note, "Looser")
    desk.qtbot.keyClick(page.finish.note, Qt.Key.Key_Escape)
    desk.settle()
    keeper.close()
    (kept,) = kept_in(folder)
    assert (kept.feeling, kept.note) == (Feeling.GOOD, "Looser")


def test_the_next_session_asks_anew(make_desk: Any, make_keeper: MakeKeeper, folder: Path) -> None:
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    page = desk.start()
    desk.advance(desk.conductor.timeline.duration_ms)
    page.finish.feeling.buttons[Feeling.HARD].click()
    page.finish.note.setText("Stiff")
    page.finish.again.click()
    desk.advance(desk.conductor.timeline.duration_ms)
    assert page.finish.feeling.feeling is None
    assert page.finish.note.text() == ""
    page.left.emit()
    keeper.close()
    assert [(kept.feeling, kept.note) for kept in kept_in(folder)] == [(Feeling.HARD, "Stiff"), (None, "")]


def test_again_amid_the_last_words_keeps_the_one_before(
    make_desk: Any, make_keeper: MakeKeeper, folder: Path
) -> None:
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    page = desk.start("desk-break")
    timeline = desk.conductor.timeline
    desk.advance(timeline.start_of(len(timeline.segments) - 1) + 500)
    assert desk.conductor.player.state is State.PLAYING
    page.finish.again.click()
    desk.advance(30_000)
    page.left.emit()
    keeper.close()
    assert [kept.ending for kept in kept_in(folder)] == [Ending.FINISHED, Ending.BROKEN_OFF]
    assert list((folder / "running").iterdir()) == []


def test_leaving_is_broken_off_and_closing_the_window_is_not(
    make_desk: Any, make_keeper: MakeKeeper, folder: Path
) -> None:
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    page = desk.start()
    desk.go_to(Kind.HOLD, 5_000)
    desk.advance(3_000)
    page.left.emit()
    desk.start()
    desk.go_to(Kind.HOLD, 5_000)
    desk.advance(3_000)
    desk.frame.close()
    keeper.close()
    (kept,) = kept_in(folder)
    assert kept.ending is Ending.BROKEN_OFF
    later = open_window(make_desk, make_keeper())
    assert notice(later).startswith("Go on with ")


def test_after_a_long_pause_it_says_where_it_waits(make_desk: Any, make_keeper: MakeKeeper) -> None:
    desk = open_window(make_desk, make_keeper())
    page = desk.start()
    desk.go_to(Kind.HOLD, 5_000)
    assert not desk.session._long_pause.isActive()
    page.pause_requested.emit()
    assert desk.session._long_pause.interval() == LONG_PAUSE_MS
    desk.session._long_pause.timeout.emit()
    assert page.notice.text.text().startswith("Go on with ")
    assert "Space goes on" in page.notice.text.text()
    page.toggle_requested.emit()
    assert not desk.session._long_pause.isActive()


def test_after_sleep_it_says_so_with_where_it_waits(make_desk: Any, make_keeper: MakeKeeper) -> None:
    desk = open_window(make_desk, make_keeper())
    page = desk.start()
    desk.go_to(Kind.HOLD, 5_000)
    desk.clock.slept += 3_600_000
    desk.advance(100)
    assert desk.conductor.player.state is State.PAUSED
    assert page.notice.text.text().startswith("The computer slept. Go on with Posterior chain stretch at ")


def test_what_cannot_be_written_is_told_on_the_page_and_the_session_goes_on(
    make_desk: Any, make_keeper: MakeKeeper, folder: Path
) -> None:
    folder.write_text("no folder can be made here")
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    page = desk.start()
    desk.advance(3_000)
    settle(keeper)
    desk.advance(3_000)
    assert "can't be written down" in page.notice.text.text()
    assert desk.conductor.player.state is State.PLAYING


def test_what_cannot_be_written_after_the_session_is_told_in_the_library(
    make_desk: Any, make_keeper: MakeKeeper, folder: Path
) -> None:
    keeper = make_keeper()
    desk = open_window(make_desk, keeper)
    page = desk.start()
    desk.go_to(Kind.HOLD, 5_000)
    desk.advance(3_000)
    settle(keeper)
    (folder / "running").rename(folder.parent / "away")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("no folder can be made here")
    page.left.emit()
    settle(keeper)
    desk.settle()
    assert "can't be written down" in notice(desk)


def test_a_note_is_as_long_as_the_history_takes(make_desk: Any, make_keeper: MakeKeeper) -> None:
    desk = open_window(make_desk, make_keeper())
    page = desk.start()
    page.finish.note.setText("x" * 5_000)
    assert len(page.finish.note.text()) == 2_000


def test_a_window_without_a_history_plays_as_before(desk: Any) -> None:
    page = desk.start()
    desk.advance(desk.conductor.timeline.duration_ms)
    page.finish.feeling.buttons[Feeling.EASY].click()
    page.left.emit()
    assert desk.frame.stack.currentWidget() is desk.frame.library
