"""The editor: a routine put together with keys and mouse, every step of it undone and redone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chain_timer.figure.figures import Figures
from chain_timer.routine.editing import Place, places_of
from chain_timer.routine.exercise import Hold, Reps, Side, Tempo
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Coaching, Routine
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.window.background import Background
from chain_timer.window.editor_bridge import NEW, EditorBridge, Layout
from chain_timer.window.editor_page import EditorPage
from chain_timer.window.exercise_facts import facts_of
from chain_timer.window.look import Look
from chain_timer.window.stills import Stills

KEY = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@dataclass
class Desk:
    qtbot: QtBot
    page: EditorPage
    bridge: EditorBridge
    library: Library

    @property
    def routine(self) -> Routine:
        return self.bridge.document.routine

    def open(self, name: str = "whole-posterior-chain") -> None:
        routine = self.library.routine(name)
        self.bridge.begin(routine, routine)
        self.settle()

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the focus is, as a person does."""
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClicks(target, text)
        self.settle()

    def choose(self, *places: Place) -> None:
        self.page.chosen_changed.emit(places)
        self.settle()

    def names(self) -> list[list[str]]:
        return [[item.exercise.id for item in circuit.items] for circuit in self.routine.circuits]


@pytest.fixture
def desk(qtbot: QtBot, look: Look) -> Iterator[Desk]:
    library, phrases, lengths = Library.built_in(), load_phrases(), estimated_lengths()
    page = EditorPage()
    stills = Stills(Figures.built_in(), library.names, page)
    background = Background(page)
    layout = Layout(
        lambda _routine: Options(hold_ms=60_000),
        lambda routine, options: compile_routine(routine, options, phrases, lengths),
        background,
    )
    bridge = EditorBridge(page, layout, library.by_exercise_id.get, page)
    facts = facts_of(library)
    page.chooser.show_exercises(facts, library.names, stills.picture_or_chain)
    look.dress(page)
    page.resize(1280, 800)
    page.show()
    qtbot.waitActive(page)
    page.activateWindow()
    yield Desk(qtbot, page, bridge, library)
    background.close()
    page.close()
    page.deleteLater()
    QApplication.processEvents()


def test_a_routine_is_built_from_nothing_by_keys_alone_and_undone_to_nothing(desk: Desk) -> None:
    desk.bridge.begin(NEW, None)
    desk.settle()
    desk.type("Evening")
    desk.key(KEY.Key_Insert)
    desk.type("hamstring together")
    desk.key(KEY.Key_Return)
    for _ in "hamstring together":
        desk.key(KEY.Key_Backspace)
    desk.type("dog")
    desk.key(KEY.Key_Return)
    desk.key(KEY.Key_Escape)  # empties the search
    desk.key(KEY.Key_Escape)
    desk.key(KEY.Key_Up, ALT)
    desk.key(KEY.Key_Return)  # to the fields: the slider of the hold
    desk.key(KEY.Key_Right)
    desk.key(KEY.Key_Right)
    desk.key(KEY.Key_Escape)
    assert desk.routine.name == "Evening"
    assert desk.names() == [["downward-facing-dog", "standing-hamstring-stretch-feet-together"]]
    assert [item.work for item in desk.routine.items] == [Hold(40_000), Hold(30_000)]
    undone = 0
    while desk.bridge.document.undoes:
        desk.key(KEY.Key_Z, CTRL)
        undone += 1
    assert (desk.routine, undone) == (NEW, 5)
    for _ in range(undone):
        desk.key(KEY.Key_Z, CTRL | SHIFT)
    assert desk.names() == [["downward-facing-dog", "standing-hamstring-stretch-feet-together"]]
    assert desk.page.name.text() == "Evening"


def test_undo_in_a_field_is_the_undo_of_the_page(desk: Desk) -> None:
    desk.open()
    desk.choose(Place(1, 0))
    desk.key(KEY.Key_Return)
    desk.key(KEY.Key_Right)
    desk.page.work.hold.line.setFocus()
    desk.key(KEY.Key_Z, CTRL)
    assert not desk.bridge.document.is_changed
    assert desk.page.work.hold.line.text() == "30s"


