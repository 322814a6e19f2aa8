"""A person's own pictures come when they are decoded, one at a time, and only so many stay."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
from helpers.own_pictures import red_picture
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.window import own_pictures
from chain_timer.window.own_pictures import OwnPictures

Read = Callable[[Exercise], bytes | None]
MINE = Exercise("mine", "Mine", (), Hold(30_000), picture="mine.png")
DATA = red_picture(400, 200)


@pytest.fixture
def pictures_of(qapp: QApplication) -> Iterator[Callable[[Read], OwnPictures]]:
    made: list[OwnPictures] = []

    def make(read: Read) -> OwnPictures:
        made.append(OwnPictures(read))
        return made[-1]

    yield make
    for pictures in made:
        pictures.close()
        pictures.deleteLater()
    qapp.processEvents()


def size_of(pictures: OwnPictures, exercise: Exercise = MINE, pixels: float = 200) -> Any:
    image = pictures.image(exercise, pixels)
    return None if image is None else image.size().toTuple()


def test_it_is_there_after_it_was_asked_for(pictures_of: Any, qtbot: QtBot) -> None:
    pictures = pictures_of(lambda _exercise: DATA)
    with qtbot.waitSignal(pictures.ready):
        assert size_of(pictures) is None
        assert pictures.is_due(MINE, 200)
    assert size_of(pictures) == (256, 128)
    assert not pictures.is_due(MINE, 200)
    assert pictures.image(MINE, 200) is pictures.image(MINE, 100)


def test_it_is_read_and_decoded_aside(
    pictures_of: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []

    def noted(data: bytes, largest: int) -> None:
        del data, largest
        threads.append(current_thread() is main_thread())

    def read(_exercise: Exercise) -> bytes:
        threads.append(current_thread() is main_thread())
        return DATA

    monkeypatch.setattr(own_pictures, "decoded", noted)
    pictures = pictures_of(read)
    with qtbot.waitSignal(pictures.ready):
        pictures.image(MINE, 200)
    assert threads == [False, False]


def test_an_exercise_that_names_none_is_not_looked_for(pictures_of: Any) -> None:
    pictures = pictures_of(lambda _exercise: pytest.fail("it was read"))
    plain = replace(MINE, picture="")
    assert pictures.image(plain, 200) is None
    assert not pictures.is_due(plain, 200)


@pytest.mark.parametrize("error", [None, FileNotFoundError("gone"), ValueError("too large")])
def test_what_cannot_be_shown_is_asked_for_once(
    pictures_of: Any, qtbot: QtBot, error: Exception | None
) -> None:
    asked: list[str] = []

    def read(exercise: Exercise) -> bytes:
        asked.append(exercise.id)
        if error is not None:
            raise error
        return b"no picture"

    pictures = pictures_of(read)
    with qtbot.waitSignal(pictures.ready):
        pictures.image(MINE, 200)
    assert size_of(pictures) is None
    assert not pictures.is_due(MINE, 200)
    assert asked == ["mine"]


def test_one_is_decoded_at_a_time(pictures_of: Any, qtbot: QtBot) -> None:
    go_on, at_once, most = Event(), 0, 0

    def read(_exercise: Exercise) -> bytes:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        go_on.wait(5)
        at_once -= 1
        return DATA

    pictures = pictures_of(read)
    several = [replace(MINE, id=f"mine-{number}") for number in range(6)]
    for each in several:
        pictures.image(each, 200)
    go_on.set()
    qtbot.waitUntil(lambda: not any(pictures.is_due(each, 200) for each in several))
    assert most == 1
    assert all(size_of(pictures, each) for each in several)


def test_only_so_much_is_kept(pictures_of: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_pictures, "_MOST_BYTES", 3 * 256 * 128 * 4)
    pictures = pictures_of(lambda _exercise: DATA)
    several = [replace(MINE, id=f"mine-{number}") for number in range(6)]
    for each in several:
        with qtbot.waitSignal(pictures.ready):
            pictures.image(each, 200)
    assert [key[0] for key in pictures._kept] == ["mine-3", "mine-4", "mine-5"]


def test_what_changed_is_read_anew_and_what_was_on_its_way_is_not_taken(
    pictures_of: Any, qtbot: QtBot
) -> None:
    go_on, answers = Event(), [DATA, red_picture(100, 100)]

    def read(_exercise: Exercise) -> bytes:
        data = answers.pop(0)
        go_on.wait(5)
        return data

    pictures = pictures_of(read)
    pictures.image(MINE, 200)
    qtbot.waitUntil(lambda: len(answers) == 1)
    with qtbot.waitSignal(pictures.ready):
        pictures.forget()
    pictures.image(MINE, 200)
    go_on.set()
    qtbot.waitUntil(lambda: size_of(pictures) is not None)
    assert size_of(pictures) == (100, 100)
