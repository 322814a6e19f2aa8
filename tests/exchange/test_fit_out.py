"""Routines given out as FIT files: what a strict reader accepts, and what comes back as the same plan."""

from dataclasses import replace
from io import BytesIO

import fitdecode
import pytest
from helpers.own_things import PAIR, RAISE, STRETCH, given_of, known, library, plan_of, routine
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange import fit_out, fit_workout
from chain_timer.exchange.parcel import CanceledError, Parcel, no_progress
from chain_timer.exchange.source import Source
from chain_timer.problems import ChainTimerError, Problem
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo
from chain_timer.routine.routine import Circuit, Item, Routine

SWING = Exercise("swing", "Swing", (), Reps(10, Tempo(2_000, 1_000, 2_000)))
OWN_PACE = Item(SWING, replace(SWING.work, count=8, self_paced=True))
HOLD = Item(
    Exercise("plank", "Plank", (Step("Lie down.", "Lie down."),), Hold(30_000)), Hold(40_000), fixed=True
)


def written(of: Routine, **options: int) -> tuple[bytes, tuple[Problem, ...]]:
    file = BytesIO()
    problems = fit_out.write(given_of(of, **options), file, no_progress)
    return file.getvalue(), problems


def back(data: bytes) -> Parcel:
    return fit_workout.read(Source(data, "x.fit"), known(STRETCH), no_progress)


def messages(data: bytes) -> list[tuple[str, dict[str, object]]]:
    """Every message as a strict reader sees it, by the names of the profile; what is empty is left out."""
    strict = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(data, **strict) as reader:
        return [
            (frame.name, {each.name: each.value for each in frame.fields if each.value is not None})
            for frame in reader
            if frame.frame_type == fitdecode.FIT_FRAME_DATA
        ]


def steps(of: Routine) -> list[dict[str, object]]:
    return [values for name, values in messages(written(of)[0]) if name == "workout_step"]


@pytest.mark.parametrize("built_in", library().routines, ids=lambda each: each.id)
def test_every_built_in_routine_comes_back_as_the_same_plan(built_in: Routine) -> None:
    (found,) = back(written(built_in)[0]).routines
    assert plan_of(found) == plan_of(built_in)
    assert (found.name, found.summary) == (built_in.name, built_in.summary)


def test_a_routine_with_everything_comes_back_as_the_same_plan() -> None:
    first = Circuit(
        (
            Item(STRETCH, Hold(45_000), PAIR, sets=2, rest_ms=10_000, fixed=True),
            Item(RAISE, RAISE.work),
            HOLD,
        ),
        rounds=3,
        rest_ms=20_000,
        round_rest_ms=60_000,
    )
    second = Circuit((OWN_PACE, Item(STRETCH, Hold(20_500), (Side.LEFT,), fixed=True)), rounds=2, rest_ms=0)
    of = Routine("all", "All of it", (first, second), "Long.", 15_000)
    parcel = back(written(of)[0])
    expected = [
        (name, side, Reps(work.count, Tempo(2_000, 1_000, 2_000), work.self_paced), rest)
        if isinstance(work, Reps)
        else (name, side, work, rest)
        for name, side, work, rest in plan_of(of)
    ]
    assert plan_of(parcel.routines[0]) == expected
    assert parcel.losses == ()


def test_the_file_says_what_it_is() -> None:
    (_, file_id), (_, workout), *_ = messages(written(routine(HOLD))[0])
    assert (file_id["type"], file_id["manufacturer"]) == ("workout", "development")
    assert str(file_id["time_created"]) == "2020-01-01 00:00:00+00:00"
    assert (workout["wkt_name"], workout["wkt_description"]) == ("Calves", "For runners.")
    assert (workout["sport"], workout["sub_sport"]) == ("training", "strength_training")


def test_work_and_rest_are_steps_with_their_times() -> None:
    work, rest, last = steps(routine(HOLD, HOLD))
    assert work == {
        "message_index": 0,
        "wkt_step_name": "Plank",
        "duration_type": "time",
        "duration_time": 40.0,
        "target_type": "open",
        "intensity": "active",
        "notes": "Lie down.",
    }
    assert (rest["wkt_step_name"], rest["duration_time"], rest["intensity"]) == ("Rest", 20.0, "rest")
    assert last["message_index"] == 2


def test_reps_are_counted_and_own_pace_is_open() -> None:
    counted, _, free = steps(routine(Item(SWING, SWING.work), OWN_PACE))
    assert (counted["duration_type"], counted["duration_reps"]) == ("reps", 10)
    assert (free["duration_type"], free["notes"]) == ("open", "8 reps at your own pace.")


def test_sides_are_steps_with_time_to_change_between_them() -> None:
    named = [
        (each["wkt_step_name"], each["duration_time"])
        for each in steps(routine(Item(STRETCH, Hold(30_000), PAIR)))
    ]
    assert named == [
        ("Wall calf stretch, right leg", 30.0),
        ("Change sides", 6.0),
        ("Wall calf stretch, left leg", 30.0),
    ]


