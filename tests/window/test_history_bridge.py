"""The page shows what is kept, asks for no more than is looked at, and never shows a late answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from helpers.past_history import PastHistory
from helpers.past_sessions import LIBRARY, NOW, broken_off, session, sessions, timeline_of
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chain_timer.history.errors import HistoryError
from chain_timer.history.history import open_history
from chain_timer.problems import Problem
from chain_timer.routine.routine import Routine
from chain_timer.session.clock import Moment
from chain_timer.session.record import Feeling, SessionRecord
from chain_timer.timeline.options import Options
from chain_timer.window.history_bridge import HistoryBridge
from chain_timer.window.history_holds import Subject
from chain_timer.window.history_page import HistoryPage
from chain_timer.window.history_parts import HistoryParts, SessionsWanted
from chain_timer.window.history_progress import PlanWish
from chain_timer.window.history_rows import PAGE
from chain_timer.window.look import Look

STRETCH, STRENGTH = "posterior-chain-stretch", "posterior-chain-strength"
NEWEST = session(1, STRETCH, NOW.local)
BEFORE = session(2, STRENGTH, NOW.local - timedelta(days=1))
FIRST = session(3, STRETCH, NOW.local - timedelta(days=3))


@dataclass
class Desk:
    """The page, its bridge, and a history in memory behind it."""

    qtbot: QtBot
    page: HistoryPage
    bridge: HistoryBridge
    history: PastHistory
    told: list[object] = field(default_factory=list)

    def show(self) -> None:
        self.bridge.show()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is asked any more."""
        done: list[None] = []
        self.bridge._reader._disk.do(lambda: None, done.append)
        self.qtbot.waitUntil(lambda: bool(done))
        before = -1
        while before != len(self.history.asked):
            before = len(self.history.asked)
            for _ in range(5):
                QApplication.processEvents()
            done.clear()
            self.bridge._reader._disk.do(lambda: None, done.append)
            self.qtbot.waitUntil(lambda: bool(done))

    @property
    def shown(self) -> list[str]:
        """The sessions of the list by their ids, as far as they were read."""
        entries = self.page.sessions.list.entries
        found = (entries.entry(row) for row in range(min(9, entries.rowCount())))
        return [entry.id if entry else "?" for entry in found]

    @property
    def notice(self) -> str:
        return self.page.notice.text.text() if self.page.notice.isVisible() else ""


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(qtbot: QtBot, look: Look) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(*records: SessionRecord, opening: Any = None, now: Moment = NOW) -> Desk:
        history, goals = PastHistory(records), [3]
        page = HistoryPage(LIBRARY.names)
        qtbot.addWidget(page)

        def set_goal(goal: int) -> None:
            goals[:] = [goal]

        def duration_ms(routine: Routine, _options: Options) -> int:
            return timeline_of(routine.id).duration_ms

        parts = HistoryParts(
            open=opening or (lambda: (history, ())),  # type: ignore[arg-type, return-value]
            now=lambda: now,
            library=lambda: LIBRARY,
            names=LIBRARY.names,
            goal=lambda: goals[0],
            set_goal=set_goal,
            options_for=lambda _routine: Options(),
            duration_ms=duration_ms,
        )
        desk = Desk(qtbot, page, HistoryBridge(page, parts), history)
        for signal in ("again", "routine", "export"):
            getattr(desk.bridge, f"{signal}_requested").connect(desk.told.append)
        made.append(desk)
        page.resize(1072, 800)
        look.dress(page)
        page.show()
        return desk

    yield make
    for desk in made:
        desk.history.may_answer.set()
        desk.bridge.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    made = make_desk(FIRST, BEFORE, NEWEST)
    made.show()
    return made


# --- what is read ------------------------------------------------------------------------------------


def test_nothing_is_opened_before_the_page_is_shown(make_desk: MakeDesk) -> None:
    opened: list[None] = []

    def opening() -> Any:
        opened.append(None)
        return PastHistory(), ()

    desk = make_desk(opening=opening)
    assert opened == []
    desk.show()
    desk.bridge.refresh()
    desk.settle()
    assert opened == [None]


def test_sessions_are_there_newest_first_with_their_sums(desk: Desk) -> None:
    assert desk.shown == [NEWEST.id, BEFORE.id, FIRST.id]
    totals = desk.page.sessions.totals
    assert totals.whole.line.text() == "3 sessions"
    assert totals.week.line.text() == "2 of 3 days"


