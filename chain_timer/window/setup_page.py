"""Set-up: what a routine asks, how long and how often, and Start."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, LARGE, LEAD
from chain_timer.units import clock_text
from chain_timer.window.basics import IconButton, Line, PlainLabel
from chain_timer.window.card_delegate import StillOf
from chain_timer.window.cards import Outline
from chain_timer.window.choice_panel import ChoicePanel
from chain_timer.window.enter import ENTER, pressed_by_enter
from chain_timer.window.muscle_panel import MusclePanel
from chain_timer.window.notice import Notice
from chain_timer.window.routine_exercises import ExerciseList
from chain_timer.window.setup_facts import ExerciseRow, SetupFacts, Standing
from chain_timer.window.strip_view import StripView

_TWO_COLUMNS = 860
_NARROW = 620
_WIDEST = 1180
_MAP = 164
"""How high the body is whose muscles are lit: on a usual window nothing has to be scrolled."""


class SetupPage(QWidget):
    """Told a routine and its length; asks for changes, for a fit, and to start."""

    choices_changed = Signal(object)
    fit_requested = Signal(int)
    start_requested = Signal()
    back_requested = Signal()
    edit_requested = Signal()
    duplicate_requested = Signal()
    give_out_requested = Signal()
    delete_requested = Signal()
    keep_requested = Signal()
    """Make a routine from elsewhere one's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.back = IconButton("back", self.tr("Back to the routines"), self)
        self.name = Line(self)
        self.keep = QPushButton(self.tr("Add to my routines"), self)
        self.edit = IconButton("edit", self.tr("Edit (F2)"), self)
        self.copy = IconButton("copy", self.tr("Edit a copy (Ctrl+D)"), self)
        self.give_out = IconButton("give_out", self.tr("Export (Ctrl+Shift+E)"), self)
        self.bin = IconButton("bin", self.tr("Delete (Del)"), self)
        self.notice = Notice(self)
        self.summary = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        self.exercises = ExerciseList(self)
        self.choices = ChoicePanel(self)
        self.muscles = MusclePanel(self, tall=_MAP)
        self.total = PlainLabel().in_size(LARGE, QFont.Weight.Bold)
        self.strip = StripView(self)
        self.start = QPushButton(self.tr("Start"), self)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        self.setFocusProxy(self.start)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self._connect()
        self.show_standing(Standing.SHIPPED)

    def show_standing(self, standing: Standing) -> None:
        """Offer what can be done with the routine itself."""
        self.keep.setVisible(standing is Standing.ELSEWHERE)
        self.bin.setVisible(standing is Standing.OWN)
        name = self.tr("Edit (F2)") if standing is Standing.OWN else self.tr("Edit a copy (F2)")
        self.edit.show_icon("edit", name)
        self.copy.setVisible(standing is Standing.OWN)

    def show_routine(self, facts: SetupFacts) -> None:
        self.name.show_text(facts.name)
        parts = [facts.summary, self.tr("You need: {things}.").format(things=facts.equipment.lower())]
        self.summary.setText(" ".join(part for part in parts if part))
        self.exercises.show_rows(facts.rows, facts.more_rows)
        self.choices.begin(facts.choices)
        muscles = facts.muscles
        self.muscles.show_muscles(
            muscles.working, muscles.helping, (muscles.working_text, muscles.helping_text)
        )
        self.exercises_area.verticalScrollBar().setValue(0)

    def show_stills(self, still_of: StillOf) -> None:
        """Take where pictures of figures come from."""
        self.exercises.show_stills(still_of)

    def refresh(self) -> None:
        """Paint the pictures anew: there are more."""
        self.exercises.refresh()

    def show_outline(self, outline: Outline) -> None:
        text = clock_text(outline.duration_ms)
        self.total.setText(f"~{text}" if outline.estimated else text)
        self.total.setAccessibleName(self.tr("{time} in all").format(time=text))
        self.strip.show_blocks(outline.blocks)
        self.choices.show_length(outline.duration_ms)

    def show_rows(self, rows: Sequence[ExerciseRow], more: int) -> None:
        self.exercises.show_rows(rows, more)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        elif pressed_by_enter(self, event):
            return
        elif event.key() in ENTER and not event.isAutoRepeat():
            self.start_requested.emit()
        elif event.key() == Qt.Key.Key_Delete and self.bin.isVisibleTo(self):
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self.width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if width >= _TWO_COLUMNS else down)
        side = max(16 if width < _NARROW else 32, (width - _WIDEST) // 2)
        low = self.height() < 460  # noqa: PLR2004 - a laptop's half, or less
        self._head.setContentsMargins(side - 8, 8 if low else 20, side, 4 if low else 10)
        self._notice_box.setContentsMargins(side, 0, side, 4)
        self._body.setContentsMargins(side, 4, side, 16)
        self._bar.setContentsMargins(side, 8 if low else 14, side, 10 if low else 18)
        self.strip.setVisible(not (low and width < _NARROW))
        super().resizeEvent(event)

    def _arrange(self) -> None:
        self._fill_head()
        body = QWidget()
        body.setObjectName("body")
        self._body = QVBoxLayout(body)
        self._body.setSpacing(16)
        self._body.addWidget(self.summary)
        self._columns.setSpacing(24)
        self._columns.addWidget(self.exercises, 5, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.choices)
        right.addWidget(self._muscle_panel())
        right.addStretch(1)
        self._columns.addLayout(right, 6)
        self._body.addLayout(self._columns)
        self._body.addStretch(1)
        self.exercises_area = QScrollArea(self)
        self.exercises_area.setWidgetResizable(True)
        self.exercises_area.setFrameShape(QFrame.Shape.NoFrame)
        self.exercises_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.exercises_area.setWidget(body)
        self._bar.setSpacing(24)
        self._bar.addWidget(self.total)
        self._bar.addWidget(self.strip, 1)
        self._bar.addWidget(self.start)
        foot = QFrame(self)
        foot.setObjectName("foot")
        foot.setLayout(self._bar)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head)
        self._notice_box = QVBoxLayout()
        self._notice_box.addWidget(self.notice)
        rows.addLayout(self._notice_box)
        rows.addWidget(self.exercises_area, 1)
        rows.addWidget(foot)

    def _fill_head(self) -> None:
        self.name.set_look(font(LARGE, QFont.Weight.Bold))
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.back)
        self._head.addWidget(self.name, 1)
        for button in (self.keep, self.edit, self.copy, self.give_out, self.bin):
            self._head.addWidget(button)

    def _muscle_panel(self) -> QFrame:
        panel = QFrame(self)
        panel.setObjectName("panel")
        rows = QVBoxLayout(panel)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(10)
        rows.addWidget(PlainLabel(self.tr("Muscles")).in_size(LEAD, QFont.Weight.DemiBold))
        rows.addWidget(self.muscles)
        return panel

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.start.clicked.connect(self.start_requested)
        for button, asked, keys in (
            (self.edit, self.edit_requested, "F2"),
            (self.copy, self.duplicate_requested, "Ctrl+D"),
            (self.give_out, self.give_out_requested, "Ctrl+Shift+E"),
            (self.bin, self.delete_requested, ""),
            (self.keep, self.keep_requested, ""),
        ):
            button.clicked.connect(asked)
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(asked)
        self.choices.choices_changed.connect(self.choices_changed)
        self.choices.fit_requested.connect(self.fit_requested)
