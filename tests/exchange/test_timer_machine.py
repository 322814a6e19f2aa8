"""TimeR Machine: its backups read, with groups, loops, and steps that ring, wait, begin and end."""

import json

import pytest
from helpers.timer_files import (
    losses,
    only_routine,
    parcel,
    reads_or_refuses,
    rounds,
    source,
    spans,
    spoiled,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chain_timer.exchange.timer_machine import read, recognizes
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Reps


def step(label: str, length: object = 60_000, *behaviors: str, kind: str = "NORMAL") -> dict[str, object]:
    behaviour = [{"type": behavior} for behavior in behaviors]
    return {"step_type": "step", "label": label, "length": length, "behaviour": behaviour, "type": kind}


def group(name: str, loop: object, *steps: object) -> dict[str, object]:
    return {"step_type": "group", "name": name, "loop": loop, "steps": list(steps)}


def timer(loop: object, *steps: object, **more: object) -> dict[str, object]:
    return {"id": 4, "name": "Alpha", "loop": loop, "steps": list(steps), "folderId": 1, **more}


def backup(*timers: object, **more: object) -> dict[str, object]:
    return {"folders": [], "timers": list(timers), "timerStamps": [], "schedulers": [], "prefs": {}, **more}


TYPICAL = backup(
    timer(
        1,
        step("Run", 60_000, "MUSIC", "BEEP"),
        step("Notifier", 5_000, "VIBRATION", kind="NOTIFIER"),
        group("Core", 3, step("Plank", 30_000), step("Rest", 10_000)),
        step("Walk", 90_000, "HALT"),
        startStep=step("Timer Start", 10_000, "MUSIC", kind="START"),
        endStep=step("Timer End", 10_000, "MUSIC", kind="END"),
    ),
    folders=[{"id": 1, "name": ""}],
)


def test_a_backup_is_recognized() -> None:
    assert recognizes(source(TYPICAL))


def test_shared_timers_are_recognized() -> None:
    assert recognizes(source({"timers": [{"id": 0, "name": "", "loop": 1, "steps": []}]}))


@pytest.mark.parametrize(
    "content", ["{}", "[]", '{"timers": []}', '{"timers": [{"name": 1}]}', '{"timers": 3}', "Run 30s"]
)
def test_other_files_are_not_recognized(content: str) -> None:
    assert not recognizes(source(content))


def test_steps_and_groups_follow_each_other_as_they_do_there() -> None:
    routine = only_routine(read, TYPICAL)
    assert spans(routine) == [("Run", 60, 5), *[("Plank", 30, 10)] * 3, ("Walk", 5, 0)]
    assert rounds(routine) == [1, 3, 1]


def test_a_group_is_a_circuit_with_its_name() -> None:
    assert [circuit.name for circuit in only_routine(read, TYPICAL).circuits] == ["", "Core", ""]


def test_a_step_that_halts_waits_for_the_person() -> None:
    work = only_routine(read, TYPICAL).items[-1].work
    assert isinstance(work, Reps)
    assert (work.count, work.self_paced) == (1, True)


def test_loops_of_a_timer_are_rounds() -> None:
    routine = only_routine(read, backup(timer(3, step("Run"), step("Rest", 5_000), step("Walk"))))
    assert rounds(routine) == [3]
    assert spans(routine) == [("Run", 60, 5), ("Walk", 60, 0)] * 3


def test_loops_within_loops_are_written_out() -> None:
    inner = group("In", 3, step("B"), step("C"))
    content = backup(timer(2, step("A"), group("Out", 2, inner, step("D"))))
    routine = only_routine(read, content)
    once = ["A", *["B", "C"] * 3, "D", *["B", "C"] * 3, "D"]
    assert [name for name, _, _ in spans(routine)] == once * 2
    assert rounds(routine) == [2]
    assert losses(read, content) == ["timer 1: it has loops within loops; the inner ones were written out"]


def test_a_group_without_loops_keeps_those_within_it() -> None:
    content = backup(timer(1, group("Out", 1, step("A"), group("In", 3, step("B")), step("C"))))
    assert rounds(only_routine(read, content)) == [1, 3, 1]
    assert losses(read, content) == []


def test_start_and_end_steps_that_only_signal_are_left_to_our_own() -> None:
    assert [line for line in losses(read, TYPICAL) if "Step" in line] == [
        "timer 1, startStep: it only tells that the timer starts or ends; our own signals are used",
        "timer 1, endStep: it only tells that the timer starts or ends; our own signals are used",
    ]


def test_start_and_end_steps_of_some_length_are_done_once() -> None:
    content = backup(timer(2, step("Run"), startStep=step("Warm up"), endStep=step("Stretch", 30_000)))
    routine = only_routine(read, content)
    assert spans(routine) == [("Warm up", 60, 0), ("Run", 60, 0), ("Run", 60, 0), ("Stretch", 30, 0)]


def test_a_rest_that_halts_is_told() -> None:
    content = backup(timer(1, step("Run"), step("Rest", 5_000, "HALT"), step("Walk")))
    assert spans(only_routine(read, content)) == [("Run", 60, 5), ("Walk", 60, 0)]
    assert losses(read, content) == ["timer 1, step 2: a rest cannot wait for you here; its length was taken"]


def test_what_lies_in_the_trash_is_left_out() -> None:
    content = backup(timer(1, step("Run"), folderId=2), timer(1, step("Walk")))
    assert spans(only_routine(read, content)) == [("Walk", 60, 0)]
    assert losses(read, content) == ["timer 1: it is in the trash; it was left out"]


def test_what_has_no_place_here_is_told() -> None:
    content = backup(
        timer(1, step("Run"), more={"showNotif": True, "triggerTimerId": 7}),
        folders=[{"id": 16, "name": "Mine"}],
        timerStamps=[{"id": 1}],
        schedulers=[{"id": 1}],
    )
    assert losses(read, content) == [
        "timerStamps: when its timers ran has no place here; it was left out",
        "schedulers: when its timers start by themselves has no place here; it was left out",
        "folders: routines here have no folders; all timers were put together",
        "timer 1: it starts another timer at its end; the other is a routine of its own",
    ]


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (0, 'timer 1, step 2: "B" takes no time; it was left out'),
        (-1, 'timer 1, step 2: "B" takes no time; it was left out'),
        (400, "timer 1, step 2: it is too short; 1s was taken"),
        (10**18, "timer 1, step 2: it is too long; 1h was taken"),
        (True, "timer 1, step 2, length: true is not a number; 0 was taken"),
    ],
)
def test_a_length_that_cannot_be_is_told(length: object, said: str) -> None:
    assert said in losses(read, backup(timer(1, step("A"), step("B", length))))


