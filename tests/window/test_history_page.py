"""What was done is found again, looked at in full and told of: by keys, in every size, as plain text."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from helpers.fitting import cut_off
from helpers.past_history import entry_of
from helpers.past_sessions import LIBRARY, NOW, broken_off, session
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from chain_timer.history.totals import year_of
from chain_timer.session.record import LONGEST_NOTE, Feeling, Outcome, Part, PastExercise
from chain_timer.timeline.kinds import Kind
from chain_timer.window.frame import Frame
from chain_timer.window.history_page import HistoryPage
from chain_timer.window.history_rows import PAGE, EntryModel, facts_text
from chain_timer.window.history_totals import TotalFacts
from chain_timer.window.history_words import day_text, length_text, minutes_text, when_text
from chain_timer.window.look import Look
from chain_timer.window.navigation import Navigation
from chain_timer.window.past_strip import PastStrip
from chain_timer.window.session_parts import part_rows

KEY = Qt.Key
TODAY = NOW.day
DONE = session(1, "posterior-chain-stretch", NOW.local)
MARKUP = "<b>x</b>"
SIZES = ((480, 304), (480, 584), (1072, 800), (2352, 1440))
"""What is left of a window beside or below the navigation."""


def settle() -> None:
    for _ in range(10):
        QApplication.processEvents()


@pytest.fixture
def page(qtbot: Any, look: Look) -> HistoryPage:
    made = HistoryPage(LIBRARY.names)
    qtbot.addWidget(made)
    made.resize(1072, 800)
    look.dress(made)
    made.show()
    made.activateWindow()
    return made


def fill(page: HistoryPage, *records: Any) -> None:
    """Show these sessions, newest first."""
    entries = [entry_of(record) for record in records]
    page.sessions.totals.show_totals(TotalFacts(0, 0, 0, 3, 0, 0, 0, len(records)))
    page.sessions.show_year(year_of((), TODAY), TODAY, None, earlier=True, later=False)
    page.sessions.show_count(len(entries), TODAY, again=False)
    page.sessions.list.entries.show_page(0, entries)
    page.show_whether_any(any_sessions=bool(entries))
    settle()


# --- the list ----------------------------------------------------------------------------------------


def test_only_the_pages_that_are_looked_at_are_asked_for() -> None:
    model = EntryModel()
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    model.show_count(5_000, TODAY)
    assert model.rowCount() == 5_000
    assert asked == []
    for row in (0, 1, PAGE - 1, 4_999):
        assert model.index(row).data() == "Reading…"
    assert asked == [0, 4_999 // PAGE]


def test_a_list_of_50_000_is_there_without_one_of_them_read_that_is_not_in_sight(page: HistoryPage) -> None:
    asked: list[int] = []
    page.sessions.list.entries.page_wanted.connect(asked.append)
    page.show_whether_any(any_sessions=True)
    page.sessions.show_count(50_000, TODAY, again=False)
    settle()
    assert set(asked) <= {0}
    bar = page.sessions.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    assert set(asked) == {0, 49_999 // PAGE} or set(asked) == {49_999 // PAGE}


def test_what_is_stale_stays_in_sight_and_is_asked_for_again() -> None:
    model = EntryModel()
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    model.show_count(1, TODAY)
    model.entry(0)
    model.show_page(0, [entry_of(DONE)])
    model.look_again(1, TODAY)
    assert model.entry(0) == entry_of(DONE)
    assert asked == [0, 0]


def test_a_page_that_is_short_says_where_the_list_ends() -> None:
    model = EntryModel()
    model.show_count(3, TODAY)
    model.show_page(0, [entry_of(DONE)])
    assert model.rowCount() == 1


def test_a_row_says_all_of_its_session_to_a_screen_reader() -> None:
    model = EntryModel()
    model.show_count(1, TODAY)
    record = replace(broken_off(DONE), feeling=Feeling.HARD, note="Left knee.", routine_name=MARKUP)
    model.show_page(0, [entry_of(record)])
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(f"Today, 20:30, {MARKUP}, ")
    assert said.endswith("Broken off · Felt hard · Left knee.")


def test_keys_go_through_the_list_open_delete_and_ask_for_the_menu(page: HistoryPage, qtbot: Any) -> None:
    before = replace(DONE, id="2" * 32)
    fill(page, DONE, before)
    sessions = page.sessions.list
    opened, gone, menus = [], [], []
    sessions.opened.connect(opened.append)
    sessions.delete_requested.connect(gone.append)
    sessions.menu_requested.connect(lambda session_id, _place: menus.append(session_id))
    page.setFocus()
    assert QApplication.focusWidget() is sessions
    qtbot.keyClick(sessions, KEY.Key_Return)
    qtbot.keyClick(sessions, KEY.Key_Down)
    qtbot.keyClick(sessions, KEY.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(sessions, KEY.Key_Delete)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(sessions.viewport(), event)
    assert (opened, gone, menus) == ([DONE.id, before.id], [before.id], [before.id])


def test_page_down_goes_by_what_is_in_sight_and_end_to_the_oldest(page: HistoryPage, qtbot: Any) -> None:
    page.show_whether_any(any_sessions=True)
    page.sessions.show_count(1_000, TODAY, again=False)
    settle()
    sessions = page.sessions.list
    sessions.setFocus()
    sessions.choose(0)
    qtbot.keyClick(sessions, KEY.Key_PageDown)
    assert 0 < sessions.currentIndex().row() < 20
    qtbot.keyClick(sessions, KEY.Key_End)
    settle()
    assert sessions.currentIndex().row() == 999
    row = sessions.visualRect(sessions.currentIndex())
    assert sessions.visibleRegion().contains(row)


def test_tab_comes_to_the_row_that_is_chosen_and_not_to_the_middle_of_the_list(
    page: HistoryPage, qtbot: Any
) -> None:
    page.resize(480, 584)
    page.show_whether_any(any_sessions=True)
    page.sessions.show_count(1_000, TODAY, again=False)
    settle()
    page.picker.setFocus()
    sessions = page.sessions.list
    for _ in range(20):
        if QApplication.focusWidget() is not sessions:
            qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
    settle()
    assert QApplication.focusWidget() is sessions
    assert sessions.visibleRegion().contains(sessions.visualRect(sessions.entries.index(0)))
    assert page.sessions.verticalScrollBar().value() < 1_500


@pytest.mark.parametrize("row", [0, 30])
def test_the_list_stays_where_it_was_while_a_session_is_looked_at(page: HistoryPage, row: int) -> None:
    page.resize(2352, 1440)
    fill(page, *(replace(DONE, id=f"{number:032x}") for number in range(49)))
    page.setFocus()
    page.sessions.list.choose(row)
    settle()
    place = page.sessions.verticalScrollBar().value()
    page.show_session(DONE, TODAY)
    settle()
    page.leave_session()
    settle()
    assert (place > 0) is (row > 0)
    assert page.sessions.verticalScrollBar().value() == place
    assert QApplication.focusWidget() is page.sessions.list


def test_the_menu_of_the_mouse_is_that_of_the_row_beneath(page: HistoryPage) -> None:
    before = replace(DONE, id="2" * 32)
    fill(page, DONE, before)
    menus: list[str] = []
    sessions = page.sessions.list
    sessions.menu_requested.connect(lambda session_id, _place: menus.append(session_id))
    place = sessions.visualRect(sessions.entries.index(1)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place)
    QApplication.sendEvent(sessions.viewport(), event)
    assert menus == [before.id]


# --- one session -------------------------------------------------------------------------------------


def test_a_session_shows_what_was_planned_and_what_was_done() -> None:
    exercise = PastExercise("a", MARKUP, side_noun="leg")
    work = Part(Kind.HOLD, 45_000, 45_000, Outcome.DONE, exercise_id="a")
    parts = (
        replace(work, kind=Kind.REST, reps=8, reps_done=8),
        replace(work, side=next(iter(part.side for part in DONE.parts if part.side))),
        replace(work, actual_ms=31_000, outcome=Outcome.SKIPPED, set_number=2, sets=3),
        replace(work, outcome=Outcome.REPEATED, paused_ms=65_000, round_number=2, rounds=2),
        replace(work, kind=Kind.REPS, reps=8, reps_done=5, outcome=Outcome.BROKEN_OFF, actual_ms=20_000),
        replace(work, exercise_id="nobody knows"),
    )
    record = replace(DONE, parts=parts, exercises=(exercise,))
    rows = [tuple(row) for row in part_rows(record, only_work=True)]
    assert rows == [
        (MARKUP, "right leg", "0:45", "Done"),
        (MARKUP, "set 2 of 3", "0:31 of 0:45", "Skipped"),
        (MARKUP, "round 2 of 2", "0:45", "Repeated, paused 1:05"),
        (MARKUP, "", "5 of 8 reps, 0:20", "Broken off"),
        ("Hold", "", "0:45", "Done"),
    ]
    everything = part_rows(record, only_work=False)
    assert len(everything) == len(parts)
    assert tuple(everything[0]) == ("Rest", "", "0:45", "Done")


def test_escape_goes_from_a_session_to_the_list_from_there_to_the_routines(
    page: HistoryPage, qtbot: Any
) -> None:
    fill(page, DONE)
    left: list[str] = []
    page.session_left.connect(lambda: left.append("session"))
    page.day_chosen.connect(lambda day: left.append(f"day {day}"))
    page.back_requested.connect(lambda: left.append("page"))
    page.show_session(DONE, TODAY)
    assert page.stack.currentWidget() is page.detail
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert page.stack.currentWidget() is page.sessions
    page.sessions.show_day(TODAY, None)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    page.sessions.show_day(None, None)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert left == ["session", "day None", "page"]


def test_one_tap_tells_how_it_felt_another_one_changes_it_and_the_same_takes_it_back(
    page: HistoryPage, qtbot: Any
) -> None:
    told: list[object] = []
    page.detail.feel_requested.connect(lambda _id, feeling, _note: told.append(feeling))
    fill(page, DONE)
    page.show_session(replace(DONE, feeling=None), TODAY)
    buttons = page.detail.feeling.buttons
    buttons[Feeling.HARD].click()
    buttons[Feeling.GOOD].click()
    assert not buttons[Feeling.HARD].isChecked()
    qtbot.keyClick(buttons[Feeling.GOOD], KEY.Key_Space)
    assert told == [Feeling.HARD, Feeling.GOOD, None]


@pytest.mark.parametrize("way", ["focus", "escape", "other session"])
def test_a_note_is_kept_however_it_is_left_and_once(page: HistoryPage, qtbot: Any, way: str) -> None:
    told: list[tuple[str, str]] = []
    page.detail.feel_requested.connect(lambda session_id, _feeling, note: told.append((session_id, note)))
    fill(page, DONE)
    page.show_session(DONE, TODAY)
    page.detail.note.setFocus()
    qtbot.keyClicks(page.detail.note, "Better.")
    if way == "focus":
        qtbot.keyClick(page.detail.note, KEY.Key_Tab)
        assert len(told) == 1
    elif way == "escape":
        qtbot.keyClick(page.detail.note, KEY.Key_Escape)
    else:
        page.show_session(replace(DONE, id="2" * 32), TODAY)
    page.detail.keep_note()
    assert told == [(DONE.id, "Better.")]


def test_a_note_that_was_not_changed_is_not_kept_again(page: HistoryPage) -> None:
    told: list[object] = []
    page.detail.feel_requested.connect(lambda *asked: told.append(asked))
    page.show_session(replace(DONE, note="As it was."), TODAY)
    page.leave_session()
    assert told == []


def test_a_note_is_no_longer_than_can_be_kept(page: HistoryPage) -> None:
    page.show_session(DONE, TODAY)
    page.detail.note.setPlainText("🧘" * (LONGEST_NOTE + 7))
    assert page.detail.note.toPlainText() == "🧘" * LONGEST_NOTE
    assert page.detail.bound.text() == "0 more characters"


def test_the_buttons_ask_for_the_session_that_is_shown(page: HistoryPage) -> None:
    told: list[object] = []
    detail = page.detail
    detail.again_requested.connect(told.append)
    detail.export_requested.connect(told.append)
    detail.delete_requested.connect(told.append)
    page.show_session(DONE, TODAY)
    for button in (detail.again, detail.export, detail.delete):
        button.click()
    assert told == [DONE, DONE.id, DONE.id]
    page.show_session(replace(DONE, content=""), TODAY)
    assert not detail.again.isEnabled()


def test_the_clock_that_was_set_back_makes_no_session_that_cannot_be_shown(page: HistoryPage) -> None:
    fill(page, DONE)
    page.show_session(replace(DONE, ended_ms=DONE.started.ms, parts=()), TODAY)
    settle()
    assert page.detail.when.text() == "Today, Wednesday 18 March 2026, 20:30 to 20:30"
    assert page.detail.nothing.isVisible()


# --- the page ----------------------------------------------------------------------------------------


def test_nothing_is_said_before_anything_is_known_and_then_what_will_be_here(
    page: HistoryPage, qtbot: Any
) -> None:
    assert not page.empty.isVisible()
    page.setFocus()
    page.show_whether_any(any_sessions=False)
    assert page.empty.isVisible()
    assert not page.picker.isVisible()
    with qtbot.waitSignal(page.routines_requested):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)


def test_the_three_views_are_chosen_by_keys(page: HistoryPage, qtbot: Any) -> None:
    fill(page, DONE)
    page.picker.setFocus()
    chosen: list[str] = []
    page.view_chosen.connect(chosen.append)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Right)
    assert page.stack.currentWidget() is page.muscles
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Right)
    assert page.stack.currentWidget() is page.progress
    assert chosen == ["muscles", "progress"]


def test_everything_that_takes_keys_has_a_name(page: HistoryPage) -> None:
    fill(page, DONE)
    page.show_session(DONE, TODAY)
    nameless = []
    for widget in page.findChildren(QWidget):
        takes_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        elsewhere = widget.window() is not page
        if takes_keys and not named and not elsewhere:
            nameless.append(widget)
    assert [type(widget).__name__ + widget.objectName() for widget in nameless] == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ["Posterior chain stretch", MARKUP, "Donaudampfschiff" * 40])
def test_everything_has_the_room_it_needs(page: HistoryPage, size: tuple[int, int], name: str) -> None:
    page.resize(*size)
    record = replace(DONE, routine_name=name, note=name[:LONGEST_NOTE])
    page.show_whether_any(any_sessions=False)
    settle()
    assert cut_off(page) == []
    fill(page, record, broken_off(record))
    page.sessions.show_day(TODAY, None)
    page.notice.show_notice(f"“{name[:32]}” of Today, 20:30 is deleted.", [("Undo", page.update)])
    settle()
    assert cut_off(page) == []
    for view in ("muscles", "progress", "sessions"):
        page.show_view(view)
        settle()
        assert cut_off(page) == [], view
    page.show_session(record, TODAY)
    settle()
    assert cut_off(page) == []
    assert page.size().toTuple() == size


def test_no_name_is_taken_for_more_than_text(page: HistoryPage) -> None:
    record = replace(DONE, routine_name=MARKUP, note=MARKUP)
    fill(page, record)
    page.show_session(record, TODAY)
    assert page.detail.name.text == MARKUP
    labels = page.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert page.detail.note.toPlainText() == MARKUP


def test_a_day_that_is_chosen_is_brought_in_sight(page: HistoryPage) -> None:
    page.resize(480, 584)
    fill(page, DONE)
    assert page.sessions.day.visibleRegion().isEmpty()
    page.sessions.show_day(TODAY, None)
    settle()
    assert page.sessions.day.title.text() == "Wednesday 18 March 2026"
    assert not page.sessions.day.visibleRegion().isEmpty()


def test_a_view_that_is_made_late_is_in_the_theme_of_the_others(page: HistoryPage, look: Look) -> None:
    look.choose("light")
    look.dress(page)
    page.show_view("progress")
    assert page.progress.chart._theme.name == "light"
    look.choose("dark")


def test_the_list_is_painted_in_both_themes(page: HistoryPage, look: Look) -> None:
    fill(page, DONE, broken_off(DONE))
    pictures = []
    for theme in ("dark", "light"):
        look.choose(theme)
        look.dress(page)
        pictures.append(page.sessions.list.grab().toImage())
    assert pictures[0] != pictures[1]


def test_what_is_left_of_a_broken_off_session_is_a_thin_rail(qtbot: Any) -> None:
    strip = PastStrip()
    qtbot.addWidget(strip)
    strip.resize(400, strip.height())
    strip.show_blocks([(Kind.HOLD, 30_000)], 60_000)
    picture = strip.grab().toImage()
    ground = picture.pixel(399, 0)
    above = [picture.pixel(x, 4) != ground for x in (100, 300)]
    below = [picture.pixel(x, strip.height() - 3) != ground for x in (100, 300)]
    assert (above, below) == ([True, False], [True, True])


def test_a_streak_is_told_in_weeks_and_before_the_first_of_them_in_days(page: HistoryPage) -> None:
    totals = page.sessions.totals
    facts = TotalFacts(0, 0, 1, 3, 1, 0, 60_000, 1)
    totals.show_totals(facts)
    assert (totals.streak.sum.text(), totals.streak.line.text()) == ("1 day", "in a row")
    totals.show_totals(replace(facts, streak_weeks=2, streak_days=3))
    assert totals.streak.accessibleName() == "Streak, 2 weeks, with the goal reached, 3 days in a row"


# --- words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (0, "Today"),
        (1, "Yesterday"),
        (2, "Monday"),
        (6, "Thursday"),
        (7, "Wed 11 March"),
        (90, "Thu 18 December 2025"),
        (-1, "Thu 19 March"),
    ],
)
def test_days_are_told_the_way_a_person_would(ago: int, text: str) -> None:
    assert day_text(TODAY - timedelta(days=ago), TODAY) == text


def test_the_day_is_that_of_the_place_where_it_began() -> None:
    assert when_text(replace(NOW, offset_min=600), TODAY) == "Thu 19 March, 05:30"


def test_lengths_are_as_exact_as_a_sum_needs() -> None:
    sums = [minutes_text(ms) for ms in (0, 900, 59_000, 90_000, 3_599_999, 5_400_000, 400_000_000)]
    assert sums == ["0 min", "1 s", "59 s", "2 min", "1 h", "1 h 30 min", "111 h"]
    assert [length_text(60_000, 60_400), length_text(60_000, 0), length_text(31_000, 45_000)] == [
        "1:00",
        "1:00",
        "0:31 of 0:45",
    ]


def test_a_finished_session_says_nothing_of_its_end() -> None:
    assert facts_text(entry_of(replace(DONE, feeling=None))) == length_text(DONE.played_ms, DONE.planned_ms)


# --- the navigation ----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [480, 620, 859])
def test_four_entries_have_room_in_a_narrow_window(qtbot: Any, look: Look, width: int) -> None:
    frame = Frame()
    qtbot.addWidget(frame)
    look.dress(frame)
    frame.resize(width, 640)
    frame.show()
    settle()
    entries = list(frame.navigation._entries.values())
    assert [entry.text() for entry in entries] == ["Routines", "Exercises", "History", "Settings"]
    assert all(entry.width() >= entry.sizeHint().width() for entry in entries)
    assert all(one.geometry().right() < two.geometry().left() for one, two in pairwise(entries))
    assert frame.navigation.rect().contains(entries[-1].geometry())
    assert frame.width() == width


def test_the_history_is_asked_for_by_its_entry(qtbot: Any) -> None:
    navigation = Navigation()
    qtbot.addWidget(navigation)
    with qtbot.waitSignal(navigation.page_requested) as asked:
        navigation._entries["history"].click()
    assert asked.args == ["history"]
