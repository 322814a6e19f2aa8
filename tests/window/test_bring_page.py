"""Files of other programs come in: looked at first, chosen from, written as a whole or not at all."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from helpers.fitting import cut_off
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from chain_timer.exchange.formats import InFormat
from chain_timer.exchange.making import Maker
from chain_timer.exchange.parcel import CanceledError, Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.exchange.taking import Shelves, Taken
from chain_timer.problems import ChainTimerError
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.library import Library
from chain_timer.routine.own_files import OwnFiles
from chain_timer.routine.routine import Circuit
from chain_timer.window.background import Background
from chain_timer.window.bring_bridge import BringBridge
from chain_timer.window.bring_page import BringPage
from chain_timer.window.bring_reading import MOST_FILES, read_files
from chain_timer.window.in_order import InOrder
from chain_timer.window.look import Look
from chain_timer.window.underway import STEPS, Underway

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LIBRARY = Library.built_in()
PLANK_AND_TWIST = {"exercises": ["Plank", "Twist"], "routines": {"Evening": ["Plank", "Downward-facing dog"]}}
SIZES = ((480, 360), (480, 640), (800, 600), (1280, 800), (2560, 1440), (3840, 2160))


def recognizes(source: Source) -> bool:
    return isinstance(source.json, dict) and "exercises" in source.json


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Read exercises and routines by their names; one called Bad is a loss."""
    document: Any = source.checked_json()
    maker, made = Maker(source, known), dict[str, Exercise]()
    for number, name in enumerate(document["exercises"]):
        progress(number, len(document["exercises"]))
        if name == "Bad":
            maker.lost(f"exercise {number + 1}", "it is bad", "it was left out")
            continue
        picture = f"{name.lower()}.jpg" if document.get("pictures") else ""
        if picture:
            maker.picture(picture, source.name.encode())
        said = document.get("muscles", ["hamstrings"])
        made[name] = maker.exercise(
            Exercise("", name, (), Hold(40_000), muscles=tuple(said), picture=picture, license="CC0")
        )
    for name, used in document.get("routines", {}).items():
        items = tuple(maker.item(made.get(each) or maker.named(each, name)) for each in used)
        maker.routine(name, (Circuit(items),), name)
    return maker.parcel()


LINES = InFormat("lines", "Name List", recognizes, read)


class Slow:
    """A format whose reading goes on until it is canceled."""

    def __init__(self) -> None:
        self.began, self.canceled = Event(), Event()

    def recognizes(self, source: Source) -> bool:
        return source.data == b"slow"

    def read(self, _source: Source, _known: Known, progress: Progress) -> Parcel:
        try:
            while True:
                progress(1, 4)
                self.began.set()
        except CanceledError:
            self.canceled.set()
            raise


@dataclass
class Desk:
    qtbot: QtBot
    bridge: BringBridge
    disk: InOrder
    folder: Path
    slow: Slow
    told: list[tuple[str, object]] = field(default_factory=list)
    take_picture: Callable[[bytes], tuple[bytes, str]] = lambda data: (data, ".jpg")

    @property
    def page(self) -> BringPage:
        return self.bridge.page

    @property
    def notice(self) -> str:
        return self.page.notice.text.text() if self.page.notice.isVisible() else ""

    @property
    def view(self) -> QWidget:
        return self.page.stack.currentWidget()

    def file(self, document: object = PLANK_AND_TWIST, name: str = "list.json") -> Path:
        path = self.folder / name
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return path

    def open(self, *paths: Path) -> None:
        self.bridge.open_files(paths or (self.file(),))
        self.qtbot.waitUntil(lambda: not self.bridge._turn.is_busy)
        self.settle()

    def take(self) -> None:
        self.page.take_requested.emit()
        self.settle_disk()

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()

    def settle_disk(self) -> None:
        for _ in range(3):
            told: list[None] = []
            self.disk.do(lambda: None, told.append)
            self.qtbot.waitUntil(lambda told=told: bool(told))  # type: ignore[misc]
            self.settle()

    def answer(self, words: str) -> None:
        next(button for button in self.page.notice.buttons if button.text() == words).click()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key, modifiers)
        self.settle()

    def rows(self) -> list[str]:
        rows = self.page.preview.list.rows
        marks = {
            Qt.CheckState.Checked: "+",
            Qt.CheckState.PartiallyChecked: "~",
            Qt.CheckState.Unchecked: "-",
        }
        indexes = [rows.index(row) for row in range(rows.rowCount())]
        return [f"{marks[each.data(Qt.ItemDataRole.CheckStateRole)]} {each.data()}" for each in indexes]

    def names(self) -> list[str]:
        kept = self.folder / "own"
        return sorted(str(path.relative_to(kept)) for path in kept.rglob("*") if path.is_file())


