"""What is counted over days: totals, streaks in days and weeks, and the year as a heat map."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.history.kept import DayTotal
from chain_timer.history.totals import (
    Streak,
    Totals,
    level_of,
    streak_days,
    streak_weeks,
    totals,
    week_of,
    year_of,
    years_in,
)
from chain_timer.session.clock import Moment
from chain_timer.units import MINUTE_MS

TODAY = date(2026, 3, 18)  # a Wednesday
thorough = settings(max_examples=100, deadline=None, derandomize=True)
some_days = st.sets(st.dates(date(2025, 12, 1), date(2026, 4, 30)), max_size=80)


def day_of(day: date, minutes: float = 10, sessions: int = 1, done: int = 1) -> DayTotal:
    ms = int(minutes * MINUTE_MS)
    return DayTotal(day, sessions, done, ms, ms // 2)


def days_ago(*gone: int, today: date = TODAY) -> list[DayTotal]:
    return [day_of(today - timedelta(days=each)) for each in sorted(gone, reverse=True)]


def moment(text: str) -> Moment:
    """Read a wall clock with its zone: ``2026-03-29T01:30+01:00``."""
    at = datetime.fromisoformat(text)
    offset = at.utcoffset()
    assert offset is not None
    return Moment(int(at.timestamp() * 1000), offset // timedelta(minutes=1))


def days_at(*texts: str) -> list[DayTotal]:
    """Give the days of sessions that began at these moments, the way they are kept."""
    counts = Counter(moment(text).day for text in texts)
    return [day_of(day, sessions=count, done=count) for day, count in sorted(counts.items())]


# --- totals ----------------------------------------------------------------------------------------------


def test_of_nothing_the_totals_are_nothing() -> None:
    assert totals([]) == Totals(0, 0, 0, 0, 0, None, None)


def test_totals_add_up_all_days() -> None:
    first, second = day_of(date(2026, 1, 5), 10, sessions=2, done=1), day_of(date(2026, 1, 9), 25)
    assert totals([second, first]) == Totals(
        sessions=3,
        done=2,
        played_ms=35 * MINUTE_MS,
        work_ms=35 * MINUTE_MS // 2,
        days_active=2,
        first=date(2026, 1, 5),
        best=second,
    )


def test_of_two_best_days_the_first_is_told() -> None:
    assert totals(days_ago(3, 1)).best == day_of(TODAY - timedelta(days=3))


def test_there_is_no_best_day_where_nothing_was_played() -> None:
    found = totals([day_of(TODAY, minutes=0, done=0)])
    assert (found.sessions, found.days_active, found.best) == (1, 1, None)


# --- the heat map ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "level"), [(0, 0), (1, 1), (9, 1), (10, 2), (19, 2), (20, 3), (39, 3), (40, 4), (900, 4)]
)
def test_the_color_of_a_day_depends_on_its_minutes_alone(minutes: int, level: int) -> None:
    assert level_of(minutes) == level


@pytest.mark.parametrize(("minutes", "shown"), [(0, 0), (0.01, 1), (1.99, 1), (2, 2), (39.99, 39)])
def test_minutes_are_cut_down_but_never_to_nothing(minutes: float, shown: int) -> None:
    (day,) = [day for day in year_of([day_of(TODAY, minutes)], TODAY, 2026).days if day.sessions]
    assert (day.day, day.minutes) == (TODAY, shown)


def test_a_year_has_each_of_its_days_once_and_in_order() -> None:
    days = [day.day for day in year_of([], TODAY, 2026).days]
    assert days == [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]


def test_days_of_other_years_fill_the_weeks_up_and_tell_nothing() -> None:
    kept = [day_of(date(2025, 12, 31)), day_of(date(2026, 12, 31)), day_of(date(2027, 1, 1))]
    heat = year_of(kept, date(2027, 6, 1), 2026)
    edges = [*heat.weeks[0], *heat.weeks[-1]]
    assert [(day.day, day.sessions) for day in edges if day.is_outside] == [
        *((date(2025, 12, day), 0) for day in (29, 30, 31)),
        *((date(2027, 1, day), 0) for day in (1, 2, 3)),
    ]
    assert sum(day.sessions for day in heat.days) == 1


def test_days_to_come_are_marked_and_keep_what_a_fast_clock_put_there() -> None:
    tomorrow = TODAY + timedelta(days=1)
    heat = year_of([day_of(tomorrow, 25)], TODAY, 2026)
    marked = [day for day in heat.days if day.is_future]
    assert marked[0].day == tomorrow
    assert marked[0].minutes == 25
    assert len(marked) == (date(2026, 12, 31) - TODAY).days


def test_a_week_begins_with_the_weekday_that_is_wanted() -> None:
    for first_weekday in range(7):
        heat = year_of([], TODAY, 2026, first_weekday)
        assert {week[0].day.weekday() for week in heat.weeks} == {first_weekday}


def test_a_leap_year_that_begins_on_the_last_day_of_a_week_has_54_weeks() -> None:
    heat = year_of([], date(2012, 6, 1), 2012)  # a Sunday
    assert len(heat.weeks) == 54
    assert date(2012, 2, 29) in [day.day for day in heat.days]


def test_without_a_year_53_weeks_end_with_the_present_one() -> None:
    heat = year_of([], TODAY)
    assert len(heat.weeks) == 53
    assert heat.weeks[-1][2].day == TODAY
    assert not any(day.is_outside for week in heat.weeks for day in week)
    assert [day.day.weekday() for day in heat.days if day.is_future] == [3, 4, 5, 6]


def test_months_begin_in_the_week_of_their_first_day() -> None:
    heat = year_of([], TODAY, 2026)
    assert [month for _, month in heat.months] == list(range(1, 13))
    assert heat.months[:2] == ((0, 1), (4, 2))


def test_every_day_is_found_where_it_is() -> None:
    heat = year_of([], TODAY, 2026)
    assert heat.place_of(TODAY) == (11, 2)
    assert heat.place_of(date(2026, 1, 1)) == (0, 3)
    assert heat.place_of(date(2025, 12, 31)) is None
    assert heat.place_of(date(2030, 1, 1)) is None
    assert heat.place_of(date(1990, 1, 1)) is None


@thorough
@given(st.dates(), st.one_of(st.none(), st.integers(-10, 20_000)), st.integers(-3, 12), some_days)
def test_any_year_can_be_shown_on_any_day(
    today: date, year: int | None, first_weekday: int, days: set[date]
) -> None:
    heat = year_of(map(day_of, days), today, year, first_weekday)
    assert all(len(week) == 7 for week in heat.weeks)
    numbers = [day.day.toordinal() for week in heat.weeks for day in week]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert all(heat.place_of(day.day) is not None for day in heat.days)
    shown = {day.day for day in heat.days}
    assert sum(day.sessions for day in heat.days) == len(days & shown)


def test_the_years_to_choose_from_begin_with_the_newest_and_hold_this_one() -> None:
    assert years_in([day_of(date(2024, 5, 5)), day_of(date(2024, 6, 5))], TODAY) == (2026, 2024)
    assert years_in([], TODAY) == (2026,)


# --- streaks in days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "streak"),
    [
        ((), Streak(0, 0, is_kept=False)),
        ((0,), Streak(1, 1, is_kept=True)),
        ((1,), Streak(1, 1, is_kept=False)),
        ((2,), Streak(0, 1, is_kept=False)),
        ((0, 1, 2), Streak(3, 3, is_kept=True)),
        ((1, 2, 3), Streak(3, 3, is_kept=False)),
        ((0, 2, 3, 4), Streak(1, 3, is_kept=True)),
        ((-1, 0), Streak(1, 1, is_kept=True)),
        ((-2, -1, 1), Streak(1, 1, is_kept=False)),
        ((-300, -301), Streak(0, 0, is_kept=False)),
    ],
)
def test_a_streak_ends_today_or_yesterday_and_never_in_days_to_come(
    gone: tuple[int, ...], streak: Streak
) -> None:
    assert streak_days(days_ago(*gone), TODAY) == streak


def test_a_day_without_a_session_that_is_done_breaks_a_streak() -> None:
    days = [*days_ago(0, 2), day_of(TODAY - timedelta(days=1), done=0)]
    assert streak_days(days, TODAY) == Streak(1, 1, is_kept=True)


def test_two_sessions_on_one_local_day_are_one_day_though_the_world_counts_two() -> None:
    # Auckland in the evening, Honolulu after the flight: the same day twice.
    days = days_at("2026-03-14T09:00+13:00", "2026-03-14T20:00-10:00")
    assert [(day.day, day.sessions) for day in days] == [(date(2026, 3, 14), 2)]
    assert streak_days(days, date(2026, 3, 14)) == Streak(1, 1, is_kept=True)


def test_a_day_that_a_flight_put_into_the_future_counts_when_it_has_come() -> None:
    days = days_at("2026-03-13T08:00+13:00", "2026-03-14T08:00+13:00", "2026-03-15T08:00+13:00")
    assert streak_days(days, moment("2026-03-14T01:00-10:00").day) == Streak(2, 2, is_kept=True)
    assert streak_days(days, date(2026, 3, 15)) == Streak(3, 3, is_kept=True)


def test_the_hour_that_spring_takes_away_breaks_no_streak() -> None:
    # Berlin, 2026-03-29: at 2 in the morning it is 3.
    days = days_at(
        "2026-03-28T23:59+01:00", "2026-03-29T01:59+01:00", "2026-03-29T03:00+02:00", "2026-03-30T00:00+02:00"
    )
    assert [day.sessions for day in days] == [1, 2, 1]
    assert streak_days(days, date(2026, 3, 30)) == Streak(3, 3, is_kept=True)


def test_the_hour_that_autumn_gives_twice_is_one_day() -> None:
    days = days_at("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-26T00:10+01:00")
    assert [day.sessions for day in days] == [2, 1]
    assert streak_days(days, date(2026, 10, 26)).current == 2


def test_a_clock_set_back_by_a_year_crashes_nothing_and_lengthens_nothing() -> None:
    days = days_at("2026-03-17T08:00+01:00", "2026-03-18T08:00+01:00", "2025-03-18T08:00+01:00")
    assert streak_days(days, date(2025, 3, 18)) == Streak(1, 1, is_kept=True)
    assert streak_weeks(days, date(2025, 3, 18), 1) == Streak(1, 1, is_kept=True)
    assert streak_days(days, date(2026, 3, 18)) == Streak(2, 2, is_kept=True)


def test_a_streak_goes_over_leap_days_and_the_end_of_a_year() -> None:
    days = days_ago(*range(70), today=date(2024, 3, 1))
    assert streak_days(days, date(2024, 3, 1)).current == 70
    assert date(2024, 2, 29) in {day.day for day in days}


@thorough
@given(some_days, st.dates(date(2025, 12, 1), date(2026, 4, 30)))
def test_a_streak_is_the_run_that_a_calendar_shows(days: set[date], today: date) -> None:
    found = streak_days(map(day_of, days), today)
    at = today if today in days else today - timedelta(days=1)
    run = 0
    while at - timedelta(days=run) in days:
        run += 1
    assert found.current == run <= found.longest <= len(days)
    assert found.is_kept == (today in days)


@thorough
@given(some_days, some_days, st.dates(date(2025, 12, 1), date(2026, 4, 30)), st.integers(1, 7))
def test_days_to_come_change_no_streak(days: set[date], more: set[date], today: date, goal: int) -> None:
    ahead = [day_of(day) for day in days | {day for day in more if day > today}]
    plain = [day_of(day) for day in days]
    assert streak_days(ahead, today) == streak_days(plain, today)
    assert streak_weeks(ahead, today, goal) == streak_weeks(plain, today, goal)
    assert week_of(ahead, today, goal) == week_of(plain, today, goal)


# --- streaks in weeks ------------------------------------------------------------------------------------


def week_days(first: str, *weekdays: int) -> list[DayTotal]:
    monday = date.fromisoformat(first)
    assert monday.weekday() == 0
    return [day_of(monday + timedelta(days=weekday)) for weekday in weekdays]


def test_a_day_of_rest_breaks_no_week() -> None:
    days = [*week_days("2026-03-02", 0, 6), *week_days("2026-03-09", 2, 3)]
    assert streak_weeks(days, TODAY, 2) == Streak(2, 2, is_kept=False)


def test_the_present_week_counts_as_soon_as_its_goal_is_reached() -> None:
    before = [*week_days("2026-03-09", 2, 3), *week_days("2026-03-16", 0)]
    assert streak_weeks(before, TODAY, 2) == Streak(1, 1, is_kept=False)
    assert streak_weeks([*before, day_of(TODAY)], TODAY, 2) == Streak(2, 2, is_kept=True)


def test_a_week_below_its_goal_breaks_the_streak_when_it_is_over() -> None:
    days = [*week_days("2026-03-02", 0, 1), *week_days("2026-03-09", 6)]
    assert streak_weeks(days, date(2026, 3, 15), 2) == Streak(1, 1, is_kept=False)
    assert streak_weeks(days, date(2026, 3, 16), 2) == Streak(0, 1, is_kept=False)


def test_a_week_of_two_years_is_one_week() -> None:
    # 2026 has an ISO week 53, from December 28 to January 3.
    days = [*week_days("2026-12-21", 0, 1), *week_days("2026-12-28", 3, 4), *week_days("2027-01-04", 0, 1)]
    assert days[2].day.isocalendar().week == 53
    assert {days[2].day.year, days[3].day.year} == {2026, 2027}
    assert streak_weeks(days, date(2027, 1, 5), 2) == Streak(3, 3, is_kept=True)


def test_two_sessions_on_a_day_are_one_day_of_a_goal() -> None:
    days = [day_of(TODAY, sessions=2, done=2)]
    assert streak_weeks(days, TODAY, 2).current == 0


@pytest.mark.parametrize(("goal", "current"), [(-1, 1), (0, 1), (7, 1), (99, 1)])
def test_a_goal_is_one_to_seven_days(goal: int, current: int) -> None:
    assert streak_weeks(week_days("2026-03-16", *range(7)), date(2026, 3, 22), goal).current == current


@thorough
@given(some_days, st.dates(date(2025, 12, 1), date(2026, 4, 30)), st.integers(1, 7))
def test_a_streak_of_weeks_is_the_run_that_iso_weeks_show(days: set[date], today: date, goal: int) -> None:
    def reached(day: date) -> bool:
        week = day.isocalendar()[:2]
        return len([each for each in days if each <= today and each.isocalendar()[:2] == week]) >= goal

    at, run = (today if reached(today) else today - timedelta(weeks=1)), 0
    while reached(at):
        run, at = run + 1, at - timedelta(weeks=1)
    found = streak_weeks(map(day_of, days), today, goal)
    assert found.current == run <= found.longest
    assert found.is_kept == reached(today)


@thorough
@given(some_days, st.dates(date(2025, 12, 1), date(2026, 4, 30)))
def test_a_higher_goal_never_has_the_longer_streak(days: set[date], today: date) -> None:
    found = [streak_weeks(map(day_of, days), today, goal) for goal in range(1, 8)]
    for lower, higher in pairwise(found):
        assert lower.current >= higher.current
        assert lower.longest >= higher.longest


# --- the present week ------------------------------------------------------------------------------------


def test_the_week_tells_what_its_goal_still_needs() -> None:
    week = week_of(week_days("2026-03-16", 0), TODAY, 3)
    assert (week.first, week.goal, week.days) == (date(2026, 3, 16), 3, (date(2026, 3, 16),))
    assert (week.reached, week.missing, week.remaining) == (1, 2, 5)
    assert (week.is_reached, week.can_be_reached) == (False, True)


def test_today_is_no_day_left_once_a_session_was_done() -> None:
    assert week_of([day_of(TODAY)], TODAY, 3).remaining == 4
    assert week_of([], date(2026, 3, 22), 3).remaining == 1
    assert week_of([day_of(date(2026, 3, 22))], date(2026, 3, 22), 3).remaining == 0


def test_a_goal_can_be_out_of_reach() -> None:
    assert not week_of([], date(2026, 3, 21), 3).can_be_reached
    assert week_of([], date(2026, 3, 21), 2).can_be_reached


def test_last_week_is_not_this_week() -> None:
    assert week_of(week_days("2026-03-09", *range(7)), TODAY, 2).reached == 0


# --- at size ---------------------------------------------------------------------------------------------


def twenty_years() -> Iterable[DayTotal]:
    return (day_of(date(2006, 1, 1) + timedelta(days=number), sessions=7, done=7) for number in range(7_305))


def test_twenty_years_are_exact() -> None:
    days, today = tuple(twenty_years()), date(2025, 12, 31)
    found = totals(days)
    assert (found.sessions, found.days_active, found.first) == (51_135, 7_305, date(2006, 1, 1))
    assert streak_days(days, today) == Streak(7_305, 7_305, is_kept=True)
    # From Monday, January 2, 2006, to Sunday, December 28, 2025; the weeks before and after are cut short.
    assert streak_weeks(days, today, 7) == Streak(1_043, 1_043, is_kept=False)
