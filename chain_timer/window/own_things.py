"""A person's own routines in the window: written, changed, deleted and brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_timer.window.exchange_desk import ExchangeDesk
from chain_timer.window.in_order import InOrder
from chain_timer.window.own_exercises import OwnExercises
from chain_timer.window.setup_facts import Standing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QPoint

    from chain_timer.exchange.taking import Taken
    from chain_timer.problems import ChainTimerError, Problem
    from chain_timer.routine.drafts import Draft
    from chain_timer.routine.exercise import Exercise
    from chain_timer.routine.own_files import Deleted, Kept
    from chain_timer.routine.routine import Routine
    from chain_timer.timeline.options import Options
    from chain_timer.window.editor_bridge import Layout
    from chain_timer.window.editor_desk import EditorDesk
    from chain_timer.window.exchange_desk import Giving
    from chain_timer.window.frame import Frame
    from chain_timer.window.keeping import Keeping
    from chain_timer.window.library_page import LibraryPage
    from chain_timer.window.look import Look
    from chain_timer.window.setup_bridge import SetupBridge
    from chain_timer.window.stills import Stills
    from chain_timer.window.ways import Ways

# ruff: noqa: PLC0415 - the editor is imported when it is first opened


class OwnThings(QObject):
    """Opens the editor, and keeps what comes of it."""

    def __init__(
        self,
        frame: Frame,
        *,
        keeping: Keeping,
        giving: Giving | None,
        look: Look,
        layout: Layout,
        stills: Callable[[], Stills],
        ways: Ways,
    ) -> None:
        """``stills`` are asked for with the editor: to make them takes long."""
        super().__init__(frame)
        self._frame = frame
        self._keeping = keeping
        self._look = look
        self._layout = layout
        self._stills = stills
        self._ways = ways
        self._disk = InOrder(self)
        self._can_give = giving is not None
        self.exchange = self._exchange(giving)
        self._desk: EditorDesk | None = None
        self.exercises = OwnExercises(frame, keeping=keeping, look=look, disk=self._disk, ways=ways)
        self._wanted = ""
        """The id of a routine to open when it is in the library."""
        self._before: Routine | None = None
        """What was looked at before the editor was opened."""
        self._last: Path | None = None
        """What was saved last in the editor."""
        self._keeping_now = False
        """Whether a routine from elsewhere is being written into one's own."""

    def _exchange(self, giving: Giving | None) -> ExchangeDesk:
        desk = ExchangeDesk(
            self._frame,
            keeping=self._keeping,
            giving=giving,
            look=self._look,
            library=self._ways.library,
            disk=self._disk,
            background=self._layout.background,
        )
        desk.left.connect(self._ways.show_library)
        desk.taken.connect(lambda _taken: self._ways.look_again())
        desk.show_requested.connect(self._show_taken)
        desk.gave.connect(self._show_given)
        return desk

    # --- the editor ----------------------------------------------------------------------------------

    def path_of(self, routine: Routine) -> Path | None:
        """Give the file of a routine that is a person's own and in the library; None for any other."""
        library = self._ways.library()
        path = library.own_routine_path(routine.id)
        return path if path is not None and library.by_routine_id.get(routine.id) == routine else None

    def standing_of(self, routine: Routine) -> Standing:
        """Tell whose routine it is."""
        if self.path_of(routine) is not None:
            return Standing.OWN
        shipped = self._ways.library().by_routine_id.get(routine.id) == routine
        return Standing.SHIPPED if shipped else Standing.ELSEWHERE

    def serve_setup(self, setup: SetupBridge) -> None:
        """Do what is asked on the set-up page of a routine."""
        page = setup.page

        def asked(act: Callable[[Routine], None]) -> Callable[[], None]:
            return lambda: act(setup.routine) if setup.routine is not None else None

        page.edit_requested.connect(asked(self.edit))
        page.duplicate_requested.connect(asked(self.duplicate))
        page.delete_requested.connect(asked(self.delete))
        page.keep_requested.connect(asked(self.keep))

        page.give_out_requested.connect(asked(self.exchange.give_out))
        page.give_out.setVisible(self._can_give)

    def begin(self, bring_in: tuple[Path, ...]) -> None:
        """Do what is asked on the page of routines, and take what is dropped; import files at once."""
        self._serve_library(self._frame.library)
        self._frame.files_dropped.connect(self.exchange.bring_in)
        if bring_in:
            self.exchange.bring_in(bring_in)

    def _serve_library(self, page: LibraryPage) -> None:
        page.new_requested.connect(self.edit_new)
        page.bring_in_requested.connect(self.exchange.bring_in)
        page.menu_requested.connect(self._show_menu)
        page.edit_requested.connect(partial(self._with_routine, self.edit))
        page.delete_requested.connect(partial(self._with_routine, self.delete))

    def _with_routine(self, act: Callable[[Routine], None], routine_id: str) -> None:
        routine = self._ways.library().by_routine_id.get(routine_id)
        if routine is not None:
            act(routine)

    def _show_menu(self, routine_id: str, place: QPoint) -> None:
        from chain_timer.window.card_menu import Deed, show_menu

        routine = self._ways.library().by_routine_id.get(routine_id)
        if routine is None:
            return
        own = self.path_of(routine) is not None
        deeds = [
            Deed(self.tr("Open"), partial(self._ways.open_routine, routine), self.tr("Enter")),
            Deed(self.tr("Edit") if own else self.tr("Edit a copy"), partial(self.edit, routine), "F2"),
        ]
        if own:
            deeds.append(Deed(self.tr("Edit a copy"), partial(self.duplicate, routine)))
        if self._can_give:
            deeds.append(Deed(self.tr("Export…"), partial(self.exchange.give_out, routine)))
        if own:
            deeds.append(Deed(self.tr("Delete"), partial(self.delete, routine), self.tr("Del"), apart=True))
        show_menu(deeds, self._frame.library, place)

    def _show_taken(self, taken: Taken) -> None:
        """Show what was imported: a single routine, all routines, or the exercises."""
        if not taken.routines:
            self._ways.show_exercises(taken.exercises[0].stem if taken.exercises else "")
            return
        self._ways.show_library()
        if len(taken.routines) == 1:
            self._wanted = taken.routines[0].stem
            self.show_wanted()

    def show_wanted(self) -> None:
        """Open the routine that was imported, as soon as the library has it with all it needs."""
        routine = self._ways.library().by_routine_id.get(self._wanted) if self._wanted else None
        if routine is not None and self._frame.stack.currentWidget() is self._frame.library:
            self._ways.open_routine(routine)
        if routine is not None:
            self._wanted = ""

    def _show_given(self, routine: Routine | None) -> None:
        if routine is not None:
            self._ways.open_routine(routine)

    def edit_new(self) -> None:
        """Write a routine from nothing."""
        self._begin(None).open_new()

    def edit(self, routine: Routine) -> None:
        """Change a routine of one's own, or a copy of any other."""
        path = self.path_of(routine)
        desk = self._begin(routine)
        if path is None:
            desk.open_copy(routine)
        else:
            desk.open_own(path)

    def duplicate(self, routine: Routine) -> None:
        """Write a copy of a routine."""
        self._begin(routine).open_copy(routine)

    def _begin(self, before: Routine | None) -> EditorDesk:
        self._before, self._last = before, None
        desk = self._editor()
        self._frame.show_page(desk.page)
        return desk

    def _editor(self) -> EditorDesk:
        if self._desk is None:
            from chain_timer.window.editor_desk import EditorDesk

            self._desk = desk = EditorDesk(
                self._frame,
                keeping=self._keeping,
                library=self._ways.library,
                facts=self._ways.facts,
                layout=self._layout,
                disk=self._disk,
                stills=self._stills(),
            )
            desk.left.connect(self._leave)
            desk.refused.connect(self._say)
            desk.failed.connect(self._frame.tell)
            desk.saved.connect(self._take_saved)
            desk.play_requested.connect(partial(self._play, desk))
            desk.new_exercise_requested.connect(partial(self._new_exercise, desk))
            self._look.dress(desk.page)
        return self._desk

    def _play(self, desk: EditorDesk, routine: Routine, options: Options, position_ms: int) -> None:
        self._ways.play(routine, options, position_ms, desk.page)

    def _take_saved(self, path: Path) -> None:
        self._last = path
        self._ways.take_file(path)

    def _leave(self) -> None:
        """Go on with what was saved, or else where one came from."""
        shown = self._ways.library().by_routine_id.get(self._last.stem) if self._last else self._before
        if shown is None:
            self._ways.show_library()
        else:
            self._ways.open_routine(shown)

    def _new_exercise(self, desk: EditorDesk, name: str) -> None:
        """Write an exercise for the routine in the editor, and come back to that."""

        def come_back(exercise: Exercise | None) -> None:
            self._frame.show_page(desk.page)
            if exercise is not None:
                desk.editor.add_exercises([exercise])

        self.exercises.write_for(name, come_back)

    # --- drafts --------------------------------------------------------------------------------------

    def offer_drafts(self) -> None:
        """Tell what was being written when the program ended, if anything was."""
        self._disk.do(self._keeping.drafts.all, self._take_drafts)

    def _take_drafts(self, found: tuple[tuple[tuple[str, Draft], ...], tuple[Problem, ...]]) -> None:
        drafts, _ = found
        if not drafts:
            return
        draft_id, draft = drafts[0]

        def go_on() -> None:
            self._begin(None).open_draft(draft_id, draft)

        def throw_away() -> None:
            self._disk.do(partial(self._keeping.drafts.forget, draft_id))
            self._take_drafts((drafts[1:], ()))

        self._frame.library.notice.show_notice(
            self.tr("You were writing “{title}”, and it is not saved yet.").format(title=draft.title),
            [(self.tr("Go on"), go_on), (self.tr("Throw away"), throw_away)],
        )

    # --- taking in and deleting ----------------------------------------------------------------------

    def keep(self, routine: Routine) -> None:
        """Make a routine from elsewhere one's own."""
        from chain_timer.routine.routine_writer import routine_text

        library, keeping = self._ways.library(), self._keeping.routines
        if self._keeping_now:
            return  # pressed twice: one file is enough

        def write() -> Kept:
            text = routine_text(routine, library.by_exercise_id)
            return keeping.new(text, routine.name, tuple(library.by_routine_id))

        self._keeping_now = True
        self._disk.do(write, self._take_kept, self._take_not_kept)

    def _take_not_kept(self, error: ChainTimerError) -> None:
        self._keeping_now = False
        self._tell(error)

    def _take_kept(self, kept: Kept) -> None:
        self._keeping_now = False
        self._ways.take_file(kept.path)
        routine = self._ways.library().by_routine_id.get(kept.path.stem)
        if routine is not None:
            self._ways.open_routine(routine)

    def delete(self, routine: Routine) -> None:
        """Move a routine of one's own to the trash; a notice offers to have it back."""
        path, files, trash = self.path_of(routine), self._keeping.routines, self._keeping.trash
        if path is None:
            return

        def work() -> Deleted:
            return files.delete(files.read(path), trash)

        self._disk.do(work, partial(self._take_deleted, routine.name), self._tell)

    def _take_deleted(self, name: str, deleted: Deleted) -> None:
        self._ways.take_file(deleted.path)
        self._ways.show_library()
        self._frame.library.notice.show_notice(
            self.tr("“{name}” is in the trash.").format(name=name),
            [(self.tr("Undo"), partial(self._bring_back, deleted))],
        )

    def _bring_back(self, deleted: Deleted) -> None:
        files = self._keeping.routines
        self._disk.do(partial(files.undo, deleted), self._take_back, self._tell)

    def _take_back(self, kept: Kept) -> None:
        self._ways.take_file(kept.path)
        self._frame.library.choose(kept.path.stem)

    def _tell(self, error: ChainTimerError) -> None:
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._ways.show_library()
        self._frame.tell(text)

    def close(self) -> None:
        """The window goes: wait until everything is on disk."""
        if self._desk is not None:
            self._desk.close()
        self.exchange.close()
        self._disk.close()
