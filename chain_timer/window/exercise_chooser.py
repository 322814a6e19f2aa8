"""Exercises to add to a routine: searched, filtered by muscle and equipment, each with its figure."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.text import shown
from chain_timer.drawing.theme import BODY, DARK, LEAD, SMALL, Theme
from chain_timer.routine.names import Names
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.calm_wheel import CalmBox
from chain_timer.window.card_delegate import StillOf
from chain_timer.window.exercise_facts import ExerciseFacts
from chain_timer.window.exercise_picker import ExercisePicker
from chain_timer.window.search_field import SearchField

NO_EQUIPMENT = "-"
_LOW = 330


class ExerciseChooser(QWidget):
    """Enter adds what is chosen and stays, Escape is enough of it."""

    added = Signal(str)
    """The id of an exercise: what lists know of it is not all of it."""
    closed = Signal()
    new_requested = Signal(str)
    """An exercise of one's own, called as what was searched for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = PlainLabel(self.tr("Add exercises")).in_size(LEAD, QFont.Weight.DemiBold)
        self.close_button = IconButton("close", self.tr("Enough"), self)
        self.search = SearchField(self.tr("Search…"), self.tr("Search exercises"), self)
        self.muscle = _Filter(self.tr("Muscle"), self)
        self.equipment = _Filter(self.tr("Equipment"), self)
        self.list = ExercisePicker(self)
        self.nothing = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        self.told = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self.add = QPushButton(self.tr("Add"), self)
        self.add.setObjectName("primary")
        self.new = QPushButton(self.tr("New exercise…"), self)
        self._all: tuple[ExerciseFacts, ...] = ()
        self._chosen: ExerciseFacts | None = None
        self.setFocusProxy(self.search)
        self._arrange()
        self._connect()

    def show_exercises(self, exercises: Sequence[ExerciseFacts], names: Names, still_of: StillOf) -> None:
        """Show all exercises there are, and filters for what they have."""
        self._all = tuple(exercises)
        self.list.show_stills(still_of)
        muscles = {muscle for facts in exercises for muscle in facts.sketch.muscles}
        things = {thing for facts in exercises for thing in facts.sketch.equipment}
        self.muscle.show_choices(self.tr("All muscles"), [(id_, names.muscle_name(id_)) for id_ in muscles])
        self.equipment.show_choices(
            self.tr("All equipment"),
            [(id_, names.equipment_name(id_)) for id_ in things],
            (NO_EQUIPMENT, names.no_equipment),
        )
        self._filter()

    def begin(self) -> None:
        """Be ready for the first letter."""
        self.told.setText(self.tr("Enter adds the chosen one, Esc goes back."))
        self.search.clear()
        self.search.setFocus()

    def tell_added(self, name: str) -> None:
        self.told.setText(self.tr("Added: {name}").format(name=shown(name)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        low = self.height() < _LOW
        for widget in (self.told, self.muscle, self.equipment):
            widget.setVisible(not low)
        super().resizeEvent(event)

    def _filter(self) -> None:
        muscle, thing = self.muscle.choice, self.equipment.choice
        found = [
            facts
            for facts in self._all
            if (not muscle or muscle in (*facts.sketch.muscles, *facts.sketch.also))
            and (
                not thing
                or thing in facts.sketch.equipment
                or (thing == NO_EQUIPMENT and not facts.sketch.equipment)
            )
        ]
        self.list.exercises.show_items(found)
        self._after_search()

    def _search(self, text: str) -> None:
        self.list.exercises.search(text)
        self._after_search()

    def _after_search(self) -> None:
        found = self.list.exercises.rowCount() > 0
        self.list.setVisible(found)
        self.nothing.setVisible(not found)
        wanted = self.search.text().strip()
        self.nothing.setText(
            self.tr("No exercise has this. You can make “{name}” an exercise of your own.").format(
                name=shown(wanted)
            )
            if wanted
            else self.tr("No exercise has this.")
        )
        self.add.setEnabled(found)
        self._chosen = None
        if found:
            self.list.choose()

    def _take(self, facts: ExerciseFacts) -> None:
        self._chosen = facts

    def _add(self) -> None:
        if self._chosen is not None and self.add.isEnabled():
            self.added.emit(self._chosen.id)

    def _arrange(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 12, 14)
        rows.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.muscle, 1)
        filters.addWidget(self.equipment, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.new)
        foot.addStretch(1)
        foot.addWidget(self.add)
        rows.addLayout(head)
        rows.addWidget(self.search)
        rows.addLayout(filters)
        rows.addWidget(self.nothing)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.told)
        rows.addLayout(foot)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._add)
        self.search.leads_to(self.list)
        self.muscle.currentIndexChanged.connect(lambda _index: self._filter())
        self.equipment.currentIndexChanged.connect(lambda _index: self._filter())
        self.list.chosen.connect(self._take)
        self.list.confirmed.connect(self._add)
        self.list.doubleClicked.connect(lambda _index: self._add())
        self.list.typed.connect(self.search.type)
        self.add.clicked.connect(self._add)
        self.new.clicked.connect(lambda: self.new_requested.emit(self.search.text().strip()))


class _Filter(CalmBox):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = QRectF(self.width() - 30, (self.height() - 16) / 2, 16, 16)
        paint_icon(QPainter(self), "down", place, QColor(self._theme.quiet))

    @property
    def choice(self) -> str:
        return str(self.currentData() or "")

    def show_choices(
        self, everything: str, choices: Sequence[tuple[str, str]], last: tuple[str, str] | None = None
    ) -> None:
        before = self.choice
        with QSignalBlocker(self):
            self.clear()
            self.addItem(everything, "")
            for id_, name in sorted(choices, key=lambda choice: choice[1].casefold()):
                self.addItem(name, id_)
            if last is not None:
                self.addItem(last[1], last[0])
            self.setCurrentIndex(max(0, self.findData(before)))
