"""The library is found through, walked through and opened by keys alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from chain_timer.problems import Problem
from chain_timer.routine.library import Library
from chain_timer.window.library_watch import LibraryWatch
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


# --- a person's own files, and changes to them beneath ---------------------------------------------------


def own_desk(make_desk: Any, folder: Path, **more: Any) -> Any:
    """A desk with the own files of a folder, as the program itself has them read."""
    built_in = Library.built_in()
    desk = make_desk(library=built_in)
    desk.bridge._parts = replace(
        desk.bridge._parts, read_library=lambda pace: built_in.with_own(folder, pace=pace), **more
    )
    desk.bridge._shelves._parts = desk.bridge._parts
    desk.bridge.begin()
    return desk


def write(folder: Path, name: str, text: str = 'exercises = ["pullup"]') -> Path:
    path = folder / "routines" / f"{name.lower().replace(' ', '-')}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'name = "{name}"\n{text}\n', encoding="utf-8")
    return path


def names(desk: Any) -> list[str]:
    model = desk.frame.library.grid.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_own_routines_are_listed_and_opened_from_their_files(make_desk: Any, tmp_path: Path) -> None:
    write(tmp_path, "Mine")
    desk = own_desk(make_desk, tmp_path)
    desk.qtbot.waitUntil(lambda: "Mine" in names(desk))
    desk.frame.library.routine_opened.emit("mine")
    assert desk.setup.name.text == "Mine"


def test_an_own_card_says_how_long_once_its_file_was_read(make_desk: Any, tmp_path: Path) -> None:
    write(tmp_path, "A plan")
    desk = own_desk(make_desk, tmp_path)
    desk.qtbot.waitUntil(lambda: "A plan" in names(desk))
    index = desk.frame.library.grid.model().index(names(desk).index("A plan"), 0)
    desk.qtbot.waitUntil(lambda: " min" in index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_routine_that_this_program_wrote_is_known_at_once_and_listed_soon(
    make_desk: Any, tmp_path: Path
) -> None:
    desk = own_desk(make_desk, tmp_path)
    desk.qtbot.waitUntil(lambda: desk.bridge._library.own is not None)
    desk.bridge.library_changed(write(tmp_path, "New one"))
    assert desk.bridge._library.routine("new-one").name == "New one"
    desk.qtbot.waitUntil(lambda: "New one" in names(desk))


def test_many_files_that_came_are_listed_when_that_is_said(make_desk: Any, tmp_path: Path) -> None:
    desk = own_desk(make_desk, tmp_path)
    desk.qtbot.waitUntil(lambda: desk.bridge._library.own is not None)
    write(tmp_path, "One")
    write(tmp_path, "Two")
    desk.bridge.library_changed()
    desk.qtbot.waitUntil(lambda: {"One", "Two"} <= set(names(desk)))


def test_the_chosen_card_and_what_is_in_sight_stay_when_the_list_changes(
    make_desk: Any, tmp_path: Path
) -> None:
    for number in range(60):
        write(tmp_path, f"Plan {number:02}")
    desk = own_desk(make_desk, tmp_path)
    desk.qtbot.waitUntil(lambda: "Plan 59" in names(desk))
    grid = desk.frame.library.grid
    grid.choose("plan-40")
    desk.settle()
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() + 200)
    before = grid.visualRect(grid.currentIndex()).top()
    assert grid.verticalScrollBar().value() > 0
    for number in range(6):
        write(tmp_path, f"Aaa {number}")
    desk.bridge.library_changed()
    desk.qtbot.waitUntil(lambda: "Aaa 5" in names(desk))
    desk.settle()
    assert current(desk) == "Plan 40"
    assert grid.visualRect(grid.currentIndex()).top() == before


def test_the_exercise_in_sight_stays_when_exercises_come(make_desk: Any) -> None:
    known = Library.built_in()
    pullup = known.exercise("pullup")

    def library(count: int, first: str = "Move") -> Library:
        more = {f"m{i}": replace(pullup, id=f"m{i}", name=f"{first} {i:03}") for i in range(count)}
        others = {} if first == "Move" else library(80).by_exercise_id
        own = {f"{first}{key}": replace(each, id=f"{first}{key}") for key, each in more.items()}
        return replace(known, by_exercise_id={**others, **own})

    desk = make_desk(library=library(80))
    desk.frame.page_requested.emit("exercises")
    desk.settle()
    picker = desk.frame.stack.currentWidget().list
    picker.choose("Movem40")
    picker.verticalScrollBar().setValue(picker.verticalScrollBar().value() + 150)
    before = picker.visualRect(picker.currentIndex()).top()
    desk.bridge._shelves.take(library(7, "Aaa"))
    desk.settle()
    assert picker.currentIndex().data() == "Move 040"
    assert picker.visualRect(picker.currentIndex()).top() == before


def test_a_routine_whose_file_went_is_not_opened_and_leaves_the_list(make_desk: Any, tmp_path: Path) -> None:
    path = write(tmp_path, "Zzz mine")
    desk = own_desk(make_desk, tmp_path)
    desk.qtbot.waitUntil(lambda: "Zzz mine" in names(desk))
    desk.bridge._library.by_routine_id._kept.clear()
    path.unlink()
    desk.frame.library.routine_opened.emit("zzz-mine")
    assert desk.frame.stack.currentWidget() is desk.frame.library
    desk.qtbot.waitUntil(lambda: "Zzz mine" not in names(desk))


def test_a_routine_that_changed_has_its_length_told_anew(make_desk: Any, tmp_path: Path) -> None:
    write(tmp_path, "A plan", 'exercises = [{ exercise = "pullup", sets = 1 }]')
    desk = own_desk(make_desk, tmp_path)
    desk.qtbot.waitUntil(lambda: "A plan" in names(desk))

    def spoken() -> str:
        index = desk.frame.library.grid.model().index(names(desk).index("A plan"), 0)
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    desk.qtbot.waitUntil(lambda: " min" in spoken())
    before = spoken()
    write(tmp_path, "A plan", 'exercises = [{ exercise = "pullup", sets = 20 }]')
    desk.bridge.library_changed()
    desk.qtbot.waitUntil(lambda: " min" in spoken() and spoken() != before)


def test_a_long_reading_shows_what_there_is_and_how_far_it_is(make_desk: Any, tmp_path: Path) -> None:
    for number in range(230):
        write(tmp_path, f"Plan {number}")
    told: list[str] = []
    counts: list[int] = []
    built_in = Library.built_in()
    desk = make_desk(library=built_in)
    page = desk.frame.library
    show = page.show_reading

    def hear(text: str) -> None:
        show(text)
        told.append(text)
        counts.append(page.grid.model().rowCount())

    page.show_reading = hear
    desk.bridge._shelves._parts = replace(
        desk.bridge._parts, read_library=lambda pace: built_in.with_own(tmp_path, pace=pace)
    )
    desk.bridge._shelves.begin()
    desk.qtbot.waitUntil(lambda: page.grid.model().rowCount() == 236 and page.reading.isHidden())
    assert told == [
        "Reading your routines… 0 of 230",
        "Reading your routines… 100 of 230",
        "Reading your routines… 200 of 230",
        "",
    ]
    assert counts[0] == 6


def test_nothing_is_read_while_a_session_runs_and_all_of_it_after(make_desk: Any, tmp_path: Path) -> None:
    desk = own_desk(make_desk, tmp_path)
    desk.qtbot.waitUntil(lambda: desk.bridge._library.own is not None)
    desk.start()
    write(tmp_path, "Meanwhile")
    desk.bridge.library_changed()
    desk.settle()
    assert desk.bridge._shelves._keeper._due
    desk.session.ended.emit()
    desk.qtbot.waitUntil(lambda: "Meanwhile" in names(desk))


def test_a_folder_that_changes_is_noticed_also_one_that_comes_later(qtbot: Any, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "routines"
    watch = LibraryWatch((folder,))
    assert watch.watched == (str(tmp_path),)
    with qtbot.waitSignal(watch.changed):
        write(tmp_path / "data", "Mine")
    qtbot.waitUntil(lambda: watch.watched == (str(folder),))
    with qtbot.waitSignal(watch.changed):
        write(tmp_path / "data", "Two")
    watch.close()


def test_a_burst_of_changes_is_told_once(qtbot: Any, tmp_path: Path) -> None:
    watch = LibraryWatch((tmp_path,))
    told: list[None] = []
    watch.changed.connect(lambda: told.append(None))
    for _ in range(50):
        watch._hear(str(tmp_path))
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert not watch._latest.isActive()
    watch.close()


def test_coming_back_to_the_window_is_a_reason_to_look(qtbot: Any, tmp_path: Path) -> None:
    watch = LibraryWatch((tmp_path,))
    with qtbot.waitSignal(watch.changed):
        watch._hear_state(Qt.ApplicationState.ApplicationActive)
    assert not watch._quiet.isActive()
    watch.close()


def test_what_goes_on_around_a_folder_that_is_not_there_is_no_reason_to_look(
    qtbot: Any, tmp_path: Path
) -> None:
    watch = LibraryWatch((tmp_path / "none",))
    watch._hear(str(tmp_path))
    qtbot.wait(1)
    assert not watch._quiet.isActive()
    watch.close()


def test_letters_typed_one_by_one_find_what_all_of_them_find(desk: Any) -> None:
    search = desk.frame.library.search
    for text in ("c", "ch", "cha", "chair", "chair g", "chair gl", "chair", "air", "kettle", ""):
        search.setText(text)
        found = set(names(desk))
        model = desk.frame.library.grid.model()
        words = text.split()
        assert found == {card.name for card in model._all if all(word in card.findable for word in words)}


@pytest.mark.slow
def test_a_letter_of_a_search_among_thousands_asks_python_for_few_rows(make_desk: Any) -> None:
    known = Library.built_in()
    routine = known.routine("desk-break")
    many = {f"r{i}": replace(routine, id=f"r{i}", name=f"Routine {i}") for i in range(5_000)}
    desk = make_desk(library=replace(known, by_routine_id=many))
    model = desk.frame.library.grid.model()
    asked = 0
    real = model.item

    def counted(index: Any) -> Any:
        nonlocal asked
        asked += 1
        return real(index)

    model.item = counted
    desk.frame.library.search.setText("rou")
    desk.settle()
    assert model.rowCount() == 5_000
    assert asked < 500
