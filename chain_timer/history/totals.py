"""What can be counted over days: totals, streaks in days and weeks, and the year as a heat map."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from chain_timer.history.days import DAYS_A_WEEK, week_begin, week_number
from chain_timer.history.kept import DayTotal
from chain_timer.units import MINUTE_MS

LEVELS_MIN = (1, 10, 20, 40)
"""Minutes a day from which each color begins. Fixed, so that a color means the same in every year."""
WEEKS_SHOWN = 53
"""The weeks of a heat map that ends today: this one, and a whole year before it."""
_FIRST_DAY, _LAST_DAY = date(MINYEAR + 1, 1, 1), date(MAXYEAR - 1, 12, 31)
"""Between these every week has seven days that a date can name."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything that was ever done, or everything of one routine."""

    sessions: int
    done: int
    """Those of them that count as done."""
    played_ms: int
    work_ms: int
    days_active: int
    """Days on which there was a session."""
    first: date | None
    """The day of the first session; None where there is none."""
    best: DayTotal | None
    """The day with the longest time, of several the first."""


@dataclass(frozen=True, slots=True)
class HeatDay:
    """A day as a heat map shows it."""

    day: date
    sessions: int = 0
    done: int = 0
    played_ms: int = 0
    is_outside: bool = False
    """Whether it only fills a week up: it belongs to another year, and nothing is told of it here."""
    is_future: bool = False

    @property
    def minutes(self) -> int:
        """Whole minutes, cut down; at least one where there was anything."""
        return max(self.played_ms // MINUTE_MS, 1 if self.played_ms > 0 else 0)

    @property
    def level(self) -> int:
        """How strong its color is, from 0 to 4 by :data:`LEVELS_MIN`."""
        return level_of(self.minutes)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Weeks of seven days each, oldest first, as columns of a heat map."""

    weeks: tuple[tuple[HeatDay, ...], ...]
    first_weekday: int
    """What every week begins with: 0 is Monday, 6 is Sunday."""

    @property
    def days(self) -> Iterator[HeatDay]:
        """Every day it is about, without those that only fill a week up."""
        return (day for week in self.weeks for day in week if not day.is_outside)

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Where each month begins: the number of the week from 0, and the month from 1."""
        return tuple(
            (number, day.day.month)
            for number, week in enumerate(self.weeks)
            for day in week
            if day.day.day == 1 and not day.is_outside
        )

    def place_of(self, day: date) -> tuple[int, int] | None:
        """Give the week and the place in it, both from 0; None for a day that is not on the map."""
        week, place = divmod(day.toordinal() - self.weeks[0][0].day.toordinal(), DAYS_A_WEEK)
        if not 0 <= week < len(self.weeks) or self.weeks[week][place].is_outside:
            return None
        return week, place


@dataclass(frozen=True, slots=True)
class Streak:
    """Days or weeks without a gap."""

    current: int
    """Up to now; zero where it is broken."""
    longest: int
    """Ever, the current one included."""
    is_kept: bool
    """Whether today, or this week, already counts. If not, it breaks nothing before it is over."""


@dataclass(frozen=True, slots=True)
class Week:
    """How the present week stands, Monday to Sunday."""

    first: date
    goal: int
    """Days on which a session is to be done, 1 to 7."""
    days: tuple[date, ...]
    """Days on which one was done, oldest first."""
    remaining: int
    """Days left on which one more can be done; today is one of them as long as nothing was done."""

    @property
    def reached(self) -> int:
        return len(self.days)

    @property
    def is_reached(self) -> bool:
        return self.reached >= self.goal

    @property
    def missing(self) -> int:
        """Days that the goal still needs."""
        return max(0, self.goal - self.reached)

    @property
    def can_be_reached(self) -> bool:
        return self.missing <= self.remaining


def totals(days: Iterable[DayTotal]) -> Totals:
    """Add up what was done on these days, in any order."""
    kept = sorted((day for day in days if day.sessions > 0), key=lambda each: each.day)
    best = max(kept, key=lambda each: each.played_ms, default=None)
    return Totals(
        sessions=sum(each.sessions for each in kept),
        done=sum(each.done for each in kept),
        played_ms=sum(each.played_ms for each in kept),
        work_ms=sum(each.work_ms for each in kept),
        days_active=len({each.day for each in kept}),
        first=kept[0].day if kept else None,
        best=best if best is not None and best.played_ms > 0 else None,
    )


def years_in(days: Iterable[DayTotal], today: date) -> tuple[int, ...]:
    """Give the years a heat map can be shown of, newest first; this year is always one of them."""
    return tuple(sorted({today.year, *(each.day.year for each in days)}, reverse=True))


def level_of(minutes: int) -> int:
    """Tell how strong the color of so many minutes is, from 0 for nothing to 4."""
    return bisect_right(LEVELS_MIN, minutes)


def year_of(
    days: Iterable[DayTotal], today: date, year: int | None = None, first_weekday: int = 0
) -> HeatMap:
    """Lay the days of a year out in weeks; without a year, the 53 weeks that end with the present one.

    Weeks begin with the weekday given, 0 for Monday to 6 for Sunday. Days after today are marked and keep
    what they hold: a clock that ran ahead has sessions there.
    """
    today, first_weekday = _bounded(today), first_weekday % DAYS_A_WEEK
    if year is None:
        last = today.toordinal()
        first = week_begin(last, first_weekday) - (WEEKS_SHOWN - 1) * DAYS_A_WEEK
        last = week_begin(last, first_weekday) + DAYS_A_WEEK - 1
    else:
        year = min(max(year, _FIRST_DAY.year), _LAST_DAY.year)
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    by_number = {each.day.toordinal(): each for each in days}

    def heat(number: int) -> HeatDay:
        day, is_future = date.fromordinal(number), number > today.toordinal()
        if not first <= number <= last:
            return HeatDay(day, is_outside=True, is_future=is_future)
        kept = by_number.get(number)
        if kept is None:
            return HeatDay(day, is_future=is_future)
        return HeatDay(day, kept.sessions, kept.done, kept.played_ms, is_future=is_future)

    begins = range(week_begin(first, first_weekday), last + 1, DAYS_A_WEEK)
    weeks = (tuple(heat(number) for number in range(begin, begin + DAYS_A_WEEK)) for begin in begins)
    return HeatMap(tuple(weeks), first_weekday)


def streak_days(days: Iterable[DayTotal], today: date) -> Streak:
    """Count the days in a row with a session done, up to today or, as long as today has none, yesterday.

    Days after today count for nothing before they have come: the clock was wrong, or the person flew east.
    """
    return _streak(_done_numbers(days, today), today.toordinal())


def streak_weeks(days: Iterable[DayTotal], today: date, goal_days: int) -> Streak:
    """Count the weeks in a row, Monday to Sunday, in which on so many days a session was done.

    Which days they were is the person's own business: a day of rest breaks nothing.
    """
    reached: dict[int, int] = {}
    for number in _done_numbers(days, today):
        reached[week_number(number)] = reached.get(week_number(number), 0) + 1
    goal = _goal(goal_days)
    weeks = {week for week, count in reached.items() if count >= goal}
    return _streak(weeks, week_number(today.toordinal()))


def week_of(days: Iterable[DayTotal], today: date, goal_days: int) -> Week:
    """Tell how the present week stands."""
    now = today.toordinal()
    begin = week_begin(now)
    done = sorted(number for number in _done_numbers(days, today) if number >= begin)
    remaining = begin + DAYS_A_WEEK - now - (1 if now in done else 0)
    return Week(date.fromordinal(begin), _goal(goal_days), tuple(map(date.fromordinal, done)), remaining)


def _bounded(day: date) -> date:
    return min(max(day, _FIRST_DAY), _LAST_DAY)


def _goal(days: int) -> int:
    return min(max(days, 1), DAYS_A_WEEK)


def _done_numbers(days: Iterable[DayTotal], today: date) -> set[int]:
    return {each.day.toordinal() for each in days if each.done > 0 and each.day <= today}


def _streak(reached: Collection[int], now: int) -> Streak:
    is_kept = now in reached
    current = _run_to(reached, now if is_kept else now - 1)
    longest = max((_run_to(reached, each) for each in reached if each + 1 not in reached), default=0)
    return Streak(current, longest, is_kept)


def _run_to(reached: Collection[int], last: int) -> int:
    length = 0
    while last - length in reached:
        length += 1
    return length
