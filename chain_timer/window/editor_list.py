"""The list in which a routine is put together: choose, drag, and keys for everything."""

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from chain_timer.drawing.theme import Theme
from chain_timer.routine.editing import Place
from chain_timer.routine.routine import Routine
from chain_timer.window.card_delegate import StillOf
from chain_timer.window.editor_rows import OURS, EditorModel, RowDelegate
from chain_timer.window.enter import ENTER
from chain_timer.window.rows_view import set_up_rows

_ALT = Qt.KeyboardModifier.AltModifier


class EditorList(QListView):
    """Told a routine and what is chosen in it; tells what a person chooses, and asks for changes."""

    chosen_changed = Signal(object)
    """A tuple of places."""
    move_requested = Signal(object)
    """The place before which to move what is chosen; None for the end."""
    shift_requested = Signal(int)
    remove_requested = Signal()
    opened = Signal()
    """Enter or a double click: to the fields of what is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = EditorModel(self)
        self._delegate = RowDelegate(self)
        set_up_rows(self, self.rows, self._delegate, several=True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setAccessibleName(self.tr("The routine: circuits and their exercises"))
        self.selectionModel().selectionChanged.connect(self._tell_chosen)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    @property
    def chosen(self) -> tuple[Place, ...]:
        # By ranges: Qt would look at each row one by one.
        chosen = self.selectionModel().selection().toList()
        ranges = [(each.top(), each.bottom() + 1) for each in chosen]
        return tuple(place for low, high in sorted(ranges) for place in self.rows.places[low:high])

    def show_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def show_stills(self, still_of: StillOf) -> None:
        """Take where pictures of figures come from."""
        self._delegate.still_of = still_of

    def refresh(self) -> None:
        """Paint anew: there are more pictures."""
        self.viewport().update()

    def show_routine(self, routine: Routine, chosen: Iterable[Place]) -> None:
        """Show a routine with what is chosen in it, without telling that back."""
        wanted = tuple(chosen)
        changed = self.rows.show_routine(routine)
        if not changed and wanted == self.chosen:
            return
        model, selection = self.selectionModel(), QItemSelection()
        for low, high in self.rows.ranges_of(wanted):
            selection.select(self.rows.index(low), self.rows.index(high))
        with QSignalBlocker(model):
            model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if wanted:
                last = self.rows.index_of(wanted[-1])
                model.setCurrentIndex(last, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.scrollTo(last)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.chosen and self.rows.rowCount() and event.reason() != Qt.FocusReason.MouseFocusReason:
            first = self.rows.index(min(1, self.rows.rowCount() - 1))
            self.setCurrentIndex(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & _ALT and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.shift_requested.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_requested.emit()
        elif key in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit()
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # not Qt's search by letters: the page may have a use for it
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if not event.mimeData().hasFormat(OURS):
            return
        self.move_requested.emit(self._place_below(event.position().toPoint()))
        # The rows have moved already. Qt asks the model to take out the old ones, which it refuses.
        event.accept()
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def _place_below(self, point: QPoint) -> Place | None:
        """Give the row before which something dropped there belongs; None for the end."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        row = index.row() + (point.y() > self.visualRect(index).center().y())
        return self.rows.place(self.rows.index(row)) if row < self.rows.rowCount() else None

    def _tell_chosen(self) -> None:
        self.chosen_changed.emit(self.chosen)
