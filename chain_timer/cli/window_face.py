"""The window with everything it is put together from. Importing this needs Qt."""

from __future__ import annotations

# ruff: noqa: PLC0415 - what a session needs is imported when one begins, and not for the first paint
import logging
from contextlib import closing, suppress
from functools import cached_property, partial
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from chain_timer.system.memory import share_memory
from chain_timer.window.app import run
from chain_timer.window.parts import WindowParts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future, ThreadPoolExecutor
    from pathlib import Path

    from PySide6.QtCore import QTimer

    from chain_timer.cli.composition import Means
    from chain_timer.cli.home import Home
    from chain_timer.cli.trials import Trials
    from chain_timer.cli.welcome_sound import WelcomeSound
    from chain_timer.conductor import Conductor
    from chain_timer.exchange.restoring import Desk
    from chain_timer.problems import Problem
    from chain_timer.routine.exercise import Exercise
    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.session.clock import Moment
    from chain_timer.session.journal import Left
    from chain_timer.sound.speaker import Speaker
    from chain_timer.speech.voices import Voice
    from chain_timer.system.folders import Folders
    from chain_timer.timeline.options import Options
    from chain_timer.timeline.segment import Tone
    from chain_timer.timeline.timeline import Timeline
    from chain_timer.window.exchange_desk import Giving
    from chain_timer.window.history_parts import HistoryParts
    from chain_timer.window.keeping import Keeping
    from chain_timer.window.reminder_bridge import Reminding

_log = logging.getLogger(__name__)

_MOST_PHRASES = 300
_LONGEST_WAIT_S = 10.0
_LOOK_AGAIN_MS = 50
_STAND_BY_MS = 60_000


def run_window(
    home: Home,
    routine: Routine | None,
    bring_in: tuple[Path, ...] = (),
    *,
    hidden: bool = False,
    is_first: bool = False,
) -> int:
    """Open the window, or the tray alone, and give the exit code when the program ends.

    ``is_first`` has it begin with the welcome.
    """
    share_memory()
    with closing(home.store), home.kept(), closing(Behind(home)) as behind:
        return run(
            behind.parts(routine, bring_in, is_first=is_first), partial(_reminding, home), hidden=hidden
        )


