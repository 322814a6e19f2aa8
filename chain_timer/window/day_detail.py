"""The day that is looked at: which one, and what was done on it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import BODY, LEAD
from chain_timer.history.kept import DayTotal
from chain_timer.window.announcing import announce
from chain_timer.window.basics import PlainLabel
from chain_timer.window.history_words import date_text, minutes_text, sessions_text


class DayDetail(QFrame):
    """Told a day; asks to go back to all of them."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self.title = PlainLabel().in_size(LEAD, QFont.Weight.DemiBold).wrapping()
        self.line = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        self.all_days = QPushButton(self.tr("All days"), self)
        self.all_days.setToolTip(self.tr("Esc"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addLayout(words, 1)
        row.addWidget(self.all_days)
        self.all_days.clicked.connect(self.left)
        self.hide()

    def show_day(self, day: date | None, total: DayTotal | None) -> None:
        """Show a day with its total, None for one without sessions; no day hides all of this."""
        self.setVisible(day is not None)
        if day is None:
            return
        told = f"{sessions_text(total.sessions)} · {minutes_text(total.played_ms)}" if total else ""
        self.title.setText(date_text(day))
        self.line.setText(told or self.tr("A day of rest"))
        announce(self, f"{self.title.text()}. {self.line.text()}")
