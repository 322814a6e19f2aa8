"""The library: all routines as cards, with a search."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import BODY, DARK, LARGE, LEAD, SMALL, Theme
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.search_field import SearchField
from chain_timer.window.spacing import BAR_LANE, GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_timer.window.card_grid import CardGrid
    from chain_timer.window.cards import Card, CardModel, Outline
    from chain_timer.window.notice import Notice

_MARGIN = 32
_NARROW = 640
_LOW = 460
_PROBLEMS_SHOWN = 4


class LibraryPage(QWidget):
    """Told the cards; asks to open one."""

    routine_opened = Signal(str)
    new_requested = Signal()
    bring_in_requested = Signal()
    menu_requested = Signal(str, object)
    """Of a routine, at a place on the screen."""
    edit_requested = Signal(str)
    delete_requested = Signal(str)
    outline_requested = Signal(str)

    grid: CardGrid
    """Made with the first cards: the window is painted once before that."""
    _model: CardModel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._filled = False
        self._theme = DARK
        self.title = PlainLabel(self.tr("Routines")).in_size(LARGE, QFont.Weight.Bold)
        self.subtitle = PlainLabel(self.tr("Pick one and press Enter."), tone="quiet").in_size(BODY)
        self.search = SearchField(
            self.tr("Search routines, muscles, equipment…"), self.tr("Search routines"), self
        )
        self.new = QPushButton(self.tr("New routine"), self)
        self.new.setToolTip("Ctrl+N")
        self.bring_in = IconButton("bring_in", self.tr("Import (Ctrl+O)"), self)
        self.problems = ProblemList(self)
        self.reading = PlainLabel(tone="quiet").in_size(SMALL)
        self.reading.hide()
        self.nothing = PlainLabel(tone="quiet").in_size(LEAD)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setWordWrap(True)
        self.safety = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self._rows = QVBoxLayout(self)
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._arrange()

    @cached_property
    def notice(self) -> Notice:
        """What happened, and what can be done about it; made when there is something to tell."""
        from chain_timer.window.notice import Notice  # noqa: PLC0415 - see grid

        made = Notice(self)
        made.show_theme(self._theme)
        self._above.insertWidget(self._above.indexOf(self.reading), made)
        return made

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards from now on; who has been among others stays where they were."""
        if not self._filled:
            self._fill()
        place = self.grid.place()
        self._model.show_items(cards)
        self._show_found()
        self.grid.return_to(place)

    def show_reading(self, text: str) -> None:
        """Tell quietly how far the reading of a person's own files is; nothing when it is done."""
        self.reading.setText(text)
        self.reading.setVisible(bool(text))

    def show_outline(self, card_id: str, outline: Outline) -> None:
        self._model.show_outline(card_id, outline)

    def forget_outlines(self) -> None:
        self._model.forget_outlines()

    def show_problems(self, problems: Sequence[str]) -> None:
        """Tell quietly what could not be read of a person's own files."""
        self.problems.show_problems(problems)

    def show_safety(self, text: str) -> None:
        self.safety.setText(text)

    def choose_first(self) -> None:
        """Be ready for keys at the first card."""
        self.grid.choose_first()
        self.grid.setFocus()

    def choose(self, card_id: str) -> None:
        """Make a card the current one, and be ready for keys."""
        self.grid.choose(card_id)
        self.grid.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow, low = self.width() < _NARROW, self.height() < _LOW
        side = 16 if narrow else _MARGIN
        # The cards bring half their gap along, and the scroll bar has its lane at their right.
        left, right = side - GAP // 2, max(0, side - GAP // 2 - BAR_LANE)
        self._rows.setContentsMargins(left, 12 if low else 28, right, 10)
        for box in (self._above, self._below):
            box.setContentsMargins(side - left, 0, side - right, 0)
        self.subtitle.setVisible(not low)
        super().resizeEvent(event)

    def _arrange(self) -> None:
        rows = self._rows
        rows.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title, 1)
        head.addWidget(self.bring_in)
        head.addWidget(self.new)
        self._above.addLayout(head)
        for widget in (self.subtitle, self.search, self.reading, self.problems):
            self._above.addWidget(widget)
        self.new.clicked.connect(self.new_requested)
        self.bring_in.clicked.connect(self.bring_in_requested)
        self._above.insertSpacing(2, 8)
        self._above.setSpacing(4)
        self._below.addWidget(self.safety)
        rows.addLayout(self._above)
        rows.addWidget(self.nothing, 1)
        rows.addLayout(self._below)

    def _fill(self) -> None:
        from chain_timer.window.card_grid import CardGrid  # noqa: PLC0415 - see grid
        from chain_timer.window.cards import CardModel  # noqa: PLC0415

        self._filled = True
        self._model = CardModel(self)
        self._model.wants_outline = self.outline_requested.emit
        self.grid = CardGrid(self._model, self)
        self._rows.insertWidget(1, self.grid, 1)
        self._connect()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.grid.open_current)
        self.search.leads_to(self.grid)
        self.grid.opened.connect(self.routine_opened)
        self.grid.typed.connect(self.search.type)
        self.grid.menu_requested.connect(self.menu_requested)
        self.grid.edit_requested.connect(self.edit_requested)
        self.grid.delete_requested.connect(self.delete_requested)
        self.setFocusProxy(self.grid)

    def _search(self, text: str) -> None:
        self._model.search(text)
        self._show_found()
        self.grid.choose_first()

    def _show_found(self) -> None:
        found = self._model.rowCount() > 0
        self.grid.setVisible(found)
        self.nothing.setVisible(not found)
        self.nothing.setText(
            self.tr("No routine has this in its name, exercises, muscles or equipment.")
            if self.search.text()
            else self.tr("There are no routines.")
        )


class ProblemList(QFrame):
    """What is wrong with a person's own files: a quiet notice, not in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self.heading = PlainLabel().in_size(BODY, QFont.Weight.DemiBold).wrapping()
        self.details = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.addWidget(self.heading)
        rows.addWidget(self.details)
        self.hide()

    def show_problems(self, problems: Sequence[str]) -> None:
        shown = list(problems[:_PROBLEMS_SHOWN])
        more = len(problems) - len(shown)
        if more:
            shown.append(self.tr("… and {count} more. “chain-timer check” tells all.").format(count=more))
        self.heading.setText(self.tr("Some files of yours could not be used. They are left as they are."))
        self.details.setText("\n".join(shown))
        self.setVisible(bool(problems))
