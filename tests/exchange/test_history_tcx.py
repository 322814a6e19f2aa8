"""The history as TCX: what its schema allows, and what an independent reader makes of it."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from helpers.past import PASSED_OVER, PAUSED_MS, PLAYED_MS, REPS, RIGHT, given_out, session, sessions
from hypothesis import given, settings
from hypothesis import strategies as st
from tcxreader.tcxreader import TCXReader

from chain_timer.exchange.history_tcx import NAMESPACE
from chain_timer.session.record import SessionRecord

# The order of elements in TrainingCenterDatabasev2.xsd; those that must be there have a "!".
SCHEMA = {
    "TrainingCenterDatabase": "Folders Activities Workouts Courses Author Extensions",
    "Activities": "Activity* MultiSportSession*",
    "Activity": "Id! Lap!* Notes Training Creator Extensions",
    "Lap": "TotalTimeSeconds! DistanceMeters! MaximumSpeed Calories! AverageHeartRateBpm MaximumHeartRateBpm "
    "Intensity! Cadence TriggerMethod! Track* Notes Extensions",
    "Track": "Trackpoint!* Extensions",
    "Trackpoint": "Time! Position AltitudeMeters DistanceMeters HeartRateBpm Cadence SensorState Extensions",
    "Creator": "Name! UnitId! ProductID! Version!",
    "Version": "VersionMajor! VersionMinor! BuildMajor BuildMinor",
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def check(element: Element) -> None:
    """Fail where an element has what the schema does not allow there."""
    tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    children = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
    allowed = SCHEMA.get(tag, "").split()
    pattern = "".join(
        f"(?:{name.strip('!*')} )" + {"": "?", "!": "", "*": "*", "!*": "+"}[name.lstrip("A" + LETTERS)]
        for name in allowed
    )
    assert re.fullmatch(pattern, "".join(f"{child} " for child in children)), (tag, children)
    for child in element:
        check(child)


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def written(*records: SessionRecord) -> Element:
    root: Element = fromstring(given_out("tcx", records)[0])
    check(root)
    return root


def texts(root: Element, tag: str) -> list[str]:
    return [element.text or "" for element in root.iter(f"{{{NAMESPACE}}}{tag}")]


def test_a_session_is_an_activity_that_began_when_it_did() -> None:
    root = written(session())
    (activity,) = root.iter(f"{{{NAMESPACE}}}Activity")
    assert activity.get("Sport") == "Other"
    assert texts(root, "Id") == ["2026-01-05T06:30:00.250Z"]
    assert texts(activity, "Notes")[-1].splitlines()[0] == "Evening"
    assert texts(root, "Name") == ["Chain Timer"]


def test_work_and_what_lies_between_are_laps_of_their_real_times() -> None:
    root = written(session())
    laps = list(root.iter(f"{{{NAMESPACE}}}Lap"))
    assert [lap.get("StartTime") for lap in laps] == [
        "2026-01-05T06:30:00.250Z",
        "2026-01-05T06:30:13.250Z",
        "2026-01-05T06:30:43.250Z",
        "2026-01-05T06:30:49.250Z",
        "2026-01-05T06:32:40.750Z",
        "2026-01-05T06:33:00.750Z",
    ]
    assert texts(root, "Intensity") == ["Resting", "Active", "Resting", "Active", "Resting", "Active"]
    assert texts(root, "TotalTimeSeconds") == ["13.000", "30.000", "6.000", "21.500", "20.000", "42.000"]
    assert sum(map(float, texts(root, "TotalTimeSeconds"))) == PLAYED_MS / 1000
    assert set(texts(root, "DistanceMeters") + texts(root, "Calories")) == {"0"}
    assert [texts(lap, "Notes") for lap in laps[3:]] == [
        ["Wall calf stretch, left leg, round 1 of 2, skipped"],
        [],
        ["Back squat, set 2 of 3, 9 reps, done"],
    ]


def test_another_program_reads_laps_and_times(tmp_path: Path) -> None:
    path = tmp_path / "history.tcx"
    path.write_bytes(given_out("tcx", [session()])[0])
    found = TCXReader().read(str(path), only_gps=False)
    assert found.activity_type == "Other"
    assert (found.distance, found.calories) == (0, 0)
    assert [lap.duration for lap in found.laps] == [13, 30, 6, 21.5, 20, 42]
    assert found.duration == (PLAYED_MS + PAUSED_MS) / 1000
    assert f"{found.start_time}" == "2026-01-05 06:30:00.250000"


def test_another_program_reads_the_laps_of_many_sessions(tmp_path: Path) -> None:
    path = tmp_path / "history.tcx"
    path.write_bytes(given_out("tcx", [session(1), session(2), session(3)])[0])
    assert len(TCXReader().read(str(path), only_gps=False).laps) == 18


def test_many_sessions_are_activities_of_one_file() -> None:
    assert texts(written(session(1), session(2)), "Id") == [
        "2026-01-05T06:30:00.250Z",
        "2026-01-06T06:30:00.250Z",
    ]


@pytest.mark.parametrize("parts", [(), (PASSED_OVER,), (RIGHT,), (REPS, replace(RIGHT, paused_ms=5))])
def test_every_session_has_a_lap(parts: tuple[object, ...]) -> None:
    assert texts(written(session(parts=parts)), "Intensity")


def test_what_xml_may_not_hold_is_left_out() -> None:
    root = written(session(note="a\x00\x0b\ufffe\ud800<b>&\r\nc", routine_name="]]>\x1b"))
    assert texts(root, "Notes")[-1].splitlines()[0] == "]]>"
    assert texts(root, "Notes")[-1].endswith("a<b>&\nc")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(sessions, st.text(max_size=30))
def test_any_session_is_what_the_schema_allows(record: SessionRecord, note: str) -> None:
    root = written(replace(record, note=note), record)
    assert all(TIME.fullmatch(time) for time in (*texts(root, "Time"), *texts(root, "Id")))
