"""The cards side by side, in as many columns as there is room for."""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from chain_timer.drawing.theme import Theme
from chain_timer.window.card_delegate import HEIGHT, CardDelegate, StillOf
from chain_timer.window.cards import CardModel
from chain_timer.window.enter import ENTER
from chain_timer.window.found_model import AnyIndex
from chain_timer.window.found_place import Place, place_in, return_to
from chain_timer.window.rows_view import set_up_rows
from chain_timer.window.spacing import BAR_LANE, GAP

_LEAST_WIDTH = 264
_USUAL_WIDTH = 1300
_LARGEST = 1.5


class CardGrid(QListView):
    """Arrow keys go in two dimensions; Enter or a click opens; letters are for the search."""

    opened = Signal(str)
    typed = Signal(str)
    menu_requested = Signal(str, object)
    """Of a card, at a place on the screen."""
    edit_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, model: CardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = model
        self._delegate = CardDelegate(model, self)
        set_up_rows(self, self._cards, self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Routines"))
        self.clicked.connect(self._open)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.viewportEntered.connect(lambda: self._hover(-1))

    def show_theme(self, theme: Theme) -> None:
        self._delegate.show_theme(theme)
        # Before the first paint there is nothing to update, and asking Qt for a widget that it made itself
        # has PySide set up every kind of widget there is: 30 ms.
        if self.isVisible():
            self.viewport().update()

    def show_stills(self, still_of: StillOf) -> None:
        """Take where pictures of figures come from."""
        self._delegate.still_of = still_of
        self.viewport().update()

    def refresh(self) -> None:
        """Paint anew: there are more pictures."""
        self.viewport().update()

    def choose_first(self) -> None:
        if self._cards.rowCount():
            self.setCurrentIndex(self._cards.index(0))
            self.scrollToTop()

    def place(self) -> Place:
        return place_in(self, self._cards)

    def return_to(self, place: Place) -> None:
        """Go on where a person was before other cards were shown, or begin where that is gone."""
        if not return_to(place, self, self._cards):
            self.choose_first()

    def choose(self, card_id: str) -> None:
        row = self._cards.row_of(card_id)
        if row >= 0:
            self.setCurrentIndex(self._cards.index(row))

    def open_current(self) -> None:
        self._open(self.currentIndex())

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802 - Qt's own
        self._delegate.chosen_row = current.row()
        super().currentChanged(current, previous)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        asked = {Qt.Key.Key_F2: self.edit_requested, Qt.Key.Key_Delete: self.delete_requested}
        card = self._cards.item(self.currentIndex())
        if event.key() in ENTER:
            self.open_current()
        elif card and plain and (signal := asked.get(Qt.Key(event.key()))):
            signal.emit(card.id)
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        card = self._cards.item(index)
        if card:
            self.setCurrentIndex(index)
            place = event.globalPos()
            if not by_mouse:
                place = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_requested.emit(card.id, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._delegate.scale = scale = min(_LARGEST, max(1.0, self.width() / _USUAL_WIDTH))
        # As wide as Qt breaks the rows, which is as if the scroll bar were there, bar or no bar.
        width = self.maximumViewportSize().width() - BAR_LANE
        columns = max(1, int(width / ((_LEAST_WIDTH + GAP) * scale)))
        self._delegate.cell = QSize(width // columns, round(HEIGHT * scale) + GAP)
        self.setGridSize(self._delegate.cell)
        super().resizeEvent(event)

    def _hover(self, row: int) -> None:
        before, self._delegate.hovered_row = self._delegate.hovered_row, row
        for each in {before, row} - {-1}:
            self.update(self._cards.index(each))

    def _open(self, index: QModelIndex) -> None:
        card = self._cards.item(index)
        if card:
            self.opened.emit(card.id)
