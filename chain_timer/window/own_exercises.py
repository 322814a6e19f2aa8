"""A person's own exercises in the window: written, changed, deleted and brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_timer.routine.words import slug

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chain_timer.problems import ChainTimerError
    from chain_timer.routine.exercise import Exercise
    from chain_timer.routine.own_files import Deleted
    from chain_timer.window.exercise_desk import ExerciseDesk
    from chain_timer.window.exercise_page import ExercisePage
    from chain_timer.window.frame import Frame
    from chain_timer.window.in_order import InOrder
    from chain_timer.window.keeping import Keeping
    from chain_timer.window.look import Look
    from chain_timer.window.notice import Notice
    from chain_timer.window.ways import Ways

# ruff: noqa: PLC0415 - the form is imported when it is first opened


class OwnExercises(QObject):
    """Opens the form, and keeps what comes of it."""

    def __init__(self, frame: Frame, *, keeping: Keeping, look: Look, disk: InOrder, ways: Ways) -> None:
        super().__init__(frame)
        self._frame = frame
        self._keeping = keeping
        self._look = look
        self._disk = disk
        self._ways = ways
        self._form: ExerciseDesk | None = None
        self._last = ""
        """The id of what was saved last in the form."""
        self._come_back: Callable[[Exercise | None], None] | None = None
        """Where to go from the form; to the exercises where nobody waits for one."""

    def is_own(self, exercise_id: str) -> bool:
        """Tell whether an exercise is a person's own."""
        return self._ways.library().own_exercise_path(exercise_id) is not None

    def serve(self, page: ExercisePage) -> None:
        """Do what is asked on the page of exercises."""
        page.new_requested.connect(self._new)
        page.edit_requested.connect(self._edit)
        page.delete_requested.connect(partial(self._delete, page.notice))

    def write_for(self, name: str, come_back: Callable[[Exercise | None], None]) -> None:
        """Write an exercise that somebody waits for: they get it, or None."""
        form = self._show_form()
        self._come_back = come_back
        form.open_new(name)

    # --- the form ------------------------------------------------------------------------------------

    def _new(self) -> None:
        self._show_form().open_new()

    def _edit(self, exercise_id: str) -> None:
        """Change an exercise of one's own, or a copy of one that ships."""
        library = self._ways.library()
        exercise, path = library.by_exercise_id.get(exercise_id), library.own_exercise_path(exercise_id)
        if path is not None:
            self._show_form().open_own(path)
        elif exercise is not None:
            self._show_form().open_copy(exercise)

    def _show_form(self) -> ExerciseDesk:
        if self._form is None:
            from chain_timer.window.exercise_desk import ExerciseDesk

            self._form = form = ExerciseDesk(
                self._frame, keeping=self._keeping, library=self._ways.library, disk=self._disk
            )
            form.saved.connect(self._take_saved)
            form.left.connect(self._leave)
            form.refused.connect(self._frame.tell)
            self._look.dress(form.page)
        self._frame.show_page(self._form.page)
        self._last, self._come_back = "", None
        return self._form

    def _take_saved(self, path: Path) -> None:
        self._ways.take_file(path)
        self._last = slug(path.stem)

    def _leave(self) -> None:
        if self._come_back is not None:
            self._come_back(self._ways.library().by_exercise_id.get(self._last))
        else:
            self._ways.show_exercises(self._last)

    # --- deleting ------------------------------------------------------------------------------------

    def _delete(self, notice: Notice, exercise_id: str) -> None:
        """Move an exercise of one's own to the trash; a notice offers to have it back."""
        path = self._ways.library().own_exercise_path(exercise_id)
        files, trash = self._keeping.exercises, self._keeping.trash
        if path is None:
            return

        def work() -> Deleted:
            return files.delete(files.read(path), trash)

        self._disk.do(work, partial(self._take_deleted, notice), partial(_tell, notice))

    def _take_deleted(self, notice: Notice, deleted: Deleted) -> None:
        self._ways.take_file(deleted.path)
        notice.show_notice(
            self.tr("The exercise is in the trash. Routines that use it need it back, or another one."),
            [(self.tr("Undo"), partial(self._bring_back, notice, deleted))],
        )

    def _bring_back(self, notice: Notice, deleted: Deleted) -> None:
        self._disk.do(
            partial(self._keeping.exercises.undo, deleted),
            lambda kept: self._ways.take_file(kept.path),
            partial(_tell, notice),
        )


def _tell(notice: Notice, error: ChainTimerError) -> None:
    notice.show_notice(str(error))
