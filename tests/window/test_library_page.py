"""The library is found through, walked through and opened by keys alone."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from chain_timer.problems import Problem
from chain_timer.routine.library import Library
from chain_timer.window.setup_page import SetupPage


def current(desk: Any) -> str:
    return str(desk.frame.library.grid.currentIndex().data())


def press(desk: Any, *keys: Qt.Key) -> None:
    for key in keys:
        desk.qtbot.keyClick(desk.frame.focusWidget(), key)


def test_the_first_card_is_the_default_routine_and_has_the_keys(desk: Any) -> None:
    assert current(desk) == "Posterior chain stretch"
    assert desk.frame.focusWidget() is desk.frame.library.grid


def test_arrow_keys_go_in_two_dimensions(desk: Any) -> None:
    names = [routine.name for routine in desk.library.routines]
    press(desk, Qt.Key.Key_Right)
    assert current(desk) == names[1]
    press(desk, Qt.Key.Key_Down)
    assert current(desk) == names[4]
    press(desk, Qt.Key.Key_Left, Qt.Key.Key_Up)
    assert current(desk) == names[0]


def test_enter_opens_the_set_up_and_enter_again_starts(desk: Any) -> None:
    press(desk, Qt.Key.Key_Return)
    assert isinstance(desk.frame.stack.currentWidget(), SetupPage)
    press(desk, Qt.Key.Key_Return)
    assert desk.frame.stack.currentWidget() is desk.player


def test_letters_search_and_enter_opens_what_is_found(desk: Any) -> None:
    desk.qtbot.keyClicks(desk.frame.library.grid, "d")
    desk.qtbot.keyClicks(desk.frame.library.search, "esk br")
    assert desk.frame.library.search.text() == "desk br"
    assert current(desk) == "Desk break"
    press(desk, Qt.Key.Key_Return)
    assert desk.setup.name.text == "Desk break"


def test_a_search_looks_at_exercises_muscles_and_equipment(desk: Any) -> None:
    found = {}
    for words in ("pullup", "rhomboids", "kettlebell", "CHAIR glutes"):
        desk.frame.library.search.setText(words)
        model = desk.frame.library.grid.model()
        found[words] = {model.index(row, 0).data() for row in range(model.rowCount())}
    assert found["pullup"] == {"Posterior chain strength", "Whole posterior chain"}
    assert found["rhomboids"] == found["pullup"]
    assert "Swing and hinge" in found["kettlebell"]
    assert "Desk break" in found["CHAIR glutes"]


def test_nothing_found_is_said(desk: Any) -> None:
    desk.frame.library.search.setText("zzz")
    assert desk.frame.library.nothing.isVisible()
    assert not desk.frame.library.grid.isVisible()
    desk.frame.library.search.clear()
    assert desk.frame.library.grid.isVisible()


def test_down_leaves_the_search_for_the_cards(desk: Any) -> None:
    desk.frame.library.search.setFocus()
    press(desk, Qt.Key.Key_Down)
    assert desk.frame.focusWidget() is desk.frame.library.grid


def test_a_card_says_how_long_and_with_what(desk: Any) -> None:
    index = desk.frame.library.grid.currentIndex()
    text = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "Posterior chain stretch, 3 stretches · 5 min · chair, mat"


def test_problems_of_own_files_are_told_and_stop_nothing(make_desk: Any, qtbot: Any) -> None:
    problems = tuple(Problem(f"mine{i}.toml", "it is broken") for i in range(6))
    desk = make_desk(library=replace(Library.built_in(), problems=problems))
    desk.bridge.begin()
    qtbot.waitUntil(desk.frame.library.problems.isVisible)
    text = desk.frame.library.problems.details.text()
    assert "mine0.toml" in text
    assert "2 more" in text
    assert current(desk) == "Posterior chain stretch"


def test_the_safety_line_is_there(desk: Any) -> None:
    desk.bridge.begin()
    assert desk.frame.library.safety.text().startswith("Stop if it hurts")


def test_thousands_of_routines_cost_only_those_in_sight(make_desk: Any) -> None:
    known = Library.built_in()
    routine = known.routine("desk-break")
    many = {f"r{i}": replace(routine, id=f"r{i}", name=f"Routine {i}") for i in range(5_000)}
    desk = make_desk(library=replace(known, by_routine_id=many))
    asked: list[str] = []
    desk.frame.library.outline_requested.connect(asked.append)
    press(desk, Qt.Key.Key_End)
    desk.settle()
    assert desk.frame.library.grid.model().rowCount() == 5_000
    assert 0 < len(asked) < 60


def test_the_cards_use_the_width_there_is(make_desk: Any) -> None:
    columns = {}
    for width in (480, 900, 1280, 2560):
        desk = make_desk((width, 800))
        grid, model = desk.frame.library.grid, desk.frame.library.grid.model()
        tops = [grid.visualRect(model.index(row, 0)).top() for row in range(6)]
        columns[width] = tops.count(tops[0])
    assert columns[480] == 1
    assert columns[900] == 2
    assert columns[1280] == 3
    assert columns[2560] >= 4


def test_a_click_opens_a_card(desk: Any) -> None:
    grid = desk.frame.library.grid
    place = grid.visualRect(grid.model().index(1, 0)).center()
    desk.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.setup.name.text == desk.library.routines[1].name


def test_a_routine_that_was_asked_for_is_opened(make_desk: Any) -> None:
    routine = Library.built_in().routine("desk-break")
    desk = make_desk(open_on=routine)
    desk.bridge.begin()
    assert desk.setup.name.text == "Desk break"


def test_the_chosen_card_is_the_one_that_is_framed(desk: Any) -> None:
    def framed() -> list[int]:
        grid = desk.frame.library.grid
        picture = grid.viewport().grab().toImage()
        accent = "#3fcbb6"
        rows = range(grid.model().rowCount())
        lefts = [grid.visualRect(grid.model().index(row, 0)) for row in rows]
        return [
            row
            for row, r in enumerate(lefts)
            if picture.pixelColor(r.left() + 11, r.center().y()).name() == accent
        ]

    assert framed() == [0]
    press(desk, Qt.Key.Key_Right)
    desk.settle()
    assert framed() == [1]
