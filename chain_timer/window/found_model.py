"""A list of things with names, of which a search leaves those that have every word somewhere."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

AnyIndex = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole + 1
"""The role that gives the item itself, for whoever paints it."""

_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class Findable(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def findable(self) -> str:
        """All that a search looks at, casefolded."""


Item = TypeVar("Item", bound=Findable)


class FoundModel(QStringListModel, Generic[Item]):
    """The items that a search leaves, in the order they came in.

    Qt itself holds their names: a view that lays thousands out asks for each whether it is there, and asking
    Python that takes ten times as long.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Item, ...] = ()
        self._found: tuple[Item, ...] = ()
        self._words: tuple[str, ...] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        self._all = tuple(items)
        self._show(self._all)

    def search(self, text: str) -> None:
        words = tuple(dict.fromkeys(text.casefold().split()))
        if words == self._words:
            return
        # What has "ham" has "ha" as well: who types on looks among what is found already.
        narrower = all(any(before in word for word in words) for before in self._words)
        self._words = words
        self._show(self._found if narrower else self._all)

    def item(self, index: AnyIndex) -> Item | None:
        row = index.row()
        return self._found[row] if 0 <= row < len(self._found) else None

    def row_of(self, item_id: str) -> int:
        """Give the row of an item, or -1 when it is not among those found."""
        return next((row for row, each in enumerate(self._found) if each.id == item_id), -1)

    def spoken(self, item: Item) -> str:
        """What a screen reader says of an item."""
        return item.name

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        item = self.item(index)
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(item)
        return item if role == ITEM else None

    def _show(self, items: Sequence[Item]) -> None:
        found = items
        for word in self._words:
            found = [each for each in found if word in each.findable]
        self._found = tuple(found)
        # Resets the model, as those who look at it know.
        self.setStringList([each.name for each in self._found])