@pytest.mark.parametrize(("loop", "taken"), [(0, 1), (-5, 1), (10**12, 100), ("2", 2)])
def test_loops_stay_within_bounds(loop: object, taken: int) -> None:
    assert rounds(only_routine(read, backup(timer(loop, step("Run"))))) == [taken]


def test_loops_within_loops_without_end_are_refused_quickly() -> None:
    nested: object = step("Run")
    for _ in range(15):
        nested = group("Again", 1_000_000, nested)
    with pytest.raises(FileProblemsError, match="too large"):
        parcel(read, backup(timer(100, nested)))


def test_loops_of_nothing_end() -> None:
    nested = group("Empty", 10**12, group("Empty", 10**12))
    assert spans(only_routine(read, backup(timer(2, nested, step("Run"))))) == [("Run", 60, 0)] * 2


def test_groups_nested_too_deeply_are_left_out() -> None:
    nested: object = step("Deep")
    for _ in range(30):
        nested = group("In", 1, nested)
    content = backup(timer(1, nested, step("Run")))
    assert spans(only_routine(read, content)) == [("Run", 60, 0)]
    assert "it lies 20 groups deep; it was left out" in losses(read, content)[0]


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(spoiled(TYPICAL))
def test_whatever_stands_in_its_places_is_read_or_refused(content: object) -> None:
    reads_or_refuses(read, recognizes, json.dumps(content).encode())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
@example(b'{"timers": [{"loop": 1, "steps": [' + b'{"steps": [' * 20_000)
@example(b'{"timers": [{"loop": 1, "steps": ' + b'[{"steps": ' * 300 + b"[]" + b"}]" * 300 + b"}]}")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reads_or_refuses(read, recognizes, data)
