"""The chart of holds: how long they really were from session to session, and how long they were to be."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from chain_timer.drawing.charting import type_size, write
from chain_timer.drawing.day_axis import Tick, ticks_that_fit
from chain_timer.drawing.text import font, wrapped
from chain_timer.drawing.theme import Theme, mixed
from chain_timer.history.middle import middle
from chain_timer.history.progress import ChartPoint, HoldChart
from chain_timer.timeline.kinds import Kind
from chain_timer.units import SECOND_MS, clock_text

STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600)
"""What may lie between two lines of the chart, in seconds."""
_LINE_ROOM = 44
"""The least between two lines, in pixels."""
_BY_CLOCK_S = 120
"""From this on seconds are written as minutes too."""
_DENSE = 5
"""Pixels for each dot: with less there is a band of what is least and most, and no dots but hollow ones."""
_COLUMN = 4
_PIECE = 24
"""Points drawn as one line: for one of 3,000 Qt takes 600 ms, looking for where it meets itself."""
_INSET = 10.0
_NEAR = 60.0


Plan = Sequence[tuple[date, int]]


class HoldWords(NamedTuple):
    """What is written in the chart."""

    held: str
    broken_off: str
    plan: str
    empty: str
    """Where there is no hold yet."""


class Column(NamedTuple):
    """Holds that are too many to tell apart: where, the shortest, the middle one, the longest."""

    x: float
    low: float
    middle: float
    high: float


def is_broken_off(point: ChartPoint) -> bool:
    """Whether a point is of holds that were broken off; of several sessions, whether most of them were."""
    return not point.all_done and (point.sessions == 1 or point.held_ms < point.planned_ms)


def second_step(span_s: float, most_lines: float) -> int:
    """Give the round number of seconds that has no more lines than there is room for."""
    return next((step for step in STEPS_S if span_s / step <= most_lines), STEPS_S[-1])


class HoldLayout:
    """Where the holds lie in a picture; the same for drawing, for the pointer and for keys."""

    def __init__(self, chart: HoldChart, size: QSizeF) -> None:
        self.dots, plan = chart.points, chart.plan
        self.size = size
        self.pixels = type_size(size.width())
        self._metrics = QFontMetricsF(font(self.pixels))
        self.line = self._metrics.height()
        self.low_s, self.step_s, lines = self._seconds(plan)
        self.levels_s = tuple(self.low_s + self.step_s * number for number in range(lines + 1))
        self.plot = self._plot()
        days = [dot.first.toordinal() for dot in self.dots] + [day.toordinal() for day, _ in plan]
        self._first, self._last = min(days, default=1), max(days, default=1)
        self.xs = [self.x_of(dot.first) for dot in self.dots]
        self.plan = self._planned(plan)
        self.dense = len(self.dots) * _DENSE > self.plot.width()
        self.radius = 3.0 if len(self.dots) * 3 * _DENSE > self.plot.width() else 4.5
        self.ticks = self._ticks()

    def x_of(self, day: date) -> float:
        inner = self.plot.adjusted(_INSET, 0, -_INSET, 0)
        span = self._last - self._first
        if not span:
            return float(inner.center().x())
        return float(inner.left() + inner.width() * (day.toordinal() - self._first) / span)

    def y_of(self, hold_ms: float) -> float:
        span = self.levels_s[-1] - self.low_s
        share = (hold_ms / SECOND_MS - self.low_s) / span
        return float(self.plot.bottom() - self.plot.height() * min(max(0.0, share), 1.0))

    def point_of(self, index: int) -> QPointF:
        return QPointF(self.xs[index], self.y_of(self.dots[index].held_ms))

    def index_at(self, place: QPointF) -> int:
        """Give the dot that is nearest to a place; -1 where none is near."""
        if not self.plot.adjusted(-_INSET, -_INSET, _INSET, _INSET).contains(place):
            return -1
        x = place.x()
        after = bisect_left(self.xs, x)
        nearest = min((abs(self.xs[i] - x) for i in (after - 1, after) if 0 <= i < len(self.xs)), default=0.0)
        first = bisect_left(self.xs, x - nearest - self.radius)
        last = bisect_left(self.xs, x + nearest + self.radius)
        if nearest > _NEAR or first == last:
            return -1
        return min(range(first, last), key=lambda index: QLineF(self.point_of(index), place).length())

    def columns(self) -> Iterator[Column]:
        """Gather what falls on the same few pixels."""
        numbered = groupby(range(len(self.dots)), key=lambda index: int(self.xs[index] / _COLUMN))
        for column, group in numbered:
            held = [self.dots[index].held_ms for index in group]
            ys = (self.y_of(each) for each in (min(held), middle(held), max(held)))
            yield Column((column + 0.5) * _COLUMN, *ys)

    def label_of(self, level_s: int) -> str:
        if self.levels_s[-1] > _BY_CLOCK_S:
            return clock_text(level_s * SECOND_MS)
        return f"{level_s} s"

    def _seconds(self, plan: Plan) -> tuple[int, int, int]:
        """Give the lowest line, what is between two of them, and how many come above it."""
        told_ms = [dot.held_ms for dot in self.dots]
        told_ms += [dot.planned_ms for dot in self.dots if dot.planned_ms and not plan]
        told_ms += [hold_ms for _, hold_ms in plan]
        least_s, most_s = min(told_ms, default=0) / SECOND_MS, max(told_ms, default=0) / SECOND_MS
        room = max(1.0, (self.size.height() - 3 * self.line - 24) / max(_LINE_ROOM, 2 * self.line))
        # From nothing on, unless all of them are so long that the half below would be empty.
        base_s = least_s if least_s * 2 > most_s and len(self.dots) > 1 else 0.0
        step = second_step(max(most_s - base_s, 2 * STEPS_S[0]), room)
        low = max(0, int(base_s // step) - 1) * step if base_s else 0
        lines = max(2, int((most_s - low) // step) + 1)
        return low, step, lines

    def _plot(self) -> QRectF:
        left = max(self._metrics.horizontalAdvance(self.label_of(level)) for level in self.levels_s) + 10
        top, foot = self.line * 1.5 + 12, self.line + 12
        width, height = self.size.width() - left - 4, self.size.height() - top - foot
        return QRectF(left, top, max(1.0, width), max(1.0, height))

    def _planned(self, plan: Plan) -> list[QPointF]:
        """Give the corners of the line of the plan, or of what was planned from session to session."""
        steps = plan or [(dot.first, dot.planned_ms) for dot in self.dots if dot.planned_ms]
        corners: list[QPointF] = []
        for day, hold_ms in steps:
            corner = QPointF(self.x_of(day), self.y_of(hold_ms))
            if corners and corner.y() != corners[-1].y():
                corners.append(QPointF(corner.x(), corners[-1].y()))
            corners.append(corner)
        return corners

    def _ticks(self) -> tuple[tuple[QRectF, Tick], ...]:
        if not self.dots and not self.plan:
            return ()
        first, last = date.fromordinal(self._first), date.fromordinal(self._last)
        top = self.plot.bottom() + 8

        def place(tick: Tick) -> QRectF:
            wide = self._metrics.horizontalAdvance(tick.text) + 1
            left = self.x_of(tick.day) - wide / 2
            left = min(max(self.plot.left() - 6, left), self.size.width() - wide)
            return QRectF(left, top, wide, self.line)

        return ticks_that_fit(first, last, place)


def paint_hold_chart(painter: QPainter, layout: HoldLayout, theme: Theme, words: HoldWords) -> None:
    """Draw the chart, or a friendly word where there is nothing to draw yet."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not layout.dots and not layout.plan:
        _paint_empty(painter, layout, theme, words.empty)
    else:
        painter.setFont(font(layout.pixels))
        _paint_lines(painter, layout, theme)
        _paint_ticks(painter, layout, theme)
        _paint_plan(painter, layout, theme)
        _paint_holds(painter, layout, theme)
        _paint_legend(painter, layout, theme, words)
    painter.restore()


