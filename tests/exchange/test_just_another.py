"""Just Another Workout Timer: its backups read and written, also as its own writer damages them."""

import json
from typing import Any

import pytest
from helpers.timer_files import (
    known,
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
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chain_timer.exchange.just_another import read, recognizes, write
from chain_timer.exchange.parcel import CanceledError
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Hold, Reps, Tempo
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.options import Options

SECONDS = st.integers(1, 3600).map(lambda seconds: seconds * 1000)


def entry(name: object, duration: object) -> dict[str, object]:
    return {"name": name, "duration": duration}


def workout(*sets: tuple[object, list[dict[str, object]]], title: object = "Morning") -> dict[str, object]:
    made = [{"repetitions": repetitions, "exercises": exercises} for repetitions, exercises in sets]
    return {"title": title, "sets": made, "version": 2, "position": -1}


TYPICAL = workout(
    (1, [entry("Jumping jacks", 60), entry("Rest", 20)]),
    (3, [entry("Plank", 30), entry("Rest", 10), entry("Lunges", 40), entry("Pause", 15)]),
    (1, [entry("Child's pose", 90)]),
)


def backup(*workouts: object) -> dict[str, object]:
    return {"workouts": list(workouts)}


def test_a_backup_is_recognized() -> None:
    assert recognizes(source(backup(TYPICAL)))


def test_a_single_workout_is_recognized() -> None:
    assert recognizes(source(TYPICAL))


@pytest.mark.parametrize(
    "content", ["[]", "{}", '{"workouts": []}', '{"sets": 3}', '{"sets": [1]}', "Plank 30s"]
)
def test_other_files_are_not_recognized(content: str) -> None:
    assert not recognizes(source(content))


def test_every_workout_becomes_a_routine() -> None:
    found = parcel(read, backup(TYPICAL, workout((1, [entry("Plank", 30)]), title="Evening")))
    assert [routine.name for routine in found.routines] == ["Morning", "Evening"]


def test_a_single_workout_becomes_a_routine() -> None:
    assert only_routine(read, TYPICAL).name == "Morning"


def test_repetitions_of_a_set_are_rounds_of_a_circuit() -> None:
    assert rounds(only_routine(read, TYPICAL)) == [1, 3, 1]


def test_rests_stand_where_they_stood() -> None:
    assert spans(only_routine(read, TYPICAL)) == [
        ("Jumping jacks", 60, 20),
        *[("Plank", 30, 10), ("Lunges", 40, 15)] * 3,
        ("Child's pose", 90, 0),
    ]


def test_a_rest_at_the_start_of_a_set_comes_between_its_rounds_too() -> None:
    content = workout(
        (1, [entry("Run", 60)]), (2, [entry("Rest", 7), entry("Plank", 30)]), (1, [entry("Walk", 9)])
    )
    assert spans(only_routine(read, content)) == [
        ("Run", 60, 7),
        ("Plank", 30, 7),
        ("Plank", 30, 0),
        ("Walk", 9, 0),
    ]


def test_a_set_of_rest_alone_is_a_rest() -> None:
    content = workout((1, [entry("Run", 60)]), (3, [entry("Rest", 10)]), (1, [entry("Walk", 9)]))
    assert spans(only_routine(read, content)) == [("Run", 60, 30), ("Walk", 9, 0)]


@pytest.mark.parametrize(
    "name", ["rest", "Break", "Pause 2", "Repos (15 s)", "ОТДЫХ", "休息", "Take a break!", "Descanso"]
)
def test_a_rest_is_known_by_its_name_in_many_languages(name: str) -> None:
    content = workout((1, [entry("Run", 60), entry(name, 10), entry("Walk", 9)]))
    assert spans(only_routine(read, content)) == [("Run", 60, 10), ("Walk", 9, 0)]


@pytest.mark.parametrize("name", ["Rest-pause squat", "Restful pose", "Breakdance", "Arrest"])
def test_an_exercise_is_not_taken_for_a_rest(name: str) -> None:
    content = workout((1, [entry(name, 10)]))
    assert spans(only_routine(read, content)) == [(name, 10, 0)]


def test_an_exercise_of_ours_is_known_by_its_name() -> None:
    found = parcel(read, workout((1, [entry("downward-facing DOG", 45)])))
    assert found.routines[0].items[0].exercise is library().by_exercise_id["downward-facing-dog"]
    assert found.exercises == ()


def test_a_new_exercise_says_where_it_comes_from() -> None:
    (exercise,) = parcel(read, workout((1, [entry("Jumping jacks", 45)]))).exercises
    assert (exercise.source, exercise.work) == ("Just Another Workout Timer", Hold(45_000))


def test_an_exercise_with_sides_tells_that_it_takes_twice_the_time() -> None:
    (loss,) = losses(read, workout((1, [entry("Standing hamstring stretch", 30)])))
    assert loss.endswith('"Standing hamstring stretch" is done on each side here; it takes twice the time')


def test_version_one_has_no_ids_and_no_position() -> None:
    content = {"title": "Old", "sets": [{"repetitions": 2, "exercises": [entry("Plank", 30)]}]}
    assert spans(only_routine(read, content)) == [("Plank", 30, 0)] * 2


def test_letters_of_latin_1_are_read_with_a_warning() -> None:
    data = json.dumps(workout((1, [entry("Rückenübung", 30)])), ensure_ascii=False).encode("latin-1")
    assert spans(only_routine(read, data)) == [("Rückenübung", 30, 0)]
    (loss,) = losses(read, data)
    assert loss.startswith("its backup damages letters beyond a-z; check the names")


def cut_to_bytes(text: str) -> bytes:
    """As its backup is written: every code unit of UTF-16 cut to its lower byte."""
    units = text.encode("utf-16-le")
    return units[::2]


def test_letters_cut_to_control_characters_do_not_break_the_file() -> None:
    data = cut_to_bytes(
        json.dumps(workout((1, [entry("ЖЗЂ run", 30), entry("Ā walk", 5)])), ensure_ascii=False)
    )
    assert recognizes(source(data))
    assert spans(only_routine(read, data)) == [("??? run", 30, 0), ("? walk", 5, 0)]
    assert losses(read, data)[0].startswith("its backup damages letters")


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (0, "takes no time; it was left out"),
        (-5, "takes no time; it was left out"),
        (10_800, "it is too long; 1h was taken"),
        (1e300, "it is too long; 1h was taken"),
        (True, "true is not a number; 30 was taken"),
        ("soon", '"soon" is not a number; 30 was taken'),
        ([], "a list is not a number; 30 was taken"),
    ],
)
def test_a_duration_that_cannot_be_is_told_with_its_place(duration: object, said: str) -> None:
    content = workout((1, [entry("Run", 60), entry("Plank", duration)]))
    (loss,) = losses(read, content)
    assert loss.startswith("workout 1, set 1, exercise 2, duration: ")
    assert loss.endswith(said)


