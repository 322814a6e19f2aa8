"""The heat map: a year of days as squares in columns of weeks; a fuller square is a day with more minutes."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil, inf
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from chain_timer.drawing.charting import month_name, type_size, weekday_name, write
from chain_timer.drawing.text import font
from chain_timer.drawing.theme import Theme, mixed
from chain_timer.history.days import DAYS_A_WEEK
from chain_timer.history.totals import LEVELS_MIN, HeatDay, HeatMap

LEVELS = len(LEVELS_MIN) + 1
_FULL = (0.0, 0.46, 0.64, 0.82, 1.0)
"""How much of its square's side a level takes: it is told by size before it is told by color."""
_DARKER = (0.0, 0.1, 0.26, 0.41, 0.55)
_FAINTER = (0.0, 0.42, 0.28, 0.14, 0.0)
_LEAST, _MOST = 14, 44
"""From one square to the next, in pixels: where it would be less, a year has more than one row."""
_BETWEEN = 12
_NAMED = (0, 2, 4)
"""The lines of a week that have their day's name beside them."""


class HeatWords(NamedTuple):
    """What is written around the squares."""

    minutes: str
    """What the numbers beside the levels are: ``min``."""
    today: str
    empty: str
    """Where no day has a session."""


class _Row(NamedTuple):
    """Weeks side by side: the first of them, how many, and the top of their squares."""

    first: int
    weeks: int
    top: float


