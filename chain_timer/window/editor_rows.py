"""The rows of the editor's list, and how each is painted."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.text import elided, font, shown
from chain_timer.drawing.theme import BODY, DARK, LEAD, SMALL, Theme
from chain_timer.routine.editing import Place, places_of
from chain_timer.routine.routine import Routine
from chain_timer.window.editor_facts import Row, row_at
from chain_timer.window.found_model import AnyIndex

if TYPE_CHECKING:
    from chain_timer.window.card_delegate import StillOf

ROW = Qt.ItemDataRole.UserRole + 1
"""The role that gives the row itself, for whoever paints it."""
_HEIGHT = 74
"""Of all rows alike: with others Qt would ask for the size of each of thousands."""
_FIGURE = (92, 72)
"""As large as in the list of exercises beside it: one picture is for both."""
_GRIP = 26
_HEADING = 44
_CORNER = 12.0
OURS = "application/x-chain-timer-rows"
"""The kind of thing that is dragged within the list."""


class EditorModel(QAbstractListModel):
    """Told a routine; its rows are put into words when they are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._routine: Routine | None = None
        self._places: tuple[Place, ...] = ()
        self._rows: dict[Place, int] = {}

    def show_routine(self, routine: Routine) -> bool:
        """Show a routine; True when rows came, went or moved, so that what is chosen has to be set anew."""
        places = tuple(places_of(routine))
        self._routine, before = routine, self._places
        if places == before:
            if places:
                self.dataChanged.emit(self.index(0), self.index(len(places) - 1))
            return False
        self.beginResetModel()
        self._places = places
        self._rows = {place: row for row, place in enumerate(places)}
        self.endResetModel()
        return True

    @property
    def places(self) -> tuple[Place, ...]:
        return self._places

    def ranges_of(self, places: Iterable[Place]) -> list[tuple[int, int]]:
        """Give the rows of places as stretches, each from its first to its last row."""
        ranges: list[tuple[int, int]] = []
        for row in sorted(self._rows[place] for place in places if place in self._rows):
            if ranges and ranges[-1][1] == row - 1:
                ranges[-1] = (ranges[-1][0], row)
            else:
                ranges.append((row, row))
        return ranges

    def place(self, index: AnyIndex) -> Place | None:
        return self._places[index.row()] if 0 <= index.row() < len(self._places) else None

    def index_of(self, place: Place) -> QModelIndex:
        return self.index(self._rows.get(place, -1))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        place = self.place(index)
        if place is None or self._routine is None:
            return None
        if role == ROW:
            return row_at(self._routine, place)
        if role == Qt.ItemDataRole.DisplayRole:
            return row_at(self._routine, place).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = row_at(self._routine, place)
            return f"{row.title}, {row.detail}"
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's own
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's own
        return [OURS]

    def mimeData(self, _indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's own
        data = QMimeData()
        # What is chosen is what moves; other programs have no use for it.
        data.setData(OURS, b"chosen")
        return data


class RowDelegate(QStyledItemDelegate):
    """Paints circuits as headings and exercises with their figure."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = DARK
        self.still_of: StillOf = lambda _exercises, _size, _ratio, _theme: None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        rect = QRectF(option.rect).adjusted(1, 2, -3, -2)
        if row.exercise is None:
            # A heading belongs to what is below it.
            rect.setTop(rect.bottom() - _HEADING)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(self.theme.accent), 2) if current else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.chosen) if chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        grip = QRectF(rect.left() + 4, rect.center().y() - 9, 18, 18)
        paint_icon(painter, "grip", grip, QColor(self.theme.edge))
        if row.exercise is None:
            self._paint_circuit(painter, rect.adjusted(_GRIP, 0, -10, 0), row)
        else:
            self._paint_item(painter, rect.adjusted(_GRIP, 0, -10, 0), row)
        painter.restore()

    def _paint_circuit(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        name, small = font(LEAD, QFont.Weight.DemiBold), font(SMALL)
        room = rect.width()
        detail = elided(shown(row.detail), QFontMetricsF(small), room * 0.55)
        taken = QFontMetricsF(small).horizontalAdvance(detail)
        painter.setFont(name)
        painter.setPen(QColor(self.theme.text))
        title = elided(shown(row.title), QFontMetricsF(name), room - taken - 16)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(small)
        painter.setPen(QColor(self.theme.quiet))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)

    def _paint_item(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        size = QSize(*_FIGURE)
        if row.exercise is not None:
            still = self.still_of((row.exercise,), size, painter.device().devicePixelRatio(), self.theme)
            if still is not None:
                painter.drawPixmap(QPointF(rect.left(), rect.center().y() - size.height() / 2), still)
        words = rect.adjusted(size.width() + 12, 0, 0, 0)
        name, small = font(BODY, QFont.Weight.DemiBold), font(SMALL)
        height = QFontMetricsF(name).height() + QFontMetricsF(small).height()
        top = rect.center().y() - height / 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        for text, made, color in ((row.title, name, self.theme.text), (row.detail, small, self.theme.quiet)):
            painter.setFont(made)
            painter.setPen(QColor(color))
            place = QRectF(words.left(), top, words.width(), QFontMetricsF(made).height())
            painter.drawText(place, left, elided(shown(text), QFontMetricsF(made), words.width()))
            top += QFontMetricsF(made).height()
