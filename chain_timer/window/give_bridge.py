"""Between the export page, what a routine is made into, and the file it ends in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from chain_timer.exchange.parcel import CanceledError
from chain_timer.exchange.saved_file import saved_file
from chain_timer.problems import plain
from chain_timer.routine.file_names import file_stem
from chain_timer.routine.toml_file import source_text
from chain_timer.window.give_page import GivePage
from chain_timer.window.in_order import InOrder
from chain_timer.window.one_at_a_time import OneAtATime, outcome_of
from chain_timer.window.plain_view import safe_lines
from chain_timer.window.saving_place import SavingPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from chain_timer.exchange.formats import OutFormat
    from chain_timer.exchange.giving import Given
    from chain_timer.problems import ChainTimerError, Problem
    from chain_timer.routine.routine import Routine
    from chain_timer.window.underway import Underway

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class _Made:
    """A file that is where it should be."""

    path: Path
    losses: int
    losses_text: str


class GiveBridge(QObject):
    """Has a routine written into a file; leaving cancels what runs, and then nothing is written."""

    left = Signal()

    def __init__(
        self,
        parent: QWidget,
        *,
        given_of: Callable[[Routine, Mapping[str, str]], Given],
        formats: Sequence[OutFormat],
        today: Callable[[], str],
        done_with: Callable[[Given], None] = lambda _given: None,
    ) -> None:
        """``given_of`` takes the wishes for a format, and is called in the window's thread.

        ``today`` gives a day like 2026-01-05. ``done_with`` is called in the thread that wrote, however that
        went: what was there to speak can be closed.
        """
        super().__init__(parent)
        self._given_of = given_of
        self._today = today
        self._done_with = done_with
        self._work = InOrder(self)
        self._routine: Routine | None = None
        self.page = GivePage(formats, parent)
        self.place = SavingPlace(self.page.show_notice, self)
        self._turn = OneAtATime(self.page.show_working, self.page.end_working)
        self.page.back_requested.connect(self.leave)
        self.page.save_requested.connect(self.save)
        self.page.cancel_requested.connect(self._turn.cancel)
        self.page.broke.connect(self._tell_broken)

    def open_routine(self, routine: Routine) -> None:
        """Offer a routine as a file."""
        self._turn.drop()
        self._routine = routine
        self.page.begin(routine.name, file_stem(routine.name, ()), self._today())

    def save(self) -> None:
        """Ask where to, and write it there."""
        routine, made = self._routine, self.page.format
        if routine is None or made is None or self._turn.is_busy:
            return
        suggested = self.place.folder / f"{file_stem(routine.name, ())}{made.suffix}"
        path = self.ask_path(suggested, f"{made.name} (*{made.suffix})")
        if path is not None:
            self.place.take(path, made.suffix, partial(self._write, made), self.save)

    def ask_path(self, suggested: Path, kinds: str) -> Path | None:
        """Ask where to save; about a file that is there already the dialog asks. None for nowhere."""
        path, _ = QFileDialog.getSaveFileName(self.page, self.tr("Save as"), str(suggested), kinds)
        return Path(path) if path else None

    def leave(self) -> None:
        """Leave the page; what runs is canceled."""
        self._turn.drop()
        self._routine = None
        self.left.emit()

    def close(self) -> None:
        """The window goes: wait until what was canceled has cleaned up."""
        self._turn.drop()
        self._work.close()

    # --- writing -------------------------------------------------------------------------------------

    def _write(self, made: OutFormat, path: Path) -> None:
        routine = self._routine
        words = self.tr("Making {name}…").format(name=plain(path.name, _LONGEST_NAME))
        underway = self._turn.begins(words) if routine is not None else None
        if routine is None or underway is None:
            return
        given, done_with = self._given_of(routine, self.page.wishes_for(made.id)), self._done_with

        def write() -> _Made:
            try:
                return _made(made, given, path, underway)
            finally:
                done_with(given)

        failed = partial(self._take_failure, underway, made, path)
        self._work.do(partial(outcome_of, underway, write), partial(self._take_made, underway), failed)

    def _take_made(self, underway: Underway, made: _Made | None) -> None:
        if not self._turn.ends(underway):
            return
        if made is None:
            self.page.show_notice(self.tr("Canceled: nothing was saved."))
            return
        text = self.tr("{name} is saved in {folder}.").format(
            name=plain(made.path.name, _LONGEST_NAME), folder=source_text(made.path.parent)
        )
        if made.losses:
            text = self.tr("{text} Not all of the routine fits into it, as told below.").format(text=text)
        self.page.show_losses(self._losses_words(made.losses), made.losses_text)
        self.page.show_notice(text, self.place.in_folder(made.path))

    def _take_failure(self, underway: Underway, made: OutFormat, path: Path, error: ChainTimerError) -> None:
        if self._turn.ends(underway):
            again = partial(self._write, made, path)
            self.page.show_notice(str(error), self.place.after_failure(again, self.save))

    def _losses_words(self, count: int) -> str:
        if count == 1:
            return self.tr("One thing it could not hold")
        return self.tr("{count} things it could not hold").format(count=f"{count:,}")

    def _tell_broken(self) -> None:
        self._turn.drop()
        self.page.show_notice(
            self.tr("This broke off by a mistake of this program. Nothing was saved; the log tells more.")
        )


def _made(made: OutFormat, given: Given, path: Path, underway: Underway) -> _Made:
    """Write a file. Raises ChainTimerError when that cannot be, and CanceledError; nothing is left then."""
    losses: Sequence[Problem] = ()
    with saved_file(path) as file:
        losses = made.write(given, file, underway)
        if underway.is_canceled:
            raise CanceledError
    return _Made(path, len(losses), safe_lines(map(str, losses)))
