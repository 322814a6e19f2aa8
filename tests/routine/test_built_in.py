"""What ships: complete, in our own short sentences, and the same every time."""

import re

import pytest

from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Tempo
from chain_timer.routine.library import DEFAULT_ROUTINE, Library
from chain_timer.routine.names import read_about

EXERCISES = {
    "back-squat",
    "downward-facing-dog",
    "kettlebell-swing",
    "pullup",
    "romanian-deadlift",
    "seated-figure-four-stretch",
    "standing-hamstring-stretch",
    "standing-hamstring-stretch-feet-together",
}
EQUIPMENT = {
    "posterior-chain-stretch": {"chair", "mat"},
    "desk-break": {"chair"},
    "hamstrings-and-calves": {"mat"},
    "posterior-chain-strength": {"kettlebell", "barbell", "squat-rack", "pullup-bar"},
    "swing-and-hinge": {"kettlebell"},
    "whole-posterior-chain": {"kettlebell", "barbell", "squat-rack", "pullup-bar", "chair", "mat"},
}
MAIN_MUSCLES = {
    "kettlebell-swing": {"glutes", "hamstrings"},
    "romanian-deadlift": {"hamstrings", "glutes"},
    "back-squat": {"glutes", "hamstrings", "erector-spinae"},
    "pullup": {"lats", "rhomboids", "rear-shoulders", "erector-spinae"},
    "seated-figure-four-stretch": {"glutes"},
    "standing-hamstring-stretch": {"hamstrings"},
    "standing-hamstring-stretch-feet-together": {"hamstrings"},
    "downward-facing-dog": {"hamstrings", "glutes", "shoulders", "calves"},
}


def sentences(exercise: Exercise) -> list[str]:
    steps = [*exercise.steps, *([exercise.out] if exercise.out else [])]
    return [step.text(side) for step in steps for side in Side]


def test_every_built_in_file_reads_without_a_problem(library: Library) -> None:
    assert library.problems == ()


def test_the_eight_exercises_and_six_routines_go_by_their_file_names(library: Library) -> None:
    assert {exercise.id for exercise in library.exercises} == EXERCISES
    assert {routine.id for routine in library.routines} == EQUIPMENT.keys()


def test_reading_twice_gives_the_same(library: Library) -> None:
    assert Library.built_in() == library


def test_the_default_routine_comes_first_and_the_rest_by_name(library: Library) -> None:
    names = [routine.name for routine in library.routines]
    assert library.routines[0].id == DEFAULT_ROUTINE == "posterior-chain-stretch"
    assert names[1:] == sorted(names[1:])


@pytest.mark.parametrize("exercise_id", sorted(EXERCISES))
def test_a_step_is_one_breath(library: Library, exercise_id: str) -> None:
    for sentence in sentences(library.exercise(exercise_id)):
        assert len(sentence.split()) <= 15, sentence
        assert re.fullmatch(r"[A-Z][^.!?{}]*\.", sentence), f"{sentence!r} is not one sentence"


@pytest.mark.parametrize("exercise_id", sorted(EXERCISES))
def test_an_exercise_says_all_it_should(library: Library, exercise_id: str) -> None:
    exercise = library.exercise(exercise_id)
    assert len(exercise.steps) >= 4
    assert exercise.out
    assert exercise.summary
    assert len(exercise.key_cue.split()) <= 10
    assert exercise.easier
    assert set(exercise.muscles) == MAIN_MUSCLES[exercise_id]
    assert not set(exercise.muscles) & set(exercise.also)


@pytest.mark.parametrize(("routine_id", "equipment"), EQUIPMENT.items())
def test_a_routine_needs_what_its_card_says(library: Library, routine_id: str, equipment: set[str]) -> None:
    assert set(library.routine(routine_id).equipment) == equipment


def test_stretches_are_held_for_thirty_seconds(library: Library) -> None:
    held = {exercise.id for exercise in library.exercises if exercise.work == Hold(30_000)}
    assert held == {name for name in EXERCISES if "stretch" in name or "dog" in name}


def test_moves_have_their_usual_reps_and_tempo(library: Library) -> None:
    works = {exercise.id: exercise.work for exercise in library.exercises if isinstance(exercise.work, Reps)}
    slow = Tempo(3_000, 1_000, 2_000)
    assert works == {
        "kettlebell-swing": Reps(10, Tempo(1_000, 0, 1_000, up_first=True)),
        "romanian-deadlift": Reps(8, slow),
        "back-squat": Reps(8, slow),
        "pullup": Reps(5, Tempo(3_000, 1_000, 1_000, up_first=True)),
    }


def test_one_sided_stretches_go_right_then_left(library: Library) -> None:
    sided = {
        item.exercise.id: item.sides for routine in library.routines for item in routine.items if item.sides
    }
    assert sided == {
        "seated-figure-four-stretch": (Side.RIGHT, Side.LEFT),
        "standing-hamstring-stretch": (Side.RIGHT, Side.LEFT),
    }


def test_right_and_left_change_places_in_the_steps(library: Library) -> None:
    step = library.exercise("seated-figure-four-stretch").steps[1]
    assert step.text(Side.RIGHT) == "Place your right ankle on your left leg, just above the knee."
    assert step.text(Side.LEFT) == "Place your left ankle on your right leg, just above the knee."


def test_the_desk_break_does_its_stretch_twice(library: Library) -> None:
    (item,) = library.routine("desk-break").items
    assert (item.exercise.id, item.sets) == ("seated-figure-four-stretch", 2)


def test_strength_is_three_rounds_with_a_minute_of_rest(library: Library) -> None:
    routine = library.routine("posterior-chain-strength")
    assert [circuit.rounds for circuit in routine.circuits] == [3]
    assert routine.rest_ms == 60_000
    ids = [exercise.id for exercise in routine.exercises]
    assert ids == ["kettlebell-swing", "romanian-deadlift", "back-squat", "pullup"]


def test_the_whole_chain_is_two_rounds_of_moves_and_then_the_stretches(library: Library) -> None:
    moves, stretches = library.routine("whole-posterior-chain").circuits
    assert (moves.rounds, len(moves.items)) == (2, 4)
    assert (stretches.rounds, len(stretches.items)) == (1, 3)


def test_every_muscle_and_every_thing_has_a_name(library: Library) -> None:
    for exercise in library.exercises:
        assert {*exercise.muscles, *exercise.also} <= library.names.muscles.keys()
        assert set(exercise.equipment) <= library.names.equipment.keys()


def test_the_posterior_chain_has_four_muscles_above_and_four_below(library: Library) -> None:
    chain = [muscle for muscle in library.names.muscles.values() if muscle.chain]
    assert {muscle.id for muscle in chain if muscle.group == "lower"} == {
        "glutes",
        "hamstrings",
        "calves",
        "erector-spinae",
    }
    assert {muscle.id for muscle in chain if muscle.group == "upper"} == {
        "trapezius",
        "lats",
        "rhomboids",
        "rear-shoulders",
    }


def test_cards_name_equipment_in_a_line(library: Library) -> None:
    assert library.names.equipment_text(["chair", "mat"]) == "Chair, mat"
    assert library.names.equipment_text([]) == "No equipment"


def test_cards_name_muscles_in_a_line(library: Library) -> None:
    assert library.names.muscle_text(["hamstrings", "erector-spinae"]) == "Hamstrings, lower back"


def test_safety_is_said_in_two_short_sentences() -> None:
    assert "hurts" in read_about().safety
    assert "certified trainer or physical therapist" in read_about().safety
