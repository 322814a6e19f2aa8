"""The exercises of a routine in order, each with its figure, amount, sides and muscles."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from chain_timer.drawing.theme import BODY, DARK, LEAD, SMALL, TITLE, Theme
from chain_timer.routine.exercise import Exercise
from chain_timer.window.basics import PlainLabel
from chain_timer.window.card_delegate import StillOf
from chain_timer.window.setup_facts import ExerciseRow

_FIGURE = (92, 72)


class ExerciseList(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(20, 16, 20, 18)
        self._rows.setSpacing(14)
        self._rows.addWidget(PlainLabel(self.tr("Exercises")).in_size(LEAD, QFont.Weight.DemiBold))
        self._shown: list[QWidget] = []
        self._stills: list[Still] = []
        self._told: tuple[object, ...] = ()
        self._theme = DARK
        self._still_of: StillOf = lambda _exercises, _size, _ratio, _theme: None

    @property
    def stills(self) -> Sequence["Still"]:
        return self._stills

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        for still in self._stills:
            still.show_theme(theme)

    def show_stills(self, still_of: StillOf) -> None:
        """Take where pictures of figures come from."""
        self._still_of = still_of

    def refresh(self) -> None:
        """Paint the pictures anew: there are more."""
        for still in self._stills:
            still.update()

    def show_rows(self, rows: Sequence[ExerciseRow], more: int) -> None:
        if self._told == (tuple(rows), more):
            return
        self._told = (tuple(rows), more)
        for widget in self._shown:
            widget.setParent(None)
            widget.deleteLater()
        self._stills = []
        self._shown = [self._row(index + 1, row) for index, row in enumerate(rows)]
        if more:
            self._shown.append(
                PlainLabel(self.tr("… and {count} more").format(count=more), tone="quiet").in_size(BODY)
            )
        for widget in self._shown:
            self._rows.addWidget(widget)

    def _row(self, number: int, row: ExerciseRow) -> QWidget:
        widget = QWidget()
        place = PlainLabel(str(number), tone="quiet").in_size(TITLE, QFont.Weight.DemiBold)
        place.setFixedWidth(24)
        still = Still(row.exercise, self._still_of, self._theme)
        self._stills.append(still)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch(1)
        texts.addWidget(PlainLabel(row.name).in_size(BODY, QFont.Weight.DemiBold).wrapping())
        texts.addWidget(PlainLabel(row.detail, tone="accent").in_size(SMALL).wrapping())
        texts.addWidget(PlainLabel(row.muscles, tone="quiet").in_size(SMALL).wrapping())
        texts.addStretch(1)
        box = QHBoxLayout(widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(place, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(still, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addSpacing(4)
        box.addLayout(texts, 1)
        return widget


class Still(QWidget):
    """The small picture of one exercise, as soon as there is one."""

    def __init__(self, exercise: Exercise, still_of: StillOf, theme: Theme) -> None:
        super().__init__()
        self._exercise = exercise
        self._still_of = still_of
        self._theme = theme
        self.setFixedSize(QSize(*_FIGURE))

    @property
    def drawn(self) -> bool:
        """Whether there is a picture."""
        return self._picture() is not None

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        picture = self._picture()
        if picture is not None:
            QPainter(self).drawPixmap(QPointF(0, 0), picture)

    def _picture(self) -> QPixmap | None:
        return self._still_of((self._exercise,), self.size(), self.devicePixelRatioF(), self._theme)
