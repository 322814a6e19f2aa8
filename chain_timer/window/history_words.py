"""What was done, when and how it went, in words."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from chain_timer.problems import plain
from chain_timer.routine.exercise import Side
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling, Outcome
from chain_timer.units import HOUR_MS, MINUTE_MS, clock_text

_WEEK = timedelta(days=7)
_LONGEST_NAME = 600


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)


def day_text(day: date, today: date) -> str:
    """Give ``Today``, ``Yesterday``, a weekday of the last days, or the date."""
    ago = today - day
    if not ago:
        return _tr("Today")
    if ago == timedelta(days=1):
        return _tr("Yesterday")
    if timedelta(0) < ago < _WEEK:
        return _formatted(day, "dddd")
    return _formatted(day, "ddd d MMMM" if day.year == today.year else "ddd d MMMM yyyy")


def date_text(day: date) -> str:
    """Give the whole date: ``Monday 3 March 2025``."""
    return _formatted(day, "dddd d MMMM yyyy")


def _formatted(day: date, form: str) -> str:
    # All that is said and shown is English, whatever the system speaks.
    return QLocale.c().toString(QDate(day.year, day.month, day.day), form)


def time_text(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"


def when_text(started: Moment, today: date) -> str:
    """Give ``Yesterday, 18:40``."""
    return f"{day_text(started.day, today)}, {time_text(started.local)}"


def minutes_text(ms: int) -> str:
    """Give ``45 s``, ``12 min`` or ``1 h 25 min``: as exact as anybody wants to know of a sum."""
    if 0 < ms < MINUTE_MS:
        return _tr("{count} s").format(count=max(1, ms // 1000))
    hours, minutes = divmod((ms + MINUTE_MS // 2) // MINUTE_MS, HOUR_MS // MINUTE_MS)
    if not hours:
        return _tr("{count} min").format(count=minutes)
    if not minutes or hours >= 100:  # noqa: PLR2004 - of a hundred hours nobody counts the minutes
        return _tr("{count} h").format(count=f"{hours:,}")
    return _tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def counted(count: int, one: str, many: str) -> str:
    """Give ``1 session`` or ``1,204 sessions``."""
    return f"{count:,} {one if count == 1 else many}"


def sessions_text(count: int) -> str:
    return counted(count, _tr("session"), _tr("sessions"))


def length_text(played_ms: int, planned_ms: int) -> str:
    """Give ``12:04 of 15:00``, or the length alone where nothing was left out."""
    if abs(played_ms - planned_ms) < 1000 or not planned_ms:  # noqa: PLR2004 - a second is not seen
        return clock_text(played_ms)
    return _tr("{played} of {planned}").format(played=clock_text(played_ms), planned=clock_text(planned_ms))


def ending_text(ending: Ending) -> str:
    return {Ending.FINISHED: _tr("Finished"), Ending.BROKEN_OFF: _tr("Broken off")}[ending]


def feeling_text(feeling: Feeling) -> str:
    return {
        Feeling.EASY: _tr("Easy"),
        Feeling.GOOD: _tr("Good"),
        Feeling.HARD: _tr("Hard"),
        Feeling.PAINFUL: _tr("Painful"),
    }[feeling]


def felt_text(feeling: Feeling | None) -> str:
    """Give ``Felt hard``; nothing where nobody told."""
    return _tr("Felt {feeling}").format(feeling=feeling_text(feeling).lower()) if feeling else ""


def outcome_text(outcome: Outcome) -> str:
    return {
        Outcome.DONE: _tr("Done"),
        Outcome.SKIPPED: _tr("Skipped"),
        Outcome.REPEATED: _tr("Repeated"),
        Outcome.BROKEN_OFF: _tr("Broken off"),
    }[outcome]


def side_text(side: Side, noun: str) -> str:
    """Give ``left leg``."""
    word = _tr("right {noun}") if side is Side.RIGHT else _tr("left {noun}")
    return word.format(noun=noun)


def name_text(name: str) -> str:
    """Give a name that was kept, safe to show; it may come from a file of anybody's."""
    return plain(name, _LONGEST_NAME) or _tr("Without a name")