def test_the_hold_of_all_that_is_chosen_changes_in_one_step(desk: Desk) -> None:
    desk.open()
    desk.choose(Place(1, 0), Place(1, 1), Place(1, 2))
    assert "3" in desk.page.work.title.text()
    desk.page.work.hold.slider.setValue(10)
    desk.page.work.hold.slider.setValue(11)
    works = [item.work for item in desk.routine.circuits[1].items]
    assert works == [Hold(55_000)] * 3
    desk.page.undo_requested.emit()
    assert not desk.bridge.document.is_changed


@pytest.mark.parametrize(
    ("act", "fact"),
    [
        (lambda page: page.work.kind.chosen.emit("reps"), lambda item: isinstance(item.work, Reps)),
        (
            lambda page: page.work.sides.chosen.emit("left first"),
            lambda i: i.sides == (Side.LEFT, Side.RIGHT),
        ),
        (lambda page: page.work.sides.chosen.emit("left"), lambda item: item.sides == (Side.LEFT,)),
        (lambda page: page.work.sets.more.click(), lambda item: item.sets == 2),
        (lambda page: page.work.rest.toggle.click(), lambda item: item.rest_ms == 15_000),
        (
            lambda page: page.work.hold.changed.emit(90_000),
            lambda item: item.work == Hold(90_000) and item.fixed,
        ),
    ],
)
def test_every_field_of_an_exercise_changes_it_and_can_be_undone(
    desk: Desk, act: Callable[[EditorPage], Any], fact: Callable[[Any], bool]
) -> None:
    desk.open()
    desk.choose(Place(1, 1))
    act(desk.page)
    desk.settle()
    assert fact(desk.routine.circuits[1].items[1])
    desk.page.undo_requested.emit()
    assert not desk.bridge.document.is_changed


@pytest.mark.parametrize(
    ("act", "fact"),
    [
        (lambda page: page.work.reps.more.click(), lambda work: work.count == 9),
        (lambda page: page.work.self_paced.click(), lambda work: work.self_paced),
        (lambda page: page.work.tempo.order.chosen.emit("up"), lambda work: work.tempo.up_first),
    ],
)
def test_every_field_of_reps_changes_them(
    desk: Desk, act: Callable[[EditorPage], Any], fact: Callable[[Any], bool]
) -> None:
    desk.open()
    desk.choose(Place(0, 2))
    act(desk.page)
    assert fact(desk.routine.circuits[0].items[2].work)


def test_a_tempo_is_typed_and_one_that_cannot_be_is_refused_in_words(desk: Desk) -> None:
    desk.open()
    desk.choose(Place(0, 2))
    tempo = desk.page.work.tempo
    tempo.down.setText("4s")
    tempo.down.editingFinished.emit()
    assert desk.routine.circuits[0].items[2].work.tempo == Tempo(4_000, 1_000, 2_000)  # type: ignore[union-attr]
    tempo.up.setText("2m")
    tempo.up.editingFinished.emit()
    assert "one minute" in desk.page.work.refusal.text()
    tempo.up.setText("soon")
    tempo.up.editingFinished.emit()
    assert "not a duration" in desk.page.work.refusal.text()


def test_the_usual_hold_comes_back(desk: Desk) -> None:
    desk.open()
    desk.choose(Place(1, 1))
    assert not desk.page.work.usual.isEnabled()
    desk.page.work.hold.changed.emit(45_000)
    desk.page.work.usual.click()
    assert desk.routine.circuits[1].items[1].work == Hold(30_000)
    assert not desk.routine.circuits[1].items[1].fixed


