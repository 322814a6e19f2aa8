"""When a person wants to be reminded: weekly times, quiet hours, and what of it is due.

Nothing here asks the time. A moment is in milliseconds since 1970; what the clock on the wall shows then
comes from an :data:`OffsetAt`: so summer time, travel, and a clock that is set, are no matter of their own.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from chain_timer.units import MINUTE_MS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_REMINDERS = 20
LATER_MS = 15 * MINUTE_MS
LATEST_MS = 120 * MINUTE_MS
"""How late a reminder may come: after sleep, or at the end of quiet hours. Later than that it is left out."""
TRAINED_MS = 180 * MINUTE_MS
"""How long before a reminder a session counts for it, at most."""

_LONGEST_TEXT = 2_000
_EVERY_DAY = frozenset(range(len(DAYS)))
_DAILY, _OFF = "daily", "off"
_FIRST = datetime(1970, 1, 1)  # noqa: DTZ001 - a time on the wall, wherever the wall is
_MS = timedelta(milliseconds=1)
_DAY = timedelta(days=1)
_DAY_MS = _DAY // _MS
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?|(\d{2})(\d{2})", re.ASCII)

OffsetAt = Callable[[int], int]
"""What local time is ahead of UTC at a moment, in minutes."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A time on some days of the week; Monday is 0. Without any day it stands there and never comes."""

    days: frozenset[int]
    at: time


