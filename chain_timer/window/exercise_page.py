"""All exercises: a list to find one, and the one that is chosen in full."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chain_timer.drawing.theme import BODY, LARGE
from chain_timer.figure.showing import Showing
from chain_timer.routine.exercise import Side
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.card_delegate import StillOf
from chain_timer.window.exercise_detail import ExerciseDetail
from chain_timer.window.exercise_facts import ExerciseFacts
from chain_timer.window.exercise_picker import ExercisePicker
from chain_timer.window.found_place import place_in, return_to
from chain_timer.window.notice import Notice
from chain_timer.window.search_field import SearchField

_BOTH_FROM = 760
_LIST_SHARE = 0.3
_LIST_WIDTHS = (280, 420)
_SCRUB_MS = 200
_CONTROL = Qt.KeyboardModifier.ControlModifier


class ExercisePage(QWidget):
    """Told the exercises; asks for the showing of one on a side, and to go back."""

    showing_requested = Signal(object, object)
    back_requested = Signal()
    new_requested = Signal()
    edit_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.title = PlainLabel(self.tr("Exercises")).in_size(LARGE, QFont.Weight.Bold)
        self.search = SearchField(
            self.tr("Search exercises, muscles, equipment…"), self.tr("Search exercises"), self
        )
        self.list = ExercisePicker(self)
        self.nothing = PlainLabel(self.tr("No exercise has this."), tone="quiet").in_size(BODY).wrapping()
        self.to_list = IconButton("back", self.tr("Back to the list"), self)
        self.new = IconButton("more", self.tr("New exercise"), self, ground="raised")
        self.edit = IconButton("edit", self.tr("Edit (F2)"), self)
        self.bin = IconButton("bin", self.tr("Delete"), self)
        self.notice = Notice(self)
        self.detail = ExerciseDetail(self)
        self._facts: ExerciseFacts | None = None
        self._narrow = self._opened = False
        self._wanted = ""
        """The id of an exercise to choose when it is there."""
        self.setFocusProxy(self.list)
        self._arrange()
        self._connect()

    # --- told ----------------------------------------------------------------------------------------

    def show_exercises(self, exercises: Sequence[ExerciseFacts], still_of: StillOf) -> None:
        wanted = self._wanted
        chosen = wanted or (self._facts.id if self._facts is not None else "")
        self.list.show_stills(still_of)
        place = place_in(self.list, self.list.exercises)
        self.list.exercises.show_items(exercises)
        self._after_search(chosen)
        if not wanted:
            return_to(place, self.list, self.list.exercises)

    def choose(self, exercise_id: str) -> None:
        """Make an exercise the chosen one, as soon as it is in the list."""
        self._wanted = exercise_id
        if self.list.exercises.row_of(exercise_id) >= 0:
            self.list.choose(exercise_id)

    def show_showing(
        self, facts: ExerciseFacts, side: Side | None, showing: Showing, *, own: bool = False
    ) -> None:
        """Show the movement that was asked for; an exercise of one's own can be deleted."""
        self._facts = facts
        if facts.id == self._wanted:
            self._wanted = ""
        self.bin.setVisible(own)
        self.edit.show_icon("edit", self.tr("Edit (F2)") if own else self.tr("Edit a copy (F2)"))
        self.detail.show_exercise(facts, side, showing)

    # --- asked ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, movement = event.key(), self.detail.movement
        if key == Qt.Key.Key_Escape:
            self._step_out()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            movement.toggle_playing()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            way = 1 if key == Qt.Key.Key_Right else -1
            if event.modifiers() & _CONTROL:
                movement.go_by_step(way)
            else:
                movement.go_by(way * _SCRUB_MS)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = 16 if self.width() < _BOTH_FROM else 32
        low = self.height() < 620 or self.width() < _BOTH_FROM  # noqa: PLR2004 - a laptop's half, or less
        self._columns.setContentsMargins(side, 8 if low else 28, side // 2, 8)
        least, most = _LIST_WIDTHS
        self._narrow = self.width() < _BOTH_FROM
        width = round(min(most, max(least, self.width() * _LIST_SHARE)))
        self._left.setFixedWidth(self.width() - side - side // 2 if self._narrow else width)
        self._show_parts()
        super().resizeEvent(event)

    def _open(self) -> None:
        """Show the chosen exercise where there is no room for both."""
        self._opened = True
        self._show_parts()

    def _step_out(self) -> None:
        if self._narrow and self._opened:
            self._opened = False
            self._show_parts()
            self.list.setFocus()
        else:
            self.back_requested.emit()

    def _show_parts(self) -> None:
        alone = self._narrow and self._opened
        self._left.setVisible(not alone)
        self._right.setVisible(alone or not self._narrow)
        self.to_list.setVisible(alone)
        if alone:
            self.detail.movement.toggle.setFocus()

    def _search(self, text: str) -> None:
        self.list.exercises.search(text)
        self._after_search(self._facts.id if self._facts is not None else "")

    def _after_search(self, chosen: str) -> None:
        found = self.list.exercises.rowCount() > 0
        self.list.setVisible(found)
        self.nothing.setVisible(not found)
        self.list.choose(chosen)

    def _take(self, facts: ExerciseFacts) -> None:
        if facts != self._facts:
            self._ask(facts, Side.RIGHT if facts.exercise.sided else None)

    def _ask(self, facts: ExerciseFacts, side: Side | None) -> None:
        self.showing_requested.emit(facts, side)

    def _ask_for(self, asked: SignalInstance) -> None:
        if self._facts is not None:
            asked.emit(self._facts.id)

    def _other_side(self, side: Side) -> None:
        if self._facts is not None:
            self._ask(self._facts, side)

    # --- put together --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._left, self._right = QWidget(self), QWidget(self)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.new)
        left.addLayout(head)
        for widget in (self.search, self.notice, self.nothing):
            left.addWidget(widget)
        left.addWidget(self.list, 1)
        left.addStretch()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.to_list)
        tools.addStretch(1)
        tools.addWidget(self.edit)
        tools.addWidget(self.bin)
        right.addLayout(tools)
        right.addWidget(self.detail, 1)
        self._columns = QHBoxLayout(self)
        self._columns.setSpacing(20)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._right, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._open)
        self.search.leads_to(self.list)
        self.list.chosen.connect(self._take)
        self.list.opened.connect(self._open)
        self.list.typed.connect(self.search.type)
        self.to_list.clicked.connect(self._step_out)
        self.new.clicked.connect(self.new_requested)
        for button, asked in ((self.edit, self.edit_requested), (self.bin, self.delete_requested)):
            button.clicked.connect(partial(self._ask_for, asked))
        shortcut = QShortcut(QKeySequence("F2"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(self._ask_for, self.edit_requested))
        self.detail.side_requested.connect(self._other_side)