def test_a_circuit_has_its_name_rounds_and_rests(desk: Desk) -> None:
    desk.open()
    desk.choose(Place(0))
    panel = desk.page.circuit_fields
    desk.qtbot.keyClicks(panel.name, " one")
    panel.rounds.more.click()
    panel.round_rest.toggle.click()
    circuit = desk.routine.circuits[0]
    assert (circuit.name, circuit.rounds, circuit.round_rest_ms) == ("Strength one", 3, 15_000)


def test_the_whole_routine_has_its_rest_coaching_and_summary(desk: Desk) -> None:
    desk.open()
    panel = desk.page.routine_fields
    panel.rest.toggle.click()
    panel.rest.length.changed.emit(20_000)
    panel.coaching.chosen.emit("names")
    panel.summary.selectAll()
    desk.qtbot.keyClicks(panel.summary, "Slow and long.")
    routine = desk.routine
    assert (routine.rest_ms, routine.coaching, routine.summary) == (20_000, Coaching.NAMES, "Slow and long.")
    panel.coaching.chosen.emit("as set")
    assert desk.routine.coaching is None


def test_keys_move_copy_and_remove_what_is_chosen(desk: Desk) -> None:
    desk.open("posterior-chain-stretch")
    first, second, third = desk.names()[0]
    desk.choose(Place(0, 0))
    desk.key(KEY.Key_Down, ALT)
    assert desk.names() == [[second, first, third]]
    desk.key(KEY.Key_D, CTRL)
    assert desk.names() == [[second, first, first, third]]
    desk.key(KEY.Key_Delete)
    assert desk.names() == [[second, first, third]]
    desk.key(KEY.Key_A, CTRL)
    desk.key(KEY.Key_Delete)
    assert desk.names() == []
    assert desk.page.empty.isVisible()
    while desk.bridge.document.undoes:
        desk.key(KEY.Key_Z, CTRL)
    assert desk.names() == [[first, second, third]]


