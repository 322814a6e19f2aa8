"""When reminders come: in zones with summer time, on clocks that are set, and only when wanted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.system.reminders import (
    DAYS,
    LATER_MS,
    MOST_REMINDERS,
    Hours,
    OffsetAt,
    Reminder,
    Standing,
    Week,
    begin,
    hours_text,
    look,
    lost_in_quiet,
    moment_of,
    next_due,
    next_look,
    put_off,
    read_hours,
    read_reminders,
    read_time,
    reminders_text,
    settle,
    wall_at,
)
from chain_timer.units import HOUR_MS, MINUTE_MS, SECOND_MS

EVERY_DAY = frozenset(range(7))
DAY_MS = 24 * HOUR_MS


def offsets_of(zone: str) -> OffsetAt:
    def offset_at(ms: int) -> int:
        local = datetime.fromtimestamp(ms / 1000, ZoneInfo(zone))
        return (local.utcoffset() or timedelta()) // timedelta(minutes=1)

    return offset_at


UTC_ALWAYS: OffsetAt = lambda _ms: 0  # noqa: E731 - a zone
BERLIN = offsets_of("Europe/Berlin")


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def daily(*times: str, quiet: str = "") -> Week:
    return Week(tuple(Reminder(EVERY_DAY, read_time(each)) for each in times), read_hours(quiet))


def told_at(
    week: Week,
    standing: Standing,
    looks: Iterable[int],
    offset_at: OffsetAt = UTC_ALWAYS,
    *,
    trained_ms: int | None = None,
    trains: bool = False,
) -> tuple[list[int], Standing]:
    """Look at some moments, and list those at which a person is reminded."""
    told = []
    for ms in looks:
        is_told, standing = look(week, standing, ms, offset_at, trains=trains, trained_ms=trained_ms)
        told += [ms] if is_told else []
    return told, standing


def waited(
    week: Week, first_ms: int, last_ms: int, offset_at: OffsetAt, standing: Standing | None = None
) -> list[int]:
    """Wait from one moment that counts to the next, as a timer does, and list when a person is reminded."""
    standing = standing or begin(week, first_ms, offset_at)
    told, now_ms = [], first_ms
    while (next_ms := next_look(week, standing, now_ms, offset_at)) is not None and next_ms <= last_ms:
        now_ms = next_ms
        found, standing = told_at(week, standing, [now_ms], offset_at)
        told += found
    return told


# --- text --------------------------------------------------------------------------------------------


def test_reminders_are_read_as_people_write_them() -> None:
    assert read_reminders("mon thu 18:00, sat 9:30,daily 7, off 0615") == (
        Reminder(frozenset({0, 3}), time(18)),
        Reminder(frozenset({5}), time(9, 30)),
        Reminder(EVERY_DAY, time(7)),
        Reminder(frozenset(), time(6, 15)),
    )


@pytest.mark.parametrize(
    "text",
    [
        *("mon", "18:00", "mon 24:00", "mon 18:60", "mon mon2 18:00", "mon daily 18:00", "mon 18:00:00"),
        "mon \N{ARABIC-INDIC DIGIT ONE}8:00",
        "x" * 9999,
    ],
)
def test_what_is_no_reminder_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_reminders(text)


def test_there_can_be_many_reminders_but_not_any_number() -> None:
    text = ", ".join(["mon 18:00"] * MOST_REMINDERS)
    assert len(read_reminders(text)) == MOST_REMINDERS
    with pytest.raises(ValueError, match=str(MOST_REMINDERS)):
        read_reminders(f"{text}, tue 18:00")


times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
reminders = st.builds(Reminder, st.frozensets(st.integers(0, 6)), times)


@given(st.lists(reminders, max_size=MOST_REMINDERS))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_reminders_are_written_as_they_are_read(some: list[Reminder]) -> None:
    assert read_reminders(reminders_text(some)) == tuple(some)


@given(st.lists(st.sampled_from([*"0123456789:.,- ", *DAYS, "daily", "off", "\x00", "é"])).map("".join))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for read in (read_reminders, read_hours, read_time):
        try:
            read(text)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - what is asked is that nothing else is raised


@pytest.mark.parametrize("text", ["22:00-07:00", "00:00-06:30", ""])
def test_hours_are_written_as_they_are_read(text: str) -> None:
    assert hours_text(read_hours(text)) == text


@pytest.mark.parametrize("text", ["22:00", "22:00-22:00", "22:00-25:00", "-", "22:00-07:00-08:00"])
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_hours(text)


# --- the next moment ---------------------------------------------------------------------------------


def test_the_next_reminder_is_that_of_the_next_of_its_days() -> None:
    week = Week((Reminder(frozenset({0}), time(18)), Reminder(frozenset({3}), time(7, 30))))
    monday = utc("2026-01-05T12:00")
    assert next_due(week, monday, UTC_ALWAYS) == utc("2026-01-05T18:00")
    assert next_due(week, utc("2026-01-05T18:00"), UTC_ALWAYS) == utc("2026-01-08T07:30")
    assert next_due(week, utc("2026-01-08T07:30"), UTC_ALWAYS) == utc("2026-01-12T18:00")


def test_without_a_day_nothing_ever_comes() -> None:
    assert next_due(Week(), 0, UTC_ALWAYS) is None
    assert next_due(Week((Reminder(frozenset(), time(18)),)), 0, UTC_ALWAYS) is None


def test_a_time_stays_that_of_the_wall_when_summer_begins_and_ends() -> None:
    week = daily("18:00")
    spring = waited(week, utc("2026-03-27T20:00"), utc("2026-03-31T00:00"), BERLIN)
    assert spring == [utc("2026-03-28T17:00"), utc("2026-03-29T16:00"), utc("2026-03-30T16:00")]
    autumn = waited(week, utc("2026-10-23T20:00"), utc("2026-10-26T20:00"), BERLIN)
    assert autumn == [utc("2026-10-24T16:00"), utc("2026-10-25T17:00"), utc("2026-10-26T17:00")]


def test_a_time_that_is_left_out_that_day_comes_at_the_first_moment_after() -> None:
    told = waited(daily("02:30"), utc("2026-03-28T12:00"), utc("2026-03-30T12:00"), BERLIN)
    assert told == [utc("2026-03-29T01:00"), utc("2026-03-30T00:30")]
    assert wall_at(told[0], BERLIN) == datetime(2026, 3, 29, 3, 0)  # noqa: DTZ001 - on the wall


def test_two_times_that_are_left_out_that_day_come_as_one() -> None:
    told = waited(daily("02:15", "02:45"), utc("2026-03-28T12:00"), utc("2026-03-29T12:00"), BERLIN)
    assert told == [utc("2026-03-29T01:00")]


def test_a_time_that_is_there_twice_that_day_comes_once() -> None:
    told = waited(daily("02:30"), utc("2026-10-24T12:00"), utc("2026-10-26T12:00"), BERLIN)
    assert told == [utc("2026-10-25T00:30"), utc("2026-10-26T01:30")]


def test_where_a_whole_day_is_left_out_its_reminder_comes_when_the_next_begins() -> None:
    # Samoa had no 30 December 2011.
    apia = offsets_of("Pacific/Apia")
    week = Week((Reminder(frozenset({4}), time(18)),))
    assert next_due(week, utc("2011-12-29T12:00"), apia) == utc("2011-12-30T10:00")


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Berlin", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25"),
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"),
        ("America/St_Johns", "2026-11-01"),
        ("Asia/Kolkata", "2026-06-01"),
        ("Africa/Casablanca", "2026-02-15"),
    ],
)
def test_every_time_of_a_day_comes_at_the_first_moment_the_wall_reaches_it(zone: str, around: str) -> None:
    offset_at = offsets_of(zone)
    midnight = datetime.fromisoformat(around)
    first_ms = utc(around) - 15 * HOUR_MS
    reached: dict[datetime, int] = {}
    highest = wall_at(first_ms, offset_at)
    for ms in range(first_ms, first_ms + 60 * HOUR_MS, 5 * MINUTE_MS):
        wall = wall_at(ms, offset_at)
        while highest < wall:
            highest += timedelta(minutes=5)
            reached[highest] = ms
    for number in range(24 * 12):
        wall = midnight + number * timedelta(minutes=5)
        assert moment_of(wall, offset_at) == reached[wall], wall


# --- quiet hours -------------------------------------------------------------------------------------


def test_shortly_before_the_quiet_hours_end_it_waits_for_that() -> None:
    told = waited(
        daily("06:00", quiet="22:00-07:00"), utc("2026-01-05T12:00"), utc("2026-01-06T12:00"), UTC_ALWAYS
    )
    assert told == [utc("2026-01-06T07:00")]


def test_deep_in_the_quiet_hours_it_never_comes() -> None:
    week = daily("23:00", "03:00", quiet="22:00-07:00")
    assert next_due(week, utc("2026-01-05T12:00"), UTC_ALWAYS) is None
    assert lost_in_quiet(time(23), week.quiet)
    assert not lost_in_quiet(time(6), week.quiet)
    assert not lost_in_quiet(time(12), week.quiet)
    assert not lost_in_quiet(time(23), None)


def test_hours_own_their_start_and_not_their_end() -> None:
    night, noon = Hours(time(22), time(7)), Hours(time(12), time(14))
    assert [night.has(time(hour)) for hour in (21, 22, 0, 6, 7)] == [False, True, True, True, False]
    assert [noon.has(time(hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_quiet_hours_end_by_the_wall_in_a_night_with_a_change(day: str) -> None:
    told = waited(
        daily("05:30", quiet="22:00-07:00"), utc(day) - 12 * HOUR_MS, utc(day) + 12 * HOUR_MS, BERLIN
    )
    assert [wall_at(ms, BERLIN).time() for ms in told] == [time(7)]


# --- late, and not at all ----------------------------------------------------------------------------


def test_a_reminder_that_the_computer_slept_through_is_told_once_when_it_wakes() -> None:
    standing = begin(daily("18:00"), utc("2026-01-05T17:00"), UTC_ALWAYS)
    wakes = [utc("2026-01-05T19:59"), utc("2026-01-05T20:00:30"), utc("2026-01-05T20:30")]
    told, _ = told_at(daily("18:00"), standing, wakes)
    assert told == wakes[:1]


def test_one_that_is_more_than_two_hours_late_is_left_out() -> None:
    standing = begin(daily("18:00"), utc("2026-01-05T17:00"), UTC_ALWAYS)
    told, standing = told_at(daily("18:00"), standing, [utc("2026-01-05T20:01"), utc("2026-01-05T20:02")])
    assert told == []
    assert next_look(daily("18:00"), standing, utc("2026-01-05T20:02"), UTC_ALWAYS) == utc("2026-01-06T18:00")


def test_several_that_were_slept_through_are_told_as_one() -> None:
    week = daily("18:00", "18:30", "19:00")
    standing = begin(week, utc("2026-01-05T17:00"), UTC_ALWAYS)
    wakes = [utc("2026-01-05T19:30") + minute * MINUTE_MS for minute in range(90)]
    assert told_at(week, standing, wakes)[0] == wakes[:1]


def test_what_was_due_before_the_program_began_is_not_told() -> None:
    standing = begin(daily("18:00"), utc("2026-01-05T18:10"), UTC_ALWAYS)
    assert told_at(daily("18:00"), standing, [utc("2026-01-05T18:11")])[0] == []


def test_a_time_that_was_just_set_and_is_past_already_is_not_told() -> None:
    now_ms = utc("2026-01-05T18:10")
    standing = settle(daily("18:00"), begin(Week(), now_ms, UTC_ALWAYS), now_ms, UTC_ALWAYS)
    assert told_at(daily("18:00"), standing, [now_ms + 1])[0] == []


def test_two_reminders_never_come_within_the_same_minute() -> None:
    week = daily("18:00")
    at_ms = utc("2026-01-05T18:00")
    standing = begin(week, at_ms - HOUR_MS, UTC_ALWAYS)
    standing = replace(standing, later_ms=at_ms - 30 * SECOND_MS)
    told, standing = told_at(week, standing, [at_ms - 30 * SECOND_MS, at_ms, at_ms + MINUTE_MS])
    assert told == [at_ms - 30 * SECOND_MS]


# --- clocks that are set, and travel -----------------------------------------------------------------


def test_a_clock_that_is_set_back_tells_no_reminder_again() -> None:
    week = daily("18:00", "20:00")
    standing = begin(week, utc("2026-01-05T17:00"), UTC_ALWAYS)
    _, standing = told_at(week, standing, [utc("2026-01-05T18:00")])
    back = [
        utc("2026-01-05T15:00"),
        utc("2026-01-05T18:00"),
        utc("2026-01-05T18:05"),
        utc("2026-01-05T20:00"),
    ]
    assert told_at(week, standing, back)[0] == [utc("2026-01-05T20:00")]


def test_a_clock_that_is_set_forward_by_hours_tells_only_what_is_not_long_past() -> None:
    week = daily("18:00", "20:30")
    standing = begin(week, utc("2026-01-05T17:00"), UTC_ALWAYS)
    assert told_at(week, standing, [utc("2026-01-05T21:00")])[0] == [utc("2026-01-05T21:00")]
    assert told_at(daily("18:00"), standing, [utc("2026-01-05T21:00")])[0] == []


def test_a_clock_that_was_years_ahead_does_not_silence_what_comes() -> None:
    week = daily("18:00")
    standing = begin(week, utc("2099-01-01T12:00"), UTC_ALWAYS)
    _, standing = told_at(week, standing, [utc("2099-01-01T18:00")])
    told, standing = told_at(week, standing, [utc("2026-01-05T17:00")])
    assert told == []
    assert next_look(week, standing, utc("2026-01-05T17:00"), UTC_ALWAYS) == utc("2026-01-05T18:00")
    assert told_at(week, standing, [utc("2026-01-05T18:00")])[0] == [utc("2026-01-05T18:00")]


def test_who_travels_west_hears_of_the_same_evening_once() -> None:
    week, new_york = daily("18:00"), offsets_of("America/New_York")
    standing = begin(week, utc("2026-01-05T12:00"), BERLIN)
    told, standing = told_at(week, standing, [utc("2026-01-05T17:00")], BERLIN)
    assert len(told) == 1
    told, standing = told_at(week, standing, [utc("2026-01-05T23:00")], new_york)
    assert told == []
    next_ms = next_look(week, standing, utc("2026-01-05T23:00"), new_york)
    assert next_ms == utc("2026-01-06T23:00")


def test_who_travels_east_is_told_what_has_just_passed_there() -> None:
    week, kolkata = daily("18:00"), offsets_of("Asia/Kolkata")
    standing = begin(week, utc("2026-01-05T12:00"), BERLIN)  # 13:00 in Berlin, 17:30 in Kolkata
    assert told_at(week, standing, [utc("2026-01-05T13:00")], kolkata)[0] == [utc("2026-01-05T13:00")]


# --- later -------------------------------------------------------------------------------------------


def test_later_is_a_quarter_of_an_hour() -> None:
    now_ms = utc("2026-01-05T18:00:20")
    week = daily("18:00")
    standing = put_off(week, begin(week, now_ms, UTC_ALWAYS), now_ms, UTC_ALWAYS)
    assert waited(week, now_ms, now_ms + HOUR_MS, UTC_ALWAYS, standing) == [now_ms + LATER_MS]


def test_later_does_not_reach_into_the_quiet_hours() -> None:
    week = daily("21:50", quiet="22:00-07:00")
    now_ms = utc("2026-01-05T21:50")
    standing = put_off(week, begin(week, now_ms, UTC_ALWAYS), now_ms, UTC_ALWAYS)
    assert standing.later_ms is None


def test_later_stays_a_quarter_of_an_hour_when_the_clock_is_set_back() -> None:
    now_ms = utc("2026-01-05T18:00")
    week = daily("18:00")
    standing = put_off(week, begin(week, now_ms, UTC_ALWAYS), now_ms, UTC_ALWAYS)
    _, standing = told_at(week, standing, [now_ms - 3 * HOUR_MS])
    assert standing.later_ms == now_ms - 3 * HOUR_MS + LATER_MS


# --- who trains --------------------------------------------------------------------------------------


def test_nobody_is_reminded_in_a_session_nor_after_it() -> None:
    week = daily("18:00")
    standing = begin(week, utc("2026-01-05T17:00"), UTC_ALWAYS)
    standing = replace(standing, later_ms=utc("2026-01-05T17:59"))
    told, standing = told_at(week, standing, [utc("2026-01-05T18:00")], trains=True)
    assert told == []
    assert told_at(week, standing, [utc("2026-01-05T18:20")])[0] == []


@pytest.mark.parametrize(
    ("trained", "is_reminded"),
    [("14:59", True), ("15:01", False), ("17:59", False), ("18:00", False), ("07:40", True)],
)
def test_who_has_trained_within_three_hours_is_not_reminded(trained: str, is_reminded: bool) -> None:  # noqa: FBT001
    week = daily("07:30", "18:00")
    standing = begin(week, utc("2026-01-05T14:00"), UTC_ALWAYS)
    looks = [utc("2026-01-05T18:00:01")]
    told, _ = told_at(week, standing, looks, trained_ms=utc(f"2026-01-05T{trained}"))
    assert bool(told) is is_reminded


def test_a_session_counts_for_the_reminder_it_is_nearest_to() -> None:
    week = daily("10:00", "11:00", "12:00")
    standing = begin(week, utc("2026-01-05T10:15"), UTC_ALWAYS)
    after_ten = utc("2026-01-05T10:10")
    assert told_at(week, standing, [utc("2026-01-05T11:00")], trained_ms=after_ten)[0] != []
    before_eleven = utc("2026-01-05T10:40")
    assert told_at(week, standing, [utc("2026-01-05T11:00")], trained_ms=before_eleven)[0] == []


def test_who_has_trained_after_putting_it_off_is_not_reminded_again() -> None:
    week = daily("18:00")
    at_ms = utc("2026-01-05T18:00")
    _, standing = told_at(week, begin(week, at_ms - 1, UTC_ALWAYS), [at_ms])
    standing = put_off(week, standing, at_ms + MINUTE_MS, UTC_ALWAYS)
    again = [at_ms + MINUTE_MS + LATER_MS]
    assert told_at(week, standing, again, trained_ms=at_ms - HOUR_MS)[0] == again
    assert told_at(week, standing, again, trained_ms=at_ms + 10 * MINUTE_MS)[0] == []


def test_a_year_of_waiting_in_berlin_tells_every_evening_once() -> None:
    told = waited(
        daily("18:00", quiet="22:00-07:00"), utc("2026-01-01T00:00"), utc("2027-01-01T00:00"), BERLIN
    )
    assert [wall_at(ms, BERLIN).time() for ms in told] == [time(18)] * 365
    assert len({wall_at(ms, BERLIN).date() for ms in told}) == 365


def test_what_is_long_past_is_forgotten() -> None:
    week, now_ms = daily("07:00", "18:00"), utc("2026-01-01T00:00")
    standing = begin(week, now_ms, UTC_ALWAYS)
    _, standing = told_at(week, standing, range(now_ms, now_ms + 30 * DAY_MS, HOUR_MS))
    assert len(standing.settled) <= 2 * 2 + 1
