"""The hold that is suggested before a session, from what was really held: asked, and never imposed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_timer.history.progress import Suggestion, suggested
from chain_timer.units import duration_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_timer.history.history import History
    from chain_timer.history.plan import HoldPlan
    from chain_timer.routine.routine import Routine
    from chain_timer.session.clock import Moment
    from chain_timer.window.history_reader import HistoryReader
    from chain_timer.window.setup_bridge import SetupBridge

_ADVICE = "advice"
_LOOKED_BACK = timedelta(days=400)
"""What was held before says nothing about today, and twenty years of it take long to read."""


class HoldAdvice(QObject):
    """Looks into the history whenever a routine is opened, and asks on the set-up page."""

    def __init__(
        self,
        setup: SetupBridge,
        reader: HistoryReader,
        now: Callable[[], Moment],
        safety: Callable[[], str],
    ) -> None:
        """``safety`` gives what is said about pain; it is asked in a thread."""
        super().__init__(setup)
        self._setup = setup
        self._reader = reader
        self._now = now
        self._safety = safety
        setup.shown.connect(self.look)

    def look(self) -> None:
        """Look what to suggest for the routine that is shown."""
        routine = self._setup.routine
        self._setup.page.notice.hide()
        if routine is None or self._setup.hold_ms is None:
            self._reader.drop(_ADVICE)
            return
        declined, today = self._setup.declined, self._now().day

        def question(history: History) -> Suggestion | None:
            plan = _plan_for(routine, history.plans(), today)
            exercise_id = plan.exercise_id if plan else ""
            of_routine = "" if exercise_id else routine.id
            points = history.holds(exercise_id=exercise_id, routine_id=of_routine, since=today - _LOOKED_BACK)
            return suggested(points, plan, today, safety=self._safety(), declined=declined)

        # The page is whole without it: what cannot be read is told where the history is shown.
        self._reader.ask(_ADVICE, question, partial(self._take, routine), lambda _error: None)

    def _take(self, routine: Routine, suggestion: Suggestion | None) -> None:
        setup = self._setup
        if suggestion is None or setup.routine is not routine or setup.hold_ms == suggestion.hold_ms:
            return
        notice = setup.page.notice

        def accept() -> None:
            notice.hide()
            setup.take_hold(suggestion.hold_ms)

        def decline() -> None:
            notice.hide()
            setup.decline(suggestion.mark)

        held = duration_text(suggestion.hold_ms)
        answers = [(self.tr("Hold {time}").format(time=held), accept), (self.tr("Not now"), decline)]
        notice.show_notice(suggestion.why, answers)


def _plan_for(routine: Routine, plans: tuple[HoldPlan, ...], today: date) -> HoldPlan | None:
    """Give the plan that is followed for a routine, or else for one of its exercises, the newest first."""
    exercises = {exercise.id for exercise in routine.exercises}
    followed = [plan for plan in reversed(plans) if plan.ended is None or today < plan.ended]
    of_routine = [plan for plan in followed if plan.routine_id == routine.id]
    of_exercises = [plan for plan in followed if plan.exercise_id in exercises]
    return next(iter((*of_routine, *of_exercises)), None)
