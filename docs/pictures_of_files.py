"""The pages on which files come in and go out, for the pictures of every page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chain_timer.drawing.own_picture import taken_in
from chain_timer.exchange.formats import IN_FORMATS, OUT_FORMATS
from chain_timer.exchange.giving import Given
from chain_timer.exchange.parcel import Known
from chain_timer.exchange.taking import Shelves
from chain_timer.routine.own_files import OwnFiles
from chain_timer.window.background import Background
from chain_timer.window.bring_bridge import BringBridge
from chain_timer.window.give_bridge import GiveBridge
from chain_timer.window.in_order import InOrder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pictures import Scene

    from chain_timer.routine.routine import Routine

WAITS = 200
FOUND = (
    *(("Band pull apart", "shoulders", "other"), ("Barbell glute bridge", "glutes", "barbell")),
    *(
        ("Calf stretch hands against wall", "calves", "body only"),
        ("Deadlift with bands", "lower back", "barbell"),
    ),
    *(("Good morning", "hamstrings", "barbell"), ("Hyperextensions", "lower back", "other")),
    *(("Kettlebell sumo high pull", "traps", "kettlebells"), ("Pullup", "lats", "body only")),
    *(("Romanian deadlift from deficit", "hamstrings", "barbell"), ("Superman", "lower back", "body only")),
)
EVENING = 'name = "Evening stretch"\nexercises = ["downward-facing-dog", "standing-hamstring-stretch"]\n'


def bring_in(made: Scene) -> BringBridge:
    """Open the import page."""
    made.bridge.begin()
    made.settle()
    library, own = made.library, made.folder / "own"
    ids = tuple(library.by_routine_id)
    known = Known(library.by_exercise_id, library.names)
    bridge = BringBridge(
        made.frame,
        shelves=lambda: Shelves(OwnFiles(own / "routines"), OwnFiles(own / "exercises"), known, ids),
        formats=IN_FORMATS,
        take_picture=taken_in,
        disk=InOrder(made.frame),
        background=Background(made.frame),
    )
    made.look.dress(bridge.page)
    made.frame.show_page(bridge.page)
    return bridge


def import_start(made: Scene) -> None:
    bring_in(made)


def import_found(made: Scene) -> None:
    bridge = bring_in(made)
    entries = [
        {"name": name, "primaryMuscles": [muscle], "instructions": ["Stand tall."], "equipment": thing}
        | {"force": "pull", "level": "beginner", "category": "strength", "images": ["0.jpg"]}
        for name, muscle, thing in FOUND
    ]
    (made.folder / "exercises.json").write_text(json.dumps(entries), encoding="utf-8")
    (made.folder / "evening.toml").write_text(EVENING, encoding="utf-8")
    bridge.open_files([made.folder / "exercises.json", made.folder / "evening.toml"])
    page = bridge.page
    for _ in range(WAITS):
        made.settle()
        if page.stack.currentWidget() is page.preview:
            break
        page.thread().msleep(10)
    page.preview.list.rows.switch([4, 5], on=False)


def export(made: Scene) -> None:
    give_out(made)


def export_calendar(made: Scene) -> None:
    give_out(made).page.rows.choose("calendar")


def give_out(made: Scene) -> GiveBridge:
    """Open the export page."""
    made.bridge.begin()
    made.settle()

    def given_of(routine: Routine, wishes: Mapping[str, str]) -> Given:
        library = made.library
        return Given(routine, lambda: made.conductors[-1].timeline, library.names, {}, wishes=wishes)

    bridge = GiveBridge(made.frame, given_of=given_of, formats=OUT_FORMATS, today=lambda: "2026-01-05")
    made.look.dress(bridge.page)
    made.frame.show_page(bridge.page)
    bridge.open_routine(made.library.routine("posterior-chain-stretch"))
    return bridge