def test_rounds_are_a_repeat() -> None:
    of = routine(HOLD, OWN_PACE, rounds=4)
    *_, end = steps(of)
    assert (end["duration_type"], end["duration_step"], end["repeat_steps"]) == (
        "repeat_until_steps_cmplt",
        0,
        4,
    )
    assert len(steps(of)) == 5
    (circuit,) = back(written(of)[0]).routines[0].circuits
    assert circuit.rounds == 4


def test_a_last_round_that_another_rest_follows_stands_on_its_own() -> None:
    first = Circuit((HOLD,), rounds=3, rest_ms=10_000, round_rest_ms=60_000)
    of = Routine("a", "A", (first, Circuit((OWN_PACE,))), rest_ms=10_000)
    kinds = [
        (each["duration_type"], each.get("duration_time", each.get("repeat_steps"))) for each in steps(of)
    ]
    assert kinds == [
        ("time", 40.0),
        ("time", 60.0),
        ("repeat_until_steps_cmplt", 2),
        ("time", 40.0),
        ("time", 10.0),
        ("open", None),
    ]
    assert plan_of(back(written(of)[0]).routines[0]) == plan_of(of)


def test_a_persons_own_hold_and_rounds_are_in_it() -> None:
    of = routine(replace(HOLD, fixed=False))
    (found,) = back(written(of, hold_ms=25_000, rounds=2)[0]).routines
    assert found.circuits[0].rounds == 2
    assert found.items[0].work == Hold(25_000)


def test_the_same_routine_has_the_same_bytes_and_another_has_another_number() -> None:
    one, other = routine(HOLD), routine(HOLD, name="Other")
    assert written(one) == written(one)
    assert (
        messages(written(one)[0])[0][1]["serial_number"] != messages(written(other)[0])[0][1]["serial_number"]
    )


# --- what it cannot hold ---------------------------------------------------------------------------------


def test_a_long_name_is_cut_before_its_side_and_told() -> None:
    long = replace(STRETCH, name="伸ばす" * 60)
    of = routine(Item(long, Hold(30_000), PAIR), name="ü" * 200)
    name = str(steps(of)[0]["wkt_step_name"])
    assert len(name.encode()) <= 254
    assert name.endswith("…, right leg")
    assert [problem.where for problem in written(of)[1]] == [long.name, ""]


def test_long_notes_are_cut_and_told() -> None:
    told = tuple(
        Step(f"Sentence number {each} of it.", f"Sentence number {each} of it.") for each in range(20)
    )
    of = routine(Item(replace(SWING, steps=told), SWING.work))
    assert len(str(steps(of)[0]["notes"]).encode()) <= 254
    assert [problem.what for problem in written(of)[1]] == [
        "how it is done is longer than a FIT file can hold",
        "the tempo of its reps has no place in a FIT file",
    ]


def test_a_rest_after_the_last_round_is_told() -> None:
    assert [problem.what for problem in written(routine(HOLD, rounds=2))[1]] == [
        "the watch rests 20s after the last round too"
    ]


def test_a_plain_routine_loses_nothing() -> None:
    assert written(routine(HOLD, OWN_PACE))[1] == ()


def test_more_steps_than_can_be_numbered_are_refused() -> None:
    items = tuple(replace(HOLD, sets=20) for _ in range(110))
    with pytest.raises(ChainTimerError, match="4,095 steps"):
        written(routine(*items))


def test_a_person_who_had_enough_is_heard() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        fit_out.write(given_of(routine(HOLD)), BytesIO(), enough)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=200)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(NAMES, st.integers(1_000, 3_600_000), st.integers(0, 3), st.integers(0, 90_000)),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, 4),
    st.integers(0, 90_000),
)
def test_any_routine_comes_back_as_the_same_plan(
    parts: list[tuple[str, int, int, int]], rounds: int, between_ms: int
) -> None:
    items = []
    for number, (name, length_ms, kind, rest_ms) in enumerate(parts):
        work = (
            Hold(length_ms) if kind < 2 else Reps(1 + length_ms % 999, Tempo(2_000, 1_000, 2_000), kind == 3)
        )
        exercise = Exercise(
            f"e{number}", f"{number} {name.replace('{', '(').replace('}', ')')}", (), work, kind == 1, "leg"
        )
        items.append(
            Item(exercise, work, PAIR if kind == 1 else (), rest_ms=rest_ms, fixed=isinstance(work, Hold))
        )
    of = routine(*items, rounds=rounds, round_rest_ms=between_ms)
    data, problems = written(of)
    if not any("cut" in problem.remedy for problem in problems):
        assert plan_of(back(data).routines[0]) == plan_of(of)