@dataclass(frozen=True, slots=True)
class Hours:
    """Part of a day, over midnight where it ends before it starts. It owns its start and not its end."""

    start: time
    end: time

    def has(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Week:
    """All that a person set about reminders."""

    reminders: tuple[Reminder, ...] = ()
    quiet: Hours | None = None


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """A reminder on a day: when it comes, and the time on the wall it was set for, which tells it apart."""

    due_ms: int
    wall: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of reminders so far."""

    looked_ms: int
    """When that was looked at last."""
    settled: frozenset[datetime] = frozenset()
    """The reminders of these days, by their time on the wall, which will not come any more."""
    later_ms: int | None = None
    """When the one that was put off comes again."""
    told_ms: int | None = None
    """When a reminder was last told."""


# --- as text -----------------------------------------------------------------------------------------


def read_time(text: str) -> time:
    """Read a time of day as people write it: 18:00, 7.30, 0730 or 7. Raises ValueError."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError("write a time like 18:00")
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - of a day
        raise ValueError("a day goes from 00:00 to 23:59")
    return time(hour, minute)


def time_text(at: time) -> str:
    return f"{at:%H:%M}"


def read_reminders(text: str) -> tuple[Reminder, ...]:
    """Read ``mon thu 18:00, sat 09:30``, with ``daily`` for every day and ``off`` for none.

    Raises ValueError.
    """
    parts = [part for part in text[:_LONGEST_TEXT].split(",") if part.strip()]
    if len(text) > _LONGEST_TEXT or len(parts) > MOST_REMINDERS:
        raise ValueError(f"there can be {MOST_REMINDERS} reminders")
    return tuple(_reminder(part.split()) for part in parts)


def _reminder(words: list[str]) -> Reminder:
    *days, at = words
    if days == [_DAILY]:
        return Reminder(_EVERY_DAY, read_time(at))
    if days == [_OFF]:
        return Reminder(frozenset(), read_time(at))
    if not days or not set(days) <= set(DAYS):
        raise ValueError("write days and a time, like mon thu 18:00")
    return Reminder(frozenset(DAYS.index(day) for day in days), read_time(at))


def reminders_text(reminders: Collection[Reminder]) -> str:
    """Write reminders as :func:`read_reminders` reads them."""
    return ", ".join(f"{_days_text(reminder.days)} {time_text(reminder.at)}" for reminder in reminders)


def _days_text(days: frozenset[int]) -> str:
    if days == _EVERY_DAY:
        return _DAILY
    return " ".join(DAYS[day] for day in sorted(days)) or _OFF


def read_hours(text: str) -> Hours | None:
    """Read ``22:00-07:00``; empty text is None. Raises ValueError."""
    if not text.strip():
        return None
    start, dash, end = text.partition("-")
    if not dash or len(text) > _LONGEST_TEXT:
        raise ValueError("write two times, like 22:00-07:00")
    hours = Hours(read_time(start), read_time(end))
    if hours.start == hours.end:
        raise ValueError("they have to end at another time than they start")
    return hours


def hours_text(hours: Hours | None) -> str:
    """Write hours as :func:`read_hours` reads them."""
    return "" if hours is None else f"{time_text(hours.start)}-{time_text(hours.end)}"


# --- moments -----------------------------------------------------------------------------------------


def wall_at(ms: int, offset_at: OffsetAt) -> datetime:
    """Give what the clock on the wall shows at a moment."""
    return _FIRST + (ms + offset_at(ms) * MINUTE_MS) * _MS


def moment_of(wall: datetime, offset_at: OffsetAt) -> int:
    """Give the first moment at which the clock on the wall shows a time.

    Where it is set forward over that time, this is the first moment after; where it shows the time twice, the
    first of both.
    """
    wall_ms = (wall - _FIRST) // _MS
    ahead = [offset_at(wall_ms + shift) * MINUTE_MS for shift in (-_DAY_MS, _DAY_MS)]
    early, late = wall_ms - max(ahead), wall_ms - min(ahead)

    def is_reached(ms: int) -> bool:
        return ms + offset_at(ms) * MINUTE_MS >= wall_ms

    if is_reached(early):
        return early
    while early + 1 < late:
        middle = (early + late) // 2
        early, late = (early, middle) if is_reached(middle) else (middle, late)
    return late


def after_quiet(ms: int, quiet: Hours | None, offset_at: OffsetAt) -> int | None:
    """Give a moment, or the end of the quiet hours it lies in; None where that would be too late."""
    wall = wall_at(ms, offset_at)
    if quiet is None or not quiet.has(wall.time()):
        return ms
    day = wall.date() if wall.time() < quiet.end else wall.date() + _DAY
    end_ms = max(ms, moment_of(datetime.combine(day, quiet.end), offset_at))
    return end_ms if end_ms - ms <= LATEST_MS else None


def lost_in_quiet(at: time, quiet: Hours | None) -> bool:
    """Whether a reminder at this time never comes, because the quiet hours go on for too long."""
    # On a day without a change of the clock; the moment itself is of no interest.
    ms = (datetime.combine(_FIRST.date(), at) - _FIRST) // _MS
    return after_quiet(ms, quiet, lambda _ms: 0) is None


def next_due(
    week: Week, after_ms: int, offset_at: OffsetAt, settled: Collection[datetime] = ()
) -> int | None:
    """Give the moment of the first reminder after another moment; None where there is none."""
    today = wall_at(after_ms, offset_at).date()
    coming = _occurrences(week, today - _DAY, len(DAYS) + 3, offset_at)
    return next((each.due_ms for each in coming if each.due_ms > after_ms and each.wall not in settled), None)


def _occurrences(week: Week, first: date, days: int, offset_at: OffsetAt) -> list[Occurrence]:
    """List the reminders of some days in the order they come, each time on the wall once."""
    dates = [first + number * _DAY for number in range(days)]
    walls = {
        datetime.combine(day, reminder.at)
        for reminder in week.reminders
        for day in dates
        if day.weekday() in reminder.days
    }
    moments = ((after_quiet(moment_of(wall, offset_at), week.quiet, offset_at), wall) for wall in walls)
    return sorted(Occurrence(due_ms, wall) for due_ms, wall in moments if due_ms is not None)


# --- what is due -------------------------------------------------------------------------------------


def begin(week: Week, now_ms: int, offset_at: OffsetAt) -> Standing:
    """Give where it all starts: what was due before is not told any more."""
    return settle(week, Standing(now_ms), now_ms, offset_at)


def settle(week: Week, standing: Standing, now_ms: int, offset_at: OffsetAt) -> Standing:
    """Take what would be told now as told: a person has just set it, or sits before the program anyway."""
    fresh, _ = _fresh(week, standing, now_ms, offset_at)
    return replace(standing, settled=standing.settled | {each.wall for each in fresh})


def put_off(week: Week, standing: Standing, now_ms: int, offset_at: OffsetAt) -> Standing:
    """Have the one that was just told come again a little later, unless that lies in the quiet hours."""
    return replace(standing, later_ms=after_quiet(now_ms + LATER_MS, week.quiet, offset_at))


def look(
    week: Week,
    standing: Standing,
    now_ms: int,
    offset_at: OffsetAt,
    *,
    trains: bool = False,
    trained_ms: int | None = None,
) -> tuple[bool, Standing]:
    """Tell whether a person is to be reminded now, once for all that is due, and what stands then.

    Nobody is reminded who is in a session (``trains``), nor who ended one (``trained_ms``) not long before:
    within :data:`TRAINED_MS`, and nearer to this reminder than to the one before it.
    """
    standing = _set_back(standing, now_ms)
    fresh, before = _fresh(week, standing, now_ms, offset_at)
    wanted = any(not _is_served(each, before, trained_ms, now_ms) for each in fresh)
    later_ms = standing.later_ms
    if later_ms is not None and later_ms <= now_ms:
        has_trained = (trained_ms or 0) > (standing.told_ms or 0)
        wanted |= now_ms - later_ms <= LATEST_MS and not has_trained
        later_ms = None
    just_told = standing.told_ms is not None and now_ms - standing.told_ms < MINUTE_MS
    told = wanted and not trains and not just_told
    wall = wall_at(now_ms, offset_at)
    settled = {*standing.settled, *(each.wall for each in fresh)}
    return told, Standing(
        looked_ms=now_ms,
        settled=frozenset(each for each in settled if abs(each - wall) <= 2 * _DAY),
        later_ms=None if told or trains else later_ms,
        told_ms=now_ms if told else standing.told_ms,
    )


def next_look(week: Week, standing: Standing, now_ms: int, offset_at: OffsetAt) -> int | None:
    """Give the moment at which there is something to look at again; None where nothing will ever be due."""
    moments = (next_due(week, now_ms, offset_at, standing.settled), standing.later_ms)
    return min((ms for ms in moments if ms is not None), default=None)


def _fresh(
    week: Week, standing: Standing, now_ms: int, offset_at: OffsetAt
) -> tuple[list[Occurrence], list[Occurrence]]:
    """List what is due and not too late, and all that came before now, for comparison."""
    today = wall_at(now_ms, offset_at).date()
    days = len(DAYS) + 2
    past = _occurrences(week, today - days * _DAY, days + 2, offset_at)
    past = [each for each in past if each.due_ms <= now_ms]
    fresh = [each for each in past if now_ms - each.due_ms <= LATEST_MS and each.wall not in standing.settled]
    return fresh, past


def _is_served(
    reminder: Occurrence, past: Collection[Occurrence], trained_ms: int | None, now_ms: int
) -> bool:
    """Whether a session was what this reminder is for."""
    if trained_ms is None or trained_ms > now_ms:
        return False
    before_ms = max((each.due_ms for each in past if each.due_ms < reminder.due_ms), default=0)
    return trained_ms >= reminder.due_ms - min(TRAINED_MS, (reminder.due_ms - before_ms) // 2)


def _set_back(standing: Standing, now_ms: int) -> Standing:
    """Where the clock was set back, what counts from a moment ago goes back with it."""
    back_ms = standing.looked_ms - now_ms
    if back_ms <= 0:
        return standing
    later_ms, told_ms = standing.later_ms, standing.told_ms
    return replace(
        standing,
        looked_ms=now_ms,
        later_ms=None if later_ms is None else later_ms - back_ms,
        told_ms=None if told_ms is None else told_ms - back_ms,
    )
