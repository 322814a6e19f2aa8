"""The dose map tells by shape what a muscle got: full, filled in part, or hatched."""

from collections.abc import Mapping

import pytest

pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF

from chain_timer.drawing.dose_bars import Bar, BarLayout, paint_bars
from chain_timer.drawing.dose_map import DoseLayout, DoseWords, paint_dose_map, paint_muscle
from chain_timer.drawing.muscle_map import muscle_shapes
from chain_timer.drawing.theme import DARK, LIGHT, THEMES, Theme, contrast
from chain_timer.figure.muscles import AREAS
from chain_timer.routine.names import built_in_names

WORDS = DoseWords("Back", "Front", "Missing", "Some", "Usual dose")
NAMES = built_in_names()
CHAIN = tuple(muscle.id for muscle in NAMES.muscles.values() if muscle.chain)
ROOM = QRectF(0, 0, 560, 460)
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def laid(shares: Mapping[str, float | None], room: QRectF = ROOM) -> DoseLayout:
    return DoseLayout(room, shares)


def drawn(layout: DoseLayout, theme: Theme = DARK) -> QImage:
    image = QImage(layout.rect.size().toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.background))
    painter = QPainter(image)
    paint_dose_map(painter, layout, theme, WORDS)
    painter.end()
    return image


def inside(shape: QPolygonF) -> QPointF:
    """A place in a shape, which may be bent like a sickle."""
    room = shape.boundingRect()
    middles = (room.left() + room.width() * number / 40 for number in range(1, 40))
    places = (QPointF(x, room.center().y()) for x in middles)
    found = [place for place in places if shape.containsPoint(place, Qt.FillRule.WindingFill)]
    return found[len(found) // 2]


def coral(share: float | None, theme: Theme) -> list[int]:
    """How many pixels of each line of a square have the color of a muscle that is served."""
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.stage_inner))
    shape = QPainterPath()
    shape.addRect(QRectF(10, 10, 40, 40))
    painter = QPainter(image)
    paint_muscle(painter, shape, share, theme)
    painter.end()
    color = QColor(theme.muscle).rgb()
    return [sum(image.pixel(x, y) == color for x in range(13, 47)) for y in range(11, 49)]


@themes
def test_a_muscle_fills_up_from_below(theme: Theme) -> None:
    half = coral(0.5, theme)
    assert half[-1] == 34
    assert half[0] == 0
    sums = [sum(coral(share, theme)) for share in (0.0, 0.25, 0.5, 0.75, 0.99, 1.0)]
    assert sums == sorted(set(sums))


@themes
def test_a_missing_muscle_is_hatched(theme: Theme) -> None:
    lines = coral(None, theme)
    assert all(3 < line < 25 for line in lines)


@themes
def test_what_tells_can_be_seen(theme: Theme) -> None:
    assert contrast(theme.muscle, theme.stage_inner) >= 3
    assert contrast(theme.text, theme.stage_inner) >= 3


@pytest.mark.parametrize("muscle", AREAS)
@pytest.mark.parametrize("size", [(560, 460), (252, 260), (300, 460), (1200, 700)])
def test_every_muscle_is_found_where_it_is_drawn(muscle: str, size: tuple[int, int]) -> None:
    layout = laid({muscle: 1.0}, QRectF(0, 0, *size))
    assert layout.muscles() == (muscle,)
    seen = [body.shapes[muscle] for body in layout.bodies if muscle in body.shapes]
    assert seen
    for shape in seen:
        assert layout.rect.contains(shape.boundingRect())
        for each in shape.toSubpathPolygons():
            assert layout.muscle_at(inside(each)) == muscle
    assert layout.muscle_at(QPointF(1, 1)) == ""


def test_a_thin_muscle_is_found_a_little_beside_it_too() -> None:
    layout = laid({"hips": 1.0, "glutes": 1.0})
    shape = layout.bodies[0].shapes["hips"]
    beside = QPointF(shape.boundingRect().left() - 2, inside(shape.toSubpathPolygons()[0]).y())
    assert not shape.contains(beside)
    assert layout.muscle_at(beside) == "hips"
    assert layout.muscle_at(beside - QPointF(20, 0)) == ""


def test_the_chain_is_seen_from_behind() -> None:
    layout = laid(dict.fromkeys(CHAIN))
    assert set(layout.bodies[0].shapes) == set(CHAIN)
    assert layout.muscles() == CHAIN


