"""Undo and redo of everything."""

from dataclasses import replace

from chain_timer.routine.document import MOST_STEPS_BACK, Document
from chain_timer.routine.editing import Edited, Place, add, choose, new_item
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.routine import Circuit, Routine

EMPTY = Routine("", "", (Circuit(()),))
ITEM = new_item(Exercise("a", "A", (), Hold(30_000)))


def named(document: Document, name: str) -> Edited:
    return replace(document.now, routine=replace(document.routine, name=name))


def test_a_new_one_is_not_changed_until_something_is_in_it() -> None:
    document = Document(EMPTY, None)
    assert not document.is_changed
    document.change(add(document.now, [ITEM]), "add")
    assert document.is_changed


def test_every_step_is_undone_and_redone_in_turn() -> None:
    document = Document(EMPTY, None)
    document.change(named(document, "A"), "first")
    document.change(add(document.now, [ITEM]), "second")
    assert (document.undoes, document.redoes) == ("second", "")
    assert document.undo() == "second"
    assert (document.routine.items, document.undoes, document.redoes) == ((), "first", "second")
    assert document.undo() == "first"
    assert (document.routine, document.undo()) == (EMPTY, "")
    assert [document.redo(), document.redo(), document.redo()] == ["first", "second", ""]
    assert (document.routine.name, document.routine.items) == ("A", (ITEM,))


def test_undo_brings_back_what_was_chosen() -> None:
    document = Document(Routine("", "A", (Circuit((ITEM, ITEM)),)), None)
    document.choose(choose(document.now, [Place(0, 1)]))
    document.change(Edited(EMPTY), "remove")
    document.undo()
    assert document.now.chosen == (Place(0, 1),)


def test_a_slider_that_is_dragged_is_one_step() -> None:
    document = Document(EMPTY, None)
    for name in ("A", "Ab", "Abc"):
        document.change(named(document, name), "name", "name")
    document.undo()
    assert document.routine.name == ""
    document.redo()
    assert document.routine.name == "Abc"


def test_another_kind_another_choice_undo_or_saving_begins_a_new_step() -> None:
    document = Document(Routine("", "", (Circuit((ITEM,)),)), None)
    document.change(named(document, "A"), "name", "name")
    document.choose(choose(document.now, [Place(0, 0)]))
    document.change(named(document, "B"), "name", "name")
    document.saved(document.routine)
    document.change(named(document, "C"), "name", "name")
    document.change(named(document, "D"), "other", "other")
    document.undo()
    document.change(named(document, "E"), "name", "name")
    names = [document.routine.name]
    while document.undo():
        names.append(document.routine.name)
    assert names == ["E", "C", "B", "A", ""]


def test_a_change_after_undo_forgets_what_was_undone() -> None:
    document = Document(EMPTY, None)
    document.change(named(document, "A"), "name")
    document.undo()
    document.change(named(document, "B"), "name")
    assert (document.redoes, document.redo()) == ("", "")


def test_a_change_that_changes_nothing_is_no_step() -> None:
    document = Document(EMPTY, EMPTY)
    assert not document.change(document.now, "nothing")
    assert not document.undoes


def test_saved_is_not_changed_until_it_is_and_undo_comes_back_to_it() -> None:
    document = Document(EMPTY, None)
    document.change(add(document.now, [ITEM]), "add")
    document.saved(document.routine)
    assert not document.is_changed
    document.change(named(document, "A"), "name")
    assert document.is_changed
    document.undo()
    assert not document.is_changed
    document.undo()
    assert document.is_changed


def test_a_circuit_still_empty_is_no_change() -> None:
    routine = Routine("", "A", (Circuit((ITEM,)),))
    document = Document(routine, routine)
    document.change(Edited(replace(routine, circuits=(*routine.circuits, Circuit(())))), "circuit")
    assert not document.is_changed


def test_steps_back_are_bounded() -> None:
    document = Document(EMPTY, None)
    for number in range(MOST_STEPS_BACK + 50):
        document.change(named(document, str(number)), "name")
    count = 0
    while document.undo():
        count += 1
    assert (count, document.routine.name) == (MOST_STEPS_BACK, "49")
