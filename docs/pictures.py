"""Makes pictures of every page, at three sizes and in both themes, with no display needed.

    python docs/pictures.py [--out FOLDER] [--only NAME…] [--chosen]

Everything in them is real but the clock, the voice and the loudspeaker. ``--chosen`` makes the few that the
README shows.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pictures_of_history as past
from pictures_of_files import export, export_calendar, import_found, import_start
from pictures_of_own import (
    editor,
    editor_adding,
    editor_circuit,
    editor_fields,
    exercise_form,
    keeping_in,
)
from pictures_of_welcome import WELCOME, QuietGreeter
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from chain_timer.cli.composition import Unspoken
from chain_timer.conductor import Conductor, Parts
from chain_timer.drawing.theme import MOTION_MS
from chain_timer.routine.exercise import Reps
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Routine
from chain_timer.session.clock import NANOSECONDS_A_MS
from chain_timer.session.events import State
from chain_timer.session.journal import Left
from chain_timer.sound.null_output import NullOutput
from chain_timer.speech.voices import Voice
from chain_timer.system.settings_store import SettingsStore
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.segment import Kind
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import MINUTE_MS, SECOND_MS
from chain_timer.window.app import ready_application
from chain_timer.window.bridge import Bridge
from chain_timer.window.frame import Frame
from chain_timer.window.look import Look
from chain_timer.window.parts import WindowParts
from chain_timer.window.stills import Stills

SIZES = ((480, 640), (1280, 800), (2560, 1440))
THEMES = ("dark", "light")
CHOSEN = (
    ("player-hold", "dark"),
    ("library", "light"),
    ("setup", "light"),
    ("editor", "dark"),
    ("history", "dark"),
)
HERE = Path(__file__).parent
STEP_MS = 500
MOTION_STEPS = 8
WAITS = 200


class StillClock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self._ns = 1_000_000_000

    def now_ns(self) -> int:
        return self._ns

    def slept_ms(self) -> int:
        return 0

    def advance(self, ms: int) -> None:
        self._ns += ms * NANOSECONDS_A_MS


class Awake:
    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass
class Scene:
    """A window with all that is behind it."""

    application: QApplication
    frame: Frame
    bridge: Bridge
    clock: StillClock
    library: Library
    conductors: list[Conductor]
    look: Look
    folder: Path
    """For what is thrown away with the window."""

    def settle(self) -> None:
        for _ in range(4):
            self.application.processEvents()

    def advance(self, ms: int) -> None:
        session = self.bridge.session
        while ms > 0 and session is not None:
            step_ms = min(ms, STEP_MS)
            self.clock.advance(step_ms)
            session.beat()
            ms -= step_ms

    def open(self, routine: Routine) -> None:
        self.bridge.begin()
        self.bridge.open_routine(routine)
        self.settle()

    def start(self, routine: Routine) -> None:
        self.open(routine)
        page = self.frame.stack.currentWidget()
        page.start_requested.emit()
        self.settle()

    def go_to(self, kind: Kind, passed_ms: int, *, work: int = 1) -> None:
        """Let time pass until the given piece of work of a kind has run for a while."""
        timeline = self.conductors[-1].timeline
        places = [index for index, segment in enumerate(timeline.segments) if segment.kind is kind]
        target_ms = timeline.start_of(places[work - 1]) + passed_ms
        self.conductors[-1].seek(target_ms)
        self.advance(50)
        self.settle()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "pictures")
    parser.add_argument("--only", nargs="*", default=None, metavar="NAME", choices=list(PICTURES))
    parser.add_argument("--chosen", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for name in given.only or PICTURES:
        for theme in THEMES:
            for size in SIZES:
                if not given.chosen:
                    take(name, theme, size).save(str(given.out / file_name(name, theme, size)), "PNG", 10)
                elif (name, theme) in CHOSEN and size == SIZES[1]:
                    small(take(name, theme, size)).save(
                        str(given.out / file_name(name, theme, size)), "PNG", 10
                    )
    return 0


def file_name(name: str, theme: str, size: tuple[int, int]) -> str:
    return f"{name}-{size[0]}x{size[1]}-{theme}.png"


def small(image: QImage) -> QImage:
    """Give a picture with few colors, which is a quarter of the file and looks the same."""
    return image.convertToFormat(QImage.Format.Format_RGB888)


def take(name: str, theme: str, size: tuple[int, int]) -> QImage:
    with scene(theme, size) as set_up:
        PICTURES[name](set_up)
        for _ in range(MOTION_STEPS):
            set_up.settle()
            set_up.frame.thread().msleep(MOTION_MS // MOTION_STEPS)
        wait_for_stills(set_up)
        image = QImage(set_up.frame.size(), QImage.Format.Format_RGB32)
        set_up.frame.render(image, QPoint(0, 0))
        return image


def wait_for_stills(made: Scene) -> None:
    """Let the small figures be drawn."""
    for _ in range(WAITS):
        made.settle()
        found = made.bridge.findChildren(Stills)
        if found and not any(stills.busy for stills in found):
            return
        made.frame.thread().msleep(5)
    raise AssertionError("the small figures are not drawn after many turns of the loop")


@contextmanager
def scene(theme: str, size: tuple[int, int]) -> Iterator[Scene]:
    application = ready_application()
    library, clock = Library.built_in(), StillClock()
    conductors: list[Conductor] = []
    with tempfile.TemporaryDirectory() as folder:
        store = SettingsStore(Path(folder))
        store.change(theme=theme)
        look = Look(application, theme)
        frame = Frame()
        parts = replace(
            window_parts(library, store, clock, conductors), keeping=lambda: keeping_in(Path(folder))
        )
        made = Scene(application, frame, None, clock, library, conductors, look, Path(folder))  # type: ignore[arg-type]
        with closing(past.keeper_of(made)) as keeper:
            made.bridge = bridge = Bridge(frame, look, past.with_history(made, parts, keeper))
            frame.resize(*size)
            frame.show()
            bridge.open_library()
            made.settle()
            yield made
            bridge.close()
        frame.close()
        frame.deleteLater()
        look.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        store.close()


def window_parts(
    library: Library, store: SettingsStore, clock: StillClock, conductors: list[Conductor]
) -> WindowParts:
    phrases, lengths, greeter = load_phrases(), estimated_lengths(), QuietGreeter()

    def compiled(routine: Routine, options: Options) -> Timeline:
        return compile_routine(routine, options, phrases, lengths)

    def conductor(routine: Routine, options: Options, left: Left | None = None) -> Conductor:
        parts = Parts(clock, phrases, Unspoken(), NullOutput(), lambda _tone: b"", Awake(), 150)
        conductors.append(Conductor(routine, options, parts, left=left))
        return conductors[-1]

    return WindowParts(
        library=lambda: library,
        own_library=lambda: library,
        store=store,
        options_for=lambda routine: Options(coaching=routine.coaching or Options().coaching),
        compile=compiled,
        rehearse=lambda _routine, _options: None,
        make_conductor=conductor,
        voices=lambda: (Voice("gmw/en-us", "English (America)", "en-us"),),
        try_voice=lambda _words: None,
        try_tone=lambda _tone: None,
        welcome=lambda: greeter,
    )


def library_page(made: Scene) -> None:
    made.bridge.begin()
    made.settle()


def setup(made: Scene) -> None:
    made.open(made.library.routine("posterior-chain-stretch"))


def setup_fitted(made: Scene) -> None:
    made.open(made.library.routine("posterior-chain-strength"))
    page = made.frame.stack.currentWidget()
    page.fit_requested.emit(20 * MINUTE_MS)
    for _ in range(200):
        made.settle()
        if page.choices.fitted.text():
            break
        page.thread().msleep(10)


def prepare(made: Scene) -> None:
    made.start(made.library.routine("posterior-chain-stretch"))
    made.advance(4 * SECOND_MS)


def instruct(made: Scene) -> None:
    made.start(made.library.routine("posterior-chain-stretch"))
    made.go_to(Kind.INSTRUCT, 100, work=2)
    made.advance(9 * SECOND_MS)


def hold(made: Scene) -> None:
    made.start(made.library.routine("posterior-chain-stretch"))
    made.go_to(Kind.HOLD, 8 * SECOND_MS, work=3)


def reps(made: Scene) -> None:
    made.start(made.library.routine("posterior-chain-strength"))
    made.go_to(Kind.REPS, 13 * SECOND_MS, work=2)


def own_pace(made: Scene) -> None:
    made.start(at_own_pace(made.library.routine("posterior-chain-strength")))
    made.go_to(Kind.REPS, 0, work=4)
    made.advance(3 * SECOND_MS)


def rest(made: Scene) -> None:
    made.start(made.library.routine("posterior-chain-strength"))
    made.go_to(Kind.REST, 12 * SECOND_MS, work=4)


def paused(made: Scene) -> None:
    hold(made)
    page = made.bridge.player
    if page is not None:
        page.toggle_requested.emit()


def asked(made: Scene) -> None:
    hold(made)
    page = made.bridge.player
    if page is not None:
        page.leave_requested.emit()
        page.show_notice(
            "The voice cannot be heard: no sound device was found. The session goes on in silence."
        )


def finish(made: Scene) -> None:
    made.start(made.library.routine("posterior-chain-stretch"))
    made.go_to(Kind.FINISH, SECOND_MS)
    made.advance(20 * SECOND_MS)
    if made.conductors[-1].player.state is not State.FINISHED:
        raise AssertionError("the session should be over")


def exercises(made: Scene) -> None:
    made.bridge.begin()
    made.frame.page_requested.emit("exercises")
    page = made.frame.stack.currentWidget()
    page.list.choose("romanian-deadlift")
    page.list.opened.emit()
    page.detail.movement.go_to_step(6)


def settings(made: Scene) -> None:
    made.bridge.begin()
    made.frame.page_requested.emit("settings")
    for _ in range(20):
        made.settle()


def at_own_pace(routine: Routine) -> Routine:
    """Give a routine whose reps wait for the person."""

    def changed(circuit: Circuit) -> Circuit:
        items = tuple(
            replace(item, work=replace(item.work, self_paced=True)) if isinstance(item.work, Reps) else item
            for item in circuit.items
        )
        return replace(circuit, items=items)

    return replace(routine, circuits=tuple(changed(circuit) for circuit in routine.circuits))


PICTURES: dict[str, Callable[[Scene], object]] = {
    **WELCOME,
    "library": library_page,
    "setup": setup,
    "setup-fitted": setup_fitted,
    "player-prepare": prepare,
    "player-instruct": instruct,
    "player-hold": hold,
    "player-reps": reps,
    "player-own-pace": own_pace,
    "player-rest": rest,
    "player-paused": paused,
    "player-asked": asked,
    "player-finish": finish,
    "exercises": exercises,
    "settings": settings,
    "resume": past.resume,
    "setup-suggested": past.suggested,
    "history": past.history,
    "history-empty": past.history_empty,
    "history-muscles": past.history_muscles,
    "history-progress": past.history_progress,
    "history-session": past.history_session,
    "editor": editor,
    "editor-fields": editor_fields,
    "editor-circuit": editor_circuit,
    "editor-adding": editor_adding,
    "exercise-form": exercise_form,
    "import": import_start,
    "import-found": import_found,
    "export": export,
    "export-calendar": export_calendar,
}

if __name__ == "__main__":
    sys.exit(main())
