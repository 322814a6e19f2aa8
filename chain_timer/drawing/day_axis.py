"""The days below a chart: as many of them named as there is room for, on days that a person looks for."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRectF

from chain_timer.drawing.charting import day_name, month_name

_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50)
_GAP = 14.0
_MOST = 150
"""So many ticks have room on no screen."""
_WEEK, _YEAR = 7, 12


class Tick(NamedTuple):
    day: date
    text: str


def ticks_that_fit(
    first: date, last: date, place: Callable[[Tick], QRectF]
) -> tuple[tuple[QRectF, Tick], ...]:
    """Give the closest ticks whose words do not overlap, each with its place; at least the first day."""
    for days in _choices(first, last):
        placed = [(place(tick), tick) for tick in days]
        if placed and all(one.right() + _GAP <= two.left() for (one, _), (two, _) in pairwise(placed)):
            return tuple(placed)
    only = Tick(first, _day_text(first, None))
    return ((place(only), only),)


def _choices(first: date, last: date) -> Iterator[list[Tick]]:
    """Give ticks farther and farther apart."""
    span = (last - first).days
    for step in _DAYS:
        if span // step < _MOST:
            yield _told(_every_days(first, last, step), _day_text)
    for months in (*_MONTHS, *(_YEAR * years for years in _YEARS)):
        if span // (30 * months) < _MOST:
            yield _told(_every_months(first, last, months), _year_text if months >= _YEAR else _month_text)


def _told(days: Iterator[date], text_of: Callable[[date, date | None], str]) -> list[Tick]:
    ticks: list[Tick] = []
    for day in days:
        ticks.append(Tick(day, text_of(day, ticks[-1].day if ticks else None)))
    return ticks


def _every_days(first: date, last: date, step: int) -> Iterator[date]:
    # Weeks begin on Mondays, which have numbers that leave 1 when divided by seven.
    start = first.toordinal() + ((1 - first.toordinal()) % _WEEK if step >= _WEEK else 0)
    return map(date.fromordinal, range(start, last.toordinal() + 1, step))


def _every_months(first: date, last: date, step: int) -> Iterator[date]:
    begin = first.year * _YEAR + first.month - 1 + (first.day > 1)
    end = last.year * _YEAR + last.month - 1
    for month in range(begin + -begin % step, end + 1, step):
        yield date(month // _YEAR, month % _YEAR + 1, 1)


def _day_text(day: date, before: date | None) -> str:
    short = day_name(day)
    return short if before is not None and before.year == day.year else f"{short} {day.year}"


def _month_text(day: date, before: date | None) -> str:
    short = month_name(day)
    return short if before is not None and before.year == day.year else f"{short} {day.year}"


def _year_text(day: date, _before: date | None) -> str:
    return str(day.year)
