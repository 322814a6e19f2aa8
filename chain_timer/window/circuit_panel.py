"""The fields of a circuit, and those of the routine as a whole."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from chain_timer.drawing.theme import LEAD, SMALL
from chain_timer.routine.exercise_reader import LONGEST_LINE, LONGEST_NAME
from chain_timer.routine.routine import Circuit, Coaching, Routine
from chain_timer.routine.words import clean_line
from chain_timer.system.settings import COACHING_LEVELS
from chain_timer.timeline.options import MOST_ROUNDS
from chain_timer.window.basics import PlainLabel
from chain_timer.window.fields import LevelPicker, Stepper
from chain_timer.window.labeled import beneath, beside
from chain_timer.window.option_names import option_names
from chain_timer.window.rest_field import RestField

_AS_SET = "as set"


class CircuitPanel(QFrame):
    """Told the circuit that is chosen; asks for a change of it."""

    change_requested = Signal(object, str, str)
    """The change of a circuit, what it is in words, and its kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.name = QLineEdit(self)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("Name of the circuit"))
        self.name.setPlaceholderText(self.tr("No name"))
        self.rounds = Stepper(self.tr("Rounds"), 1, MOST_ROUNDS, self)
        self.rest = RestField(self.tr("Rest between exercises"), self)
        self.round_rest = RestField(self.tr("Rest between rounds"), self)
        self.refusal = PlainLabel(tone="accent").in_size(SMALL).wrapping()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(14)
        rows.addWidget(PlainLabel(self.tr("Circuit")).in_size(LEAD, QFont.Weight.DemiBold))
        rows.addWidget(beside(self.tr("Name"), self.name, self))
        rows.addWidget(beside(self.tr("Rounds"), self.rounds, self, filling=False))
        rows.addWidget(beneath(self.tr("Its own rest between exercises"), self.rest, self))
        self._between = beneath(self.tr("Its own rest between rounds"), self.round_rest, self)
        rows.addWidget(self._between)
        rows.addWidget(self.refusal)
        self._connect()

    def show_circuit(self, circuit: Circuit) -> None:
        if clean_line(self.name.text()) != circuit.name:
            self.name.setText(circuit.name)
        self.rounds.show_number(circuit.rounds)
        self.rest.show_rest(circuit.rest_ms)
        self.round_rest.show_rest(circuit.round_rest_ms)
        self._between.setVisible(circuit.rounds > 1 or circuit.round_rest_ms is not None)
        self._refuse("")

    def _connect(self) -> None:
        self.name.textEdited.connect(self._take_name)
        self.rounds.changed.connect(self._take_rounds)
        self.rest.changed.connect(self._take_rest)
        self.round_rest.changed.connect(self._take_round_rest)
        for field in (self.rest, self.round_rest):
            field.refused.connect(self._refuse)

    def _take_name(self, text: str) -> None:
        name = clean_line(text)
        self.change_requested.emit(
            lambda circuit: replace(circuit, name=name), self.tr("change of the name"), "name"
        )

    def _take_rounds(self, rounds: int) -> None:
        self.change_requested.emit(
            lambda circuit: replace(circuit, rounds=rounds), self.tr("change of rounds"), "rounds"
        )

    def _take_rest(self, rest_ms: int | None) -> None:
        self.change_requested.emit(
            lambda circuit: replace(circuit, rest_ms=rest_ms), self.tr("change of rest"), "rest"
        )

    def _take_round_rest(self, rest_ms: int | None) -> None:
        self.change_requested.emit(
            lambda circuit: replace(circuit, round_rest_ms=rest_ms), self.tr("change of rest"), "round rest"
        )

    def _refuse(self, reason: str) -> None:
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))


class RoutinePanel(QFrame):
    """Told a routine; asks for a change of what holds for all of it."""

    change_requested = Signal(object, str, str)
    """The change of the routine, what it is in words, and its kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.summary = QLineEdit(self)
        self.summary.setMaxLength(LONGEST_LINE)
        self.summary.setAccessibleName(self.tr("What it is for, in a line"))
        self.summary.setPlaceholderText(self.tr("What it is for, in a line"))
        self.rest = RestField(self.tr("Rest between exercises"), self)
        self.coaching = LevelPicker(
            self.tr("Coaching"), [(_AS_SET, self.tr("As set")), *option_names(COACHING_LEVELS)], self
        )
        self.refusal = PlainLabel(tone="accent").in_size(SMALL).wrapping()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(14)
        rows.addWidget(PlainLabel(self.tr("The whole routine")).in_size(LEAD, QFont.Weight.DemiBold))
        rows.addWidget(self.summary)
        rows.addWidget(beneath(self.tr("Its own rest between exercises"), self.rest, self))
        rows.addWidget(beneath(self.tr("Coaching"), self.coaching, self))
        rows.addWidget(self.refusal)
        self.summary.textEdited.connect(self._take_summary)
        self.rest.changed.connect(self._take_rest)
        self.rest.refused.connect(self._refuse)
        self.coaching.chosen.connect(self._take_coaching)

    def show_routine(self, routine: Routine) -> None:
        if clean_line(self.summary.text()) != routine.summary:
            self.summary.setText(routine.summary)
        self.rest.show_rest(routine.rest_ms)
        self.coaching.show_level(_AS_SET if routine.coaching is None else routine.coaching.value)
        self._refuse("")

    def _take_summary(self, text: str) -> None:
        summary = clean_line(text)
        self.change_requested.emit(
            lambda routine: replace(routine, summary=summary), self.tr("change of the summary"), "summary"
        )

    def _take_rest(self, rest_ms: int | None) -> None:
        self.change_requested.emit(
            lambda routine: replace(routine, rest_ms=rest_ms), self.tr("change of rest"), "rest"
        )

    def _take_coaching(self, key: str) -> None:
        level = None if key == _AS_SET else Coaching(key)
        self.change_requested.emit(
            lambda routine: replace(routine, coaching=level), self.tr("change of coaching"), "coaching"
        )

    def _refuse(self, reason: str) -> None:
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))
