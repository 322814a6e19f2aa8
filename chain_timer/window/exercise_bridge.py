"""Between the library's exercises, their figures, and the page that shows them."""

from PySide6.QtCore import QObject

from chain_timer.figure.figures import Figures
from chain_timer.figure.showing import showing
from chain_timer.routine.exercise import Side
from chain_timer.routine.library import Library
from chain_timer.window.exercise_facts import ExerciseFacts, all_facts
from chain_timer.window.exercise_page import ExercisePage
from chain_timer.window.stills import Stills


class ExerciseBridge(QObject):
    """Tells the page the exercises, and the movement of each one that is asked for."""

    def __init__(
        self, page: ExercisePage, figures: Figures, stills: Stills, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.page = page
        self._figures = figures
        self._stills = stills
        page.showing_requested.connect(self._show_movement)
        stills.drawn.connect(page.list.refresh)

    def show_library(self, library: Library) -> None:
        facts = all_facts(tuple(library.by_exercise_id.values()), library.names)
        self.page.show_exercises(facts, self._stills.picture_or_chain)

    def _show_movement(self, facts: ExerciseFacts, side: Side | None) -> None:
        self.page.show_showing(facts, side, showing(facts.exercise, side, self._figures))
