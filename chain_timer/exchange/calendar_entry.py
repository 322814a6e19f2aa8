"""Gives a routine out as an entry of a calendar that comes again and again: iCalendar, RFC 5545.

Its time has no time zone, which the format calls floating: half past seven is half past seven wherever the
person is, through travel and summer time, as an alarm clock has it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, TypeVar
from uuid import NAMESPACE_URL, uuid5

from chain_timer.exchange.giving import Given
from chain_timer.exchange.parcel import Progress
from chain_timer.problems import ChainTimerError, Problem, plain, quoted
from chain_timer.timeline.amounts import amounts, length_words
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import MINUTE_MS

if TYPE_CHECKING:
    from icalendar import Alarm, Event

T = TypeVar("T")

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
"""As they are written in a wish, and in the format; the place is what Python calls a day of the week."""
DAILY = "daily"
USUAL_ALARM = 10
"""Minutes before: time enough to roll out the mat."""
MOST_TIMES = 1_000
LONGEST_ALARM = 7 * 24 * 60
_YEARS = range(1970, 2201)
"""Calendars reckon no further back, and stop somewhere."""
_MOST_LINES = 100
_LONGEST_NAME = 200
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
_MAKER = "-//Chain Timer//Chain Timer//EN"
_ORIGIN = "https://chain-timer.invalid/calendar/"
"""What ids are made from; nobody can own the address (RFC 6761), and nobody is meant to go there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When a routine is done."""

    days: tuple[str, ...]
    """In the order of the week; all seven for every day."""
    at: time
    first: date
    """The day from which on it is meant: the first time is on it or soon after."""
    until: date | None = None
    """The last day it may be on."""
    count: int | None = None
    alarm: int = USUAL_ALARM
    """Minutes before; 0 for none."""
    stamp: datetime | None = None
    """When this was said, in UTC; None where nobody told."""

    @property
    def start(self) -> datetime:
        """The first time."""
        ahead = (self.first + timedelta(days=number) for number in range(len(DAYS)))
        return datetime.combine(next(day for day in ahead if DAYS[day.weekday()] in self.days), self.at)

    @property
    def rule(self) -> dict[str, object]:
        """How it comes again, in the words of the format."""
        every_day = len(self.days) == len(DAYS)
        rule: dict[str, object] = {"freq": "daily"} if every_day else {"freq": "weekly", "byday": self.days}
        if self.count is not None:
            rule["count"] = self.count
        if self.until is not None:
            # As floating as the start: RFC 5545, 3.3.10.
            rule["until"] = datetime.combine(self.until, time(23, 59, 59))
        return rule


def write(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write the entry. The wishes are those that :func:`read_plan` reads.

    Raises ChainTimerError with every wish that is missing or wrong, CanceledError and OSError.
    """
    from icalendar import Calendar  # noqa: PLC0415 - takes a quarter of a second

    plan = read_plan(given.wishes)
    progress(0, 1)
    lines = _lines(given, timeline := given.timeline())
    told = tuple(islice(lines, _MOST_LINES))
    left_out = sum(1 for _ in lines)
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add_component(_event(given, plan, timeline, "\n".join(told)))
    file.write(calendar.to_ical())
    progress(1, 1)
    if not left_out:
        return ()
    return (
        Problem("description", f"{left_out:,} more lines are too many for it", "the first ones are there"),
    )


