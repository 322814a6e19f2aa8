"""An exercise of one's own, as a form: what it is called, how it is done, what works, and a picture."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chain_timer.drawing.theme import LEAD, SMALL
from chain_timer.routine.exercise import Exercise, Hold, Reps, Work
from chain_timer.routine.exercise_reader import LONGEST_LINE, LONGEST_NAME, USUAL_TEMPO
from chain_timer.routine.exercise_writer import exercise_values, tempo_values
from chain_timer.routine.names import Names
from chain_timer.units import HOUR_MS, SECOND_MS, duration_text
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.chips import Chips
from chain_timer.window.fields import LengthField, LevelPicker, Stepper
from chain_timer.window.labeled import beneath, beside
from chain_timer.window.muscle_panel import MuscleMap
from chain_timer.window.notice import Notice
from chain_timer.window.picture_field import PictureField
from chain_timer.window.tempo_field import TempoField
from chain_timer.window.toggle import Toggle

Values = dict[str, object]

_TWO_COLUMNS = 900
_NARROW = 620
_WIDEST = 1240
_WORKS, _HELPS = 1, 2
_MAP = 190
_STEPS_HIGH = 200


class ExerciseForm(QWidget):
    """Told an exercise; asks to save what is written."""

    save_requested = Signal()
    back_requested = Signal()
    picture_requested = Signal()
    """Choose a picture."""
    picture_dropped = Signal(str)
    """The path of a picture that was dropped."""
    changed = Signal()

    def __init__(self, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.back = IconButton("back", self.tr("Back"), self)
        self.name = self._line(self.tr("Name of the exercise"), LONGEST_NAME)
        self.name.setObjectName("heading")
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setObjectName("primary")
        self.notice = Notice(self)
        self.summary = self._line(self.tr("What it does, in a line"))
        self.steps = QPlainTextEdit(self)
        self.steps.setAccessibleName(self.tr("Steps, one in a line"))
        self.steps.setPlaceholderText(self.tr("Stand tall.\nLift your heels.\n…"))
        self.steps.setTabChangesFocus(True)
        self.steps.setMinimumHeight(_STEPS_HIGH)
        self.out = self._line(self.tr("How to leave the position"))
        self.key_cue = self._line(self.tr("The one thing to remember"))
        self.easier = self._line(self.tr("An easier way"))
        self.sides = Toggle(self.tr("Done on each side"), self)
        self.noun = self._line(self.tr("side, leg, arm …"), 30)
        self.kind = LevelPicker(self.tr("Work"), [("hold", self.tr("Hold")), ("reps", self.tr("Reps"))], self)
        bounds, usual = (SECOND_MS, HOUR_MS), (30, 60)
        self.hold = LengthField(self.tr("Hold"), (5, 120), bounds, parent=self, marked_s=usual)
        self.reps = Stepper(self.tr("Reps"), 1, 1_000, self)
        self.tempo = TempoField(self)
        states = (self.tr("not at work"), self.tr("works"), self.tr("helps"))
        self.muscles = Chips(self.tr("Muscles"), states, self)
        self.muscle_map = MuscleMap(self, tall=_MAP)
        self.equipment = Chips(self.tr("Equipment"), (self.tr("not needed"), self.tr("needed")), self)
        self.equipment_note = self._line(self.tr("Which kind, or what may stand in for it"))
        self.picture = PictureField(self)
        self.source = self._line(self.tr("Where it comes from"))
        self.license = self._line(self.tr("What its authors ask for"))
        self._counts = self._own_pace = False
        self._others: Values = {}
        """What has no field here and stays as it is."""
        self.muscles.show_choices([(each.id, each.name) for each in names.muscles.values()])
        self.equipment.show_choices(list(names.equipment.items()))
        self._arrange()
        self._connect()

    # --- told ----------------------------------------------------------------------------------------

    def show_exercise(self, exercise: Exercise) -> None:
        """Fill the form."""
        self.notice.hide()
        values = exercise_values(exercise)
        for line, key in self._lines():
            line.setText(str(values.get(key, "")))
            line.setCursorPosition(0)
        steps = values.get("steps", [])
        self.steps.setPlainText("\n".join(map(str, steps)) if isinstance(steps, list) else "")
        self.sides.setChecked(exercise.sided)
        self._show_sided()
        self._show_work(exercise.work)
        muscles = dict.fromkeys(exercise.also, _HELPS) | dict.fromkeys(exercise.muscles, _WORKS)
        self.muscles.show_states(muscles)
        self.equipment.show_states(dict.fromkeys(exercise.equipment, 1))
        self._others = {"picture": exercise.picture} if exercise.picture else {}
        self._own_pace = isinstance(exercise.work, Reps) and exercise.work.self_paced
        self._light()
        (self.steps if exercise.name else self.name).setFocus()

    def show_picture(self, picture: QImage | None, name: str) -> None:
        """Show the picture that goes with it, and the name it has in the file; nothing for none."""
        self.picture.show_picture(picture)
        self._others = {"picture": name} if name else {}

    # --- asked ---------------------------------------------------------------------------------------

    @property
    def values(self) -> Values:
        """What is written, as a file would say it."""
        values: Values = {key: text for line, key in self._lines() if (text := line.text().strip())}
        values["steps"] = [line for line in self.steps.toPlainText().splitlines() if line.strip()]
        if self.sides.isChecked():
            values["sides"] = True
        else:
            values.pop("side_noun", None)
        for key, found in (
            ("muscles", self.muscles.in_state(_WORKS)),
            ("also", self.muscles.in_state(_HELPS)),
            ("equipment", self.equipment.in_state(1)),
        ):
            if found:
                values[key] = list(found)
        return values | self._work_values() | self._others

    def _work_values(self) -> Values:
        if not self._counts:
            return {"hold": duration_text(self.hold.ms)}
        reps: Values = {"reps": self.reps.number, "tempo": tempo_values(self.tempo.tempo)}
        return reps | ({"self_paced": True} if self._own_pace else {})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if self.width() >= _TWO_COLUMNS else down)
        low = self.height() < 560  # noqa: PLR2004 - a laptop's half, or less
        side = 12 if self.width() < _NARROW else max(28, (self.width() - _WIDEST) // 2)
        self._head.setContentsMargins(side - 8, 8 if low else 16, side, 4 if low else 8)
        self._body.setContentsMargins(side, 4, side, 16)
        super().resizeEvent(event)

    def _lines(self) -> tuple[tuple[QLineEdit, str], ...]:
        return (
            (self.name, "name"),
            (self.summary, "summary"),
            (self.out, "out"),
            (self.key_cue, "key_cue"),
            (self.easier, "easier"),
            (self.noun, "side_noun"),
            (self.equipment_note, "equipment_note"),
            (self.source, "source"),
            (self.license, "license"),
        )

    def _show_work(self, work: Work) -> None:
        holds = isinstance(work, Hold)
        if isinstance(work, Hold):
            self.hold.show_length(work.length_ms)
            self.reps.show_number(8)
            self.tempo.show_tempo(USUAL_TEMPO)
        else:
            self.hold.show_length(30 * SECOND_MS)
            self.reps.show_number(work.count)
            self.tempo.show_tempo(work.tempo)
        self._choose_kind("hold" if holds else "reps")

    def _choose_kind(self, key: str) -> None:
        self._counts = key == "reps"
        self.kind.show_level(key)
        self._hold_box.setVisible(not self._counts)
        for box in self._reps_boxes:
            box.setVisible(self._counts)

    def _show_sided(self) -> None:
        self._noun_box.setVisible(self.sides.isChecked())
        self.sided_note.setVisible(self.sides.isChecked())

    def _light(self) -> None:
        self.muscle_map.show_muscles(self.muscles.in_state(_WORKS), self.muscles.in_state(_HELPS))

    # --- put together --------------------------------------------------------------------------------

    def _line(self, hint: str, longest: int = LONGEST_LINE) -> QLineEdit:
        line = QLineEdit(self)
        line.setMaxLength(longest)
        line.setPlaceholderText(hint)
        line.setAccessibleName(hint)
        return line

    def _arrange(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(6)
        self._head.addWidget(self.back)
        self._head.addWidget(self.name, 1)
        self._head.addWidget(self.save)
        body = QWidget()
        body.setObjectName("body")
        self._body = QVBoxLayout(body)
        self._body.setSpacing(14)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(20)
        for panels in (
            (self._words_panel(), self._work_panel()),
            (self._muscle_panel(), self._picture_panel()),
        ):
            column = QVBoxLayout()
            column.setSpacing(16)
            for panel in panels:
                column.addWidget(panel)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self._body.addLayout(self._columns)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head)
        rows.addWidget(self.notice)
        rows.addWidget(area, 1)

    def _words_panel(self) -> QFrame:
        panel, rows = _panel(self)
        rows.addWidget(_title(self.tr("How it is done")))
        rows.addWidget(self.summary)
        rows.addWidget(beneath(self.tr("Steps, one in a line, as they are said"), self.steps, self))
        self.sided_note = PlainLabel(
            self.tr("Write {side} and {other} where right and left change places."), tone="quiet"
        )
        rows.addWidget(self.sided_note.in_size(SMALL).wrapping())
        for line in (self.out, self.key_cue, self.easier):
            rows.addWidget(beneath(line.accessibleName(), line, self))
            line.setPlaceholderText("")
        return panel

    def _work_panel(self) -> QFrame:
        panel, rows = _panel(self)
        rows.addWidget(_title(self.tr("How much")))
        rows.addWidget(self.kind)
        self._hold_box = beside(self.tr("Hold"), self.hold, self)
        self._reps_boxes = (
            beside(self.tr("Reps"), self.reps, self, filling=False),
            beneath(self.tr("Tempo of a rep"), self.tempo, self),
        )
        for box in (self._hold_box, *self._reps_boxes):
            rows.addWidget(box)
        rows.addWidget(beside(self.tr("Each side"), self.sides, self, filling=False))
        self._noun_box = beside(self.tr("Right or left"), self.noun, self)
        rows.addWidget(self._noun_box)
        self.refusal = PlainLabel(tone="accent").in_size(SMALL).wrapping()
        self.refusal.hide()
        rows.addWidget(self.refusal)
        return panel

    def _muscle_panel(self) -> QFrame:
        panel, rows = _panel(self)
        rows.addWidget(_title(self.tr("Muscles")))
        hint = self.tr("Press once for what works, twice for what helps.")
        rows.addWidget(PlainLabel(hint, tone="quiet").in_size(SMALL).wrapping())
        rows.addWidget(self.muscles)
        rows.addWidget(self.muscle_map, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(_title(self.tr("Equipment")))
        rows.addWidget(self.equipment)
        rows.addWidget(self.equipment_note)
        return panel

    def _picture_panel(self) -> QFrame:
        panel, rows = _panel(self)
        rows.addWidget(_title(self.tr("Picture")))
        rows.addWidget(self.picture)
        rows.addWidget(_title(self.tr("Whose it is")))
        rows.addWidget(self.source)
        rows.addWidget(self.license)
        return panel

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.save.clicked.connect(self.save_requested)
        self.kind.chosen.connect(self._choose_kind)
        self.sides.clicked.connect(self._show_sided)
        self.muscles.changed.connect(self._light)
        self.picture.choose_requested.connect(self.picture_requested)
        self.picture.dropped.connect(self.picture_dropped)
        self.picture.remove_requested.connect(lambda: self.show_picture(None, ""))
        for field in (self.hold, self.tempo):
            field.refused.connect(self._refuse)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save_requested)

    def _refuse(self, reason: str) -> None:
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))


def _panel(parent: QWidget) -> tuple[QFrame, QVBoxLayout]:
    panel = QFrame(parent)
    panel.setObjectName("panel")
    rows = QVBoxLayout(panel)
    rows.setContentsMargins(20, 16, 20, 18)
    rows.setSpacing(10)
    return panel, rows


def _title(text: str) -> PlainLabel:
    return PlainLabel(text).in_size(LEAD, QFont.Weight.DemiBold)
