"""A single file of ours that a person brings in: read by the real readers, every problem told."""

import pytest
from helpers.own_things import PAIR, RAISE, STRETCH, known, library, routine, without_picture
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange import own_toml
from chain_timer.exchange.parcel import Parcel, no_progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.exercise_writer import exercise_text
from chain_timer.routine.routine import Item, Routine
from chain_timer.routine.routine_writer import routine_text

PULLUP = library().by_exercise_id["pullup"]
BARE = without_picture(STRETCH)


def source(text: str | bytes, name: str = "my-file.toml") -> Source:
    return Source(text if isinstance(text, bytes) else text.encode(), name)


def read(text: str | bytes, name: str = "my-file.toml", *more: Exercise) -> Parcel:
    return own_toml.read(source(text, name), known(*more), no_progress)


def refused(text: str | bytes, *more: Exercise) -> list[str]:
    with pytest.raises(FileProblemsError) as caught:
        read(text, "my-file.toml", *more)
    assert caught.value.source == "my-file.toml"
    return [str(problem) for problem in caught.value.problems]


def test_an_exercise_comes_in_as_it_was_written() -> None:
    assert read(exercise_text(BARE), "wall-calf-stretch.toml") == Parcel(exercises=(BARE,))


def test_a_routine_comes_in_as_it_was_written_with_the_exercises_it_defines() -> None:
    mine = routine(Item(BARE, Hold(45_000), PAIR, fixed=True), Item(RAISE, RAISE.work), rounds=3)
    text = routine_text(mine, library().by_exercise_id)
    assert read(text, "calves.toml") == Parcel(routines=(mine,))


def test_a_routine_uses_what_is_here() -> None:
    parcel = read('name = "Up"\nexercises = ["Pullup"]')
    assert parcel.routines[0].exercises == (PULLUP,)


@pytest.mark.parametrize("built_in", library().routines, ids=lambda each: each.id)
def test_every_built_in_routine_comes_in_equal(built_in: Routine) -> None:
    text = routine_text(built_in, library().by_exercise_id)
    assert own_toml.recognizes(source(text))
    assert read(text, f"{built_in.id}.toml") == Parcel(routines=(built_in,))


def test_an_exercise_whose_id_another_has_gets_one_of_its_own() -> None:
    parcel = read('name = "My pullup"\nhold = "10s"', "pullup.toml")
    assert [each.id for each in parcel.exercises] == ["pullup-2"]


def test_an_exercise_that_is_here_just_the_same_is_told() -> None:
    found = refused('name = "Same"\nhold = "10s"', Exercise("my-file", "Same", (), Hold(10_000)))
    assert found == ['"Same" is here already, just the same']


@pytest.mark.parametrize("text", ['name = "A"\npicture = "a.png"\nhold = "5s"', exercise_text(STRETCH)])
def test_a_picture_that_did_not_come_along_is_told(text: str) -> None:
    parcel = read(text)
    assert parcel.exercises[0].picture == ""
    assert len(parcel.losses) == 1


def test_a_picture_of_an_exercise_within_a_routine_is_told_too() -> None:
    parcel = read('name = "A"\nexercises = ["b"]\n[exercise.b]\nname = "B"\npicture = "b.png"')
    assert parcel.routines[0].exercises[0].picture == ""
    assert [loss.where for loss in parcel.losses] == ["B"]


@pytest.mark.parametrize("name", ["....toml", "🙂.toml", "", "x" * 300 + ".toml"])
def test_a_file_may_be_called_anything(name: str) -> None:
    assert read('name = "A"\nhold = "5s"', name).exercises[0].id


def test_every_problem_is_told_with_its_place() -> None:
    assert refused('name = "A"\nexercises = ["x", { exercise = "pullup", rep = 2 }]\nrest = 1.5') == [
        "rest: 1.5 is not a duration; write it like 30s",
        'exercise 1: there is no exercise "x"; chain-timer list tells which there are',
        'exercise 2: "rep" is not known here; did you mean reps?',
    ]
    assert refused('name = "A"\nsteps = [1]\nhold = inf') == [
        "step 1: 1 is not text; put it in quotes",
        "hold: inf is not a duration; write it like 45s",
    ]


def test_a_slip_of_the_pen_is_told_with_its_line() -> None:
    text = 'name = "A"\nsteps = ["one" "two"]'
    assert own_toml.recognizes(source(text))
    assert refused(text)[0].startswith("line 2, column 16: not valid TOML")


def test_what_is_not_utf_8_is_told() -> None:
    assert refused('name = "Dehnübung"\nhold = 3'.encode("latin-1")) == [
        "this is not UTF-8 text; save it as UTF-8 text"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name: A\nsteps: 3",
        '{"name": "A", "steps": []}',
        "[project]\nname = 'x'",
        "title = 'x'\n[owner]\nname = 'y'",
        "name = 'only a name'",
        "rest = 3",
        "hold on, this is a letter = not a file",
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        "name = [",
    ],
)
def test_other_files_are_not_recognized(text: str | bytes) -> None:
    assert not own_toml.recognizes(source(text))


def test_a_broken_file_of_another_kind_is_not_taken_for_ours() -> None:
    assert not own_toml.recognizes(source("steps = [", "notes.txt"))


def test_a_file_larger_than_ours_may_be_is_not_looked_at() -> None:
    assert not own_toml.recognizes(source('name = "A"\nhold = 3\n' + "#" * 2 * 1024 * 1024))


VALUES = (
    "nan",
    "-inf",
    "1e400",
    "99999999999999999999",
    "[]",
    "[[]]",
    "{}",
    '""',
    '"\\u0000"',
    "true",
    "1979-05-27",
)
KEYS = (
    "name",
    "steps",
    "hold",
    "reps",
    "tempo",
    "exercises",
    "circuit",
    "exercise",
    "sides",
    "picture",
    "muscles",
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=6), st.text(max_size=20))
def test_any_value_at_any_place_is_read_or_told(values: dict[str, str], tail: str) -> None:
    text = "\n".join(f"{key} = {value}" for key, value in values.items()) + tail
    tried = Source(text.encode("utf-8", "replace"), "x.toml")
    own_toml.recognizes(tried)
    try:
        own_toml.read(tried, known(), no_progress)
    except FileProblemsError as error:
        assert error.problems  # noqa: PT017 - what else may be wrong is told


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    tried = Source(data, "x.toml")
    own_toml.recognizes(tried)
    try:
        own_toml.read(tried, known(), no_progress)
    except FileProblemsError as error:
        assert error.problems  # noqa: PT017 - what else may be wrong is told