@pytest.mark.parametrize(("duration", "seconds"), [("45", 45), (1.5, 1.5), (None, 30)])
def test_a_duration_may_be_written_in_other_ways(duration: object, seconds: float) -> None:
    assert spans(only_routine(read, workout((1, [entry("Run", duration)])))) == [("Run", seconds, 0)]


@pytest.mark.parametrize(("repetitions", "taken"), [(0, 1), (-3, 1), (500, 100), ("2", 2), (None, 1)])
def test_repetitions_stay_within_bounds(repetitions: object, taken: int) -> None:
    assert rounds(only_routine(read, workout((repetitions, [entry("Run", 60)])))) == [taken]


def test_a_workout_too_large_is_left_out_and_the_others_stay() -> None:
    huge = workout(*[(1, [entry("Run", 1)] * 200)] * 60, title="Huge")
    found = parcel(read, backup(huge, TYPICAL))
    assert [routine.name for routine in found.routines] == ["Morning"]
    (loss,) = found.losses
    assert str(loss) == 'workout 1: "Huge" is too large: 10,001 sets; it was left out'


def test_a_file_without_any_exercise_is_refused() -> None:
    with pytest.raises(FileProblemsError, match="has no exercises"):
        parcel(read, workout((1, [])))


def test_a_person_may_have_enough_of_reading() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        read(source(backup(TYPICAL)), known(), enough)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(spoiled(backup(TYPICAL)))
def test_whatever_stands_in_its_places_is_read_or_refused(content: object) -> None:
    reads_or_refuses(read, recognizes, json.dumps(content).encode())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
@example(b'{"sets": [' * 5_000)
@example(b'{"workouts":[{"sets":[{"exercises":[{"name":"\x1f","duration":NaN}]}]}]}')
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reads_or_refuses(read, recognizes, data)


# --- out ---------------------------------------------------------------------------------------------


def content_of(routine: Routine, options: Options | None = None) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(written(write, routine, options)[0])
    return value