def test_an_empty_history_says_what_will_be_here(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show()
    assert desk.page.empty.isVisible()
    left: list[bool] = []
    desk.bridge.back_requested.connect(lambda: left.append(True))
    desk.page.empty.button.click()
    assert left == [True]


def test_of_5_000_sessions_only_those_in_sight_are_read(make_desk: MakeDesk) -> None:
    records = [
        replace(NEWEST, id=f"{number:032x}", started=Moment(NOW.ms - number * 60_000, 60))
        for number in range(5_000)
    ]
    desk = make_desk(*records)
    desk.show()
    assert desk.page.sessions.list.entries.rowCount() == 5_000
    assert desk.history.count("entries") <= 2
    bar = desk.page.sessions.verticalScrollBar()
    for share in range(1, 101):
        bar.setValue(bar.maximum() * share // 100)
    desk.settle()
    assert desk.history.count("entries") <= 8
    last = desk.page.sessions.list.entries.entry(4_999)
    assert last is not None
    assert last.id == records[-1].id
    pages = [about for what, about in desk.history.asked if what == "entries"]
    assert all(isinstance(about, tuple) and about[1] == PAGE for about in pages)


def test_the_page_that_came_in_sight_last_is_read_first(make_desk: MakeDesk) -> None:
    records = [replace(NEWEST, id=f"{n:032x}", started=Moment(NOW.ms - n * 60_000, 60)) for n in range(900)]
    desk = make_desk(*records)
    desk.show()
    desk.history.asked.clear()
    desk.history.may_answer.clear()
    entries = desk.page.sessions.list.entries
    for page in range(3, 12):
        entries.entry(page * PAGE)
    desk.history.may_answer.set()
    desk.settle()
    read = [about[0] // PAGE for what, about in desk.history.asked if what == "entries"]  # type: ignore[index]
    assert read == [3, 11, 10, 9, 8]


def test_a_late_answer_for_another_filter_is_dropped(desk: Desk) -> None:
    desk.history.may_answer.clear()
    desk.page.sessions.filter.chosen.emit(STRETCH)
    desk.page.sessions.filter.chosen.emit(STRENGTH)
    desk.history.may_answer.set()
    desk.settle()
    assert desk.shown == [BEFORE.id]
    assert ("entries", (0, PAGE, STRETCH, None)) not in desk.history.asked


def test_rows_read_for_a_day_do_not_come_into_the_list_of_all(desk: Desk) -> None:
    desk.history.may_answer.clear()
    desk.page.sessions.map.day_requested.emit(FIRST.started.day)
    desk.page.sessions.list.entries.entry(0)
    desk.page.day_chosen.emit(None)
    desk.history.may_answer.set()
    desk.settle()
    assert desk.shown == [NEWEST.id, BEFORE.id, FIRST.id]


def test_what_was_kept_meanwhile_is_there_after_a_refresh_and_the_chosen_one_stays(desk: Desk) -> None:
    desk.history.kept[FIRST.id] = replace(FIRST, note="Told elsewhere.")
    desk.page.sessions.list.choose(1)
    desk.bridge.refresh()
    desk.settle()
    desk.page.sessions.list.grab()
    desk.settle()
    entry = desk.page.sessions.list.entries.entry(2)
    assert entry is not None
    assert entry.note == "Told elsewhere."
    assert desk.page.sessions.list.currentIndex().row() == 1


def test_a_page_that_is_not_shown_is_read_when_it_is(desk: Desk) -> None:
    desk.page.hide()
    desk.history.asked.clear()
    desk.bridge.refresh()
    desk.settle()
    assert desk.history.asked == []
    desk.page.show()
    desk.show()
    assert desk.history.count("days") == 1
    desk.show()
    assert desk.history.count("days") == 1


# --- choosing ----------------------------------------------------------------------------------------


def test_a_day_shows_its_own_sessions_and_escape_goes_back_to_all(desk: Desk) -> None:
    desk.page.sessions.map.day_requested.emit(BEFORE.started.day)
    desk.settle()
    assert desk.shown == [BEFORE.id]
    assert desk.page.sessions.day.title.text() == "Tuesday 17 March 2026"
    assert desk.page.sessions.day.line.text().startswith("1 session · ")
    desk.page.sessions.day.all_days.click()
    desk.settle()
    assert len(desk.shown) == 3
    assert not desk.page.sessions.day.isVisible()


def test_a_day_without_sessions_is_a_day_of_rest(desk: Desk) -> None:
    desk.page.sessions.map.day_requested.emit(NOW.day - timedelta(days=2))
    desk.settle()
    assert desk.page.sessions.day.line.text() == "A day of rest"
    assert desk.page.sessions.nothing.isVisible()
    assert not desk.page.sessions.list.isVisible()


def test_one_routine_is_shown_alone_and_the_goal_still_counts_all(desk: Desk) -> None:
    desk.page.sessions.filter.setCurrentIndex(1)
    desk.page.sessions.filter.activated.emit(1)
    desk.settle()
    assert desk.shown == [NEWEST.id, FIRST.id]
    assert desk.page.sessions.totals.week.line.text() == "2 of 3 days"


def test_years_are_gone_through_back_and_forth(make_desk: MakeDesk) -> None:
    old = session(4, STRETCH, NOW.local.replace(year=2024))
    desk = make_desk(NEWEST, old)
    desk.show()
    view = desk.page.sessions
    shown = [view.year.text()]
    while view.earlier.isEnabled():
        view.earlier.click()
        shown.append(view.year.text())
    assert shown == ["The last 12 months", "2026", "2024"]
    view.later.click()
    assert view.year.text() == "2026"


def test_another_goal_is_kept_and_counted_with_at_once(desk: Desk) -> None:
    desk.page.sessions.totals.goal.less.click()
    desk.settle()
    assert desk.page.sessions.totals.week.line.text() == "2 of 2 days"
    assert desk.page.sessions.totals.week.more.text() == "goal reached"


# --- one session -------------------------------------------------------------------------------------


def test_a_session_is_opened_told_of_and_the_list_knows(desk: Desk) -> None:
    desk.page.sessions.list.opened.emit(BEFORE.id)
    desk.settle()
    assert desk.page.detail.session_id == BEFORE.id
    desk.page.detail.feeling.buttons[Feeling.PAINFUL].click()
    desk.page.detail.note.setPlainText("Stop earlier.")
    desk.page.leave_session()
    desk.settle()
    kept = desk.history.kept[BEFORE.id]
    assert (kept.feeling, kept.note, kept.changed_ms) == (Feeling.PAINFUL, "Stop earlier.", NOW.ms)
    entry = desk.page.sessions.list.entries.entry(1)
    assert entry is not None
    assert (entry.feeling, entry.note) == (Feeling.PAINFUL, "Stop earlier.")


def test_a_note_is_kept_when_the_window_closes(make_desk: MakeDesk) -> None:
    desk = make_desk(NEWEST)
    desk.show()
    desk.page.sessions.list.opened.emit(NEWEST.id)
    desk.settle()
    desk.page.detail.note.setPlainText("Half a sen")
    desk.bridge.close()
    assert desk.history.kept[NEWEST.id].note == "Half a sen"
    assert desk.history.is_closed


def test_one_that_is_gone_by_now_is_told(desk: Desk) -> None:
    del desk.history.kept[BEFORE.id]
    desk.page.sessions.list.opened.emit(BEFORE.id)
    desk.settle()
    assert "not in the history any more" in desk.notice
    assert desk.shown == [NEWEST.id, FIRST.id]


def test_what_is_deleted_comes_back_by_undo(desk: Desk) -> None:
    changes: list[bool] = []
    desk.bridge.changed.connect(lambda: changes.append(True))
    desk.page.sessions.list.choose(1)
    desk.page.sessions.list.delete_requested.emit(BEFORE.id)
    desk.settle()
    assert desk.shown == [NEWEST.id, FIRST.id]
    assert desk.page.sessions.list.currentIndex().row() == 1
    assert desk.notice == "“Posterior chain strength” of Yesterday, 20:30 is deleted."
    desk.page.notice.buttons[0].click()
    desk.settle()
    assert desk.shown == [NEWEST.id, BEFORE.id, FIRST.id]
    assert changes == [True, True]


def test_deleting_the_one_that_is_shown_goes_back_to_the_list(desk: Desk) -> None:
    desk.page.sessions.list.opened.emit(BEFORE.id)
    desk.settle()
    desk.page.detail.delete.click()
    desk.settle()
    assert desk.page.stack.currentWidget() is desk.page.sessions
    assert BEFORE.id not in desk.shown


def test_the_last_session_of_a_routine_leaves_the_list_of_all(desk: Desk) -> None:
    desk.page.sessions.filter.chosen.emit(STRENGTH)
    desk.settle()
    desk.page.sessions.list.delete_requested.emit(BEFORE.id)
    desk.settle()
    assert desk.shown == [NEWEST.id, FIRST.id]


def test_a_routine_is_done_again_as_it_was_played(desk: Desk) -> None:
    desk.page.sessions.list.opened.emit(NEWEST.id)
    desk.settle()
    desk.page.detail.again.click()
    desk.settle()
    [routine] = desk.told
    assert isinstance(routine, Routine)
    assert routine.id == STRETCH
    assert routine.exercises == LIBRARY.routine(STRETCH).exercises


def test_a_routine_that_cannot_be_read_is_told(make_desk: MakeDesk) -> None:
    desk = make_desk(replace(NEWEST, content='name = "<b>x</b>"\n[[circuit]]\nrounds = 0'))
    desk.show()
    desk.bridge._again(NEWEST.id)
    desk.settle()
    assert desk.told == []
    assert desk.notice.startswith("The routine of this session cannot be read: ")


def test_what_is_shown_is_what_is_exported(desk: Desk) -> None:
    desk.page.export.click()
    desk.page.sessions.map.day_requested.emit(BEFORE.started.day)
    desk.settle()
    desk.page.export.click()
    desk.page.sessions.list.opened.emit(BEFORE.id)
    desk.settle()
    desk.page.detail.export.click()
    assert desk.told == [
        SessionsWanted(),
        SessionsWanted(day=BEFORE.started.day),
        SessionsWanted(ids=(BEFORE.id,)),
    ]


# --- muscles and progress ----------------------------------------------------------------------------


def test_muscles_are_read_when_they_are_looked_at_and_for_the_span_that_is_chosen(desk: Desk) -> None:
    assert desk.history.count("works") == 0
    desk.page._choose_view("muscles")
    desk.settle()
    desk.page.muscles.span.chosen.emit("28")
    desk.settle()
    spans = [about for what, about in desk.history.asked if what == "works"]
    assert spans == [
        (NOW.day - timedelta(days=6), NOW.day),
        (NOW.day - timedelta(days=27), NOW.day),
    ]


def test_the_routine_that_fills_the_gap_is_opened(desk: Desk) -> None:
    desk.page._choose_view("muscles")
    desk.settle()
    assert desk.page.muscles.gap.isVisible()
    desk.page.muscles.gap.button.click()
    assert len(desk.told) == 1
    assert desk.told[0] in LIBRARY.by_routine_id


def test_a_plan_is_begun_followed_and_ended(desk: Desk) -> None:
    desk.page._choose_view("progress")
    desk.settle()
    panel = desk.page.progress.plan
    assert (panel.first.ms, panel.last.ms, panel.weeks.number) == (30_000, 60_000, 6)
    panel.begin.click()
    desk.settle()
    [plan] = desk.history.all_plans.values()
    assert (plan.from_ms, plan.to_ms, plan.weeks, plan.begun) == (30_000, 60_000, 6, NOW.day)
    assert bool(plan.exercise_id) != bool(plan.routine_id)
    assert panel.title.text() == "From 30s to 1m in 6 weeks"
    assert "Week 1 of 6" in panel.sentence.text()
    panel.end.click()
    desk.settle()
    assert panel.begin.isVisible()
    assert not panel.end.isVisible()


def test_a_plan_for_shorter_holds_cannot_be_begun(desk: Desk) -> None:
    desk.page._choose_view("progress")
    desk.settle()
    panel = desk.page.progress.plan
    panel.last.slider.setValue(panel.last.slider.minimum())
    assert not panel.begin.isEnabled()
    assert panel.refusal.text() == "Choose a last hold that is longer than the first."
    panel.last.slider.setValue(panel.last.slider.maximum())
    assert panel.begin.isEnabled()


def test_another_exercise_or_a_whole_routine_is_chosen(desk: Desk) -> None:
    desk.page._choose_view("progress")
    desk.settle()
    box = desk.page.progress.box
    texts = [box.itemText(row) for row in range(box.count())]
    assert "Posterior chain stretch (whole routine)" in texts
    row = texts.index("Posterior chain stretch (whole routine)")
    box.setCurrentIndex(row)
    box.activated.emit(row)
    desk.settle()
    asked = [about for what, about in desk.history.asked if what == "holds"]
    assert asked[-1] == ("", STRETCH, None)
    assert box.currentIndex() == row


def test_a_plan_goes_to_what_was_chosen_when_it_was_begun(desk: Desk) -> None:
    subject = Subject("Posterior chain stretch", routine_id=STRETCH)
    desk.page._choose_view("progress")
    desk.settle()
    desk.page.progress.plan_requested.emit(PlanWish(subject, 30_000, 45_000, 2))
    desk.settle()
    [plan] = desk.history.all_plans.values()
    assert (plan.routine_id, plan.exercise_id, plan.name) == (STRETCH, "", "Posterior chain stretch")


# --- trouble -----------------------------------------------------------------------------------------


def test_what_was_wrong_with_the_history_is_told_once(make_desk: MakeDesk) -> None:
    history = PastHistory([NEWEST])
    problems = (Problem("history.db", "it was damaged", "the copy of yesterday is used"),)
    desk = make_desk(opening=lambda: (history, problems))
    desk.show()
    desk.settle()
    assert desk.notice == "history.db: it was damaged; the copy of yesterday is used"
    desk.page.notice.close_button.click()
    desk.bridge.refresh()
    desk.settle()
    assert desk.notice == ""


def test_a_history_that_cannot_be_opened_is_told_and_tried_again(make_desk: MakeDesk) -> None:
    history, tries = PastHistory([NEWEST]), []

    def opening() -> Any:
        tries.append(True)
        if len(tries) == 1:
            raise HistoryError("The history cannot be opened: the disk is not there; put it in")
        return history, ()

    desk = make_desk(opening=opening)
    desk.show()
    assert desk.notice == "The history cannot be opened: the disk is not there; put it in"
    assert desk.page.reading.text() == "The history cannot be read now."
    desk.page.notice.buttons[0].click()
    desk.settle()
    assert desk.shown == [NEWEST.id]


def test_what_cannot_be_kept_is_told_and_nothing_is_lost_from_sight(desk: Desk) -> None:
    desk.history.refusal = "Not kept: the disk is full"
    desk.page.sessions.list.delete_requested.emit(BEFORE.id)
    desk.settle()
    assert desk.notice == "Not kept: the disk is full"
    desk.history.refusal = ""
    assert desk.shown == [NEWEST.id, BEFORE.id, FIRST.id]


@pytest.mark.parametrize(("view", "asked"), [("muscles", "works"), ("progress", "holds")])
def test_a_view_that_could_not_be_read_is_read_when_it_is_looked_at_again(
    desk: Desk, view: str, asked: str
) -> None:
    desk.history.refusal = "Not read: the disk is gone"
    desk.page._choose_view(view)
    desk.settle()
    assert desk.notice == "Not read: the disk is gone"
    desk.history.refusal = ""
    desk.history.asked.clear()
    desk.page._choose_view("sessions")
    desk.page._choose_view(view)
    desk.settle()
    assert desk.history.count(asked) == 1


def test_the_window_closes_while_a_question_waits(make_desk: MakeDesk) -> None:
    desk = make_desk(NEWEST)
    desk.history.may_answer.clear()
    desk.bridge.show()
    desk.history.may_answer.set()
    desk.bridge.close()
    assert desk.history.is_closed


def test_it_is_all_so_with_the_history_on_disk(make_desk: MakeDesk, tmp_path: Path) -> None:
    history, _ = open_history(tmp_path, lambda: NOW)
    for record in (*sessions(12), broken_off(session(99, STRETCH, NOW.local))):
        history.add(record)
    history.close()
    desk = make_desk(opening=lambda: open_history(tmp_path, lambda: NOW))
    desk.show()
    assert desk.page.sessions.list.entries.rowCount() == 13
    assert desk.shown[0] == f"{99:032x}"
    desk.page._choose_view("muscles")
    desk.page._choose_view("progress")
    desk.settle()
    assert "Well served" in desk.page.muscles.summary.text() or "Missing" in desk.page.muscles.summary.text()
    desk.page.progress.plan.begin.click()
    desk.settle()
    assert "Week 1 of 6" in desk.page.progress.plan.sentence.text()
    desk.page.progress.plan.end.click()
    desk.settle()
    assert desk.page.progress.plan.begin.isVisible()
