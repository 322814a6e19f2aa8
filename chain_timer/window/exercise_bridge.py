"""Between the library's exercises, their figures, and the page that shows them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chain_timer.figure.figures import Figures
from chain_timer.figure.showing import showing
from chain_timer.routine.exercise import Side
from chain_timer.window.exercise_facts import ExerciseFacts
from chain_timer.window.exercise_page import ExercisePage
from chain_timer.window.own_exercises import OwnExercises
from chain_timer.window.own_pictures import OwnPictures
from chain_timer.window.stills import Stills


class ExerciseBridge(QObject):
    """Tells the page the exercises, and the movement of each one that is asked for."""

    missed = Signal()
    """The file of an exercise went or broke since it was listed."""

    def __init__(
        self,
        page: ExercisePage,
        figures: Figures,
        stills: Stills,
        is_own: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.page = page
        self._is_own = is_own
        self._figures = figures
        self._stills = stills
        page.showing_requested.connect(self._show_movement)
        stills.drawn.connect(page.list.refresh)

    def show_facts(self, facts: Sequence[ExerciseFacts]) -> None:
        """Show all exercises there are."""
        self.page.show_exercises(facts, self._stills.picture_or_chain)

    def _show_movement(self, facts: ExerciseFacts, side: Side | None) -> None:
        own = self._is_own(facts.id)
        self.page.show_showing(facts, side, showing(facts.exercise, side, self._figures), own=own)
        if not facts.is_there:
            self.missed.emit()


def exercise_bridge(
    parent: QWidget, figures: Figures, stills: Stills, pictures: OwnPictures, own: OwnExercises | None
) -> ExerciseBridge:
    """Put the page of exercises together, with a person's own where they can be kept."""
    page = ExercisePage(parent)
    page.detail.show_pictures(pictures)
    if own is not None:
        own.serve(page)
    is_own = own.is_own if own is not None else lambda _id: False
    return ExerciseBridge(page, figures, stills, is_own, parent)
