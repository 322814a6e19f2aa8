"""Set-up: what can be chosen is chosen, shown, and remembered."""

from typing import Any

from PySide6.QtCore import Qt

from chain_timer.routine.routine import Coaching
from chain_timer.units import MINUTE_MS


def test_it_opens_with_the_routine_in_words_and_its_length(desk: Any) -> None:
    page = desk.open()
    assert page.name.text == "Posterior chain stretch"
    assert page.total.text() == "4:57"
    assert page.choices.hold.ms == 30_000


def test_start_has_the_focus(desk: Any) -> None:
    page = desk.open()
    assert desk.frame.focusWidget() is page.start


def test_the_hold_slider_goes_in_steps_of_five_from_30_to_60_seconds(desk: Any) -> None:
    slider = desk.open().choices.hold.slider
    lengths = []
    for step in range(slider.minimum(), slider.maximum() + 1):
        slider.setValue(step)
        lengths.append(desk.setup.choices.hold.ms // 1_000)
    assert lengths == [30, 35, 40, 45, 50, 55, 60]


def test_a_longer_hold_makes_a_longer_session(desk: Any) -> None:
    page = desk.open()
    page.choices.hold.slider.setValue(page.choices.hold.slider.maximum())
    assert page.total.text() == "7:27"


def test_any_hold_of_5_seconds_to_10_minutes_can_be_typed(desk: Any) -> None:
    hold = desk.open().choices.hold
    for text, ms in (("5s", 5_000), ("1m30s", 90_000), ("10m", 600_000), ("0:42", 42_000)):
        hold.line.setText(text)
        hold.line.editingFinished.emit()
        assert hold.ms == ms


def test_what_is_no_length_is_refused_in_words_and_changes_nothing(desk: Any) -> None:
    page = desk.open()
    for text in ("45x", "4s", "11m", ""):
        page.choices.hold.line.setText(text)
        page.choices.hold.line.editingFinished.emit()
        assert page.choices.hold.ms == 30_000
        assert page.choices.refusal.isVisible()
        assert page.choices.refusal.text()
    page.choices.hold.line.setText("40")
    page.choices.hold.line.editingFinished.emit()
    assert not page.choices.refusal.isVisible()


def test_enter_in_a_field_takes_the_text_and_does_not_start(desk: Any) -> None:
    line = desk.open().choices.hold.line
    line.setFocus()
    line.setText("50s")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.setup.choices.hold.ms == 50_000
    assert desk.conductors == []


def test_a_routine_without_holds_has_no_hold_to_choose(desk: Any) -> None:
    page = desk.open("posterior-chain-strength")
    assert not page.choices.hold.isVisible()
    assert page.choices.choices.hold_ms is None


def test_each_level_of_coaching_is_explained(desk: Any) -> None:
    page = desk.open()
    said = set()
    for button in page.choices.coaching.findChildren(type(page.start)):
        desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        said.add(page.choices.explanation.text())
    assert len(said) == 4


def test_choices_are_remembered_for_the_routine(desk: Any) -> None:
    page = desk.open()
    page.choices.hold.slider.setValue(page.choices.hold.slider.maximum())
    page.choices.rounds.field.step(1)
    kept = desk.store.remembered("posterior-chain-stretch")
    assert (kept.hold_ms, kept.rounds) == (60_000, 2)
    assert kept.rest_ms is None


def test_the_session_is_what_was_chosen(desk: Any) -> None:
    page = desk.open()
    page.choices.hold.slider.setValue(page.choices.hold.slider.maximum())
    page.choices.coaching.chosen.emit("silent")
    desk.qtbot.keyClick(page.start, Qt.Key.Key_Return)
    assert desk.conductor.coaching is Coaching.SILENT
    holds = [s.length_ms for s in desk.conductor.timeline.segments if s.kind.is_work]
    assert set(holds) == {60_000}


def test_a_time_to_fill_is_fitted_and_said(desk: Any) -> None:
    page = desk.open()
    page.choices.minutes.selectAll()
    desk.qtbot.keyClicks(page.choices.minutes, "10")
    desk.qtbot.mouseClick(page.choices.fit, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(page.choices.fitted.isVisible)
    assert page.choices.fitted.text().startswith("10 minutes: ")
    assert "round" in page.choices.fitted.text()
    desk.settle()
    minutes, seconds = page.total.text().split(":")
    assert int(minutes) * 60 + int(seconds) <= 10 * MINUTE_MS // 1_000


def test_the_minutes_begin_at_what_the_routine_takes_until_somebody_says_otherwise(desk: Any) -> None:
    page = desk.open()
    assert page.total.text() == "4:57"
    assert page.choices.minutes.text() == "5"
    page.choices.rounds.changed.emit(1)
    desk.qtbot.keyClick(page.choices.minutes, Qt.Key.Key_Up)
    assert page.choices.minutes.text() == "6"
    page.choices.rounds.show_number(3)
    page.choices.rounds.changed.emit(3)
    desk.settle()
    assert page.total.text() != "4:57"
    assert page.choices.minutes.text() == "6"
    page = desk.open("posterior-chain-strength")
    assert page.choices.minutes.number > 10


def test_enter_presses_fit_where_one_went_to_it_and_starts_everywhere_else(desk: Any) -> None:
    page = desk.open()
    page.choices.fit.setFocus()
    desk.qtbot.keyClick(page.choices.fit, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(page.choices.fitted.isVisible)
    assert not desk.conductors
    page.choices.coaching.setFocus()
    desk.qtbot.keyClick(page.choices.coaching, Qt.Key.Key_Return)
    assert len(desk.conductors) == 1


def test_escape_goes_back_to_the_routines(desk: Any) -> None:
    desk.qtbot.keyClick(desk.open(), Qt.Key.Key_Escape)
    assert desk.frame.stack.currentWidget() is desk.frame.library
