"""The figure follows the session, rests when nothing moves, and never claims what it cannot show."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from helpers.own_pictures import red_area, red_picture
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from chain_timer.figure.choreography import pose_at
from chain_timer.figure.figures import Figures
from chain_timer.figure.showing import shot_in, showing
from chain_timer.routine.exercise import Side
from chain_timer.routine.library import Library
from chain_timer.session.events import State
from chain_timer.timeline.segment import Kind
from chain_timer.units import SECOND_MS
from chain_timer.window import session_bridge, shot_painter
from chain_timer.window.stage import BREATHING_MS, FADING_MS, MOVING_MS, Stage


def picture(stage: Any) -> QImage:
    return stage.grab().toImage()


def without_figures(known: Library, picture: str = "") -> Library:
    """The library with exercises of a person's own, which have no figure."""

    def own(value: Any) -> Any:
        items = tuple(
            replace(item, exercise=replace(item.exercise, id=f"my-{item.exercise.id}", picture=picture))
            for circuit in value.circuits
            for item in circuit.items
        )
        return replace(value, circuits=(replace(value.circuits[0], items=items),))

    return replace(known, by_routine_id={key: own(value) for key, value in known.by_routine_id.items()})


def pictured(make_desk: Any, data: bytes) -> Any:
    """A window with exercises that have this picture, and no figure."""
    known = without_figures(Library.built_in(), picture="a.png")
    return make_desk(library=known, picture_of=lambda _exercise: data)


@pytest.fixture
def motion(desk: Any) -> Callable[[str], None]:
    return lambda choice: desk.store.change(motion=choice)


def test_the_figure_moves_with_the_session(desk: Any) -> None:
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS, 300)
    first = picture(page.stage)
    desk.advance(600)
    assert page.stage.shot.moving
    assert page.stage.shot.exercise is desk.conductor.timeline.segments[desk.conductor.player.index].exercise
    assert picture(page.stage) != first


def test_a_hold_breathes_and_stays(desk: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    shot = page.stage.shot
    desk.advance(2 * SECOND_MS)
    assert not page.stage.shot.moving
    assert page.stage.shot.start is shot.start
    assert page.stage.shot.breath != shot.breath


def test_frames_come_fast_while_it_moves_slowly_while_it_breathes_and_not_at_all_otherwise(desk: Any) -> None:
    desk.store.change(motion="full")
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS, 300)
    desk.advance(300)
    assert page.stage.frame_ms == MOVING_MS
    desk.go_to(Kind.REST, 4 * SECOND_MS)
    assert page.stage.frame_ms is None
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    assert page.stage.frame_ms == BREATHING_MS


def test_the_timer_follows_the_frames(desk: Any) -> None:
    desk.store.change(motion="full")
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS, 300)
    desk.advance(300)
    assert desk.session._timer.interval() <= MOVING_MS
    desk.qtbot.keyClick(page, Qt.Key.Key_Space)
    assert desk.conductor.player.state is State.PAUSED
    for _ in range(30):
        desk.session.beat()
    assert not desk.session.ticking


def test_nobody_draws_what_cannot_be_seen(desk: Any, paints: Any) -> None:
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS, 300)
    desk.advance(100)
    desk.frame.hide()
    desk.settle()
    assert page.stage.frame_ms is None
    counted = paints(page.stage)
    desk.advance(2 * SECOND_MS)
    desk.settle()
    assert counted.areas == {}
    desk.frame.showMinimized()
    desk.settle()
    assert page.stage.frame_ms is None


def test_a_frame_paints_the_figure_and_nothing_else_of_the_page(desk: Any, paints: Any) -> None:
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS, 310)
    desk.settle()
    counted = paints(page)
    desk.advance(40)
    desk.settle()
    assert set(counted.areas) <= {"Stage", "Countdown", "SessionStrip"}
    assert counted.areas["Stage"]


def test_while_it_waits_for_the_person_the_figure_goes_on(desk: Any) -> None:
    own = desk.library.routine("posterior-chain-strength")
    items = tuple(replace(item, work=replace(item.work, self_paced=True)) for item in own.circuits[0].items)
    page = desk.start(replace(own, circuits=(replace(own.circuits[0], items=items),)))
    desk.go_to(Kind.REPS)
    desk.advance(600)
    assert desk.conductor.player.state is State.WAITING
    shares = set()
    for _ in range(10):
        desk.advance(100)
        shares.add((id(page.stage.shot.start), page.stage.shot.share))
    assert len(shares) > 5


