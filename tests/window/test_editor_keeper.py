"""What is written in the editor and what is on disk: saved, kept as a draft, never written over unseen."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chain_timer.figure.figures import Figures
from chain_timer.routine.drafts import Draft, Drafts
from chain_timer.routine.editing import Place
from chain_timer.routine.exercise import Hold
from chain_timer.routine.library import Library
from chain_timer.routine.own_files import OwnFiles
from chain_timer.routine.routine import Routine
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.window.background import Background
from chain_timer.window.editor_bridge import Layout
from chain_timer.window.editor_desk import EditorDesk
from chain_timer.window.editor_page import EditorPage
from chain_timer.window.exercise_facts import facts_of
from chain_timer.window.in_order import InOrder
from chain_timer.window.keeping import Keeping
from chain_timer.window.look import Look
from chain_timer.window.stills import Stills

MINE = '# for the evening\nname = "Evening"  # calm\nexercises = ["downward-facing-dog"]\n'


@dataclass
class Desk:
    qtbot: QtBot
    desk: EditorDesk
    disk: InOrder
    keeping: Keeping
    library: Library

    @property
    def page(self) -> EditorPage:
        return self.desk.page

    @property
    def routine(self) -> Routine:
        return self.desk.editor.document.routine

    @property
    def notice(self) -> str:
        return self.page.notice.text.text() if self.page.notice.isVisible() else ""

    def settle(self) -> None:
        """Wait until everything that was asked of the disk is done and told."""
        for _ in range(3):
            told: list[None] = []
            self.disk.do(lambda: None, told.append)
            self.qtbot.waitUntil(lambda told=told: bool(told))  # type: ignore[misc]
            QApplication.processEvents()

    def add(self, name: str = "pullup") -> None:
        self.desk.editor.add_exercises([self.library.exercise(name)])

    def answer(self, words: str) -> None:
        next(button for button in self.page.notice.buttons if button.text() == words).click()
        self.settle()

    def file(self, name: str, text: str = MINE) -> Path:
        path = self.keeping.routines.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def files(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in sorted(self.keeping.routines.folder.iterdir())}

    def drafts(self) -> list[Draft]:
        return [draft for _, draft in self.keeping.drafts.all()[0]]

    def open(self, path: Path) -> None:
        self.desk.open_own(path)
        self.settle()

    def look(self) -> None:
        """Let the watcher's pause be over."""
        self.desk.keeper._look()
        self.settle()

    def draft_now(self) -> None:
        self.desk.keeper._keep_draft()
        self.settle()


