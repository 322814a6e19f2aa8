"""Packages of openWorkout: each day a routine; times, reps and rests as theirs, pictures by their names."""

import json
from typing import Any

import pytest
from helpers.own_things import known, library
from helpers.zips import zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange import openworkout
from chain_timer.exchange.parcel import CanceledError, Parcel, no_progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Hold, Reps
from chain_timer.routine.routine import Routine

PNG = b"\x89PNG and so on"
FOLDER = "file:///data/user/0/com.health.openworkout/files/My%20plan"


def item(name: object = "Squat", **values: Any) -> dict[str, Any]:
    usual = {
        "name": name,
        "description": "",
        "orderNr": -1,
        "isTimeMode": True,
        "prepTime": 5,
        "workoutTime": 40,
        "breakTime": 20,
        "repetitionCount": 12,
        "imagePath": "squat.png",
        "isImagePathExternal": False,
        "isVideoPathExternal": False,
    }
    return {**usual, **values}


def day(*items: object, name: object = "1. day", **values: Any) -> dict[str, Any]:
    return {"name": name, "orderNr": -1, "workoutItems": list(items), **values}


def package(*days: object, name: object = "My plan", **files: bytes) -> bytes:
    plan = {"name": name, "workoutSessions": list(days)}
    pictures = {f"/image/{key.replace('_', '.')}": data for key, data in files.items()}
    return zipped({**pictures, "/database.json": json.dumps(plan)})


def read(data: bytes) -> Parcel:
    return openworkout.read(Source(data, "plan.zip"), known(), no_progress)


def only(data: bytes) -> Routine:
    (found,) = read(data).routines
    return found


def refused(data: bytes) -> list[str]:
    with pytest.raises(FileProblemsError) as caught:
        read(data)
    return [str(problem) for problem in caught.value.problems]


def pictured(path: str, **values: Any) -> dict[str, Any]:
    return item(imagePath=path, isImagePathExternal=True, **values)


def test_a_package_is_recognized_and_other_archives_are_not() -> None:
    assert openworkout.recognizes(Source(package(day(item())), "x"))
    assert not openworkout.recognizes(Source(zipped({"/database.json": "{}"}), "x"))
    assert not openworkout.recognizes(Source(zipped({"bundle.toml": ""}), "x"))
    assert not openworkout.recognizes(Source(b'{"workoutSessions": []}', "x"))


def test_every_day_is_a_routine_named_after_plan_and_day() -> None:
    data = package(day(item()), day(item(), name="2. day"), day(item(), name=None))
    assert [each.name for each in read(data).routines] == [
        "My plan, 1. day",
        "My plan, 2. day",
        "My plan, session 3",
    ]


def test_a_plan_of_one_day_is_named_after_the_plan() -> None:
    assert only(package(day(item()))).name == "My plan"


def test_a_time_is_a_hold() -> None:
    assert only(package(day(item(workoutTime=45)))).items[0].work == Hold(45_000)


def test_reps_wait_until_they_are_done() -> None:
    work = only(package(day(item(isTimeMode=False, repetitionCount=15)))).items[0].work
    assert isinstance(work, Reps)
    assert (work.count, work.self_paced) == (15, True)


def test_the_rest_after_an_exercise_and_the_time_to_prepare_the_next_are_one_rest() -> None:
    found = only(package(day(item(breakTime=20), item("Plank", prepTime=5, breakTime=30))))
    assert [each.rest_ms for each in found.items] == [25_000, 30_000]


def test_the_order_is_that_of_its_numbers_where_all_have_one() -> None:
    found = only(package(day(item("B", orderNr=1), item("A", orderNr=0))))
    assert [each.exercise.name for each in found.items] == ["A", "B"]
    found = only(package(day(item("B", orderNr=1), item("A", orderNr=-1))))
    assert [each.exercise.name for each in found.items] == ["B", "A"]


def test_an_exercise_without_words_is_known_by_its_name() -> None:
    found = only(package(day(item("pullup", description="no description"))))
    assert found.exercises == (library().by_exercise_id["pullup"],)


def test_a_description_becomes_steps_sentence_by_sentence() -> None:
    parcel = read(package(day(item(description="Stand tall. Bend {your} knees!  Rise."))))
    (found,) = parcel.exercises
    assert [step.right for step in found.steps] == ["Stand tall.", "Bend (your) knees!", "Rise."]
    assert found.source == "openWorkout"


def test_the_same_exercise_on_other_days_is_the_same() -> None:
    data = package(
        day(item(description="Down.")), day(item(description="Down.", workoutTime=60), name="2. day")
    )
    parcel = read(data)
    assert len(parcel.exercises) == 1
    assert [each.items[0].work for each in parcel.routines] == [Hold(40_000), Hold(60_000)]


# --- pictures --------------------------------------------------------------------------------------------


def test_a_picture_comes_along_under_a_name_of_ours() -> None:
    plan = {"name": "My plan", "workoutSessions": [day(pictured(f"{FOLDER}/image/Lunge%20Kick.PNG"))]}
    data = zipped({"/image/Lunge Kick.PNG": PNG, "/database.json": json.dumps(plan)})
    parcel = read(data)
    assert parcel.pictures == {"lunge-kick.png": PNG}
    assert parcel.exercises[0].picture == "lunge-kick.png"
    assert parcel.losses == ()


