"""A person's own routines and exercises in the whole window: written, changed, deleted, brought back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from chain_timer.routine.drafts import Draft, Drafts
from chain_timer.routine.editing import Place
from chain_timer.routine.own_files import OwnFiles
from chain_timer.window.bring_page import BringPage
from chain_timer.window.editor_page import EditorPage
from chain_timer.window.exercise_form import ExerciseForm
from chain_timer.window.exercise_page import ExercisePage
from chain_timer.window.give_page import GivePage
from chain_timer.window.keeping import Keeping
from chain_timer.window.player_page import PlayerPage
from chain_timer.window.setup_page import SetupPage

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PAUSE_MS = 20_000


class Window:
    """The window of somebody with a folder of their own."""

    def __init__(self, desk: Any, keeping: Keeping) -> None:
        self.desk = desk
        self.keeping = keeping

    @property
    def page(self) -> Any:
        return self.desk.frame.stack.currentWidget()

    @property
    def notice(self) -> str:
        notice = self.page.notice
        return notice.text.text() if notice.isVisible() else ""

    def wait_for(self, fact: Callable[[], object]) -> None:
        self.desk.qtbot.waitUntil(lambda: bool(fact()), timeout=PAUSE_MS)

    def key(self, key: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget() or self.desk.frame
        self.desk.qtbot.keyClick(target, key, modifiers)
        self.desk.settle()

    def type(self, text: str) -> None:
        self.desk.qtbot.keyClicks(QApplication.focusWidget(), text)
        self.desk.settle()

    def answer(self, words: str) -> None:
        self.wait_for(lambda: words in [button.text() for button in self.page.notice.buttons])
        next(button for button in self.page.notice.buttons if button.text() == words).click()
        self.desk.settle()

    def files(self, kind: str = "routines") -> list[str]:
        folder = getattr(self.keeping, kind).folder
        return sorted(path.name for path in folder.glob("*.toml"))

    def cards(self) -> list[str]:
        model = self.desk.frame.library.grid.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def open(self, title: str) -> None:
        self.wait_for(lambda: title in self.cards())
        grid = self.desk.frame.library.grid
        grid.setCurrentIndex(grid.model().index(self.cards().index(title), 0))
        grid.open_current()
        self.desk.settle()
        assert isinstance(self.page, SetupPage)


MakeWindow = Callable[[], Window]


@pytest.fixture
def make_window(make_desk: Callable[..., Any], tmp_path: Path) -> MakeWindow:
    trash = tmp_path / "trash"
    trash.mkdir()

    def to_trash(path: Path) -> Path:
        return path.rename(trash / path.name)

    def make() -> Window:
        keeping = Keeping(
            OwnFiles(tmp_path / "own" / "routines"),
            OwnFiles(tmp_path / "own" / "exercises"),
            Drafts(tmp_path / "own" / "drafts"),
            to_trash,
        )
        desk = make_desk(keeping=keeping)
        desk.bridge.begin()
        desk.qtbot.waitActive(desk.frame)
        desk.frame.activateWindow()
        desk.settle()
        return Window(desk, keeping)

    return make


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    return make_window()


def texts_on(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def build(window: Window) -> None:
    """Write a routine by keys alone."""
    window.key(KEY.Key_N, CTRL)
    window.type("Evening")
    window.key(KEY.Key_Insert)
    window.type("downward")
    window.key(KEY.Key_Return)
    window.key(KEY.Key_Escape)
    window.key(KEY.Key_Escape)
    window.key(KEY.Key_S, CTRL)
    window.wait_for(window.files)


def test_a_routine_is_written_saved_closed_opened_and_equal_by_keys_alone(
    window: Window, make_window: MakeWindow
) -> None:
    build(window)
    assert isinstance(window.page, EditorPage)
    window.wait_for(lambda: window.page.state.text() == "Saved")
    window.key(KEY.Key_Escape)
    assert isinstance(window.page, SetupPage)
    assert window.page.name.text == "Evening"
    written = window.desk.bridge._setup.routine
    window.desk.frame.close()
    later = make_window()
    later.open("Evening")
    assert later.desk.bridge._setup.routine == written
    later.key(KEY.Key_F2)
    later.wait_for(lambda: isinstance(later.page, EditorPage) and later.page.list.rows.rowCount() == 2)
    later.page.list.setFocus()
    later.page.chosen_changed.emit((Place(0, 0),))
    assert later.files() == ["evening.toml"]


def test_a_routine_that_ships_is_edited_as_a_copy(window: Window) -> None:
    window.open("Desk break")
    assert not window.page.bin.isVisible()
    window.page.edit.click()
    assert window.page.name.text() == "My Desk break"
    window.page.save.click()
    window.wait_for(window.files)
    assert window.files() == ["my-desk-break.toml"]


def test_a_routine_of_ones_own_goes_to_the_trash_and_comes_back(window: Window) -> None:
    build(window)
    window.wait_for(lambda: window.page.state.text() == "Saved")
    window.key(KEY.Key_Escape)
    window.page.bin.click()
    window.wait_for(lambda: window.files() == [])
    window.wait_for(lambda: window.page is window.desk.frame.library and "trash" in window.notice)
    window.wait_for(lambda: "Evening" not in window.cards())
    window.answer("Undo")
    window.wait_for(lambda: "Evening" in window.cards())
    assert window.files() == ["evening.toml"]


def test_playing_from_the_editor_comes_back_to_it(window: Window) -> None:
    build(window)
    page = window.page
    page.list.setFocus()
    window.key(KEY.Key_Return, CTRL)
    assert isinstance(window.page, PlayerPage)
    window.desk.session.ended.emit()
    assert window.page is page


def test_a_draft_is_offered_when_the_window_opens_again(window: Window, make_window: MakeWindow) -> None:
    text = 'name = "Night"\nexercises = ["pullup"]\n'
    window.keeping.drafts.keep("new-1", Draft("", "", text, "Night"))
    later = make_window()
    later.wait_for(lambda: "Night" in later.notice)
    later.answer("Go on")
    later.wait_for(lambda: isinstance(later.page, EditorPage) and later.page.name.text() == "Night")
    later.page.save.click()
    later.wait_for(lambda: later.files() == ["night.toml"])
    later.wait_for(lambda: later.keeping.drafts.all()[0] == ())


def test_a_draft_can_be_thrown_away(window: Window, make_window: MakeWindow) -> None:
    text = 'name = "Night"\nexercises = ["pullup"]\n'
    window.keeping.drafts.keep("new-1", Draft("", "", text, "Night"))
    later = make_window()
    later.wait_for(lambda: "Night" in later.notice)
    later.answer("Throw away")
    later.wait_for(lambda: later.keeping.drafts.all()[0] == ())


def test_what_was_not_saved_when_the_window_closed_is_offered_next_time(
    window: Window, make_window: MakeWindow
) -> None:
    window.key(KEY.Key_N, CTRL)
    window.page.add_requested.emit("pullup")
    window.desk.frame.close()
    later = make_window()
    later.wait_for(lambda: "not saved" in later.notice)


def test_an_exercise_is_written_for_the_routine_in_the_editor(window: Window) -> None:
    window.key(KEY.Key_N, CTRL)
    window.page.choose_exercises()
    window.type("Plank")
    window.page.chooser.new.click()
    form = window.page
    assert isinstance(form, ExerciseForm)
    assert form.name.text() == "Plank"
    form.steps.setPlainText("Lie on your front.\nLift your hips.")
    form.save.click()
    window.wait_for(lambda: isinstance(window.page, EditorPage))
    items = window.desk.bridge._own._desk.editor.document.routine.items
    assert [item.exercise.name for item in items] == ["Plank"]
    assert window.files("exercises") == ["plank.toml"]


def test_an_exercise_of_ones_own_is_written_changed_and_deleted(window: Window) -> None:
    window.desk.frame.page_requested.emit("exercises")
    window.page.new.click()
    form = window.page
    form.name.setText("Plank")
    form.sides.click()
    form.noun.setText("arm")
    form.steps.setPlainText("Lift your {side} arm.")
    form.muscles.chip("core").click()
    form.kind.chosen.emit("reps")
    form.save.click()
    window.wait_for(lambda: isinstance(window.page, ExercisePage))
    window.wait_for(window.page.bin.isVisible)
    exercise = window.desk.bridge._library.by_exercise_id["plank"]
    assert exercise.muscles == ("core",)
    assert exercise.steps[0].left == "Lift your left arm."
    window.page.edit.click()
    window.wait_for(lambda: isinstance(window.page, ExerciseForm) and window.page.name.text() == "Plank")
    window.page.key_cue.setText("Breathe.")
    window.page.license.setText("CC BY-SA 4.0, Ann")
    window.page.save.click()
    window.wait_for(lambda: isinstance(window.page, ExercisePage))
    assert window.desk.bridge._library.by_exercise_id["plank"].key_cue == "Breathe."
    window.wait_for(lambda: "CC BY-SA 4.0, Ann" in texts_on(window.page.detail))
    window.page.delete_requested.emit("plank")
    window.wait_for(lambda: window.files("exercises") == [])
    window.answer("Undo")
    window.wait_for(lambda: window.files("exercises") == ["plank.toml"])


def test_what_is_wrong_with_an_exercise_is_told_and_nothing_is_written(window: Window) -> None:
    window.desk.frame.page_requested.emit("exercises")
    window.page.new.click()
    window.page.save.click()
    assert "name first" in window.notice
    window.page.name.setText("Plank")
    window.page.steps.setPlainText("Lift your {side} arm.\n" + "x" * 301)
    window.page.save.click()
    assert "needs an exercise with sides" in window.notice
    assert "301 characters" in window.notice
    assert window.files("exercises") == []


def test_leaving_the_form_asks_about_what_is_not_saved(window: Window) -> None:
    window.desk.frame.page_requested.emit("exercises")
    window.page.new.click()
    window.page.name.setText("Plank")
    window.key(KEY.Key_Escape)
    assert isinstance(window.page, ExerciseForm)
    window.answer("Don't save")
    assert isinstance(window.page, ExercisePage)


def test_a_routine_from_elsewhere_becomes_ones_own_with_one_click(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "given.toml"
    file.write_text('name = "Given"\nexercises = ["pullup"]\n')
    window.desk.open(window.desk.library.read_routine(file))
    assert window.page.keep.isVisible()
    window.page.keep.click()
    window.wait_for(window.files)
    window.wait_for(lambda: not window.page.keep.isVisible())
    assert window.files() == ["given.toml"]


def test_kept_twice_at_once_it_is_one_file(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "given.toml"
    file.write_text('name = "Given"\nexercises = ["pullup"]\n')
    window.desk.open(window.desk.library.read_routine(file))
    window.page.keep_requested.emit()
    window.page.keep_requested.emit()
    window.wait_for(lambda: not window.page.keep.isVisible())
    assert window.files() == ["given.toml"]


def test_why_a_routine_is_not_opened_is_seen_on_the_page_that_shows_then(window: Window) -> None:
    folder = window.keeping.routines.folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "broken.toml").write_text("name = 3")
    own = window.desk.bridge._own
    own._begin(None).open_own(folder / "broken.toml")
    assert isinstance(window.page, EditorPage)
    window.wait_for(lambda: window.page is window.desk.frame.library)
    assert "3 is not text" in window.notice


LIST = "name,seconds\nPlank,40\nDownward-facing dog,30\n"


def test_a_file_dropped_on_the_window_is_shown_taken_and_given_back(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "morning.csv"
    file.write_text(LIST)
    window.desk.frame.files_dropped.emit([file])
    assert isinstance(window.page, BringPage)
    window.wait_for(lambda: window.page.chosen)
    assert window.files() == []
    window.page.take.click()
    window.wait_for(lambda: window.files() == ["morning.toml"])
    assert window.files("exercises") == ["plank.toml"]
    window.wait_for(window.page.done.isVisible)
    window.page.undo_requested.emit()
    window.wait_for(lambda: window.files() == window.files("exercises") == [])


def test_what_was_imported_is_opened_at_once(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "morning.csv"
    file.write_text(LIST)
    window.desk.frame.library.bring_in.click()
    page = window.page
    assert isinstance(page, BringPage)
    page.files_dropped.emit((file,))
    window.wait_for(lambda: page.chosen)
    page.take.click()
    window.wait_for(page.done.isVisible)
    page.show_requested.emit()
    window.wait_for(lambda: isinstance(window.page, SetupPage))
    assert window.page.name.text == "morning"


def test_a_routine_is_given_out_and_one_comes_back_to_it(window: Window, tmp_path: Path) -> None:
    window.open("Desk break")
    window.page.give_out.click()
    page = window.page
    assert isinstance(page, GivePage)
    give = window.desk.bridge._own.exchange._give
    give.ask_path = lambda _suggested, _kinds: tmp_path / "desk.chain-timer"
    give.save()
    window.wait_for((tmp_path / "desk.chain-timer").exists)
    page.back_requested.emit()
    assert isinstance(window.page, SetupPage)
    assert window.page.name.text == "Desk break"


def test_the_window_opens_on_a_file_that_it_was_started_with(make_desk: Any, tmp_path: Path) -> None:
    file = tmp_path / "morning.csv"
    file.write_text(LIST)
    keeping = Keeping(
        OwnFiles(tmp_path / "r"), OwnFiles(tmp_path / "e"), Drafts(tmp_path / "d"), lambda path: path
    )
    desk = make_desk(keeping=keeping, bring_in=(file,))
    desk.bridge.begin()
    page = desk.frame.stack.currentWidget()
    assert isinstance(page, BringPage)
    desk.qtbot.waitUntil(lambda: bool(page.chosen), timeout=PAUSE_MS)


def test_a_card_has_a_menu_of_what_can_be_done_with_its_routine(window: Window) -> None:
    build(window)
    window.wait_for(lambda: window.page.state.text() == "Saved")
    window.key(KEY.Key_Escape)
    window.key(KEY.Key_Escape)
    library = window.desk.frame.library
    window.wait_for(lambda: "Evening" in window.cards())

    def words(routine_id: str) -> list[str]:
        library.menu_requested.emit(routine_id, library.rect().center())
        menu = next(each for each in library.findChildren(QMenu) if each.isVisible())
        texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
        menu.close()
        window.desk.settle()
        return texts

    assert words("evening") == ["Open", "Edit", "Edit a copy", "Export…", "Delete"]
    assert words("desk-break") == ["Open", "Edit a copy", "Export…"]


def test_keys_on_a_card_edit_and_delete_a_routine_of_ones_own(window: Window) -> None:
    build(window)
    window.wait_for(lambda: window.page.state.text() == "Saved")
    window.key(KEY.Key_Escape)
    window.key(KEY.Key_Escape)
    window.wait_for(lambda: "Evening" in window.cards())
    library = window.desk.frame.library
    library.choose("evening")
    window.key(KEY.Key_F2)
    window.wait_for(lambda: isinstance(window.page, EditorPage) and window.page.name.text() == "Evening")
    window.key(KEY.Key_Escape)
    window.key(KEY.Key_Escape)
    library.choose("desk-break")
    window.key(KEY.Key_Delete)
    library.choose("evening")
    window.key(KEY.Key_Delete)
    window.wait_for(lambda: window.files() == [])
