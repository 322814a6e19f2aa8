"""A list of things with names, of which a search leaves those that have every word somewhere."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

AnyIndex = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole + 1
"""The role that gives the item itself, for whoever paints it."""


class Findable(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def findable(self) -> str:
        """All that a search looks at, casefolded."""


Item = TypeVar("Item", bound=Findable)


class FoundModel(QAbstractListModel, Generic[Item]):
    """The items that a search leaves, in the order they came in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Item, ...] = ()
        self._found: tuple[Item, ...] = ()
        self._words: tuple[str, ...] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        self._all = tuple(items)
        self._search()

    def search(self, text: str) -> None:
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._search()

    def item(self, index: AnyIndex) -> Item | None:
        return self._found[index.row()] if 0 <= index.row() < len(self._found) else None

    def row_of(self, item_id: str) -> int:
        """Give the row of an item, or -1 when it is not among those found."""
        return next((row for row, each in enumerate(self._found) if each.id == item_id), -1)

    def spoken(self, item: Item) -> str:
        """What a screen reader says of an item."""
        return item.name

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._found)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        item = self.item(index)
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(item)
        return item if role == ITEM else None

    def _search(self) -> None:
        self.beginResetModel()
        self._found = tuple(each for each in self._all if all(word in each.findable for word in self._words))
        self.endResetModel()
