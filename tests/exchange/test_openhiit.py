"""OpenHIIT: its exports, before and after they were changed, read and written."""

import json
from typing import Any

import pytest
from helpers.timer_files import (
    library,
    losses,
    only_routine,
    parcel,
    reads_or_refuses,
    rounds,
    routines,
    source,
    spans,
    spoiled,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange.openhiit import read, recognizes, write
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.options import Options

NO_TIMES = {"workTime": 0, "restTime": 0, "breakTime": 0, "warmupTime": 0, "cooldownTime": 0}


def timer(names: list[str], name: str = "Tabata", **times: object) -> dict[str, object]:
    settings = {"id": "b", "timerId": "a", **NO_TIMES, "getReadyTime": 10, "restarts": 0, **times}
    return {
        "id": "a",
        "name": name,
        "timerIndex": 0,
        "totalTime": 0,
        "intervals": 0,
        "activeIntervals": len(names),
        "activities": names,
        "showMinutes": 0,
        "color": 4280391411,
        "timeSettings": settings,
        "soundSettings": {"id": "c", "timerId": "a", "workSound": "short-whistle"},
    }


def old_timer(names: list[str], **changes: object) -> dict[str, object]:
    return {
        "id": "a",
        "title": "Tabata",
        "numExercises": len(names),
        "exercises": json.dumps(names),
        "getReadyTime": 10,
        "exerciseTime": 20,
        "restTime": 10,
        "halfTime": 0,
        "breakTime": 60,
        "warmupTime": 0,
        "cooldownTime": 0,
        "iterations": 1,
        "workSound": "short-whistle",
        **changes,
    }


TYPICAL = timer(
    ["Run", "Jump"], workTime=20, restTime=10, breakTime=60, warmupTime=120, cooldownTime=90, restarts=1
)
TYPICAL_SPANS = [
    ("Warm-up", 120, 10),
    ("Run", 20, 10),
    ("Jump", 20, 60),
    ("Run", 20, 10),
    ("Jump", 20, 0),
    ("Cool-down", 90, 0),
]


@pytest.mark.parametrize("content", [[TYPICAL], [old_timer(["Run"])], [3, TYPICAL]])
def test_an_export_of_either_kind_is_recognized(content: object) -> None:
    assert recognizes(source(content))


@pytest.mark.parametrize(
    "content", ["[]", "{}", "[1]", '[{"name": "Run"}]', '{"timeSettings": {}}', "Run 30s"]
)
def test_other_files_are_not_recognized(content: str) -> None:
    assert not recognizes(source(content))


def test_work_rest_break_and_restarts_come_where_the_program_has_them() -> None:
    routine = only_routine(read, [TYPICAL])
    assert spans(routine) == TYPICAL_SPANS
    assert rounds(routine) == [1, 2, 1]


def test_warm_up_and_cool_down_are_circuits_with_a_name() -> None:
    names = [circuit.name for circuit in only_routine(read, [TYPICAL]).circuits]
    assert names == ["Warm-up", "", "Cool-down"]


def test_without_a_break_the_rest_comes_between_rounds() -> None:
    content = [timer(["Run", "Jump"], workTime=20, restTime=10, restarts=1)]
    assert [rest for _, _, rest in spans(only_routine(read, content))] == [10, 10, 10, 0]


def test_an_interval_without_a_name_is_work() -> None:
    content = [{**timer(["Run", " "], workTime=20), "activeIntervals": 3}]
    assert [name for name, _, _ in spans(only_routine(read, content))] == ["Run", "Work", "Work"]


def test_names_beyond_the_intervals_are_told() -> None:
    content = [{**timer(["Run", "Jump"], workTime=20), "activeIntervals": 1}]
    assert losses(read, content) == ["timer 1: it names 2 but does 1; the others were left out"]


def test_settings_may_stand_as_text() -> None:
    content = [{**TYPICAL, "timeSettings": json.dumps(TYPICAL["timeSettings"]), "soundSettings": "{}"}]
    assert spans(only_routine(read, content)) == TYPICAL_SPANS


def test_the_older_kind_has_its_exercises_as_text() -> None:
    routine = only_routine(read, [old_timer(["Run", "Jump"])])
    assert spans(routine) == [("Run", 20, 10), ("Jump", 20, 60), ("Run", 20, 10), ("Jump", 20, 0)]
    assert rounds(routine) == [2]


def test_the_older_kind_may_name_nothing() -> None:
    content = [old_timer([], exercises="", numExercises=2, iterations=0)]
    assert [name for name, _, _ in spans(only_routine(read, content))] == ["Work", "Work"]


def test_every_timer_becomes_a_routine() -> None:
    found = parcel(read, [TYPICAL, old_timer(["Run"])])
    assert [(routine.id, routine.name) for routine in found.routines] == [
        ("tabata", "Tabata"),
        ("tabata-2", "Tabata"),
    ]


def test_another_time_to_get_ready_is_told() -> None:
    assert losses(read, [timer(["Run"], workTime=20, getReadyTime=25)]) == [
        "timer 1: it gives 25s to get ready; your own time to get ready is used"
    ]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"workTime": True}, "timer 1, timeSettings, workTime: true is not a number; 0 was taken"),
        ({"workTime": 7_200}, "timer 1: it is too long; 1h was taken"),
        (
            {"workTime": 20, "restTime": "x"},
            'timer 1, timeSettings, restTime: "x" is not a number; 0 was taken',
        ),
        ({"workTime": 20, "restarts": 10**15}, "timer 1: 1,000,000,000,001 rounds cannot be; 100 was taken"),
    ],
)
def test_a_number_that_cannot_be_is_told(times: dict[str, object], said: str) -> None:
    good = timer(["Run"], workTime=5)
    assert said in losses(read, [timer(["Run"], **times), good])


