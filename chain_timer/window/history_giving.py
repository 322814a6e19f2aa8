"""Sessions given out as a file: asked where to and as what, written aside, told how it went."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from chain_timer.exchange.history_out import HISTORY_FORMATS, HistoryFormat, write_history
from chain_timer.exchange.saved_file import saved_file
from chain_timer.problems import plain
from chain_timer.routine.toml_file import source_text
from chain_timer.window.in_order import InOrder
from chain_timer.window.one_at_a_time import OneAtATime, outcome_of
from chain_timer.window.saving_place import SavingPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_timer.history.history import History
    from chain_timer.problems import ChainTimerError, Problem
    from chain_timer.window.history_page import HistoryPage
    from chain_timer.window.history_parts import SessionsWanted
    from chain_timer.window.underway import Underway

    _Act = Callable[[], None]
    Open = Callable[[], tuple[History, tuple[Problem, ...]]]

_LONGEST_NAME = 60
_LOSSES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Made:
    path: Path
    sessions: int
    losses: tuple[Problem, ...]


class HistoryGiving(QObject):
    """Writes sessions into a file that a person chooses; one at a time, and it can be canceled."""

    def __init__(self, page: HistoryPage, open_it: Open) -> None:
        super().__init__(page)
        self._page = page
        self._open = open_it
        self._work = InOrder(self)
        self._place = SavingPlace(page.notice.show_notice, self)
        self._turn = OneAtATime(self._show_working, page.underway.end)
        page.underway.cancel_requested.connect(self._turn.cancel)
        page.underway.broke.connect(self._tell_broken)

    def give_out(self, wanted: SessionsWanted) -> None:
        """Ask where to, and write there what is wanted."""
        if self._turn.is_busy:
            return
        forms = [form for form in HISTORY_FORMATS if not form.is_single or len(wanted.ids) == 1]
        suggested = self._place.folder / f"{self.tr('history')}{forms[0].suffix}"
        chosen = self.ask_path(suggested, forms)
        if chosen is not None:
            path, form = chosen
            self._place.take(
                path, form.suffix, partial(self._write, form, wanted), partial(self.give_out, wanted)
            )

    def ask_path(self, suggested: Path, forms: Sequence[HistoryFormat]) -> tuple[Path, HistoryFormat] | None:
        """Ask where to save and as what: an ending that is written says more than the kind in the list.

        About a file that is there already the dialog asks.
        """
        kinds = {f"{form.name} (*{form.suffix})": form for form in forms}
        title = self.tr("Export sessions")
        name, kind = QFileDialog.getSaveFileName(self._page, title, str(suggested), ";;".join(kinds))
        if not name:
            return None
        path, form = Path(name), kinds.get(kind, forms[0])
        named = [each for each in forms if each.suffix == path.suffix.lower()]
        return path, named[0] if named else form

    def close(self) -> None:
        """The window goes: wait until what was canceled has cleaned up."""
        self._turn.drop()
        self._work.close()

    def _show_working(self, underway: Underway, words: str) -> None:
        self._page.notice.hide()
        self._page.underway.begin(underway, words)

    def _write(self, form: HistoryFormat, wanted: SessionsWanted, path: Path) -> None:
        words = self.tr("Making {name}…").format(name=plain(path.name, _LONGEST_NAME))
        underway = self._turn.begins(words)
        if underway is None:
            return

        def work() -> _Made | None:
            return outcome_of(underway, lambda: self._made(form, path, wanted, underway))

        again = partial(self._write, form, wanted, path)
        another = partial(self.give_out, wanted)
        self._work.do(
            work, partial(self._take_made, underway), partial(self._take_failure, underway, again, another)
        )

    def _made(self, form: HistoryFormat, path: Path, wanted: SessionsWanted, underway: Underway) -> _Made:
        history, _ = self._open()
        try:
            count = _count(history, wanted)
            records = history.records(
                since=wanted.day, until=wanted.day, routine_id=wanted.routine_id, ids=wanted.ids
            )
            with saved_file(path) as file:
                losses = write_history(form, records, count, file, underway)
        finally:
            history.close()
        return _Made(path, count, losses)

    def _take_made(self, underway: Underway, made: _Made | None) -> None:
        if not self._turn.ends(underway):
            return
        if made is None:
            self._page.notice.show_notice(self.tr("Canceled: nothing was saved."))
            return
        sessions = (
            self.tr("1 session")
            if made.sessions == 1
            else self.tr("{n} sessions").format(n=f"{made.sessions:,}")
        )
        text = self.tr("{name} is saved in {folder}: {sessions}.").format(
            name=plain(made.path.name, _LONGEST_NAME), folder=source_text(made.path.parent), sessions=sessions
        )
        lost = [plain(str(problem)) for problem in made.losses[:_LOSSES_SHOWN]]
        self._page.notice.show_notice("\n".join([text, *lost]), self._place.in_folder(made.path))

    def _take_failure(self, underway: Underway, again: _Act, another: _Act, error: ChainTimerError) -> None:
        if self._turn.ends(underway):
            self._page.notice.show_notice(str(error), self._place.after_failure(again, another))

    def _tell_broken(self) -> None:
        self._turn.drop()
        self._page.notice.show_notice(
            self.tr("This broke off by a mistake of this program. Nothing was saved; the log tells more.")
        )


def _count(history: History, wanted: SessionsWanted) -> int:
    if wanted.ids:
        return len(wanted.ids)
    days = history.days(routine_id=wanted.routine_id)
    return sum(each.sessions for each in days if wanted.day in {None, each.day})