def _event(given: Given, plan: Plan, timeline: Timeline, description: str) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    name = plain(given.routine.name, _LONGEST_NAME)
    stamp = plan.stamp or datetime.combine(plan.first, time(), UTC)
    event = Event()
    event.add("uid", _uid(given.routine.id, plan))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("summary", name)
    event.add("description", description)
    event.add("dtstart", plan.start)
    event.add("duration", timedelta(minutes=max(1, -(-timeline.duration_ms // MINUTE_MS))))
    event.add("rrule", plan.rule)
    if plan.alarm:
        event.add_component(_alarm(name, plan.alarm))
    return event


def _alarm(name: str, minutes: int) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415 - as above

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", name)
    alarm.add("trigger", -timedelta(minutes=minutes))
    return alarm


def _uid(routine_id: str, plan: Plan) -> str:
    """The same for the same routine at the same times: brought in again, it takes its own place.

    How long it goes on, and its alarm, may change meanwhile.
    """
    what = "/".join((routine_id, ",".join(plan.days), f"{plan.at:%H:%M}", plan.first.isoformat()))
    return f"{uuid5(NAMESPACE_URL, _ORIGIN + what)}@chain-timer"


def _lines(given: Given, timeline: Timeline) -> Iterator[str]:
    """What is done, in words for people."""
    routine, names = given.routine, given.names
    if routine.summary:
        yield plain(routine.summary, 600)
    yield f"{length_words(timeline)}, {names.equipment_text(routine.equipment).lower()}"
    for circuit in amounts(routine, timeline):
        if heading := ": ".join(filter(None, (plain(circuit.name), circuit.facts))):
            yield ""
            yield heading[:1].upper() + heading[1:]
        for item in circuit.items:
            yield f"{item.number}. {plain(item.exercise.name, _LONGEST_NAME)}, {item.words}"


# --- wishes --------------------------------------------------------------------------------------------


def read_plan(wishes: Mapping[str, str]) -> Plan:
    """Read when a routine is to be done.

    There have to be ``days`` (``mo,we,fr`` or ``daily``), ``time`` (``07:30``) and ``from`` (``2026-01-05``).
    There may be ``until`` (a date) or ``count``, ``alarm`` (minutes before, 0 for none), and ``now`` (a
    moment in UTC). Raises ChainTimerError with everything that is missing or wrong.
    """
    reading = _Reading(wishes)
    days = reading.wish("days", _days, "write days like mo,we,fr, or daily")
    at = reading.wish("time", _time, "write a time like 07:30")
    first = reading.wish("from", _date, "write the first day like 2026-01-05")
    until = reading.wish("until", _date, "write the last day like 2026-03-31", optional=True)
    count = reading.wish("count", _within(1, MOST_TIMES), f"write 1 to {MOST_TIMES:,}", optional=True)
    minutes = f"write minutes, 0 to {LONGEST_ALARM:,}; 0 is for none"
    alarm = reading.wish("alarm", _within(0, LONGEST_ALARM), minutes, optional=True)
    stamp = reading.wish("now", _moment, "write a moment in UTC like 2026-01-05T07:30:00Z", optional=True)
    if until is not None and count is not None:
        reading.problems.append("until: there is a count as well; choose one of them")
    if days is None or at is None or first is None or reading.problems:
        raise ChainTimerError("\n".join(reading.problems))
    plan = Plan(days, at, first, until, count, USUAL_ALARM if alarm is None else alarm, stamp)
    if until is not None and plan.start.date() > until:
        raise ChainTimerError(f"until: nothing is before {until}; the first time is on {plan.start:%Y-%m-%d}")
    return plan


class _Reading:
    """Reads wishes one by one, and collects what is wrong with them."""

    def __init__(self, wishes: Mapping[str, str]) -> None:
        self._wishes = wishes
        self.problems: list[str] = []

    def wish(
        self, name: str, read: Callable[[str], T | None], remedy: str, *, optional: bool = False
    ) -> T | None:
        text = self._wishes.get(name, "").strip()
        if not text:
            if not optional:
                self.problems.append(f"{name}: it is missing; {remedy}")
            return None
        found = read(text)
        if found is None:
            self.problems.append(f"{name}: {quoted(text)} cannot be; {remedy}")
        return found


def _days(text: str) -> tuple[str, ...] | None:
    if text.casefold() == DAILY:
        return DAYS
    named = {part.strip().casefold() for part in text.split(",")}
    return tuple(day for day in DAYS if day in named) if named <= set(DAYS) else None


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    hour, minute = (int(part) for part in found.groups()) if found else (24, 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - of a day and an hour


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:  # no such day
        return None
    return found if found is not None and found.year in _YEARS else None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.year not in _YEARS:
        return None
    told = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return told.astimezone(UTC).replace(microsecond=0)


def _within(least: int, most: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else -1
        return number if least <= number <= most else None

    return read
