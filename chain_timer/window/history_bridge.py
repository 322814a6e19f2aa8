"""Between the history on disk and the page that shows it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.history.totals import year_of
from chain_timer.problems import plain
from chain_timer.routine.routine_reader import routine_from
from chain_timer.window.card_menu import Deed, show_menu
from chain_timer.window.history_page import MUSCLES, PROGRESS, SESSIONS
from chain_timer.window.history_parts import SessionsWanted
from chain_timer.window.history_reader import HistoryReader
from chain_timer.window.history_reading import Overview, read_overview, sums_of
from chain_timer.window.history_rows import PAGE
from chain_timer.window.history_words import when_text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QPoint

    from chain_timer.history.history import History
    from chain_timer.history.kept import Entry
    from chain_timer.problems import ChainTimerError, Problem
    from chain_timer.routine.names import Names
    from chain_timer.routine.routine import Routine
    from chain_timer.session.record import Feeling, SessionRecord
    from chain_timer.window.history_holds_bridge import MusclesBridge, ProgressBridge
    from chain_timer.window.history_page import HistoryPage
    from chain_timer.window.history_parts import HistoryParts

_OVERVIEW, _ROWS, _SUMS, _SESSION, _AGAIN = "overview", "rows", "sums", "session", "again"
_MOST_WAITING = 3
"""Pages of the list that are still read when others came in sight since."""
_PROBLEMS_SHOWN = 3
_LONGEST_TOLD = 300
_LONGEST_NAME = 32
"""A notice cannot break a longer word."""


class HistoryBridge(QObject):
    """Made when the history is first shown; nothing is read before :meth:`show`."""

    back_requested = Signal()
    """The routines are wanted."""
    again_requested = Signal(object)
    """A routine, as it was played."""
    routine_requested = Signal(str)
    """A routine of the library, by its id."""
    export_requested = Signal(object)
    """Which sessions: :class:`SessionsWanted`."""
    changed = Signal()
    """Something that is kept was changed here."""

    def __init__(self, page: HistoryPage, parts: HistoryParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self._parts = parts
        self._reader = HistoryReader(parts.open, self)
        self._overview: Overview | None = None
        self._routine_id = ""
        self._day: date | None = None
        self._year: int | None = None
        """None for the year that ends today."""
        self._shown_as: tuple[str, date | None] | None = None
        """The filter the list was last shown with."""
        self._waiting: list[int] = []
        self._is_reading_rows = False
        self._stale = True
        self._connect()

    @cached_property
    def _muscles(self) -> MusclesBridge:
        from chain_timer.window.history_holds_bridge import MusclesBridge  # noqa: PLC0415 - with its view

        view = self.page.muscles
        view.routine_requested.connect(self.routine_requested)
        return MusclesBridge(view, self._reader, self._parts, self)

    @cached_property
    def _progress(self) -> ProgressBridge:
        from chain_timer.window.history_holds_bridge import ProgressBridge  # noqa: PLC0415 - with its view

        made = ProgressBridge(self.page.progress, self._reader, self._parts, self)
        made.changed.connect(self.changed)
        return made

    # --- from outside --------------------------------------------------------------------------------

    def show(self) -> None:
        """The page is being shown: read what may have changed since."""
        today = self._parts.now().day
        if self._stale or self._overview is None or self._overview.today != today:
            self._read()

    def refresh(self) -> None:
        """Take that a session was kept, or changed, or that sessions came from elsewhere."""
        self._stale = True
        if self.page.isVisible():
            self._read()

    def close(self) -> None:
        """The window goes: keep a note that is being written, and wait until everything is on disk."""
        self.page.detail.keep_note()
        self._reader.close()

    # --- reading -------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._stale = False
        self._forget_views()
        self._read_overview()
        self._show_view(self.page.view)

    def _forget_views(self) -> None:
        """Have the views that were made read anew when they are looked at."""
        for name in ("_muscles", "_progress"):
            if name in self.__dict__:
                getattr(self, name).forget()

    def _read_overview(self) -> None:
        today, goal = self._parts.now().day, self._parts.goal()
        routine_id = self._routine_id
        self._reader.ask(
            _OVERVIEW,
            lambda history: read_overview(history, routine_id, today, goal),
            self._take_overview,
            self._fail_to_read,
        )

    def _take_overview(self, overview: Overview) -> None:
        self._overview = overview
        if self._routine_id and not overview.shown_days and overview.days:
            self._choose_routine("")  # the last session of it is gone
            return
        view = self.page.sessions
        view.totals.show_totals(overview.sums)
        view.show_routines(overview.routines, self._routine_id)
        self._show_year()
        self._show_rows()
        self.page.show_whether_any(any_sessions=bool(overview.days))

    def _show_year(self) -> None:
        overview = self._overview
        if overview is None:
            return
        years = (None, *overview.years)
        if self._year not in years:
            self._year = None
        place = years.index(self._year)
        heat = year_of(overview.shown_days, overview.today, self._year)
        self.page.sessions.show_year(
            heat, overview.today, self._year, earlier=place + 1 < len(years), later=place > 0
        )

    def _show_rows(self) -> None:
        """Show how many sessions there are; their facts are read when they come in sight."""
        overview, view = self._overview, self.page.sessions
        if overview is None:
            return
        self._reader.drop(_ROWS)
        self._waiting.clear()
        self._is_reading_rows = False
        shown_as, row = (self._routine_id, self._day), view.list.currentIndex().row()
        again = shown_as == self._shown_as
        self._shown_as = shown_as
        view.show_day(self._day, overview.total_of(self._day) if self._day else None)
        view.show_count(overview.count(self._day), overview.today, again=again)
        if again and row >= 0:
            view.list.choose(row)

    def _want_rows(self, page: int) -> None:
        self._waiting.append(page)
        self._read_rows()

    def _read_rows(self) -> None:
        """Read the page that was looked at last; those that were only scrolled past are not read."""
        if self._is_reading_rows or not self._waiting:
            return
        page = self._waiting.pop()
        passed, self._waiting = self._waiting[:-_MOST_WAITING], self._waiting[-_MOST_WAITING:]
        self.page.sessions.list.entries.forget_asked(passed)
        self._is_reading_rows = True
        routine_id, day = self._routine_id, self._day

        def read(history: History) -> tuple[Entry, ...]:
            return history.entries(page * PAGE, PAGE, routine_id=routine_id, day=day)

        def take(entries: tuple[Entry, ...]) -> None:
            self._is_reading_rows = False
            self.page.sessions.list.entries.show_page(page, entries)
            self._read_rows()

        self._reader.ask(_ROWS, read, take, self._fail_to_read_rows)

    def _fail_to_read_rows(self, error: ChainTimerError) -> None:
        self._is_reading_rows = False
        self._waiting.clear()
        self._fail_to_read(error)

    def _fail_to_read(self, error: ChainTimerError) -> None:
        self._stale = True
        self.page.show_failed()
        self.page.notice.show_notice(str(error), [(self.tr("Try again"), self._read)])

    def _tell_problems(self, problems: tuple[Problem, ...]) -> None:
        told = [plain(str(problem), _LONGEST_TOLD) for problem in problems[:_PROBLEMS_SHOWN]]
        more = len(problems) - len(told)
        if more:
            told.append(self.tr("… and {count} more.").format(count=more))
        self.page.notice.show_notice("\n".join(told))

    # --- choosing ------------------------------------------------------------------------------------

    def _choose_routine(self, routine_id: str) -> None:
        self._routine_id, self._day = routine_id, None
        self._read_overview()

    def _choose_day(self, day: date | None) -> None:
        self._day = day
        self._show_rows()

    def _step_year(self, way: int) -> None:
        if self._overview is None:
            return
        years = (None, *self._overview.years)
        place = years.index(self._year) + way
        if 0 <= place < len(years):
            self._year = years[place]
            self._show_year()

    def _choose_goal(self, goal: int) -> None:
        self._parts.set_goal(goal)
        overview = self._overview
        if overview is not None:
            days, today = overview.days, overview.today
            totals = self.page.sessions.totals
            self._reader.ask(_SUMS, lambda _history: sums_of(days, today, goal), totals.show_totals)

    def _show_view(self, view: str) -> None:
        if view == MUSCLES:
            self._muscles.show()
        elif view == PROGRESS:
            self._progress.show()

    # --- one session ---------------------------------------------------------------------------------

    def _open(self, session_id: str) -> None:
        self._reader.ask(_SESSION, lambda history: history.record(session_id), self._take_session)

    def _take_session(self, record: SessionRecord | None) -> None:
        if record is None:
            self.page.notice.show_notice(self.tr("This session is not in the history any more."))
            self.refresh()
        else:
            self.page.show_session(record, self._parts.now().day)

    def _keep_feeling(self, session_id: str, feeling: Feeling | None, note: str) -> None:
        changed_ms = self._parts.now().ms

        def take(_none: None) -> None:
            self.page.sessions.list.entries.change(
                session_id, lambda entry: replace(entry, feeling=feeling, note=note)
            )
            self._forget_views()
            self.changed.emit()

        self._reader.change(lambda history: history.feel(session_id, feeling, note, changed_ms), take)

    def _again(self, session_id: str) -> None:
        names = self._parts.names
        self._reader.ask(
            _AGAIN,
            lambda history: _routine_of(history.record(session_id), names),
            self._take_again,
            self._fail_to_play,
        )

    def _take_again(self, routine: Routine | None) -> None:
        if routine is None:
            self.page.notice.show_notice(self.tr("The routine of this session was not kept."))
        else:
            self.again_requested.emit(routine)

    def _fail_to_play(self, error: ChainTimerError) -> None:
        text = self.tr("The routine of this session cannot be read: {why}")
        self.page.notice.show_notice(text.format(why=plain(str(error), _LONGEST_TOLD)))

    def _remove(self, session_id: str) -> None:
        self.page.leave_session()
        self._reader.change(lambda history: history.remove(session_id), self._take_removed)

    def _take_removed(self, record: SessionRecord | None) -> None:
        if record is not None:
            when = when_text(record.started, self._parts.now().day)
            text = self.tr("“{name}” of {when} is deleted.")
            told = text.format(name=plain(record.routine_name, _LONGEST_NAME), when=when)
            self.page.notice.show_notice(told, [(self.tr("Undo"), partial(self._bring_back, record))])
        self._take_change()

    def _bring_back(self, record: SessionRecord) -> None:
        self._reader.change(lambda history: history.add(record), lambda _none: self._take_change())

    def _take_change(self) -> None:
        self.refresh()
        self.changed.emit()

    def _export(self, session_id: str = "") -> None:
        if session_id:
            wanted = SessionsWanted(ids=(session_id,))
        elif self.page.view == SESSIONS:
            wanted = SessionsWanted(routine_id=self._routine_id, day=self._day)
        else:
            wanted = SessionsWanted()
        self.export_requested.emit(wanted)

    def _show_menu(self, session_id: str, place: QPoint) -> None:
        deeds = [
            Deed(self.tr("Open"), partial(self._open, session_id), self.tr("Enter")),
            Deed(self.tr("Do it again"), partial(self._again, session_id)),
            Deed(self.tr("Export…"), partial(self._export, session_id)),
            Deed(self.tr("Delete"), partial(self._remove, session_id), self.tr("Del"), apart=True),
        ]
        show_menu(deeds, self.page, place)

    # --- put together --------------------------------------------------------------------------------

    def _connect(self) -> None:
        page, view, detail = self.page, self.page.sessions, self.page.detail
        self._reader.failed.connect(page.notice.show_notice)
        self._reader.found_problems.connect(self._tell_problems)
        page.back_requested.connect(self.back_requested)
        page.routines_requested.connect(self.back_requested)
        page.export_requested.connect(self._export)
        page.view_chosen.connect(self._show_view)
        page.day_chosen.connect(self._choose_day)
        view.filter.chosen.connect(self._choose_routine)
        view.year_step_requested.connect(self._step_year)
        view.totals.goal_chosen.connect(self._choose_goal)
        view.list.entries.page_wanted.connect(self._want_rows)
        view.list.opened.connect(self._open)
        view.list.delete_requested.connect(self._remove)
        view.list.menu_requested.connect(self._show_menu)
        detail.feel_requested.connect(self._keep_feeling)
        detail.again_requested.connect(lambda record: self._again(record.id))
        detail.export_requested.connect(self._export)
        detail.delete_requested.connect(self._remove)


def _routine_of(record: SessionRecord | None, names: Names) -> Routine | None:
    if record is None or not record.content:
        return None
    return routine_from(record.content, record.routine_id, {}, names)
