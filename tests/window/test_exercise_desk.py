"""Own exercises and their pictures: written whole, never over what somebody else changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chain_timer.routine.drafts import Drafts
from chain_timer.routine.exercise_reader import exercise_in
from chain_timer.routine.library import Library
from chain_timer.routine.own_files import OwnFiles
from chain_timer.routine.table import Place, Report, Table
from chain_timer.window.exercise_desk import ExerciseDesk
from chain_timer.window.exercise_form import ExerciseForm
from chain_timer.window.in_order import InOrder
from chain_timer.window.keeping import Keeping
from chain_timer.window.look import Look

MINE = '# mine\nname = "Plank"  # long\nsteps = ["Lie down."]\nhold = "40s"\n'


@dataclass
class Desk:
    qtbot: QtBot
    desk: ExerciseDesk
    disk: InOrder
    folder: Path
    library: Library

    @property
    def form(self) -> ExerciseForm:
        return self.desk.page

    @property
    def notice(self) -> str:
        return self.form.notice.text.text() if self.form.notice.isVisible() else ""

    def settle(self) -> None:
        for _ in range(3):
            told: list[None] = []
            self.disk.do(lambda: None, told.append)
            self.qtbot.waitUntil(lambda told=told: bool(told))  # type: ignore[misc]
            QApplication.processEvents()

    def save(self) -> None:
        self.form.save.click()
        self.settle()

    def answer(self, words: str) -> None:
        next(button for button in self.form.notice.buttons if button.text() == words).click()
        self.settle()

    def file(self, name: str, text: str = MINE) -> Path:
        self.folder.mkdir(exist_ok=True)
        path = self.folder / name
        path.write_text(text)
        return path

    def open(self, path: Path) -> None:
        self.desk.open_own(path)
        self.settle()

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def desk(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Desk]:
    window, library = QWidget(), Library.built_in()
    disk = InOrder(window)
    folder = tmp_path / "exercises"
    keeping = Keeping(OwnFiles(tmp_path / "routines"), OwnFiles(folder), Drafts(tmp_path / "drafts"), Path)
    made = ExerciseDesk(window, keeping=keeping, library=lambda: library, disk=disk)
    look.dress(made.page)
    window.resize(1280, 800)
    window.show()
    yield Desk(qtbot, made, disk, folder, library)
    disk.close()
    window.close()
    window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#3FCBB6"))
    path = tmp_path / "my photo.png"
    image.save(str(path))
    return path


def test_every_exercise_that_ships_comes_through_the_form_as_it_is(desk: Desk) -> None:
    for exercise in desk.library.exercises:
        desk.form.show_exercise(exercise)
        assert _read(desk) == exercise


def test_a_file_keeps_its_comments(desk: Desk) -> None:
    path = desk.file("plank.toml")
    desk.open(path)
    desk.form.hold.changed.emit(50_000)
    desk.form.hold.show_length(50_000)
    desk.save()
    assert path.read_text() == MINE.replace("40s", "50s")


def test_a_picture_is_copied_beside_the_exercise_and_named_like_it(desk: Desk, photo: Path) -> None:
    desk.desk.open_new("Plank")
    desk.desk._take_picture_of(str(photo))
    desk.settle()
    assert desk.form.picture.view.isVisible()
    desk.save()
    assert desk.names() == ["plank.png", "plank.toml"]
    assert 'picture = "plank.png"' in (desk.folder / "plank.toml").read_text()
    desk.open(desk.folder / "plank.toml")
    assert desk.form.picture.view.isVisible()
    desk.form.picture.remove.click()
    desk.save()
    assert "picture" not in (desk.folder / "plank.toml").read_text()


def test_a_picture_can_be_dropped(desk: Desk, photo: Path) -> None:
    desk.desk.open_new("Plank")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.form.picture.dropEvent(event)
    desk.settle()
    assert desk.form.picture.view.isVisible()


@pytest.mark.parametrize("data", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_what_is_no_picture_is_refused_in_words(desk: Desk, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(data)
    desk.desk.open_new("Plank")
    desk.desk._take_picture_of(str(path))
    desk.settle()
    assert desk.notice
    assert not desk.form.picture.view.isVisible()


def test_a_picture_that_is_gone_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.desk.open_new("Plank")
    desk.desk._take_picture_of(str(tmp_path / "none.png"))
    desk.settle()
    assert "no such file" in desk.notice


def test_what_another_program_changed_is_asked_about(desk: Desk) -> None:
    path = desk.file("plank.toml")
    desk.open(path)
    desk.form.summary.setText("Mine.")
    path.write_text(MINE.replace("Plank", "Theirs"))
    desk.save()
    assert "changed" in desk.notice
    assert "Theirs" in path.read_text()
    desk.answer("Take theirs")
    assert desk.form.name.text() == "Theirs"
    desk.form.summary.setText("Mine.")
    path.write_text(MINE)
    desk.save()
    desk.answer("Keep mine")
    assert "Mine." in path.read_text()
    assert (desk.folder / "plank.toml.bak").read_text() == MINE


def test_a_file_that_went_away_is_written_anew(desk: Desk) -> None:
    path = desk.file("plank.toml")
    desk.open(path)
    desk.form.summary.setText("Mine.")
    path.unlink()
    desk.save()
    desk.settle()
    assert "Mine." in path.read_text()


def test_a_full_disk_is_told_and_nothing_of_it_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    desk.desk.open_new("Plank")
    with monkeypatch.context() as patch:
        patch.setattr("chain_timer.routine.own_files.file_made_whole", full)
        desk.save()
    assert "no space left" in desk.notice
    assert not desk.folder.exists() or desk.names() == []
    desk.answer("Try again")
    assert desk.names() == ["plank.toml"]


def test_saving_twice_at_once_makes_one_file(desk: Desk) -> None:
    desk.desk.open_new("Plank")
    desk.form.save.click()
    desk.form.save.click()
    desk.settle()
    assert desk.names() == ["plank.toml"]


def test_what_was_still_being_saved_is_not_taken_for_the_next_one(desk: Desk) -> None:
    desk.desk.open_new("Plank")
    desk.form.save.click()
    desk.desk.open_new("Bridge")
    desk.settle()
    assert desk.form.name.text() == "Bridge"
    desk.save()
    assert desk.names() == ["bridge.toml", "plank.toml"]


def test_a_file_with_problems_is_not_opened(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.desk.refused) as told:
        desk.desk.open_own(desk.file("plank.toml", "name = 3"))
    assert "3 is not text" in told.args[0]


def _read(desk: Desk) -> object:
    name = desk.form.name.text().lower().replace(" ", "-").replace(",", "")
    return exercise_in(Table(desk.form.values, Place(Report())), name, desk.library.names)
