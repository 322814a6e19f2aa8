"""Files that a desktop hands over come into the window: all at once, and never amid a session."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chain_timer.window.file_opening import FileOpening, OpeningApplication
from chain_timer.window.frame import Frame


class FakeApplication(QObject):
    """What the window sees of the program: there can be one real one, and pytest made it."""

    file_came = Signal()
    take_file = OpeningApplication.take_file
    has_files = OpeningApplication.has_files
    give_files = OpeningApplication.give_files

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Path] = []


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[Frame]:
    made = Frame()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def application() -> FakeApplication:
    return FakeApplication()


@pytest.fixture
def shown(frame: Frame) -> list[list[Path]]:
    """What the window was asked to show."""
    asked: list[list[Path]] = []
    frame.files_dropped.connect(asked.append)
    return asked


def opening(application: FakeApplication, frame: Frame) -> FileOpening:
    return FileOpening(application, frame)  # type: ignore[arg-type]


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_files_of_one_selection_are_shown_together(
    application: FakeApplication, frame: Frame, shown: list[list[Path]]
) -> None:
    opening(application, frame)
    application.take_file("/a.chain-timer")
    application.take_file("/b.chain-timer")
    application.take_file("/a.chain-timer")
    settle()
    assert shown == [[Path("/a.chain-timer"), Path("/b.chain-timer")]]


def test_a_file_that_came_before_the_window_is_shown_by_it(
    application: FakeApplication, frame: Frame, shown: list[list[Path]]
) -> None:
    application.take_file("/early.chain-timer")
    opening(application, frame)
    settle()
    assert shown == [[Path("/early.chain-timer")]]


def test_amid_a_session_files_wait_until_it_is_left(
    application: FakeApplication, frame: Frame, shown: list[list[Path]], qtbot: QtBot
) -> None:
    opening(application, frame)
    player = Frame()
    qtbot.addWidget(player)
    frame.show_page(player)
    application.take_file("/late.chain-timer")
    settle()
    assert shown == []
    frame.show_page(frame.library, "routines")
    settle()
    assert shown == [[Path("/late.chain-timer")]]


def test_a_window_that_is_hidden_in_the_tray_comes_up_with_the_file(
    application: FakeApplication, frame: Frame, shown: list[list[Path]]
) -> None:
    opening(application, frame)
    frame.hide()
    application.take_file("/a.chain-timer")
    settle()
    assert frame.isVisible()
    assert len(shown) == 1


def test_the_same_file_can_be_opened_again_later(
    application: FakeApplication, frame: Frame, shown: list[list[Path]]
) -> None:
    opening(application, frame)
    for _ in range(2):
        application.take_file("/a.chain-timer")
        settle()
    assert shown == [[Path("/a.chain-timer")]] * 2


def test_no_name_and_a_flood_of_them_are_no_wish(application: FakeApplication) -> None:
    application.take_file("")
    assert not application.has_files
    for number in range(5_000):
        application.take_file(f"/{number}.chain-timer")
    assert len(application.give_files()) == 1_000
    assert not application.has_files


@pytest.mark.slow
def test_the_program_takes_the_event_that_macos_sends() -> None:
    # In a process of its own: a test run has its application already, and it is another one.
    script = """
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from chain_timer.window.file_opening import OpeningApplication
application = OpeningApplication(["chain-timer"])
came = []
application.file_came.connect(lambda: came.append(True))
assert QCoreApplication.sendEvent(application, QFileOpenEvent("/a b.chain-timer"))
print(len(came), [path.as_posix() for path in application.give_files()])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout.strip(), done.returncode) == ("1 ['/a b.chain-timer']", 0), done.stderr
