"""The history as a calendar: each session where it was, once however often it is brought in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from helpers.past import PARTS, given_out, session, sessions
from hypothesis import given, settings
from icalendar import Calendar

from chain_timer.session.record import Ending, Feeling, SessionRecord


def entries(*records: SessionRecord) -> list[Any]:
    calendar = Calendar.from_ical(given_out("calendar", records)[0])
    assert (calendar["version"], calendar.errors) == ("2.0", [])
    return list(calendar.walk("VEVENT"))


def test_a_session_is_an_entry_at_its_time_with_its_real_length() -> None:
    (entry,) = entries(session())
    assert entry["uid"] == "0" * 31 + "1@chain-timer"
    assert entry["dtstart"].dt == datetime(2026, 1, 5, 6, 30, tzinfo=UTC)
    assert entry["duration"].dt == timedelta(minutes=3, seconds=43)  # 132.5 s played and 90 s paused
    assert (entry["summary"], entry["transp"]) == ("Evening", "TRANSPARENT")


def test_it_says_what_was_done() -> None:
    (entry,) = entries(session(ending=Ending.BROKEN_OFF, feeling=Feeling.HARD))
    assert str(entry["description"]).split("\n") == [
        "2 min 13 s, 1 min 34 s of it work, broken off, felt hard",
        "Wall calf stretch: 1 set, 52 s, 1 skipped",
        "Back squat: 1 set, 9 reps, 42 s, 1 skipped",
        "Slept well.",
    ]


def test_many_sessions_are_many_entries_that_come_once_however_often_they_are_given() -> None:
    records = [session(number) for number in range(1, 6)]
    once, again = entries(*records), entries(*reversed(records))
    assert len({entry["uid"] for entry in (*once, *again)}) == 5


def test_what_was_told_later_counts_as_a_change() -> None:
    early, late = entries(session(), session(changed_ms=session().changed_ms + 60_000))
    assert late["last-modified"].dt - early["last-modified"].dt == timedelta(minutes=1)


def test_a_session_that_was_taken_up_on_the_next_day_did_not_last_all_night() -> None:
    (entry,) = entries(session(ended_ms=session().ended_ms + 10 * 3_600_000))
    assert entry["duration"].dt == timedelta(minutes=3, seconds=43)


def test_a_session_of_which_no_parts_are_known_lasts_until_its_end() -> None:
    (entry,) = entries(session(parts=(), ended_ms=session().started.ms + 600_000))
    assert entry["duration"].dt == timedelta(minutes=10)


def test_very_many_exercises_do_not_make_it_endless() -> None:
    (entry,) = entries(session(note="line\n" * 400, parts=PARTS))
    assert str(entry["description"]).endswith("\nand 303 more lines")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(sessions)
def test_any_session_can_be_read(record: SessionRecord) -> None:
    (entry,) = entries(record)
    assert entry["dtstart"].dt.timestamp() == record.started.ms // 1000
    assert entry["duration"].dt >= timedelta(seconds=1)
