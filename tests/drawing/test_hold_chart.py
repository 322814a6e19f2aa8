"""The chart of holds: round numbers, days that do not overlap, hollow dots for what was broken off."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from chain_timer.drawing.day_axis import ticks_that_fit
from chain_timer.drawing.hold_chart import (
    STEPS_S,
    HoldLayout,
    HoldWords,
    is_broken_off,
    paint_dot,
    paint_hold_chart,
    second_step,
)
from chain_timer.drawing.theme import DARK, LIGHT, THEMES, Theme, contrast
from chain_timer.history.plan import HoldPlan
from chain_timer.history.progress import ChartPoint, HoldChart, chart
from chain_timer.timeline.kinds import Kind

DAY = date(2026, 3, 18)
WORDS = HoldWords("Held", "Broken off", "Plan", "Nothing yet.")
SIZES = (QSizeF(300, 180), QSizeF(448, 240), QSizeF(1000, 280), QSizeF(2300, 700))


def point(
    ago: int, held_s: float, *, planned_s: int = 30, done: bool = True, sessions: int = 1
) -> ChartPoint:
    day = DAY - timedelta(days=ago)
    return ChartPoint(day, day, planned_s * 1000, round(held_s * 1000), sessions, done)


def many(count: int, every: int = 1) -> HoldChart:
    points = (point(number * every, 20 + number % 30, done=bool(number % 9)) for number in range(count))
    return HoldChart(tuple(sorted(points, key=lambda each: each.first)), ())


def drawn(layout: HoldLayout, theme: Theme = DARK) -> QImage:
    image = QImage(layout.size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.background))
    painter = QPainter(image)
    paint_hold_chart(painter, layout, theme, WORDS)
    painter.end()
    return image


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("longest_s", [12, 31, 59, 60, 100, 400, 3_600])
def test_the_lines_are_at_round_seconds_and_hold_all_that_was_held(size: QSizeF, longest_s: int) -> None:
    shown = HoldChart((point(9, 3), point(5, longest_s), point(0, longest_s / 2)), ())
    layout = HoldLayout(shown, size)
    assert layout.step_s in STEPS_S
    assert all(two - one == layout.step_s for one, two in pairwise(layout.levels_s))
    assert all(level % layout.step_s == 0 for level in layout.levels_s)
    assert layout.levels_s[0] * 1000 <= 3_000
    assert layout.levels_s[-1] >= longest_s
    assert layout.plot.height() / (len(layout.levels_s) - 1) >= layout.line


def test_more_lines_than_there_is_room_for_are_drawn_farther_apart() -> None:
    assert [second_step(60, lines) for lines in (12, 6, 4, 2, 1)] == [5, 10, 15, 30, 60]


def test_what_was_held_longer_is_higher_and_what_was_later_is_farther_right() -> None:
    layout = HoldLayout(HoldChart((point(9, 20), point(5, 40), point(0, 45)), ()), SIZES[2])
    points = [layout.point_of(index) for index in range(3)]
    assert points[0].x() < points[1].x() < points[2].x()
    assert points[0].y() > points[1].y() > points[2].y()
    assert all(layout.plot.contains(each) for each in points)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("days", [0, 1, 2, 6, 13, 29, 45, 80, 200, 365, 800, 3_000, 7_300])
def test_the_days_below_never_overlap_or_leave_the_picture(size: QSizeF, days: int) -> None:
    layout = HoldLayout(HoldChart((point(days, 30), point(0, 40)), ()), size)
    places = [place for place, _ in layout.ticks]
    assert places
    assert all(one.right() < two.left() for one, two in pairwise(places))
    assert all(QRectF(0, 0, size.width(), size.height()).contains(place) for place in places)


def test_the_first_day_and_each_new_year_have_their_year_written() -> None:
    def place(tick: object) -> QRectF:
        day = tick.day  # type: ignore[attr-defined]
        return QRectF((day - date(2025, 10, 1)).days * 4, 0, 60, 12)

    ticks = ticks_that_fit(date(2025, 10, 1), date(2026, 3, 1), place)
    assert [tick.text for _, tick in ticks] == ["Oct 2025", "Nov", "Dec", "Jan 2026", "Feb", "Mar"]


def test_weeks_begin_on_mondays() -> None:
    def place(tick: object) -> QRectF:
        return QRectF((tick.day - DAY).days * 12, 0, 50, 12)  # type: ignore[attr-defined]

    ticks = ticks_that_fit(DAY, DAY + timedelta(days=30), place)
    assert {tick.day.weekday() for _, tick in ticks} == {0}


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_what_was_broken_off_is_hollow(theme: Theme) -> None:
    def middle(*, hollow: bool) -> QColor:
        image = QImage(20, 20, QImage.Format.Format_RGB32)
        image.fill(QColor(theme.surface))
        painter = QPainter(image)
        paint_dot(painter, QPointF(10, 10), 4.5, theme, hollow=hollow)
        painter.end()
        return image.pixelColor(10, 10)

    assert middle(hollow=False) == QColor(theme.shapes[Kind.HOLD])
    assert middle(hollow=True) == QColor(theme.background)
    assert contrast(theme.shapes[Kind.HOLD], theme.background) >= 3


def test_of_several_sessions_a_point_is_broken_off_when_most_of_them_were() -> None:
    assert is_broken_off(point(0, 30, done=False))
    assert not is_broken_off(point(0, 30, done=False, sessions=5))
    assert is_broken_off(point(0, 20, done=False, sessions=5))


def test_the_nearest_point_is_found_and_none_far_away() -> None:
    layout = HoldLayout(many(30, every=3), SIZES[2])
    for index in range(30):
        assert layout.index_at(layout.point_of(index) + QPointF(2, 3)) == index
    assert layout.index_at(QPointF(2, layout.plot.center().y())) == -1
    far = HoldLayout(HoldChart((point(900, 20), point(0, 20)), ()), SIZES[2])
    assert far.index_at(far.plot.center()) == -1


def test_of_two_on_one_day_the_one_under_the_pointer_is_found() -> None:
    layout = HoldLayout(HoldChart((point(3, 10), point(0, 20), point(0, 50)), ()), SIZES[2])
    assert [layout.index_at(layout.point_of(index)) for index in (1, 2)] == [1, 2]


def test_the_plan_goes_up_in_steps() -> None:
    plan = HoldPlan("x", "Stretch", 30_000, 60_000, DAY, 6)
    layout = HoldLayout(chart((), plan), SIZES[2])
    corners = layout.plan
    assert all(one.x() == two.x() or one.y() == two.y() for one, two in pairwise(corners))
    assert corners[0].y() == layout.y_of(30_000)
    assert corners[-1].y() == layout.y_of(60_000)


def test_without_a_plan_the_dashed_line_is_what_was_planned_from_session_to_session() -> None:
    layout = HoldLayout(HoldChart((point(4, 20), point(0, 20, planned_s=45)), ()), SIZES[2])
    assert {corner.y() for corner in layout.plan} == {layout.y_of(30_000), layout.y_of(45_000)}


def test_very_many_points_are_drawn_as_a_band_of_few_columns() -> None:
    layout = HoldLayout(many(3_000), SIZES[2])
    assert layout.dense
    columns = list(layout.columns())
    assert len(columns) <= layout.plot.width() / 4 + 1
    assert all(column.high <= column.middle <= column.low for column in columns)
    drawn(layout)


def test_a_long_line_is_drawn_in_pieces() -> None:
    lengths: list[int] = []

    class Counted(QPainter):
        def drawPolyline(self, line: QPolygonF) -> None:  # type: ignore[override] # noqa: N802 - Qt's own
            lengths.append(len(line))
            super().drawPolyline(line)

    layout = HoldLayout(many(400), SIZES[3])
    image = QImage(layout.size.toSize(), QImage.Format.Format_RGB32)
    painter = Counted(image)
    paint_hold_chart(painter, layout, DARK, WORDS)
    painter.end()
    assert sum(lengths) >= 400
    assert max(lengths) <= 40


@pytest.mark.parametrize("count", [0, 1, 2, 30, 400, 3_000])
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_any_number_is_drawn(count: int, theme: Theme) -> None:
    for size in SIZES:
        image = drawn(HoldLayout(many(count), size), theme)
        ground = QColor(theme.background).rgb()
        ink = (
            image.pixel(x, y) != ground
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        )
        assert any(ink)


def test_a_single_point_has_its_number_beside_it() -> None:
    def numbers(*points: ChartPoint) -> int:
        image = drawn(HoldLayout(HoldChart(points, ()), SIZES[2]))
        color = QColor(DARK.text).rgb()
        return sum(image.pixel(x, y) == color for x in range(image.width()) for y in range(image.height()))

    assert numbers(point(0, 35)) > 10
    assert numbers(point(3, 35), point(0, 40)) == 0


def test_no_room_is_no_trouble() -> None:
    for size in (QSizeF(1, 1), QSizeF(40, 10)):
        layout = HoldLayout(many(30), size)
        drawn(layout)
        assert layout.index_at(QPointF(500, 500)) == -1
