"""The editor put together: its page, the document behind it, and what keeps it on disk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.window.editor_bridge import NEW, EditorBridge, Layout
from chain_timer.window.editor_keeper import EditorKeeper
from chain_timer.window.editor_page import EditorPage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chain_timer.routine.drafts import Draft
    from chain_timer.routine.exercise import Exercise
    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.window.exercise_facts import ExerciseFacts
    from chain_timer.window.in_order import InOrder
    from chain_timer.window.keeping import Keeping
    from chain_timer.window.stills import Stills


class EditorDesk(QObject):
    """Opens routines in the editor; lives as long as the window once it was needed."""

    left = Signal()
    refused = Signal(str)
    """Why a routine cannot be opened: the editor has nothing to show."""
    failed = Signal(str)
    """Why a routine that was left already was not saved."""
    saved = Signal(object)
    """The path of a routine that is on disk now."""
    play_requested = Signal(object, object, int)
    """A routine, its options, and the position to begin at, in milliseconds."""
    new_exercise_requested = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        *,
        keeping: Keeping,
        library: Callable[[], Library],
        facts: Callable[[], Sequence[ExerciseFacts]],
        layout: Layout,
        disk: InOrder,
        stills: Stills,
    ) -> None:
        super().__init__(parent)
        self.page = EditorPage(parent)
        self.editor = EditorBridge(self.page, layout, self._exercise, self)
        self.keeper = EditorKeeper(self.editor, keeping, library, disk, self)
        self._library = library
        self._facts = facts
        self._stills = stills
        self._told: Sequence[ExerciseFacts] = ()
        self.page.list.show_stills(stills.picture_or_chain)
        stills.drawn.connect(self.page.list.refresh)
        stills.drawn.connect(self.page.chooser.list.refresh)
        self.keeper.left.connect(self.left)
        self.keeper.refused.connect(self.refused)
        self.keeper.failed.connect(self.failed)
        self.keeper.saved.connect(self.saved)
        self.editor.play_requested.connect(self.play_requested)
        self.page.new_exercise_requested.connect(self.new_exercise_requested)

    def _exercise(self, exercise_id: str) -> Exercise | None:
        return self._library().by_exercise_id.get(exercise_id)

    def open_new(self) -> None:
        """Begin with nothing."""
        self.show_library()
        self.keeper.open_new(NEW)

    def open_copy(self, routine: Routine) -> None:
        """Begin with a copy of a routine that is not a person's own."""
        self.show_library()
        name = self.tr("My {name}").format(name=routine.name[:190])
        self.keeper.open_new(
            replace(routine, name=name), self.tr("A copy of {name}").format(name=routine.name)
        )

    def open_own(self, path: Path) -> None:
        """Begin with a routine of one's own, by its file."""
        self.show_library()
        self.keeper.open_own(path)

    def open_draft(self, draft_id: str, draft: Draft) -> None:
        """Go on where a crash, or closing the window, came between."""
        self.show_library()
        self.keeper.open_draft(draft_id, draft)

    def show_library(self) -> None:
        """Offer the exercises that there are now."""
        facts = self._facts()
        if facts is not self._told:
            self._told = facts
            names = self._library().names
            self.page.chooser.show_exercises(facts, names, self._stills.picture_or_chain)

    def close(self) -> None:
        """The window goes."""
        self.keeper.close()