@pytest.fixture
def make(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    made: list[tuple[QWidget, Background, InOrder]] = []
    library, phrases, lengths = Library.built_in(), load_phrases(), estimated_lengths()
    facts = facts_of(library)

    def trash(_path: Path) -> Path:
        raise OSError("no trash here")

    def make_one() -> Desk:
        keeping = Keeping(
            OwnFiles(tmp_path / "routines"),
            OwnFiles(tmp_path / "exercises"),
            Drafts(tmp_path / "drafts"),
            trash,
        )
        window = QWidget()
        background, disk = Background(window), InOrder(window)
        layout = Layout(
            lambda _routine: Options(),
            lambda routine, options: compile_routine(routine, options, phrases, lengths),
            background,
        )
        desk = EditorDesk(
            window,
            keeping=keeping,
            library=lambda: library,
            facts=lambda: facts,
            layout=layout,
            disk=disk,
            stills=Stills(Figures.built_in(), library.names, window),
        )
        look.dress(desk.page)
        window.resize(1280, 800)
        window.show()
        made.append((window, background, disk))
        return Desk(qtbot, desk, disk, keeping, library)

    yield make_one
    for window, background, disk in made:
        background.close()
        disk.close()
        window.close()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def desk(make: Callable[[], Desk]) -> Desk:
    return make()


def test_a_new_routine_is_saved_under_its_title_and_opened_again_it_is_equal(desk: Desk) -> None:
    desk.desk.open_new()
    desk.page.name_changed.emit("Evening: slow & long")
    desk.add("downward-facing-dog")
    desk.add("pullup")
    desk.page.chosen_changed.emit((Place(0, 0),))
    desk.page.work.hold.changed.emit(45_000)
    with desk.qtbot.waitSignal(desk.desk.saved) as saved:
        desk.page.save_requested.emit()
    desk.settle()
    written = desk.routine
    assert saved.args == [desk.keeping.routines.folder / "evening-slow-long.toml"]
    assert not desk.desk.editor.document.is_changed
    assert desk.page.state.text() == "Saved"
    desk.desk.open_new()
    desk.open(saved.args[0])
    assert desk.routine == written
    read = desk.library.read_routine(saved.args[0])
    assert replace(read, id="") == written


def test_saving_keeps_the_comments_of_the_file(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add("pullup")
    desk.page.save_requested.emit()
    desk.settle()
    text = desk.files()["evening.toml"]
    assert "# for the evening" in text
    assert "# calm" in text
    assert "pullup" in text


def test_two_routines_of_one_title_have_two_files(desk: Desk) -> None:
    for _ in range(2):
        desk.desk.open_new()
        desk.page.name_changed.emit("Evening")
        desk.add()
        desk.page.save_requested.emit()
        desk.settle()
    assert list(desk.files()) == ["evening-2.toml", "evening.toml"]


def test_a_copy_of_a_built_in_routine_leaves_that_alone(desk: Desk) -> None:
    desk.desk.open_copy(desk.library.routine("desk-break"))
    assert desk.page.name.text() == "My Desk break"
    assert desk.desk.editor.document.is_changed
    desk.page.save_requested.emit()
    desk.settle()
    assert list(desk.files()) == ["my-desk-break.toml"]


def test_without_a_name_or_an_exercise_nothing_is_saved_and_it_says_why(desk: Desk) -> None:
    desk.desk.open_new()
    desk.page.save_requested.emit()
    assert "Add an exercise" in desk.notice
    desk.add()
    desk.page.save_requested.emit()
    assert "name first" in desk.notice
    desk.settle()
    assert not desk.keeping.routines.folder.exists()


def test_what_another_program_changed_is_never_written_over_unasked(desk: Desk) -> None:
    path = desk.file("evening.toml")
    desk.open(path)
    desk.add("pullup")
    path.write_text(MINE.replace("Evening", "Theirs"))
    desk.page.save_requested.emit()
    desk.settle()
    assert "changed" in desk.notice
    assert "Theirs" in desk.files()["evening.toml"]
    desk.answer("Keep mine")
    files = desk.files()
    assert "pullup" in files["evening.toml"]
    assert "Theirs" in files["evening.toml.bak"]


def test_theirs_can_be_taken_and_mine_comes_back_by_undo(desk: Desk) -> None:
    path = desk.file("evening.toml")
    desk.open(path)
    desk.add("pullup")
    path.write_text(MINE.replace("Evening", "Theirs"))
    desk.look()
    desk.answer("Take theirs")
    assert (desk.routine.name, len(desk.routine.items)) == ("Theirs", 1)
    assert not desk.desk.editor.document.is_changed
    desk.page.undo_requested.emit()
    assert (desk.routine.name, len(desk.routine.items)) == ("Evening", 2)
    desk.page.save_requested.emit()
    desk.settle()
    assert "pullup" in desk.files()["evening.toml"]


def test_both_can_be_kept(desk: Desk) -> None:
    path = desk.file("evening.toml")
    desk.open(path)
    desk.add("pullup")
    path.write_text(MINE.replace("Evening", "Theirs"))
    desk.look()
    desk.answer("Keep both")
    files = desk.files()
    assert "Theirs" in files["evening.toml"]
    assert "pullup" in files["evening-copy.toml"]


def test_a_file_that_changes_while_nothing_is_to_save_is_shown_as_it_is(desk: Desk) -> None:
    path = desk.file("evening.toml")
    desk.open(path)
    path.write_text(MINE.replace("Evening", "Theirs"))
    desk.qtbot.waitUntil(desk.desk.keeper._look_timer.isActive)  # the disk told it
    desk.look()
    assert desk.routine.name == "Theirs"
    assert "as its file says" in desk.notice


def test_a_file_that_goes_away_is_written_anew_when_it_is_saved(desk: Desk) -> None:
    path = desk.file("evening.toml")
    desk.open(path)
    path.unlink()
    desk.look()
    assert "gone" in desk.page.state.text()
    desk.page.save_requested.emit()
    desk.settle()
    assert list(desk.files()) == ["evening.toml"]


def test_a_file_with_problems_is_not_opened_and_each_is_told(desk: Desk) -> None:
    path = desk.file("broken.toml", 'name = 3\nexercises = ["nothing"]\n')
    with desk.qtbot.waitSignal(desk.desk.refused) as told:
        desk.desk.open_own(path)
    assert "3 is not text" in told.args[0]
    assert "there is no exercise" in told.args[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_nobody_may_write_to_is_told(desk: Desk) -> None:
    path = desk.file("evening.toml")
    desk.open(path)
    desk.add()
    path.parent.chmod(0o500)
    desk.page.save_requested.emit()
    desk.settle()
    path.parent.chmod(0o700)
    assert "not saved" in desk.notice
    assert desk.desk.editor.document.is_changed


def test_a_disk_that_refuses_is_told_and_saving_can_be_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("chain_timer.routine.own_files.file_made_whole", full)
        desk.page.save_requested.emit()
        desk.settle()
    assert "no space left" in desk.notice
    assert desk.files()["evening.toml"] == MINE
    desk.answer("Try again")
    assert "pullup" in desk.files()["evening.toml"]


def test_what_is_not_saved_is_kept_as_a_draft_until_it_is(desk: Desk) -> None:
    desk.desk.open_new()
    desk.add()
    assert desk.desk.keeper._draft_timer.isActive()
    desk.draft_now()
    assert [draft.title for draft in desk.drafts()] == ["Routine without a name"]
    desk.page.name_changed.emit("Evening")
    desk.draft_now()
    assert [draft.title for draft in desk.drafts()] == ["Evening"]
    desk.page.save_requested.emit()
    desk.settle()
    assert desk.drafts() == []


def test_a_draft_is_gone_on_with_after_a_crash(desk: Desk, make: Callable[[], Desk]) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add("pullup")
    desk.draft_now()
    later = make()
    ((draft_id, draft),) = later.keeping.drafts.all()[0]
    later.desk.open_draft(draft_id, draft)
    later.settle()
    assert [item.exercise.id for item in later.routine.items] == ["downward-facing-dog", "pullup"]
    assert later.desk.editor.document.is_changed
    later.page.save_requested.emit()
    later.settle()
    assert "# for the evening" in later.files()["evening.toml"]
    assert later.drafts() == []


def test_a_draft_does_not_write_over_what_was_changed_since(desk: Desk, make: Callable[[], Desk]) -> None:
    path = desk.file("evening.toml")
    desk.open(path)
    desk.add("pullup")
    desk.draft_now()
    path.write_text(MINE.replace("Evening", "Theirs"))
    later = make()
    later.desk.open_draft(*later.keeping.drafts.all()[0][0])
    later.settle()
    later.page.save_requested.emit()
    later.settle()
    assert "changed" in later.notice
    assert "Theirs" in later.files()["evening.toml"]


def test_who_writes_without_a_pause_has_a_draft_all_the_same(desk: Desk) -> None:
    desk.desk.open_new()
    desk.add()
    timer = desk.desk.keeper._draft_timer
    desk.qtbot.waitUntil(lambda: timer.remainingTime() < timer.interval() - 50)
    left = timer.remainingTime()
    desk.add()
    assert timer.remainingTime() <= left


def test_undoing_everything_leaves_no_draft(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add()
    desk.draft_now()
    desk.page.undo_requested.emit()
    desk.draft_now()
    assert desk.drafts() == []


def test_closing_the_window_keeps_what_is_not_saved(desk: Desk) -> None:
    desk.desk.open_new()
    desk.add()
    desk.desk.close()
    desk.disk.close()
    assert len(desk.drafts()) == 1


def test_leaving_asks_about_what_is_not_saved(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add()
    with desk.qtbot.assertNotEmitted(desk.desk.left):
        desk.page.back_requested.emit()
    desk.answer("Go on editing")
    desk.page.back_requested.emit()
    with desk.qtbot.waitSignal(desk.desk.left):
        desk.answer("Save")
    assert "pullup" in desk.files()["evening.toml"]


def test_leaving_without_saving_leaves_the_file_and_no_draft(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add()
    desk.draft_now()
    desk.page.back_requested.emit()
    with desk.qtbot.waitSignal(desk.desk.left):
        desk.answer("Don't save")
    assert desk.files()["evening.toml"] == MINE
    assert desk.drafts() == []


def test_what_is_saved_is_left_unasked(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    with desk.qtbot.waitSignal(desk.desk.left):
        desk.page.back_requested.emit()


def test_changes_made_while_it_is_being_saved_are_not_taken_for_saved(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add("pullup")
    desk.page.save_requested.emit()
    desk.page.chosen_changed.emit((Place(0, 0),))
    desk.page.work.hold.changed.emit(50_000)
    desk.settle()
    assert desk.desk.editor.document.is_changed
    assert desk.routine.items[0].work == Hold(50_000)
    desk.page.save_requested.emit()
    desk.settle()
    assert "50s" in desk.files()["evening.toml"]


def test_saving_twice_at_once_makes_one_file(desk: Desk) -> None:
    desk.desk.open_new()
    desk.page.name_changed.emit("Evening")
    desk.add()
    desk.page.save_requested.emit()
    desk.add("back-squat")
    desk.page.save_requested.emit()
    desk.settle()
    desk.settle()
    assert list(desk.files()) == ["evening.toml"]
    assert "back-squat" in desk.files()["evening.toml"]
    assert not desk.notice
    assert not desk.desk.editor.document.is_changed


def test_what_was_still_being_saved_is_not_taken_for_the_next_one(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    other = desk.file("morning.toml", 'name = "Morning"\nexercises = ["back-squat"]\n')
    desk.add("pullup")
    desk.page.save_requested.emit()
    desk.open(other)
    assert desk.page.name.text() == "Morning"
    desk.add("downward-facing-dog")
    desk.page.save_requested.emit()
    desk.settle()
    files = desk.files()
    assert "pullup" in files["evening.toml"]
    assert "Morning" in files["morning.toml"]
    assert "downward-facing-dog" in files["morning.toml"]


def test_a_disk_that_refuses_what_was_left_already_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add("pullup")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chain_timer.routine.own_files.file_made_whole", full)
    with desk.qtbot.waitSignal(desk.desk.failed) as told:
        desk.page.save_requested.emit()
        desk.desk.open_new()
        desk.settle()
    assert "no space left" in told.args[0]


def test_a_copy_leaves_no_draft_of_the_one_it_comes_from(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add("pullup")
    desk.draft_now()
    desk.page.save_as_requested.emit()
    desk.settle()
    assert desk.drafts() == []


def test_a_copy_is_saved_beside_the_one_it_comes_from(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add("pullup")
    desk.page.save_as_requested.emit()
    desk.settle()
    files = desk.files()
    assert files["evening.toml"] == MINE
    assert "pullup" in files["evening-copy.toml"]
    assert desk.page.name.text() == "Evening (copy)"


def test_going_back_to_what_was_saved_can_be_undone(desk: Desk) -> None:
    desk.open(desk.file("evening.toml"))
    desk.add("pullup")
    desk.page.revert_requested.emit()
    assert [item.exercise.id for item in desk.routine.items] == ["downward-facing-dog"]
    desk.page.undo_requested.emit()
    assert len(desk.routine.items) == 2
