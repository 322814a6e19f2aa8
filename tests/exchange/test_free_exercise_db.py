"""Exercises of free-exercise-db, whole and damaged."""

from collections.abc import Callable
from typing import Any

import pytest
from helpers.incoming import assert_sound, damaged, known, source_of, told
from hypothesis import given, settings

from chain_timer.exchange.free_exercise_db import read, recognizes
from chain_timer.exchange.parcel import CanceledError, Parcel, no_progress
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Hold, Reps, Step
from chain_timer.routine.exercise_reader import USUAL_TEMPO


def entry(**changes: Any) -> dict[str, Any]:
    values = {
        "name": "Heel raise on a step",
        "force": "push",
        "level": "beginner",
        "mechanic": "isolation",
        "equipment": "dumbbell",
        "primaryMuscles": ["calves"],
        "secondaryMuscles": ["lower back"],
        "instructions": ["Stand on the edge of a step.", "Rise on your toes."],
        "category": "strength",
        "images": ["Heel_raise/0.jpg", "Heel_raise/1.jpg"],
        "id": "Heel_raise",
    }
    return {key: value for key, value in (values | changes).items() if value != "MISSING"}


def brought_in(*entries: object) -> Parcel:
    return read(source_of(list(entries)), known(), no_progress)


def one(**changes: Any) -> Exercise:
    return brought_in(entry(**changes)).exercises[0]


def test_an_exercise_keeps_what_the_collection_says_of_it() -> None:
    assert one() == Exercise(
        id="heel-raise-on-a-step",
        name="Heel raise on a step",
        steps=(
            Step("Stand on the edge of a step.", "Stand on the edge of a step."),
            Step("Rise on your toes.", "Rise on your toes."),
        ),
        work=Reps(8, USUAL_TEMPO),
        muscles=("calves",),
        also=("erector-spinae",),
        equipment=("dumbbells",),
        summary="Strength, beginner level",
        source="free-exercise-db",
        license="Unlicense",
    )


@pytest.mark.parametrize(
    "changes", [{"category": "stretching"}, {"category": "cardio"}, {"force": "static"}], ids=str
)
def test_what_is_held_or_done_for_a_time_is_a_hold(changes: dict[str, str]) -> None:
    assert one(**changes).work == Hold(30_000)


def test_one_exercise_alone_comes_in_too() -> None:
    source = source_of(entry())
    assert recognizes(source)
    assert [each.name for each in read(source, known(), no_progress).exercises] == ["Heel raise on a step"]


def test_an_exercise_without_instructions_has_no_steps() -> None:
    assert one(instructions=[]).steps == ()


@pytest.mark.parametrize("equipment", ["body only", None, "MISSING", ""])
def test_the_body_alone_is_no_equipment(equipment: object) -> None:
    exercise = one(equipment=equipment)
    assert (exercise.equipment, exercise.equipment_note) == ((), "")


def test_equipment_of_no_name_is_noted() -> None:
    exercise = one(equipment="other")
    assert (exercise.equipment, exercise.equipment_note) == ((), "Needs other equipment, as the steps say.")


def test_a_muscle_that_helps_and_works_is_named_once() -> None:
    exercise = one(secondaryMuscles=["calves", "glutes"])
    assert (exercise.muscles, exercise.also) == (("calves",), ("glutes",))


def test_pictures_and_unknown_muscles_are_told_once_for_all() -> None:
    parcel = brought_in(*(entry(name=f"Move {n}", primaryMuscles=["neck", "adductors"]) for n in range(300)))
    assert told(parcel) == [
        (
            "images: the pictures of 300 exercises are not in this file; "
            "give an exercise a picture of your own where you want one"
        ),
        'muscles: they are not on our list: "neck" of 300, "adductors" of 300; they were left out',
    ]


SWITCHED = ["Lean to the wall.", "Hold for 20 seconds, then switch sides."]


def test_a_stretch_that_says_to_switch_sides_has_sides() -> None:
    exercise = one(category="stretching", instructions=SWITCHED)
    assert (exercise.sided, exercise.side_noun) == (True, "side")


