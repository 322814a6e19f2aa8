"""The sessions of the past: what it comes to, the year as a map of days, and each one in a list."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chain_timer.drawing.theme import BODY, LEAD
from chain_timer.history.kept import DayTotal, PastRoutine
from chain_timer.history.totals import HeatMap
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.day_detail import DayDetail
from chain_timer.window.heat_map_view import HeatMapView
from chain_timer.window.history_filter import RoutineFilter
from chain_timer.window.history_list import EntryList
from chain_timer.window.history_totals import TotalsRow
from chain_timer.window.in_sight import InSight
from chain_timer.window.page_area import PageArea

WIDEST = 1640
NARROW = 620
_ROW_BELOW = 90
"""Of the list, shown with the day it is about."""


class SessionsView(PageArea):
    """One page to scroll, with the list as high as all its rows; asks for another year."""

    year_step_requested = Signal(int)
    """1 for the year before, -1 for the one after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.totals = TotalsRow(self)
        self.filter = RoutineFilter(self)
        self.earlier = IconButton("back", self.tr("Earlier"), self, ground="raised")
        self.later = IconButton("forward", self.tr("Later"), self, ground="raised")
        self.year = PlainLabel().in_size(LEAD, QFont.Weight.DemiBold)
        self.map = HeatMapView(self)
        self.day = DayDetail(self)
        self.list = EntryList(self)
        self.nothing = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        self._narrow: bool | None = None
        self._day: date | None = None
        self._day_in_sight = InSight(self, self._bring_day_in_sight)
        self._arrange()
        self.earlier.clicked.connect(lambda: self.year_step_requested.emit(1))
        self.later.clicked.connect(lambda: self.year_step_requested.emit(-1))
        self.list.row_in_sight_wanted.connect(partial(self.bring_in_sight, of=self.list))

    def show_routines(self, routines: Sequence[PastRoutine], chosen: str) -> None:
        self.filter.show_routines(routines, chosen)

    def show_year(self, heat: HeatMap, today: date, year: int | None, *, earlier: bool, later: bool) -> None:
        """Show a year, None for the one that ends today, and whether there is one before and after it."""
        self.year.setText(self.tr("The last 12 months") if year is None else f"{year:04}")
        self.earlier.setEnabled(earlier)
        self.later.setEnabled(later)
        self.map.show_year(heat, today)

    def show_day(self, day: date | None, total: DayTotal | None) -> None:
        is_other = day != self._day
        self._day = day
        self.day.show_day(day, total)
        if is_other and day is not None:
            # Where the map takes all of the window, it would be out of sight.
            self._day_in_sight.bring()

    def show_count(self, count: int, today: date, *, again: bool) -> None:
        """Show so many rows; ``again`` keeps those that are known in sight until they are read."""
        if again:
            self.list.entries.look_again(count, today)
        else:
            self.list.entries.show_count(count, today)
        self.list.setVisible(count > 0)
        self.nothing.setVisible(not count)
        on_a_day = self.tr("Nothing was done on this day.")
        self.nothing.setText(on_a_day if self._day is not None else self.tr("There are no sessions of it."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(narrow=self.fit_body(WIDEST))

    def _bring_day_in_sight(self, area: QScrollArea) -> None:
        if self._day is not None:
            area.ensureVisible(0, self.day.geometry().bottom() + _ROW_BELOW, 0, 0)

    def _arrange(self) -> None:
        rows = QVBoxLayout(self.body)
        rows.setSpacing(10)
        rows.addWidget(self.totals)
        self._head = QGridLayout()
        self._head.setSpacing(8)
        self._years = QWidget(self)
        years = QHBoxLayout(self._years)
        years.setContentsMargins(0, 0, 0, 0)
        years.setSpacing(6)
        for widget in (self.earlier, self.year, self.later):
            years.addWidget(widget)
        years.addStretch(1)
        self._place(narrow=False)
        rows.addLayout(self._head)
        for each in (self.map, self.day, self.nothing, self.list):
            rows.addWidget(each)
        rows.addStretch(1)
        self.setWidget(self.body)

    def _place(self, *, narrow: bool) -> None:
        """Put the box of routines beside the year, or below where there is no room."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for widget in (self._years, self.filter):
            self._head.removeWidget(widget)
        self._head.addWidget(self._years, 0, 0)
        self._head.addWidget(self.filter, 1 if narrow else 0, 0 if narrow else 1)
        self._head.setColumnStretch(0, 1)
