"""Sessions given out as a file: asked where to and as what, written aside, told how it went."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from chain_timer.exchange.history_out import HISTORY_FORMATS, HistoryFormat, write_history
from chain_timer.exchange.parcel import CanceledError
from chain_timer.problems import plain
from chain_timer.routine.own_files import disk_told
from chain_timer.routine.toml_file import source_text
from chain_timer.system.files import file_made_whole
from chain_timer.window.in_order import InOrder
from chain_timer.window.underway import Underway

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_timer.history.history import History
    from chain_timer.problems import ChainTimerError, Problem
    from chain_timer.window.history_page import HistoryPage
    from chain_timer.window.history_parts import SessionsWanted

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
        self._underway: Underway | None = None
        self._folder: Path | None = None
        """Where something was saved last, while the program runs."""
        page.underway.cancel_requested.connect(self._cancel)

    def give_out(self, wanted: SessionsWanted) -> None:
        """Ask where to, and write there what is wanted."""
        if self._underway is not None:
            return
        forms = [form for form in HISTORY_FORMATS if not form.is_single or len(wanted.ids) == 1]
        suggested = self._usual_folder() / f"{self.tr('history')}{forms[0].suffix}"
        chosen = self.ask_path(suggested, forms)
        if chosen is not None:
            path, form = chosen
            self._folder = path.parent
            self._write(form, path, wanted)

    def ask_path(self, suggested: Path, forms: Sequence[HistoryFormat]) -> tuple[Path, HistoryFormat] | None:
        """Ask where to save and as what; about a file that is there already the dialog asks."""
        kinds = {f"{form.name} (*{form.suffix})": form for form in forms}
        title = self.tr("Export sessions")
        name, kind = QFileDialog.getSaveFileName(self._page, title, str(suggested), ";;".join(kinds))
        if not name:
            return None
        path, form = Path(name), kinds.get(kind, forms[0])
        named = [each for each in forms if each.suffix == path.suffix.lower()]
        if named:
            return path, named[0]
        return path.with_name(f"{path.name}{form.suffix}"), form

    def close(self) -> None:
        """The window goes: wait until what was canceled has cleaned up."""
        self._cancel()
        self._work.close()

    def _write(self, form: HistoryFormat, path: Path, wanted: SessionsWanted) -> None:
        underway = self._underway = Underway()
        name = plain(path.name, _LONGEST_NAME)
        self._page.notice.hide()
        self._page.underway.begin(underway, self.tr("Making {name}…").format(name=name))

        def work() -> _Made | None:
            with underway.watched():
                try:
                    return self._made(form, path, wanted, underway)
                except CanceledError:
                    return None

        failed = partial(self._take_failure, form, path, wanted)
        self._work.do(work, self._take_made, failed)

    def _made(self, form: HistoryFormat, path: Path, wanted: SessionsWanted, underway: Underway) -> _Made:
        history, _ = self._open()
        try:
            count = _count(history, wanted)
            records = history.records(
                since=wanted.day, until=wanted.day, routine_id=wanted.routine_id, ids=wanted.ids
            )
            with disk_told(path.name, path.parent, "is not saved"), file_made_whole(path) as file:
                losses = write_history(form, records, count, file, underway)
        finally:
            history.close()
        return _Made(path, count, losses)

    def _take_made(self, made: _Made | None) -> None:
        self._end()
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
        folder = made.path.parent
        self._page.notice.show_notice(
            "\n".join([text, *lost]), [(self.tr("Show in folder"), partial(self.show_folder, folder))]
        )

    def _take_failure(
        self, form: HistoryFormat, path: Path, wanted: SessionsWanted, error: ChainTimerError
    ) -> None:
        self._end()
        self._page.notice.show_notice(
            str(error),
            [
                (self.tr("Try again"), partial(self._write, form, path, wanted)),
                (self.tr("Save elsewhere…"), partial(self.give_out, wanted)),
            ],
        )

    def show_folder(self, folder: Path) -> None:
        """Open a folder in the program the system has for that."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            text = self.tr("No program came to show the folder {folder}.")
            self._page.notice.show_notice(text.format(folder=source_text(folder)))

    def _cancel(self) -> None:
        if self._underway is not None:
            self._underway.cancel()

    def _end(self) -> None:
        self._underway = None
        self._page.underway.end()

    def _usual_folder(self) -> Path:
        if self._folder is not None and self._folder.is_dir():
            return self._folder
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def _count(history: History, wanted: SessionsWanted) -> int:
    if wanted.ids:
        return len(wanted.ids)
    days = history.days(routine_id=wanted.routine_id)
    return sum(each.sessions for each in days if wanted.day in {None, each.day})
