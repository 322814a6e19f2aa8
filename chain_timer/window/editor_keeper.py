"""Keeps what is written in the editor: saved when asked, kept as a draft all the while, never lost."""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from chain_timer.problems import ChainTimerError, FileProblemsError
from chain_timer.routine.drafts import Draft
from chain_timer.routine.editing import complete
from chain_timer.routine.own_files import ChangedOnDiskError, Kept
from chain_timer.routine.routine_reader import routine_from
from chain_timer.routine.routine_writer import routine_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.window.editor_bridge import EditorBridge
    from chain_timer.window.in_order import InOrder
    from chain_timer.window.keeping import Keeping

_DRAFT_AFTER_MS = 1_200
_LOOK_AFTER_MS = 300
"""Editors and sync tools write in several steps."""


class EditorKeeper(QObject):
    """Between the document in the editor, its file, and its draft."""

    saved = Signal(object)
    """The path of a routine that is on disk now."""
    left = Signal()
    """The editor may be left."""
    refused = Signal(str)
    """Why a routine cannot be opened: the editor has nothing to show."""
    failed = Signal(str)
    """Why a routine that was left already was not saved."""

    def __init__(
        self,
        editor: EditorBridge,
        keeping: Keeping,
        library: Callable[[], Library],
        disk: InOrder,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._keeping = keeping
        self._library = library
        self._disk = disk
        self._kept: Kept | None = None
        self._draft_id = ""
        self._leaving = False
        self._opened = 0
        """Counts what was opened: an outcome may come when it is about something else already."""
        self._writing = self._due = False
        """Whether a save is under way, and whether another one was asked for meanwhile."""
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look_soon)
        self._draft_timer = QTimer(self, singleShot=True, interval=_DRAFT_AFTER_MS)
        self._draft_timer.timeout.connect(self._keep_draft)
        self._look_timer = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._look_timer.timeout.connect(self._look)
        editor.changed.connect(self._draft_soon)
        page = editor.page
        page.save_requested.connect(self.save)
        page.save_as_requested.connect(self.save_as)
        page.back_requested.connect(self.leave)

    # --- opening -------------------------------------------------------------------------------------

    def open_new(self, routine: Routine, hint: str = "") -> None:
        """Begin with a routine that has no file: an empty one, or a copy."""
        self._begin(None, f"new-{secrets.token_hex(6)}")
        self._editor.begin(routine, None, hint)

    def open_own(self, path: Path) -> None:
        """Begin with a file of one's own."""
        self._disk.do(partial(self._read, path), self._take_own, self._refuse)

    def open_draft(self, draft_id: str, draft: Draft) -> None:
        """Go on with a draft."""
        self._disk.do(
            partial(self._read_draft, draft), partial(self._take_draft, draft_id, draft), self._refuse
        )

    def _begin(self, kept: Kept | None, draft_id: str) -> None:
        self._draft_timer.stop()
        self._leaving = self._writing = self._due = False
        self._opened += 1
        self._draft_id = draft_id
        self._see(kept)

    def _see(self, kept: Kept | None) -> None:
        """Take note of the file as it is on disk now, and hear when it changes."""
        watched = self._watcher.files()
        if watched:
            self._watcher.removePaths(watched)
        self._kept = kept
        if kept is not None:
            self._watcher.addPath(str(kept.path))

    def _read(self, path: Path) -> tuple[Kept, Routine]:
        kept = self._keeping.routines.read(path)
        return kept, self._routine_in(kept.text, path.stem)

    def _read_draft(self, draft: Draft) -> tuple[Kept | None, Routine | None, Routine]:
        mine = self._routine_in(draft.text, "draft")
        if not draft.of:
            return None, None, mine
        path = self._keeping.routines.folder / draft.of
        try:
            kept, saved = self._read(path)
        except ChainTimerError:
            return None, None, mine
        # Saving over what somebody else changed since has to be asked first: so the digest stays the old one.
        return replace(kept, digest=draft.digest, stamp=()), saved, mine

    def _routine_in(self, text: str, stem: str) -> Routine:
        library = self._library()
        return routine_from(text, stem, library.by_exercise_id, library.names)

    def _take_own(self, read: tuple[Kept, Routine]) -> None:
        kept, routine = read
        self._begin(kept, _draft_id(kept.path.name))
        self._editor.begin(routine, routine)

    def _take_draft(
        self, draft_id: str, draft: Draft, read: tuple[Kept | None, Routine | None, Routine]
    ) -> None:
        kept, saved, mine = read
        self._begin(kept, draft_id)
        hint = self.tr("Its file is gone; Save writes a new one") if draft.of and kept is None else ""
        self._editor.begin(mine, saved, hint)

    def _refuse(self, error: ChainTimerError) -> None:
        self.refused.emit(str(error))

    # --- saving --------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save into the file of the routine, or into a new one that is named by its title."""
        self._write(self._keeping.routines.save)

    def save_as(self) -> None:
        """Save what is there as another routine, and go on with that one."""
        routine = self._whole()
        if routine is None:
            return
        self._forget_draft()
        self._begin(None, f"new-{secrets.token_hex(6)}")
        page = self._editor.page
        page.name_changed.emit(self.tr("{name} (copy)").format(name=routine.name[:180]))
        self.save()
        page.name.setFocus()
        page.name.selectAll()

    def _save_over(self) -> None:
        self._write(self._keeping.routines.save_over)

    def _write(self, save: Callable[[Kept, str], Kept]) -> None:
        if self._writing:
            # Not beside the one under way: it would find the file changed, or make a second one.
            self._due = True
            return
        routine = self._whole()
        if routine is None:
            return
        kept, library = self._kept, self._library()

        def write() -> Kept:
            text = routine_text(routine, library.by_exercise_id, kept.text if kept else "")
            if kept is None:
                return self._keeping.routines.new(text, routine.name, tuple(library.by_routine_id))
            return save(kept, text)

        self._writing = True
        opened = self._opened
        self._disk.do(write, partial(self._take_saved, opened, routine), partial(self._take_failure, opened))

    def _whole(self) -> Routine | None:
        """Give the routine as it can be saved; None after telling what is missing."""
        page, routine = self._editor.page, complete(self._editor.document.routine)
        stem = self._kept.path.stem if self._kept else "new"
        if not routine.items:
            self._leaving = False
            page.notice.show_notice(self.tr("There is nothing to save yet. Add an exercise first."))
        elif not routine.name:
            self._leaving = False
            page.notice.show_notice(self.tr("Give the routine a name first: its file is called after it."))
            page.name.setFocus()
        else:
            return replace(routine, id=stem)
        return None

    def _take_saved(self, opened: int, routine: Routine, kept: Kept) -> None:
        if opened != self._opened:
            self.saved.emit(kept.path)  # left already, and perhaps another one is open
            return
        self._writing = False
        self._see(kept)
        self._editor.mark_saved(routine)
        self._forget_draft()
        self._draft_id = _draft_id(kept.path.name)
        if self._editor.document.is_changed:
            self._draft_timer.start()
        self.saved.emit(kept.path)
        due, self._due = self._due, False
        if due and self._editor.document.is_changed:
            self.save()
        elif self._leaving:
            self._leave_now()

    def _take_failure(self, opened: int, error: ChainTimerError) -> None:
        if opened != self._opened:
            self.failed.emit(str(error))
            return
        self._leaving = self._writing = self._due = False
        if isinstance(error, ChangedOnDiskError):
            self._ask_which(error.now)
            return
        answers = [(self.tr("Try again"), self.save)]
        self._editor.page.notice.show_notice(str(error), answers)

    # --- what others changed -------------------------------------------------------------------------

    def _look_soon(self) -> None:
        self._look_timer.start()

    def _look(self) -> None:
        kept, keeping = self._kept, self._keeping.routines
        if kept is None:
            return

        def look() -> Kept | None:
            if not keeping.changed(kept):
                return kept
            try:
                return keeping.read(kept.path)
            except ChainTimerError:
                return None

        self._disk.do(look, partial(self._take_look, kept))

    def _take_look(self, before: Kept, found: Kept | None) -> None:
        if before is not self._kept:
            return  # saved or left in the meantime
        if found is before:
            self._see(before)  # replaced by the same: the watcher has lost sight of it
        elif found is None:
            self._ask_which(None)
            self._draft_timer.start()
        elif self._editor.document.is_changed:
            self._ask_which(found)
        else:
            self._take_theirs(found)

    def _ask_which(self, now: Kept | None) -> None:
        page = self._editor.page
        if now is None:
            self._see(None)
            self._editor.lose_file(self.tr("Its file is gone; Save writes a new one"))
            return
        page.notice.show_notice(
            self.tr("Something else has changed the file of this routine since you opened it."),
            [
                (self.tr("Keep mine"), self._save_over),
                (self.tr("Take theirs"), lambda: self._take_theirs(now)),
                (self.tr("Keep both"), self.save_as),
            ],
        )

    def _take_theirs(self, now: Kept) -> None:
        try:
            routine = self._routine_in(now.text, now.path.stem)
        except FileProblemsError as error:
            self._editor.page.notice.show_notice(str(error))
            return
        self._see(now)
        self._editor.take_back(routine)
        self._editor.page.notice.show_notice(self.tr("This is the routine as its file says now."))
        self.saved.emit(now.path)

    def _draft_soon(self) -> None:
        # Not begun anew by each change: who writes without a pause has a draft all the same.
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    # --- drafts --------------------------------------------------------------------------------------

    def _keep_draft(self) -> None:
        document = self._editor.document
        if not document.is_changed:
            self._forget_draft()
            return
        routine = complete(document.routine)
        if not routine.items:
            return
        kept, drafts, draft_id = self._kept, self._keeping.drafts, self._draft_id
        named = replace(routine, id="draft", name=routine.name or self.tr("Routine without a name"))
        exercises = self._library().by_exercise_id

        def write() -> None:
            text = routine_text(named, exercises)
            of, digest = (kept.path.name, kept.digest) if kept else ("", "")
            drafts.keep(draft_id, Draft(of, digest, text, named.name))

        self._disk.do(write)

    def _forget_draft(self) -> None:
        self._draft_timer.stop()
        if self._draft_id:
            self._disk.do(partial(self._keeping.drafts.forget, self._draft_id))

    # --- leaving -------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Leave the editor; what is not saved is asked about first."""
        document = self._editor.document
        if not document.is_changed or not complete(document.routine).items:
            self._leave_now()
            return
        self._editor.page.notice.show_notice(
            self.tr("What you changed is not saved."),
            [
                (self.tr("Save"), self._save_and_leave),
                (self.tr("Don't save"), self._leave_now),
                (self.tr("Go on editing"), self._editor.page.list.setFocus),
            ],
            focus=True,
        )

    def close(self) -> None:
        """The window goes: what is not saved is there as a draft next time."""
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self._keep_draft()

    def _save_and_leave(self) -> None:
        self._leaving = True
        self.save()

    def _leave_now(self) -> None:
        self._forget_draft()
        self._begin(None, "")
        self.left.emit()


def _draft_id(file_name: str) -> str:
    """Give one draft to each file, whatever letters its name has."""
    return f"of-{sha256(file_name.encode()).hexdigest()[:24]}"
