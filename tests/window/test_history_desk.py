"""The history in the window, from the end of a session to a file of it."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.kept_session import BEGUN_MS, KeptSession, kept_in, settle

from chain_timer.exchange.history_out import history_format
from chain_timer.history.history import Opener
from chain_timer.history.keeper import Keeper
from chain_timer.session.clock import Moment
from chain_timer.window.history_page import HistoryPage
from chain_timer.window.history_parts import HistoryParts, SessionsWanted
from chain_timer.window.setup_page import SetupPage

OpenWindow = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def open_window(make_desk: Callable[..., Any], folder: Path) -> Iterator[OpenWindow]:
    keepers: list[Keeper] = []

    def now() -> Moment:
        return Moment(BEGUN_MS)

    def make(sessions: int = 0) -> Any:
        opener = Opener(folder, now)
        keeper = Keeper(folder, now, opener=opener)
        keepers.append(keeper)
        for number in range(sessions):
            kept = KeptSession(keeper)
            kept.wall_ms -= number * 86_400_000
            kept.finish()
        settle(keeper)
        desk = make_desk(keeper=keeper)
        bridge = desk.bridge
        bridge._parts = replace(
            bridge._parts,
            history=lambda library: HistoryParts(
                open=opener,
                now=now,
                library=library,
                names=desk.library.names,
                goal=lambda: desk.store.settings.weekly_goal,
                set_goal=lambda goal: desk.store.change(weekly_goal=goal),
                options_for=bridge._parts.options_for,
                duration_ms=lambda routine, options: bridge._parts.compile(routine, options).duration_ms,
            ),
        )
        bridge.begin()
        settle(keeper)
        desk.settle()
        return desk

    yield make
    for keeper in keepers:
        keeper.close()


def show(desk: Any) -> HistoryPage:
    desk.frame.page_requested.emit("history")
    desk.settle()
    page = desk.frame.stack.currentWidget()
    assert isinstance(page, HistoryPage)
    desk.qtbot.waitUntil(lambda: page._has_sessions is not None)
    desk.settle()
    return page


def rows(page: HistoryPage) -> int:
    return page.sessions.list.entries.rowCount()


def notice(page: HistoryPage) -> str:
    return page.notice.text.text() if page.notice.isVisible() else ""


def test_without_a_session_the_page_says_what_will_be_there(open_window: OpenWindow) -> None:
    page = show(open_window())
    assert page.stack.currentWidget() is page.empty
    page.empty.button.click()


def test_a_session_that_ends_is_on_the_page(open_window: OpenWindow) -> None:
    desk = open_window(2)
    page = show(desk)
    assert rows(page) == 2
    player = desk.start("desk-break")
    desk.advance(desk.conductor.timeline.duration_ms)
    player.left.emit()
    settle(desk.keeper)
    page = show(desk)
    desk.qtbot.waitUntil(lambda: rows(page) == 3)


def test_a_session_is_done_again_as_it_was(open_window: OpenWindow) -> None:
    desk = open_window(1)
    page = show(desk)
    desk.bridge._past._bridge._again(kept_in_window(desk)[0])
    desk.qtbot.waitUntil(lambda: isinstance(desk.frame.stack.currentWidget(), SetupPage))
    assert desk.setup.name.text == "Desk break"
    assert page is not desk.setup


def kept_in_window(desk: Any) -> list[str]:
    history, _ = desk.bridge._past._parts.open()
    try:
        return [entry.id for entry in history.entries(0, 100)]
    finally:
        history.close()


def test_what_fills_a_gap_is_opened(open_window: OpenWindow) -> None:
    desk = open_window(1)
    show(desk)
    desk.bridge._past._bridge.routine_requested.emit("hamstrings-and-calves")
    assert desk.setup.name.text == "Hamstrings and calves"
    desk.bridge._past._bridge.routine_requested.emit("gone")
    assert desk.setup.name.text == "Hamstrings and calves"


def give_out(desk: Any, path: Path, form: str, wanted: SessionsWanted) -> HistoryPage:
    page = show(desk)
    giving = desk.bridge._past._giving
    giving.ask_path = lambda _suggested, _forms: (path, history_format(form))
    giving.give_out(wanted)
    desk.qtbot.waitUntil(lambda: not giving._turn.is_busy)
    desk.settle()
    return page


def test_all_sessions_are_saved_as_a_table(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    page = give_out(open_window(3), path, "csv", SessionsWanted())
    assert notice(page).startswith(f"history.csv is saved in {tmp_path}: 3 sessions.\n")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len({row["session"] for row in csv.DictReader(file)}) == 3


def test_one_session_is_saved_as_an_activity(open_window: OpenWindow, tmp_path: Path) -> None:
    desk = open_window(2)
    show(desk)
    path = tmp_path / "one.fit"
    page = give_out(desk, path, "fit", SessionsWanted(ids=(kept_in_window(desk)[0],)))
    assert "1 session" in notice(page)
    assert path.read_bytes()[8:12] == b".FIT"


def test_a_folder_that_refuses_is_told_with_what_can_be_done(open_window: OpenWindow, tmp_path: Path) -> None:
    (tmp_path / "history.csv").mkdir()
    page = give_out(open_window(1), tmp_path / "history.csv", "csv", SessionsWanted())
    assert "is not saved" in notice(page)
    assert [button.text() for button in page.notice.buttons] == ["Try again", "Save elsewhere…"]


def test_a_folder_that_is_gone_is_told_and_not_made(open_window: OpenWindow, tmp_path: Path) -> None:
    page = give_out(open_window(1), tmp_path / "stick" / "history.csv", "csv", SessionsWanted())
    assert notice(page).startswith(f"There is no folder {tmp_path / 'stick'}")
    assert not (tmp_path / "stick").exists()


def test_an_ending_is_added_and_nothing_replaced_unasked(open_window: OpenWindow, tmp_path: Path) -> None:
    there = tmp_path / "all.csv"
    there.write_text("of the person")
    page = give_out(open_window(1), tmp_path / "all", "csv", SessionsWanted())
    assert notice(page) == '"all.csv" is there already.'
    assert [button.text() for button in page.notice.buttons] == ["Replace it", "Another name…"]
    assert there.read_text() == "of the person"


def test_what_was_asked_about_is_replaced(open_window: OpenWindow, tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text("of the person")
    desk = open_window(1)
    page = give_out(desk, tmp_path / "all", "csv", SessionsWanted())
    page.notice.buttons[0].click()
    desk.qtbot.waitUntil(lambda: not desk.bridge._past._giving._turn.is_busy)
    assert notice(page).startswith(f"all.csv is saved in {tmp_path}: 1 session.")


def test_a_mistake_of_ours_is_told_and_the_next_export_works(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_window(1)
    with monkeypatch.context() as patch:
        patch.setattr("chain_timer.window.history_giving.write_history", lambda *_: 1 / 0)
        page = give_out(desk, tmp_path / "all.csv", "csv", SessionsWanted())
    assert notice(page).startswith("This broke off by a mistake of this program.")
    page = give_out(desk, tmp_path / "all.csv", "csv", SessionsWanted())
    assert notice(page).startswith(f"all.csv is saved in {tmp_path}")


def test_a_canceled_export_leaves_no_file(open_window: OpenWindow, tmp_path: Path) -> None:
    desk = open_window(3)
    page = show(desk)
    giving = desk.bridge._past._giving
    giving.ask_path = lambda _suggested, _forms: (tmp_path / "all.csv", history_format("csv"))
    giving.give_out(SessionsWanted())
    page.underway.cancel_requested.emit()
    desk.qtbot.waitUntil(lambda: not giving._turn.is_busy)
    desk.settle()
    assert notice(page) == "Canceled: nothing was saved."
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.parametrize(
    "case",
    [
        ("all.tcx", "CSV table (*.csv)", ("all.tcx", "tcx")),
        ("all", "TCX activities (*.tcx)", ("all", "tcx")),
        ("all.of it", "JSON (*.json)", ("all.of it", "json")),
        ("all.JSON", "CSV table (*.csv)", ("all.JSON", "json")),
    ],
)
def test_the_name_says_what_kind_of_file_it_is(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Any
) -> None:
    name, kind, found = case
    desk = open_window(1)
    show(desk)
    forms = [history_format(each) for each in ("csv", "json", "tcx")]
    monkeypatch.setattr(
        "chain_timer.window.history_giving.QFileDialog.getSaveFileName",
        lambda *_: (str(tmp_path / name), kind),
    )
    path, form = desk.bridge._past._giving.ask_path(tmp_path / "history.csv", forms)
    assert (path.name, form.id) == found


def test_a_history_that_is_damaged_is_told_on_the_page_once(open_window: OpenWindow, folder: Path) -> None:
    open_window(1).frame.close()
    (folder / "history.db").write_bytes(b"garbage" * 1_000)
    for side in folder.glob("history.db-*"):
        side.unlink()
    desk = open_window()
    desk.bridge._past.resuming._keeper.make_ready()
    settle(desk.keeper)
    desk.settle()
    assert "could not be used" in desk.frame.library.notice.text.text()
    page = show(desk)
    assert notice(page) == ""


def test_the_goal_is_kept_as_a_setting(open_window: OpenWindow) -> None:
    desk = open_window(1)
    page = show(desk)
    page.sessions.totals.goal_chosen.emit(4)
    assert desk.store.settings.weekly_goal == 4


def test_closing_while_a_file_is_written_leaves_none(open_window: OpenWindow, tmp_path: Path) -> None:
    desk = open_window(3)
    show(desk)
    giving = desk.bridge._past._giving
    giving.ask_path = lambda _suggested, _forms: (tmp_path / "all.json", history_format("json"))
    giving.give_out(SessionsWanted())
    desk.frame.close()
    left = list(tmp_path.glob("*.json"))
    assert left == [] or left[0].read_text().endswith("}\n")


def test_a_window_that_keeps_no_history_stays_where_it_is(desk: Any) -> None:
    desk.bridge.begin()
    shown = desk.frame.stack.currentWidget()
    desk.frame.page_requested.emit("history")
    assert desk.frame.stack.currentWidget() is shown


def test_kept_sessions_are_whole(open_window: OpenWindow, folder: Path) -> None:
    open_window(2).frame.close()
    assert [len(kept.parts) > 5 for kept in kept_in(folder)] == [True, True]
