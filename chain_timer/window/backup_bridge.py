"""Between the section that keeps everything safe, the files a person chooses, and what is theirs here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from chain_timer.exchange.backup import Backup, backup_name, write_backup
from chain_timer.exchange.backup_layout import SUFFIX
from chain_timer.exchange.restoring import Report, plan, restore
from chain_timer.exchange.restoring_files import Wish
from chain_timer.problems import plain
from chain_timer.routine.toml_file import source_text
from chain_timer.window.backup_words import PlanWords, backup_words, plan_words
from chain_timer.window.in_order import InOrder
from chain_timer.window.one_at_a_time import OneAtATime, outcome_of
from chain_timer.window.saving_place import SavingPlace

if TYPE_CHECKING:
    from chain_timer.exchange.restoring import Desk
    from chain_timer.problems import ChainTimerError
    from chain_timer.window.backup_panel import BackupPanel
    from chain_timer.window.underway import Underway

_LONGEST_NAME = 60
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """A report, with its words made in the thread that made it."""

    report: Report
    words: PlanWords


class BackupBridge(QObject):
    """Has backups written, looked at and brought back, from a thread of its own."""

    restored = Signal(object)
    """A :class:`~chain_timer.exchange.restoring.Report`: there may be more files and sessions now."""

    def __init__(self, panel: BackupPanel, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._desk = desk
        self._work = InOrder(self)
        self._turn = OneAtATime(panel.show_working, panel.end_working)
        self._place = SavingPlace(panel.show_notice, self)
        self._chosen: Path | None = None
        """The backup that is looked at."""
        panel.back_up_requested.connect(self.back_up)
        panel.restore_requested.connect(self.choose)
        panel.wish_changed.connect(self._look)
        panel.confirmed.connect(self._restore)
        panel.declined.connect(self._leave)
        panel.cancel_requested.connect(self._turn.cancel)
        panel.broke.connect(self._tell_broken)

    def back_up(self) -> None:
        """Ask where to, and write a backup there."""
        if self._turn.is_busy:
            return
        path = self.ask_where(self._place.folder / backup_name(self._desk.now().day))
        if path is not None:
            self._place.take(path, SUFFIX, self._write, self.back_up)

    def choose(self) -> None:
        """Ask for a backup, and show what is in it."""
        path = None if self._turn.is_busy else self.ask_which()
        if path is not None:
            self._place.remember(path)
            self._chosen = path
            self._panel.plan.begin()
            self._look()

    def ask_where(self, suggested: Path) -> Path | None:
        """Ask where to save; about a file that is there already the dialog asks. None for nowhere."""
        kinds = self.tr("Backup (*{suffix})").format(suffix=SUFFIX)
        path, _ = QFileDialog.getSaveFileName(self._panel, self.tr("Back up"), str(suggested), kinds)
        return Path(path) if path else None

    def ask_which(self) -> Path | None:
        """Ask which backup; None when a person thought better of it."""
        kinds = self.tr("Backups and histories (*{suffix} *.db);;All files (*)").format(suffix=SUFFIX)
        folder = str(self._place.folder)
        path, _ = QFileDialog.getOpenFileName(self._panel, self.tr("Restore"), folder, kinds)
        return Path(path) if path else None

    def close(self) -> None:
        """The window goes: what runs is canceled, and waited for."""
        self._turn.cancel()
        self._work.close()

    # --- a backup ------------------------------------------------------------------------------------

    def _write(self, path: Path) -> None:
        underway = self._turn.begins(self.tr("Saving {name}…").format(name=plain(path.name, _LONGEST_NAME)))
        if underway is None:
            return
        desk = self._desk

        def work() -> Backup | None:
            return outcome_of(underway, lambda: write_backup(path, desk, underway))

        self._work.do(work, partial(self._take_made, underway), partial(self._take_failure, underway, path))

    def _take_made(self, underway: Underway, made: Backup | None) -> None:
        if not self._turn.ends(underway):
            return
        if made is None:
            self._panel.show_notice(self.tr("Canceled: nothing was saved."))
            return
        text = self.tr("{name} is saved in {folder}: {what}.").format(
            name=plain(made.path.name, _LONGEST_NAME),
            folder=source_text(made.path.parent),
            what=backup_words(made),
        )
        missing = [str(problem) for problem in made.problems]
        more = len(missing) - _MOST_TOLD
        if more > 0:
            missing[_MOST_TOLD:] = [self.tr("and {count} more").format(count=f"{more:,}")]
        self._panel.show_notice("\n".join((text, *missing)), self._place.in_folder(made.path))

    def _take_failure(self, underway: Underway, path: Path, error: ChainTimerError) -> None:
        if self._turn.ends(underway):
            again = partial(self._write, path)
            self._panel.show_notice(str(error), self._place.after_failure(again, self.back_up))

    # --- bringing one back ---------------------------------------------------------------------------

    def _look(self) -> None:
        path, desk, wish = self._chosen, self._desk, self._wish
        if path is None:
            return
        underway = self._turn.begins(self.tr("Reading {name}…").format(name=plain(path.name, _LONGEST_NAME)))
        if underway is None:
            return

        def work() -> PlanWords | None:
            return outcome_of(underway, lambda: plan_words(plan(path, desk, wish, underway)))

        then = partial(self._take_plan, underway, wish)
        self._work.do(work, then, partial(self._take_refusal, underway))

    def _take_plan(self, underway: Underway, wish: Wish, words: PlanWords | None) -> None:
        if not self._turn.ends(underway):
            return
        if words is None:
            self._leave()
        elif wish != self._wish:
            self._look()  # something else was wished meanwhile
        else:
            self._panel.show_plan(words)

    def _restore(self) -> None:
        path, desk, wish = self._chosen, self._desk, self._wish
        if path is None:
            return
        underway = self._turn.begins(
            self.tr("Restoring {name}…").format(name=plain(path.name, _LONGEST_NAME))
        )
        if underway is None:
            return

        def work() -> _Told:
            with underway.watched():
                report = restore(path, desk, wish, underway)
                return _Told(report, plan_words(report))

        self._work.do(work, partial(self._take_report, underway), partial(self._take_refusal, underway))

    def _take_report(self, underway: Underway, told: _Told) -> None:
        self.restored.emit(told.report)
        if self._turn.ends(underway):
            self._panel.show_report(told.words)

    def _take_refusal(self, underway: Underway, error: ChainTimerError) -> None:
        """The file cannot be used at all."""
        if self._turn.ends(underway):
            self._leave()
            self._panel.show_notice(str(error), [(self.tr("Choose another…"), self.choose)])

    @property
    def _wish(self) -> Wish:
        view = self._panel.plan
        return Wish(replace=view.replace.isChecked(), settings=view.settings.isChecked())

    # --- the end of it -------------------------------------------------------------------------------

    def _leave(self) -> None:
        self._chosen = None
        self._panel.show_rest()

    def _tell_broken(self) -> None:
        self._turn.drop()
        self._leave()
        self._panel.show_notice(self.tr("This broke off by a mistake of this program; the log tells more."))
