"""Nothing is cut off or overlaps, whatever the size, the theme and the words."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from helpers.clipping import clipped
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from chain_timer.routine.drafts import Drafts
from chain_timer.routine.editing import Place
from chain_timer.routine.own_files import OwnFiles
from chain_timer.timeline.segment import Kind
from chain_timer.window.editor_page import EditorPage
from chain_timer.window.exercise_form import ExerciseForm
from chain_timer.window.heading import Heading
from chain_timer.window.keeping import Keeping
from chain_timer.window.player_layout import heading_width, place_all, scale_of

SIZES = ((480, 360), (480, 640), (800, 600), (1280, 800), (2560, 1440), (1080, 1920), (3840, 2160))
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
themes = pytest.mark.parametrize("theme", ["dark", "light"])


@pytest.mark.parametrize("waiting", [False, True])
@pytest.mark.parametrize("heading", [70, 140])
@pytest.mark.parametrize("steps", [0, 120, 900])
def test_the_parts_of_the_player_never_overlap_or_leave_the_window(
    waiting: Any, heading: int, steps: int
) -> None:
    for width in range(480, 4000, 211):
        for height in range(360, 2300, 149):
            places = place_all(width, height, heading, steps, waiting=waiting)
            parts = {
                name: getattr(places, name)
                for name in (
                    "top",
                    "stage",
                    "heading",
                    "ring",
                    "done",
                    "steps",
                    "strip",
                    "next_line",
                    "controls",
                    "hint",
                )
            }
            shown = {name: rect for name, rect in parts.items() if rect is not None and not rect.isEmpty()}
            window = QRect(0, 0, width, height)
            for name, rect in shown.items():
                assert window.contains(rect), (width, height, name, rect)
            for (one, first), (other, second) in combinations(shown.items(), 2):
                assert not first.intersects(second), (width, height, one, other)
            assert heading_width(width, height) == places.heading.width()


def test_the_digits_are_a_fifth_of_the_window_or_more(qtbot: QtBot) -> None:
    heading = Heading()
    qtbot.addWidget(heading)
    heading.show_segment(Kind.HOLD, "Hold", "Standing hamstring stretch, feet together" * 2, "Right leg")
    for width, height in SIZES:
        heading.set_scale(scale_of(width, height).big, muscles=False)
        tall = heading.height_for(heading_width(width, height))
        ring = place_all(width, height, tall, 900).ring.height()
        assert ring * 0.543 >= height * 0.2 or ring >= width * 0.42, (width, height, ring)


@sizes
@themes
def test_every_page_fits(make_desk: Any, size: tuple[int, int], theme: str) -> None:
    desk = make_desk(size, theme=theme)
    desk.bridge.begin()
    desk.settle()
    assert clipped(desk.frame) == []
    desk.frame.page_requested.emit("settings")
    desk.settle()
    assert clipped(desk.frame) == []
    desk.frame.page_requested.emit("exercises")
    desk.settle()
    assert clipped(desk.frame) == []
    desk.open("whole-posterior-chain")
    assert clipped(desk.frame) == []
    page = desk.start("whole-posterior-chain")
    for kind in (Kind.PREPARE, Kind.INSTRUCT, Kind.REPS, Kind.REST, Kind.HOLD):
        desk.go_to(kind, 1_000)
        assert clipped(page) == [], kind
    page.toggle_requested.emit()
    page.leave_requested.emit()
    page.show_notice(
        "A message that is rather long, so that it has to be broken into lines where it is narrow."
    )
    desk.settle()
    assert clipped(page) == []
    desk.go_to(Kind.FINISH)
    assert clipped(page) == []


@sizes
@themes
def test_every_page_of_ones_own_fits(
    make_desk: Any, tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    keeping = Keeping(
        OwnFiles(tmp_path / "routines"), OwnFiles(tmp_path / "exercises"), Drafts(tmp_path / "drafts"), Path
    )
    desk = make_desk(size, theme=theme, keeping=keeping)
    desk.bridge.begin()
    desk.open("whole-posterior-chain")
    desk.setup.edit_requested.emit()
    desk.settle()
    page = desk.frame.stack.currentWidget()
    assert isinstance(page, EditorPage)
    assert desk.frame.size().toTuple() == size
    for places in ((), (Place(0),), (Place(0, 2),), (Place(1, 0), Place(1, 1))):
        page.chosen_changed.emit(places)
        desk.settle()
        assert clipped(desk.frame) == [], places
    page._open_fields()
    desk.settle()
    assert clipped(desk.frame) == []
    page.choose_exercises()
    page.notice.show_notice("A file was changed by something else.", [("Keep mine", page.hide)] * 3)
    desk.settle()
    assert clipped(desk.frame) == []
    page.new_exercise_requested.emit("Plank")
    desk.settle()
    assert isinstance(desk.frame.stack.currentWidget(), ExerciseForm)
    assert clipped(desk.frame) == []
    assert desk.frame.size().toTuple() == size


@sizes
def test_hostile_names_are_shown_plainly_and_break_nothing(
    make_desk: Any, hostile_library: Any, hostile: str, size: tuple[int, int]
) -> None:
    desk = make_desk(size, library=hostile_library)
    desk.bridge.begin()
    desk.qtbot.waitUntil(desk.frame.library.problems.isVisible)
    routine = hostile_library.routine("hostile")
    desk.open(routine)
    page = desk.start(routine)
    for kind in (Kind.INSTRUCT, Kind.HOLD, Kind.REST):
        desk.go_to(kind, 100)
        rects = [page.heading, page.countdown, page.steps, page.strip, page.controls]
        for one, other in combinations(rects, 2):
            assert not one.geometry().intersects(other.geometry()), (one, other, hostile)
    desk.go_to(Kind.FINISH)
    assert desk.frame.size().toTuple() == size


def test_no_label_takes_text_for_more_than_text(desk: Any) -> None:
    from PySide6.QtCore import Qt  # noqa: PLC0415 - only here

    desk.frame.page_requested.emit("settings")
    desk.start()
    rich = [
        label.text()
        for label in desk.frame.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ]
    assert rich == []


def test_markup_is_read_as_it_is_written(make_desk: Any, hostile_library: Any, hostile: str) -> None:
    page = make_desk(library=hostile_library).open(hostile_library.routine("hostile"))
    assert page.name.text == hostile
    assert hostile[:40] in page.summary.text()
