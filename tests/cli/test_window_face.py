"""What the window is given, with a window that only takes it."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from chain_timer.cli import composition
from chain_timer.routine.routine import Coaching
from chain_timer.session.events import State
from chain_timer.sound.null_output import NullOutput
from chain_timer.system.settings_store import SettingsStore

Run = Callable[..., Any]
SOON_S = 20


class Watched(NullOutput):
    """Tells whether it is open."""

    is_open = False

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


@pytest.fixture
def window(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A window that does what a test has it do with its parts; it closes with 0."""
    del home
    app: Any = ModuleType("chain_timer.window.app")
    app.meet = lambda _parts: None

    def run(parts: object, _reminding: object, *, hidden: bool) -> int:
        assert not hidden
        app.meet(parts)
        return 0

    app.speaker = Watched()

    def silent(_clock: object) -> NullOutput:
        return app.speaker

    app.run = run
    monkeypatch.setitem(sys.modules, "chain_timer.window.app", app)
    monkeypatch.delitem(sys.modules, "chain_timer.cli.window_face", raising=False)
    monkeypatch.setattr(composition, "make_speaker", silent)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    yield app
    sys.modules.pop("chain_timer.cli.window_face", None)


def test_a_bare_command_opens_the_window_on_the_library(run: Run, window: Any) -> None:
    met = []
    window.meet = met.append
    assert run().code == 0
    assert met[0].open_on is None
    assert len(met[0].library().routines) == 6


def test_a_name_opens_the_window_on_that_routine(run: Run, window: Any) -> None:
    met = []
    window.meet = met.append
    run("Desk break")
    assert met[0].open_on.id == "desk-break"


def test_a_window_opens_for_no_routine_that_is_not_there(run: Run, window: Any) -> None:
    window.meet = pytest.fail
    assert run("desk-brek").code == 2


def test_a_conductor_from_the_window_is_ready_to_start(run: Run, window: Any) -> None:
    states = []

    def meet(parts: Any) -> None:
        routine = parts.library().routine("desk-break")
        options = parts.options_for(routine)
        conductor = parts.make_conductor(routine, options, None)
        states.append(conductor.player.state)
        assert conductor.timeline.duration_ms == parts.compile(routine, options).duration_ms
        conductor.close()

    window.meet = meet
    assert run().code == 0
    assert states == [State.READY]


def test_what_the_window_changed_is_kept(run: Run, window: Any, home: Path) -> None:
    window.meet = lambda parts: parts.store.change(rate=120)
    run()
    assert SettingsStore(home / "settings").settings.rate == 120


def test_own_routines_come_when_they_are_asked_for(
    run: Run, window: Any, own_routine: Callable[[str, str], Path]
) -> None:
    own_routine("mine", 'name = "Mine"\nexercises = ["pullup"]\n')
    found = []
    window.meet = lambda parts: found.append(
        (len(parts.library().routines), len(parts.own_library().routines))
    )
    run()
    assert found == [(6, 7)]


def test_rehearsing_and_closing_at_once_is_no_trouble(run: Run, window: Any) -> None:
    def meet(parts: Any) -> None:
        for routine in parts.library().routines:
            parts.rehearse(routine, parts.options_for(routine))

    window.meet = meet
    assert run().code == 0


def rehearsed(parts: Any, window: Any, qtbot: QtBot) -> None:
    routine = parts.library().routine("desk-break")
    parts.rehearse(routine, parts.options_for(routine))
    qtbot.waitUntil(lambda: window.speaker.is_open, timeout=20_000)


def test_the_sound_stands_by_on_the_set_up_page_for_a_minute(run: Run, window: Any, qtbot: QtBot) -> None:
    stood_by = []

    def meet(parts: Any) -> None:
        rehearsed(parts, window, qtbot)
        behind = parts.rest.__self__
        stood_by.append(behind._standby.interval())
        behind._standby.timeout.emit()
        assert not window.speaker.is_open
        rehearsed(parts, window, qtbot)
        parts.rest()
        assert not window.speaker.is_open

    window.meet = meet
    assert run().code == 0
    assert stood_by == [60_000]