@pytest.mark.parametrize(
    "broken", [{"timeSettings": "{"}, {"timeSettings": 3}, {"timeSettings": None}, {"activities": 3}]
)
def test_a_broken_timer_leaves_the_others(broken: dict[str, object]) -> None:
    found = parcel(read, [{**timer(["Run"], name="Broken"), **broken}, TYPICAL])
    assert [routine.name for routine in found.routines] == ["Tabata"]
    assert found.losses


def test_too_many_intervals_are_refused_quickly() -> None:
    with pytest.raises(FileProblemsError, match="too large: 10,001 sets"):
        parcel(read, [{**timer([], workTime=20), "activeIntervals": 10**12}])


@pytest.mark.slow
def test_a_file_of_endless_sets_is_read_up_to_a_bound_that_is_told() -> None:
    many = [{**timer([], name=f"T{number}", workTime=20), "activeIntervals": 9_999} for number in range(50)]
    found = parcel(read, many)
    assert len(found.routines) == 11
    assert str(found.losses[-1]) == (
        "timer 11: the file has more than 100,000 sets; what comes after this was left out"
    )


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(spoiled([TYPICAL, old_timer(["Run", "Jump"])]))
def test_whatever_stands_in_its_places_is_read_or_refused(content: object) -> None:
    reads_or_refuses(read, recognizes, json.dumps(content).encode())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reads_or_refuses(read, recognizes, data)


# --- out ---------------------------------------------------------------------------------------------


def timers_of(routine: Routine, options: Options | None = None) -> list[dict[str, Any]]:
    value: list[dict[str, Any]] = json.loads(written(write, routine, options)[0])
    return value


def item(name: str, seconds: int = 30, rest: int | None = None) -> Item:
    hold = Hold(seconds * 1000)
    return Item(
        Exercise(name.casefold(), name, (), hold), hold, rest_ms=None if rest is None else rest * 1000
    )


def test_what_was_read_is_written_as_it_was() -> None:
    (made,) = timers_of(only_routine(read, [TYPICAL]))
    wanted = dict(TYPICAL["timeSettings"])  # type: ignore[call-overload]
    kept = {key: made["timeSettings"][key] for key in wanted if key not in {"id", "timerId"}}
    assert kept == {key: wanted[key] for key in kept}
    assert (made["name"], made["activities"], made["activeIntervals"]) == ("Tabata", ["Run", "Jump"], 2)


