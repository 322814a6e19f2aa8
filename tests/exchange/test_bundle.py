"""Our own bundle: a routine goes out with its exercises and pictures as one file, and comes back equal."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import NoReturn

import pytest
from helpers.own_things import PAIR, RAISE, STRETCH, given_of, known, library, routine, without_picture
from helpers.zips import twice, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange import bundle
from chain_timer.exchange.parcel import CanceledError, Parcel, no_progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError, Problem
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.routine import Item, Routine

PNG = b"\x89PNG and so on"
PULLUP = library().by_exercise_id["pullup"]
CALVES = routine(
    Item(STRETCH, Hold(45_000), PAIR, sets=2, rest_ms=10_000, fixed=True),
    Item(RAISE, RAISE.work),
    Item(PULLUP, PULLUP.work),
    rounds=3,
    round_rest_ms=60_000,
)
STRETCH_TOML = 'name = "Wall calf stretch"\npicture = "calf.png"\n'
ROUTINE_TOML = 'name = "Calves"\nexercises = ["wall-calf-stretch"]\n'


def written(of: Routine, picture: bytes | None = PNG) -> tuple[bytes, tuple[Problem, ...]]:
    file = BytesIO()
    problems = bundle.write(given_of(of, lambda _: picture), file, no_progress)
    return file.getvalue(), problems


def read(data: bytes, *more: Exercise) -> Parcel:
    return bundle.read(Source(data, "some.chain-timer"), known(*more), no_progress)


def told(parcel: Parcel) -> list[str]:
    return [str(loss) for loss in parcel.losses]


def refused(data: bytes) -> list[str]:
    with pytest.raises(FileProblemsError) as caught:
        read(data)
    return [str(problem) for problem in caught.value.problems]


# --- there and back --------------------------------------------------------------------------------------


def test_a_routine_comes_back_equal_with_its_own_exercises_and_pictures() -> None:
    data, problems = written(CALVES)
    assert problems == ()
    assert read(data) == Parcel((CALVES,), (STRETCH, RAISE), {"wall-calf-stretch.png": PNG})


def test_what_goes_out_is_recognized() -> None:
    assert bundle.recognizes(Source(written(CALVES)[0], "x"))


@pytest.mark.parametrize("built_in", library().routines, ids=lambda each: each.id)
def test_every_built_in_routine_comes_back_equal_and_brings_nothing_along(built_in: Routine) -> None:
    assert read(written(built_in)[0]) == Parcel((built_in,))


def test_the_same_routine_has_the_same_bytes() -> None:
    assert written(CALVES)[0] == written(CALVES)[0]


def test_the_archive_holds_files_a_person_could_have_written() -> None:
    with zipfile.ZipFile(BytesIO(written(CALVES)[0])) as archive:
        assert archive.namelist() == [
            "bundle.toml",
            "routines/calves.toml",
            "exercises/wall-calf-stretch.toml",
            "exercises/calf-raise.toml",
            "pictures/wall-calf-stretch.png",
        ]
        assert archive.read("bundle.toml") == b"format = 1\n"


def test_an_exercise_that_took_the_place_of_a_built_in_one_comes_along_under_another_id() -> None:
    mine = replace(PULLUP, name="My pullup")
    parcel = read(written(routine(Item(mine, mine.work)))[0])
    assert parcel.exercises == (replace(mine, id="pullup-2"),)
    assert parcel.routines[0].exercises == parcel.exercises


@pytest.mark.parametrize("called", ["pullup", "My pullup", "my PULLUP"])
def test_a_routine_may_call_an_exercise_that_gets_another_id_as_it_likes(called: str) -> None:
    texts = {
        "exercises/pullup.toml": 'name = "My pullup"',
        "routines/r.toml": f'name = "R"\nexercises = ["{called}"]',
    }
    parcel = read(zipped(texts))
    assert parcel.routines[0].exercises == parcel.exercises
    assert [each.id for each in parcel.exercises] == ["pullup-2"]


def test_an_exercise_that_a_routine_defines_itself_stays_as_it_is() -> None:
    routine_text = 'name = "R"\nexercises = ["pullup"]\n[exercise.pullup]\nname = "Inner"'
    parcel = read(zipped({"exercises/pullup.toml": 'name = "Outer"', "routines/r.toml": routine_text}))
    assert [(each.id, each.name) for each in parcel.routines[0].exercises] == [("pullup", "Inner")]
    assert [(each.id, each.name) for each in parcel.exercises] == [("pullup-2", "Outer")]


def test_an_id_of_ours_is_surer_than_a_name_of_theirs() -> None:
    texts = {
        "exercises/other.toml": 'name = "pullup"',
        "routines/r.toml": 'name = "R"\nexercises = ["pullup"]',
    }
    assert read(zipped(texts)).routines[0].exercises == (PULLUP,)


def test_of_our_exercises_only_those_that_are_asked_for_are_read() -> None:
    class Shelf(dict[str, Exercise]):
        def values(self) -> NoReturn:  # type: ignore[override]
            raise AssertionError

    ours = replace(known(), exercises=Shelf(known().exercises))
    assert bundle.read(Source(written(CALVES)[0], "x"), ours, no_progress).routines == (CALVES,)


def test_an_exercise_that_is_here_already_just_the_same_does_not_come_again() -> None:
    parcel = read(written(CALVES)[0], STRETCH)
    assert parcel.exercises == (RAISE,)
    assert parcel.routines == (CALVES,)


def test_a_picture_that_cannot_be_read_is_told_and_the_rest_goes_out() -> None:
    data, problems = written(CALVES, picture=None)
    assert [problem.where for problem in problems] == ["Wall calf stretch"]
    assert read(data).exercises == (without_picture(STRETCH), RAISE)


def test_a_picture_that_nobody_could_read_back_does_not_go_out() -> None:
    data, problems = written(CALVES, picture=bytes(8 * 1024 * 1024 + 1))
    assert len(problems) == 1
    assert len(data) < 10_000


def test_a_person_who_had_enough_is_heard() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        bundle.write(given_of(CALVES), BytesIO(), enough)
    with pytest.raises(CanceledError):
        bundle.read(Source(written(CALVES)[0], "x"), known(), enough)


# --- what else comes in ----------------------------------------------------------------------------------


def test_a_folder_that_was_zipped_by_hand_is_read() -> None:
    data = zipped(
        {
            "mine/exercises/wall-calf-stretch.toml": STRETCH_TOML,
            "mine/exercises/calf.png": PNG,
            "mine/routines/evening.toml": ROUTINE_TOML,
        }
    )
    assert bundle.recognizes(Source(data, "mine.zip"))
    parcel = read(data)
    assert [each.id for each in parcel.routines] == ["evening"]
    assert parcel.routines[0].exercises == parcel.exercises
    assert parcel.pictures == {"calf.png": PNG}
    assert parcel.losses == ()


def test_a_bare_routine_is_read_with_the_exercises_it_defines() -> None:
    text = 'name = "One"\nexercises = ["my-move"]\n[exercise.my-move]\nname = "My move"\n'
    parcel = read(zipped({"bundle.toml": "format = 1", "routine.toml": text}))
    assert [(each.name, each.exercises[0].name) for each in parcel.routines] == [("One", "My move")]
    assert parcel.exercises == ()


def test_the_good_is_taken_and_the_wrong_told_by_its_entry() -> None:
    data = zipped(
        {
            "exercises/good.toml": 'name = "Good"',
            "exercises/bad.toml": 'name = "Bad"\nhold = "45x"\nstep = 1',
            "exercises/broken.toml": "name = ",
            "exercises/latin.toml": 'name = "Dehnübung"'.encode("latin-1"),
            "routines/lost.toml": 'name = "Lost"\nexercises = ["bad"]',
            "../up.toml": "x",
            "notes.txt": "x",
        }
    )
    parcel = read(data)
    assert [each.id for each in parcel.exercises] == ["good"]
    assert [f"{loss.where}: {loss.what}" for loss in parcel.losses] == [
        "../up.toml: its name leads elsewhere",
        'exercises/bad.toml, hold: "45x" is not a duration',
        'exercises/bad.toml: "step" is not known here',
        "exercises/broken.toml, at the end: not valid TOML: invalid value",
        "exercises/latin.toml: this is not UTF-8 text",
        'routines/lost.toml, exercise 1: there is no exercise "bad"',
        "notes.txt: nothing here needs it",
    ]


def test_a_picture_that_is_not_there_is_told_and_its_exercise_goes_without() -> None:
    parcel = read(zipped({"exercises/a.toml": STRETCH_TOML}))
    assert parcel.exercises[0].picture == ""
    assert told(parcel) == ['exercises/a.toml: its picture "calf.png" is not here; it goes without']


def test_a_picture_that_nobody_names_is_left_out() -> None:
    parcel = read(zipped({"exercises/a.toml": 'name = "A"', "pictures/b.png": PNG}))
    assert parcel.pictures == {}
    assert told(parcel) == ["pictures/b.png: nothing here needs it; it was left out"]


def test_of_two_files_with_one_id_the_first_is_taken() -> None:
    parcel = read(
        zipped(
            {
                "exercises/a.toml": 'name = "First"',
                "more/exercises/A.toml": 'name = "Second"',
                "routines/r.toml": 'name = "R"\nexercises = ["a"]',
                "more/routines/r.toml": 'name = "S"\nexercises = ["a"]',
            }
        )
    )
    assert [each.name for each in parcel.exercises] == ["First"]
    assert [each.name for each in parcel.routines] == ["R"]
    assert len(parcel.losses) == 2


def test_an_entry_that_is_there_twice_is_told() -> None:
    data = twice("exercises/a.toml", b'name = "A"', b'name = "B"')
    assert [each.name for each in read(data).exercises] == ["A"]


@pytest.mark.parametrize("manifest", ["format = 2\nmore = 1", "format = 999999999999999999999"])
def test_of_a_newer_format_what_is_known_is_taken(manifest: str) -> None:
    parcel = read(zipped({"bundle.toml": manifest, "exercises/a.toml": 'name = "A"'}))
    assert [each.name for each in parcel.exercises] == ["A"]
    assert "a newer Chain Timer made this" in told(parcel)[0]


@pytest.mark.parametrize("manifest", ["format = 'one'", "format = 0", "format = true", "format = nan"])
def test_a_format_that_is_no_number_is_told(manifest: str) -> None:
    parcel = read(zipped({"bundle.toml": manifest, "exercises/a.toml": 'name = "A"'}))
    assert "it does not say which format this is" in told(parcel)[0]


def test_a_bundle_with_nothing_good_is_refused_with_all_that_is_wrong() -> None:
    data = zipped({"exercises/a.toml": "hold = 1e400", "routines/b.toml": "["})
    assert len(refused(data)) == 3


def test_a_bundle_with_nothing_in_it_is_refused() -> None:
    assert refused(zipped({"bundle.toml": "format = 1"})) == [
        "everything in it is here already, or there is nothing in it"
    ]


def test_an_archive_with_too_many_entries_is_recognized_so_that_it_can_be_told() -> None:
    data = zipped({str(number): "" for number in range(10_001)})
    assert bundle.recognizes(Source(data, "x.zip"))
    assert refused(data) == ["it has more than 10,000 entries; choose an archive with fewer files"]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"name = 1", zipped({"database.json": "{}"}), zipped({})]
)
def test_other_files_are_not_recognized(data: bytes) -> None:
    assert not bundle.recognizes(Source(data, "x"))


def test_all_text_together_is_bounded() -> None:
    long = 'name = "A"\n' + "# comment that goes on and on\n" * 60_000
    files = {f"exercises/{number}.toml": f"#{number}\n{long}" for number in range(4)}
    parcel = read(zipped(files, zipfile.ZIP_STORED))
    assert len(parcel.exercises) == 2
    assert [loss.what for loss in parcel.losses] == ["all files together are larger than 4 MiB"] * 2


def test_of_very_many_problems_the_first_are_told_and_the_others_counted() -> None:
    files = {f"exercises/{number}.toml": "x = 1" for number in range(150)}
    parcel = read(zipped({"exercises/good.toml": 'name = "Good"', **files}))
    assert len(parcel.losses) == 201
    assert str(parcel.losses[-1]) == "and 100 more"


# --- anything at all -------------------------------------------------------------------------------------

NAMES = (
    "bundle.toml",
    "routine.toml",
    "routines/a.toml",
    "exercises/a.toml",
    "exercises/b.toml",
    "pictures/c.png",
)
LINES = (
    'name = "A"',
    'picture = "c.png"',
    'exercises = ["a", "pullup"]',
    "exercises = [{}]",
    "[[circuit]]",
    "[exercise.a]",
    "hold = nan",
    "hold = 1e999",
    "format = 2",
    "steps = [1]",
    "sides = true",
    "name = {}",
    "[",
    "\0",
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(LINES), max_size=5), max_size=6))
def test_files_of_any_lines_are_taken_or_refused(files: dict[str, list[str]]) -> None:
    source = Source(zipped({name: "\n".join(lines) for name, lines in files.items()}), "x")
    bundle.recognizes(source)
    try:
        parcel = bundle.read(source, known(), no_progress)
    except FileProblemsError as error:
        assert error.problems  # noqa: PT017 - what else may be wrong is told
    else:
        assert not parcel.is_empty


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6), st.integers(0, 10_000))
def test_a_damaged_bundle_is_taken_or_refused(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(written(CALVES)[0])
    for place, byte in changes:
        data[place % len(data)] = byte
    source = Source(bytes(data[: end or None]), "x")
    bundle.recognizes(source)
    try:
        bundle.read(source, known(), no_progress)
    except FileProblemsError as error:
        assert error.problems  # noqa: PT017 - what else may be wrong is told