def test_nothing_runs_on_behind_a_window_that_closed(run: Run, window: Any, qtbot: QtBot) -> None:
    """A timer that the garbage collector finds on another thread would take the program with it."""
    behind: list[Any] = []

    def meet(parts: Any) -> None:
        rehearsed(parts, window, qtbot)
        behind.append(parts.rest.__self__)

    window.meet = meet
    assert run().code == 0
    assert not behind[0]._standby.isActive()


def test_a_window_that_closes_amid_a_rehearsal_opens_no_sound(run: Run, window: Any, qtbot: QtBot) -> None:
    behind: list[Any] = []

    def meet(parts: Any) -> None:
        routine = parts.library().routine("desk-break")
        parts.rehearse(routine, parts.options_for(routine))
        behind.append(parts.rest.__self__)

    window.meet = meet
    assert run().code == 0
    window.speaker.close()
    qtbot.wait(150)
    assert not window.speaker.is_open
    assert not behind[0]._standby.isActive()


def test_the_sound_of_a_session_is_not_closed_behind_it(run: Run, window: Any, qtbot: QtBot) -> None:
    def meet(parts: Any) -> None:
        rehearsed(parts, window, qtbot)
        routine = parts.library().routine("desk-break")
        conductor = parts.make_conductor(routine, parts.options_for(routine), None)
        conductor.start()
        parts.rest()
        assert not parts.rest.__self__._standby.isActive()
        assert window.speaker.is_open
        conductor.close()

    window.meet = meet
    assert run().code == 0


class Rehearsal:
    """A rehearsal held up before it wishes for anything, and what was wished for in all."""

    def __init__(self, parts: Any, *, running: bool) -> None:
        self._parts = parts
        self._behind = parts.rest.__self__
        self._go = Event()
        self.wished: list[list[str]] = []
        self._behind._means.narrator.want = lambda phrases: self.wished.append(list(phrases))
        begun = Event()
        compiled = self._behind._compile

        def held_up(*plan: Any) -> Any:
            begun.set()
            self._go.wait(SOON_S)
            return compiled(*plan)

        self._behind._compile = held_up
        if not running:
            self._behind._ahead.submit(self._go.wait, SOON_S)
        parts.rehearse(self.routine, parts.options_for(self.routine))
        if running:
            assert begun.wait(SOON_S)

    @property
    def routine(self) -> Any:
        return self._parts.library().routine("desk-break")

    def end(self) -> None:
        self._go.set()
        self._behind._ahead.submit(bool).result(SOON_S)


@pytest.mark.parametrize("running", [False, True], ids=["queued", "running"])
def test_a_session_ends_the_wishes_of_its_rehearsal(run: Run, window: Any, *, running: bool) -> None:
    wished = []

    def meet(parts: Any) -> None:
        rehearsal = Rehearsal(parts, running=running)
        parts.make_conductor(rehearsal.routine, parts.options_for(rehearsal.routine), None).close()
        wished.append(len(rehearsal.wished))
        rehearsal.end()
        wished.append(len(rehearsal.wished))

    window.meet = meet
    assert run().code == 0
    assert wished == [1, 1]


@pytest.mark.parametrize("running", [False, True], ids=["queued", "running"])
def test_of_two_rehearsals_the_newer_one_wishes(run: Run, window: Any, *, running: bool) -> None:
    wished = []

    def meet(parts: Any) -> None:
        rehearsal = Rehearsal(parts, running=running)
        options = parts.options_for(rehearsal.routine)
        silent = replace(options, coaching=Coaching.SILENT)
        parts.rehearse(rehearsal.routine, silent)
        rehearsal.end()
        silent_phrases = list(parts.compile(rehearsal.routine, silent).phrases())
        wished.append(rehearsal.wished == [silent_phrases])

    window.meet = meet
    assert run().code == 0
    assert wished == [True]


def test_no_sound_is_made_only_to_be_closed(run: Run, window: Any) -> None:
    made = []

    def meet(parts: Any) -> None:
        rehearsal = Rehearsal(parts, running=True)
        parts.rest()
        made.append("speaker" in parts.rest.__self__._means.__dict__)
        rehearsal.end()

    window.meet = meet
    assert run().code == 0
    assert made == [False]
