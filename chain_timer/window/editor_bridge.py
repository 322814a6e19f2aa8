"""Between the editor's page and the document behind it: every wish becomes a step that can be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.routine.document import Document
from chain_timer.routine.editing import (
    Edited,
    Place,
    add,
    add_circuit,
    change_circuits,
    change_items,
    choose,
    complete,
    duplicate,
    move,
    new_item,
    remove,
    shift,
)
from chain_timer.routine.routine import Circuit, Routine
from chain_timer.window.announcing import announce
from chain_timer.window.editor_facts import Course, course_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chain_timer.routine.exercise import Exercise
    from chain_timer.routine.routine import Item
    from chain_timer.timeline.options import Options
    from chain_timer.timeline.timeline import Timeline
    from chain_timer.window.background import Background
    from chain_timer.window.editor_page import EditorPage

NEW = Routine("", "", (Circuit(()),))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a routine is laid out in time."""

    options_for: Callable[[Routine], Options]
    compile: Callable[[Routine, Options], Timeline]
    background: Background


class EditorBridge(QObject):
    """Holds the document; who keeps it on disk listens to ``changed``."""

    changed = Signal()
    """The routine is another now, or what was saved is."""
    play_requested = Signal(object, object, int)
    """A routine, its options, and the position to begin at, in milliseconds."""

    def __init__(
        self,
        page: EditorPage,
        layout: Layout,
        exercise_of: Callable[[str], Exercise | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.page = page
        self._exercise_of = exercise_of
        self.document = Document(NEW, None)
        self._layout = layout
        self._asked = 0
        self._course: Course | None = None
        self._laid: Routine | None = None
        self._hint = ""
        """What is said of a routine that nobody saved yet."""
        self._connect()

    def begin(self, routine: Routine, saved: Routine | None, hint: str = "") -> None:
        """Begin with a routine and how it is on disk; None where it is not."""
        # Whose file it is, the file's name says: within the editor no routine has an id.
        self.document = Document(replace(routine, id=""), None if saved is None else replace(saved, id=""))
        self._hint = hint
        self.page.name.clear()
        self._show()
        self.page.begin()

    def take_back(self, routine: Routine) -> None:
        """Take the routine as it is on disk now, as a step that can be undone."""
        routine = replace(routine, id="")
        after = choose(replace(self.document.now, routine=routine), self.document.now.chosen)
        self.document.change(after, self.tr("taking what is on disk"))
        self.document.saved(routine)
        self._show()

    def mark_saved(self, routine: Routine) -> None:
        """Take note of what is on disk now."""
        self.document.saved(replace(routine, id=""))
        self._hint = ""
        self._show_state()

    def lose_file(self, hint: str) -> None:
        """Take note that there is nothing on disk any more."""
        self.document.lost()
        self._hint = hint
        self._show_state()

    def revert(self) -> None:
        """Go back to what is on disk; that can be undone."""
        saved = self.document.on_disk
        if saved is not None:
            self._change(Edited(saved), self.tr("going back to what was saved"))

    def add_exercises(self, exercises: Iterable[Exercise]) -> None:
        """Add exercises after what is chosen."""
        items = [new_item(exercise) for exercise in exercises]
        if items and self._change(add(self.document.now, items), self.tr("adding")):
            self.page.chooser.tell_added(items[-1].exercise.name)
            announce(self.page, self.tr("Added: {name}").format(name=items[-1].exercise.name))

    # --- showing -------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.page.show_edited(self.document.now)
        self._show_state()
        self._show_course()

    def _show_state(self) -> None:
        document = self.document
        changed = document.is_changed
        if document.on_disk is None:
            text = self._hint or (self.tr("Not saved yet") if changed else "")
        else:
            text = self.tr("Changed, not saved yet") if changed else self.tr("Saved")
        self.page.show_state(text, changed=changed, undoes=document.undoes, redoes=document.redoes)

    def _show_course(self) -> None:
        routine = self.document.routine
        if routine == self._laid:
            return
        self._laid = routine
        self._asked += 1
        asked, options = self._asked, self._options(routine)
        layout = self._layout

        def work() -> Course:
            return course_of(routine, options, layout.compile(routine, options))

        def tell(course: Course) -> None:
            if asked == self._asked:
                self._course = course
                self.page.show_course(course)

        layout.background.run_if_large(routine.pieces(), work, tell)

    def _options(self, routine: Routine) -> Options:
        """Give the options that show the routine as it is written, whatever was chosen for a session."""
        return replace(self._layout.options_for(routine), hold_ms=None, rest_ms=None, rounds=None)

    # --- changing ------------------------------------------------------------------------------------

    def _change(self, after: Edited, what: str, kind: str = "") -> bool:
        done = self.document.change(after, what, kind or None)
        self._show()
        if done:
            self.changed.emit()
        return done

    def _choose(self, places: tuple[Place, ...]) -> None:
        self.document.choose(choose(self.document.now, places))
        self.page.show_edited(self.document.now)

    def _add(self, exercise_id: str) -> None:
        exercise = self._exercise_of(exercise_id)
        if exercise is None:
            self.page.notice.show_notice(self.tr("This exercise cannot be read any more."))
        else:
            self.add_exercises([exercise])

    def _rename(self, name: str) -> None:
        routine = replace(self.document.routine, name=name)
        self._change(replace(self.document.now, routine=routine), self.tr("change of the name"), "title")

    def _change_items(self, change: Callable[[Item], Item], what: str, kind: str) -> None:
        self._change(change_items(self.document.now, change), what, f"items {kind}")

    def _change_circuits(self, change: Callable[[Circuit], Circuit], what: str, kind: str) -> None:
        self._change(change_circuits(self.document.now, change), what, f"circuits {kind}")

    def _change_routine(self, change: Callable[[Routine], Routine], what: str, kind: str) -> None:
        after = replace(self.document.now, routine=change(self.document.routine))
        self._change(after, what, f"routine {kind}")

    def _remove(self) -> None:
        if self.document.now.chosen:
            self._change(remove(self.document.now), self.tr("removing"))

    def _shift(self, by: int) -> None:
        self._change(shift(self.document.now, by), self.tr("moving"))

    def _move(self, before: Place | None) -> None:
        self._change(move(self.document.now, before), self.tr("moving"))

    def _undo(self) -> None:
        self._tell(self.document.undo(), self.tr("Undone: {what}"))

    def _redo(self) -> None:
        self._tell(self.document.redo(), self.tr("Done again: {what}"))

    def _tell(self, what: str, words: str) -> None:
        if what:
            self._show()
            self.changed.emit()
            announce(self.page, words.format(what=what))

    def _play(self) -> None:
        routine = complete(self.document.routine)
        if not routine.items:
            self.page.notice.show_notice(self.tr("There is nothing to play yet. Add an exercise first."))
            return
        position_ms = 0
        if self._course is not None and self.document.now.chosen:
            position_ms = self._course.start_of(min(self.document.now.chosen)) or 0
        named = replace(routine, name=routine.name or self.tr("Routine without a name"))
        self.play_requested.emit(named, self._options(routine), position_ms)

    def _connect(self) -> None:
        page = self.page
        page.name_changed.connect(self._rename)
        page.chosen_changed.connect(self._choose)
        page.items_change_requested.connect(self._change_items)
        page.circuits_change_requested.connect(self._change_circuits)
        page.routine_change_requested.connect(self._change_routine)
        page.add_requested.connect(self._add)
        page.circuit_requested.connect(
            lambda: self._change(add_circuit(self.document.now), self.tr("adding a circuit"))
        )
        page.duplicate_requested.connect(
            lambda: self._change(duplicate(self.document.now), self.tr("duplicating"))
        )
        page.remove_requested.connect(self._remove)
        page.shift_requested.connect(self._shift)
        page.move_requested.connect(self._move)
        page.undo_requested.connect(self._undo)
        page.redo_requested.connect(self._redo)
        page.revert_requested.connect(self.revert)
        page.play_requested.connect(self._play)
