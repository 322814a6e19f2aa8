"""The chart of holds over time, to be gone through point by point."""

from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chain_timer.drawing.hold_chart import HoldLayout, HoldWords, is_broken_off, paint_dot, paint_hold_chart
from chain_timer.history.progress import HoldChart
from chain_timer.history.words import spelled
from chain_timer.window.chart_view import ChartView
from chain_timer.window.history_words import date_text, sessions_text

_USUAL, _LEAST = QSize(640, 280), QSize(300, 180)
_REACH = 9.0


class HoldChartView(ChartView):
    """Told what was held; left and right go from point to point, Home and End to the first and last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = HoldChart((), ())
        self._laid = HoldLayout(self._chart, QSizeF(_USUAL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_LEAST)
        self._name()

    def show_chart(self, chart: HoldChart) -> None:
        """Show the points, oldest first, and the plan if there is one; the cursor is on the newest point."""
        self._chart = chart
        self.take(len(chart.points) - 1)
        self._name()

    def sizeHint(self) -> QSize:
        return _USUAL

    # --- the chart ----------------------------------------------------------------------------------------

    def count(self) -> int:
        return len(self._chart.points)

    def mark_rect(self, index: int) -> QRectF:
        at = self._laid.point_of(index)
        return QRectF(at.x() - _REACH, at.y() - _REACH, 2 * _REACH, 2 * _REACH)

    def area_of(self, index: int) -> QRect:
        column = self.mark_rect(index).adjusted(-2, 0, 2, 0)
        column.setTop(0)
        column.setBottom(self.height())
        return column.toAlignedRect()

    def mark_at(self, place: QPointF) -> int:
        return self._laid.index_at(place)

    def lines(self, index: int) -> tuple[str, ...]:
        point = self._chart.points[index]
        held = self.tr("{time} held").format(time=spelled(point.held_ms))
        if point.planned_ms:
            held = self.tr("{held}, {plan} planned").format(held=held, plan=spelled(point.planned_ms))
        several = point.sessions > 1
        broken = self.tr("Not all held to the end") if several else self.tr("Not held to the end")
        return (
            self._days_text(point.first, point.last),
            held,
            "" if point.all_done else broken,
            self.tr("Middle of {sessions}").format(sessions=sessions_text(point.sessions)) if several else "",
        )

    def step(self, index: int, key: Qt.Key) -> int | None:
        return {
            Qt.Key.Key_Left: index - 1,
            Qt.Key.Key_Right: index + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
        }.get(key)

    def lay_out(self) -> None:
        self._laid = HoldLayout(self._chart, QSizeF(self.size()))

    def paint_ground(self, painter: QPainter) -> None:
        words = HoldWords(
            self.tr("Held"),
            self.tr("Broken off"),
            self.tr("Plan") if self._chart.plan else self.tr("Planned"),
            self.tr("Nothing held yet. Each hold puts a point here."),
        )
        paint_hold_chart(painter, self._laid, self._theme, words)

    def paint_mark(self, painter: QPainter, index: int, *, focused: bool) -> None:
        at, theme = self._laid.point_of(index), self._theme
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.drawLine(QPointF(at.x(), self._laid.plot.top()), QPointF(at.x(), self._laid.plot.bottom()))
        paint_dot(painter, at, 5.5, theme, hollow=is_broken_off(self._chart.points[index]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.text if focused else theme.quiet), 2))
        painter.drawEllipse(at, _REACH - 1, _REACH - 1)

    # --- said -----------------------------------------------------------------------------------------------

    def _name(self) -> None:
        text = self.tr("Holds over time. Left and right go from point to point")
        self.setAccessibleName(text if self.count() else self.tr("Holds over time. Nothing held yet"))

    def _days_text(self, first: date, last: date) -> str:
        if first == last:
            return date_text(first)
        return self.tr("{first} to {last}").format(first=date_text(first), last=date_text(last))
