"""The drawn figure: what a picture shows, from the pixels of it."""

from collections.abc import Iterator
from math import hypot, inf

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QTransform

from chain_timer.drawing.figure import MAIN, Picture, extent, glow_of, paint_figure
from chain_timer.drawing.figure_body import Glow
from chain_timer.drawing.muscle_map import paint_muscle_map
from chain_timer.drawing.paths import Shape
from chain_timer.drawing.theme import DARK, LIGHT, THEMES, Theme
from chain_timer.figure.camera import camera, look
from chain_timer.figure.figure import Figure
from chain_timer.figure.figures import Figures
from chain_timer.figure.muscles import AREAS
from chain_timer.figure.outlines import FlatRing, Oval, flat_area, flat_sweep
from chain_timer.figure.pose import mirrored_pose
from chain_timer.figure.shapes import sweeps
from chain_timer.figure.solver import solve
from chain_timer.routine.library import Library
from chain_timer.routine.names import built_in_names

FIGURES = Figures.built_in()
IDS = sorted({item.exercise.id for routine in Library.built_in().routines for item in routine.items})
Color = tuple[int, int, int]


@pytest.fixture(scope="module", autouse=True)
def application() -> Iterator[None]:
    made = QGuiApplication.instance() or QGuiApplication([])
    yield
    del made


def figure(name: str) -> Figure:
    found = FIGURES.figure(name)
    assert found is not None
    return found


def blank(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    return image


def drawn(picture: Picture, theme: Theme = DARK, size: int = 300, margin: int = 0) -> QImage:
    image = blank(size + 2 * margin, size + 2 * margin)
    painter = QPainter(image)
    paint_figure(painter, QRectF(margin, margin, size, size), picture, theme)
    painter.end()
    return image


def count(image: QImage, color: str, tolerance: int = 10) -> int:
    """How many pixels are of a color."""
    wanted = QColor(color)
    return sum(
        max(
            abs(seen.red() - wanted.red()),
            abs(seen.green() - wanted.green()),
            abs(seen.blue() - wanted.blue()),
        )
        <= tolerance
        for y in range(image.height())
        for x in range(image.width())
        if (seen := image.pixelColor(x, y)).alpha() > 200
    )


def middle_of(image: QImage, color: str) -> float:
    """The middle column of the pixels of a color."""
    wanted = QColor(color)
    columns = [
        x
        for y in range(image.height())
        for x in range(image.width())
        if (seen := image.pixelColor(x, y)).alpha() > 200
        and abs(seen.red() - wanted.red()) + abs(seen.green() - wanted.green()) < 12
        and abs(seen.blue() - wanted.blue()) < 8
    ]
    assert columns
    return sum(columns) / len(columns)


@pytest.mark.parametrize("name", IDS)
def test_every_exercise_that_ships_has_its_figure(name: str) -> None:
    assert figure(name).id == name


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("name", IDS)
def test_no_pose_leaves_the_room_it_is_given(name: str, mirrored: bool) -> None:  # noqa: FBT001
    shown = figure(name)
    for pose in shown.poses.values():
        body = solve(mirrored_pose(pose) if mirrored else pose)
        image = drawn(Picture(shown, body, Glow({}), float(mirrored)), size=120, margin=20)
        for x in range(image.width()):
            for y in range(image.height()):
                if not (18 <= x < 142 and 18 <= y < 142):
                    assert image.pixelColor(x, y).alpha() < 60, (x, y)


@pytest.mark.parametrize(
    "name", ["standing-hamstring-stretch", "seated-figure-four-stretch", "kettlebell-swing"]
)
def test_the_left_is_the_right_in_a_mirror(name: str) -> None:
    shown = figure(name)
    pose = shown.hold or shown.steps[-2]
    glow = {"hamstrings": MAIN, "glutes": MAIN}
    right = drawn(Picture(shown, solve(pose), Glow(glow, "right"), 0.0))
    left = drawn(Picture(shown, solve(mirrored_pose(pose)), Glow(glow, "left"), 1.0))
    flipped = left.transformed(QTransform(-1, 0, 0, 1, 0, 0))
    differing = sum(
        abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.alpha() - b.alpha()) > 60
        for y in range(0, 300, 2)
        for x in range(0, 300, 2)
        for a, b in ((right.pixelColor(x, y), flipped.pixelColor(x, y)),)
    )
    assert differing < 60, differing


def test_only_the_side_that_leads_glows() -> None:
    shown = figure("standing-hamstring-stretch")
    assert shown.hold is not None
    body = solve(shown.hold)
    both = count(drawn(Picture(shown, body, glow_of(["hamstrings"], []))), DARK.muscle, 60)
    one = count(drawn(Picture(shown, body, glow_of(["hamstrings"], [], "right"))), DARK.muscle, 60)
    assert 50 < one < both


def test_the_shoe_of_the_side_that_leads_is_marked() -> None:
    shown = figure("standing-hamstring-stretch")
    assert shown.hold is not None
    plain = drawn(Picture(shown, solve(shown.hold), Glow({})))
    marked = drawn(Picture(shown, solve(shown.hold), Glow({}, "right")))
    assert count(plain, DARK.accent) == 0
    assert count(marked, DARK.accent) > 50


