"""Settings: a row for each that is declared; what is chosen counts at once."""

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSlider

from chain_timer.system.settings import SETTINGS
from chain_timer.timeline.segment import Tone


def settings(desk: Any) -> Any:
    desk.frame.page_requested.emit("settings")
    desk.settle()
    return desk.frame.stack.currentWidget()


def test_every_declared_setting_that_has_a_choice_has_a_row(desk: Any) -> None:
    assert set(settings(desk).rows) == {setting.key for setting in SETTINGS} - {"language"}


def test_it_shows_what_is_set(desk: Any) -> None:
    desk.store.change(rate=200, get_ready=False, tone_set="bell")
    page = settings(desk)
    assert page.rows["rate"].slider.value() * 5 == 200
    assert page.rows["rate"].value.text() == "200 words a minute"
    assert not page.rows["get_ready"].toggle.isChecked()


def test_what_is_chosen_counts_at_once(desk: Any) -> None:
    page = settings(desk)
    page.rows["voice_volume"].slider.setValue(4)
    desk.qtbot.mouseClick(page.rows["get_ready"].toggle, Qt.MouseButton.LeftButton)
    page.rows["coaching"].picker.chosen.emit("names")
    kept = desk.store.settings
    assert (kept.voice_volume, kept.get_ready, kept.coaching) == (20, False, "names")


def test_the_theme_changes_all_that_is_shown(desk: Any) -> None:
    page = settings(desk)
    page.rows["theme"].picker.chosen.emit("light")
    desk.settle()
    light = desk.frame.grab().toImage().pixelColor(215, desk.frame.height() - 5)
    page.rows["theme"].picker.chosen.emit("dark")
    desk.settle()
    dark = desk.frame.grab().toImage().pixelColor(215, desk.frame.height() - 5)
    assert light.lightness() > 200
    assert dark.lightness() < 60


def test_voices_stand_under_their_languages(desk: Any, qtbot: Any) -> None:
    box = settings(desk).rows["voice"].voices
    qtbot.waitUntil(lambda: box.count() == 5)
    assert [box.itemText(i).strip() for i in range(5)] == [
        "Choose for me",
        "English",
        "One",
        "German",
        "Zwei",
    ]
    box.setCurrentIndex(4)
    box.activated.emit(4)
    assert desk.store.settings.voice == "zwei"


def test_a_language_is_no_voice_and_cannot_be_chosen(desk: Any, qtbot: Any) -> None:
    box = settings(desk).rows["voice"].voices
    qtbot.waitUntil(lambda: box.count() == 5)
    assert not box.model().item(1).isEnabled()


def test_a_voice_that_is_gone_is_shown_and_not_changed(desk: Any, qtbot: Any) -> None:
    desk.store.change(voice="gone")
    box = settings(desk).rows["voice"].voices
    qtbot.waitUntil(lambda: box.count() == 6)
    assert box.currentData() == "gone"
    assert desk.store.settings.voice == "gone"


def test_voice_and_tones_can_be_heard(desk: Any) -> None:
    page = settings(desk)
    page.rows["voice"].tried.emit()
    page.rows["tone_set"].tried.emit()
    words, tone = desk.tried
    assert isinstance(words, str)
    assert tone is Tone.START


def test_enter_presses_the_button_one_went_to_on_a_page_without_a_use_for_it(desk: Any) -> None:
    page = settings(desk)
    button = next(each for each in page.findChildren(QPushButton) if each.text() == "Hear them")
    button.setFocus()
    desk.qtbot.keyClick(button, Qt.Key.Key_Return)
    assert len(desk.tried) == 1


def test_the_wheel_scrolls_the_page_and_changes_no_setting(desk: Any) -> None:
    page = settings(desk)
    before = desk.store.settings
    for slider in page.findChildren(QSlider):
        place = QPointF(slider.rect().center())
        wheel = QWheelEvent(
            place,
            slider.mapToGlobal(place),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - as Qt has it
        )
        QApplication.sendEvent(slider, wheel)
        assert not wheel.isAccepted()
    assert desk.store.settings == before