@pytest.fixture
def desk(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Desk]:
    host, slow, own = QWidget(), Slow(), tmp_path / "own"
    disk, background = InOrder(host), Background(host)
    made: list[Desk] = []

    def shelves() -> Shelves:
        library = LIBRARY.with_own(own)
        known = Known(library.by_exercise_id, library.names)
        ids = tuple(library.by_routine_id)
        return Shelves(OwnFiles(own / "routines"), OwnFiles(own / "exercises"), known, ids)

    bridge = BringBridge(
        host,
        shelves=shelves,
        formats=(InFormat("slow", "Slow Ones", slow.recognizes, slow.read), LINES),
        take_picture=lambda data: made[0].take_picture(data),  # noqa: PLW0108 - a test may change it
        disk=disk,
        background=background,
    )
    desk = Desk(qtbot, bridge, disk, tmp_path, slow)
    made.append(desk)
    for name in ("taken", "taken_back", "show_requested"):
        getattr(bridge, name).connect(lambda what, name=name: desk.told.append((name, what)))
    bridge.left.connect(lambda: desk.told.append(("left", None)))
    host.resize(1280, 800)
    bridge.page.resize(1280, 800)
    look.dress(bridge.page)
    host.show()
    bridge.page.show()
    qtbot.waitActive(host)
    host.activateWindow()
    bridge.begin()
    yield desk
    bridge.close()
    background.close()
    disk.close()
    host.close()
    host.deleteLater()
    QApplication.processEvents()


# --- what was found ------------------------------------------------------------------------------------


def test_routines_come_first_and_everything_is_on(desk: Desk) -> None:
    desk.open()
    assert desk.rows() == ["+ Evening", "+ Plank", "+ Twist"]
    assert desk.page.take.text() == "Import 3"
    assert desk.page.summary.text == "2 exercises and 1 routine"
    assert desk.page.preview.found.text() == "Name List: 2 exercises and 1 routine (list.json)"


