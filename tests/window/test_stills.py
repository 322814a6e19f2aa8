"""Small pictures of figures come after the window is there, one bit of work at a time, and stay."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from helpers.own_pictures import red_area, red_picture
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chain_timer.drawing import figure as drawing_figure
from chain_timer.drawing.theme import DARK, LIGHT
from chain_timer.figure.figures import Figures
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.library import Library
from chain_timer.window.cards import card_of, told_apart
from chain_timer.window.own_pictures import OwnPictures
from chain_timer.window.stills import Stills

SIZE = QSize(80, 72)
LIBRARY = Library.built_in()
STRETCH = LIBRARY.exercise("standing-hamstring-stretch")


class CountedFigures(Figures):
    """Tells which figures were read."""

    read: list[str]

    def figure(self, exercise_id: str) -> Any:
        self.read = [*getattr(self, "read", []), exercise_id]
        return super().figure(exercise_id)


@pytest.fixture
def figures() -> CountedFigures:
    built_in = Figures.built_in()
    return CountedFigures(built_in._folder)


@pytest.fixture
def stills(qapp: QApplication, figures: CountedFigures) -> Iterator[Stills]:
    made = Stills(figures, LIBRARY.names)
    yield made
    made.deleteLater()
    qapp.processEvents()


def settle() -> None:
    for _ in range(40):
        QApplication.processEvents()


def test_a_picture_is_drawn_after_it_was_asked_for_and_only_once(stills: Stills, qtbot: QtBot) -> None:
    assert stills.picture((STRETCH,), SIZE, 1.0, DARK) is None
    with qtbot.waitSignal(stills.drawn):
        assert stills.picture((STRETCH,), SIZE, 1.0, DARK) is None
    first = stills.picture((STRETCH,), SIZE, 1.0, DARK)
    assert first is not None
    assert (first.width(), first.height()) == (80, 72)
    settle()
    assert stills.picture((STRETCH,), SIZE, 1.0, DARK) is first


def test_each_theme_and_each_screen_has_its_own(stills: Stills) -> None:
    def drawn() -> list[Any]:
        return [
            stills.picture((STRETCH,), SIZE, ratio, theme) for theme in (DARK, LIGHT) for ratio in (1.0, 2.0)
        ]

    drawn()
    settle()
    pictures = drawn()
    assert [picture.width() for picture in pictures] == [80, 160, 80, 160]
    assert pictures[0].toImage() != pictures[2].toImage()


def test_the_first_exercise_with_a_figure_is_shown(stills: Stills) -> None:
    mine = replace(STRETCH, id="mine")
    stills.picture((mine, STRETCH), SIZE, 1.0, DARK)
    stills.picture((STRETCH,), SIZE, 1.0, DARK)
    settle()
    both = stills.picture((mine, STRETCH), SIZE, 1.0, DARK)
    alone = stills.picture((STRETCH,), SIZE, 1.0, DARK)
    assert both is not None
    assert alone is not None
    assert both.toImage() == alone.toImage()


def drawn(stills: Stills, *exercises: Exercise) -> QImage:
    stills.picture(exercises, SIZE, 1.0, DARK)
    settle()
    found = stills.picture(exercises, SIZE, 1.0, DARK)
    assert found is not None
    return found.toImage()


def test_where_there_is_no_figure_one_stands_with_its_muscles(stills: Stills) -> None:
    mine = replace(STRETCH, id="mine")
    stands = drawn(stills, mine)
    assert stands != drawn(stills, STRETCH)
    assert stands != drawn(stills, replace(mine, id="other", muscles=("calves",)))
    assert stands != drawn(stills, replace(mine, id="front", muscles=("quadriceps",)))


def test_where_no_figure_can_stand_there_is_none_or_the_chain_of_muscles(
    stills: Stills, figures: CountedFigures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "standing_for", lambda _exercise: None)
    mine = replace(STRETCH, id="mine")
    stills.picture((mine,), SIZE, 1.0, DARK)
    stills.picture_or_chain((mine,), SIZE, 1.0, DARK)
    settle()
    assert stills.picture((mine,), SIZE, 1.0, DARK) is None
    assert stills.picture_or_chain((mine,), SIZE, 1.0, DARK) is not None


def test_a_person_s_own_picture_is_waited_for_and_shown(
    qapp: QApplication, figures: CountedFigures, qtbot: QtBot
) -> None:
    go_on = Event()

    def read(_exercise: Exercise) -> bytes:
        go_on.wait(5)
        return red_picture(400, 200)

    stills = Stills(figures, LIBRARY.names, pictures=OwnPictures(read))
    mine = replace(STRETCH, id="mine", picture="mine.png")
    assert stills.picture((mine,), SIZE, 1.0, DARK) is None
    settle()
    assert stills.busy
    assert stills.picture((mine,), SIZE, 1.0, DARK) is None
    with qtbot.waitSignal(stills.drawn):
        go_on.set()
    width, height = red_area(drawn(stills, mine))
    assert width > 60
    assert height == pytest.approx(width / 2, abs=2)
    assert not stills.busy
    stills.deleteLater()
    qapp.processEvents()


def test_a_figure_goes_before_a_picture_and_a_picture_before_one_that_stands(
    qapp: QApplication, figures: CountedFigures, qtbot: QtBot
) -> None:
    stills = Stills(figures, LIBRARY.names, pictures=OwnPictures(lambda _exercise: red_picture(40, 40)))
    plain = replace(STRETCH, id="plain")
    mine = replace(STRETCH, id="mine", picture="mine.png")
    assert red_area(drawn(stills, plain, mine, STRETCH)) == (0, 0)
    stills.picture((plain, mine), SIZE, 1.0, DARK)
    qtbot.waitUntil(lambda: not stills.busy)
    assert red_area(drawn(stills, plain, mine))[0] > 30
    stills.deleteLater()
    qapp.processEvents()


def test_one_turn_of_the_loop_reads_or_draws_one(stills: Stills, figures: CountedFigures) -> None:
    others = [exercise for exercise in LIBRARY.by_exercise_id.values() if exercise is not STRETCH][:3]
    for exercise in others:
        stills.picture((exercise,), SIZE, 1.0, DARK)
    steps = []
    for _ in range(6):
        before = (len(set(getattr(figures, "read", []))), len(stills._kept))
        stills._work()
        after = (len(set(figures.read)), len(stills._kept))
        steps.append((after[0] - before[0]) + (after[1] - before[1]))
    assert steps == [1] * 6


def test_of_a_picture_in_many_sizes_the_last_one_is_drawn(stills: Stills) -> None:
    for width in range(60, 200):
        stills.picture((STRETCH,), QSize(width, 72), 1.0, DARK)
    settle()
    assert [wanted.size for wanted in stills._kept] == [(199, 72)]


def test_the_room_of_a_figure_is_reckoned_once_for_all_its_pictures(stills: Stills) -> None:
    before = drawing_figure._extent.cache_info().misses
    for width in range(60, 90):
        stills.picture((STRETCH,), QSize(width, 72), 1.0, DARK)
        settle()
    assert len(stills._kept) == 30
    assert drawing_figure._extent.cache_info().misses == before + 1


def test_many_pictures_are_told_together(stills: Stills) -> None:
    told: list[int] = []
    stills.drawn.connect(lambda: told.append(len(stills._kept)))
    for exercise in LIBRARY.by_exercise_id.values():
        stills.picture((exercise,), SIZE, 1.0, DARK)
    while stills.busy:
        stills._work()
    assert told == [len(LIBRARY.by_exercise_id)]


def test_what_changed_is_drawn_anew(stills: Stills, qtbot: QtBot) -> None:
    stills.picture((STRETCH,), SIZE, 1.0, DARK)
    settle()
    before = stills.picture((STRETCH,), SIZE, 1.0, DARK)
    with qtbot.waitSignal(stills.drawn):
        stills.forget()
    assert stills.picture((STRETCH,), SIZE, 1.0, DARK) is None
    settle()
    assert stills.picture((STRETCH,), SIZE, 1.0, DARK) is not before


def test_the_library_has_no_figure_read_before_it_is_painted(desk: Any) -> None:
    assert {"_figures", "_stills"}.isdisjoint(vars(desk.bridge))


def test_cards_get_their_figures_after_the_first_paint_and_then_no_timer_runs(desk: Any) -> None:
    cards = desk.frame.library.grid.viewport()
    before = cards.grab().toImage()
    desk.bridge.begin()
    desk.qtbot.waitUntil(lambda: "_stills" in vars(desk.bridge))
    stills = desk.bridge._stills
    desk.qtbot.waitUntil(lambda: len(stills._kept) == len(desk.library.routines))
    assert cards.grab().toImage() != before
    assert not stills._turn.isActive()


def test_cards_show_exercises_that_differ_as_far_as_there_are_some() -> None:
    cards = told_apart([card_of(routine, LIBRARY.names) for routine in LIBRARY.routines])
    first = [card.exercises[0].id for card in cards]
    assert len(set(first)) == len(first)
    for card, routine in zip(cards, LIBRARY.routines, strict=True):
        assert {each.id for each in card.exercises} == {each.id for each in routine.exercises}


def test_the_set_up_page_shows_a_figure_beside_each_exercise(desk: Any) -> None:
    page = desk.open()
    settle()
    assert len(page.exercises.stills) == 3
    assert all(still.drawn for still in page.exercises.stills)


def test_the_set_up_page_lights_the_muscles_of_the_routine(desk: Any) -> None:
    page = desk.open()
    stretch = page.muscles.map.grab().toImage()
    assert page.muscles.working.text().startswith("Glutes, hamstrings")
    page = desk.open("posterior-chain-strength")
    assert page.muscles.map.grab().toImage() != stretch
