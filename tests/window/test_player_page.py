"""The player page follows a session, and every key does what the sheet of keys says."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from chain_timer.drawing.strip import blocks_of
from chain_timer.routine.routine import Coaching
from chain_timer.session.events import State
from chain_timer.timeline.segment import Kind
from chain_timer.units import SECOND_MS


def press(desk: Any, *keys: Qt.Key) -> None:
    for key in keys:
        desk.qtbot.keyClick(desk.frame.focusWidget(), key)
        desk.settle()


def texts(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_it_begins_with_getting_into_position(desk: Any) -> None:
    page = desk.start()
    assert (
        page.heading.accessibleName()
        == "Get into position, Seated figure-four stretch, Right leg  →  then left"
    )
    assert page.countdown.digits == "10"
    assert page.top.place.text == "1 of 5"
    assert page.top.left.text == "4:57 left"
    assert page.next_line.text == "Next  How to do it"


def test_the_digits_are_the_seconds_that_are_left(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD)
    seen = []
    for _ in range(6):
        desk.advance(500)
        seen.append(page.countdown.digits)
    assert seen == ["30", "29", "29", "28", "28", "27"]


def test_the_step_being_spoken_is_lit(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.INSTRUCT)
    lit = set()
    for _ in range(120):
        desk.advance(100)
        lit.add(page.steps.body.lit)
    assert {0, 1, 2} <= lit
    assert page.steps.body.texts[0].startswith("Sit tall")


def test_space_pauses_unmistakably_and_goes_on_after_three_seconds(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 5 * SECOND_MS)
    press(desk, Qt.Key.Key_Space)
    assert desk.conductor.player.state is State.PAUSED
    assert page.veil.isVisible()
    assert page.controls.toggle.accessibleName() == "Go on"
    before = page.countdown.digits
    press(desk, Qt.Key.Key_Space)
    assert not page.veil.isVisible()
    assert (page.countdown.caption, page.countdown.digits) == ("Get ready", "3")
    desk.advance(1_500)
    assert page.countdown.digits == "2"
    desk.advance(1_600)
    assert (page.countdown.caption, page.countdown.digits) == ("", before)


def test_arrows_step_and_r_begins_the_part_again(desk: Any) -> None:
    desk.start()
    press(desk, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert desk.conductor.player.index == 2
    desk.advance(1_000)
    press(desk, Qt.Key.Key_Left)
    assert desk.conductor.player.index == 1
    desk.advance(4_000)
    press(desk, Qt.Key.Key_R)
    assert desk.conductor.player.position_ms() == desk.conductor.timeline.start_of(1)


def test_plus_and_minus_change_the_time_by_five_seconds(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD)
    press(desk, Qt.Key.Key_Plus)
    desk.settle()
    assert page.countdown.digits == "35"
    press(desk, Qt.Key.Key_Minus, Qt.Key.Key_Minus)
    assert page.countdown.digits == "25"


def test_digits_1_to_4_choose_the_coaching_and_c_the_next(desk: Any) -> None:
    page = desk.start()
    for key, level in zip(
        (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_1),
        ["cues", "names", "silent", "full"],
        strict=True,
    ):
        press(desk, key)
        assert desk.conductor.coaching is Coaching(level)
        assert level in page.notice.text.text()
    press(desk, Qt.Key.Key_C)
    assert desk.conductor.coaching is Coaching.CUES


def test_m_mutes_and_the_button_shows_it(desk: Any) -> None:
    page = desk.start()
    press(desk, Qt.Key.Key_M)
    assert desk.store.settings.muted
    assert page.top.mute.icon_name == "muted"
    press(desk, Qt.Key.Key_M)
    assert page.top.mute.icon_name == "sound"


def test_f_fills_the_screen_and_escape_gives_it_back(desk: Any) -> None:
    page = desk.start()
    press(desk, Qt.Key.Key_F)
    assert desk.frame.isFullScreen()
    press(desk, Qt.Key.Key_Escape)
    assert not desk.frame.isFullScreen()
    assert desk.frame.stack.currentWidget() is page


def test_the_question_mark_shows_the_keys_in_place(desk: Any) -> None:
    page = desk.start()
    press(desk, Qt.Key.Key_Question)
    assert page.keys.isVisible()
    press(desk, Qt.Key.Key_Escape)
    assert not page.keys.isVisible()
    assert desk.session.running


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MediaPause]
)
def test_media_keys_pause(desk: Any, key: Qt.Key) -> None:
    desk.start()
    press(desk, key)
    assert desk.conductor.player.state is State.PAUSED


def test_media_keys_step(desk: Any) -> None:
    desk.start()
    press(desk, Qt.Key.Key_MediaNext)
    assert desk.conductor.player.index == 1
    press(desk, Qt.Key.Key_MediaPrevious)
    assert desk.conductor.player.index == 0


def test_a_key_held_down_pauses_once(desk: Any) -> None:
    from PySide6.QtGui import QKeyEvent  # noqa: PLC0415 - only here
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only here

    page = desk.start()
    none = Qt.KeyboardModifier.NoModifier
    for repeated in (False, True, True, True):
        QApplication.sendEvent(
            page, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Space, none, " ", repeated)
        )
    assert desk.conductor.player.state is State.PAUSED


def test_leaving_before_any_work_asks_nothing(desk: Any) -> None:
    desk.start()
    desk.advance(2_000)
    press(desk, Qt.Key.Key_Escape)
    assert desk.frame.stack.currentWidget() is desk.frame.library
    assert not desk.session.running


def test_leaving_work_asks_in_place_and_the_session_goes_on(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.SWITCH, 1_000)
    press(desk, Qt.Key.Key_Escape)
    assert page.leave_bar.isVisible()
    assert page.leave_bar.question.text().startswith("Leave? ")
    assert desk.conductor.player.state is State.PLAYING
    press(desk, Qt.Key.Key_Escape)
    assert not page.leave_bar.isVisible()
    press(desk, Qt.Key.Key_Escape)
    desk.qtbot.mouseClick(page.leave_bar.leave, Qt.MouseButton.LeftButton)
    assert desk.frame.stack.currentWidget() is desk.frame.library
    assert desk.frame.library.grid.currentIndex().data() == "Posterior chain stretch"


def test_a_click_on_the_strip_goes_there(desk: Any) -> None:
    page = desk.start()
    strip = page.strip
    desk.qtbot.mouseClick(
        strip, Qt.MouseButton.LeftButton, pos=QPoint(strip.width() // 2, strip.height() // 2)
    )
    duration_ms = desk.conductor.timeline.duration_ms
    assert desk.conductor.player.position_ms() == pytest.approx(duration_ms / 2, rel=0.03)


def test_a_new_timeline_does_not_take_the_strip_from_the_hand_that_drags_it(desk: Any) -> None:
    page = desk.start()
    strip = page.strip
    there = QPoint(strip.width() // 2, strip.height() // 2)
    desk.qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=there)
    page.show_routine("another", blocks_of(desk.conductor.timeline)[:-1])
    assert strip._head_x == there.x()
    desk.qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=there)
    assert strip._head_x == pytest.approx(there.x(), abs=2)


def test_the_strip_can_be_walked_with_the_keyboard(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 10 * SECOND_MS)
    page.strip.setFocus(Qt.FocusReason.TabFocusReason)
    before_ms = desk.conductor.player.position_ms()
    press(desk, Qt.Key.Key_Right)
    assert desk.conductor.player.position_ms() == before_ms + 5 * SECOND_MS


def test_the_end_says_well_done_and_offers_what_now(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.FINISH)
    assert page.finish.isVisible()
    assert "Well done" in texts(page.finish)
    assert "3 exercises · 5 minutes" in texts(page.finish)
    desk.advance(15_000)
    assert desk.conductor.player.state is State.FINISHED
    desk.qtbot.mouseClick(page.finish.again, Qt.MouseButton.LeftButton)
    assert len(desk.conductors) == 2
    assert not page.finish.isVisible()
    assert desk.conductor.player.state is State.PLAYING


def test_enter_at_the_end_goes_back_to_the_routines(desk: Any) -> None:
    desk.start()
    desk.go_to(Kind.FINISH)
    press(desk, Qt.Key.Key_Return)
    assert desk.frame.stack.currentWidget() is desk.frame.library


def test_enter_presses_the_button_one_went_to(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 4_000)
    page.controls.setFocus()
    before = desk.conductor.player.index
    page.leave_requested.emit()
    page.leave_bar.leave.setFocus()
    press(desk, Qt.Key.Key_Return)
    assert desk.frame.stack.currentWidget() is desk.frame.library
    page = desk.start()
    desk.go_to(Kind.FINISH)
    page.finish.again.setFocus()
    press(desk, Qt.Key.Key_Return)
    assert len(desk.conductors) == 3
    assert desk.conductor.player.index == 0 != before


def test_stepping_back_from_the_end_hides_it(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.FINISH)
    page.back_requested.emit()
    desk.settle()
    assert not page.finish.isVisible()


def test_reps_are_counted(desk: Any) -> None:
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS)
    seen = []
    for _ in range(4):
        desk.advance(2_000)
        seen.append(page.countdown.digits)
    assert seen == ["2 / 10", "3 / 10", "4 / 10", "5 / 10"]


def test_at_ones_own_pace_a_big_button_says_done(desk: Any, own_pace: Any) -> None:
    page = desk.start(own_pace)
    desk.go_to(Kind.REPS)
    desk.advance(500)
    assert desk.conductor.player.state is State.WAITING
    assert page.done.isVisible()
    assert page.done.height() >= 44
    assert page.top.left.text.startswith("~")
    index = desk.conductor.player.index
    press(desk, Qt.Key.Key_Space)
    assert desk.conductor.player.index == index + 1
    assert not page.done.isVisible()


def test_a_notice_blocks_nothing(desk: Any) -> None:
    page = desk.start()
    desk.conductor.on_notice("The voice is gone.")
    assert page.notice.isVisible()
    press(desk, Qt.Key.Key_Space)
    assert desk.conductor.player.state is State.PAUSED
    desk.qtbot.mouseClick(page.notice.close_button, Qt.MouseButton.LeftButton)
    assert not page.notice.isVisible()


def test_the_screen_is_kept_awake_only_while_it_plays(desk: Any) -> None:
    desk.start()
    desk.advance(100)
    assert desk.awake.on
    press(desk, Qt.Key.Key_Space)
    assert not desk.awake.on


def test_every_control_has_a_name(desk: Any) -> None:
    from PySide6.QtWidgets import QAbstractButton  # noqa: PLC0415 - only here

    page = desk.start()
    for button in page.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text()
    assert page.strip.accessibleName()


def test_the_hint_says_what_space_does_now(desk: Any) -> None:
    page = desk.start()
    assert page.hint.text.startswith("Space pause")
    page.toggle_requested.emit()
    desk.settle()
    assert page.hint.text.startswith("Space goes on")
