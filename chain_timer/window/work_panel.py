"""The fields of the exercises that are chosen in the editor: how much, on which sides, how often."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import LEAD, SMALL
from chain_timer.routine.editing import with_usual_work, with_work
from chain_timer.routine.exercise import Hold, Reps, Side
from chain_timer.routine.exercise_reader import USUAL_HOLD, USUAL_TEMPO
from chain_timer.routine.routine import Item
from chain_timer.units import HOUR_MS, SECOND_MS
from chain_timer.window.basics import PlainLabel
from chain_timer.window.fields import LengthField, LevelPicker, Stepper
from chain_timer.window.labeled import beneath, beside
from chain_timer.window.rest_field import RestField
from chain_timer.window.tempo_field import TempoField
from chain_timer.window.toggle import Toggle

_SLIDER_S = (5, 120)
_USUAL_S = (30, 60)
_MOST_REPS = 1_000
_MOST_SETS = 20
_MOST_LOOKED_AT = 200
_REPS = Reps(8, USUAL_TEMPO)

_SIDES = {
    "both": (Side.RIGHT, Side.LEFT),
    "left first": (Side.LEFT, Side.RIGHT),
    "right": (Side.RIGHT,),
    "left": (Side.LEFT,),
}

Change = Callable[[Item], Item]


class WorkPanel(QFrame):
    """Told the exercises that are chosen; asks for a change of all of them."""

    change_requested = Signal(object, str, str)
    """The change of one exercise, what it is in words, and its kind: a row of one kind is one step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.title = PlainLabel().in_size(LEAD, QFont.Weight.DemiBold).wrapping()
        self.note = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self.usual = QPushButton(self.tr("As usual"), self)
        self.usual.setToolTip(self.tr("Give it the hold or reps the exercise usually has"))
        self.kind = LevelPicker(self.tr("Work"), [("hold", self.tr("Hold")), ("reps", self.tr("Reps"))], self)
        self.hold = LengthField(
            self.tr("Hold"), _SLIDER_S, (SECOND_MS, HOUR_MS), parent=self, marked_s=_USUAL_S
        )
        self.reps = Stepper(self.tr("Reps"), 1, _MOST_REPS, self)
        self.tempo = TempoField(self)
        self.self_paced = Toggle(self.tr("At your own pace"), self)
        self.sides = LevelPicker(self.tr("Sides"), self._side_names(), self)
        self.sets = Stepper(self.tr("Sets"), 1, _MOST_SETS, self)
        self.rest = RestField(self.tr("Rest after each set"), self)
        self.refusal = PlainLabel(tone="accent").in_size(SMALL).wrapping()
        self._reps = _REPS
        self._arrange()
        self._connect()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show what is chosen; where they differ, the fields show the first."""
        first = items[0]
        one = len(items) == 1
        self.title.setText(
            first.exercise.name if one else self.tr("{count} exercises").format(count=len(items))
        )
        self.note.setText("" if one else self.tr("A change goes to all of them."))
        self.note.setVisible(not one)
        self.usual.setEnabled(any(with_usual_work(item) != item for item in items[:_MOST_LOOKED_AT]))
        self._show_work(first)
        sided = all(item.exercise.sided for item in items)
        self._sides_box.setVisible(sided)
        if sided:
            self.sides.show_level(next((key for key, sides in _SIDES.items() if sides == first.sides), ""))
        self.sets.show_number(first.sets)
        self.rest.show_rest(first.rest_ms)
        self._refuse("")

    def _show_work(self, item: Item) -> None:
        work = item.work
        holds = isinstance(work, Hold)
        self.kind.show_level("hold" if holds else "reps")
        self._hold_box.setVisible(holds)
        for box in self._reps_boxes:
            box.setVisible(not holds)
        if isinstance(work, Hold):
            self.hold.show_length(work.length_ms)
            self._reps = item.exercise.work if isinstance(item.exercise.work, Reps) else _REPS
        else:
            self._reps = work
            self.reps.show_number(work.count)
            self.tempo.show_tempo(work.tempo)
            self.self_paced.setChecked(work.self_paced)

    # --- asked ---------------------------------------------------------------------------------------

    def _ask(self, change: Change, what: str, kind: str) -> None:
        self.change_requested.emit(change, what, kind)

    def _choose_kind(self, key: str) -> None:
        if key == "hold":
            self._ask(_to_hold, self.tr("change to a hold"), "kind")
        else:
            self._ask(_to_reps, self.tr("change to reps"), "kind")

    def _take_hold(self, length_ms: int) -> None:
        self._ask(lambda item: with_work(item, Hold(length_ms)), self.tr("change of the hold"), "hold")

    def _take_reps(self, count: int) -> None:
        self._ask(_reps_change(lambda reps: replace(reps, count=count)), self.tr("change of reps"), "reps")

    def _take_tempo(self) -> None:
        tempo = self.tempo.tempo
        self._ask(_reps_change(lambda reps: replace(reps, tempo=tempo)), self.tr("change of tempo"), "tempo")

    def _take_pace(self, own: bool) -> None:  # noqa: FBT001 - Qt's own
        self._ask(_reps_change(lambda reps: replace(reps, self_paced=own)), self.tr("change of pace"), "pace")

    def _take_sides(self, key: str) -> None:
        sides = _SIDES[key]
        self._ask(lambda item: replace(item, sides=sides), self.tr("change of sides"), "sides")

    def _take_sets(self, count: int) -> None:
        self._ask(lambda item: replace(item, sets=count), self.tr("change of sets"), "sets")

    def _take_rest(self, rest_ms: int | None) -> None:
        self._ask(lambda item: replace(item, rest_ms=rest_ms), self.tr("change of rest"), "rest")

    def _take_usual(self) -> None:
        self._ask(with_usual_work, self.tr("change to the usual"), "usual")

    def _refuse(self, reason: str) -> None:
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))

    # --- put together --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(14)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.usual)
        rows.addLayout(head)
        rows.addWidget(self.note)
        rows.addWidget(self.kind)
        self._hold_box = beside(self.tr("Hold"), self.hold, self)
        self._reps_boxes = (
            beside(self.tr("Reps"), self.reps, self, filling=False),
            beneath(self.tr("Tempo of a rep"), self.tempo, self),
            beside(self.tr("Own pace"), self.self_paced, self, filling=False),
        )
        for box in (self._hold_box, *self._reps_boxes):
            rows.addWidget(box)
        self._sides_box = beneath(self.tr("Sides"), self.sides, self)
        rows.addWidget(self._sides_box)
        rows.addWidget(beside(self.tr("Sets"), self.sets, self, filling=False))
        rows.addWidget(beside(self.tr("Own rest"), self.rest, self))
        rows.addWidget(self.refusal)

    def _connect(self) -> None:
        self.usual.clicked.connect(self._take_usual)
        self.kind.chosen.connect(self._choose_kind)
        self.hold.changed.connect(self._take_hold)
        self.reps.changed.connect(self._take_reps)
        self.tempo.changed.connect(self._take_tempo)
        self.self_paced.clicked.connect(self._take_pace)
        self.sides.chosen.connect(self._take_sides)
        self.sets.changed.connect(self._take_sets)
        self.rest.changed.connect(self._take_rest)
        for field in (self.hold, self.tempo, self.rest):
            field.refused.connect(self._refuse)

    def _side_names(self) -> list[tuple[str, str]]:
        return [
            ("both", self.tr("Right, left")),
            ("left first", self.tr("Left, right")),
            ("right", self.tr("Right")),
            ("left", self.tr("Left")),
        ]


def _to_hold(item: Item) -> Item:
    if isinstance(item.work, Hold):
        return item
    usual = item.exercise.work
    return with_work(item, usual if isinstance(usual, Hold) else USUAL_HOLD)


def _to_reps(item: Item) -> Item:
    if isinstance(item.work, Reps):
        return item
    usual = item.exercise.work
    return with_work(item, usual if isinstance(usual, Reps) else _REPS)


def _reps_change(change: Callable[[Reps], Reps]) -> Change:
    return lambda item: with_work(item, change(item.work)) if isinstance(item.work, Reps) else item