def test_the_side_is_written_and_its_shoe_is_colored(desk: Any) -> None:
    page = desk.start()
    accent = "#3fcbb6"
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    assert page.stage.side == "Right leg"
    assert "Right leg" in page.stage.accessibleName()
    image = picture(page.stage)
    shoe = [
        (x, y)
        for x in range(page.stage.width() // 4, page.stage.width(), 2)
        for y in range(page.stage.height() // 4, page.stage.height(), 2)
        if image.pixelColor(x, y).name() == accent
    ]
    assert len(shoe) > 50
    timeline = desk.conductor.timeline
    index = next(
        i for i, each in enumerate(timeline.segments) if each.kind is Kind.HOLD and each.side is Side.LEFT
    )
    page.seek_requested.emit(timeline.start_of(index) + 4 * SECOND_MS)
    assert page.stage.side == "Left leg"
    assert page.stage.shot.mirrored == 1


def test_muscles_glow_at_work_and_not_at_rest(desk: Any) -> None:
    page = desk.start("posterior-chain-strength")

    def lit() -> int:
        image = picture(page.stage)
        top = page.stage.height() // 5  # below the legend, whose dot is coral too
        return sum(
            abs(image.pixelColor(x, y).hue() - 18) < 12 and image.pixelColor(x, y).saturation() > 120
            for x in range(0, image.width(), 4)
            for y in range(top, image.height(), 4)
        )

    desk.go_to(Kind.REST, 5 * SECOND_MS)
    assert lit() == 0
    desk.go_to(Kind.REPS, 5 * SECOND_MS)
    assert lit() > 20


def test_an_exercise_without_figure_shows_its_muscles_and_no_movement(make_desk: Any) -> None:
    desk = make_desk(library=without_figures(Library.built_in()))
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    assert page.stage.shot.stands
    assert page.stage.frame_ms is None
    assert page.stage.side == "Right leg"
    assert page.stage.accessibleName().startswith("Muscles: ")
    picture(page.stage)  # after the first time a drawing is painted as it was kept, with seven digits
    before = picture(page.stage)
    desk.advance(2 * SECOND_MS)
    assert picture(page.stage) == before


def test_the_muscles_of_the_next_exercise_glow_on_the_same_standing_figure(make_desk: Any) -> None:
    desk = make_desk(library=without_figures(Library.built_in()))
    page = desk.start("posterior-chain-strength")
    seen: dict[str, QImage] = {}
    timeline = desk.conductor.timeline
    for index, segment in enumerate(timeline.segments):
        if segment.kind is Kind.REPS and segment.exercise.id not in seen:
            page.seek_requested.emit(timeline.start_of(index) + SECOND_MS)
            desk.settle()
            seen[segment.exercise.id] = picture(page.stage)
            assert page.stage.shot.exercise is segment.exercise
    pictures = list(seen.values())
    assert len(pictures) > 2
    assert all(one != other for number, one in enumerate(pictures) for other in pictures[number + 1 :])


@pytest.mark.parametrize("choice", ["full", "reduced"])
def test_a_person_s_own_picture_is_shown_and_never_stretched(make_desk: Any, choice: str) -> None:
    desk = pictured(make_desk, red_picture(400, 200))
    desk.store.change(motion=choice)
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    desk.qtbot.waitUntil(lambda: red_area(picture(page.stage))[0] > 0)
    width, height = red_area(picture(page.stage))
    assert width > page.stage.width() * 0.7
    assert height == pytest.approx(width / 2, abs=2)
    assert page.stage.frame_ms is None
    assert page.stage.accessibleName().startswith("Muscles: ")


def test_a_picture_that_is_damaged_leaves_the_figure_that_stands(make_desk: Any) -> None:
    plain = make_desk(library=without_figures(Library.built_in()))
    plain.start()
    plain.go_to(Kind.HOLD, 4 * SECOND_MS)
    picture(plain.player.stage)
    stands = picture(plain.player.stage)
    desk = pictured(make_desk, b"no picture")
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    desk.qtbot.waitUntil(lambda: picture(page.stage) == stands)


def test_an_exercise_with_a_figure_keeps_it_also_if_it_has_a_picture(make_desk: Any) -> None:
    known = Library.built_in()
    routine = known.routine("posterior-chain-stretch")
    items = tuple(
        replace(item, exercise=replace(item.exercise, picture="a.png")) for item in routine.circuits[0].items
    )
    desk = make_desk(picture_of=lambda _exercise: pytest.fail("it was read"))
    page = desk.start(replace(routine, circuits=(replace(routine.circuits[0], items=items),)))
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    assert not page.stage.shot.stands
    assert red_area(picture(page.stage)) == (0, 0)


def test_a_figure_that_cannot_be_drawn_gives_way_to_the_muscles(
    desk: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    whole = picture(page.stage)

    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(shot_painter, "drawing_of", broken)
    for _ in range(8):
        desk.advance(500)
        desk.settle()
    given_up = picture(page.stage)
    assert given_up != whole
    assert "cannot be drawn" in caplog.text
    assert caplog.text.count("cannot be drawn") < 3


def test_reduced_motion_fades_from_pose_to_pose_and_holds_still(desk: Any, motion: Any) -> None:
    motion("reduced")
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS, 300)
    desk.advance(400)
    assert page.stage.shot.moving
    assert page.stage.frame_ms == FADING_MS
    faded = picture(page.stage)
    motion("full")
    page.stage.update()
    assert picture(page.stage) != faded
    motion("reduced")
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    assert page.stage.frame_ms is None
    before = picture(page.stage)
    desk.advance(1_500)
    assert picture(page.stage) == before


def test_a_fade_ends_in_the_very_picture_of_its_goal(desk: Any, motion: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    motion("full")
    page.stage.show_shot(replace(page.stage.shot, breath=0.0))
    whole = picture(page.stage)
    motion("reduced")
    assert picture(page.stage) == whole


def test_both_themes_draw_the_figure_in_their_own_colors(make_desk: Any) -> None:
    seen = {}
    for theme in ("dark", "light"):
        desk = make_desk(theme=theme)
        page = desk.start()
        desk.go_to(Kind.HOLD, 4 * SECOND_MS)
        seen[theme] = picture(page.stage)
    assert seen["dark"] != seen["light"]


def test_nothing_is_left_behind_where_another_figure_was(desk: Any, paints: Any, qtbot: QtBot) -> None:
    figures = Figures.built_in()
    names = ("downward-facing-dog", "pullup")
    wide, narrow = (shot_in(showing(desk.library.exercise(name), None, figures), 0) for name in names)
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(700, 500)
    stage.show_shot(wide)
    stage.show()
    desk.settle()
    counted = paints(stage)
    stage.show_shot(narrow)
    desk.settle()
    room = stage._figure_room()
    for shot in (wide, narrow):
        area = shot_painter.area_of(shot, room).intersected(stage.rect())
        assert any(painted.contains(area) for painted in counted.areas["Stage"])


def test_a_figure_that_cannot_follow_does_not_stop_the_session(
    desk: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = desk.start()
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)

    def broken(*_arguments: object) -> None:
        raise LookupError

    monkeypatch.setattr(session_bridge, "pose_at", broken)
    before = page.countdown.digits
    for _ in range(6):
        desk.advance(500)
        desk.settle()
    assert page.countdown.digits != before
    assert page.stage.shot is None
    assert caplog.text.count("cannot follow") == 1


def test_without_motion_a_side_changes_at_once_and_nothing_is_left_of_the_other(
    desk: Any, motion: Any
) -> None:
    motion("reduced")
    page = desk.start()
    desk.go_to(Kind.SWITCH)
    while desk.conductor.timeline.segments[desk.conductor.player.index].kind is Kind.SWITCH:
        desk.advance(250)
        desk.settle()
        assert page.stage.shot.mirrored in {0.0, 1.0}
        seen = picture(page.stage)
        page.stage._redraw()
        assert picture(page.stage) == seen
    assert page.stage.shot.mirrored == 1.0


def test_a_figure_without_room_never_stops_the_session(
    desk: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = desk.start("posterior-chain-strength")
    desk.go_to(Kind.REPS, 300)

    def broken(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(shot_painter, "extent", broken)
    desk.advance(400)
    assert desk.session.ticking
    assert page.stage.shot is None
    assert caplog.text.count("no room") == 1


def test_the_end_of_a_session_moves_nothing_that_it_covers(desk: Any, paints: Any) -> None:
    page = desk.start()
    desk.go_to(Kind.FINISH)
    desk.settle()
    assert page.finish.isVisible()
    assert page.stage.frame_ms is None
    counted = paints(page)
    desk.advance(1_000)
    desk.settle()
    assert counted.areas.keys().isdisjoint({"Stage", "Countdown", "SessionStrip"})
    desk.go_to(Kind.HOLD, 4 * SECOND_MS)
    assert not page.finish.isVisible()
    assert page.stage.is_seen


def test_the_slowest_repetition_is_soon_found_again(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.store.change(motion="full")
    made: list[object] = []
    draw = shot_painter.drawing_of

    def counted(*arguments: Any) -> Any:
        made.append(arguments)
        return draw(*arguments)

    monkeypatch.setattr(shot_painter, "drawing_of", counted)
    deadlift = desk.library.exercise("romanian-deadlift")
    stage = Stage()
    desk.qtbot.addWidget(stage)
    stage.resize(200, 200)
    stage.show()
    performance = showing(deadlift, None, Figures.built_in()).performance
    timeline = performance.timeline
    reps = next(index for index, each in enumerate(timeline.segments) if each.kind is Kind.REPS)
    begin, reps_of = timeline.start_of(reps), timeline.segments[reps].reps
    assert reps_of is not None
    counts = []
    # Frames do not come at the same moments of each repetition.
    for late_ms in (0, 11, 23, 5, 17, 29):
        made.clear()
        for at_ms in range(begin + late_ms, begin + reps_of.tempo.rep_ms, MOVING_MS):
            stage.show_shot(pose_at(performance, at_ms))
            stage.grab()
        counts.append(len(made))
    assert counts[0] > 120
    assert counts[-1] < 0.2 * counts[0]
