"""Every exercise is found, seen moving, gone through and left by keys alone."""

from dataclasses import replace
from typing import Any

import pytest
from helpers.own_pictures import red_area, red_picture
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QExposeEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from chain_timer.routine.library import Library
from chain_timer.window import look

KEY = Qt.Key


def settle() -> None:
    for _ in range(30):
        QApplication.processEvents()


def press(desk: Any, *keys: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        desk.qtbot.keyClick(desk.frame.focusWidget(), key, modifier)


def opened(desk: Any) -> Any:
    desk.frame.page_requested.emit("exercises")
    settle()
    page = desk.frame.stack.currentWidget()
    page.detail.movement._wanted = False
    page.detail.movement.follow()
    return page


@pytest.fixture
def page(desk: Any) -> Any:
    return opened(desk)


def names(page: Any) -> list[str]:
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_all_exercises_are_there_in_the_order_of_their_names(page: Any) -> None:
    known = sorted(exercise.name for exercise in Library.built_in().by_exercise_id.values())
    assert names(page) == known
    assert page.detail.name.text == known[0]


def test_control_e_opens_it_and_escape_goes_back(desk: Any) -> None:
    desk.bridge.begin()
    desk.frame.activateWindow()
    settle()
    press(desk, KEY.Key_E, control=True)
    settle()
    assert desk.frame.stack.currentWidget() is not desk.frame.library
    assert desk.frame.focusWidget() is desk.frame.stack.currentWidget().list
    press(desk, KEY.Key_Escape)
    assert desk.frame.stack.currentWidget() is desk.frame.library


def test_up_and_down_choose_and_all_is_told(desk: Any, page: Any) -> None:
    press(desk, KEY.Key_Down)
    exercise = Library.built_in().exercise("downward-facing-dog")
    assert page.detail.name.text == exercise.name
    assert page.detail.steps.body.texts == tuple(step.right for step in exercise.steps)
    assert "30s" in page.detail.line.text()
    assert "mat" in page.detail.line.text()
    assert page.detail.muscles.working.text().startswith("Hamstrings")
    assert exercise.key_cue in [hint.text.text() for hint in page.detail.hints._hints]
    assert page.detail.movement.stage.shot.exercise == exercise


def test_letters_search_and_what_is_found_is_shown(desk: Any, page: Any) -> None:
    desk.qtbot.keyClick(page.list, "p")
    desk.qtbot.keyClicks(page.search, "ullup")
    assert names(page) == ["Pullup"]
    assert page.detail.name.text == "Pullup"
    press(desk, KEY.Key_Escape)
    assert len(names(page)) == 8
    page.search.setText("chair glutes")
    assert names(page) == ["Seated figure-four stretch"]
    page.search.setText("zzz")
    assert page.nothing.isVisible()


def test_space_plays_and_pauses(desk: Any, page: Any) -> None:
    movement = page.detail.movement
    assert not movement.playing
    press(desk, KEY.Key_Space)
    assert movement.playing
    assert movement.toggle.accessibleName() == "Pause"
    desk.qtbot.waitUntil(lambda: movement.position_ms > 0)
    press(desk, KEY.Key_Space)
    assert not movement.playing
    assert movement.toggle.accessibleName() == "Play"


def test_arrows_go_through_the_movement_by_hand(desk: Any, page: Any) -> None:
    movement = page.detail.movement
    movement.go_to(1_000)
    press(desk, KEY.Key_Right, KEY.Key_Right)
    assert movement.position_ms == 1_400
    press(desk, KEY.Key_Left)
    assert movement.position_ms == 1_200
    assert not movement.playing


def test_control_and_arrows_go_from_step_to_step(desk: Any, page: Any) -> None:
    movement, steps = page.detail.movement, page.detail.steps.body
    seen = [steps.lit]
    for _ in range(3):
        press(desk, KEY.Key_Right, control=True)
        seen.append(steps.lit)
        assert movement.stage.shot.start == movement.stage.shot.figure.steps[steps.lit]
    assert seen == [0, 1, 2, 3]
    press(desk, KEY.Key_Left, control=True)
    assert steps.lit == 2


def test_a_click_on_a_step_goes_to_its_pose(desk: Any, page: Any) -> None:
    body = page.detail.steps.body
    desk.qtbot.mouseClick(body, Qt.MouseButton.LeftButton, pos=body.rect_of(4).center())
    shot = page.detail.movement.stage.shot
    assert body.lit == 4
    assert shot.start == shot.figure.steps[4]


def test_the_slider_goes_anywhere_and_past_the_steps_none_is_lit(page: Any) -> None:
    movement = page.detail.movement
    assert movement.slider.accessibleName()
    movement.slider.setValue(movement.slider.maximum() - 3_000)
    assert page.detail.steps.body.lit is None
    assert movement.stage.shot is not None


def test_the_other_side_is_shown_from_the_same_moment(page: Any) -> None:
    page.list.choose("standing-hamstring-stretch")
    movement = page.detail.movement
    assert movement.sides.isVisible()
    movement.go_to(5_000)
    assert movement.stage.side == "Right leg"
    movement.sides.chosen.emit("left")
    assert (movement.stage.side, movement.position_ms) == ("Left leg", 5_000)
    assert "left" in " ".join(page.detail.steps.body.texts)
    page.list.choose("back-squat")
    assert not movement.sides.isVisible()
    assert movement.position_ms == 0


def test_a_movement_that_plays_goes_on_from_where_it_is_put(desk: Any, page: Any) -> None:
    movement = page.detail.movement
    movement.toggle_playing()
    movement.slider.setValue(8_000)
    desk.qtbot.waitUntil(lambda: movement.position_ms > 8_000)
    assert movement.position_ms < 12_000
    assert movement.playing


def test_the_end_of_a_movement_can_be_reached_and_played_again_from_there(desk: Any, page: Any) -> None:
    movement = page.detail.movement
    end_ms = movement.slider.maximum()
    movement.go_to(end_ms)
    assert movement.position_ms == end_ms
    movement.go_by(-200)
    movement.go_by(400)
    assert movement.position_ms == end_ms
    movement.toggle_playing()
    desk.qtbot.waitUntil(lambda: 0 < movement.position_ms < 4_000)


def test_it_does_not_play_where_nobody_sees_it(desk: Any, page: Any) -> None:
    movement = page.detail.movement
    movement.toggle_playing()
    assert movement.playing
    press(desk, KEY.Key_Escape)
    assert not movement.playing
    desk.frame.page_requested.emit("exercises")
    assert movement.playing


def test_it_does_not_play_in_a_window_that_is_covered(
    desk: Any, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    movement = page.detail.movement
    movement.toggle_playing()
    monkeypatch.setattr(look, "_is_exposed", lambda _handle: False)
    desk.qtbot.waitUntil(lambda: not movement.playing)
    monkeypatch.undo()
    QApplication.sendEvent(desk.frame.windowHandle(), QExposeEvent(QRegion(0, 0, 9, 9)))
    desk.qtbot.waitUntil(lambda: movement.playing)


@pytest.mark.parametrize(("motion", "plays"), [("full", True), ("reduced", False)])
def test_it_plays_of_itself_where_motion_is_wanted(make_desk: Any, motion: str, plays: Any) -> None:
    desk = make_desk()
    desk.store.change(motion=motion)
    desk.frame.page_requested.emit("exercises")
    desk.settle()
    assert desk.frame.stack.currentWidget().detail.movement.playing is plays


def test_an_own_version_of_an_exercise_takes_the_place_of_the_one_that_ships(desk: Any, page: Any) -> None:
    shown = page.detail.name.text
    known = desk.library
    ours = next(each for each in known.by_exercise_id.values() if each.name == shown)
    mine = replace(ours, name="A mine", steps=ours.steps[:2])
    desk.bridge._shelves.take(replace(known, by_exercise_id={**known.by_exercise_id, ours.id: mine}))
    desk.settle()
    assert page.detail.name.text == "A mine"
    assert len(page.detail.steps.body.texts) == 2
    assert page.detail.movement.stage.shot.stands


def test_it_rests_after_some_rounds(page: Any) -> None:
    movement = page.detail.movement
    movement.toggle_playing()
    movement._line.finished.emit()
    assert not movement.playing
    assert movement.position_ms == 0


def test_an_exercise_without_figure_has_steps_and_no_movement(make_desk: Any) -> None:
    known = Library.built_in()
    own = replace(known.exercise("pullup"), id="mine", name="Mine")
    page = opened(make_desk(library=replace(known, by_exercise_id={"mine": own})))
    movement = page.detail.movement
    assert page.detail.name.text == "Mine"
    assert movement.stage.shot.stands
    assert movement.stage.frame_ms is None
    assert not movement.toggle.isVisible()
    assert not movement.slider.isVisible()
    movement.toggle_playing()
    assert len(page.detail.steps.body.texts) == len(own.steps)
    assert not movement.playing


def test_the_steps_of_an_exercise_without_figure_are_gone_through_by_hand(make_desk: Any) -> None:
    known = Library.built_in()
    own = replace(known.exercise("pullup"), id="mine", name="Mine")
    page = opened(make_desk(library=replace(known, by_exercise_id={"mine": own})))
    movement = page.detail.movement
    movement.stage.grab()  # after the first time a drawing is painted as it was kept, with seven digits
    before = movement.stage.grab().toImage()
    movement.go_to_step(2)
    assert page.detail.steps.body.lit == 2
    assert movement.stage.grab().toImage() == before


def test_a_person_s_own_picture_is_in_the_place_of_a_figure(make_desk: Any) -> None:
    known = Library.built_in()
    own = replace(known.exercise("pullup"), id="mine", name="Mine", picture="mine.png")
    library = replace(known, by_exercise_id={"mine": own})
    desk = make_desk(library=library, picture_of=lambda _exercise: red_picture(80, 40))
    stage = opened(desk).detail.movement.stage
    desk.qtbot.waitUntil(lambda: red_area(stage.grab().toImage())[0] > 0)


def test_a_narrow_window_shows_the_list_or_the_exercise(make_desk: Any) -> None:
    desk = make_desk((480, 640))
    page = opened(desk)
    assert page.list.isVisible()
    assert not page.detail.isVisible()
    press(desk, KEY.Key_Return)
    assert page.detail.isVisible()
    assert not page.list.isVisible()
    press(desk, KEY.Key_Escape)
    assert page.list.isVisible()
    press(desk, KEY.Key_Escape)
    assert desk.frame.stack.currentWidget() is desk.frame.library


@pytest.mark.parametrize(
    "size",
    [(480, 360), (480, 640), (800, 600), (1280, 800), (2560, 1440), (1080, 1920)],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
def test_the_parts_lie_side_by_side_and_never_on_each_other(make_desk: Any, size: tuple[int, int]) -> None:
    desk = make_desk(size)
    page = opened(desk)
    page.list.opened.emit()
    settle()
    detail = page.detail
    parts: list[QWidget] = [detail.movement, detail.steps, detail.hints, detail.muscles]
    rects = [QRect(part.mapTo(detail.widget(), QPoint(0, 0)), part.size()) for part in parts]
    for number, rect in enumerate(rects):
        assert detail.widget().rect().contains(rect), (size, parts[number])
        assert not any(rect.intersects(other) for other in rects[number + 1 :]), (size, parts[number])
    assert detail.steps.verticalScrollBar().maximum() == 0
    assert detail.movement.stage.height() >= 180


def test_hostile_words_are_shown_plainly(make_desk: Any, hostile_library: Any, hostile: str) -> None:
    page = opened(make_desk(library=hostile_library))
    assert page.detail.name.text == hostile
    assert page.detail.movement.stage.shot.stands
    assert page.list.model().rowCount() == 1
