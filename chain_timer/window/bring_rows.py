"""The list of what was found in files: what is on is taken over."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.text import elided, font
from chain_timer.drawing.theme import BODY, DARK, SMALL, Theme
from chain_timer.window.bring_reading import BringRow
from chain_timer.window.enter import ENTER
from chain_timer.window.found_model import ITEM, AnyIndex, FoundModel
from chain_timer.window.rows_view import set_up_rows

_HEIGHT = 60
_CORNER = 12.0
_BOX = 20.0
_BOX_LANE = 44
"""Where a click is meant for the box."""
_ICON_LANE = 36
_NOTE_SHARE = 0.4
_WIDE = 420
"""From here on there is room for a note beside the words."""
_ON, _PARTLY, _OFF = Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked


class BringModel(FoundModel[BringRow]):
    """Everything that was found, each on or off; an exercise that a routine needs comes along anyway."""

    changed = Signal()
    """Other things are chosen now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._off: set[str] = set()
        self._needed: frozenset[str] = frozenset()

    def show_rows(self, rows: Sequence[BringRow]) -> None:
        """Show these, all of them on."""
        self._off = set()
        self._reckon(rows)
        self.show_items(rows)
        self.changed.emit()

    @property
    def chosen(self) -> tuple[BringRow, ...]:
        """What comes, in the order of the list."""
        return tuple(row for row in self._all if self.state_of(row) is not _OFF)

    def state_of(self, row: BringRow) -> Qt.CheckState:
        if row.id not in self._off:
            return _ON
        return _PARTLY if not row.is_routine and row.thing_id in self._needed else _OFF

    def toggle(self, places: Iterable[int]) -> None:
        """Switch rows on, or off where all of them are on."""
        chosen = tuple(places)
        self.switch(chosen, on=any(self._found[place].id in self._off for place in chosen))

    def switch(self, places: Iterable[int], *, on: bool) -> None:
        """Switch rows, all to the same."""
        ids = {self._found[place].id for place in places}
        if not ids:
            return
        self._off = self._off - ids if on else self._off | ids
        self._reckon(self._all)
        self.dataChanged.emit(
            self.index(0), self.index(self.rowCount() - 1), [Qt.ItemDataRole.CheckStateRole]
        )
        self.changed.emit()

    def spoken(self, item: BringRow) -> str:
        kind = self.tr("Routine") if item.is_routine else self.tr("Exercise")
        there = self.tr("you have one of this name") if item.is_there else ""
        return ", ".join(part for part in (item.name, kind, item.detail, there) if part)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        if role == Qt.ItemDataRole.CheckStateRole:
            row = self.item(index)
            return None if row is None else self.state_of(row)
        return super().data(index, role)

    def setData(  # noqa: N802 - Qt's own
        self,
        index: AnyIndex,
        value: Any,  # noqa: ANN401 - Qt's own
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Take what a screen reader switches."""
        if role != Qt.ItemDataRole.CheckStateRole or self.item(index) is None:
            return False
        self.switch([index.row()], on=Qt.CheckState(value) is not _OFF)
        return True

    def _reckon(self, rows: Sequence[BringRow]) -> None:
        on = (row.needs for row in rows if row.is_routine and row.id not in self._off)
        self._needed = frozenset[str]().union(*on)


class BringList(QListView):
    """Space switches what is selected, a click on its box a row; letters are for the search."""

    confirmed = Signal()
    """By Enter."""
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = BringModel(self)
        self._delegate = _RowDelegate(self)
        set_up_rows(self, self.rows, self._delegate, several=True)
        self.setAccessibleName(self.tr("What was found; Space switches it on and off"))
        self.doubleClicked.connect(lambda index: self.rows.toggle([index.row()]))

    def show_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def choose_first(self) -> None:
        """Be ready for keys at the first row."""
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    @property
    def selected(self) -> list[int]:
        """The rows that are selected; by spans, of which thousands are one."""
        selection = self.selectionModel().selection()
        spans = (selection.at(number) for number in range(selection.count()))
        return [row for span in spans for row in range(span.top(), span.bottom() + 1)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        if event.key() == Qt.Key.Key_Space and not control:
            if not event.isAutoRepeat():
                self.rows.toggle(self.selected)
        elif event.key() in ENTER and not control:
            if not event.isAutoRepeat():
                self.confirmed.emit()
        elif not control and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._box_at(event)
        if row is None:
            super().mousePressEvent(event)
            return
        selected = self.selected
        self.rows.toggle(selected if row in selected else [row])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._box_at(event) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)  # two quick clicks on a box are two

    def _box_at(self, event: QMouseEvent) -> int | None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        is_box = event.button() == Qt.MouseButton.LeftButton and point.x() < _BOX_LANE
        return index.row() if index.isValid() and is_box else None


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self._name, self._small = font(BODY, QFont.Weight.DemiBold), font(SMALL)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(180, _HEIGHT)

    def editorEvent(
        self,
        _event: QEvent,
        _model: QAbstractItemModel,
        _option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Leave clicks to the list: the box is not where the style would have it."""
        return False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, model = index.data(ITEM), index.model()
        if not isinstance(row, BringRow) or not isinstance(model, BringModel):
            return
        rect = QRectF(option.rect).adjusted(1, 2, -3, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(self.theme.accent), 2) if current else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.chosen) if selected else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        self._paint_box(painter, rect, model.state_of(row))
        icon = QRectF(rect.left() + _BOX_LANE, rect.center().y() - 11, 22, 22)
        paint_icon(painter, "routines" if row.is_routine else "exercises", icon, QColor(self.theme.quiet))
        self._paint_words(painter, rect.adjusted(_BOX_LANE + _ICON_LANE, 0, -12, 0), row)
        painter.restore()

    def _paint_box(self, painter: QPainter, rect: QRectF, state: Qt.CheckState) -> None:
        theme = self.theme
        box = QRectF(rect.left() + 13, rect.center().y() - _BOX / 2, _BOX, _BOX)
        on = state is _ON
        painter.setPen(QPen(QColor(theme.fill if on else theme.edge), 1.5))
        painter.setBrush(QColor(theme.fill if on else theme.surface))
        painter.drawRoundedRect(box, 6, 6)
        if state is not _OFF:
            inset = box.adjusted(2, 2, -2, -2)
            color = QColor(theme.on_fill if on else theme.text)
            paint_icon(painter, "check" if on else "less", inset, color)

    def _paint_words(self, painter: QPainter, rect: QRectF, row: BringRow) -> None:
        told = self.tr("You have one") if row.is_there else ""
        note = told if rect.width() > _WIDE else ""
        detail = row.detail if note or not told else f"{told} · {row.detail}"
        small, name = QFontMetricsF(self._small), QFontMetricsF(self._name)
        taken = min(small.horizontalAdvance(note), rect.width() * _NOTE_SHARE)
        room = rect.width() - (taken + 16 if note else 0)
        top = rect.center().y() - (name.height() + small.height()) / 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        for text, made, metrics, color in (
            (row.name, self._name, name, self.theme.text),
            (detail, self._small, small, self.theme.quiet),
        ):
            painter.setFont(made)
            painter.setPen(QColor(color))
            place = QRectF(rect.left(), top, room, metrics.height())
            painter.drawText(place, left, elided(text, metrics, room))
            top += metrics.height()
        if note:
            painter.setPen(QColor(self.theme.accent_words))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
