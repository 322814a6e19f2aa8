"""Days as numbers."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.history.days import day_number, week_begin, week_number
from chain_timer.session.clock import Moment

thorough = settings(max_examples=200, deadline=None, derandomize=True)


@thorough
@given(st.integers(-(10**12), 10**14), st.integers(-14 * 60, 14 * 60))
def test_the_number_of_a_moment_is_that_of_its_day(ms: int, offset_min: int) -> None:
    at = Moment(ms, offset_min)
    assert day_number(at) == at.day.toordinal()


@thorough
@given(st.dates(date(1, 1, 8)), st.integers(0, 6))
def test_a_week_begins_with_its_weekday_and_at_most_six_days_before(day: date, weekday: int) -> None:
    begin = date.fromordinal(week_begin(day.toordinal(), weekday))
    assert begin.weekday() == weekday
    assert 0 <= (day - begin).days <= 6


@thorough
@given(st.dates(date(1, 1, 8)), st.integers(-6, 6))
def test_days_of_one_iso_week_have_one_number(day: date, gone: int) -> None:
    other = date.fromordinal(min(day.toordinal() + gone, date.max.toordinal()))
    same = day.isocalendar()[:2] == other.isocalendar()[:2]
    assert (week_number(day.toordinal()) == week_number(other.toordinal())) == same
