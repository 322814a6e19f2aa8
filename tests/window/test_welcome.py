"""The welcome: heard or helped, chosen or skipped, and begun with three keys."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from helpers.clipping import clipped
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from chain_timer.routine.library import DEFAULT_ROUTINE, Library
from chain_timer.routine.routine import Coaching
from chain_timer.speech.client import NoVoiceError
from chain_timer.speech.voices import Voice
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.window.setup_page import SetupPage
from chain_timer.window.welcome_caption import LINGER_MS
from chain_timer.window.welcome_choices import by_region
from chain_timer.window.welcome_examples import example_of
from chain_timer.window.welcome_listen import Stand
from chain_timer.window.welcome_page import WelcomePage
from chain_timer.window.welcome_parts import NOTE, Heard, Line, Trouble

LINES = (Line("This is how I sound.", 0, 20), Line("Three.", 30, 5), Line(NOTE, 40, 5))
WELL = Trouble()
NO_DEVICE = Trouble(sound="No sound output was found.")
NO_VOICE = Trouble(voice="this computer has no voice")
SIZES = ((480, 360), (480, 640), (1280, 800), (2560, 1440))


@dataclass
class FakeGreeter:
    """Begins to be heard when a test says so."""

    asked: list[str] = field(default_factory=list)

    def load(self) -> None:
        self.asked.append("load")

    def prepare(self) -> None:
        self.asked.append("prepare")

    def greet(self, begun: Any, ended: Any) -> None:
        self.asked.append("greet")
        self.begun, self.ended = begun, ended

    def say(self, words: str, begun: Any, ended: Any) -> None:
        self.asked.append(words)
        self.begun, self.ended = begun, ended

    def hush(self) -> None:
        self.asked.append("hush")


@dataclass
class Welcomed:
    """A window that shows the welcome, and what it is heard with."""

    desk: Any
    greeter: FakeGreeter
    page: WelcomePage

    @property
    def listening(self) -> Any:
        return self.page.listening

    @property
    def shown(self) -> QWidget:
        page = self.desk.frame.stack.currentWidget()
        assert isinstance(page, QWidget)
        return page

    @property
    def bridge(self) -> Any:
        from chain_timer.window.welcome_bridge import WelcomeBridge  # noqa: PLC0415 - not for who is not welcomed

        return self.desk.frame.findChild(WelcomeBridge)

    def press(self, key: Qt.Key = Qt.Key.Key_Return) -> None:
        self.desk.qtbot.keyClick(QApplication.focusWidget() or self.page, key)
        self.desk.settle()

    def begin(self, trouble: Trouble = WELL, in_ms: int = 0) -> None:
        """Let it be heard what was asked for."""
        self.greeter.begun(Heard(LINES, in_ms, trouble))
        self.desk.settle()

    def play(self, trouble: Trouble = WELL) -> None:
        self.listening.play.click()
        self.begin(trouble)

    def choose(self) -> Any:
        self.play()
        self.listening.yes.click()
        self.desk.settle()
        return self.page.choosing


Welcome = Callable[..., Welcomed]


@pytest.fixture
def welcome(make_desk: Any, monkeypatch: pytest.MonkeyPatch) -> Welcome:
    def make(
        size: tuple[int, int] = (1280, 800), *, theme: str = "dark", voices: Any = None, load: bool = True
    ) -> Welcomed:
        desk, greeter = make_desk(size, theme=theme), FakeGreeter()
        desk.store.change(motion="reduced")
        parts = replace(desk.bridge._parts, welcome=lambda: greeter, is_first=True)
        if voices is not None:
            parts = replace(parts, voices=voices)
        desk.bridge._parts = parts
        if not load:
            monkeypatch.setattr(desk.bridge._background, "run", lambda _work, _then: None)
        desk.frame.activateWindow()
        desk.bridge.begin()
        page = desk.frame.stack.currentWidget()
        assert isinstance(page, WelcomePage)
        if load:
            desk.qtbot.waitUntil(lambda: page.figure is not None)
            desk.qtbot.waitUntil(desk.frame.isActiveWindow)
            desk.settle()
        else:
            desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is page.listening.play)
        return Welcomed(desk, greeter, page)

    return make


# --- three keys ------------------------------------------------------------------------------------------


def test_who_hears_it_begins_after_three_times_enter(welcome: Welcome) -> None:
    made = welcome()
    made.press()
    made.begin()
    made.press()
    made.press()
    page = made.shown
    assert isinstance(page, SetupPage)
    assert page.name.text == "Posterior chain stretch"
    assert QApplication.focusWidget() is page.start


def test_space_does_as_well(welcome: Welcome) -> None:
    made = welcome()
    made.press(Qt.Key.Key_Space)
    made.begin()
    made.press(Qt.Key.Key_Space)
    made.press(Qt.Key.Key_Space)
    assert isinstance(made.shown, SetupPage)


def test_nothing_is_heard_before_play(welcome: Welcome) -> None:
    made = welcome()
    assert made.greeter.asked == ["load", "prepare"]


@pytest.mark.parametrize("stand", ["before", "amid", "after"])
def test_escape_leads_to_the_library_at_any_time(welcome: Welcome, stand: str) -> None:
    made = welcome()
    if stand != "before":
        made.play()
    if stand == "after":
        made.listening.yes.click()
        made.desk.settle()
    made.press(Qt.Key.Key_Escape)
    library = made.desk.frame.library
    assert made.shown is library
    assert made.desk.frame.navigation.isVisible()
    assert QApplication.focusWidget() is library.grid
    assert made.greeter.asked[-1] == "hush"


def test_skip_is_a_button_too(welcome: Welcome) -> None:
    made = welcome()
    made.page.skip.click()
    assert made.shown is made.desk.frame.library


def test_looking_around_leads_to_the_library(welcome: Welcome) -> None:
    made = welcome()
    made.choose().look.click()
    assert made.shown is made.desk.frame.library


def test_the_page_is_given_back_when_it_is_left(welcome: Welcome) -> None:
    made = welcome()
    made.page.skip.click()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert made.desk.frame.findChildren(WelcomePage) == []


def test_it_is_kept_that_it_was_seen(welcome: Welcome) -> None:
    store = welcome().desk.store
    assert store._wants_file
    store.close()
    assert store._settings_file.path.exists()


def test_the_library_is_ready_behind_it(welcome: Welcome) -> None:
    made = welcome()
    assert made.desk.frame.library.grid.model().rowCount() == 6
    assert QApplication.focusWidget() is made.listening.play


# --- what is heard ---------------------------------------------------------------------------------------


def test_it_is_shown_while_it_is_said_and_all_of_it_in_the_end(welcome: Welcome) -> None:
    made, seen = welcome(), list[str]()
    caption = made.listening.caption
    made.listening.play.click()
    made.begin(in_ms=60_000)
    while caption.running:
        seen.append(caption.text())
        caption._timer.stop()
        caption._timer.timeout.emit()
    assert seen == ["", "This is how I sound.", "Three.", NOTE]
    assert caption.text() == f"This is how I sound.\nThree. {NOTE}"


def test_each_line_is_shown_for_as_long_as_it_takes(welcome: Welcome) -> None:
    made, waits = welcome(), list[int]()
    caption = made.listening.caption
    made.listening.play.click()
    made.begin(in_ms=60_000)
    while caption.running:
        waits.append(caption._timer.interval())
        caption._timer.stop()
        caption._timer.timeout.emit()
    assert waits == [60_000, 30, 10, 5 + LINGER_MS]


def test_it_is_asked_as_soon_as_it_begins(welcome: Welcome) -> None:
    made = welcome()
    made.play()
    assert made.listening.stand is Stand.ASKING
    assert QApplication.focusWidget() is made.listening.yes


def test_a_voice_that_takes_a_moment_is_told_of_and_blocks_nothing(welcome: Welcome) -> None:
    made = welcome()
    made.listening.play.click()
    assert made.listening.line.text() == ""
    made.desk.qtbot.waitUntil(lambda: "waking up" in made.listening.line.text())
    made.press()
    assert made.page.choosing is not None


def test_play_before_all_is_loaded_is_played_as_soon_as_it_is(welcome: Welcome) -> None:
    made = welcome(load=False)
    made.listening.play.click()
    assert "greet" not in made.greeter.asked
    made.bridge._take_loaded()
    assert made.greeter.asked[-1] == "greet"


def test_what_was_left_says_nothing_any_more(welcome: Welcome) -> None:
    made = welcome()
    made.listening.play.click()
    late = made.greeter.begun
    made.listening.silent.click()
    late(Heard(LINES, 0, NO_DEVICE))
    made.desk.settle()
    assert made.page.choosing.note.text().startswith("All I say is English")


# --- who hears nothing -----------------------------------------------------------------------------------


def checks(made: Welcomed) -> list[tuple[str, bool]]:
    rows = [each for each in made.listening.checks.findChildren(QWidget) if hasattr(each, "_mark")]
    return [(row.text.text(), row._mark.value != "close") for row in rows if row.isVisible()]


def test_no_shows_what_was_looked_at_and_the_volumes(welcome: Welcome) -> None:
    made = welcome()
    made.play()
    made.listening.no.click()
    found = checks(made)
    assert [fine for _, fine in found] == [True] * 4
    assert "volume" in found[3][0]
    assert all(row.isVisible() for row in made.listening.checks.rows.values())
    assert QApplication.focusWidget() is made.listening.retry


def test_a_volume_that_is_changed_counts_the_next_time(welcome: Welcome) -> None:
    made = welcome()
    made.play()
    made.listening.no.click()
    made.listening.checks.rows["voice_volume"].slider.setValue(4)
    made.listening.retry.click()
    assert made.desk.store.settings.voice_volume == 20
    assert made.greeter.asked[-1] == "greet"


@pytest.mark.parametrize("trouble", [NO_DEVICE, NO_VOICE], ids=["no device", "no voice"])
def test_trouble_is_told_with_its_remedy_and_nobody_is_asked(welcome: Welcome, trouble: Trouble) -> None:
    made = welcome()
    made.play(trouble)
    assert made.listening.stand is Stand.HELPING
    wrong = [text for text, fine in checks(made) if not fine]
    assert [text.rstrip(".").casefold() for text in wrong] == [
        (trouble.sound or trouble.voice).rstrip(".").casefold()
    ]


@pytest.mark.parametrize(
    ("trouble", "button", "title"),
    [
        (NO_DEVICE, "Go on without sound", "In silence, then."),
        (NO_VOICE, "Go on without a voice", "With tones, then."),
    ],
    ids=["no device", "no voice"],
)
def test_trouble_stops_nobody_who_presses_enter(
    welcome: Welcome, trouble: Trouble, button: str, title: str
) -> None:
    made = welcome()
    made.press()
    made.begin(trouble)
    assert made.listening.silent.text() == button
    made.press()
    assert made.page.title.text() == title
    made.press()
    assert isinstance(made.shown, SetupPage)


def test_trouble_that_comes_up_meanwhile_is_told_too(welcome: Welcome) -> None:
    made = welcome()
    made.play()
    made.greeter.ended(NO_DEVICE)
    made.desk.settle()
    assert made.listening.stand is Stand.HELPING


def test_a_program_that_is_muted_says_so_and_one_press_ends_it(welcome: Welcome) -> None:
    made = welcome()
    made.desk.store.change(muted=True)
    made.play()
    assert checks(made)[0] == ("Chain Timer is muted.", False)
    made.press()
    assert not made.desk.store.settings.muted
    assert made.greeter.asked[-1] == "greet"


# --- what is chosen --------------------------------------------------------------------------------------

ENGLISH = (
    Voice("us", "English (America)", "en-us"),
    Voice("nyc", "New York City", "en-us-nyc"),
    Voice("sc", "Scotland", "en-gb-scotland"),
    Voice("sh", "Shavian", "en-shaw"),
    Voice("de", "Deutsch", "de"),
)


def test_english_voices_stand_under_the_regions_they_come_from() -> None:
    assert [(name, [voice.id for voice in voices]) for name, voices in by_region(ENGLISH)] == [
        ("United Kingdom", ["sc"]),
        ("United States", ["us", "nyc"]),
        ("Other English", ["sh"]),
    ]


def test_where_no_voice_is_english_all_are_offered() -> None:
    assert [name for name, _ in by_region(ENGLISH[-1:])] == ["German"]


def test_the_voice_that_would_speak_is_named(welcome: Welcome) -> None:
    choosing = welcome(voices=lambda: ENGLISH).choose()
    assert choosing.voice.voices.currentText() == "English (America), chosen for you"


def test_another_voice_is_heard_at_once_and_is_in_the_settings(welcome: Welcome) -> None:
    made = welcome(voices=lambda: ENGLISH)
    box = made.choose().voice.voices
    made.desk.qtbot.waitUntil(lambda: box.findData("sc") > 0)
    box.setCurrentIndex(box.findData("sc"))
    box.activated.emit(box.currentIndex())
    assert made.desk.store.settings.voice == "sc"
    assert made.greeter.asked[-1] == "Next: Seated figure-four stretch."


def test_a_voice_that_cannot_be_heard_is_told_below(welcome: Welcome) -> None:
    made = welcome()
    made.choose().voice.tried.emit()
    made.begin(NO_VOICE)
    assert made.page.choosing is not None
    assert made.page.choosing.note.text() == "This computer has no voice."


def test_voices_that_cannot_be_listed_are_told_of(welcome: Welcome) -> None:
    def none() -> Any:
        raise NoVoiceError("this computer has no voice; install one")

    made = welcome(voices=none)
    choosing = made.choose()
    made.desk.qtbot.waitUntil(lambda: "install one" in choosing.note.text())


def test_voices_that_are_looked_for_are_waited_for_in_words(welcome: Welcome) -> None:
    made = welcome(load=False)
    made.listening.play.click()
    made.listening.silent.click()
    assert made.page.choosing is not None
    assert made.page.choosing.note.text() == "Looking for voices …"


@pytest.mark.parametrize(
    ("level", "beginning", "end"),
    [
        (Coaching.FULL, "“Next: Seated figure-four stretch", "…”"),
        (Coaching.CUES, "“Next: Seated figure-four stretch", "lean forward from your hips. …”"),
        (Coaching.NAMES, "“Next: Seated figure-four stretch", "Thirty seconds.” Tones for everything else."),
        (Coaching.SILENT, "No words", "one to end."),
    ],
)
def test_the_example_of_a_level_is_what_a_session_says(level: Coaching, beginning: str, end: str) -> None:
    routine = Library.built_in().routine(DEFAULT_ROUTINE)
    timeline = compile_routine(routine, Options(coaching=level), load_phrases(), estimated_lengths())
    example = example_of(timeline)
    assert example.startswith(beginning)
    assert example.endswith(end)


def test_a_level_shows_its_example_and_is_in_the_settings(welcome: Welcome) -> None:
    made = welcome()
    choosing = made.choose()
    full = choosing.example.text()
    choosing.level._buttons["silent"].click()
    assert made.desk.store.settings.coaching == "silent"
    assert choosing.example.text() != full


def test_enter_on_a_level_begins_and_on_the_voices_opens_them(welcome: Welcome) -> None:
    made = welcome()
    choosing = made.choose()
    choosing.voice.voices.setFocus()
    made.press()
    assert choosing.voice.voices.view().isVisible()
    choosing.voice.voices.hidePopup()
    choosing.level._buttons["full"].setFocus()
    made.press()
    assert isinstance(made.shown, SetupPage)


# --- how it looks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_nothing_is_cut_at_any_stand(welcome: Welcome, size: tuple[int, int], theme: str) -> None:
    made = welcome(size, theme=theme, voices=lambda: ENGLISH)
    assert clipped(made.desk.frame) == []
    made.play(replace(NO_DEVICE, voice=NO_VOICE.voice + " and a long reason for that" * 3))
    assert clipped(made.desk.frame) == []
    made.listening.retry.click()
    made.begin()
    made.listening.no.click()
    made.desk.settle()
    assert clipped(made.desk.frame) == []
    made.listening.silent.click()
    made.desk.settle()
    assert clipped(made.desk.frame) == []
    assert made.desk.frame.size().toTuple() == size


@pytest.mark.parametrize("size", SIZES[1:], ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_has_to_be_scrolled(welcome: Welcome, size: tuple[int, int]) -> None:
    made = welcome(size)
    bar = made.page._area.verticalScrollBar()
    heights = [bar.maximum()]
    made.play()
    heights.append(bar.maximum())
    made.listening.no.click()
    made.desk.settle()
    heights.append(bar.maximum())
    made.listening.silent.click()
    made.desk.settle()
    assert [*heights, bar.maximum()] == [0, 0, 0, 0]


def test_everything_has_a_name_and_plain_text(welcome: Welcome) -> None:
    made = welcome(voices=lambda: ENGLISH)
    made.play()
    made.listening.no.click()
    made.listening.silent.click()
    labels, buttons = made.page.findChildren(QLabel), made.page.findChildren(QPushButton)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert all(button.text() or button.accessibleName() for button in buttons)
    assert made.page.figure is not None
    assert made.page.figure.accessibleName() == "A figure that does: Downward-facing dog"


def test_the_figure_stands_still_where_motion_is_not_wanted_and_moves_where_it_is(welcome: Welcome) -> None:
    made = welcome()
    figure = made.page.figure
    assert figure is not None
    assert not figure.playing
    made.desk.store.change(motion="full")
    figure.follow()
    assert figure.playing
    figure.hide()
    assert not figure.playing


# --- when it comes ---------------------------------------------------------------------------------------


def test_without_parts_for_it_there_is_none(desk: Any) -> None:
    desk.bridge.begin()
    assert desk.frame.stack.currentWidget() is desk.frame.library


def test_the_settings_show_it_again(desk: Any) -> None:
    desk.bridge._parts = replace(desk.bridge._parts, welcome=FakeGreeter)
    desk.bridge.settings._parts = desk.bridge._parts
    desk.bridge.begin()
    desk.frame.page_requested.emit("settings")
    desk.settle()
    desk.frame.stack.currentWidget().help.welcome.click()
    desk.settle()
    page = desk.frame.stack.currentWidget()
    assert isinstance(page, WelcomePage)
    page.skip.click()
    assert desk.frame.stack.currentWidget() is desk.frame.library


def test_settings_without_a_welcome_do_not_offer_one(desk: Any) -> None:
    desk.frame.page_requested.emit("settings")
    assert not desk.frame.stack.currentWidget().help.welcome.isVisible()


def test_a_window_that_shows_nothing_shows_the_first_page_it_is_given(desk: Any) -> None:
    desk.frame.show_nothing()
    assert not desk.frame.library.isVisible()
    desk.frame.show_page(desk.frame.library, "routines")
    assert desk.frame.library.isVisible()


def test_a_window_that_closes_amid_a_greeting_is_no_trouble(welcome: Welcome, tmp_path: Path) -> None:
    del tmp_path
    made = welcome()
    made.listening.play.click()
    made.desk.frame.close()
    made.desk.bridge.close()
    made.greeter.begun(Heard(LINES, 0, NO_DEVICE))
    made.desk.settle()
