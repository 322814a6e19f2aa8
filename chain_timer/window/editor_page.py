"""The editor: a routine as a list, the fields of what is chosen in it, and the session it makes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chain_timer.drawing.theme import BODY, LARGE, SMALL
from chain_timer.routine.editing import Edited, Place, item_at
from chain_timer.routine.exercise_reader import LONGEST_NAME
from chain_timer.routine.words import clean_line
from chain_timer.units import clock_text
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.card_menu import Deed, show_menu
from chain_timer.window.circuit_panel import CircuitPanel, RoutinePanel
from chain_timer.window.editor_facts import Course
from chain_timer.window.editor_layout import arrange
from chain_timer.window.editor_list import EditorList
from chain_timer.window.editor_strip import EditorStrip
from chain_timer.window.exercise_chooser import ExerciseChooser
from chain_timer.window.notice import Notice
from chain_timer.window.work_panel import WorkPanel

_BOTH_FROM = 900
_NARROW = 620
_WIDEST = 1500
_LEAST = 200
_LOW = 420
_FIELDS, _CHOOSER = range(2)


class EditorPage(QWidget):
    """Told a routine as it stands; asks for every change of it."""

    back_requested = Signal()
    name_changed = Signal(str)
    chosen_changed = Signal(object)
    items_change_requested = Signal(object, str, str)
    circuits_change_requested = Signal(object, str, str)
    routine_change_requested = Signal(object, str, str)
    add_requested = Signal(str)
    """The id of an exercise to add after what is chosen."""
    new_exercise_requested = Signal(str)
    circuit_requested = Signal()
    remove_requested = Signal()
    duplicate_requested = Signal()
    shift_requested = Signal(int)
    move_requested = Signal(object)
    undo_requested = Signal()
    redo_requested = Signal()
    save_requested = Signal()
    save_as_requested = Signal()
    revert_requested = Signal()
    play_requested = Signal()
    """From what is chosen on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.back = IconButton("back", self.tr("Back"), self)
        self.name = QLineEdit(self)
        self.state = PlainLabel(tone="quiet").in_size(SMALL)
        self.undo = IconButton("undo", self.tr("Nothing to undo"), self)
        self.redo = IconButton("redo", self.tr("Nothing to redo"), self)
        self.play = IconButton("play", self.tr("Play from here (Ctrl+Enter)"), self)
        self.save = QPushButton(self.tr("Save"), self)
        self.more = IconButton("dots", self.tr("More"), self)
        self.notice = Notice(self)
        self.total = PlainLabel().in_size(LARGE, QFont.Weight.Bold)
        self.strip = EditorStrip(self)
        self.list = EditorList(self)
        self.empty = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        self.add = QPushButton(self.tr("+ Exercise"), self)
        self.circuit = QPushButton(self.tr("+ Circuit"), self)
        self.copy = IconButton("copy", self.tr("Duplicate (Ctrl+D)"), self)
        self.up = IconButton("up", self.tr("Move up (Alt+Up)"), self)
        self.down = IconButton("down", self.tr("Move down (Alt+Down)"), self)
        self.bin = IconButton("bin", self.tr("Remove (Del)"), self)
        self.to_list = IconButton("back", self.tr("Back to the list"), self)
        self.work = WorkPanel(self)
        self.circuit_fields = CircuitPanel(self)
        self.routine_fields = RoutinePanel(self)
        self.chooser = ExerciseChooser(self)
        self.right = QStackedWidget(self)
        self.fields_area = QScrollArea(self)
        self._edited: Edited | None = None
        self._narrow, self._opened = True, False
        self._fill()
        self._head, self._body = arrange(self)
        self._show_parts()
        self._connect()
        self._shortcuts()
        for line in self.findChildren(QLineEdit):
            line.installEventFilter(self)

    # --- told ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Be ready for another routine, where the first thing to do is."""
        self.notice.hide()
        self._show_right(_FIELDS)
        self._opened = False
        self._show_parts()
        if self.name.text():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.name.setFocus()

    def show_edited(self, edited: Edited) -> None:
        """Show the routine as it is now, and the fields of what is chosen."""
        self._edited = edited
        routine = edited.routine
        if clean_line(self.name.text()) != routine.name:
            self.name.setText(routine.name)
            self.name.setCursorPosition(0)
        self.list.show_routine(routine, edited.chosen)
        self.empty.setVisible(not routine.items)
        self.routine_fields.show_routine(routine)
        self._show_fields(edited)

    def show_course(self, course: Course) -> None:
        """Show the session that the routine makes."""
        outline = course.outline
        text = clock_text(outline.duration_ms)
        self.total.setText(f"~{text}" if outline.estimated else text)
        self.total.setAccessibleName(self.tr("{time} in all").format(time=text))
        self.strip.show_course(course)

    def show_state(self, text: str, *, changed: bool, undoes: str, redoes: str) -> None:
        """Tell whether it is saved, and what can be undone."""
        self.state.setText(text)
        self.save.setEnabled(changed)
        for button, icon, what, words in (
            (self.undo, "undo", undoes, self.tr("Undo: {what} (Ctrl+Z)")),
            (self.redo, "redo", redoes, self.tr("Redo: {what} (Ctrl+Shift+Z)")),
        ):
            button.setEnabled(bool(what))
            nothing = self.tr("Nothing to undo") if icon == "undo" else self.tr("Nothing to redo")
            button.show_icon(icon, words.format(what=what) if what else nothing)

    def choose_exercises(self) -> None:
        """Open the list of exercises to add."""
        self._opened = True
        self._show_right(_CHOOSER)
        self._show_parts()
        self.chooser.begin()

    # --- asked ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_out()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A line would undo its own letters; here undo is for everything.
        if isinstance(event, QKeyEvent) and event.type() in {
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        }:
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return event.type() == QEvent.Type.ShortcutOverride
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._narrow = self.width() < _BOTH_FROM
        low = self.height() < 560  # noqa: PLR2004 - a laptop's half, or less
        side = 12 if self.width() < _NARROW else max(28, (self.width() - _WIDEST) // 2)
        self._head.setContentsMargins(side - 8, 8 if low else 16, side, 4 if low else 8)
        self._body.setContentsMargins(side, 4, side, 8 if low else 16)
        self.state.setVisible(self.width() >= _NARROW)
        for widget in (self.total, self.strip):
            widget.setVisible(self.height() >= _LOW)
        self._show_parts()
        super().resizeEvent(event)

    def _show_fields(self, edited: Edited) -> None:
        heads = [place for place in edited.chosen if place.is_circuit]
        items = [item_at(edited.routine, place) for place in edited.chosen if not place.is_circuit]
        self.work.setVisible(bool(items))
        self.circuit_fields.setVisible(bool(heads) and not items)
        if items:
            self.work.show_items(items)
        elif heads:
            self.circuit_fields.show_circuit(edited.routine.circuits[heads[0].circuit])
        for button in (self.copy, self.up, self.down, self.bin):
            button.setEnabled(bool(edited.chosen))
        self.strip.show_chosen(edited.chosen)

    def _show_more(self) -> None:
        deeds = [
            Deed(self.tr("Save as a copy"), self.save_as_requested.emit, "Ctrl+Shift+S"),
            Deed(self.tr("Go back to what was saved"), self.revert_requested.emit),
        ]
        show_menu(deeds, self, self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _choose(self, places: Sequence[Place]) -> None:
        self.chosen_changed.emit(tuple(places))

    def _choose_by_strip(self, place: Place) -> None:
        self.chosen_changed.emit((place,))
        self.list.setFocus(Qt.FocusReason.MouseFocusReason)

    def _open_fields(self) -> None:
        """Go to the fields of what is chosen."""
        self._opened = True
        self._show_right(_FIELDS)
        self._show_parts()
        first: QWidget = self.circuit_fields.rounds.field
        if self.work.isVisibleTo(self):
            hold = self.work.hold.slider
            first = hold if hold.isVisibleTo(self.work) else self.work.reps.field
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _step_out(self) -> None:
        if self.right.currentIndex() == _CHOOSER or (self._narrow and self._opened):
            self._leave_right()
        elif self.focusWidget() is not None and self.right.isAncestorOf(self.focusWidget()):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back_requested.emit()

    def _leave_right(self) -> None:
        self._opened = False
        self._show_right(_FIELDS)
        self._show_parts()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_right(self, which: int) -> None:
        self.right.setCurrentIndex(which)

    def _show_parts(self) -> None:
        alone = self._narrow and self._opened
        self.left.setVisible(not alone)
        self.right_side.setVisible(alone or not self._narrow)
        self.to_list.setVisible(alone and self.right.currentIndex() == _FIELDS)

    # --- put together --------------------------------------------------------------------------------

    def _fill(self) -> None:
        self.name.setObjectName("heading")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("Name of the routine"))
        self.name.setAccessibleName(self.tr("Name of the routine"))
        self.save.setObjectName("primary")
        self.empty.setText(self.tr("Nothing in it yet. Press Insert, or “+ Exercise”."))
        self.left, self.right_side = QWidget(self), QWidget(self)
        for side in (self.left, self.right_side):
            # A window with both can still be made as narrow as one: only then does it show one.
            side.setMinimumWidth(_LEAST)
        fields = QWidget()
        fields.setObjectName("body")
        rows = QVBoxLayout(fields)
        rows.setContentsMargins(0, 0, 10, 0)
        rows.setSpacing(16)
        for panel in (self.work, self.circuit_fields, self.routine_fields):
            rows.addWidget(panel)
        rows.addStretch(1)
        self.fields_area.setWidgetResizable(True)
        self.fields_area.setFrameShape(QFrame.Shape.NoFrame)
        self.fields_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields_area.setWidget(fields)
        self.right.addWidget(self.fields_area)
        self.right.addWidget(self.chooser)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.to_list.clicked.connect(self._leave_right)
        self.name.textEdited.connect(lambda text: self.name_changed.emit(clean_line(text)))
        self.name.returnPressed.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        for button, asked in (
            (self.undo, self.undo_requested),
            (self.redo, self.redo_requested),
            (self.save, self.save_requested),
            (self.play, self.play_requested),
            (self.circuit, self.circuit_requested),
            (self.copy, self.duplicate_requested),
            (self.bin, self.remove_requested),
        ):
            button.clicked.connect(asked)
        self.add.clicked.connect(self.choose_exercises)
        self.more.clicked.connect(self._show_more)
        self.up.clicked.connect(lambda: self.shift_requested.emit(-1))
        self.down.clicked.connect(lambda: self.shift_requested.emit(1))
        self.list.chosen_changed.connect(self._choose)
        self.list.move_requested.connect(self.move_requested)
        self.list.shift_requested.connect(self.shift_requested)
        self.list.remove_requested.connect(self.remove_requested)
        self.list.opened.connect(self._open_fields)
        self.strip.place_chosen.connect(self._choose_by_strip)
        self.work.change_requested.connect(self.items_change_requested)
        self.circuit_fields.change_requested.connect(self.circuits_change_requested)
        self.routine_fields.change_requested.connect(self.routine_change_requested)
        self.chooser.added.connect(self.add_requested)
        self.chooser.closed.connect(self._leave_right)
        self.chooser.new_requested.connect(self.new_exercise_requested)

    def _shortcuts(self) -> None:
        keys = QKeySequence.StandardKey
        wishes: list[tuple[QKeySequence.StandardKey | str, Callable[[], None]]] = [
            (keys.Undo, self.undo_requested.emit),
            (keys.Redo, self.redo_requested.emit),
            ("Ctrl+Y", self.redo_requested.emit),
            (keys.Save, self.save_requested.emit),
            ("Ctrl+Shift+S", self.save_as_requested.emit),
            ("Ctrl+D", self.duplicate_requested.emit),
            ("Ctrl+Return", self.play_requested.emit),
            ("Ctrl+Enter", self.play_requested.emit),
            ("Ins", self.choose_exercises),
            ("Ctrl+I", self.choose_exercises),
            ("Ctrl+Shift+I", self.circuit_requested.emit),
        ]
        taken: set[str] = set()
        for key, act in wishes:
            for sequence in [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key):
                if sequence.toString() not in taken:
                    taken.add(sequence.toString())
                    shortcut = QShortcut(sequence, self)
                    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                    shortcut.activated.connect(act)
