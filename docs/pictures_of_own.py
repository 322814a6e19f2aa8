"""The pages on which a person's own things are written, for the pictures of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_timer.routine.drafts import Drafts
from chain_timer.routine.editing import Place
from chain_timer.routine.own_files import OwnFiles
from chain_timer.window.editor_page import EditorPage
from chain_timer.window.exercise_form import ExerciseForm
from chain_timer.window.keeping import Keeping

if TYPE_CHECKING:
    from pathlib import Path

    from pictures import Scene


def keeping_in(folder: Path) -> Keeping:
    """Keep own things in a folder that is thrown away."""
    own = folder / "own"
    return Keeping(
        OwnFiles(own / "routines"), OwnFiles(own / "exercises"), Drafts(own / "drafts"), lambda path: path
    )


def edited(made: Scene, *chosen: Place) -> EditorPage:
    made.open(made.library.routine("whole-posterior-chain"))
    made.frame.stack.currentWidget().edit_requested.emit()
    made.settle()
    page = made.frame.stack.currentWidget()
    if not isinstance(page, EditorPage):
        raise TypeError("the editor does not open")
    page.chosen_changed.emit(chosen)
    made.settle()
    return page


def editor(made: Scene) -> None:
    edited(made, Place(1, 1))


def editor_fields(made: Scene) -> None:
    page = edited(made, Place(0, 2))
    page.list.opened.emit()


def editor_circuit(made: Scene) -> None:
    page = edited(made, Place(0))
    page.notice.show_notice(
        "Something else has changed the file of this routine since you opened it.",
        [(text, page.update) for text in ("Keep mine", "Take theirs", "Keep both")],
    )


def editor_adding(made: Scene) -> None:
    page = edited(made, Place(1, 0))
    page.choose_exercises()


def exercise_form(made: Scene) -> None:
    page = edited(made)
    page.new_exercise_requested.emit("Wall calf stretch")
    made.settle()
    form = made.frame.stack.currentWidget()
    if not isinstance(form, ExerciseForm):
        raise TypeError("the form does not open")
    form.sides.click()
    form.noun.setText("leg")
    form.summary.setText("Lengthens one calf at a time against a wall.")
    form.steps.setPlainText(
        "Stand tall, hands on the wall.\nStep your {side} foot back.\n"
        "Bend your {other} knee until you feel a stretch in your {side} calf."
    )
    form.key_cue.setText("Back heel down.")
    form.muscles.chip("calves").click()
    for _ in range(2):
        form.muscles.chip("hamstrings").click()
