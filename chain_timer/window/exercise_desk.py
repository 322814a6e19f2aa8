"""Own exercises: the form, the file behind it, and the picture that goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from chain_timer.drawing.own_picture import LARGEST_BYTES, decoded, taken_in
from chain_timer.problems import ChainTimerError, FileProblemsError
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_reader import USUAL_HOLD, exercise_from, exercise_in
from chain_timer.routine.exercise_writer import exercise_text
from chain_timer.routine.own_files import ChangedOnDiskError, Kept, disk_told
from chain_timer.routine.table import Place, Report, Table
from chain_timer.system.files import read_bytes_bounded, write_bytes_atomic
from chain_timer.window.exercise_form import ExerciseForm, Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from chain_timer.routine.library import Library
    from chain_timer.window.in_order import InOrder
    from chain_timer.window.keeping import Keeping

_SHOWN = 400
"""Pixels of the longer side of the picture in the form."""
_PROBLEMS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture as it will lie beside the exercise's file."""

    data: bytes
    suffix: str
    seen: QImage | None


class ExerciseDesk(QObject):
    """Opens exercises in the form, and saves what is written there."""

    left = Signal()
    saved = Signal(object)
    """The path of an exercise that is on disk now."""
    refused = Signal(str)
    """Why an exercise cannot be opened or was not saved, once the form is left again."""

    def __init__(
        self, parent: QWidget, *, keeping: Keeping, library: Callable[[], Library], disk: InOrder
    ) -> None:
        super().__init__(parent)
        self._keeping = keeping
        self._library = library
        self._disk = disk
        self.page = ExerciseForm(library().names, parent)
        self._kept: Kept | None = None
        self._shown: Values = {}
        self._picture: _Picture | None = None
        """A picture that is chosen and not yet in its place."""
        self._opened = 0
        """Counts what was opened: an outcome may come when it is about something else already."""
        self._writing = False
        self.page.save_requested.connect(self.save)
        self.page.back_requested.connect(self.leave)
        self.page.picture_requested.connect(self._choose_picture)
        self.page.picture_dropped.connect(self._take_picture_of)

    @property
    def is_changed(self) -> bool:
        return self.page.values != self._shown or self._picture is not None

    # --- opening -------------------------------------------------------------------------------------

    def open_new(self, name: str = "") -> None:
        """Begin with nothing but perhaps a name."""
        self._show(None, Exercise("", name[:200], (), USUAL_HOLD))

    def open_copy(self, exercise: Exercise) -> None:
        """Begin with a copy of one that ships."""
        self._show(None, replace(exercise, name=self.tr("My {name}").format(name=exercise.name)))

    def open_own(self, path: Path) -> None:
        """Begin with one of one's own, by its file."""
        self._show(None, Exercise("", "", (), USUAL_HOLD))  # never the one before while it is read
        self._disk.do(partial(self._read, path), lambda read: self._show(*read), self._refuse)

    def _read(self, path: Path) -> tuple[Kept, Exercise, QImage | None]:
        kept = self._keeping.exercises.read(path)
        exercise = exercise_from(kept.text, path.stem, self._library().names)
        return kept, exercise, _seen(path.parent / exercise.picture) if exercise.picture else None

    def _show(self, kept: Kept | None, exercise: Exercise, picture: QImage | None = None) -> None:
        self._kept, self._picture, self._writing = kept, None, False
        self._opened += 1
        self.page.show_exercise(exercise)
        self.page.show_picture(picture, exercise.picture)
        self._shown = self.page.values

    def _refuse(self, error: ChainTimerError) -> None:
        self.left.emit()
        self.refused.emit(str(error))

    def _tell(self, error: ChainTimerError) -> None:
        self.page.notice.show_notice(str(error))

    # --- the picture ---------------------------------------------------------------------------------

    def _choose_picture(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.page,
            self.tr("Choose a picture"),
            "",
            self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.svg);;All files (*)"),
        )
        if path:
            self._take_picture_of(path)

    def _take_picture_of(self, path: str) -> None:
        def read() -> _Picture:
            with disk_told(Path(path).name, Path(path).parent, "cannot be read"):
                data = read_bytes_bounded(Path(path), LARGEST_BYTES)
            return _taken(data)

        self._disk.do(read, self._take_picture, self._tell)

    def _take_picture(self, picture: _Picture) -> None:
        self._picture = picture
        self.page.notice.hide()
        self.page.show_picture(picture.seen, f"picture{picture.suffix}")

    # --- saving --------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save what is written, or tell everything that is wrong with it."""
        if self._writing:
            return  # pressed twice: the form is left as soon as it is on disk
        values = self.page.values
        report = Report()
        exercise = exercise_in(Table(values, Place(report)), "new", self._library().names)
        if not values.get("name"):
            self.page.notice.show_notice(self.tr("Give the exercise a name first."))
            self.page.name.setFocus()
        elif report.problems:
            shown = [str(problem) for problem in report.problems[:_PROBLEMS_SHOWN]]
            self.page.notice.show_notice("\n".join(shown))
        else:
            self._write(exercise, values, self._keeping.exercises.save)

    def _write(self, exercise: Exercise, values: Values, save: Callable[[Kept, str], Kept]) -> None:
        kept, picture, files = self._kept, self._picture, self._keeping.exercises
        taken = tuple(self._library().by_exercise_id)

        def write() -> Kept:
            named = exercise if picture is None else replace(exercise, picture="")
            text = exercise_text(named, kept.text if kept else "")
            there = files.new(text, exercise.name, taken) if kept is None else save(kept, text)
            if picture is None:
                return there
            name = f"{there.path.stem}{picture.suffix}"
            with disk_told(name, there.path.parent, "is not saved"):
                write_bytes_atomic(there.path.with_name(name), picture.data)
            return files.save(there, exercise_text(replace(exercise, picture=name), there.text))

        self._writing = True
        opened = self._opened
        self._disk.do(
            write, partial(self._take_saved, opened, values), partial(self._take_failure, opened, exercise)
        )

    def _take_saved(self, opened: int, values: Values, kept: Kept) -> None:
        self.saved.emit(kept.path)
        if opened != self._opened:
            return  # left already, and perhaps another one is open
        self._kept, self._picture, self._shown, self._writing = kept, None, values, False
        self.left.emit()

    def _take_failure(self, opened: int, exercise: Exercise, error: ChainTimerError) -> None:
        if opened != self._opened:
            self.refused.emit(str(error))
            return
        self._writing = False
        if not isinstance(error, ChangedOnDiskError):
            self.page.notice.show_notice(str(error), [(self.tr("Try again"), self.save)])
            return
        now = error.now
        if now is None:
            self._kept = None
            self.save()
            return
        keep = partial(self._write, exercise, self.page.values, self._keeping.exercises.save_over)
        self.page.notice.show_notice(
            self.tr("Something else has changed the file of this exercise since you opened it."),
            [(self.tr("Keep mine"), keep), (self.tr("Take theirs"), partial(self._take_theirs, now))],
        )

    def _take_theirs(self, now: Kept) -> None:
        try:
            exercise = exercise_from(now.text, now.path.stem, self._library().names)
        except FileProblemsError as error:
            self._tell(error)
        else:
            self._show(now, exercise)

    # --- leaving -------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Leave the form; what is not saved is asked about first."""
        if not self.is_changed:
            self._leave_now()
            return
        self.page.notice.show_notice(
            self.tr("What you wrote is not saved."),
            [
                (self.tr("Save"), self.save),
                (self.tr("Don't save"), self._leave_now),
                (self.tr("Go on"), self.page.steps.setFocus),
            ],
            focus=True,
        )

    def _leave_now(self) -> None:
        self._opened += 1
        self._writing = False
        self.left.emit()


def _taken(data: bytes) -> _Picture:
    kept, suffix = taken_in(data)
    return _Picture(kept, suffix, decoded(kept, _SHOWN))


def _seen(path: Path) -> QImage | None:
    try:
        return decoded(read_bytes_bounded(path, LARGEST_BYTES), _SHOWN)
    except (OSError, ValueError):
        return None