def test_a_row_tells_what_it_is_to_the_eye_and_to_a_screen_reader(desk: Desk) -> None:
    desk.open()
    rows = desk.page.preview.list.rows
    spoken = [rows.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken == [
        "Evening, Routine, 2 exercises · about 1 min",
        "Plank, Exercise, Hamstrings · 40s · CC0",
    ]
    assert rows.index(1).flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert rows.setData(rows.index(2), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert desk.rows()[2] == "- Twist"


def test_what_has_the_name_of_something_in_the_library_is_told(desk: Desk) -> None:
    desk.open(desk.file({"exercises": ["Pullup", "Twist"], "routines": {"Desk break": ["Twist"]}}))
    rows = desk.page.preview.list.rows
    spoken = [rows.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert [text.endswith("you have one of this name") for text in spoken] == [True, True, False]
    assert desk.page.preview.there.text().startswith("2 have names that you have already")


def test_a_file_that_cannot_be_used_costs_no_other(desk: Desk) -> None:
    broken = desk.file({"exercises": ["Bad"]}, "broken.json")
    odd = desk.file(b"\xff\xd8\xff\0", "photo.jpg")
    good = desk.file({"exercises": ["Twist", "Bad"]}, "good.json")
    also = desk.file({"exercises": ["Plank"]}, "also.json")
    desk.open(broken, desk.folder / "gone.json", odd, good, also)
    assert desk.rows() == ["+ Twist", "+ Plank"]
    assert desk.page.preview.losses.toPlainText().splitlines() == [
        "broken.json: exercise 1: it is bad; it was left out",
        "gone.json: there is no such file; check its name and folder",
        "photo.jpg: it is nothing we know",
        "good.json, exercise 2: it is bad; it was left out",
    ]
    assert desk.page.preview.losses_title.text() == "4 things could not be taken over"


def test_what_nobody_knows_is_told_with_what_can_be_brought_in(desk: Desk) -> None:
    desk.open(desk.file(b"\xff\xd8\xff\0", "photo.jpg"))
    assert desk.view is desk.page.start
    assert desk.notice == (
        "photo.jpg: nothing in it looks like a file we know. What can be brought in: Slow Ones, Name List."
    )


def test_a_file_that_was_brought_in_before_says_so(desk: Desk) -> None:
    again = desk.file({"exercises": ["Plank", "Twist"]})
    desk.open(again)
    desk.take()
    desk.open(again)
    assert desk.notice == "Name List: everything in it is yours already (list.json)"
    desk.open(again, desk.file({"exercises": ["Curl"]}, "curl.json"))
    assert desk.rows() == ["+ Curl"]


def test_more_files_than_can_be_at_once_are_told(desk: Desk) -> None:
    paths = [desk.folder / f"gone-{number}" for number in range(MOST_FILES + 3)]
    known = Known(LIBRARY.by_exercise_id, LIBRARY.names)
    found = read_files(paths, [LINES], known, (), Underway())
    assert len(found.failures) == MOST_FILES + 1
    assert found.failures[-1] == "3 more files were left out: 200 can be brought in at once"


def test_names_from_files_are_shown_as_they_are_written(desk: Desk, hostile: str) -> None:
    desk.open(desk.file({"exercises": [hostile, "Twist"]}))
    name = desk.page.preview.list.rows.index(0).data()
    assert name.isprintable()
    assert name[:1] == hostile[:1]
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText
        for label in desk.page.findChildren(QLabel)
    )  # fmt: skip


# --- choosing ------------------------------------------------------------------------------------------


def test_space_switches_what_is_selected_all_to_the_same(desk: Desk) -> None:
    desk.open(desk.file({"exercises": ["A", "B", "C"]}))
    desk.key(KEY.Key_Down)
    desk.key(KEY.Key_Space)
    assert desk.rows() == ["+ A", "- B", "+ C"]
    desk.key(KEY.Key_A, CTRL)
    desk.key(KEY.Key_Space)
    assert desk.rows() == ["+ A", "+ B", "+ C"]
    desk.key(KEY.Key_Space)
    assert desk.rows() == ["- A", "- B", "- C"]
    assert not desk.page.take.isEnabled()
    assert desk.page.summary.text == "Nothing is chosen"


def test_a_click_on_a_box_switches_its_row_or_all_that_are_selected_with_it(desk: Desk) -> None:
    desk.open(desk.file({"exercises": ["A", "B", "C"]}))
    view = desk.page.preview.list
    second = view.visualRect(view.rows.index(1)).center()

    def click() -> None:
        where = QPoint(22, second.y())
        desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)

    click()
    assert desk.rows() == ["+ A", "- B", "+ C"]
    desk.key(KEY.Key_A, CTRL)
    click()
    click()
    assert desk.rows() == ["- A", "- B", "- C"]
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert desk.rows() == ["- A", "- B", "- C"]
    assert view.selected == [1]


def test_all_and_none_are_about_what_the_search_leaves(desk: Desk) -> None:
    desk.open(desk.file({"exercises": ["Row", "Curl", "Seated row"]}))
    desk.page.preview.none.click()
    desk.qtbot.keyClicks(desk.page.preview.list, "row")
    desk.settle()
    assert desk.page.preview.search.text() == "row"
    assert desk.rows() == ["- Row", "- Seated row"]
    desk.page.preview.all.click()
    desk.key(KEY.Key_Escape)  # empties the search
    assert desk.rows() == ["+ Row", "- Curl", "+ Seated row"]
    assert desk.page.take.text() == "Import 2"


def test_a_search_that_finds_nothing_says_so(desk: Desk) -> None:
    desk.open()
    desk.page.preview.search.setText("zebra")
    assert desk.page.preview.nothing.isVisible()
    assert not desk.page.preview.all.isEnabled()
    assert desk.page.take.text() == "Import 3"


def test_what_a_chosen_routine_needs_comes_along(desk: Desk) -> None:
    desk.open()
    desk.page.preview.list.rows.switch([1, 2], on=False)
    assert desk.rows() == ["+ Evening", "~ Plank", "- Twist"]
    assert desk.page.take.text() == "Import 2"
    desk.take()
    assert desk.names() == ["exercises/plank.toml", "routines/evening.toml"]


def test_thousands_are_switched_at_once_and_told_once(desk: Desk) -> None:
    desk.open(desk.file({"exercises": [f"Exercise {number}" for number in range(5_000)]}))
    rows, told = desk.page.preview.list.rows, list[str]()
    rows.changed.connect(lambda: told.append("chosen"))
    rows.dataChanged.connect(lambda: told.append("painted"))
    desk.page.preview.list.selectAll()
    desk.key(KEY.Key_Space)
    assert told == ["painted", "chosen"]
    assert not desk.page.take.isEnabled()


# --- writing -------------------------------------------------------------------------------------------


def test_enter_writes_what_is_chosen_and_tells_how_much(desk: Desk) -> None:
    desk.open()
    desk.key(KEY.Key_Return)
    desk.settle_disk()
    assert desk.names() == ["exercises/plank.toml", "exercises/twist.toml", "routines/evening.toml"]
    assert desk.view is desk.page.done
    assert desk.page.done.words.text() == "2 exercises and 1 routine are yours now."
    assert [name for name, _ in desk.told] == ["taken"]
    library = LIBRARY.with_own(desk.folder / "own")
    assert [item.exercise.id for item in library.routine("evening").items] == ["plank", "downward-facing-dog"]
    assert library.problems == ()


def test_enter_in_the_search_goes_to_the_list_and_writes_nothing(desk: Desk) -> None:
    desk.open()
    desk.page.preview.search.setFocus()
    desk.key(KEY.Key_Return)
    desk.settle_disk()
    assert desk.names() == []
    assert desk.page.preview.list.hasFocus()


def test_undo_leaves_nothing_of_it_and_gives_the_choice_back(desk: Desk) -> None:
    desk.open()
    desk.page.preview.list.rows.switch([2], on=False)
    desk.take()
    desk.page.done.undo.click()
    desk.settle_disk()
    assert desk.names() == []
    assert [name for name, _ in desk.told] == ["taken", "taken_back"]
    assert desk.view is desk.page.preview
    assert desk.rows()[2] == "- Twist"
    assert desk.notice == "Taken back: nothing of it is left."


def test_show_them_hands_on_what_was_taken(desk: Desk) -> None:
    desk.open()
    desk.take()
    desk.page.done.show_them.click()
    name, taken = desk.told[-1]
    assert name == "show_requested"
    assert isinstance(taken, Taken)
    assert [path.stem for path in taken.routines] == ["evening"]
    assert desk.view is desk.page.start


def test_the_same_exercise_in_two_files_is_one(desk: Desk) -> None:
    second = {"exercises": ["Plank", "Curl"], "routines": {"Evening": ["Plank", "Curl"]}}
    desk.open(desk.file(), desk.file(second, "second.json"))
    assert desk.rows() == ["+ Evening", "+ Evening", "+ Plank", "+ Twist", "+ Curl"]
    desk.page.preview.list.rows.switch([0, 2, 3, 4], on=False)
    assert desk.rows() == ["- Evening", "+ Evening", "~ Plank", "- Twist", "~ Curl"]
    desk.take()
    library = LIBRARY.with_own(desk.folder / "own")
    assert [item.exercise.id for item in library.routine("evening-2").items] == ["plank", "curl"]


def test_pictures_of_the_same_name_in_two_files_stay_apart(desk: Desk) -> None:
    one = desk.file({"exercises": ["Plank"], "pictures": True}, "one.json")
    two = {"exercises": ["Plank"], "pictures": True, "muscles": ["calves"]}
    desk.open(one, desk.file(two, "two.json"))
    desk.take()
    kept = desk.folder / "own/exercises"
    assert (kept / "plank.jpg").read_bytes() == b"one.json"
    assert (kept / "plank-2.jpg").read_bytes() == b"two.json"


def test_pictures_that_cannot_be_used_are_listed(desk: Desk) -> None:
    def refuse(_data: bytes) -> tuple[bytes, str]:
        raise ChainTimerError("it is no picture")

    desk.take_picture = refuse
    desk.open(desk.file({"exercises": ["Plank", "Twist"], "pictures": True}))
    desk.take()
    assert desk.page.done.losses_title.text() == "2 pictures could not be used"
    assert desk.page.done.losses.toPlainText().splitlines()[0] == (
        "Plank: its picture cannot be used: it is no picture"
    )


def test_a_disk_that_refuses_keeps_nothing_and_can_be_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    desk.open()
    with monkeypatch.context() as patched:
        patched.setattr("chain_timer.routine.own_files._write_new", full)
        desk.take()
    assert "no space left" in desk.notice
    assert desk.view is desk.page.preview
    desk.answer("Try again")
    desk.settle_disk()
    assert len(desk.names()) == 3


# --- having enough of it -------------------------------------------------------------------------------


def test_long_reading_shows_how_far_it_is_and_is_canceled_at_once(desk: Desk) -> None:
    desk.bridge.open_files([desk.file(b"slow", "slow.bin")])
    desk.qtbot.waitUntil(desk.page.progress.isVisible)
    desk.qtbot.waitUntil(lambda: desk.page.progress.bar.value() == STEPS // 4)
    assert desk.page.progress.words.text == "Reading slow.bin…"
    assert desk.page.progress.cancel.hasFocus()
    desk.key(KEY.Key_Space)
    assert not desk.page.progress.isVisible()
    assert desk.slow.canceled.wait(5)
    assert desk.view is desk.page.start
    assert desk.page.start.choose.hasFocus()


def test_other_files_take_the_place_of_those_that_are_being_read(desk: Desk) -> None:
    desk.bridge.open_files([desk.file(b"slow", "slow.bin")])
    assert desk.slow.began.wait(5)
    desk.open(desk.file())
    assert desk.slow.canceled.wait(5)
    assert desk.rows()[0] == "+ Evening"


def test_while_other_files_are_read_enter_takes_nothing(desk: Desk) -> None:
    desk.open()
    desk.bridge.open_files([desk.file(b"slow", "slow.bin")])
    desk.page.preview.list.setFocus()
    desk.key(KEY.Key_Return)
    desk.settle_disk()
    assert desk.names() == []
    assert not desk.slow.canceled.is_set()


def held(desk: Desk) -> tuple[Event, Event]:
    """Have the first picture wait, and have two, so that somebody can have enough in between."""
    began, go_on = Event(), Event()

    def wait(data: bytes) -> tuple[bytes, str]:
        began.set()
        assert go_on.wait(5)
        return data, ".jpg"

    desk.take_picture = wait
    desk.open(desk.file({"exercises": ["Plank", "Twist"], "pictures": True}))
    desk.page.take_requested.emit()
    assert began.wait(5)
    return began, go_on


def test_long_writing_is_canceled_and_leaves_nothing(desk: Desk) -> None:
    _, go_on = held(desk)
    desk.qtbot.waitUntil(desk.page.progress.isVisible)
    desk.key(KEY.Key_Space)
    assert desk.page.progress.words.text == "Stopping…"
    go_on.set()
    desk.settle_disk()
    assert desk.names() == []
    assert desk.notice == "Canceled: nothing of it was kept."
    assert desk.view is desk.page.preview
    assert desk.page.preview.list.hasFocus()
    assert desk.told == []


def test_leaving_cancels_the_writing_and_leaves_nothing(desk: Desk) -> None:
    _, go_on = held(desk)
    desk.page.back.click()
    assert desk.told == [("left", None)]
    go_on.set()
    desk.settle_disk()
    assert desk.names() == []
    assert desk.told == [("left", None)]


def test_closing_the_window_while_it_writes_leaves_nothing(desk: Desk) -> None:
    _, go_on = held(desk)
    desk.bridge.close()
    go_on.set()
    desk.settle_disk()
    assert desk.names() == []


def test_what_is_done_just_as_it_is_canceled_is_taken_back(desk: Desk) -> None:
    desk.open()
    desk.page.take_requested.emit()
    desk.disk._thread.submit(lambda: None).result(5)  # type: ignore[union-attr]
    assert len(desk.names()) == 3  # written, and nobody was told yet
    desk.bridge.leave()
    desk.settle_disk()
    assert desk.names() == []
    assert desk.told == [("left", None)]


def test_a_mistake_of_ours_is_told_and_keeps_nothing(desk: Desk) -> None:
    def stumble(_data: bytes) -> tuple[bytes, str]:
        raise KeyError("oops")

    desk.take_picture = stumble
    desk.open(desk.file({"exercises": ["Plank"], "pictures": True}))
    desk.page.take_requested.emit()
    desk.qtbot.waitUntil(lambda: "mistake of this program" in desk.notice)
    assert desk.names() == []
    assert not desk.bridge._turn.is_busy


def test_escape_leaves_from_everywhere(desk: Desk) -> None:
    desk.key(KEY.Key_Escape)
    desk.open()
    desk.key(KEY.Key_Escape)
    desk.open()
    desk.take()
    desk.key(KEY.Key_Escape)
    assert [name for name, _ in desk.told] == ["left", "left", "taken", "left"]
    assert len(desk.names()) == 3


# --- the page ------------------------------------------------------------------------------------------


def test_files_are_chosen_by_keys_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.bridge, "ask_files", lambda: (desk.file(),))
    assert desk.page.start.choose.hasFocus()
    desk.key(KEY.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.view is desk.page.preview)


def test_files_that_are_dropped_are_read(desk: Desk) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(desk.file())), QUrl("https://example.org/list.json")])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.page.dropEvent(event)
    desk.qtbot.waitUntil(lambda: desk.view is desk.page.preview)
    assert event.isAccepted()
    assert desk.page.preview.found.text().endswith("(list.json)")


