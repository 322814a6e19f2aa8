"""What it comes to: this week and its goal, the streak, and all there ever was."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from chain_timer.drawing.theme import SMALL, TITLE
from chain_timer.window.basics import PlainLabel
from chain_timer.window.fields import Stepper
from chain_timer.window.history_words import counted, minutes_text, sessions_text

DAYS_A_WEEK = 7
_IN_A_ROW_FROM = 660


@dataclass(frozen=True, slots=True)
class TotalFacts:
    """The sums of all sessions that are shown."""

    week_ms: int
    week_sessions: int
    week_days: int
    """Days of this week on which a session was done."""
    goal: int
    """How many of them a person wants."""
    streak_days: int
    streak_weeks: int
    """Weeks in a row in which the goal was reached, this one included when it is."""
    all_ms: int
    all_sessions: int


class TotalsRow(QWidget):
    """Told the sums; asks for another goal."""

    goal_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.week = Tile(self.tr("This week"), self)
        self.streak = Tile(self.tr("Streak"), self)
        self.whole = Tile(self.tr("All time"), self)
        self.goal = Stepper(self.tr("Days a week you aim for"), 1, DAYS_A_WEEK, self)
        self._tiles = (self.week, self.streak, self.whole)
        self._narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self._place(narrow=False)
        goal_row = QHBoxLayout()
        goal_row.setSpacing(10)
        goal_row.addWidget(PlainLabel(self.tr("Weekly goal, in days"), tone="quiet").in_size(SMALL))
        goal_row.addWidget(self.goal)
        goal_row.addStretch(1)
        self._grid.addLayout(goal_row, 3, 0, 1, 3)
        self.goal.changed.connect(self.goal_chosen)

    def show_totals(self, facts: TotalFacts) -> None:
        self.goal.show_number(facts.goal)
        days = self.tr("{done} of {goal} days").format(done=facts.week_days, goal=facts.goal)
        reached = self.tr("goal reached") if facts.week_days >= facts.goal else ""
        self.week.show_sum(minutes_text(facts.week_ms), days, reached or sessions_text(facts.week_sessions))
        self.streak.show_sum(*self._streak(facts))
        self.whole.show_sum(minutes_text(facts.all_ms), sessions_text(facts.all_sessions), "")

    def _streak(self, facts: TotalFacts) -> tuple[str, str, str]:
        """Tell the weeks, with the days below; before the first week is full, the days alone."""
        days = facts.streak_days
        if not facts.streak_weeks:
            return counted(days, self.tr("day"), self.tr("days")), self.tr("in a row"), ""
        weeks = counted(facts.streak_weeks, self.tr("week"), self.tr("weeks"))
        row = counted(days, self.tr("day in a row"), self.tr("days in a row"))
        return weeks, self.tr("with the goal reached"), row

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(narrow=self.width() < _IN_A_ROW_FROM)
        super().resizeEvent(event)

    def _place(self, *, narrow: bool) -> None:
        """Put the sums side by side; where there is little room, without their third line."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for column, tile in enumerate(self._tiles):
            tile.shorten(short=narrow)
            self._grid.addWidget(tile, 0, column)
            self._grid.setColumnStretch(column, 1)


class Tile(QFrame):
    """A sum with its name and what else there is to say of it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._short = False
        self._title = title
        self.sum = PlainLabel().in_size(TITLE, QFont.Weight.Bold).wrapping()
        self.line = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self.more = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 10, 12)
        rows.setSpacing(1)
        rows.addWidget(PlainLabel(title, tone="quiet").in_size(SMALL, QFont.Weight.DemiBold))
        for label in (self.sum, self.line, self.more):
            rows.addWidget(label)
        rows.addStretch(1)

    def show_sum(self, value: str, line: str, more: str) -> None:
        self.sum.setText(value)
        self.line.setText(line)
        self.more.setText(more)
        self.setAccessibleName(", ".join(part for part in (self._title, value, line, more) if part))
        self._show_more()

    def shorten(self, *, short: bool) -> None:
        self._short = short
        self._show_more()

    def _show_more(self) -> None:
        self.more.setVisible(bool(self.more.text()) and not self._short)
