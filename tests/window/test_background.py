"""Work aside, and what becomes of it when the window goes."""

from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from chain_timer.window import background
from chain_timer.window.background import Background


def test_its_outcome_is_handed_over_in_the_windows_thread(qtbot: QtBot) -> None:
    aside, told = Background(), []
    aside.run(lambda: 5, told.append)
    qtbot.waitUntil(lambda: told == [5])
    aside.close()


def test_what_runs_when_the_window_goes_is_waited_for(qtbot: QtBot) -> None:
    aside, begun, done = Background(), Event(), Event()
    told: list[None] = []

    def work() -> None:
        begun.set()
        done.wait(0.05)
        done.set()

    aside.run(work, told.append)
    begun.wait()
    aside.close()
    assert done.is_set()
    qtbot.wait(1)
    assert told == []


def test_what_hangs_is_not_waited_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    aside, go_on = Background(), Event()
    monkeypatch.setattr(background, "_LONGEST_WAIT_S", 0.01)
    for _ in range(3):
        aside.run(lambda: go_on.wait(20), lambda _done: None)
    aside.close()
    assert not go_on.is_set()
    go_on.set()