@pytest.mark.parametrize(
    ("last", "noun"),
    [
        ("Do all repetitions, then switch legs.", "leg"),
        ("After the reps, repeat the movement with the opposite arm.", "arm"),
        ("Press, and repeat on the other side.", ""),  # may mean in turns
        ("Do the repetitions with the right leg, then repeat with the other leg.", ""),
        ("Do all repetitions while alternating, then switch legs.", ""),
        ("Keep the other leg straight for all repetitions.", ""),
    ],
)
def test_reps_have_sides_only_where_the_text_is_sure_about_it(last: str, noun: str) -> None:
    exercise = one(instructions=["Stand tall.", last])
    assert (exercise.sided, exercise.side_noun) == (bool(noun), noun or "side")


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (5, "exercise 2: 5 is no object; it was left out"),
        (None, "exercise 2: null is no object; it was left out"),
        ({}, "exercise 2: it has no name; it was left out"),
        (entry(name="\x1b\u200b "), "exercise 2: it has no name; it was left out"),
    ],
)
def test_what_is_no_exercise_costs_no_other(bad: object, message: str) -> None:
    parcel = brought_in(entry(images=None), bad, entry(name="Next", images=None))
    assert [each.name for each in parcel.exercises] == ["Heel raise on a step", "Next"]
    assert told(parcel) == [message]


def test_wrong_types_are_told_with_their_place_and_left_out() -> None:
    parcel = brought_in(
        entry(
            force=3, level=[], equipment={}, primaryMuscles="calves", instructions=["Stand.", 7], images=None
        )
    )
    assert told(parcel) == [
        "exercise 1, level: a list is not text; it was left out",
        "exercise 1, equipment: a table is not text; it was left out",
        "exercise 1, step 2: it is not text; it was left out",
        "exercise 1, force: 3 is not text; it was left out",
        'exercise 1, primaryMuscles: "calves" is not a list; it was left out',
    ]
    assert [step.right for step in parcel.exercises[0].steps] == ["Stand."]


@pytest.mark.parametrize("document", [[], {}, [1, None], [{"name": 5}], "text", 3])
def test_a_file_with_nothing_in_it_is_refused(document: object) -> None:
    with pytest.raises(FileProblemsError):
        read(source_of(document), known(), no_progress)


@pytest.mark.parametrize(
    "document", [{}, [], None, 5, [5], {"exercises": [entry()]}, [{"name": "a", "exercises": []}]]
)
def test_other_files_are_not_mistaken_for_it(document: object) -> None:
    assert not recognizes(source_of(document))


def test_a_damaged_start_does_not_hide_the_collection() -> None:
    assert recognizes(source_of([None, 5, {}, entry()]))


def test_progress_goes_up_to_the_whole() -> None:
    steps: list[tuple[int, int]] = []
    entries = [entry(name=f"Move {n}") for n in range(120)]
    read(source_of(entries), known(), lambda done, whole: steps.append((done, whole)))
    assert steps == [(0, 120), (50, 120), (100, 120), (120, 120)]


def test_a_person_who_had_enough_is_obeyed() -> None:
    with pytest.raises(CanceledError):
        read(source_of([entry()] * 60), known(), canceled_at(50))


def canceled_at(place: int) -> Callable[[int, int], None]:
    def progress(done: int, _whole: int) -> None:
        if done >= place:
            raise CanceledError

    return progress


def test_a_collection_brought_in_again_makes_nothing_new() -> None:
    first = brought_in(entry(), entry(instructions=["Otherwise."]))
    assert [each.id for each in first.exercises] == ["heel-raise-on-a-step", "heel-raise-on-a-step-2"]
    own = known()
    kept = type(own)({**own.exercises, **{each.id: each for each in first.exercises}}, own.names)
    again = [entry(), entry(instructions=["Otherwise."]), entry(name="New")]
    assert [each.name for each in read(source_of(again), kept, no_progress).exercises] == ["New"]


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(damaged([entry(), entry(name="Calf stretch", category="stretching", instructions=SWITCHED)]))
def test_damaged_files_make_sound_exercises_or_are_refused(document: object) -> None:
    source = source_of(document)
    assert recognizes(source) in {True, False}
    try:
        parcel = read(source, known(), no_progress)
    except FileProblemsError:
        return
    assert_sound(parcel)
