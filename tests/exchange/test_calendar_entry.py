"""A calendar entry: read back with icalendar, and its days reckoned by dateutil."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from helpers.outgoing import LIBRARY, given_of, own_exercise, routine_of, timeline_of
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from chain_timer.exchange import calendar_entry
from chain_timer.exchange.calendar_entry import DAYS, USUAL_ALARM, read_plan
from chain_timer.exchange.parcel import CanceledError, no_progress
from chain_timer.problems import ChainTimerError, Problem
from chain_timer.routine.library import DEFAULT_ROUTINE
from chain_timer.routine.routine import Routine
from chain_timer.units import MINUTE_MS

USUAL = {"days": "mo,we,fr", "time": "07:30", "from": "2026-01-06"}
"""The first day is a Tuesday."""
DEFAULT = LIBRARY.routine(DEFAULT_ROUTINE)


def written(routine: Routine = DEFAULT, **wishes: str) -> bytes:
    file = BytesIO()
    chosen = {**USUAL, **{name.rstrip("_"): wish for name, wish in wishes.items()}}
    assert calendar_entry.write(given_of(routine, **chosen), file, no_progress) == ()
    return file.getvalue()


def entry(routine: Routine = DEFAULT, **wishes: str) -> Event:
    (event,) = Calendar.from_ical(written(routine, **wishes)).walk("VEVENT")
    return event


def times(event: Event, most: int = 6) -> list[datetime]:
    """When it comes, as a calendar reckons it."""
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt)
    return list(islice(rule, most))


def test_it_is_a_calendar_with_one_entry_and_all_that_has_to_be_there() -> None:
    calendar = Calendar.from_ical(written())
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"] == "-//Chain Timer//Chain Timer//EN"
    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT", "VALARM"]
    assert calendar.errors == []


def test_its_lines_are_as_the_format_wants_them() -> None:
    lines = written(routine_of(*(own_exercise(number, name="Ä" * 150) for number in range(5)))).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_it_says_what_is_done_and_how_much() -> None:
    event = entry(LIBRARY.routine("whole-posterior-chain"))
    assert event["SUMMARY"] == "Whole posterior chain"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Four strong moves, then three long stretches.",
        "19:41, kettlebell, barbell, squat rack, pullup bar, chair, mat",
        "",
        "Strength: 2 rounds, 1m rest",
        "1. Kettlebell swing, 10 reps, 1s up 1s down",
        "2. Romanian deadlift, 8 reps, 3s down 1s pause 2s up",
        "3. Back squat, 8 reps, 3s down 1s pause 2s up",
        "4. Pullup, 5 reps, 1s up 1s pause 3s down",
        "",
        "Stretch: 15s rest",
        "5. Seated figure-four stretch, 30s each leg",
        "6. Standing hamstring stretch, 30s each leg",
        "7. Downward-facing dog, 30s",
    ]


def test_it_is_as_long_as_the_routine_in_full_minutes() -> None:
    length_ms = timeline_of(DEFAULT).duration_ms
    minutes = entry()["DURATION"].dt / timedelta(minutes=1)
    assert minutes == int(minutes)
    assert (minutes - 1) * MINUTE_MS < length_ms <= minutes * MINUTE_MS


def test_it_begins_on_the_first_day_that_is_asked_for() -> None:
    assert times(entry(), 4) == [
        datetime.fromisoformat(f"2026-01-{day}T07:30") for day in ("07", "09", "12", "14")
    ]


def test_the_first_day_itself_counts() -> None:
    assert entry(days="tu")["DTSTART"].dt.date() == date(2026, 1, 6)


def test_its_time_has_no_zone() -> None:
    assert b"DTSTART:20260107T073000\r\n" in written(until="2026-02-01")
    assert b"UNTIL=20260201T235959;" in written(until="2026-02-01")
    assert b"TZID" not in written()


def test_every_day_is_a_rule_of_its_own() -> None:
    event = entry(days="daily", time="6:05")
    assert event["RRULE"].to_ical() == b"FREQ=DAILY"
    assert [each.day for each in times(event, 3)] == [6, 7, 8]
    assert entry(days="mo,tu,we,th,fr,sa,su")["RRULE"].to_ical() == b"FREQ=DAILY"


def test_it_comes_as_often_as_was_said() -> None:
    assert len(times(entry(count="4"), 99)) == 4


def test_the_last_day_is_one_of_them() -> None:
    assert times(entry(until="2026-01-12"), 99)[-1].date() == date(2026, 1, 12)
    assert times(entry(until="2026-01-13"), 99)[-1].date() == date(2026, 1, 12)


@cases(
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.dates(date(1970, 1, 1), date(2199, 12, 1)),
    st.times(),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_it_comes_on_just_the_days_that_were_chosen(days: set[str], first: date, at: object) -> None:
    event = entry(days=",".join(days), time=str(at)[:5], from_=first.isoformat())
    asked = [first + timedelta(days=number) for number in range(14)]
    wanted = [day for day in asked if DAYS[day.weekday()] in days]
    assert [each.date() for each in times(event, len(wanted))] == wanted
    assert {f"{each:%H:%M}" for each in times(event)} == {str(at)[:5]}


# --- alarm ---------------------------------------------------------------------------------------------


def test_an_alarm_comes_some_minutes_before() -> None:
    (alarm,) = entry().walk("VALARM")
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", "Posterior chain stretch")
    assert alarm["TRIGGER"].dt == -timedelta(minutes=USUAL_ALARM)
    (alarm,) = entry(alarm="90").walk("VALARM")
    assert alarm["TRIGGER"].dt == -timedelta(minutes=90)


def test_zero_is_no_alarm() -> None:
    assert entry(alarm="0").walk("VALARM") == []


# --- the same entry ------------------------------------------------------------------------------------


def test_the_same_entry_is_the_same_file() -> None:
    assert written() == written()


@pytest.mark.parametrize("wishes", [{"alarm": "0"}, {"until": "2026-05-01"}, {"now": "2026-03-01T10:00:00Z"}])
def test_brought_in_again_with_another_end_or_alarm_it_takes_its_own_place(wishes: dict[str, str]) -> None:
    assert entry(**wishes)["UID"] == entry()["UID"]


def test_how_a_wish_is_written_makes_no_other_entry() -> None:
    assert entry(days=" FR, we,mo ", time="7:30")["UID"] == entry()["UID"]


@pytest.mark.parametrize("wishes", [{"days": "mo"}, {"time": "07:31"}, {"from_": "2026-01-07"}])
def test_at_other_times_it_is_another_entry(wishes: dict[str, str]) -> None:
    assert entry(**wishes)["UID"] != entry()["UID"]


def test_another_routine_is_another_entry() -> None:
    assert entry(LIBRARY.routine("desk-break"))["UID"] != entry()["UID"]


def test_an_id_is_safe_whatever_the_routine_is_called() -> None:
    odd = Routine("ü/../\r\nX:1", "A", DEFAULT.circuits)
    assert re.fullmatch(r"[0-9a-f-]{36}@chain-timer", str(entry(odd)["UID"]))


@pytest.mark.parametrize(
    ("now", "stamp"),
    [
        ("2026-03-01T10:20:30Z", datetime(2026, 3, 1, 10, 20, 30, tzinfo=UTC)),
        ("2026-03-01T12:20:30.123+02:00", datetime(2026, 3, 1, 10, 20, 30, tzinfo=UTC)),
        ("2026-03-01T10:20:30", datetime(2026, 3, 1, 10, 20, 30, tzinfo=UTC)),
        ("", datetime(2026, 1, 6, tzinfo=UTC)),
    ],
)
def test_it_was_made_when_it_was_told_and_asks_no_clock(now: str, stamp: datetime) -> None:
    assert entry(now=now)["DTSTAMP"].dt == stamp
    assert b"DTSTAMP:" + f"{stamp:%Y%m%dT%H%M%SZ}".encode() in written(now=now)


# --- what is wrong -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "wish", "remedy"),
    [
        ("days", "mo,xx", "write days like mo,we,fr, or daily"),
        ("days", "mo,", "write days like mo,we,fr, or daily"),
        ("days", "montag", "write days like mo,we,fr, or daily"),
        ("time", "24:00", "write a time like 07:30"),
        ("time", "7.30", "write a time like 07:30"),
        ("time", "\u0660\u0667:\u0663\u0660", "write a time like 07:30"),
        ("from", "2026-02-30", "write the first day like 2026-01-05"),
        ("from", "6.1.2026", "write the first day like 2026-01-05"),
        ("from", "9999-12-31", "write the first day like 2026-01-05"),
        ("until", "soon", "write the last day like 2026-03-31"),
        ("count", "0", "write 1 to 1,000"),
        ("count", "9" * 5_000, "write 1 to 1,000"),
        ("alarm", "-5", "write minutes, 0 to 10,080; 0 is for none"),
        ("alarm", "²", "write minutes, 0 to 10,080; 0 is for none"),
        ("now", "yesterday", "write a moment in UTC like 2026-01-05T07:30:00Z"),
        ("now", "0001-01-01T00:00:00+23:00", "write a moment in UTC like 2026-01-05T07:30:00Z"),
    ],
)
def test_a_wish_that_cannot_be_is_told_with_how_to_write_it(name: str, wish: str, remedy: str) -> None:
    with pytest.raises(ChainTimerError) as caught:
        read_plan({**USUAL, name: wish})
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f'{name}: "{wish[:50]}')
    assert line.endswith(f"cannot be; {remedy}")


def test_everything_that_is_missing_or_wrong_is_told_at_once() -> None:
    with pytest.raises(ChainTimerError) as caught:
        read_plan({"time": "noon", "count": "x"})
    assert str(caught.value).splitlines() == [
        "days: it is missing; write days like mo,we,fr, or daily",
        'time: "noon" cannot be; write a time like 07:30',
        "from: it is missing; write the first day like 2026-01-05",
        'count: "x" cannot be; write 1 to 1,000',
    ]


def test_an_end_is_a_day_or_a_number_and_not_both() -> None:
    with pytest.raises(ChainTimerError, match="until: there is a count as well; choose one of them"):
        read_plan({**USUAL, "until": "2026-03-01", "count": "3"})


def test_an_end_before_the_first_time_is_told() -> None:
    with pytest.raises(
        ChainTimerError, match="nothing is before 2026-01-06; the first time is on 2026-01-07"
    ):
        read_plan({**USUAL, "until": "2026-01-06"})


def test_wishes_for_other_formats_are_left_alone() -> None:
    assert read_plan({**USUAL, "paper": "a4"}) == read_plan(USUAL)


@cases(
    st.dictionaries(st.sampled_from(["days", "time", "from", "until", "count", "alarm", "now"]), st.text())
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_wish_is_too_odd_to_be_answered(wishes: dict[str, str]) -> None:
    try:
        read_plan({**USUAL, **wishes})
    except ChainTimerError as error:
        assert str(error)  # noqa: PT017 - either of two ends is right


# --- odd routines --------------------------------------------------------------------------------------


def test_odd_names_break_nothing_of_the_format() -> None:
    odd = "A;B,C:D\\M\r\nEND:VEVENT\x00\u2028 🏋️ תרגיל"
    event = entry(routine_of(own_exercise(1, name=odd), name=odd))
    assert event["SUMMARY"] == "A;B,C:D\\M  END:VEVENT 🏋️ תרגיל"
    assert "1. A;B,C:D\\M  END:VEVENT 🏋️ תרגיל, 30s" in str(event["DESCRIPTION"])


def test_a_list_that_is_too_long_is_cut_and_told() -> None:
    many = routine_of(*(own_exercise(number) for number in range(500)))
    file = BytesIO()
    (problem,) = calendar_entry.write(given_of(many, **USUAL), file, no_progress)
    assert problem == Problem("description", "404 more lines are too many for it", "the first ones are there")
    (event,) = Calendar.from_ical(file.getvalue()).walk("VEVENT")
    assert len(str(event["DESCRIPTION"]).split("\n")) == 100


def test_who_has_enough_gets_no_file() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    file = BytesIO()
    with pytest.raises(CanceledError):
        calendar_entry.write(given_of(DEFAULT, **USUAL), file, enough)
    assert file.getvalue() == b""
