"""The history as FIT activities, as a strict reader sees them: times, laps, sets and names."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import fitdecode
import pytest
from helpers.past import (
    CALF,
    LEFT,
    PARTS,
    PAUSED_MS,
    PLAYED_MS,
    REPS,
    RIGHT,
    SQUAT,
    START,
    given_out,
    session,
    sessions,
)
from hypothesis import given, settings

from chain_timer.exchange import fit_activity
from chain_timer.exchange.history_fit import EARLIEST_MS, LATEST_MS
from chain_timer.exchange.parcel import CanceledError
from chain_timer.problems import ChainTimerError
from chain_timer.session.clock import Moment
from chain_timer.session.record import PastExercise, SessionRecord

Message = tuple[str, dict[str, Any]]


def messages(data: bytes) -> list[Message]:
    """Every message by the names of the profile, checksum and all; what is empty is left out."""
    strict = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(data, **strict) as reader:
        return [
            (frame.name, {each.name: each.value for each in frame.fields if each.value is not None})
            for frame in reader
            if frame.frame_type == fitdecode.FIT_FRAME_DATA
        ]


def of(record: SessionRecord, name: str) -> list[dict[str, Any]]:
    return [values for kind, values in messages(given_out("fit", [record])[0]) if kind == name]


def at(seconds: float) -> datetime:
    """Give a moment of the session as whole seconds."""
    return datetime.fromtimestamp(int(START.ms / 1000 + seconds), UTC)


# --- one -------------------------------------------------------------------------------------------------


def test_it_is_an_activity_with_all_that_one_must_have() -> None:
    names = [name for name, _ in messages(given_out("fit", [session()])[0])]
    assert names[0] == "file_id"
    assert names[-2:] == ["session", "activity"]
    assert {"event", "record", "lap", "set", "exercise_title"} < set(names)
    (file_id,) = of(session(), "file_id")
    assert (file_id["type"], file_id["manufacturer"], file_id["time_created"]) == (
        "activity",
        "development",
        at(0),
    )


def test_the_session_tells_the_time_with_pauses_and_without() -> None:
    (found,) = of(session(), "session")
    assert (found["start_time"], found["timestamp"]) == (at(0), at((PLAYED_MS + PAUSED_MS) / 1000))
    assert (found["total_timer_time"], found["total_elapsed_time"]) == (132.5, 222.5)
    assert (found["num_laps"], found["sport_profile_name"]) == (6, "Evening")


def test_each_lap_tells_its_times_and_all_come_to_the_whole() -> None:
    laps = of(session(), "lap")
    assert [lap["total_timer_time"] for lap in laps] == [13, 30, 6, 21.5, 20, 42]
    assert [lap["total_elapsed_time"] for lap in laps] == [13, 30, 6, 111.5, 20, 42]
    assert [lap["intensity"] for lap in laps] == ["rest", "active"] * 3
    assert [lap["start_time"] for lap in laps[3:]] == [at(49), at(160.5), at(180.5)]


def test_sets_tell_what_was_done() -> None:
    rest, calf, *_, squat = of(session(), "set")
    assert (rest["set_type"], "category" in rest) == ("rest", False)
    assert (calf["set_type"], calf["duration"], calf["start_time"]) == ("active", 30, at(13))
    assert (squat["category"], squat["category_subtype"], squat["repetitions"]) == ("squat", 6, 9)
    assert "repetitions" not in calf


def test_exercises_have_their_number_in_the_profile_or_one_of_their_own_and_always_their_name() -> None:
    named = PastExercise("mine", "Side plank", ())
    titles = of(session(exercises=(CALF, SQUAT, named)), "exercise_title")
    numbers = [(each["exercise_category"], each["exercise_name"]) for each in titles]
    assert numbers == [("unknown", 0), ("squat", 6), ("plank", 66)]
    assert [each["wkt_step_name"] for each in titles] == ["Wall calf stretch", "Back squat", "Side plank"]


def test_the_timer_stands_still_while_it_was_paused() -> None:
    events = [(each["event"], each["event_type"], each["timestamp"]) for each in of(session(), "event")]
    assert events == [
        ("timer", "start", at(0)),
        ("timer", "stop", at(70.5)),
        ("timer", "start", at(160.5)),
        ("timer", "stop_all", at(222.5)),
    ]


def test_a_pause_at_the_very_end_ends_the_timer_before_it() -> None:
    events = of(session(parts=(RIGHT, LEFT)), "event")
    assert [each["event_type"] for each in events] == ["start", "stop_all"]
    assert events[-1]["timestamp"] == at(51.5)


@pytest.mark.parametrize(
    ("parts", "sport"),
    [
        ((RIGHT, LEFT), "flexibility_training"),
        ((REPS,), "strength_training"),
        (PARTS, "flexibility_training"),
    ],
)
def test_the_sport_is_what_took_most_time(parts: tuple[Any, ...], sport: str) -> None:
    (found,) = of(session(parts=parts), "session")
    assert (found["sport"], found["sub_sport"]) == ("training", sport)


def test_the_activity_tells_the_time_of_the_place() -> None:
    (found,) = of(session(started=Moment(START.ms, -570)), "activity")
    behind = found["timestamp"].replace(tzinfo=None) - found["local_timestamp"].replace(tzinfo=None)
    assert behind.total_seconds() == 570 * 60
    assert (found["num_sessions"], found["total_timer_time"]) == (1, 132.5)


def test_a_session_of_which_no_parts_are_known_is_one_lap() -> None:
    (lap,) = of(session(parts=(), ended_ms=START.ms + 600_000), "lap")
    assert lap["total_timer_time"] == 600


def test_the_same_session_is_the_same_file_and_another_has_another_number() -> None:
    assert given_out("fit", [session()]) == given_out("fit", [session()])
    one, other = (of(session(number), "file_id")[0]["serial_number"] for number in (1, 2))
    assert one != other


def test_long_names_are_cut_within_no_letter() -> None:
    long = replace(SQUAT, name="伸ばす" * 60)
    title = of(session(exercises=(CALF, long)), "exercise_title")[1]["wkt_step_name"]
    assert len(title.encode()) <= 254
    assert title.endswith("…")


def test_more_pieces_than_can_be_numbered_are_all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_activity, "_MOST_NUMBERED", 4)
    assert [lap.get("message_index") for lap in of(session(), "lap")] == [0, 1, 2, 3, None, None]
    assert [each.get("message_index") for each in of(session(), "set")] == [0, 1, 2, 3, None, None]


# --- many ------------------------------------------------------------------------------------------------


def test_a_file_holds_one_session() -> None:
    with pytest.raises(ChainTimerError, match="holds one session, and these are 2; choose CSV table or"):
        given_out("fit", [session(1), session(2)])


def test_many_sessions_are_an_archive_with_a_file_for_each() -> None:
    records = [session(number) for number in (1, 2)] + [session(3, routine_name="../Ä b:*?\x1b")]
    data, losses = given_out("fit-files", records)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "2026-01-05-073000-evening-00000000.fit",
            "2026-01-06-073000-evening-00000000.fit",
            "2026-01-07-073000-ä-b-00000000.fit",
        ]
        assert archive.infolist()[0].date_time == (2026, 1, 5, 7, 30, 0)
        for name, record in zip(archive.namelist(), records, strict=True):
            assert archive.read(name) == given_out("fit", [record])[0]
    assert len(losses) == 1


@pytest.mark.parametrize("ms", [0, EARLIEST_MS - 1, LATEST_MS])
def test_what_fit_has_no_time_for_is_left_out_and_told(ms: int) -> None:
    odd = session(2, started=Moment(ms))
    data, losses = given_out("fit-files", [session(1), odd])
    assert len(zipfile.ZipFile(BytesIO(data)).namelist()) == 1
    assert "FIT has no number for this time; it was left out" in str(losses[-1])
    with pytest.raises(ChainTimerError, match="FIT has no number for it"):
        given_out("fit", [odd])


def test_a_person_who_had_enough_is_heard() -> None:
    def enough(done: int, _whole: int) -> None:
        if done == 1:
            raise CanceledError

    with pytest.raises(CanceledError):
        given_out("fit-files", [session(1), session(2)], enough)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(sessions)
def test_any_session_can_be_read(record: SessionRecord) -> None:
    whole = messages(given_out("fit", [record])[0])
    laps = [values for name, values in whole if name == "lap"]
    (found,) = (values for name, values in whole if name == "session")
    assert found["num_laps"] == len(laps)
    assert sum(lap["total_timer_time"] for lap in laps) == pytest.approx(found["total_timer_time"])
    times = [values["timestamp"] for name, values in whole if name in {"record", "event"}]
    assert times[0] == min(times)