def test_where_it_is_narrow_the_details_stand_in_the_place_of_the_list(desk: Desk) -> None:
    desk.page.resize(480, 640)
    desk.open(desk.file({"exercises": ["Plank", "Bad"]}))
    assert not desk.page.preview.losses.isVisible()
    assert desk.page.preview.details.text() == "One thing could not be taken over …"
    desk.page.preview.details.click()
    assert desk.page.preview.losses.hasFocus()
    assert not desk.page.preview.list.isVisible()
    desk.key(KEY.Key_Escape)
    assert desk.page.preview.list.hasFocus()
    assert desk.told == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_nothing_is_cut_off(desk: Desk, look: Look, size: tuple[int, int], theme: str) -> None:
    look.choose(theme)
    look.dress(desk.page)
    page = desk.page
    page.resize(*size)
    desk.settle()
    assert (page.size().width(), page.size().height()) == size
    assert cut_off(page) == []
    desk.open(desk.file(b"odd", "odd.bin"))
    assert cut_off(page) == []
    desk.open(desk.file(), desk.file(b"odd", "odd.bin"), desk.file({"exercises": ["Pullup"]}, "b.json"))
    assert cut_off(page) == []
    page.preview._open()
    desk.settle()
    assert cut_off(page) == []
    page.show_working(Underway(), "Writing 5,000 exercises and 20 routines…")
    page.progress._appear()
    desk.settle()
    assert cut_off(page) == []
    page.end_working()
    page.show_done("5,000 exercises and 20 routines are yours now.", "2 pictures could not be used", "a\nb")
    desk.settle()
    assert cut_off(page) == []
    assert (page.size().width(), page.size().height()) == size


def test_how_far_it_is_never_leaves_its_bounds() -> None:
    underway = Underway()
    for done, whole, step in (
        (0, 0, 0),
        (1, 2, STEPS // 2),
        (9, 3, STEPS),
        (-1, 3, 0),
        (10**30, 10**30, STEPS),
    ):
        underway(done, whole)
        assert underway.step == step


def test_who_had_enough_is_told_at_the_next_step() -> None:
    underway = Underway()
    underway.cancel()
    with pytest.raises(CanceledError), underway.watched():
        underway(0, 1)
    assert not underway.is_broken


def test_only_mistakes_of_ours_count_as_broken() -> None:
    fine, broken = Underway(), Underway()
    with pytest.raises(ChainTimerError), fine.watched():
        raise ChainTimerError("the disk is full")
    with pytest.raises(KeyError), broken.watched():
        raise KeyError
    assert (fine.is_broken, broken.is_broken) == (False, True)