def test_what_is_written_is_a_backup_of_version_two() -> None:
    (made,) = content_of(only_routine(read, TYPICAL))["workouts"]
    assert (made["title"], made["version"], made["position"]) == ("Morning", 2, -1)
    assert made["sets"][1]["repetitions"] == 3
    assert [(each["name"], each["duration"]) for each in made["sets"][1]["exercises"]] == [
        ("Plank", 30),
        ("Rest", 10),
        ("Lunges", 40),
        ("Rest", 15),
    ]


def test_every_set_and_exercise_has_an_id_of_its_own() -> None:
    (made,) = content_of(only_routine(read, TYPICAL))["workouts"]
    ids = [each["id"] for each in made["sets"]]
    ids += [exercise["id"] for each in made["sets"] for exercise in each["exercises"]]
    assert len(set(ids)) == len(ids) == 3 + 7


def test_the_same_routine_is_always_written_the_same() -> None:
    routine = only_routine(read, TYPICAL)
    assert written(write, routine) == written(write, routine)


def test_only_ascii_is_written_which_its_own_backup_cannot_damage() -> None:
    routine = only_routine(read, workout((1, [entry("Übung 運動", 30)]), title="Früh"))
    data, _ = written(write, routine)
    assert data.isascii()
    assert only_routine(read, data).name == "Früh"


def test_reps_are_written_as_their_time() -> None:
    pullup = library().by_exercise_id["pullup"]
    reps = Reps(4, Tempo(2_000, 1_000, 2_000), self_paced=True)
    data, told = written(write, Routine("r", "R", (Circuit((Item(pullup, reps),)),)))
    assert spans(only_routine(read, data)) == [("Pullup", 20, 0)]
    assert told == [
        "Pullup: reps have no place in it; 4 reps were written as 20s",
        "Pullup: it cannot wait until you are done; its usual time was written",
        "how the exercises are done has no place in it; their names were written",
    ]


def test_sides_are_written_one_after_the_other() -> None:
    data, told = written(write, library().routine("hamstrings-and-calves"))
    assert [name for name, _, _ in spans(only_routine(read, data))][:2] == [
        "Standing hamstring stretch, right leg",
        "Standing hamstring stretch, left leg",
    ]
    assert (
        "Standing hamstring stretch: sides have no place in it; right and left were written on their own"
        in told
    )


def test_the_session_is_written_as_the_person_has_set_it() -> None:
    options = Options(hold_ms=45_000, rest_ms=20_000)
    data, _ = written(write, library().routine("hamstrings-and-calves"), options)
    assert {(seconds, rest) for _, seconds, rest in spans(only_routine(read, data))[1:-1]} == {(45, 20)}


def test_parts_of_a_second_are_rounded_and_told() -> None:
    routine = only_routine(read, workout((1, [entry("Run", 10.5)])))
    data, told = written(write, routine)
    assert spans(only_routine(read, data)) == [("Run", 11, 0)]
    assert told == ["Run: parts of a second have no place in it; whole seconds were written"]


def test_a_longer_rest_between_rounds_comes_after_the_last_one_too_and_is_told() -> None:
    (item,) = only_routine(read, workout((1, [entry("Run", 60)]))).items
    circuit = Circuit((item,), rounds=2, rest_ms=5_000, round_rest_ms=60_000)
    data, told = written(write, Routine("r", "R", (circuit, Circuit((item,)))))
    assert [rest for _, _, rest in spans(only_routine(read, data))] == [60, 60, 0]
    assert told == [
        "Run: the rest of 1m between rounds belongs to each round; it comes after the last one too"
    ]


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(routines(SECONDS))
def test_what_is_written_is_read_again_with_names_times_rests_and_rounds(routine: Routine) -> None:
    data, told = written(write, routine)
    again = only_routine(read, data)
    assert (again.name, rounds(again)) == (routine.name, rounds(routine))
    before, after = spans(routine), spans(again)
    assert [each[:2] for each in after] == [each[:2] for each in before]
    longer = [(was, now) for was, now in zip(before, after, strict=True) if was != now]
    assert all(now[2] > was[2] for was, now in longer)
    assert bool(longer) <= any("between rounds" in line for line in told)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(routines(SECONDS))
def test_what_was_read_is_written_and_read_the_same(routine: Routine) -> None:
    once = only_routine(read, written(write, routine)[0])
    assert spans(only_routine(read, written(write, once)[0])) == spans(once)
