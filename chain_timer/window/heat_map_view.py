"""The heat map of a year, to be gone through day by day."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from chain_timer.drawing.heat_map import HeatLayout, HeatWords, paint_heat_map, paint_ring_around
from chain_timer.history.days import DAYS_A_WEEK
from chain_timer.history.totals import HeatMap
from chain_timer.window.chart_view import NOWHERE, ChartView
from chain_timer.window.history_words import date_text, sessions_text

_USUAL_WIDTH = 640
_LEAST = QSize(200, 120)


class HeatMapView(ChartView):
    """Told a year; asks for the day that is clicked, or that Enter is pressed on.

    Up and down go by days, left and right by weeks, Home and End to the first and the last day. A year that
    is too long for the width goes on in a second row, so that every day can be seen.
    """

    day_requested = Signal(object)
    """Of a :class:`datetime.date`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year: HeatMap | None = None
        self._today = date.min
        self._laid = self._layout_for(_USUAL_WIDTH)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(_LEAST)
        self.setAccessibleName(
            self.tr("Days of the year. Arrow keys go by day and week, Enter opens the day")
        )

    def show_year(self, year: HeatMap, today: date) -> None:
        """Show the days of a year; where the cursor's day is still there, the cursor stays on it."""
        before = self.cursor_day
        self._year, self._today = year, today
        self.lay_out()
        known = [self._laid.index_of(day) for day in (before, today) if day is not None]
        self.take(next((index for index in known if index >= 0), self.count() - 1))
        self.updateGeometry()

    @property
    def cursor_day(self) -> date | None:
        """The day that the keys are at."""
        return self._laid.days[self._cursor].day if 0 <= self._cursor < self.count() else None

    def sizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def heightForWidth(self, width: int) -> int:
        return round(self._layout_for(width).height + 2)

    # --- the chart ----------------------------------------------------------------------------------------

    def count(self) -> int:
        return len(self._laid.days)

    def mark_rect(self, index: int) -> QRectF:
        return self._laid.rect_of(index)

    def mark_at(self, place: QPointF) -> int:
        return self._laid.index_at(place)

    def lines(self, index: int) -> tuple[str, ...]:
        day = self._laid.days[index]
        name = date_text(day.day)
        if day.day == self._today:
            name = self.tr("Today, {day}").format(day=name)
        if not day.sessions:
            return name, self.tr("No session")
        minutes = self.tr("{count} min").format(count=f"{day.minutes:,}")
        return name, f"{minutes}, {sessions_text(day.sessions)}"

    def step(self, index: int, key: Qt.Key) -> int | None:
        weeks = {Qt.Key.Key_Left: -DAYS_A_WEEK, Qt.Key.Key_Right: DAYS_A_WEEK}.get(key)
        if weeks is not None:
            return self._after(index, weeks)
        # Of a clock that ran ahead there may be days with others between that have not come: on to the next.
        return {
            Qt.Key.Key_Up: index - 1,
            Qt.Key.Key_Down: index + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
        }.get(key)

    def lay_out(self) -> None:
        self._laid = self._layout_for(self.width(), self.height())

    def paint_ground(self, painter: QPainter) -> None:
        words = HeatWords(
            self.tr("min"), self.tr("Today"), self.tr("The first session fills the first square.")
        )
        paint_heat_map(painter, self._laid, self._theme, words)

    def paint_mark(self, painter: QPainter, index: int, *, focused: bool) -> None:
        color = self._theme.text if focused else self._theme.quiet
        paint_ring_around(painter, self._laid.rect_of(index), QColor(color), 2.0, 1.0)

    def choose(self, index: int) -> None:
        self.day_requested.emit(self._laid.days[index].day)

    # --- reckoned -------------------------------------------------------------------------------------------

    def _after(self, index: int, days: int) -> int:
        """Give the day so many days on, or where that is not shown, the day itself."""
        found = self._laid.index_of(self._laid.days[index].day + timedelta(days=days))
        return found if found != NOWHERE else index

    def _layout_for(self, width: int, height: float | None = None) -> HeatLayout:
        if height is None:
            return HeatLayout(self._year, self._today, width)
        return HeatLayout(self._year, self._today, width, height)
