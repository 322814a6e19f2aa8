"""The scenes of the welcome: before a sound, while it is asked, with help, and in its second half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_timer.window.welcome_page import WelcomePage
from chain_timer.window.welcome_parts import NOTE, Begun, Ended, Heard, Line, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from pictures import Scene

WAITS = 400
NO_DEVICE = (
    "No sound output was found, so this goes on without sound. Plug in headphones or speakers, "
    "or look at the sound settings of your computer."
)
NO_VOICE = (
    "phrases are shown and not spoken: this computer has no voice (no espeak-ng); "
    "install one, for example with: apt-get install espeak-ng"
)


class QuietGreeter:
    """Tells what would be heard, as far as the second word of the count."""

    trouble = Trouble()

    def load(self) -> None: ...

    def prepare(self) -> None: ...

    def greet(self, begun: Begun, _ended: Ended) -> None:
        spoken = ("This is how I sound.", "Three.", "Two.", "One.", NOTE)
        begun(Heard(tuple(Line(words, at, 10) for at, words in enumerate(spoken)), 0, self.trouble))

    def say(self, _words: str, _begun: Begun, _ended: Ended) -> None: ...

    def hush(self) -> None: ...


def welcome(made: Scene) -> WelcomePage:
    made.bridge.begin()
    made.bridge.settings.welcome_requested.emit()
    page = made.frame.stack.currentWidget()
    if not isinstance(page, WelcomePage):
        raise TypeError("the welcome should be shown")
    wait_until(made, lambda: page.figure is not None)
    return page


def welcome_asked(made: Scene) -> WelcomePage:
    page = welcome(made)
    page.listening.play.click()
    wait_until(made, lambda: page.listening.caption.text().endswith(f"One. {NOTE}"))
    return page


def welcome_unheard(made: Scene) -> None:
    welcome_asked(made).listening.no.click()


def welcome_silent(made: Scene) -> None:
    QuietGreeter.trouble = Trouble(NO_VOICE, NO_DEVICE)
    page = welcome(made)
    page.listening.play.click()
    QuietGreeter.trouble = Trouble()
    wait_until(made, lambda: not page.listening.caption.running)


def welcome_choices(made: Scene) -> None:
    page = welcome_asked(made)
    page.listening.yes.click()
    wait_until(made, lambda: page.choosing is not None and page.choosing.voice.voices.count() > 1)


def wait_until(made: Scene, is_so: Callable[[], bool]) -> None:
    for _ in range(WAITS):
        made.settle()
        if is_so():
            return
        made.frame.thread().msleep(5)
    raise AssertionError("the welcome does not come that far")


WELCOME: dict[str, Callable[[Scene], object]] = {
    "welcome": welcome,
    "welcome-asked": welcome_asked,
    "welcome-unheard": welcome_unheard,
    "welcome-silent": welcome_silent,
    "welcome-choices": welcome_choices,
}
