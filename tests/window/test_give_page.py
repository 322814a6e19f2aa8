"""A routine becomes a file of a chosen kind: whole or not at all, with what it could not hold told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import BinaryIO

import pytest
from helpers.fitting import cut_off
from helpers.outgoing import given_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chain_timer.exchange import calendar_entry
from chain_timer.exchange.formats import CALENDAR_WISHES, OUT_FORMATS, OutFormat
from chain_timer.exchange.giving import Given
from chain_timer.exchange.parcel import Progress
from chain_timer.problems import ChainTimerError, Problem
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Routine
from chain_timer.window.give_bridge import GiveBridge
from chain_timer.window.give_options import CalendarOptions, PaperOptions
from chain_timer.window.give_page import GivePage
from chain_timer.window.look import Look
from chain_timer.window.underway import Underway

KEY = Qt.Key
LIBRARY = Library.built_in()
STRETCH = LIBRARY.routine("posterior-chain-stretch")
SIZES = ((480, 360), (480, 640), (800, 600), (1280, 800), (2560, 1440), (3840, 2160))
TODAY = "2026-01-05"

Writer = Callable[[Given, BinaryIO, Progress], tuple[Problem, ...]]


def plainly(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    progress(0, 1)
    file.write(given.routine.name.encode())
    progress(1, 1)
    return ()


@dataclass
class Desk:
    qtbot: QtBot
    bridge: GiveBridge
    folder: Path
    writer: Writer = plainly
    path: Path | None = None
    suggested: list[tuple[Path, str]] = field(default_factory=list)
    wishes: list[dict[str, str]] = field(default_factory=list)
    left: list[None] = field(default_factory=list)
    shown: list[Path] = field(default_factory=list)
    closed: list[Given] = field(default_factory=list)

    @property
    def page(self) -> GivePage:
        return self.bridge.page

    @property
    def notice(self) -> str:
        return self.page.notice.text.text() if self.page.notice.isVisible() else ""

    @property
    def calendar(self) -> CalendarOptions:
        options = self.page.options["ics"]
        assert isinstance(options, CalendarOptions)
        return options

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()

    def settle_work(self) -> None:
        for _ in range(2):
            told: list[None] = []
            self.bridge._work.do(lambda: None, told.append)
            self.qtbot.waitUntil(lambda told=told: bool(told))  # type: ignore[misc]
            self.settle()

    def save(self, path: Path | None = None) -> None:
        self.path = path or self.folder / "mine.txt"
        self.page.save_requested.emit()
        self.settle_work()

    def answer(self, words: str) -> None:
        next(button for button in self.page.notice.buttons if button.text() == words).click()
        self.settle_work()

    def key(self, key: Qt.Key) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key)
        self.settle()

    def files(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in sorted(self.folder.iterdir())}


@pytest.fixture
def desk(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Desk]:
    host, made = QWidget(), list[Desk]()

    def given(routine: Routine, wishes: Mapping[str, str]) -> Given:
        made[0].wishes.append(dict(wishes))
        return given_of(routine, **{f"{name}_": wish for name, wish in wishes.items()})

    def write(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
        return made[0].writer(given, file, progress)

    formats = (
        OutFormat("text", "Text", ".txt", "The routine in words, to paste into a message.", write),
        OutFormat(
            "ics",
            "calendar entry",
            ".ics",
            "comes again on days you choose",
            calendar_entry.write,
            wishes=CALENDAR_WISHES,
        ),
        OutFormat("pdf", "Sheet to print", ".pdf", "On paper, with figures.", write, wishes=("paper",)),
    )
    closed = list[Given]()
    bridge = GiveBridge(host, given_of=given, formats=formats, today=lambda: TODAY, done_with=closed.append)
    desk = Desk(qtbot, bridge, tmp_path, closed=closed)
    made.append(desk)

    def ask(suggested: Path, kinds: str) -> Path | None:
        desk.suggested.append((suggested, kinds))
        return desk.path

    bridge.ask_path = ask  # type: ignore[method-assign]
    bridge.place.show_folder = desk.shown.append  # type: ignore[method-assign]
    bridge.left.connect(lambda: desk.left.append(None))
    host.resize(1280, 800)
    bridge.page.resize(1280, 800)
    look.dress(bridge.page)
    host.show()
    bridge.page.show()
    qtbot.waitActive(host)
    host.activateWindow()
    bridge.open_routine(STRETCH)
    desk.settle()
    yield desk
    bridge.close()
    host.close()
    host.deleteLater()
    QApplication.processEvents()


# --- choosing ------------------------------------------------------------------------------------------


def test_arrow_keys_choose_the_kind_of_file(desk: Desk) -> None:
    assert desk.page.title.text == "Export Posterior chain stretch"
    assert desk.page.file_name.text == "posterior-chain-stretch.txt"
    desk.key(KEY.Key_Down)
    assert desk.page.rows.choice == "ics"
    assert desk.page.name.text() == "Calendar entry"
    assert desk.page.file_name.text == "posterior-chain-stretch.ics"
    assert desk.calendar.isVisible()
    desk.key(KEY.Key_Up)
    assert desk.page.about.text() == "The routine in words, to paste into a message."
    assert not desk.calendar.isVisible()


def test_a_screen_reader_hears_a_choice_with_what_it_is_good_for(desk: Desk) -> None:
    spoken = QAccessible.queryAccessibleInterface(desk.page.rows.buttons["text"])
    assert spoken.role() is QAccessible.Role.RadioButton
    assert spoken.text(QAccessible.Text.Name) == "Text"
    assert spoken.text(QAccessible.Text.Description).startswith("The routine in words")


def test_what_was_chosen_last_is_chosen_for_the_next_routine(desk: Desk) -> None:
    desk.page.rows.choose("pdf")
    desk.bridge.leave()
    desk.bridge.open_routine(LIBRARY.routine("desk-break"))
    assert desk.page.rows.choice == "pdf"
    assert desk.page.file_name.text == "desk-break.pdf"
    assert desk.page.rows.buttons["pdf"].hasFocus()


# --- saving --------------------------------------------------------------------------------------------


def test_enter_saves_where_a_person_says(desk: Desk) -> None:
    desk.path = desk.folder / "mine.txt"
    desk.key(KEY.Key_Return)
    desk.settle_work()
    assert desk.files() == {"mine.txt": "Posterior chain stretch"}
    assert desk.notice == f"mine.txt is saved in {desk.folder}."
    ((suggested, kinds),) = desk.suggested
    assert (suggested.name, kinds) == ("posterior-chain-stretch.txt", "Text (*.txt)")
    desk.answer("Show in folder")
    assert desk.shown == [desk.folder]


def test_the_next_one_is_saved_in_the_same_folder(desk: Desk) -> None:
    desk.save()
    desk.save()
    assert desk.suggested[1][0].parent == desk.folder


def test_who_thinks_better_of_it_is_where_they_were(desk: Desk) -> None:
    desk.path = None
    desk.page.save.click()
    desk.settle_work()
    assert (desk.files(), desk.notice) == ({}, "")
    assert desk.page.save.isEnabled()


def test_a_name_from_a_file_is_made_safe_for_a_disk(desk: Desk, hostile: str) -> None:
    desk.bridge.open_routine(Routine("x", hostile, STRETCH.circuits))
    desk.path = None
    desk.page.save.click()
    name = desk.suggested[-1][0].name
    assert name.endswith(".txt")
    assert not set(name) & set('<>:"/\\|?*\n\t')
    assert cut_off(desk.page) == []


def test_what_the_file_could_not_hold_is_listed(desk: Desk) -> None:
    def losing(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
        plainly(given, file, progress)
        return Problem("circuit 2", "its rounds", "written out"), Problem(
            "exercise 3", "a <b>tempo</b>\u202e"
        )

    desk.writer = losing
    desk.save()
    assert desk.notice.endswith("Not all of the routine fits into it, as told below.")
    assert desk.page.losses_title.text() == "2 things it could not hold"
    assert desk.page.losses.toPlainText().splitlines() == [
        "circuit 2: its rounds; written out",
        "exercise 3: a <b>tempo</b>",
    ]
    desk.writer = plainly
    desk.save()
    assert not desk.page.losses.isVisible()


def test_a_name_without_its_ending_gets_it(desk: Desk) -> None:
    desk.save(desk.folder / "mine")
    assert list(desk.files()) == ["mine.txt"]


def test_a_file_that_the_dialog_did_not_ask_about_is_asked_about(desk: Desk) -> None:
    (desk.folder / "mine.txt").write_text("old")
    desk.save(desk.folder / "mine")
    assert desk.files() == {"mine.txt": "old"}
    assert desk.notice == '"mine.txt" is there already.'
    desk.answer("Replace it")
    assert desk.files() == {"mine.txt": "Posterior chain stretch"}


# --- what goes wrong -----------------------------------------------------------------------------------


def failing(error: Exception) -> Writer:
    def write(_given: Given, file: BinaryIO, _progress: Progress) -> tuple[Problem, ...]:
        file.write(b"half of it")
        raise error

    return write


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "free some space"),
        (PermissionError(13, "Permission denied"), "check the permissions"),
        (ChainTimerError("Nobody can speak: the voice did not answer"), "Nobody can speak"),
    ],
)
def test_what_went_wrong_is_told_and_can_be_tried_again(desk: Desk, error: Exception, words: str) -> None:
    (desk.folder / "mine.txt").write_text("old")
    desk.writer = failing(error)
    desk.save()
    assert words in desk.notice
    assert desk.files() == {"mine.txt": "old"}
    assert len(desk.closed) == 1
    desk.writer = plainly
    desk.answer("Try again")
    assert desk.files() == {"mine.txt": "Posterior chain stretch"}


def test_a_folder_that_is_gone_is_not_made_anew(desk: Desk) -> None:
    desk.save(desk.folder / "stick" / "mine.txt")
    assert "There is no folder" in desk.notice
    assert desk.files() == {}
    (desk.folder / "stick").mkdir()
    desk.answer("Try again")
    assert (desk.folder / "stick" / "mine.txt").exists()


def test_trying_again_makes_the_same_kind_of_file(desk: Desk) -> None:
    desk.writer = failing(OSError(28, "No space left on device"))
    desk.save()
    desk.writer = plainly
    desk.page.rows.choose("ics")
    desk.answer("Try again")
    assert desk.files() == {"mine.txt": "Posterior chain stretch"}


def test_a_mistake_of_ours_is_told_and_saves_nothing(desk: Desk) -> None:
    desk.writer = failing(KeyError("oops"))
    desk.path = desk.folder / "mine.txt"
    desk.page.save_requested.emit()
    desk.qtbot.waitUntil(lambda: "mistake of this program" in desk.notice)
    assert desk.files() == {}
    assert desk.page.save.isEnabled()


# --- having enough of it -------------------------------------------------------------------------------


def held(desk: Desk) -> Event:
    """Have the writing wait in its middle, until it may go on to the next step it tells."""
    began, go_on = Event(), Event()

    def write(_given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
        progress(1, 4)
        file.write(b"half of it")
        began.set()
        assert go_on.wait(5)
        return ()

    (desk.folder / "mine.txt").write_text("old")
    desk.writer = write
    desk.path = desk.folder / "mine.txt"
    desk.page.save_requested.emit()
    assert began.wait(5)
    return go_on


def test_a_long_one_shows_how_far_it_is_and_is_canceled(desk: Desk) -> None:
    go_on = held(desk)
    desk.qtbot.waitUntil(desk.page.progress.isVisible)
    assert desk.page.progress.words.text == "Making mine.txt…"
    assert not desk.page.save.isVisible()
    desk.key(KEY.Key_Space)
    go_on.set()
    desk.settle_work()
    assert desk.files() == {"mine.txt": "old"}
    assert desk.notice == "Canceled: nothing was saved."
    assert len(desk.closed) == 1
    assert desk.page.save.hasFocus()


def test_leaving_cancels_it_and_says_nothing_more(desk: Desk) -> None:
    go_on = held(desk)
    desk.qtbot.keyClick(desk.page, KEY.Key_Escape)
    assert desk.left == [None]
    go_on.set()
    desk.settle_work()
    assert desk.files() == {"mine.txt": "old"}
    assert desk.notice == ""


def test_closing_the_window_waits_until_nothing_half_is_left(desk: Desk) -> None:
    go_on = held(desk)
    go_on.set()
    desk.bridge._turn.drop()
    desk.bridge._work.close()
    assert desk.files() == {"mine.txt": "old"}
    desk.bridge._work._done.connect(desk.bridge._work._deliver)  # for the fixture to close once more


def test_nothing_is_written_twice_at_once(desk: Desk) -> None:
    go_on = held(desk)
    desk.page.save_requested.emit()
    assert not desk.page.save.isEnabled()
    go_on.set()
    desk.settle_work()
    assert len(desk.suggested) == 1


# --- what formats want to be told ----------------------------------------------------------------------


def test_the_calendar_is_told_when(desk: Desk) -> None:
    desk.page.rows.choose("ics")
    calendar = desk.calendar
    assert calendar.told.text() == "The first time is Monday, January 5, 2026, at 07:30."
    calendar.days.chip("sa").click()
    calendar.days.chip("mo").click()
    calendar.time.clear()
    desk.qtbot.keyClicks(calendar.time, "19:15")
    calendar.ends.chosen.emit("ends")
    calendar.alarm.chosen.emit("0")
    assert calendar.told.text() == "The first time is Wednesday, January 7, 2026, at 19:15."
    desk.save(desk.folder / "mine.ics")
    assert desk.wishes == [
        {"days": "we,fr,sa", "time": "19:15", "from": TODAY, "alarm": "0", "until": "2026-03-30"}
    ]
    text = (desk.folder / "mine.ics").read_bytes().decode()
    assert "DTSTART:20260107T191500" in text
    assert "VALARM" not in text


def test_a_time_that_cannot_be_is_told_and_nothing_is_saved(desk: Desk) -> None:
    desk.page.rows.choose("ics")
    calendar = desk.calendar
    calendar.time.clear()
    desk.qtbot.keyClicks(calendar.time, "25:00")
    assert calendar.refusal.text() == 'Time: "25:00" cannot be; write a time like 07:30'
    assert calendar.time.property("wrong")
    assert not desk.page.save.isEnabled()
    desk.page.rows.choose("text")
    assert desk.page.save.isEnabled()


def test_some_day_has_to_be_chosen(desk: Desk) -> None:
    desk.page.rows.choose("ics")
    for day in ("mo", "we", "fr"):
        desk.calendar.days.chip(day).click()
    assert desk.calendar.refusal.text().startswith("Days: it is missing")
    assert not desk.page.save.isEnabled()


def test_the_sheet_is_told_its_paper(desk: Desk) -> None:
    desk.page.rows.choose("pdf")
    paper = desk.page.options["pdf"]
    assert isinstance(paper, PaperOptions)
    paper.paper.chosen.emit("letter")
    desk.save(desk.folder / "mine.pdf")
    assert desk.wishes == [{"paper": "letter"}]


def test_where_it_is_narrow_the_fields_stand_beneath_what_is_chosen(desk: Desk) -> None:
    desk.page.rows.choose("ics")
    desk.page.resize(480, 640)
    desk.settle()
    rows = desk.page.rows
    assert desk.calendar.parentWidget() is rows
    assert rows.buttons["ics"].geometry().bottom() < desk.calendar.y() < rows.buttons["pdf"].y()
    desk.page.resize(1280, 800)
    desk.settle()
    assert desk.calendar.parentWidget() is not rows
    assert desk.calendar.isVisible()


def test_every_wish_of_a_format_that_there_is_can_be_made_and_nothing_has_to_be_scrolled(
    qtbot: QtBot, look: Look
) -> None:
    page = GivePage(OUT_FORMATS)
    qtbot.addWidget(page)
    look.dress(page)
    page.resize(1280, 800)
    page.begin("Evening", "evening", TODAY)
    page.show()
    never_asked = {"count"}  # who wants an end says until when
    for made in OUT_FORMATS:
        page.rows.choose(made.id)
        QApplication.processEvents()
        assert not page.area.verticalScrollBar().isVisible(), made.id
        if "days" in made.wishes:
            options = page.options[made.id]
            assert isinstance(options, CalendarOptions)
            options.ends.chosen.emit("ends")
        assert set(page.wishes_for(made.id)) == set(made.wishes) - never_asked


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_nothing_is_cut_off(desk: Desk, look: Look, size: tuple[int, int], theme: str) -> None:
    look.choose(theme)
    look.dress(desk.page)
    page = desk.page
    page.resize(*size)
    for chosen in ("text", "ics", "pdf"):
        page.rows.choose(chosen)
        desk.settle()
        assert cut_off(page) == [], chosen
    page.show_notice("mine.txt is saved in /home/somebody/Documents/Training. Not all of it fits, as told.")
    page.show_losses("2 things it could not hold", "a\nb")
    desk.settle()
    assert cut_off(page) == []
    page.show_working(Underway(), "Making posterior-chain-stretch-and-a-very-long-name.flac…")
    page.progress._appear()
    desk.settle()
    assert cut_off(page) == []
    assert (page.size().width(), page.size().height()) == size
