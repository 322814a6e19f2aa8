"""What each muscle got lately, beside the usual dose, and what would fill the gap."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import BODY, LEAD, SMALL
from chain_timer.history.dose import COUNTED_SO, MONTH_DAYS, SOURCE, USUAL_DOSE, WEEK_DAYS, summary
from chain_timer.history.filling import Filling
from chain_timer.problems import plain
from chain_timer.routine.names import Names
from chain_timer.window.basics import PlainLabel
from chain_timer.window.dose_map_view import DoseMapView
from chain_timer.window.dose_rows import DoseRows
from chain_timer.window.fields import LevelPicker
from chain_timer.window.history_holds import MuscleFacts
from chain_timer.window.page_area import PageArea

_WIDEST = 1640
_NARROW = 620
_BESIDE_FROM = 820
_PICKER_WIDTH = 340
_LONGEST = 600


class MusclesView(PageArea):
    """Told the doses; asks for another span of days, and for the routine that fills the gap."""

    span_chosen = Signal(int)
    routine_requested = Signal(str)

    def __init__(self, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self.span = LevelPicker(self.tr("Look back over"), self._spans(), self)
        self.summary = PlainLabel().in_size(BODY).wrapping()
        self.gap = GapPanel(self)
        self.map = DoseMapView(self)
        self.rows = DoseRows(self)
        self.usual = PlainLabel(self._usual(), tone="quiet").in_size(SMALL).wrapping()
        self.source = PlainLabel(self.tr("Source: {source}").format(source=SOURCE), tone="quiet")
        self.source.in_size(SMALL).wrapping()
        self._arrange()
        self.span.chosen.connect(lambda key: self.span_chosen.emit(int(key)))
        self.gap.opened.connect(self.routine_requested)
        self.map.muscle_pointed.connect(self.rows.show_pointed)
        self.rows.muscle_pointed.connect(self.map.show_pointed)

    def show_muscles(self, facts: MuscleFacts) -> None:
        self.span.show_level(str(facts.span_days))
        self.map.show_doses(facts.doses, self._names)
        self.rows.show_doses(facts.doses, self._names)
        told = summary(facts.doses, self._names)
        self.summary.setText(told or self.tr("Nothing was done in these days."))
        self.gap.show_filling(facts.filling)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_body(_WIDEST)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(across if self.width() >= _BESIDE_FROM else down)

    def _usual(self) -> str:
        return self.tr("The usual dose is {dose}. {counted}").format(dose=USUAL_DOSE, counted=COUNTED_SO)

    def _spans(self) -> list[tuple[str, str]]:
        days = self.tr("Last {count} days")
        return [(str(count), days.format(count=count)) for count in (WEEK_DAYS, MONTH_DAYS)]

    def _arrange(self) -> None:
        lines = QVBoxLayout(self.body)
        lines.setSpacing(12)
        self.span.setMaximumWidth(_PICKER_WIDTH)
        for widget in (self.span, self.summary, self.gap):
            lines.addWidget(widget)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(24)
        self._sides.addWidget(self.map, 2)
        self._sides.addWidget(self.rows, 3)
        lines.addLayout(self._sides)
        for widget in (self.usual, self.source):
            lines.addWidget(widget)
        lines.addStretch(1)
        self.setWidget(self.body)


class GapPanel(QFrame):
    """The one routine that would give what is missing, with a button that opens it."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self._filling: Filling | None = None
        self.title = PlainLabel(self.tr("This would fill the gap"))
        self.title.in_size(LEAD, QFont.Weight.DemiBold).wrapping()
        self.reason = PlainLabel().in_size(BODY).wrapping()
        self.button = QPushButton(self.tr("Open it"), self)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 12)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self._open)
        self.hide()

    def show_filling(self, found: Filling | None) -> None:
        self._filling = found
        self.setVisible(found is not None)
        if found is not None:
            self.reason.setText(plain(f"{found.reason}.", _LONGEST))
            self.button.setAccessibleName(
                self.tr("Open the routine {name}").format(name=plain(found.name, _LONGEST))
            )

    def _open(self) -> None:
        if self._filling is not None:
            self.opened.emit(self._filling.routine_id)
