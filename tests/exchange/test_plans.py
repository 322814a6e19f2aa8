"""Training plans of Workout Timer for GNOME."""

from typing import Any

import pytest
from helpers.incoming import assert_sound, damaged, known, source_of, told
from hypothesis import given, settings

from chain_timer.exchange.parcel import CanceledError, Parcel, no_progress
from chain_timer.exchange.plans import read, recognizes
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Hold, Reps
from chain_timer.routine.exercise_reader import USUAL_TEMPO
from chain_timer.timeline.options import Options
from chain_timer.timeline.slots import unrolled

SQUAT = {"name": "Deep squat", "duration_seconds": None, "reps": 12, "rest_seconds": 40}
PLANK = {"name": "Front plank", "duration_seconds": 45, "reps": None, "rest_seconds": 20}


def plan(*exercises: object, **changes: Any) -> dict[str, Any]:
    return {
        "id": "8a4f",
        "name": "Short one",
        "exercises": list(exercises),
        "total_rounds": 1,
        "rest_between_rounds_seconds": 60,
        "created": "2026-01-02T03:04:05",
        **changes,
    }


def brought_in(*plans: object) -> Parcel:
    return read(source_of(list(plans)), known(), no_progress)


def rests(parcel: Parcel) -> list[tuple[str, int]]:
    """Each piece of work with the rest before it, in seconds."""
    slots = unrolled(parcel.routines[0], Options())
    return [(slot.exercise.name, slot.rest_ms // 1_000) for slot in slots]


def test_seconds_are_a_hold_and_reps_are_done_at_ones_own_pace() -> None:
    parcel = brought_in(plan(SQUAT, PLANK))
    assert [(item.exercise.name, item.work) for item in parcel.routines[0].items] == [
        ("Deep squat", Reps(12, USUAL_TEMPO, self_paced=True)),
        ("Front plank", Hold(45_000)),
    ]
    assert (parcel.routines[0].name, told(parcel)) == ("Short one", [])


def test_seconds_win_over_reps() -> None:
    parcel = brought_in(plan({**PLANK, "reps": 10}))
    assert parcel.routines[0].items[0].work == Hold(45_000)


def test_a_rest_follows_each_exercise_and_the_rest_between_rounds_comes_on_top() -> None:
    parcel = brought_in(plan(SQUAT, PLANK, SQUAT, total_rounds=2, rest_between_rounds_seconds=90))
    assert rests(parcel) == [
        ("Deep squat", 0),
        ("Front plank", 40),
        ("Deep squat", 20),
        ("Deep squat", 40 + 90),
        ("Front plank", 40),
        ("Deep squat", 20),
    ]


def test_the_rest_that_most_have_is_said_once() -> None:
    circuit = brought_in(plan(SQUAT, SQUAT, PLANK)).routines[0].circuits[0]
    assert (circuit.rest_ms, [item.rest_ms for item in circuit.items]) == (40_000, [None, None, 20_000])


def test_where_nothing_is_said_the_programs_own_values_are_taken() -> None:
    parcel = brought_in({"exercises": [{"name": "Step up", "reps": 5}], "total_rounds": 2})
    assert rests(parcel) == [("Step up", 0), ("Step up", 30 + 60)]
    assert parcel.routines[0].name == "tried"


def test_a_rest_of_the_whole_plan_is_for_exercises_that_say_none() -> None:
    parcel = brought_in(plan({"name": "Step up", "reps": 5}, SQUAT, rest_seconds=15))
    assert rests(parcel) == [("Step up", 0), ("Deep squat", 15)]


def test_a_plan_alone_comes_in_too() -> None:
    source = source_of(plan(SQUAT))
    assert recognizes(source)
    assert [each.name for each in read(source, known(), no_progress).routines] == ["Short one"]


def test_an_exercise_that_we_have_is_ours_with_its_tempo() -> None:
    ours = known().exercises["pullup"]
    parcel = brought_in(plan({"name": "pullup", "reps": 4}))
    item = parcel.routines[0].items[0]
    assert isinstance(ours.work, Reps)
    assert (item.exercise, item.work) == (ours, Reps(4, ours.work.tempo, self_paced=True))
    assert parcel.exercises == ()


def test_weights_are_kept_as_words() -> None:
    parcel = brought_in(
        plan({**SQUAT, "weight_kg": 62.5}, PLANK, {**PLANK, "name": "Row", "weight_kg": 20.0})
    )
    assert parcel.routines[0].summary == "Weights: Deep squat 62.5 kg, Row 20 kg."
    assert told(parcel) == [
        "plan 1: weights are kept as words alone; they stand in the summary of the routine"
    ]


def test_pictures_are_told_once() -> None:
    pictured = {**SQUAT, "image_path": "bundled:Deep_squat"}
    assert told(brought_in(plan(pictured, pictured), plan(pictured))) == [
        "the pictures of 3 exercises are not in this file; they were left out"
    ]


def test_plans_of_one_name_are_told_apart() -> None:
    assert [each.id for each in brought_in(plan(SQUAT), plan(PLANK)).routines] == ["short-one", "short-one-2"]


def test_damaged_entries_cost_themselves() -> None:
    parcel = brought_in(
        plan(SQUAT, 5, {"name": " "}, {"name": "Open"}, {**PLANK, "rest_seconds": "x"}), [], plan()
    )
    assert [item.exercise.name for item in parcel.routines[0].items] == ["Deep squat", "Open", "Front plank"]
    assert told(parcel) == [
        "plan 1, exercise 2: 5 is no object; it was left out",
        "plan 1, exercise 3: it has no name; it was left out",
        "plan 1, exercise 4: it says neither seconds nor reps; 8 reps were taken",
        'plan 1, exercise 5, rest_seconds: "x" is not a number; 30 was taken',
        "plan 2: a list is no object; it was left out",
        'plan 3: "Short one" has no exercises; it was left out',
    ]


def test_numbers_that_cannot_be_are_bounded() -> None:
    parcel = brought_in(
        plan(
            {**SQUAT, "reps": 10**15, "rest_seconds": -9},
            {**PLANK, "duration_seconds": 1e300},
            total_rounds=0,
        )
    )
    items = parcel.routines[0].items
    assert [item.work.length_ms for item in items] == [1_000 * USUAL_TEMPO.rep_ms, 3_600_000]
    assert parcel.routines[0].circuits[0].rounds == 1


def test_a_plan_that_is_too_large_is_left_out_alone() -> None:
    parcel = brought_in(plan(*[SQUAT] * 300, total_rounds=100, name="Endless"), plan(PLANK))
    assert [each.name for each in parcel.routines] == ["Short one"]
    assert [each.name for each in parcel.exercises] == ["Front plank"]
    assert told(parcel) == ['plan 1: "Endless" is too large: 30,000 sets; it was left out']


@pytest.mark.parametrize(
    "tried", [[], {}, [5], [plan()], "x", {"exercises": {}}, [{"exercises": [{"name": ""}]}]]
)
def test_a_file_with_nothing_in_it_is_refused(tried: object) -> None:
    with pytest.raises(FileProblemsError):
        read(source_of(tried), known(), no_progress)


@pytest.mark.parametrize(
    "tried",
    [{}, [], 5, [plan()], {"exercises": [{"name": "a", "primary_muscles": []}]}, [{"name": "a", "reps": 3}]],
)
def test_other_files_are_not_mistaken_for_it(tried: object) -> None:
    assert not recognizes(source_of(tried))


def test_a_damaged_start_does_not_hide_the_plans() -> None:
    assert recognizes(source_of([None, plan(4, {}), plan(None, SQUAT)]))


def test_a_person_who_had_enough_is_obeyed() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        read(source_of([plan(SQUAT)]), known(), enough)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(damaged([plan(SQUAT, {**PLANK, "weight_kg": 5, "image_path": "x"}, total_rounds=3), plan(PLANK)]))
def test_damaged_files_make_sound_routines_or_are_refused(tried: object) -> None:
    source = source_of(tried)
    assert recognizes(source) in {True, False}
    try:
        parcel = read(source, known(), no_progress)
    except FileProblemsError:
        return
    assert_sound(parcel)
