"""What the history page begins with, read and reckoned aside: all of it is for a thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chain_timer.history.history import History
from chain_timer.history.kept import DayTotal, PastRoutine
from chain_timer.history.totals import streak_days, streak_weeks, totals, week_of, years_in
from chain_timer.window.history_totals import TotalFacts


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page begins with: everything but the sessions themselves."""

    today: date
    days: tuple[DayTotal, ...]
    """Of all routines, oldest first."""
    shown_days: tuple[DayTotal, ...]
    """Of the routine that is shown alone, else of all."""
    routines: tuple[PastRoutine, ...]
    years: tuple[int, ...]
    """Newest first."""
    sums: TotalFacts

    def total_of(self, day: date) -> DayTotal | None:
        """Give what was done on a day, of the routines that are shown."""
        return next((each for each in self.shown_days if each.day == day), None)

    def count(self, day: date | None) -> int:
        """Give how many sessions there are, on a day or ever."""
        if day is None:
            return sum(each.sessions for each in self.shown_days)
        total = self.total_of(day)
        return total.sessions if total else 0


def read_overview(history: History, routine_id: str, today: date, goal: int) -> Overview:
    days = history.days()
    shown = history.days(routine_id=routine_id) if routine_id else days
    return Overview(
        today, days, shown, history.routines(), years_in(shown, today), sums_of(days, today, goal)
    )


def sums_of(days: Sequence[DayTotal], today: date, goal: int) -> TotalFacts:
    """Add up what was done, with the week and the streaks as they stand."""
    whole, week = totals(days), week_of(days, today, goal)
    of_week = [each for each in days if week.first <= each.day <= today]
    return TotalFacts(
        week_ms=sum(each.played_ms for each in of_week),
        week_sessions=sum(each.sessions for each in of_week),
        week_days=week.reached,
        goal=week.goal,
        streak_days=streak_days(days, today).current,
        streak_weeks=streak_weeks(days, today, goal).current,
        all_ms=whole.played_ms,
        all_sessions=whole.sessions,
    )