def test_its_length_and_number_of_intervals_are_as_the_program_counts_them() -> None:
    (made,) = timers_of(only_routine(read, [TYPICAL]))
    # Get ready, warm-up, rest, then twice run, rest, jump with a break between, and the cool-down.
    assert (made["intervals"], made["totalTime"]) == (11, 10 + 120 + 10 + 2 * (20 + 10 + 20) + 60 + 90)


def test_the_file_begins_with_a_bracket_as_the_program_demands() -> None:
    data, _ = written(write, only_routine(read, [timer(["Übung"], name="Früh", workTime=20)]))
    assert data.startswith(b"[")
    assert data.isascii()


def test_circuits_with_the_same_times_are_one_timer() -> None:
    circuits = (Circuit((item("A"), item("B")), rounds=2), Circuit((item("C"),)))
    (made,) = timers_of(Routine("r", "R", circuits, rest_ms=5_000))
    assert made["activities"] == ["A", "B", "A", "B", "C"]
    assert made["timeSettings"]["restarts"] == 0


def test_circuits_with_other_times_are_timers_of_their_own() -> None:
    circuits = (Circuit((item("A"),), rounds=2, name="Strength"), Circuit((item("B", 60),)))
    data, told = written(write, Routine("r", "R", circuits))
    found = parcel(read, data)
    assert [(routine.name, rounds(routine)) for routine in found.routines] == [
        ("R 1: Strength", [2]),
        ("R 2", [1]),
    ]
    assert (
        "it has one time for all work and one for all rest; 2 timers were written, one after another" in told
    )


def test_odd_times_are_told() -> None:
    circuit = Circuit((item("A", 30, 5), item("B", 40, 10), item("C", 30, 5), item("D", 30)))
    data, told = written(write, Routine("r", "R", (circuit,)))
    assert [each[1:] for each in spans(only_routine(read, data))] == [(30, 5), (30, 5), (30, 5), (30, 0)]
    assert told == [
        "B: all work of a timer takes the same time; 30s was written instead of 40s",
        "all rests of a timer take the same time; 5s was written for each",
    ]


def test_the_rest_between_exercises_gives_time_to_change_sides_too() -> None:
    (made,) = timers_of(library().routine("desk-break"))
    assert made["timeSettings"]["restTime"] == 15


def test_rounds_without_rest_between_them_are_told() -> None:
    circuit = Circuit((item("A"), item("B")), rounds=2, rest_ms=5_000, round_rest_ms=0)
    _, told = written(write, Routine("r", "R", (circuit,)))
    assert told == ["there is always a rest between rounds; it will be 5s"]


def test_all_that_ships_is_written_and_read_again() -> None:
    for routine in library().routines:
        data, _ = written(write, routine)
        names = [name for part in parcel(read, data).routines for name, _, _ in spans(part)]
        assert names == [name for name, _, _ in spans(routine)]


@st.composite
def holdable(draw: st.DrawFn) -> Routine:
    """A routine with one time for everything, as a timer has it."""
    work, rest, between = draw(st.tuples(st.integers(1, 3600), st.integers(0, 300), st.integers(1, 300)))
    made = draw(routines(st.just(work * 1000)))
    items = tuple(Item(each.exercise, each.work, rest_ms=rest * 1000) for each in made.circuits[0].items)
    return Routine("r", made.name, (Circuit(items, draw(st.integers(1, 9)), round_rest_ms=between * 1000),))


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(holdable())
def test_all_that_it_can_hold_is_read_again(routine: Routine) -> None:
    data, told = written(write, routine)
    again = only_routine(read, data)
    assert (again.name, spans(again), rounds(again)) == (routine.name, spans(routine), rounds(routine))
    assert told == []


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(routines(st.integers(1, 3600).map(lambda seconds: seconds * 1000)))
def test_what_was_read_is_written_and_read_the_same(routine: Routine) -> None:
    for once in parcel(read, written(write, routine)[0]).routines:
        assert spans(only_routine(read, written(write, once)[0])) == spans(once)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(routines(st.integers(1, 3600).map(lambda seconds: seconds * 1000)))
def test_every_name_of_any_routine_is_written(routine: Routine) -> None:
    found = parcel(read, written(write, routine)[0])
    names = [name for part in found.routines for name, _, _ in spans(part)]
    assert names == [name for name, _, _ in spans(routine)]