def test_of_two_muscles_one_over_the_other_the_smaller_is_found() -> None:
    layout = laid({"shoulders": 1.0, "upper-body": 1.0, "arms": 1.0})
    front = layout.bodies[1]
    first = front.shapes["shoulders"].toSubpathPolygons()[0].boundingRect().center()
    assert layout.muscle_at(first) == "shoulders"


def test_a_muscle_nobody_knows_is_on_no_body() -> None:
    assert laid({"wings": 1.0, "calves": 0.5}).muscles() == ("calves",)


def test_both_bodies_stand_on_one_floor_and_the_back_is_larger_where_it_is_narrow() -> None:
    for width, larger in ((900, False), (300, True)):
        back, front = (body.room for body in laid({}, QRectF(0, 0, width, 460)).bodies)
        assert back.bottom() == pytest.approx(front.bottom())
        assert (back.height() > front.height() * 1.2) is larger
        assert back.right() <= front.center().x()


def test_shapes_lie_where_the_map_draws_its_muscles() -> None:
    shape = muscle_shapes(QRectF(0, 0, 200, 423), ["hamstrings"], back=True)["hamstrings"]
    assert muscle_shapes(QRectF(0, 0, 200, 423), ["hamstrings"], back=False) == {}
    image = QImage(200, 423, QImage.Format.Format_RGB32)
    image.fill(QColor(DARK.stage_inner))
    painter = QPainter(image)
    from chain_timer.drawing.figure_body import Glow  # noqa: PLC0415 - only here
    from chain_timer.drawing.muscle_map import paint_muscle_map  # noqa: PLC0415 - only here

    paint_muscle_map(painter, QRectF(0, 0, 200, 423), Glow({"hamstrings": 1.0}), DARK)
    painter.end()
    color = QColor(DARK.muscle).rgb()
    lit = [QPointF(x, y) for x in range(200) for y in range(423) if image.pixel(x, y) == color]
    assert len(lit) > 100
    room = shape.boundingRect()
    assert all(room.contains(place) for place in lit)


@themes
@pytest.mark.parametrize("size", [(252, 260), (560, 460), (1200, 900), (1, 1)])
def test_any_size_is_drawn(theme: Theme, size: tuple[int, int]) -> None:
    shares: dict[str, float | None] = {"calves": None, "glutes": 0.5, "lats": 1.0, "core": 0.0}
    drawn(laid(shares, QRectF(0, 0, *size)), theme)


def bars(*shares: float) -> tuple[Bar, ...]:
    return tuple(Bar(f"Muscle {number}", "1 min held", share) for number, share in enumerate(shares))


@pytest.mark.parametrize("width", [220, 448, 700, 1240])
def test_bars_are_one_under_another_and_found_there(width: int) -> None:
    layout = BarLayout(bars(0.0, 0.5, 1.0, 3.0), width)
    for index in range(4):
        row, track = layout.rect_of(index), layout.track_of(index)
        assert row.contains(track)
        assert layout.index_at(row.center().y()) == index
        assert track.left() < layout.mark_x < track.right()
    assert layout.index_at(layout.height + 1) == layout.index_at(0) == -1


def test_words_stand_above_the_bar_where_they_leave_it_no_room() -> None:
    long = (Bar("Erector spinae and all that", "12 h 20 min held, 1,800 sets · 28 of 8 days", 1.0),)
    assert BarLayout(long, 1_000).wide
    assert not BarLayout(long, 480).wide


def test_a_bar_of_the_usual_dose_ends_at_the_mark() -> None:
    shown = bars(0.5, 1.0, 1.5)
    layout = BarLayout(shown, 600)
    image = QImage(600, int(layout.height) + 1, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.background))
    painter = QPainter(image)
    paint_bars(painter, layout, shown, "Usual dose", LIGHT)
    painter.end()
    color = QColor(LIGHT.muscle).rgb()

    def end(index: int) -> int:
        y = int(layout.track_of(index).center().y())
        return max(x for x in range(600) if image.pixel(x, y) == color)

    assert end(0) < layout.mark_x - 20
    assert end(1) == pytest.approx(layout.mark_x, abs=3)
    assert end(2) == pytest.approx(layout.track_of(2).right(), abs=3)
