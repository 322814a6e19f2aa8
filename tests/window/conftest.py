"""The whole window with real pages, a real conductor, and a clock that moves when it is told to."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chain_timer.conductor import Conductor, Parts
from chain_timer.exchange.giving import Given
from chain_timer.history.keeper import Keeper
from chain_timer.problems import Problem
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.session.clock import NANOSECONDS_A_MS
from chain_timer.session.journal import Left
from chain_timer.sound.null_output import NullOutput
from chain_timer.speech.clip import Clip
from chain_timer.speech.voices import Voice
from chain_timer.system.settings_store import SettingsStore
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.segment import Kind, Tone
from chain_timer.timeline.timeline import Timeline
from chain_timer.window.bridge import Bridge
from chain_timer.window.exchange_desk import Giving
from chain_timer.window.frame import Frame
from chain_timer.window.keeping import Keeping
from chain_timer.window.look import Look
from chain_timer.window.parts import WindowParts
from chain_timer.window.player_page import PlayerPage
from chain_timer.window.session_bridge import SessionBridge
from chain_timer.window.setup_page import SetupPage

STEP_MS = 100


class NeverSaved:
    """A save that is not due before the window closes."""

    def cancel(self) -> None: ...


class FakeClock:
    def __init__(self) -> None:
        self.ns = 1_000_000_000
        self.slept = 0

    def now_ns(self) -> int:
        return self.ns

    def slept_ms(self) -> int:
        return self.slept


class NoVoice:
    revision = 0
    problem = ""

    def want(self, phrases: object) -> None: ...

    def clip(self, _words: str) -> Clip | None:
        return None

    def length_ms(self, _words: str) -> int | None:
        return None

    def failed(self, _words: str) -> bool:
        return True


class FakeAwake:
    def __init__(self) -> None:
        self.on = False

    def start(self) -> None:
        self.on = True

    def stop(self) -> None:
        self.on = False


@dataclass
class Desk:
    """The window and all that is behind it."""

    qtbot: QtBot
    frame: Frame
    bridge: Bridge
    clock: FakeClock
    store: SettingsStore
    library: Library
    awake: FakeAwake
    conductors: list[Conductor] = field(default_factory=list)
    tried: list[object] = field(default_factory=list)
    keeper: Keeper | None = None

    @property
    def setup(self) -> SetupPage:
        page = self.frame.stack.currentWidget()
        assert isinstance(page, SetupPage)
        return page

    @property
    def player(self) -> PlayerPage:
        assert self.bridge.player is not None
        return self.bridge.player

    @property
    def session(self) -> SessionBridge:
        assert self.bridge.session is not None
        return self.bridge.session

    @property
    def conductor(self) -> Conductor:
        return self.conductors[-1]

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()

    def open(self, name: str | Routine = "posterior-chain-stretch") -> SetupPage:
        routine = self.library.routine(name) if isinstance(name, str) else name
        self.bridge.open_routine(routine)
        self.settle()
        return self.setup

    def start(self, name: str | Routine = "posterior-chain-stretch") -> PlayerPage:
        self.open(name).start_requested.emit()
        self.settle()
        return self.player

    def advance(self, ms: int) -> None:
        while ms > 0:
            step_ms = min(ms, STEP_MS)
            self.clock.ns += step_ms * NANOSECONDS_A_MS
            self.session.beat()
            ms -= step_ms

    def go_to(self, kind: Kind, passed_ms: int = 0) -> None:
        timeline = self.conductor.timeline
        index = next(i for i, segment in enumerate(timeline.segments) if segment.kind is kind)
        self.player.seek_requested.emit(timeline.start_of(index) + passed_ms)
        self.session.beat()
        self.settle()


MakeDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """One for all tests: fonts and style belong to the program, not to a window."""
    return Look(qapp)


@pytest.fixture
def make_desk(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[MakeDesk]:
    made: list[tuple[Bridge, SettingsStore]] = []

    def make(
        size: tuple[int, int] = (1280, 800),
        *,
        theme: str = "dark",
        library: Library | None = None,
        open_on: Routine | None = None,
        picture_of: Callable[[Exercise], bytes | None] = lambda _exercise: None,
        keeping: Keeping | None = None,
        bring_in: tuple[Path, ...] = (),
        keeper: Keeper | None = None,
    ) -> Desk:
        store = SettingsStore(tmp_path / f"settings{len(made)}", later=lambda _seconds, _work: NeverSaved())
        store.change(theme=theme)
        known = library or Library.built_in()
        frame = Frame()
        desk = Desk(qtbot, frame, None, FakeClock(), store, known, FakeAwake())  # type: ignore[arg-type]
        look.choose(theme)
        look.choose_motion(store.settings.motion)
        parts = replace(_parts(desk, open_on), picture_of=picture_of, bring_in=bring_in)
        if keeping is not None:
            parts = _with_own(parts, keeping, known)
        if keeper is not None:
            desk.keeper = keeper
            parts = replace(parts, keeper=lambda: keeper, now=keeper._now)
        desk.bridge = Bridge(frame, look, parts)
        made.append((desk.bridge, store))
        frame.resize(*size)
        frame.show()
        desk.bridge.open_library()
        desk.settle()
        return desk

    yield make
    for bridge, store in made:
        bridge.close()
        store.close()
        frame = bridge.parent()
        assert isinstance(frame, Frame)
        frame.close()
        frame.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()


def _with_own(parts: WindowParts, keeping: Keeping, known: Library) -> WindowParts:
    """Keep a person's own things in folders, and read them from there."""
    folder = keeping.routines.folder.parent

    def given_of(routine: Routine, wishes: Mapping[str, str]) -> Given:
        timeline = partial(parts.compile, routine, Options())
        return Given(routine, timeline, known.names, known.by_exercise_id, wishes=wishes)

    return replace(
        parts,
        keeping=lambda: keeping,
        giving=lambda: Giving(given_of, lambda _given: None, lambda: "2026-01-05"),
        own_library=lambda: known.with_own(folder),
        own_folders=(keeping.routines.folder, keeping.exercises.folder),
    )


