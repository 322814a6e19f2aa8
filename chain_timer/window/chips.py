"""Words side by side, as many in a row as there is room for, each switched on and off."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

_GAP = 6


class Chips(QWidget):
    """Told which words there are and which are on; a click goes to the next state of a word."""

    changed = Signal()

    def __init__(self, name: str, states: Sequence[str], parent: QWidget | None = None) -> None:
        """``states`` are what a word can be, for a screen reader; the first is off."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._states = tuple(states)
        self._chips: dict[str, QPushButton] = {}
        self._names: dict[str, str] = {}
        self._order: list[str] = []
        self._flow = _Flow(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show words by id and name."""
        for key, name in choices:
            if key not in self._chips:
                chip = QPushButton(name, self)
                chip.setObjectName("chip")
                chip.clicked.connect(lambda _checked=False, key=key: self._step(key))
                self._chips[key] = chip
                self._names[key] = name
                self._flow.addWidget(chip)
                self._set(key, 0)

    def show_states(self, states: dict[str, int]) -> None:
        """Switch words to a state by its number, in this order; all others are off."""
        self._order = [key for key in states if key in self._chips]
        for key in self._chips:
            self._set(key, states.get(key, 0))

    def in_state(self, number: int) -> tuple[str, ...]:
        """Give the ids of the words in a state: in the order they were shown in, new ones after them."""
        return tuple(key for key in self._order if self._chips[key].property("state") == number)

    def chip(self, key: str) -> QPushButton:
        return self._chips[key]

    def _step(self, key: str) -> None:
        state = (int(self._chips[key].property("state")) + 1) % len(self._states)
        self._set(key, state)
        if key not in self._order:
            self._order.append(key)
        self.changed.emit()

    def _set(self, key: str, state: int) -> None:
        chip = self._chips[key]
        chip.setProperty("state", state)
        chip.setAccessibleName(f"{self._names[key]}: {self._states[state]}")
        chip.setToolTip(self._states[state] if state else "")
        chip.style().polish(chip)


class _Flow(QLayout):
    """Puts widgets into rows like words into lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's own
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's own
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's own
        super().setGeometry(rect)
        self._laid(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's own
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _laid(self, rect: QRect, *, place: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, high = rect.x(), y + high + _GAP, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + _GAP
            high = max(high, size.height())
        return y + high - rect.y()
