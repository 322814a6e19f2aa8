"""One exercise in full: its movement, its steps, its muscles, and what helps with it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, LARGE, SMALL
from chain_timer.figure.showing import Showing
from chain_timer.routine.exercise import Side
from chain_timer.timeline.kinds import Kind
from chain_timer.window.basics import Line, PlainLabel
from chain_timer.window.exercise_facts import ExerciseFacts
from chain_timer.window.movement import Movement
from chain_timer.window.muscle_panel import MusclePanel
from chain_timer.window.own_pictures import OwnPictures
from chain_timer.window.steps import Steps

_LEAST_STAGE, _LOW_STAGE = 320, 220
_LOW = 600
_WIDE, _BESIDE = 1000, 560
_APART = 12
_AT_A_DESK = 0.88
"""How large steps are that nobody reads from the mat."""
_STAGE_SCALE = 900
"""The width of a stage on which things are as large as usual."""


class ExerciseDetail(QScrollArea):
    """Told an exercise and its showing; asks for the other side."""

    side_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Line(self)
        self.line = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        self.movement = Movement(self)
        self.steps = Steps(self)
        self.muscles = MusclePanel(self)
        self.hints = Hints(self)
        self._shape = ""
        self._parts: tuple[QWidget, ...] = (self.movement, self.steps, self.hints, self.muscles)
        self._arrange()
        self.steps.set_scale(_AT_A_DESK)
        self.steps.let_choose()
        self.steps.chosen.connect(self.movement.go_to_step)
        self.movement.step_shown.connect(self.steps.light)
        self.movement.side_requested.connect(self.side_requested)

    def show_exercise(self, facts: ExerciseFacts, side: Side | None, showing: Showing) -> None:
        exercise = facts.exercise
        self.name.show_text(facts.name)
        self.line.setText(". ".join(part for part in (exercise.summary.rstrip("."), facts.line) if part))
        self.steps.show_steps(Kind.INSTRUCT, facts.steps(side), None)
        self.muscles.show_muscles(exercise.muscles, exercise.also, (facts.muscles, facts.helping))
        self.hints.show_hints(
            exercise.key_cue,
            exercise.easier,
            exercise.equipment_note,
            exercise.source,
            exercise.license,
        )
        self.movement.show_exercise(facts, side, showing)
        self.steps.light(showing.step_at(self.movement.position_ms))
        self._fit_steps()

    def show_pictures(self, pictures: OwnPictures) -> None:
        """Take where a person's own pictures come from."""
        self.movement.stage.show_pictures(pictures)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.viewport().width())
        low = self.viewport().height() < _LOW
        self.movement.stage.setMinimumHeight(_LOW_STAGE if low else _LEAST_STAGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the steps be as high as all of them are: one bar that scrolls is enough."""
        if event.type() == QEvent.Type.Resize:
            if watched is self.steps:
                self._fit_steps()
            else:
                self.movement.stage.set_scale(self.movement.stage.width() / _STAGE_SCALE)
        return super().eventFilter(watched, event)

    def _fit_steps(self) -> None:
        self.steps.setFixedHeight(self.steps.height_for(max(120, self.steps.width())))

    def _place(self, width: int) -> None:
        """Put the parts side by side as far as there is room."""
        shape = "wide" if width >= _WIDE else "beside" if width >= _BESIDE else "below"
        if shape == self._shape:
            return
        self._shape = shape
        movement, *others = self._parts
        for part in self._parts:
            self._grid.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        if shape == "wide":
            self._grid.addWidget(movement, 0, 0, len(others) + 1, 1)
            for row, part in enumerate(others):
                self._grid.addWidget(part, row, 1, top)
        elif shape == "beside":
            for place, part in enumerate(self._parts):
                row, column = divmod(place, 2)
                self._grid.addWidget(part, row, column, Qt.AlignmentFlag(0) if part is movement else top)
        else:
            for row, part in enumerate(self._parts):
                self._grid.addWidget(part, row, 0)
        self._grid.setColumnStretch(0, {"wide": 9, "beside": 6}.get(shape, 1))
        self._grid.setColumnStretch(1, {"wide": 4, "beside": 5}.get(shape, 0))
        self._grid.setRowStretch(len(others), 1 if shape == "wide" else 0)
        self._grid.setRowStretch(0, 0 if shape == "wide" else 1)

    def _arrange(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name.set_look(font(LARGE, QFont.Weight.Bold))
        body = QWidget()
        body.setObjectName("body")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(4, 0, 12, 16)
        rows.setSpacing(4)
        rows.addWidget(self.name)
        rows.addWidget(self.line)
        rows.addSpacing(8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(18)
        rows.addLayout(self._grid, 1)
        self.steps.installEventFilter(self)
        self.movement.stage.installEventFilter(self)
        self.setWidget(body)


class Hints(QWidget):
    """The one thing to remember, an easier way, what may stand in for the equipment, and whose it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(_APART)
        self._hints = tuple(
            _Hint(title, self)
            for title in (
                self.tr("Remember"),
                self.tr("Easier"),
                self.tr("Equipment"),
                self.tr("Source"),
                self.tr("License"),
            )
        )
        for hint in self._hints:
            rows.addWidget(hint)

    def show_hints(self, *texts: str) -> None:
        """Show the hints in the order of their titles; an empty one is left out with its title."""
        for hint, text in zip(self._hints, texts, strict=True):
            hint.text.setText(text)
            hint.setVisible(bool(text))
        self.setVisible(any(texts))


class _Hint(QWidget):
    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = PlainLabel().in_size(BODY).wrapping()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(PlainLabel(title, tone="quiet").in_size(SMALL, QFont.Weight.DemiBold))
        rows.addWidget(self.text)
