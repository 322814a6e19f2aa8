"""The sessions as rows: each there from the start, its facts read when it comes in sight."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal

from chain_timer.drawing.text import shown
from chain_timer.history.kept import Entry
from chain_timer.session.record import Ending
from chain_timer.window.found_model import ITEM, AnyIndex
from chain_timer.window.history_words import ending_text, felt_text, length_text, when_text

PAGE = 50
"""Rows that are read at once."""
_MOST_PAGES = 80
"""Kept; what is seen again later is read again."""
MOST_ROWS = 150_000
"""What a list can be high in Qt, which counts no further than 16 million pixels; a lifetime, six a day."""
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class EntryModel(QStringListModel):
    """Told how many there are; asks for a page of them when one of its rows is looked at.

    Qt itself holds the rows: a view that lays thousands out asks for each whether it is there, and asking
    Python that takes ten times as long.
    """

    page_wanted = Signal(int)
    """By its number: rows ``PAGE * number`` and those after."""
    looked_at_anew = Signal()
    """Facts came or went. Not Qt's own signal of it, upon which a list lays all of its rows out anew."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: OrderedDict[int, tuple[Entry, ...]] = OrderedDict()
        self._stale: set[int] = set()
        """Pages that are shown as they were, until they are read again."""
        self._asked: set[int] = set()
        self._count = 0
        self.today = date.min

    def show_count(self, count: int, today: date) -> None:
        """Show so many rows, all of them to be read."""
        self.today = today
        self._pages.clear()
        self._asked.clear()
        self._stale.clear()
        self._count = min(count, MOST_ROWS)
        self.setStringList([""] * self._count)

    def look_again(self, count: int, today: date) -> None:
        """Take that something changed: what is known stays in sight until it is read again."""
        if min(count, MOST_ROWS) != self._count:
            self.show_count(count, today)
            return
        self.today = today
        self._asked.clear()
        self._stale = set(self._pages)
        self.looked_at_anew.emit()

    def show_page(self, number: int, entries: Sequence[Entry]) -> None:
        """Show a page that was asked for; a short one says where the list ends."""
        self._asked.discard(number)
        self._stale.discard(number)
        self._pages[number] = tuple(entries)
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        end = number * PAGE + len(entries)
        if len(entries) < PAGE and end < self._count:
            self.removeRows(end, self._count - end)
            self._count = end
        self.looked_at_anew.emit()

    def forget_asked(self, numbers: Iterable[int]) -> None:
        """Have pages asked for anew when they are looked at: they were passed over."""
        self._asked.difference_update(numbers)

    def change(self, session_id: str, changed: Callable[[Entry], Entry]) -> None:
        """Show a session as it is now, where it was read already."""
        for number, page in self._pages.items():
            if any(entry.id == session_id for entry in page):
                self._pages[number] = tuple(changed(each) if each.id == session_id else each for each in page)
        self.looked_at_anew.emit()

    def entry(self, row: int) -> Entry | None:
        """Give the facts of a row; where they are not there yet, they are asked for."""
        if not 0 <= row < self._count:
            return None
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if (page is None or number in self._stale) and number not in self._asked:
            self._asked.add(number)
            self.page_wanted.emit(number)
        if page is None:
            return None
        self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def row_of(self, session_id: str) -> int:
        """Give the row of a session, or -1 where it is not among those that were read."""
        for number, page in self._pages.items():
            for place, entry in enumerate(page):
                if entry.id == session_id:
                    return number * PAGE + place
        return -1

    def spoken(self, entry: Entry) -> str:
        """What a screen reader says of a session."""
        parts = (when_text(entry.started, self.today), entry.routine_name, facts_text(entry))
        return ", ".join(shown(part) for part in parts if part)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ITEM}:
            return None
        entry = self.entry(index.row())
        if entry is None:
            return None if role == ITEM else self.tr("Reading…")
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(entry.routine_name)
        return entry if role == ITEM else self.spoken(entry)


def facts_text(entry: Entry) -> str:
    """Give a session in a line: how long, how it ended, how it felt, and what was noted."""
    ending = ending_text(entry.ending) if entry.ending is Ending.BROKEN_OFF else ""
    length = length_text(entry.played_ms, entry.planned_ms)
    parts = (length, ending, felt_text(entry.feeling), entry.note)
    return " · ".join(part for part in parts if part)
