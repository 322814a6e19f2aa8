"""The tempo of a rep: down, pause, up, in the order they are done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from chain_timer.drawing.theme import SMALL
from chain_timer.routine.exercise import Tempo
from chain_timer.routine.exercise_reader import SHORTEST_REP_MS, USUAL_TEMPO
from chain_timer.units import MINUTE_MS, duration_text, parse_duration
from chain_timer.window.basics import PlainLabel
from chain_timer.window.fields import LevelPicker


class TempoField(QWidget):
    """Told a tempo; asks for another as soon as one that can be done is written."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tempo = USUAL_TEMPO
        names = (self.tr("Down"), self.tr("Pause"), self.tr("Up"))
        self.down, self.pause, self.up = (self._line(name) for name in names)
        self._lines = (self.down, self.pause, self.up)
        self._labels = tuple(PlainLabel(name, tone="quiet").in_size(SMALL) for name in names)
        self.order = LevelPicker(
            self.tr("Order"), [("down", self.tr("Down first")), ("up", self.tr("Up first"))], self
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.addWidget(self.order, 2, 0, 1, 3)
        self._grid.setRowMinimumHeight(2, 44)
        self._place()
        self.order.chosen.connect(self._take_order)

    @property
    def tempo(self) -> Tempo:
        return self._tempo

    def show_tempo(self, tempo: Tempo) -> None:
        self._tempo = tempo
        for line, ms in zip(self._lines, (tempo.down_ms, tempo.pause_ms, tempo.up_ms), strict=True):
            line.setText(duration_text(ms))
        self.order.show_level("up" if tempo.up_first else "down")
        self._place()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setMaxLength(12)
        line.setAccessibleName(self.tr("{name}, how long").format(name=name))
        line.editingFinished.connect(self._type)
        return line

    def _place(self) -> None:
        """Put the parts of a rep in the order they are done."""
        order = (2, 1, 0) if self._tempo.up_first else (0, 1, 2)
        for column, part in enumerate(order):
            self._grid.addWidget(self._labels[part], 0, column)
            self._grid.addWidget(self._lines[part], 1, column)

    def _take_order(self, key: str) -> None:
        tempo = self._tempo
        self._take(Tempo(tempo.down_ms, tempo.pause_ms, tempo.up_ms, up_first=key == "up"))

    def _type(self) -> None:
        try:
            down_ms, pause_ms, up_ms = (parse_duration(line.text()) for line in self._lines)
        except ValueError as error:
            self.refused.emit(str(error))
            return
        self._take(Tempo(down_ms, pause_ms, up_ms, self._tempo.up_first))

    def _take(self, tempo: Tempo) -> None:
        if tempo == self._tempo:
            self.refused.emit("")
        elif not SHORTEST_REP_MS <= tempo.rep_ms <= MINUTE_MS:
            self.refused.emit(self.tr("A rep takes half a second to one minute in all."))
        else:
            self.refused.emit("")
            self.show_tempo(tempo)
            self.changed.emit()