def _parts(desk: Desk, open_on: Routine | None) -> WindowParts:
    phrases, lengths = load_phrases(), estimated_lengths()

    def compiled(routine: Routine, options: Options) -> Timeline:
        return compile_routine(routine, options, phrases, lengths)

    def conductor(routine: Routine, options: Options, left: Left | None = None) -> Conductor:
        parts = Parts(desk.clock, phrases, NoVoice(), NullOutput(), lambda _tone: b"", desk.awake, 150)
        if desk.keeper is not None:
            parts = replace(parts, keeping=desk.keeper, now=desk.keeper._now)
        desk.conductors.append(Conductor(routine, options, parts, left=left))
        return desk.conductors[-1]

    def options_for(routine: Routine) -> Options:
        remembered = desk.store.remembered(routine.id)
        return Options(hold_ms=remembered.hold_ms, rest_ms=remembered.rest_ms, rounds=remembered.rounds)

    def try_tone(tone: Tone) -> None:
        desk.tried.append(tone)

    return WindowParts(
        library=lambda: desk.library,
        own_library=lambda: desk.library,
        store=desk.store,
        options_for=options_for,
        compile=compiled,
        rehearse=lambda _routine, _options: None,
        make_conductor=conductor,
        voices=lambda: (Voice("one", "One", "en-us"), Voice("zwei", "Zwei", "de")),
        try_voice=desk.tried.append,
        try_tone=try_tone,
        open_on=open_on,
    )


class Paints(QObject):
    """Counts what is painted of a widget and all within it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.areas: dict[str, list[QRect]] = {}
        for each in (widget, *widget.findChildren(QWidget)):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.setdefault(type(watched).__name__, []).append(event.region().boundingRect())
        return False


@pytest.fixture
def paints() -> type[Paints]:
    return Paints


HOSTILE = {
    "long": "Stretch " * 600,
    "one word": "Donaudampfschiff" * 320,
    "html": "<img src=x onerror=alert(1)><b>bold</b> &amp; <h1>big</h1>",
    "right to left": "תרגיל מתיחה לשרירים האחוריים",
    "emoji": "🧘‍♀️ Calm 🔥🔥🔥 стретчинг 伸展",
    "lines": "one\ntwo\u2028three\ttab\u202egnirts",
}


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hostile_library(hostile: str) -> Library:
    """A library whose only routine has a hostile text wherever a file can have one."""
    known = Library.built_in()
    steps = tuple(Step(hostile, hostile) for _ in range(3))
    exercise = Exercise(
        "x", hostile, steps, Hold(30_000), sided=True, side_noun=hostile[:60], muscles=(hostile,),
        equipment=(hostile,), key_cue=hostile, easier=hostile, summary=hostile,
    )  # fmt: skip
    item = Item(exercise, exercise.work, (Side.RIGHT, Side.LEFT), sets=2)
    routine = Routine("hostile", hostile, (Circuit((item,), 2),), hostile)
    problem = Problem(hostile, hostile, hostile)
    return Library(known.names, (), {"x": exercise}, {"hostile": routine}, (problem,))


@pytest.fixture
def own_pace() -> Routine:
    """A routine whose reps wait for the person."""
    tempo = Tempo(1_000, 0, 1_000)
    steps = (Step("Stand up.", "Stand up."),)
    exercise = Exercise("lift", "Lift", steps, Reps(5, tempo, self_paced=True), key_cue="Slowly.")
    return Routine("own", "Own pace", (Circuit((Item(exercise, exercise.work),), 2),))
