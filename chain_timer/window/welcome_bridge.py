"""Between the welcome, what it is heard with, the voices of this computer, and the settings."""

from __future__ import annotations

# ruff: noqa: PLC0415 - the first half is on the screen before the second one and the figure are loaded
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.problems import ChainTimerError, plain
from chain_timer.window.first_paint import after_first_paint
from chain_timer.window.welcome_listen import Stand
from chain_timer.window.welcome_page import WelcomePage
from chain_timer.window.welcome_parts import Heard, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_timer.routine.routine import Routine
    from chain_timer.speech.voices import Voice
    from chain_timer.system.settings import Settings
    from chain_timer.window.background import Background
    from chain_timer.window.frame import Frame
    from chain_timer.window.look import Look
    from chain_timer.window.parts import WindowParts
    from chain_timer.window.ways import Ways
    from chain_timer.window.welcome_choices import Choosing
    from chain_timer.window.welcome_parts import Begun, Ended, Greeter

    Found = tuple[tuple[Voice, ...], str]
    """The voices of this computer, and why there are none."""


class WelcomeBridge(QObject):
    """Lives until another page is shown."""

    begin_requested = Signal(object)
    """The person begins with this routine."""
    library_requested = Signal()
    _begun = Signal(int, object)
    _ended = Signal(int, object)

    def __init__(
        self,
        frame: Frame,
        look: Look,
        parts: WindowParts,
        background: Background,
        welcome: Callable[[], Greeter],
    ) -> None:
        super().__init__(frame)
        self.page = WelcomePage(frame)
        self._frame = frame
        self._look = look
        self._parts = parts
        self._store = parts.store
        self._welcome = welcome
        self._background = background
        self._closed = False
        self._loaded = False
        self._plays = 0
        """Counts them: what is told of one that is not the newest has nothing to say any more."""
        self._trouble = Trouble()
        self._choosing: Choosing | None = None
        self._found: Found | None = None
        # The greeter speaks from a thread of its own; a signal brings it here.
        self._begun.connect(self._take_begun)
        self._ended.connect(self._take_ended)
        self._forget_settings = self._store.on_change(self._hear_settings)
        look.dress(self.page)
        frame.show_page(self.page)
        self._connect()

    def begin(self) -> None:
        """Load what the page does without at first; it has been seen by then. That it was seen is kept."""
        if self._closed:
            return
        # What was made meanwhile may have taken the keys.
        self.page.setFocus()
        self._store.keep_file()
        self._background.run(partial(self._load, self._greeter), lambda _none: self._take_loaded())

    def _look_who_is_shown(self) -> None:
        if self._frame.stack.currentWidget() is not self.page:
            self._close()

    def _close(self) -> None:
        """Give back what is held: the page is left. A second time does nothing."""
        if not self._closed:
            self._closed = True
            self._frame.stack.currentChanged.disconnect(self._look_who_is_shown)
            self._forget_settings()
            if "_greeter" in self.__dict__:
                self._greeter.hush()
            self.page.deleteLater()
            self.deleteLater()

    def _connect(self) -> None:
        page, listening = self.page, self.page.listening
        listening.play_requested.connect(self._greet)
        listening.heard.connect(lambda: self._choose(heard=True))
        listening.silence_accepted.connect(lambda: self._choose(heard=False))
        listening.unheard.connect(self._help)
        listening.change_requested.connect(self._change)
        listening.unmute_requested.connect(self._unmute)
        page.skip_requested.connect(self.library_requested)
        self._frame.stack.currentChanged.connect(self._look_who_is_shown)

    # --- what is loaded aside ------------------------------------------------------------------------

    @cached_property
    def _greeter(self) -> Greeter:
        return self._welcome()

    def _load(self, greeter: Greeter) -> None:
        greeter.load()
        import chain_timer.window.welcome_choices
        import chain_timer.window.welcome_figure  # noqa: F401 - both to have them loaded

    def _take_loaded(self) -> None:
        if self._closed:
            return
        self._loaded = True
        self._greeter.prepare()
        self._show_figure()
        if self.page.listening.stand is Stand.WAITING:
            self._greet()
        self._background.run(self._find_voices, self._take_voices)

    @cached_property
    def _routine(self) -> Routine:
        """The routine that the welcome ends on."""
        from chain_timer.routine.library import DEFAULT_ROUTINE

        return self._parts.library().routine(DEFAULT_ROUTINE)

    def _show_figure(self) -> None:
        """Show the last exercise of the routine."""
        from chain_timer.figure.figures import Figures
        from chain_timer.figure.showing import showing
        from chain_timer.routine.exercise import Side
        from chain_timer.window.welcome_figure import WelcomeFigure

        exercise = self._routine.circuits[-1].items[-1].exercise
        side = Side.RIGHT if exercise.sided else None
        figure = WelcomeFigure(showing(exercise, side, Figures.built_in()), self.page)
        self._look.dress(figure)
        self.page.show_figure(figure)

    def _find_voices(self) -> Found:
        try:
            return self._parts.voices(), ""
        except ChainTimerError as error:
            return (), str(error)

    def _take_voices(self, found: Found) -> None:
        self._found = found
        if not self._closed:
            self._show_voices()

    # --- listening -----------------------------------------------------------------------------------

    def _greet(self) -> None:
        self.page.listening.wait()
        if self._loaded:
            self._plays += 1
            self._greeter.greet(*self._told(self._plays))

    def _told(self, number: int) -> tuple[Begun, Ended]:
        """Give what is called back from the greeter's thread."""
        return partial(self._pass_begun, number), partial(self._pass_ended, number)

    def _pass_begun(self, number: int, heard: Heard) -> None:
        if not self._closed:
            self._begun.emit(number, heard)

    def _pass_ended(self, number: int, trouble: Trouble) -> None:
        if not self._closed:
            self._ended.emit(number, trouble)

    def _take_begun(self, number: int, heard: Heard) -> None:
        if number != self._plays:
            return
        self._trouble = heard.trouble
        if self._choosing is None:
            self.page.listening.show_heard(heard)
        self._take_trouble()

    def _take_ended(self, number: int, trouble: Trouble) -> None:
        if number == self._plays:
            self._trouble = trouble
            self._take_trouble()

    def _take_trouble(self) -> None:
        """Help at once where it is known that nothing is heard; after that, tell it quietly."""
        if self._choosing is not None:
            self._choosing.show_note(_sentence(self._trouble.sound or self._trouble.voice))
        elif (self._trouble or self._store.settings.muted) and self.page.listening.stand is Stand.ASKING:
            self._help()

    def _help(self) -> None:
        from chain_timer.window.welcome_checks import checks_of

        settings = self._store.settings
        checks = checks_of(replace(self._trouble, voice=_sentence(self._trouble.voice)), muted=settings.muted)
        tones = self._trouble.leaves_tones and not settings.muted
        self.page.listening.show_help(checks, settings, tones=tones)

    def _unmute(self) -> None:
        self._store.change(muted=False)
        self._greet()

    # --- choosing ------------------------------------------------------------------------------------

    def _choose(self, *, heard: bool) -> None:
        from chain_timer.window.welcome_choices import Choosing

        self._plays += 1
        self._greeter.hush()
        self._choosing = choosing = Choosing(self.page)
        choosing.change_requested.connect(self._change)
        choosing.voice_try_requested.connect(self._try_voice)
        choosing.begin_requested.connect(lambda: self.begin_requested.emit(self._routine))
        choosing.library_requested.connect(self.library_requested)
        choosing.show_routine(self._routine.name)
        choosing.show_examples(self._examples())
        self._show_level()
        self._show_voices()
        self._look.dress(choosing)
        tones = heard or (self._trouble.leaves_tones and not self._store.settings.muted)
        self.page.show_choosing(choosing, voice=heard, tones=tones)

    def _show_voices(self) -> None:
        from chain_timer.speech.voices import choose_voice, default_language
        from chain_timer.window.welcome_choices import by_region

        choosing = self._choosing
        if choosing is None:
            return
        if self._found is None:
            choosing.show_note(self.tr("Looking for voices …"))
        else:
            voices, problem = self._found
            choosing.show_voices(by_region(voices), choose_voice(voices, "", default_language()))
            choosing.show_note(_sentence(problem))
        choosing.show_voice(self._store.settings.voice)

    def _show_level(self) -> None:
        if self._choosing is not None:
            self._choosing.show_level(self._store.settings.coaching)

    def _examples(self) -> dict[str, str]:
        """Give what would be said of the first exercise at each level."""
        from chain_timer.routine.routine import Coaching
        from chain_timer.window.welcome_examples import example_of

        routine, parts = self._routine, self._parts
        options = parts.options_for(routine)
        return {
            level.value: example_of(parts.compile(routine, replace(options, coaching=level)))
            for level in Coaching
        }

    def _try_voice(self) -> None:
        """Say what a session begins with."""
        name = self._routine.circuits[0].items[0].exercise.name
        self._plays += 1
        self._greeter.say(self.tr("Next: {name}.").format(name=name), *self._told(self._plays))

    def _change(self, key: str, value: object) -> None:
        self._store.change(**{key: plain_value(value)})
        if key == "voice":
            self._try_voice()

    def _hear_settings(self, settings: Settings, changed: frozenset[str]) -> None:
        self.page.listening.show_settings(settings)
        if "coaching" in changed:
            self._show_level()
        if "voice" in changed and self._choosing is not None:
            self._choosing.show_voice(settings.voice)


def show_welcome(
    frame: Frame,
    look: Look,
    parts: WindowParts,
    *,
    background: Background,
    ways: Ways,
    seen: Callable[[], None],
) -> None:
    """Show the welcome, and go where it leads; it ends by itself then. Without parts for it, there is none.

    ``seen`` is called when a person has it before them, or at once where there is none.
    """
    if parts.welcome is None:
        seen()
        return
    welcome = WelcomeBridge(frame, look, parts, background, parts.welcome)
    welcome.begin_requested.connect(ways.open_routine)
    welcome.library_requested.connect(ways.show_library)

    def go_on() -> None:
        seen()
        welcome.begin()

    after_first_paint(welcome.page, go_on)


def plain_value(value: object) -> bool | int | str:
    """Give a value that a signal has carried. Raises TypeError for what no setting takes."""
    if isinstance(value, bool | int | str):
        return value
    raise TypeError(f"{type(value).__name__} is no value of a setting")


def _sentence(text: str) -> str:
    """Begin it with a capital, and end it with a stop."""
    text = plain(text, 400).strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!')) else '.'}" if text else ""