def paint_dot(painter: QPainter, at: QPointF, radius: float, theme: Theme, *, hollow: bool) -> None:
    """Draw one session; one that was broken off is hollow."""
    color = QColor(theme.shapes[Kind.HOLD])
    if hollow:
        painter.setPen(QPen(color, max(1.5, radius * 0.45)))
        painter.setBrush(QColor(theme.background))
        painter.drawEllipse(at, radius * 0.95, radius * 0.95)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(at, radius, radius)


def _paint_empty(painter: QPainter, layout: HoldLayout, theme: Theme, text: str) -> None:
    made = font(layout.pixels + 2)
    painter.setFont(made)
    painter.setPen(QColor(theme.quiet))
    lines = wrapped(text, made, min(layout.size.width() - 32, layout.pixels * 36))
    tall = QFontMetricsF(made).height() * 1.2
    top = (layout.size.height() - tall * len(lines)) / 2
    for number, line in enumerate(lines):
        place = QRectF(0, top + number * tall, layout.size.width(), tall)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, line)


def _paint_lines(painter: QPainter, layout: HoldLayout, theme: Theme) -> None:
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    plot = layout.plot
    for level in layout.levels_s:
        y = round(layout.y_of(level * SECOND_MS)) + 0.5
        painter.setPen(QPen(QColor(theme.edge if level == layout.low_s else theme.line), 1))
        painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        painter.setPen(QColor(theme.quiet))
        place = QRectF(0, y - layout.line / 2, plot.left() - 9, layout.line)
        painter.drawText(place, flags, layout.label_of(level))


