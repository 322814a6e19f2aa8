"""What a good file means."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo
from chain_timer.routine.exercise_reader import exercise_from
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Coaching, Item, Routine
from chain_timer.routine.routine_reader import routine_from
from chain_timer.routine.words import clean_line, closest, slug

ItemOf = Callable[[str], Item]

FORMAT = Path(__file__).parents[2] / "docs" / "format.md"


@pytest.fixture
def item(library: Library) -> ItemOf:
    def read(entry: str) -> Item:
        (found,) = routine(library, f'name = "A"\nexercises = [{entry}]').items
        return found

    return read


def routine(library: Library, toml: str) -> Routine:
    return routine_from(toml, "tried", library.by_exercise_id, library.names)


def examples() -> list[str]:
    return [part.split("```")[0] for part in FORMAT.read_text(encoding="utf-8").split("```toml\n")[1:]]


def test_the_examples_for_authors_are_sound(library: Library) -> None:
    short, full, exercise, completed = examples()
    assert len(routine(library, short).items) == 2
    assert len(routine(library, full).items) == 6
    assert exercise_from(exercise, "wall-calf-stretch", library.names).sided
    assert len(routine(library, completed).items) == 2


def test_the_page_for_authors_names_every_muscle_and_all_equipment(library: Library) -> None:
    page = FORMAT.read_text(encoding="utf-8")
    assert [
        name for name in (*library.names.muscles, *library.names.equipment) if f"`{name}`" not in page
    ] == []


def test_a_full_routine_is_read_as_it_was_meant(library: Library) -> None:
    read = routine(library, examples()[1])
    strength, stretch = read.circuits
    assert (read.name, read.rest_ms, read.coaching) == ("Saturday", 45_000, Coaching.CUES)
    assert (strength.name, strength.rounds, strength.rest_ms, strength.round_rest_ms) == (
        "Strength",
        3,
        30_000,
        90_000,
    )
    assert [item.work for item in strength.items] == [
        Reps(10, Tempo(1_000, 0, 1_000, up_first=True)),
        Reps(6, Tempo(4_000, 1_000, 2_000)),
        Reps(4, Tempo(3_000, 1_000, 1_000, up_first=True), self_paced=True),
        Hold(40_000),
    ]
    first, own = stretch.items
    assert (first.work, first.sides, first.sets, first.rest_ms) == (
        Hold(45_000),
        (Side.LEFT, Side.RIGHT),
        2,
        10_000,
    )
    assert own.exercise.name == "Calf raise"


def test_only_a_hold_of_its_own_makes_an_entry_fixed(item: ItemOf) -> None:
    assert not item('"downward-facing-dog"').fixed
    assert not item('{ exercise = "pullup", reps = 3 }').fixed
    assert item('{ exercise = "downward-facing-dog", hold = 45 }').fixed


def test_any_move_can_be_done_for_time_and_any_stretch_for_reps(item: ItemOf) -> None:
    assert item('{ exercise = "back-squat", hold = "1m" }').work == Hold(60_000)
    usual = Tempo(2_000, 1_000, 2_000)
    assert item('{ exercise = "downward-facing-dog", reps = 5 }').work == Reps(5, usual)


def test_a_tempo_alone_keeps_the_usual_reps(item: ItemOf) -> None:
    work = item('{ exercise = "pullup", tempo = { down = "5s", up = "1s" } }').work
    assert work == Reps(5, Tempo(5_000, 0, 1_000))


def test_one_side_may_be_named_without_a_list(item: ItemOf) -> None:
    assert item('{ exercise = "standing-hamstring-stretch", sides = "left" }').sides == (Side.LEFT,)


def test_no_rest_is_a_rest_of_zero_and_not_the_usual_one(item: ItemOf) -> None:
    assert item('{ exercise = "pullup", rest = "0s" }').rest_ms == 0
    assert item('"pullup"').rest_ms is None


def test_an_exercise_goes_by_its_title_too(item: ItemOf) -> None:
    assert item('"Standing Hamstring Stretch, feet together"').exercise.id.endswith("feet-together")


def test_durations_are_text_or_whole_seconds(library: Library) -> None:
    for written in ('"1m30s"', '"1:30"', '"90"', "90"):
        assert routine(library, f'name = "A"\nrest = {written}\nexercises = ["pullup"]').rest_ms == 90_000


def test_an_exercise_of_the_file_itself_goes_before_the_library(library: Library) -> None:
    toml = 'name = "A"\nexercises = ["pullup"]\n[exercise.pullup]\nname = "Mine"\nsteps = ["Hang."]'
    assert routine(library, toml).exercises[0].name == "Mine"


def test_an_exercise_needs_no_more_than_a_name_and_a_step(library: Library) -> None:
    read = exercise_from('name = "Hang"\nsteps = ["Hang."]', "hang", library.names)
    assert read == Exercise("hang", "Hang", (Step("Hang.", "Hang."),), Hold(30_000))


def test_a_step_that_starts_with_a_side_starts_with_a_capital(library: Library) -> None:
    read = exercise_from('name = "A"\nsides = true\nsteps = ["{side} foot up."]', "a", library.names)
    assert read.steps == (Step("Right foot up.", "Left foot up."),)


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "notepad.toml"
    path.write_bytes(b'\xef\xbb\xbfname = "A"\r\nexercises = ["pullup"]\r\n')
    assert library.read_routine(path).id == "notepad"


@pytest.mark.parametrize("name", ["伸展运动", "تمرين الصباح", "Утро", "🧘‍♀️ Calm", "<img src=x>", "می‌خواهم"])
def test_a_name_may_be_in_any_script(library: Library, name: str) -> None:
    assert routine(library, f'name = "{name}"\nexercises = ["pullup"]').name == name


def test_a_name_is_cleaned_of_what_could_steer_a_terminal_or_turn_the_text_around() -> None:
    assert clean_line("\x1b[31mred\x07 \u202edrow\u2066\u200b\n two\t lines ") == "[31mred drow two lines"


def test_a_name_of_nothing_to_see_is_empty() -> None:
    assert clean_line("\x1b\u200d \u202e") == ""


@pytest.mark.parametrize(
    ("name", "made"),
    [("My Morning (2)", "my-morning-2"), ("../../x", "x"), ("Утро", "утро"), ("--", ""), ("a_b", "a-b")],
)
def test_an_id_is_made_of_letters_and_digits_of_any_script(name: str, made: str) -> None:
    assert slug(name) == made


def test_the_nearest_word_is_found_only_when_it_is_near() -> None:
    assert closest("downward-dog", ["pullup", "downward-facing-dog"]) == "downward-facing-dog"
    assert closest("x" * 10_000, ["pullup"]) == ""