def test_muscles_that_help_glow_softer() -> None:
    shown = figure("romanian-deadlift")
    body = solve(shown.ready)
    main = count(drawn(Picture(shown, body, glow_of(["glutes"], []))), DARK.muscle)
    helping = count(drawn(Picture(shown, body, glow_of([], ["glutes"]))), DARK.muscle)
    assert main > 100
    assert helping == 0


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("muscle", built_in_names().muscles)
def test_every_muscle_that_has_a_name_has_its_place_on_the_map(muscle: str, theme: Theme) -> None:
    seen = []
    for back in (True, False):
        image = blank(120, 250)
        painter = QPainter(image)
        paint_muscle_map(painter, QRectF(0, 0, 120, 250), Glow({muscle: 0.89}), theme, back=back)
        painter.end()
        unlit = blank(120, 250)
        painter = QPainter(unlit)
        paint_muscle_map(painter, QRectF(0, 0, 120, 250), Glow({}), theme, back=back)
        painter.end()
        seen.append(sum(image.pixel(x, y) != unlit.pixel(x, y) for x in range(120) for y in range(250)))
    assert max(seen) > 100


def test_the_map_shows_the_back_from_behind() -> None:
    def lit(*, back: bool) -> int:
        image = blank(120, 250)
        painter = QPainter(image)
        paint_muscle_map(painter, QRectF(0, 0, 120, 250), Glow({"hamstrings": 0.89}), DARK, back=back)
        painter.end()
        return count(image, DARK.muscle, 60)

    assert lit(back=True) > 200
    assert lit(back=False) == 0


def test_one_sees_where_it_looks() -> None:
    shown = figure("standing-hamstring-stretch")
    right = drawn(Picture(shown, solve(shown.ready), Glow({}), 0.0))
    left = drawn(Picture(shown, solve(mirrored_pose(shown.ready)), Glow({}), 1.0))
    top = 90
    hair = [middle_of(image.copy(0, 0, 300, top), DARK.hair) for image in (right, left)]
    face = [middle_of(image.copy(0, 0, 300, top), DARK.skin) for image in (right, left)]
    assert hair[0] < face[0]
    assert hair[1] > face[1]


@pytest.mark.parametrize("size", [1, 16, 64, 2_000])
def test_any_size_is_drawn(size: int) -> None:
    shown = figure("kettlebell-swing")
    image = drawn(Picture(shown, solve(shown.ready), Glow({"glutes": 1.0})), LIGHT, size)
    assert size == 1 or any(image.pixelColor(size // 2, y).alpha() for y in range(size))


def test_no_room_is_no_trouble() -> None:
    image = blank(10, 10)
    painter = QPainter(image)
    for rect in (QRectF(), QRectF(0, 0, -5, 4), QRectF(2, 2, 0, 0)):
        shown = figure("pullup")
        paint_figure(painter, rect, Picture(shown, solve(shown.ready), Glow({})), DARK)
    painter.end()


@pytest.mark.parametrize("name", IDS)
def test_the_scale_is_the_same_for_every_pose(name: str) -> None:
    room = extent(figure(name))
    assert -inf < room.left < room.right < inf
    assert 1.1 < room.top - room.bottom < 2.8


@pytest.mark.parametrize("turn", range(-170, 190, 20))
def test_a_muscle_all_around_a_limb_is_lit_from_wherever_it_is_seen(turn: int) -> None:
    seen = look(solve(figure("pullup").ready), camera(turn, 0))
    for area in AREAS["arms"]:
        sweep = sweeps(seen)[area.sweep]
        rings = flat_sweep(sweep)
        line = flat_area(area, sweep)
        middle = len(line) // 4
        (ax, ay), (bx, by) = line[middle], line[-1 - middle]
        wide = hypot(ax - bx, ay - by)
        assert wide > 0.9 * 2 * min(ring.half for ring in rings[2:4])


def test_every_area_lies_on_the_part_it_names() -> None:
    parts = sweeps(look(solve(figure("pullup").ready), camera(0, 0)))
    for areas in AREAS.values():
        for area in areas:
            assert 0 <= area.first < area.last < len(parts[area.sweep].middles) - 1


def test_what_overlaps_in_one_color_has_no_holes() -> None:
    """Whatever way around its points are given."""
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    ring = [FlatRing(0.5, y, 1.0, 0.0, 0.3, 0.0) for y in (-0.5, 0.5, 1.5)]
    for points in (square, square[::-1]):
        shape = Shape().polygon(points).closed(points).line(points, 0.4).band(points, 0.4).limb(ring)
        shape.around(points, 0.1).around_limb(ring, 0.1).round(ring[1]).oval(Oval(0.5, 0.5, 0.4, 0.1, 0.3))
        for x in range(5, 100, 10):
            for y in range(5, 100, 10):
                assert shape.path.contains(QPointF(x / 100, y / 100)), (x, y)