def test_dragging_an_exercise_moves_it_once_and_loses_nothing(desk: Desk) -> None:
    desk.open("posterior-chain-stretch")
    first, second, third = desk.names()[0]
    desk.choose(Place(0, 2))
    page = desk.page
    rect = page.list.visualRect(page.list.rows.index_of(Place(0, 0)))
    data = page.list.rows.mimeData([])
    event = QDropEvent(
        QPointF(rect.center() - QPoint(0, rect.height() // 2 - 3)),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.list.dropEvent(event)
    assert desk.names() == [[third, first, second]]
    assert page.list.chosen == (Place(0, 0),)


def test_a_click_into_the_strip_chooses_what_is_done_there(desk: Desk) -> None:
    desk.open()
    strip = desk.page.strip
    desk.qtbot.mouseClick(
        strip, Qt.MouseButton.LeftButton, pos=QPoint(strip.width() - 30, strip.height() // 2)
    )
    assert desk.page.list.chosen == (Place(1, 2),)


def test_the_list_tells_what_is_chosen_and_its_fields_follow(desk: Desk) -> None:
    desk.open()
    page = desk.page
    page.list.setCurrentIndex(page.list.rows.index_of(Place(0)))
    assert page.circuit_fields.isVisible()
    assert not page.work.isVisible()
    page.list.setCurrentIndex(page.list.rows.index_of(Place(0, 3)))
    assert page.work.title.text() == "Pullup"


def test_the_total_and_the_strip_follow_each_change_and_not_the_choices_of_a_session(desk: Desk) -> None:
    desk.open("posterior-chain-stretch")
    before = desk.page.total.text()
    desk.choose(Place(0, 2))
    desk.page.work.hold.changed.emit(60_000)
    minutes, seconds = (int(part) for part in before.split(":"))
    later = minutes * 60 + seconds + 30
    assert desk.page.total.text() == f"{later // 60}:{later % 60:02}"


def test_playing_begins_at_what_is_chosen(desk: Desk) -> None:
    desk.open()
    desk.choose(Place(1, 0))
    with desk.qtbot.waitSignal(desk.bridge.play_requested) as asked:
        desk.key(KEY.Key_Return, CTRL)
    routine, options, position_ms = asked.args
    assert routine.name == "Whole posterior chain"
    assert options.hold_ms is None
    timeline = compile_routine(routine, options, load_phrases(), estimated_lengths())
    segment = timeline.segments[timeline.index_at(position_ms)]
    assert segment.exercise is not None
    assert segment.exercise.id == "seated-figure-four-stretch"
    assert timeline.start_of(timeline.index_at(position_ms)) == position_ms


def test_an_empty_one_cannot_be_played_and_says_why(desk: Desk) -> None:
    desk.bridge.begin(NEW, None)
    with desk.qtbot.assertNotEmitted(desk.bridge.play_requested):
        desk.page.play.click()
    assert "Add an exercise" in desk.page.notice.text.text()


def test_muscle_and_equipment_filter_the_exercises(desk: Desk) -> None:
    desk.open()
    chooser = desk.page.chooser
    desk.page.choose_exercises()
    chooser.muscle.setCurrentIndex(chooser.muscle.findData("calves"))
    found = [facts.id for facts in _found(chooser)]
    assert "downward-facing-dog" in found
    assert "pullup" not in found
    chooser.equipment.setCurrentIndex(chooser.equipment.findData("-"))
    assert [facts.id for facts in _found(chooser)] == [
        "standing-hamstring-stretch",
        "standing-hamstring-stretch-feet-together",
    ]


def test_what_no_exercise_is_called_can_become_one(desk: Desk) -> None:
    desk.open()
    desk.page.choose_exercises()
    desk.type("Plank")
    assert "Plank" in desk.page.chooser.nothing.text()
    with desk.qtbot.waitSignal(desk.page.new_exercise_requested) as asked:
        desk.page.chooser.new.click()
    assert asked.args == ["Plank"]


def test_saved_changed_and_going_back_are_told(desk: Desk) -> None:
    desk.open()
    page = desk.page
    assert (page.state.text(), page.save.isEnabled()) == ("Saved", False)
    desk.choose(Place(1, 0))
    page.work.sets.more.click()
    assert ("not saved" in page.state.text(), page.save.isEnabled()) == (True, True)
    desk.bridge.revert()
    assert page.state.text() == "Saved"
    assert desk.bridge.document.undoes


@pytest.mark.parametrize("width", [480, 640])
def test_where_there_is_room_for_one_the_list_and_the_fields_take_turns(desk: Desk, width: int) -> None:
    desk.page.resize(width, 640)
    desk.open()
    page = desk.page
    assert page.width() == width
    assert (page.left.isVisible(), page.right_side.isVisible()) == (True, False)
    desk.choose(Place(1, 0))
    desk.key(KEY.Key_Return)
    assert (page.left.isVisible(), page.right_side.isVisible()) == (False, True)
    desk.key(KEY.Key_Escape)
    assert page.left.isVisible()


def test_escape_leaves_the_page_from_its_list_only(desk: Desk) -> None:
    desk.open()
    desk.choose(Place(1, 0))
    desk.key(KEY.Key_Return)
    with desk.qtbot.assertNotEmitted(desk.page.back_requested):
        desk.key(KEY.Key_Escape)
    with desk.qtbot.waitSignal(desk.page.back_requested):
        desk.key(KEY.Key_Escape)


def test_ten_thousand_sets_are_edited_without_holding_up_the_window(desk: Desk) -> None:
    item = desk.library.routine("desk-break").items[0]
    routine = Routine("big", "Big", (Circuit((replace(item, sets=1),) * 5_000),))
    desk.bridge.begin(routine, routine)
    desk.choose(Place(0, 4_000))
    desk.page.work.sets.more.click()
    assert desk.routine.circuits[0].items[4_000].sets == 2
    assert len(list(places_of(desk.routine))) == 5_001


def _found(chooser: Any) -> list[Any]:
    model = chooser.list.exercises
    return [model.item(model.index(row)) for row in range(model.rowCount())]
