"""``history``: the last sessions, totals and streaks, in a terminal or as data."""

from collections.abc import Iterator, Sequence
from datetime import date

from chain_timer.cli.history_choosing import Chosen
from chain_timer.cli.printing import columns
from chain_timer.history.kept import DayTotal, Entry
from chain_timer.history.totals import Streak, streak_days, streak_weeks, totals
from chain_timer.history.words import counted, spelled
from chain_timer.problems import plain
from chain_timer.session.record import Ending
from chain_timer.units import clock_text

USUAL_COUNT = 10
_LONGEST_NAME = 60


def listing(chosen: Chosen, today: date, goal: int) -> Iterator[str]:
    """Give the lines of the list, ready to print; ``goal`` is the days a week that keep a streak alive."""
    days = chosen.days
    if not days:
        yield _nothing(chosen)
        return
    entries = list(chosen.newest(chosen.wish.last or USUAL_COUNT))
    yield from columns([_row(entry) for entry in entries])
    found = totals(days)
    if found.sessions > len(entries):
        more = counted(found.sessions - len(entries), "earlier session")
        yield f"… and {more}; --last {found.sessions} lists all"
    yield ""
    of = f" of {plain(chosen.routine_name, _LONGEST_NAME)}" if chosen.routine_id else ""
    on = f"on {counted(found.days_active, 'day')} since {found.first}"
    yield f"{counted(found.sessions, 'session')}{of}, {spelled(found.played_ms)}, {on}"
    if chosen.wish.since is None and chosen.wish.until is None:
        yield from _streak_lines(days, today, goal)


def data_of(chosen: Chosen, today: date, goal: int) -> dict[str, object]:
    """Give the same as plain data."""
    days = chosen.days
    found = totals(days)
    return {
        "sessions": [_entry_data(entry) for entry in chosen.newest()],
        "totals": {
            "sessions": found.sessions,
            "done": found.done,
            "played_ms": found.played_ms,
            "work_ms": found.work_ms,
            "days": found.days_active,
            "first": found.first.isoformat() if found.first else None,
        },
        "streak_days": _streak_data(streak_days(days, today)),
        "streak_weeks": _streak_data(streak_weeks(days, today, goal)),
    }


def _nothing(chosen: Chosen) -> str:
    whole = sum(day.sessions for day in chosen.history.days())
    if whole:
        return f"No session fits; there are {whole:,} in all: chain-timer history lists the last ones"
    return "Nothing here yet: your first session will be the first line. chain-timer play begins one"


def _row(entry: Entry) -> tuple[str, ...]:
    local = entry.started.local
    how = "broken off" if entry.ending is Ending.BROKEN_OFF else ""
    return (
        f"{local:%Y-%m-%d %H:%M}",
        clock_text(entry.played_ms).rjust(8),
        plain(entry.routine_name, _LONGEST_NAME),
        ", ".join(filter(None, (how, entry.feeling))),
    )


def _streak_lines(days: Sequence[DayTotal], today: date, goal: int) -> Iterator[str]:
    in_days, in_weeks = streak_days(days, today), streak_weeks(days, today, goal)
    yield f"Days in a row: {_streak_text(in_days)}"
    yield f"Weeks in a row with {counted(goal, 'day')}: {_streak_text(in_weeks)}"


def _streak_text(streak: Streak) -> str:
    return f"{streak.current:,} (longest {streak.longest:,})"


def _streak_data(streak: Streak) -> dict[str, int]:
    return {"current": streak.current, "longest": streak.longest}


def _entry_data(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "started": entry.started.local.isoformat(timespec="seconds"),
        "routine": entry.routine_id,
        "name": entry.routine_name,
        "ending": entry.ending,
        "done": entry.is_done,
        "planned_ms": entry.planned_ms,
        "played_ms": entry.played_ms,
        "feeling": entry.feeling,
        "note": entry.note,
    }
