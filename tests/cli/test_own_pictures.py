"""A person's own pictures are read from beside the files that name them, and from nowhere else."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from chain_timer.cli.own_pictures import picture_bytes
from chain_timer.drawing.own_picture import LARGEST_BYTES
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.system.folders import Folders, find_folders

MINE = Exercise("mine", "Mine", (), Hold(30_000), picture="mine.png")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    found = find_folders({"CHAIN_TIMER_HOME": str(tmp_path / "home")})
    found.exercises.mkdir(parents=True)
    found.routines.mkdir()
    return found


def test_it_lies_beside_the_exercise_or_the_routine_that_names_it(folders: Folders) -> None:
    assert picture_bytes(folders, MINE) is None
    (folders.routines / "mine.png").write_bytes(b"beside the routine")
    assert picture_bytes(folders, MINE) == b"beside the routine"
    (folders.exercises / "mine.png").write_bytes(b"beside the exercise")
    assert picture_bytes(folders, MINE) == b"beside the exercise"


@pytest.mark.parametrize(
    "name", ["", "../secret.png", "/etc/a.png", "..\\a.png", ".a.png", "a.txt", "a\0.png", "C:a.png"]
)
def test_a_name_that_is_more_than_a_name_is_not_followed(folders: Folders, name: str) -> None:
    (folders.exercises.parent / "secret.png").write_bytes(b"secret")
    assert picture_bytes(folders, replace(MINE, picture=name)) is None


@pytest.mark.skipif(os.name == "nt", reason="links take rights there")
def test_a_link_is_followed_within_the_folder_and_not_out_of_it(folders: Folders) -> None:
    outside = folders.exercises.parent / "secret.png"
    outside.write_bytes(b"secret")
    (folders.exercises / "mine.png").symlink_to(outside)
    assert picture_bytes(folders, MINE) is None
    (folders.exercises / "mine.png").unlink()
    (folders.exercises / "other.png").write_bytes(b"other")
    (folders.exercises / "mine.png").symlink_to("other.png")
    assert picture_bytes(folders, MINE) == b"other"


@pytest.mark.skipif(os.name == "nt", reason="pipes are no files there")
def test_a_pipe_is_not_waited_for(folders: Folders) -> None:
    os.mkfifo(folders.exercises / "mine.png")
    assert picture_bytes(folders, MINE) is None


def test_a_picture_of_too_many_bytes_is_left(folders: Folders) -> None:
    with (folders.exercises / "mine.png").open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    assert picture_bytes(folders, MINE) is None