class HeatLayout:
    """Where the days of a year lie on a width; the same for drawing, for the pointer and for keys."""

    def __init__(self, year: HeatMap | None, today: date, width: float, height: float = inf) -> None:
        """``height`` makes the squares smaller where there is too little of it."""
        self.weeks = year.weeks if year is not None else ()
        self.today = today
        self._at = {
            (number, line): index
            for index, (number, line) in enumerate(
                (number, line)
                for number, week in enumerate(self.weeks)
                for line, day in enumerate(week)
                if _is_told(day)
            )
        }
        self._places = list(self._at)
        self.days = tuple(self.weeks[number][line] for number, line in self._places)
        """Those that can be gone to, in order: what is still to come is not one of them, unless something
        is kept of it by a clock that ran ahead."""
        self.width = max(1.0, width)
        self.pixels = type_size(width)
        metrics = QFontMetricsF(font(self.pixels))
        # Whole pixels here too, so that squares have sharp edges.
        self.line = ceil(metrics.height())
        self.left = 0.0
        if self.weeks:
            names = (weekday_name(self.weeks[0][line].day) for line in _NAMED)
            self.left = ceil(max(map(metrics.horizontalAdvance, names)) + 8)
        self.pitch, self.rows = self._laid(height)

    @property
    def height(self) -> float:
        """What all of it takes, the legend too."""
        return self.legend_top + self.line + 2

    @property
    def legend_top(self) -> float:
        last = self.rows[-1].top + DAYS_A_WEEK * self.pitch if self.rows else 0.0
        return last + 10

    @property
    def side(self) -> float:
        """How wide a square is."""
        return self.pitch - max(2.0, round(self.pitch * 0.16))

    def index_of(self, day: date) -> int:
        """Give the number of a day among :attr:`days`; -1 where it is not shown."""
        return next((index for index, each in enumerate(self.days) if each.day == day), -1)

    def index_at(self, place: QPointF) -> int:
        """Give the number of the day at a place; -1 where there is none."""
        column = int((place.x() - self.left) // self.pitch)
        for row in self.rows:
            line = int((place.y() - row.top) // self.pitch)
            if 0 <= column < row.weeks and 0 <= line < DAYS_A_WEEK:
                return self._at.get((row.first + column, line), -1)
        return -1

    def rect_of(self, index: int) -> QRectF:
        """Give the square of a day."""
        return self.square(*self._places[index])

    def square(self, week: int, line: int) -> QRectF:
        row = self.rows[self._row_of(week)]
        left = self.left + (week - row.first) * self.pitch
        return QRectF(left, row.top + line * self.pitch, self.side, self.side)

    def month_names(self) -> Iterator[tuple[float, _Row, str]]:
        """Give where the name of each month is written, in which row, and the name: over its first day."""
        metrics = QFontMetricsF(font(self.pixels))
        for row in self.rows:
            after = inf
            for column in reversed(range(row.weeks)):
                day = self._first_of(row.first + column, anyway=column == 0)
                if day is None:
                    continue
                name = month_name(day)
                wide = metrics.horizontalAdvance(name)
                left = min(self.left + column * self.pitch, self.width - wide)
                # The month that a row only ends gives way to the one that begins.
                if left + wide + 6 <= after:
                    after = left
                    yield left, row, name

    def _first_of(self, week: int, *, anyway: bool) -> date | None:
        days = [day.day for day in self.weeks[week] if not day.is_outside]
        return next((day for day in days if day.day == 1), days[0] if days and anyway else None)

    def _row_of(self, week: int) -> int:
        return week // self.rows[0].weeks

    def _laid(self, height: float) -> tuple[float, list[_Row]]:
        weeks, room, head = len(self.weeks), self.width - self.left, self.line + 4
        count = 1
        while count < weeks and room / ceil(weeks / count) < _LEAST:
            count += 1
        columns = max(1, ceil(weeks / count))
        count = ceil(weeks / columns)
        pitch = min(_MOST, room / columns)
        if height < inf and count:
            free = height - count * head - (count - 1) * _BETWEEN - 12 - self.line
            pitch = min(pitch, free / (DAYS_A_WEEK * count))
        # Whole pixels, or the gaps would differ by what the eye can see.
        pitch = max(4.0, float(int(pitch)))
        rows, top = list[_Row](), float(head)
        for first in range(0, weeks, columns):
            rows.append(_Row(first, min(columns, weeks - first), top))
            top += DAYS_A_WEEK * pitch + _BETWEEN + head
        return pitch, rows


def paint_heat_map(painter: QPainter, layout: HeatLayout, theme: Theme, words: HeatWords) -> None:
    """Draw the squares, the names of months and days around them, and what the squares mean."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(layout.pixels))
    painter.setPen(QColor(theme.quiet))
    _paint_names(painter, layout)
    _paint_days(painter, layout, theme)
    _paint_legend(painter, layout, theme, words)
    painter.restore()


def paint_day(painter: QPainter, square: QRectF, level: int, theme: Theme) -> None:
    """Draw one square: its ground, and on it what its level fills."""
    _paint_squares(painter, [square], theme.raised)
    if level:
        _paint_squares(painter, [_filled(square, level)], level_color(theme, level))


def paint_ring_around(painter: QPainter, square: QRectF, color: QColor, width: float, gap: float) -> None:
    """Draw a line around a square: today's, or the one that keys are at."""
    away = gap + width / 2
    painter.setPen(QPen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = _radius(square) + away
    painter.drawRoundedRect(square.adjusted(-away, -away, away, away), radius, radius)


def level_color(theme: Theme, level: int) -> str:
    """Give the color that a level fills its square with; the more, the farther from the ground."""
    if theme.name == "dark":
        return mixed(theme.accent, theme.background, _FAINTER[level])
    return mixed(theme.accent, theme.text, _DARKER[level])


def _paint_names(painter: QPainter, layout: HeatLayout) -> None:
    for left, row, name in layout.month_names():
        painter.drawText(QPointF(left, row.top - 7), name)
    if layout.pitch * 2 < layout.line:
        return
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for row in layout.rows:
        for line in _NAMED:
            top = row.top + line * layout.pitch + (layout.side - layout.line) / 2
            place = QRectF(0, top, layout.left, layout.line)
            painter.drawText(place, flags, weekday_name(layout.weeks[0][line].day))


def _paint_days(painter: QPainter, layout: HeatLayout, theme: Theme) -> None:
    """Draw all squares, level by level: each color is set once, which halves the time it takes."""
    squares = [layout.rect_of(index) for index in range(len(layout.days))]
    _paint_squares(painter, squares, theme.raised)
    for level in range(1, LEVELS):
        found = [square for square, day in zip(squares, layout.days, strict=True) if day.level == level]
        _paint_squares(painter, [_filled(square, level) for square in found], level_color(theme, level))
    today = layout.index_of(layout.today)
    if today >= 0:
        paint_today(painter, squares[today], theme)
    for week, days in enumerate(layout.weeks):
        for line, day in enumerate(days):
            if not day.is_outside and not _is_told(day):
                _paint_coming(painter, layout.square(week, line), theme)


def _paint_coming(painter: QPainter, square: QRectF, theme: Theme) -> None:
    """Draw a day that is still to come: a dot."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.raised))
    painter.drawEllipse(square.center(), square.width() * 0.15, square.width() * 0.15)


def paint_today(painter: QPainter, square: QRectF, theme: Theme) -> None:
    """Mark the square of today."""
    paint_ring_around(painter, square, QColor(theme.quiet), 1.5, 0.0)


def _paint_legend(painter: QPainter, layout: HeatLayout, theme: Theme, words: HeatWords) -> None:
    """Draw what a level means, what marks today, and a friendly word where there is nothing yet."""
    side, middle = min(layout.side, layout.line), layout.legend_top + layout.line / 2
    left = layout.left
    for level, minutes in enumerate((0, *LEVELS_MIN)):
        paint_day(painter, QRectF(left, middle - side / 2, side, side), level, theme)
        text = f"{minutes}" if level < LEVELS - 1 else f"{minutes}+ {words.minutes}"
        painter.setPen(QColor(theme.quiet))
        left = write(painter, left + side + 5, middle, text, layout.width) + 12
    if layout.index_of(layout.today) >= 0:
        square = QRectF(left + 6, middle - side / 2, side, side)
        paint_day(painter, square, 0, theme)
        paint_today(painter, square, theme)
        painter.setPen(QColor(theme.quiet))
        left = write(painter, square.right() + 6, middle, words.today, layout.width) + 18
    if not any(day.sessions for day in layout.days):
        room = layout.width - left
        if QFontMetricsF(painter.font()).horizontalAdvance(words.empty) <= room:
            write(painter, left, middle, words.empty, layout.width)


def _is_told(day: HeatDay) -> bool:
    return not day.is_outside and (not day.is_future or day.sessions > 0)


def _filled(square: QRectF, level: int) -> QRectF:
    less = square.width() * (1 - _FULL[level]) / 2
    return square.adjusted(less, less, -less, -less)


def _paint_squares(painter: QPainter, squares: Sequence[QRectF], color: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    for square in squares:
        radius = _radius(square)
        painter.drawRoundedRect(square, radius, radius)


def _radius(square: QRectF) -> float:
    return square.width() * 0.24
