"""The hold that is suggested before a session, from what was really held: asked, and never imposed."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
_AMOUNT = re.compile(r"(\d) (s|min|h)\b")
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

        def question(history: History) -> Advice | None:
            plan = _plan_for(routine, history.plans(), today)
            exercise_id = plan.exercise_id if plan else ""
            of_routine = "" if exercise_id else routine.id
            points = history.holds(exercise_id=exercise_id, routine_id=of_routine, since=today - _LOOKED_BACK)
            found = suggested(points, plan, today, safety=self._safety(), declined=declined)
            return None if found is None else Advice(found, points[-1].planned_ms if points else 0)

        # The page is whole without it: what cannot be read is told where the history is shown.
        self._reader.ask(_ADVICE, question, partial(self._take, routine), lambda _error: None)
        self._reader.let_go()

    def _take(self, routine: Routine, advice: Advice | None) -> None:
        setup, hold_ms = self._setup, self._setup.hold_ms
        if advice is None or setup.routine is not routine or hold_ms is None or advice.is_taken(hold_ms):
            return
        suggestion, notice = advice.suggestion, setup.page.notice

        def accept() -> None:
            notice.hide()
            setup.take_hold(suggestion.hold_ms)

        def decline() -> None:
            notice.hide()
            setup.decline(suggestion.mark)

        held = duration_text(suggestion.hold_ms)
        answers = [(self.tr("Hold {time}").format(time=held), accept), (self.tr("Not now"), decline)]
        notice.show_notice(_AMOUNT.sub(_together, suggestion.why), answers)


@dataclass(frozen=True, slots=True)
class Advice:
    """A suggestion, and what it goes on from."""

    suggestion: Suggestion
    last_ms: int
    """The hold that was last planned; 0 where none was."""

    def is_taken(self, hold_ms: int) -> bool:
        """Whether the person chose as much already, or as little where less would be better."""
        if self.suggestion.hold_ms < self.last_ms:
            return hold_ms <= self.suggestion.hold_ms
        return hold_ms >= self.suggestion.hold_ms


def _together(amount: re.Match[str]) -> str:
    """Keep a number and its unit on one line."""
    return f"{amount[1]}\u00a0{amount[2]}"


def _plan_for(routine: Routine, plans: tuple[HoldPlan, ...], today: date) -> HoldPlan | None:
    """Give the plan that is followed for a routine, or else for one of its exercises, the newest first."""
    exercises = {exercise.id for exercise in routine.exercises}
    followed = [plan for plan in reversed(plans) if plan.ended is None or today < plan.ended]
    of_routine = [plan for plan in followed if plan.routine_id == routine.id]
    of_exercises = [plan for plan in followed if plan.exercise_id in exercises]
    return next(iter((*of_routine, *of_exercises)), None)
