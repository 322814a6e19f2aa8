"""The library with a person's own files: what they add, what they replace, and what breaks."""

import os
import sys
from pathlib import Path

import pytest

from chain_timer.problems import FileProblemsError, NotFoundError
from chain_timer.routine import scan as scan_module
from chain_timer.routine.library import Library, check_file

MINE = 'name = "{name}"\nexercises = ["pullup"]\n'
MY_MOVE = 'name = "{name}"\nsteps = ["Stand."]\n'

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files on Windows")


def put(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def lines(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems]


def only_problem(path: Path) -> str:
    (problem,) = check_file(path)
    return str(problem)


def test_own_files_join_the_built_in_ones(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "exercises/my-move.toml", MY_MOVE.format(name="My move"))
    put(tmp_path, "routines/Mine.toml", 'name = "Mine"\nexercises = ["my-move", "pullup"]')
    own = library.with_own(tmp_path)
    assert own.problems == ()
    assert len(own.routines) == len(library.routines) + 1
    assert [exercise.name for exercise in own.routine("mine").exercises] == ["My move", "Pullup"]


def test_adding_own_files_leaves_the_library_as_it_was(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "routines/mine.toml", MINE.format(name="Mine"))
    library.with_own(tmp_path)
    assert "mine" not in library.by_routine_id


def test_a_folder_that_is_not_there_adds_nothing(library: Library, tmp_path: Path) -> None:
    own = library.with_own(tmp_path / "none")
    assert (own.routines, own.exercises, own.problems) == (library.routines, library.exercises, ())


def test_an_own_routine_takes_the_place_of_the_built_in_one(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "routines/desk-break.toml", MINE.format(name="My break"))
    own = library.with_own(tmp_path)
    assert own.routine("desk-break").name == "My break"
    assert len(own.routines) == len(library.routines)


def test_an_own_exercise_takes_its_place_in_built_in_routines(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "exercises/downward-facing-dog.toml", MY_MOVE.format(name="My dog"))
    routine = library.with_own(tmp_path).routine("posterior-chain-stretch")
    assert routine.items[-1].exercise.name == "My dog"


def test_a_broken_own_file_is_told_and_stops_none_of_the_others(library: Library, tmp_path: Path) -> None:
    path = put(tmp_path, "routines/broken.toml", 'name = "x"\nexercises = ["pulup"]')
    put(tmp_path, "routines/sound.toml", MINE.format(name="Sound"))
    own = library.with_own(tmp_path)
    assert lines(own) == [f'{path}, exercise 1: there is no exercise "pulup"; did you mean pullup?']
    assert own.routine("sound").name == "Sound"


def test_a_broken_file_leaves_the_built_in_one_in_place(library: Library, tmp_path: Path) -> None:
    path = put(tmp_path, "routines/desk-break.toml", "")
    own = library.with_own(tmp_path)
    assert own.routine("desk-break") == library.routine("desk-break")
    assert [str(path) in line for line in lines(own)] == [True, True]
    assert path.read_text(encoding="utf-8") == ""


def test_two_files_of_one_id_are_told_and_the_first_is_used(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "routines/my one.toml", MINE.format(name="First"))
    second = put(tmp_path, "routines/my-one.toml", MINE.format(name="Second"))
    own = library.with_own(tmp_path)
    assert own.routine("my-one").name == "First"
    assert lines(own) == [f"{second}: another file is my-one as well; rename one of them"]


def test_a_file_whose_name_makes_no_id_is_told(library: Library, tmp_path: Path) -> None:
    path = put(tmp_path, "routines/---.toml", MINE.format(name="Nameless"))
    assert lines(library.with_own(tmp_path)) == [
        f"{path}: the file's name makes no id; name it with letters and digits, like my-move.toml"
    ]


def test_files_of_other_kinds_are_left_alone(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "routines/notes.txt", "milk")
    assert library.with_own(tmp_path).problems == ()


def test_a_folder_of_too_many_files_is_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_module, "MOST_FILES", 3)
    for number in range(5):
        put(tmp_path, f"own/exercises/m{number}.toml", MY_MOVE.format(name=f"M{number}"))
    bare = Library(library.names, (), {}, {})
    own = bare.with_own(tmp_path / "own")
    assert len(own.exercises) == 3
    assert lines(own)[0].endswith(
        "holds more than 3 files, and the others are left out; move some of them away"
    )


