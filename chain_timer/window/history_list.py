"""The list of sessions, newest first; as high as all its rows, for the page around it scrolls."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chain_timer.drawing.text import elided, font, shown
from chain_timer.drawing.theme import BODY, DARK, SMALL, Theme
from chain_timer.history.kept import Entry
from chain_timer.window.enter import ENTER
from chain_timer.window.found_model import ITEM, AnyIndex
from chain_timer.window.history_rows import EntryModel, facts_text
from chain_timer.window.history_words import when_text
from chain_timer.window.past_strip import paint_past
from chain_timer.window.rows_view import set_up_rows

WIDE, NARROW = 64, 84
"""Heights of a row that has its strip beside the words, and of one that has it below."""
_BESIDE_FROM = 720
_STRIP_SHARE = 0.42
_STRIP = 16.0
_LOW_STRIP = 10.0
_CORNER = 12.0
_SIDE = 14.0


class EntryList(QListView):
    """Enter or a click opens, Delete removes, the menu key shows what else can be done."""

    opened = Signal(str)
    delete_requested = Signal(str)
    menu_requested = Signal(str, object)
    """Of a session, at a place on the screen."""
    row_in_sight_wanted = Signal(object)
    """The place of the current row, as a rectangle of this list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = EntryModel(self)
        self._delegate = EntryDelegate(self.entries, self)
        set_up_rows(self, self.entries, self._delegate)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(never)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Sessions, newest first"))
        self.clicked.connect(self._open)
        for changed in (self.entries.modelReset, self.entries.rowsRemoved):
            changed.connect(self._be_as_high_as_rows)
        self.entries.looked_at_anew.connect(self.viewport().update)
        self._be_as_high_as_rows()

    def show_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    @property
    def current(self) -> Entry | None:
        return self.entries.entry(self.currentIndex().row())

    def choose(self, row: int) -> None:
        """Make a row the current one, or the last where there are fewer."""
        row = min(row, self.entries.rowCount() - 1)
        if row >= 0:
            self.setCurrentIndex(self.entries.index(row))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802 - Qt's own
        self._delegate.chosen_row = current.row()
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.row_in_sight_wanted.emit(self._place_of(current.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            row = max(0, self.currentIndex().row())
            self.choose(row)
            self.row_in_sight_wanted.emit(self._place_of(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER and plain:
            if not event.isAutoRepeat():
                self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and plain:
            entry = self.current
            if entry is not None and not event.isAutoRepeat():
                self.delete_requested.emit(entry.id)
        elif event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            # The view is as high as all rows: a page is what the page around it shows of them.
            self._go_by_page(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.text().strip():
            event.ignore()  # there is nothing to search for by its first letters
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        entry = index.data(ITEM) if index.isValid() else None
        if isinstance(entry, Entry):
            self.setCurrentIndex(index)
            place = event.globalPos()
            if not by_mouse:
                place = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_requested.emit(entry.id, place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # for the page

    def resizeEvent(self, event: QResizeEvent) -> None:
        height = WIDE if self.width() >= _BESIDE_FROM else NARROW
        if height != self._delegate.height:
            self._delegate.height = height
            self.scheduleDelayedItemsLayout()
            self._be_as_high_as_rows()
        super().resizeEvent(event)

    def _be_as_high_as_rows(self) -> None:
        self.setFixedHeight(max(1, self.entries.rowCount() * self._delegate.height))

    def _place_of(self, row: int) -> QRect:
        height = self._delegate.height
        return QRect(0, row * height, self.width(), height)

    def _go_by_page(self, way: int) -> None:
        rows = max(1, self.visibleRegion().boundingRect().height() // self._delegate.height - 1)
        row = max(0, self.currentIndex().row()) + way * rows
        self.choose(min(max(0, row), self.entries.rowCount() - 1))

    def _open(self, index: AnyIndex) -> None:
        entry = index.data(ITEM) if index.isValid() else None
        if isinstance(entry, Entry):
            self.opened.emit(entry.id)


class EntryDelegate(QStyledItemDelegate):
    """Paints a session: routine and date, how it went, and its strip."""

    def __init__(self, entries: EntryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = entries
        self.theme = DARK
        self.chosen_row = -1
        self.height = NARROW
        self._name, self._small = font(BODY, QFont.Weight.DemiBold), font(SMALL)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(180, self.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(ITEM)
        rect = QRectF(option.rect).adjusted(1, 2, -1, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = index.row() == self.chosen_row
        painter.setPen(QPen(QColor(self.theme.accent), 2) if chosen else QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.chosen if chosen else self.theme.surface))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        if isinstance(entry, Entry):
            self._paint_entry(painter, inner, entry)
        else:
            self._write(painter, inner, self._entries.tr("Reading…"), self._small, self.theme.quiet)
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRectF, entry: Entry) -> None:
        if self.height == WIDE:
            width = round(rect.width() * _STRIP_SHARE)
            strip = QRectF(rect.right() - width, rect.center().y() - _STRIP / 2, width, _STRIP)
            words = rect.adjusted(0, 9, -width - 2 * _SIDE, -9)
        else:
            strip = QRectF(rect.left(), rect.bottom() - 12 - _LOW_STRIP, rect.width(), _LOW_STRIP)
            words = QRectF(rect.left(), rect.top() + 8, rect.width(), strip.top() - rect.top() - 12)
        self._paint_words(painter, words, entry)
        paint_past(painter, strip, entry.blocks, entry.planned_ms, self.theme)

    def _paint_words(self, painter: QPainter, rect: QRectF, entry: Entry) -> None:
        half = rect.height() / 2
        upper = QRectF(rect.left(), rect.top(), rect.width(), half)
        when = when_text(entry.started, self._entries.today)
        taken = QFontMetricsF(self._small).horizontalAdvance(when) + _SIDE
        name = QRectF(upper.left(), upper.top(), upper.width() - taken, half)
        self._write(painter, name, shown(entry.routine_name), self._name, self.theme.text)
        self._write(painter, upper, when, self._small, self.theme.quiet, align=Qt.AlignmentFlag.AlignRight)
        lower = upper.translated(0, half)
        self._write(painter, lower, shown(facts_text(entry)), self._small, self.theme.quiet)

    def _write(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        made: QFont,
        color: str,
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(made)
        painter.setPen(QColor(color))
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(rect, flags, elided(text, QFontMetricsF(made), rect.width()))
