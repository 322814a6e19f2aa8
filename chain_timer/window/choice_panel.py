"""The choices of the set-up page: time to fill, hold, rest, rounds, coaching."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import LEAD, SMALL
from chain_timer.routine.routine import Coaching
from chain_timer.system.settings import COACHING_LEVELS
from chain_timer.timeline.options import LONGEST_HOLD_MS, LONGEST_REST_MS, MOST_ROUNDS, SHORTEST_HOLD_MS
from chain_timer.units import MINUTE_MS
from chain_timer.window.basics import PlainLabel
from chain_timer.window.enter import ENTER
from chain_timer.window.fields import LengthField, LevelPicker, NumberField, Stepper
from chain_timer.window.option_names import option_names
from chain_timer.window.setup_facts import Choices

_MOST_MINUTES = 240


class ChoicePanel(QFrame):
    """Told the choices as they stand; asks for others, each as soon as it is made."""

    choices_changed = Signal(object)
    fit_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.hold = LengthField(self.tr("Hold"), (30, 60), (SHORTEST_HOLD_MS, LONGEST_HOLD_MS), parent=self)
        self.rest = LengthField(self.tr("Rest"), (0, 120), (0, LONGEST_REST_MS), parent=self)
        self.rounds = Stepper(self.tr("Rounds"), 1, MOST_ROUNDS, self)
        self.coaching = LevelPicker(self.tr("Coaching"), option_names(COACHING_LEVELS), self)
        self.explanation = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self.refusal = PlainLabel(tone="accent").in_size(SMALL).wrapping()
        self.minutes = NumberField(self.tr("Minutes you have"), 1, _MOST_MINUTES, self)
        self.fit = QPushButton(self.tr("Fit"), self)
        self.fitted = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self._level = Coaching.FULL
        self._has_holds = True
        self._minutes_are_theirs = False
        """Whether a person said how many there are."""
        self._arrange()
        self._connect()

    @property
    def choices(self) -> Choices:
        hold_ms = self.hold.ms if self._has_holds else None
        return Choices(hold_ms, self.rest.ms, self.rounds.number, self._level)

    def show_choices(self, choices: Choices) -> None:
        self._has_holds = choices.hold_ms is not None
        self._hold_box.setVisible(self._has_holds)
        if choices.hold_ms is not None:
            self.hold.show_length(choices.hold_ms)
        self.rest.show_length(choices.rest_ms)
        self.rounds.show_number(choices.rounds)
        self._show_level(choices.coaching)
        self._refuse("")

    def begin(self, choices: Choices) -> None:
        """Show the choices for another routine."""
        self._minutes_are_theirs = False
        self.show_choices(choices)
        self.show_fit("")

    def show_length(self, length_ms: int) -> None:
        """Begin at the minutes it takes now, as long as nobody said how many there are."""
        if not self._minutes_are_theirs:
            self.minutes.show_number(max(1, round(length_ms / MINUTE_MS)))

    def show_fit(self, text: str) -> None:
        """Say what was chosen to fill the time."""
        self.fitted.setText(text)
        self.fitted.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in ENTER
        if entered and self.minutes.hasFocus():
            self._ask_fit()
        elif entered and self.focusWidget() in {self.hold.line, self.rest.line}:
            event.accept()  # the line has taken it; starting is for the next press
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(14)
        rows.addLayout(self._minutes_row())
        rows.addWidget(self.fitted)
        self._hold_box = self._labeled(self.tr("Hold"), self.hold)
        rows.addWidget(self._hold_box)
        rows.addWidget(self._labeled(self.tr("Rest"), self.rest))
        rows.addWidget(self.refusal)
        rows.addWidget(self._labeled(self.tr("Rounds"), self.rounds, left=True))
        rows.addWidget(self._above(self.tr("Coaching"), self.coaching))
        rows.addWidget(self.explanation)
        self.fitted.hide()
        self.refusal.hide()

    def _minutes_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(PlainLabel(self.tr("I have")).in_size(LEAD, QFont.Weight.DemiBold))
        row.addWidget(self.minutes)
        row.addWidget(PlainLabel(self.tr("minutes")).in_size(LEAD, QFont.Weight.DemiBold))
        row.addStretch(1)
        row.addWidget(self.fit)
        return row

    def _labeled(self, name: str, field: QWidget, *, left: bool = False) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        label = PlainLabel(name)
        label.setFixedWidth(64)
        row.addWidget(label)
        row.addWidget(field, 0 if left else 1)
        if left:
            row.addStretch(1)
        return box

    def _above(self, name: str, field: QWidget) -> QWidget:
        box = QWidget(self)
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(PlainLabel(name))
        rows.addWidget(field)
        return box

    def _connect(self) -> None:
        for field in (self.hold, self.rest):
            field.changed.connect(self._tell)
            field.refused.connect(self._refuse)
        self.minutes.textEdited.connect(lambda _text: self._take_minutes())
        self.minutes.changed.connect(lambda _minutes: self._take_minutes())
        self.rounds.changed.connect(self._tell)
        self.coaching.chosen.connect(self._choose_level)
        self.fit.clicked.connect(self._ask_fit)

    def _tell(self) -> None:
        self.show_fit("")
        self.choices_changed.emit(self.choices)

    def _choose_level(self, key: str) -> None:
        self._show_level(Coaching(key))
        self._tell()

    def _show_level(self, level: Coaching) -> None:
        self._level = level
        with QSignalBlocker(self.coaching):
            self.coaching.show_level(level.value)
        self.explanation.setText(
            {
                Coaching.FULL: self.tr("Every step the first time, then cues and the count."),
                Coaching.CUES: self.tr("The name, one thing to remember, halfway and the count."),
                Coaching.NAMES: self.tr("Only what comes next. Tones for everything else."),
                Coaching.SILENT: self.tr("No words at all, only tones."),
            }[level]
        )

    def _take_minutes(self) -> None:
        self._minutes_are_theirs = True

    def _ask_fit(self) -> None:
        self._take_minutes()
        self.fit_requested.emit(self.minutes.number * MINUTE_MS)

    def _refuse(self, reason: str) -> None:
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))
