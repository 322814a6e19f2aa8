"""Between the import page, the files a person brings, and the folders of their own things."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from chain_timer.exchange.taking import Taken, chosen_of, take, take_back
from chain_timer.problems import plain
from chain_timer.system.collector import collector_at_rest
from chain_timer.window.bring_page import BringPage
from chain_timer.window.bring_reading import Findings, counted, file_lines, read_files
from chain_timer.window.one_at_a_time import OneAtATime, outcome_of
from chain_timer.window.plain_view import safe_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from chain_timer.exchange.formats import InFormat
    from chain_timer.exchange.taking import Shelves, TakePicture
    from chain_timer.problems import ChainTimerError
    from chain_timer.window.background import Background
    from chain_timer.window.in_order import InOrder
    from chain_timer.window.underway import Underway

_MOST_TOLD = 4
"""Of what went wrong, in a notice."""
_LONGEST_NAME = 60


class BringBridge(QObject):
    """Has files read and what is chosen of them written; leaving cancels whatever runs."""

    left = Signal()
    taken = Signal(object)
    """A :class:`Taken`: there are more own files now."""
    taken_back = Signal(object)
    """The same, when its files are gone again."""
    show_requested = Signal(object)
    """The same, to show where it is."""

    def __init__(
        self,
        parent: QWidget,
        *,
        shelves: Callable[[], Shelves],
        formats: Sequence[InFormat],
        take_picture: TakePicture,
        disk: InOrder,
        background: Background,
    ) -> None:
        """``shelves`` is asked in the window's thread; what it gives is used in others."""
        super().__init__(parent)
        self._shelves = shelves
        self._formats = tuple(formats)
        self._take_picture = take_picture
        self._disk = disk
        self._background = background
        self._findings = Findings()
        self._taken: Taken | None = None
        self._is_writing = False
        self._folder = ""
        """Where files were chosen last, while the program runs."""
        self.page = BringPage([each.name for each in self._formats], parent)
        self._turn = OneAtATime(self.page.show_working, self.page.end_working)
        self._connect()

    def begin(self) -> None:
        """Be ready for files; what was found before is forgotten."""
        self._stop()
        self._findings, self._taken = Findings(), None
        self.page.begin()

    def open_files(self, paths: Sequence[Path]) -> None:
        """Read files, and show what is in them."""
        if self._is_writing or not paths:
            return
        self._stop()
        underway = self._turn.begins(self._reading_words(paths))
        if underway is None:
            return
        shelves, formats, chosen = self._shelves(), self._formats, tuple(paths)

        def read() -> Findings:
            with collector_at_rest():
                return read_files(chosen, formats, shelves.known, shelves.routine_ids, underway)

        self._background.run(partial(outcome_of, underway, read), partial(self._take_findings, underway))

    def choose(self) -> None:
        """Have a person choose files."""
        if not self._is_writing:
            self.open_files(self.ask_files())

    def ask_files(self) -> tuple[Path, ...]:
        """Ask which files to bring in; none when a person thought better of it."""
        paths, _ = QFileDialog.getOpenFileNames(self.page, self.tr("Import"), self._folder)
        if paths:
            self._folder = str(Path(paths[0]).parent)
        return tuple(map(Path, paths))

    def leave(self) -> None:
        """Leave the page; what runs is canceled."""
        self.begin()
        self.left.emit()

    def close(self) -> None:
        """The window goes: what runs is canceled, and what was written of it taken back."""
        self._stop()

    # --- reading -------------------------------------------------------------------------------------

    def _take_findings(self, underway: Underway, findings: Findings | None) -> None:
        if not self._ends(underway) or findings is None:
            return
        if findings.rows:
            self._findings, self._taken = findings, None
            self.page.show_findings(findings)
        else:
            self.page.show_notice(self._nothing_words(findings))

    def _reading_words(self, paths: Sequence[Path]) -> str:
        if len(paths) > 1:
            return self.tr("Reading {count} files…").format(count=f"{len(paths):,}")
        return self.tr("Reading {name}…").format(name=plain(paths[0].name, _LONGEST_NAME))

    def _nothing_words(self, findings: Findings) -> str:
        lines = [*file_lines(findings.files), *findings.failures]
        if findings.unknown:
            names = ", ".join(plain(name, _LONGEST_NAME) for name in findings.unknown[:_MOST_TOLD])
            if len(findings.unknown) > _MOST_TOLD:
                names = self.tr("{names} and {count} more").format(
                    names=names, count=f"{len(findings.unknown) - _MOST_TOLD:,}"
                )
            can = ", ".join(each.name for each in self._formats)
            text = self.tr("{names}: nothing in it looks like a file we know. What can be brought in: {can}.")
            lines.insert(0, text.format(names=names, can=can))
        if len(lines) > _MOST_TOLD:
            more = self.tr("and {count} more").format(count=f"{len(lines) - _MOST_TOLD:,}")
            lines = [*lines[:_MOST_TOLD], more]
        return safe_lines(lines)

    # --- writing -------------------------------------------------------------------------------------

    def _take(self) -> None:
        """Write what is chosen: all of it, or nothing stays."""
        chosen = self.page.chosen
        routines = {row.thing_id for row in chosen if row.is_routine}
        exercises = {row.thing_id for row in chosen if not row.is_routine}
        if not chosen or self._is_writing:
            return
        self._stop()
        words = self.tr("Writing {what}…").format(what=counted(len(exercises), len(routines)))
        underway = self._turn.begins(words)
        if underway is None:
            return
        self._is_writing = True
        findings, shelves, take_picture = self._findings, self._shelves(), self._take_picture

        def write() -> tuple[Taken, str]:
            parcel = chosen_of(findings.parcel, routines, exercises)
            taken = take(parcel, shelves, take_picture, underway)
            return taken, safe_lines(map(str, taken.losses))

        work = partial(outcome_of, underway, write)
        self._disk.do(work, partial(self._take_taken, underway), partial(self._take_failure, underway))

    def _take_taken(self, underway: Underway, outcome: tuple[Taken, str] | None) -> None:
        ours = self._ends(underway)
        if outcome is None or underway.is_canceled:
            if outcome is not None:  # canceled just as it was done
                self._disk.do(partial(take_back, outcome[0]))
            if ours:
                self.page.show_notice(self.tr("Canceled: nothing of it was kept."))
            return
        taken, losses = outcome
        self._taken = taken
        self.taken.emit(taken)
        count = len(taken.exercises) + len(taken.routines)
        text = self.tr("{what} is yours now.") if count == 1 else self.tr("{what} are yours now.")
        words = text.format(what=counted(len(taken.exercises), len(taken.routines)))
        self.page.show_done(words, self._losses_words(len(taken.losses)), losses)

    def _take_failure(self, underway: Underway, error: ChainTimerError) -> None:
        if self._ends(underway):
            self.page.show_notice(str(error), [(self.tr("Try again"), self._take)])

    def _losses_words(self, count: int) -> str:
        text = (
            self.tr("One picture could not be used")
            if count == 1
            else self.tr("{count} pictures could not be used")
        )
        return text.format(count=f"{count:,}")

    # --- taking back ---------------------------------------------------------------------------------

    def _undo(self) -> None:
        taken, self._taken = self._taken, None
        if taken is not None:
            self._disk.do(partial(_taken_back, taken), partial(self._take_undone, taken))

    def _take_undone(self, taken: Taken, left: tuple[Path, ...]) -> None:
        self.taken_back.emit(taken)
        if not self._findings.rows:
            return  # left in the meantime
        self.page.show_preview()
        if left:
            names = ", ".join(plain(path.name, _LONGEST_NAME) for path in left[:_MOST_TOLD])
            text = self.tr("{count} files could not be removed, among them {names}. Check their folder.")
            self.page.show_notice(text.format(count=f"{len(left):,}", names=names))
        else:
            self.page.show_notice(self.tr("Taken back: nothing of it is left."))

    # --- what is under way ---------------------------------------------------------------------------

    def _stop(self) -> None:
        """Have nothing under way any more; its outcome is of no interest."""
        self._is_writing = False
        self._turn.drop()

    def _ends(self, underway: Underway) -> bool:
        """Take note that something is over; False where nobody waits for it any more."""
        if not self._turn.ends(underway):
            return False
        self._is_writing = False
        return True

    def _cancel(self) -> None:
        if self._is_writing:
            self._turn.cancel()  # what is written has to go again: that is told when it is so
        else:
            self._stop()

    def _tell_broken(self) -> None:
        self._stop()
        self.page.show_notice(
            self.tr("This broke off by a mistake of this program. Nothing was kept; the log tells more.")
        )

    def _show(self) -> None:
        taken = self._taken
        if taken is not None:
            self.begin()
            self.show_requested.emit(taken)

    def _connect(self) -> None:
        page = self.page
        page.back_requested.connect(self.leave)
        page.files_requested.connect(self.choose)
        page.files_dropped.connect(self.open_files)
        page.take_requested.connect(self._take)
        page.undo_requested.connect(self._undo)
        page.show_requested.connect(self._show)
        page.cancel_requested.connect(self._cancel)
        page.broke.connect(self._tell_broken)


def _taken_back(taken: Taken) -> tuple[Path, ...]:
    """Take everything back; give what could not be removed."""
    take_back(taken)
    return tuple(path for path in taken.paths if path.exists())
