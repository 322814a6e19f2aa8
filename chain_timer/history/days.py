"""Days as numbers: quicker than dates where there are tens of thousands of moments."""

from datetime import date

from chain_timer.session.clock import Moment
from chain_timer.units import MINUTE_MS

DAYS_A_WEEK = 7
_DAY_MS = 24 * 60 * MINUTE_MS
_FIRST_DAY = date(1970, 1, 1).toordinal()


def day_number(moment: Moment) -> int:
    """Give what ``moment.day.toordinal()`` gives: the day at the place, counted from January 1 of year 1."""
    return _FIRST_DAY + (moment.ms + moment.offset_min * MINUTE_MS) // _DAY_MS


def week_number(number: int) -> int:
    """Count the weeks, Monday to Sunday, up to a day by its number: January 1 of year 1 was a Monday."""
    return (number - 1) // DAYS_A_WEEK


def week_begin(number: int, first_weekday: int = 0) -> int:
    """Give the first day of the week a day is in, where weeks begin with this weekday; 0 is Monday."""
    return number - (number - 1 - first_weekday) % DAYS_A_WEEK