class Behind:
    """What stands behind the window; none of it is made before it is used."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._rehearsal: Future[None] | None = None
        self._rehearsals = 0
        """Counts them: one that is not the newest has nothing to wish any more."""
        self._wishing = Lock()
        self._stands_by = False
        """Whether the sound was opened ahead, for nobody yet."""

    def parts(
        self, routine: Routine | None, bring_in: tuple[Path, ...] = (), *, is_first: bool = False
    ) -> WindowParts:
        """Put together what the window is given."""
        home = self._home
        return WindowParts(
            library=lambda: home.built_in,
            own_library=lambda: home.library,
            read_library=home.read_library,
            own_folders=(home.folders.routines, home.folders.exercises),
            store=home.store,
            options_for=self._options_for,
            compile=self._compile,
            rehearse=self._rehearse,
            picture_of=self._picture_of,
            keeping=lambda: _keeping(home.folders),
            giving=lambda: _giving(home),
            keeper=lambda: home.keeper,
            history=self._history,
            backups=lambda: _backups(home),
            now=_now,
            bring_in=bring_in,
            rest=self._rest,
            make_conductor=self._make_conductor,
            voices=_voices,
            try_voice=self._try_voice,
            try_tone=self._try_tone,
            open_on=routine,
            report=lambda: _report(home),
            welcome=lambda: self._welcome,
            is_first=is_first,
        )

    def close(self) -> None:
        """End the voice and the sound."""
        self._end_rehearsal()
        if "_ahead" in self.__dict__:
            self._ahead.shutdown(wait=False, cancel_futures=True)
        if "_trials" in self.__dict__:
            self._trials.close()
        if "_welcome" in self.__dict__:
            self._welcome.close()
        if "_means" in self.__dict__:
            self._means.close()

    @cached_property
    def _ahead(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, "ahead")

    @cached_property
    def _means(self) -> Means:
        from chain_timer.cli.composition import Means

        return Means(self._home)

    def _picture_of(self, exercise: Exercise) -> bytes | None:
        from chain_timer.cli.own_pictures import picture_bytes

        return picture_bytes(self._home.folders, exercise)

    def _options_for(self, routine: Routine) -> Options:
        from chain_timer.cli.choices import options_for

        return options_for(self._home, routine)

    def _compile(self, routine: Routine, options: Options) -> Timeline:
        from chain_timer.cli.choices import Plan, compile_plan

        return compile_plan(self._home, Plan(routine, options, self._home.settings.rate))

    def _make_conductor(self, routine: Routine, options: Options, left: Left | None = None) -> Conductor:
        from chain_timer.conductor import Conductor

        self._end_rehearsal()
        self._stands_by = False
        get_ready = self._home.settings.get_ready
        return Conductor(routine, options, self._means.parts(), get_ready=get_ready, left=left)

    def _history(self, library: Callable[[], Library]) -> HistoryParts:
        from chain_timer.window.history_parts import HistoryParts

        home, store = self._home, self._home.store
        return HistoryParts(
            open=home.open_history,
            now=_now,
            library=library,
            names=home.built_in.names,
            goal=lambda: store.settings.weekly_goal,
            set_goal=lambda goal: store.change(weekly_goal=goal),
            options_for=self._options_for,
            duration_ms=lambda routine, options: self._compile(routine, options).duration_ms,
        )

    def _rehearse(self, routine: Routine, options: Options) -> None:
        self._end_rehearsal()
        number, narrator = self._rehearsals, self._means.narrator

        def prepare() -> None:
            phrases = list(islice(self._compile(routine, options).phrases(), _MOST_PHRASES))
            with self._wishing:
                if number == self._rehearsals:
                    narrator.want(phrases)
            _load_sound()

        self._rehearsal = self._ahead.submit(prepare)
        self._open_sound_ahead()

    def _end_rehearsal(self) -> None:
        """Have a rehearsal wish for nothing any more, also one that is just running."""
        if self._rehearsal is not None:
            self._rehearsal.cancel()
            self._rehearsal = None
        if "_standby" in self.__dict__:
            # A timer that runs may not be left: the garbage collector might delete it on any thread, and Qt
            # would call it all the same.
            self._standby.stop()
        with self._wishing:
            self._rehearsals += 1

    @cached_property
    def _standby(self) -> QTimer:
        """Closes a sound that was opened ahead when nobody starts: it keeps the device awake."""
        from PySide6.QtCore import QTimer

        timer = QTimer(singleShot=True, interval=_STAND_BY_MS)
        timer.timeout.connect(self._rest)
        return timer

    def _open_sound_ahead(self) -> None:
        """Open the sound on the set-up page, so that Start is heard at once."""
        from PySide6.QtCore import QTimer

        if self._rehearsal is None:
            return
        if self._rehearsal.done():
            self._means.speaker.open()
            self._stands_by = True
            self._standby.start()
        else:
            QTimer.singleShot(_LOOK_AGAIN_MS, self._open_sound_ahead)

    def _rest(self) -> None:
        self._end_rehearsal()
        if self._stands_by:
            self._stands_by = False
            self._means.speaker.close()

    @cached_property
    def _trials(self) -> Trials:
        from chain_timer.cli.composition import make_speaker
        from chain_timer.cli.trials import Trials

        # A stream of their own: what is tried must not close the one of a session.
        return Trials(self._means.clock, make_speaker(self._means.clock))

    @cached_property
    def _welcome(self) -> WelcomeSound:
        from chain_timer.cli.welcome_sound import WelcomeSound

        home = self._home
        return WelcomeSound(lambda: self._means, lambda: home.settings, lambda: home.phrases, _new_speaker)

    def _try_voice(self, words: str) -> None:
        narrator = self._means.narrator

        def spoken() -> bytes | None:
            clip = narrator.wait_for(words, _LONGEST_WAIT_S)
            return clip.pcm if clip else None

        self._trials.say(spoken, self._home.settings.voice_volume)

    def _try_tone(self, kind: Tone) -> None:
        from chain_timer.sound.tones import tone_pcm

        settings = self._home.settings
        self._trials.sound(lambda: tone_pcm(kind, settings.tone_set), settings.tone_volume)


def _keeping(folders: Folders) -> Keeping:
    from chain_timer.cli.trash import to_trash
    from chain_timer.routine.drafts import Drafts
    from chain_timer.routine.own_files import OwnFiles
    from chain_timer.window.keeping import Keeping

    return Keeping(
        routines=OwnFiles(folders.routines),
        exercises=OwnFiles(folders.exercises),
        drafts=Drafts(folders.routines.parent / "drafts"),
        trash=to_trash,
    )


def _giving(home: Home) -> Giving:
    from functools import partial

    from chain_timer.cli.window_giving import done_with, given_of, today
    from chain_timer.window.exchange_desk import Giving

    return Giving(given_of=partial(given_of, home), done_with=done_with, today=today)


def _backups(home: Home) -> Desk:
    from chain_timer.cli.backup_desk import backup_desk

    def tell(problems: Sequence[Problem]) -> None:
        for problem in problems:
            _log.warning("%s", problem)

    return backup_desk(home.folders, tell)


def _report(home: Home) -> str:
    from chain_timer.cli.report import report

    return report(home)


def _now() -> Moment:
    from chain_timer.session.clock import now

    return now()


def _reminding(home: Home) -> Reminding:
    from chain_timer.cli.reminding import reminding_of

    return reminding_of(home)


def _new_speaker(means: Means) -> Speaker:
    from chain_timer.cli.composition import make_speaker

    return make_speaker(means.clock)


def _voices() -> tuple[Voice, ...]:
    from chain_timer.speech.client import VoiceWorker

    with closing(VoiceWorker()) as worker:
        return worker.voices()


def _load_sound() -> None:
    """Load while nobody waits what the first session would otherwise wait for."""
    with suppress(ImportError):  # told when a session begins
        import chain_timer.sound.output  # noqa: F401 - to have it loaded
