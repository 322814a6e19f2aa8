"""What each muscle got, as bars one under another."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chain_timer.drawing.dose_bars import Bar, BarLayout, paint_bars
from chain_timer.history.dose import MuscleDose, Standing, muscle_name
from chain_timer.routine.names import Names
from chain_timer.window.chart_view import NOWHERE, ChartView
from chain_timer.window.dose_words import amount_text, days_text, dose_lines, is_told

_USUAL_WIDTH, _LEAST_WIDTH = 520, 220
_CORNER = 10.0


class DoseRows(ChartView):
    """Told doses in order; up and down go from muscle to muscle. Says nothing twice: it has no tip."""

    muscle_pointed = Signal(str)
    """By its id; empty when none is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doses: tuple[MuscleDose, ...] = ()
        self._names: Names | None = None
        self._bars: tuple[Bar, ...] = ()
        self._laid = BarLayout((), _USUAL_WIDTH)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setAccessibleName(self.tr("Muscles. Up and down go from muscle to muscle"))

    def show_doses(self, doses: Sequence[MuscleDose], names: Names) -> None:
        """Show a bar for each muscle; one that is not of the chain only where it got something."""
        self._names = names
        self._doses = tuple(dose for dose in doses if is_told(dose, names))
        self._bars = tuple(_bar_of(dose, names) for dose in self._doses)
        self.take(min(max(0, self._cursor), len(self._doses) - 1))
        self.updateGeometry()

    def show_pointed(self, muscle: str) -> None:
        """Mark the bar of a muscle that is pointed at elsewhere; none where it is empty."""
        known = [dose.muscle for dose in self._doses]
        self.mark_elsewhere(known.index(muscle) if muscle in known else NOWHERE)

    def sizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def heightForWidth(self, width: int) -> int:
        return round(BarLayout(self._bars, width).height + 2)

    # --- the chart ----------------------------------------------------------------------------------------

    def count(self) -> int:
        return len(self._doses)

    def mark_rect(self, index: int) -> QRectF:
        return self._laid.rect_of(index)

    def mark_at(self, place: QPointF) -> int:
        return self._laid.index_at(place.y())

    def lines(self, index: int) -> tuple[str, ...]:
        return dose_lines(self._doses[index], self._names) if self._names else ()

    def step(self, index: int, key: Qt.Key) -> int | None:
        return {
            Qt.Key.Key_Up: index - 1,
            Qt.Key.Key_Down: index + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
        }.get(key)

    def lay_out(self) -> None:
        self._laid = BarLayout(self._bars, self.width())

    def paint_ground(self, painter: QPainter) -> None:
        paint_bars(painter, self._laid, self._bars, self.tr("Usual dose"), self._theme)

    def paint_mark(self, painter: QPainter, index: int, *, focused: bool) -> None:
        color = self._theme.accent if focused else self._theme.edge
        painter.setPen(QPen(QColor(color), 2 if focused else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._laid.rect_of(index).adjusted(1, 1, -1, -1), _CORNER, _CORNER)

    def pointed(self, index: int) -> None:
        self.muscle_pointed.emit(self._doses[index].muscle if index >= 0 else "")

    def tells(self) -> bool:
        return False


def _bar_of(dose: MuscleDose, names: Names) -> Bar:
    facts = f"{amount_text(dose)} · {days_text(dose)}"
    share = dose.days / dose.usual_days
    return Bar(muscle_name(dose.muscle, names), facts, share, missing=dose.standing is Standing.MISSING)