def _paint_ticks(painter: QPainter, layout: HoldLayout, theme: Theme) -> None:
    bottom = layout.plot.bottom()
    for place, tick in layout.ticks:
        x = round(layout.x_of(tick.day)) + 0.5
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.drawLine(QLineF(x, bottom, x, bottom + 5))
        painter.setPen(QColor(theme.quiet))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tick.text)


def _paint_plan(painter: QPainter, layout: HoldLayout, theme: Theme) -> None:
    painter.setPen(_dashes(theme))
    _paint_line(painter, layout.plan)


def _dashes(theme: Theme) -> QPen:
    made = QPen(QColor(theme.quiet), 1.5)
    made.setDashPattern([5, 4])
    return made


def _paint_holds(painter: QPainter, layout: HoldLayout, theme: Theme) -> None:
    color = theme.shapes[Kind.HOLD]
    points = [layout.point_of(index) for index in range(len(layout.dots))]
    if layout.dense:
        columns = list(layout.columns())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mixed(color, theme.background, 0.6)))
        for x, low, _, high in columns:
            painter.drawRect(QRectF(x - _COLUMN / 2, high - 1, _COLUMN, low - high + 2))
        line = [QPointF(column.x, column.middle) for column in columns]
    else:
        line = points
    painter.setPen(
        QPen(QColor(color), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    _paint_line(painter, line)
    _paint_dots(painter, layout, theme, points)
    if len(points) == 1:
        _paint_number(painter, layout, theme, points[0])


def _paint_dots(painter: QPainter, layout: HoldLayout, theme: Theme, points: Sequence[QPointF]) -> None:
    """Draw every dot; where they are too many those that are hollow, one for each column."""
    seen: set[int] = set()
    for dot, at in zip(layout.dots, points, strict=True):
        column = int(at.x() / _COLUMN / 2)
        if layout.dense and (not is_broken_off(dot) or column in seen):
            continue
        seen.add(column)
        paint_dot(painter, at, layout.radius, theme, hollow=is_broken_off(dot))


def _paint_number(painter: QPainter, layout: HoldLayout, theme: Theme, at: QPointF) -> None:
    painter.setFont(font(layout.pixels + 2, QFont.Weight.DemiBold))
    text = layout.label_of(round(layout.dots[0].held_ms / SECOND_MS))
    wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
    place = QRectF(at.x() - wide / 2, at.y() - layout.line - 12, wide, layout.line)
    # No line of the chart goes through it.
    painter.fillRect(place, QColor(theme.background))
    painter.setPen(QColor(theme.text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _paint_legend(painter: QPainter, layout: HoldLayout, theme: Theme, words: HoldWords) -> None:
    """Say what is drawn, above the chart: only what there is."""
    painter.setFont(font(layout.pixels))
    middle, left = layout.line / 2 + 1, layout.plot.left()
    broken = [is_broken_off(dot) for dot in layout.dots]
    for wanted, name in (
        (not all(broken), words.held),
        (any(broken), words.broken_off),
        (len(layout.plan) > 1, words.plan),
    ):
        if not wanted:
            continue
        wide = 24.0 if name is words.plan else 10.0
        if name is words.plan:
            painter.setPen(_dashes(theme))
            painter.drawLine(QLineF(left, middle, left + wide, middle))
        else:
            paint_dot(painter, QPointF(left + 5, middle), 4.5, theme, hollow=name is words.broken_off)
        painter.setPen(QColor(theme.quiet))
        left = write(painter, left + wide + 7, middle, name, layout.size.width()) + 20


def _paint_line(painter: QPainter, points: Sequence[QPointF]) -> None:
    """Draw a line through points, piece by piece."""
    if len(points) < len((0, 1)):
        return
    for first in range(0, len(points) - 1, _PIECE):
        painter.drawPolyline(QPolygonF(points[first : first + _PIECE + 1]))