def test_pictures_whose_names_are_one_with_us_stay_apart() -> None:
    plan = {"name": "P", "workoutSessions": [day(pictured("A b.png"), pictured("a-b.png"))]}
    data = zipped({"/image/A b.png": PNG, "/image/a-b.png": b"other", "/database.json": json.dumps(plan)})
    parcel = read(data)
    assert [parcel.pictures[each.picture] for each in parcel.exercises] == [PNG, b"other"]


def test_a_picture_that_is_missing_is_told_once() -> None:
    parcel = read(package(day(pictured(f"{FOLDER}/image/a.png"), pictured(f"{FOLDER}/image/a.png"))))
    assert [str(loss) for loss in parcel.losses] == [
        "session 1, exercise 1: its picture is not in the package; it goes without"
    ]
    assert parcel.pictures == {}


@pytest.mark.parametrize("path", ["file:///x/image/..", "image/a.exe", "/", "%00.png/..", "a/b\\c"])
def test_a_picture_of_another_kind_goes_without(path: str) -> None:
    parcel = read(package(day(pictured(path))))
    assert parcel.pictures == {}
    assert all(each.picture == "" for each in parcel.exercises)


def test_a_path_that_leads_elsewhere_names_nothing_but_its_end() -> None:
    parcel = read(package(day(pictured("../../image/../a.png")), a_png=PNG))
    assert parcel.pictures == {"a.png": PNG}


def test_a_picture_that_is_too_large_is_told() -> None:
    data = package(day(pictured("a.png")), a_png=bytes(range(256)) * 4 * 1024 * 9)
    assert any("image/a.png" in loss.where for loss in read(data).losses)


def test_pictures_of_theirs_and_videos_are_told_once() -> None:
    parcel = read(package(day(item(isVideoPathExternal=True), item("B", isVideoPathExternal=True))))
    assert [loss.where for loss in parcel.losses] == ["pictures", "videos"]


# --- what is wrong ---------------------------------------------------------------------------------------


def test_numbers_beyond_ours_are_brought_near_and_told() -> None:
    found = read(
        package(day(item(workoutTime=10**9, breakTime=-5), item("B", isTimeMode=False, repetitionCount=0)))
    )
    assert found.routines[0].items[0].work == Hold(3_600_000)
    assert {loss.what for loss in found.losses} >= {"it is too long", "it is too short", "0 reps cannot be"}


def test_what_is_no_exercise_is_told_by_its_place() -> None:
    parcel = read(package(day(3, item()), "x", day(name="2. day"), {"workoutItems": None}))
    assert [str(loss) for loss in parcel.losses if "session" in loss.where] == [
        "session 1, exercise 1: it is no exercise; it was left out",
        "session 2: there are no exercises in it; it was left out",
        'session 3: "My plan, 2. day" has no exercises; it was left out',
        "session 4: there are no exercises in it; it was left out",
    ]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"workoutSessions": {}}', "[" * 100_000, '{"a": 1, "a": 2}']
)
def test_a_package_without_a_plan_is_refused(text: str) -> None:
    assert len(refused(zipped({"/database.json": text}))) == 1


def test_a_package_whose_plan_cannot_be_unfolded_is_refused_with_the_reason() -> None:
    assert (
        "it unfolds to more than 200 times its size"
        in refused(zipped({"/database.json": " " * 15_000_000}))[0]
    )


def test_a_plan_of_very_many_exercises_is_cut_and_told() -> None:
    days = [day(*[item()] * 9_000, name=f"{number}") for number in range(3)]
    parcel = read(zipped({"/database.json": json.dumps({"name": "Long", "workoutSessions": days})}, 0))
    assert sum(len(each.items) for each in parcel.routines) == 20_000
    assert any("more than 20,000 exercises" in loss.what for loss in parcel.losses)


def test_a_person_who_had_enough_is_heard() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        openworkout.read(Source(package(day(item())), "x"), known(), enough)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(sorted(item())), ANYTHING), ANYTHING, ANYTHING, ANYTHING)
def test_any_value_at_any_place_is_taken_or_told(
    values: dict[str, Any], name: object, session: object, number: object
) -> None:
    data = package(
        day(item(**{key: value for key, value in values.items() if key != "name"}), name=name), session
    )
    wild = package(day(item(name), values, orderNr=number), name=session)
    for tried in (data, wild):
        try:
            assert not read(tried).is_empty
        except FileProblemsError as error:
            assert error.problems  # noqa: PT017 - what else may be wrong is told


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=5))
def test_a_damaged_package_is_taken_or_told(changes: list[tuple[int, int]]) -> None:
    data = bytearray(package(day(pictured("a.png")), a_png=PNG))
    for place, byte in changes:
        data[place % len(data)] = byte
    openworkout.recognizes(Source(bytes(data), "x"))
    try:
        read(bytes(data))
    except FileProblemsError as error:
        assert error.problems  # noqa: PT017 - what else may be wrong is told