@needs_posix
def test_a_file_in_place_of_a_folder_is_told(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "routines", "not a folder")
    assert lines(library.with_own(tmp_path)) == [
        f"{tmp_path / 'routines'}: it cannot be read: not a directory; check its permissions"
    ]


def test_a_routine_is_found_by_id_title_or_file(library: Library, tmp_path: Path) -> None:
    path = put(tmp_path, "mine.toml", MINE.format(name="Mine"))
    assert library.routine("desk-break").name == "Desk break"
    assert library.routine(" DESK BREAK ").id == "desk-break"
    assert library.routine(str(path)).name == "Mine"


def test_a_routine_that_is_not_there_is_told_with_a_suggestion(library: Library) -> None:
    with pytest.raises(NotFoundError) as caught:
        library.routine("Desk brake")
    assert str(caught.value) == 'There is no routine "Desk brake"; did you mean desk-break?'


def test_an_unheard_of_routine_is_told_where_to_look(library: Library) -> None:
    with pytest.raises(NotFoundError, match="chain-timer list tells which there are"):
        library.routine("\x1b[31m" + "q" * 100_000)


def test_an_exercise_that_is_not_there_is_told_with_a_suggestion(library: Library) -> None:
    with pytest.raises(NotFoundError, match="did you mean pullup"):
        library.exercise("pull-up")


def test_a_file_named_for_playing_has_its_problems_told(library: Library, tmp_path: Path) -> None:
    with pytest.raises(FileProblemsError, match="there is no such file"):
        library.routine(str(tmp_path / "none.toml"))


def test_checking_knows_routines_from_exercises(tmp_path: Path) -> None:
    assert check_file(put(tmp_path, "a.toml", MINE.format(name="A"))) == ()
    assert check_file(put(tmp_path, "b.toml", MY_MOVE.format(name="B"))) == ()
    missing = check_file(put(tmp_path, "exercises/c.toml", 'name = "C"\nstep = "Up."'))
    assert [problem.what for problem in missing] == ['"step" is not known here']
    missing = check_file(put(tmp_path, "d.toml", 'name = "D"'))
    assert [problem.what for problem in missing] == ["there are no exercises"]


def test_checking_with_own_files_knows_own_exercises(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "exercises/my-move.toml", MY_MOVE.format(name="My move"))
    path = put(tmp_path, "a.toml", 'name = "A"\nexercises = ["my-move"]')
    assert library.check_file(path) != ()
    assert library.with_own(tmp_path).check_file(path) == ()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert only_problem(tmp_path / "none.toml") == "there is no such file; check its name and folder"


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert only_problem(tmp_path) == "it is a folder; name a file in it"


def test_a_name_with_a_nul_is_told() -> None:
    assert only_problem(Path("a\0b.toml")) == "this is not a file name; check it"


def test_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    assert only_problem(tmp_path / ("x" * 5_000)).startswith(("it cannot be read", "there is no such file"))


@needs_posix
def test_a_pipe_is_told_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert only_problem(tmp_path / "pipe.toml") == "it is not an ordinary file; name a .toml file"


@needs_posix
def test_a_device_without_an_end_is_told() -> None:
    assert only_problem(Path("/dev/zero")) == "it is not an ordinary file; name a .toml file"


@needs_posix
def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    assert only_problem(tmp_path / "loop.toml").startswith(
        "it cannot be read: too many levels of symbolic links"
    )


def test_a_file_that_may_not_be_read_is_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "secret.toml", MINE.format(name="Secret"))

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert [str(problem) for problem in library.check_file(path)] == [
        "it cannot be read: permission denied; check the file and its permissions"
    ]
