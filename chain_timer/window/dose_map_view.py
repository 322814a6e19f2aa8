"""The dose map: what each muscle got, on a body from behind and from the front."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from chain_timer.drawing.dose_map import DoseLayout, DoseWords, paint_dose_map, paint_pointed
from chain_timer.history.dose import MuscleDose, Standing
from chain_timer.routine.names import Names
from chain_timer.window.chart_view import NOWHERE, ChartView
from chain_timer.window.dose_words import dose_lines, is_told

_USUAL, _LEAST = QSize(480, 460), QSize(252, 260)


class DoseMapView(ChartView):
    """Told doses in the order the keys go through them; tells which muscle is pointed at."""

    muscle_pointed = Signal(str)
    """By its id; empty when none is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doses: dict[str, MuscleDose] = {}
        self._names: Names | None = None
        self._muscles: tuple[str, ...] = ()
        self._laid = DoseLayout(QRectF(0, 0, _USUAL.width(), _USUAL.height()), {})
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_LEAST)
        self.setAccessibleName(self.tr("Muscle map. Arrow keys go from muscle to muscle"))

    def show_doses(self, doses: Sequence[MuscleDose], names: Names) -> None:
        """Show what each muscle got; one that is not of the chain only where it got something."""
        before = self._muscles[self._cursor] if 0 <= self._cursor < self.count() else ""
        self._doses = {dose.muscle: dose for dose in doses if is_told(dose, names)}
        self._names = names
        self.lay_out()
        self.take(max(0, self._index_of(before)) if self._muscles else NOWHERE)

    def show_pointed(self, muscle: str) -> None:
        """Mark a muscle that is pointed at elsewhere, without a word; none where it is empty."""
        self.mark_elsewhere(self._index_of(muscle))

    def sizeHint(self) -> QSize:
        return _USUAL

    # --- the chart ----------------------------------------------------------------------------------------

    def count(self) -> int:
        return len(self._muscles)

    def mark_rect(self, index: int) -> QRectF:
        return self._laid.rect_of(self._muscles[index])

    def area_of(self, index: int) -> QRect:
        area = QRectF()
        for body in self._laid.bodies:
            if (shape := body.shapes.get(self._muscles[index])) is not None:
                area = area.united(shape.boundingRect())
        return area.adjusted(-4, -4, 4, 4).toAlignedRect()

    def mark_at(self, place: QPointF) -> int:
        return self._index_of(self._laid.muscle_at(place))

    def lines(self, index: int) -> tuple[str, ...]:
        return dose_lines(self._doses[self._muscles[index]], self._names) if self._names else ()

    def step(self, index: int, key: Qt.Key) -> int | None:
        return {
            Qt.Key.Key_Up: index - 1,
            Qt.Key.Key_Left: index - 1,
            Qt.Key.Key_Down: index + 1,
            Qt.Key.Key_Right: index + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
        }.get(key)

    def lay_out(self) -> None:
        shares = {
            muscle: None if dose.standing is Standing.MISSING else dose.share
            for muscle, dose in self._doses.items()
        }
        self._laid = DoseLayout(QRectF(self.rect()), shares)
        self._muscles = self._laid.muscles()

    def paint_ground(self, painter: QPainter) -> None:
        words = DoseWords(
            self.tr("Back"), self.tr("Front"), self.tr("Missing"), self.tr("Some"), self.tr("Usual dose")
        )
        paint_dose_map(painter, self._laid, self._theme, words)

    def paint_mark(self, painter: QPainter, index: int, *, focused: bool) -> None:
        paint_pointed(painter, self._laid, self._muscles[index], self._theme, strong=focused)

    def pointed(self, index: int) -> None:
        self.muscle_pointed.emit(self._muscles[index] if index >= 0 else "")

    def _index_of(self, muscle: str) -> int:
        return self._muscles.index(muscle) if muscle in self._muscles else NOWHERE
