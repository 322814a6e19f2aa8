"""The heat map can be read without its colors, in both themes, and every day has its place."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from chain_timer.drawing.heat_map import LEVELS, HeatLayout, HeatWords, level_color, paint_day, paint_heat_map
from chain_timer.drawing.theme import DARK, LIGHT, THEMES, Theme, contrast
from chain_timer.history.kept import DayTotal
from chain_timer.history.totals import HeatMap, year_of
from chain_timer.units import MINUTE_MS

TODAY = date(2026, 3, 18)
WORDS = HeatWords("min", "Today", "Nothing yet.")
WIDTHS = (200, 300, 448, 700, 1000, 1240, 2300)
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def year(*minutes: int, of: int | None = None) -> HeatMap:
    """A year whose last days had so many minutes, the last of them today."""
    days = [
        DayTotal(TODAY - timedelta(days=ago), 1, 1, each * MINUTE_MS, each * MINUTE_MS)
        for ago, each in enumerate(reversed(minutes))
    ]
    return year_of(days, TODAY, of)


def drawn(layout: HeatLayout, theme: Theme) -> QImage:
    image = QImage(int(layout.width), int(layout.height) + 1, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.background))
    painter = QPainter(image)
    paint_heat_map(painter, layout, theme, WORDS)
    painter.end()
    return image


def filled(level: int, theme: Theme) -> int:
    """How many pixels of a square a level fills."""
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_day(painter, QRectF(2, 2, 20, 20), level, theme)
    painter.end()
    color = QColor(level_color(theme, level)).rgb()
    return sum(image.pixel(x, y) == color for x in range(24) for y in range(24))


@themes
def test_each_level_can_be_seen_on_every_ground(theme: Theme) -> None:
    low = {
        (level, ground)
        for level in range(1, LEVELS)
        for ground in (theme.background, theme.surface, theme.raised)
        if contrast(level_color(theme, level), ground) < 3
    }
    assert low == set()


@themes
def test_neighboring_levels_differ_in_light_too(theme: Theme) -> None:
    colors = [level_color(theme, level) for level in range(1, LEVELS)]
    assert all(contrast(one, two) >= 1.2 for one, two in pairwise(colors))


@themes
def test_a_level_is_told_by_its_size(theme: Theme) -> None:
    sizes = [filled(level, theme) for level in range(1, LEVELS)]
    assert all(more > 1.4 * less for less, more in pairwise(sizes))


@themes
def test_the_mark_of_today_can_be_seen(theme: Theme) -> None:
    for ground in (theme.background, theme.surface, theme.raised):
        assert contrast(theme.quiet, ground) >= 3


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("of", [None, 2024, 2026])
def test_every_day_is_within_the_width_and_found_where_it_is(width: int, of: int | None) -> None:
    layout = HeatLayout(year(5, of=of), TODAY, width)
    room = QRectF(0, 0, width, layout.legend_top)
    for index in range(len(layout.days)):
        square = layout.rect_of(index)
        assert room.contains(square)
        assert square.width() == square.height() >= 9
        assert layout.index_at(square.center()) == index


def test_a_year_has_one_row_where_there_is_room_and_more_where_there_is_not() -> None:
    rows = [len(HeatLayout(year(5), TODAY, width).rows) for width in WIDTHS]
    assert rows == sorted(rows, reverse=True)
    assert rows[2] == 2
    assert rows[-3:] == [1, 1, 1]


def test_squares_grow_with_the_room() -> None:
    sides = [HeatLayout(year(5), TODAY, width).side for width in (800, 1240, 2300)]
    assert sides == sorted(set(sides))


def test_where_there_is_little_height_the_squares_are_smaller() -> None:
    free, low = HeatLayout(year(5), TODAY, 1240), HeatLayout(year(5), TODAY, 1240, 120)
    assert low.height <= 122 < free.height


def test_days_to_come_cannot_be_gone_to_unless_something_is_kept_of_them() -> None:
    layout = HeatLayout(year(5), TODAY, 800)
    assert layout.days[-1].day == TODAY
    ahead = DayTotal(TODAY + timedelta(days=2), 1, 1, MINUTE_MS, MINUTE_MS)
    layout = HeatLayout(year_of([ahead], TODAY), TODAY, 800)
    assert [day.day for day in layout.days[-2:]] == [TODAY, TODAY + timedelta(days=2)]


def test_a_day_of_another_year_is_nowhere() -> None:
    layout = HeatLayout(year(5, of=2025), TODAY, 800)
    assert layout.index_of(date(2024, 12, 31)) == layout.index_of(date(2026, 1, 1)) == -1
    assert layout.days[layout.index_of(date(2025, 12, 31))].day == date(2025, 12, 31)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("of", [None, 2024])
def test_the_names_of_months_never_overlap_or_leave_the_width(width: int, of: int | None) -> None:
    from PySide6.QtGui import QFontMetricsF  # noqa: PLC0415 - only here

    from chain_timer.drawing.text import font  # noqa: PLC0415 - only here

    layout = HeatLayout(year(5, of=of), TODAY, width)
    metrics = QFontMetricsF(font(layout.pixels))
    ends: dict[float, float] = {}
    names = sorted(layout.month_names(), key=lambda each: (each[1].top, each[0]))
    assert len(names) >= 12
    for left, row, name in names:
        assert left > ends.get(row.top, -1)
        ends[row.top] = left + metrics.horizontalAdvance(name)
        assert ends[row.top] <= width


@themes
def test_a_day_with_much_is_painted_in_its_color(theme: Theme) -> None:
    layout = HeatLayout(year(45, 0), TODAY, 900)
    at = layout.rect_of(layout.index_of(TODAY - timedelta(days=1))).center()
    assert drawn(layout, theme).pixelColor(at.toPoint()) == QColor(level_color(theme, 4))


def test_today_is_marked() -> None:
    layout = HeatLayout(year(5), TODAY, 900)
    today, before = (layout.rect_of(layout.index_of(TODAY - timedelta(days=ago))) for ago in (0, 1))
    image = drawn(layout, DARK)

    def edge(square: QRectF) -> QColor:
        return image.pixelColor(QPointF(square.center().x(), square.top() - 1).toPoint())

    assert edge(today) != edge(before)
    assert edge(before) == QColor(DARK.background)


def test_no_year_and_no_room_are_no_trouble() -> None:
    for layout in (
        HeatLayout(None, TODAY, 400),
        HeatLayout(year(5), TODAY, 1),
        HeatLayout(year(5), TODAY, 90, 5),
    ):
        drawn(layout, LIGHT)
        assert layout.index_at(QPointF(-5, -5)) == -1
