"""The parts of a session as a table: what was planned, what was done, and how it went."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from chain_timer.drawing.text import shown
from chain_timer.drawing.theme import SMALL, Theme
from chain_timer.session.record import Part, PastExercise, SessionRecord
from chain_timer.timeline.kinds import Kind
from chain_timer.units import clock_text
from chain_timer.window.found_model import AnyIndex
from chain_timer.window.history_words import length_text, name_text, outcome_text, side_text
from chain_timer.window.player_facts import kind_word

_HEAD = 34
_ROW, _TALL_ROW = 34, 52
_NARROW = 620
_SHARES = (0.40, 0.24, 0.18, 0.18)
_NARROW_SHARES = (0.48, 0.0, 0.26, 0.26)
_WHAT, _PLACE, _DONE, _HOW = range(4)
MOST_ROWS = 20_000
"""A table can be no higher in Qt, and nobody reads as many."""


class PartRow(NamedTuple):
    """A part in words, as the columns show it."""

    what: str
    place: str
    done: str
    how: str


def part_rows(record: SessionRecord, *, only_work: bool) -> tuple[PartRow, ...]:
    """Put the parts of a session into words: its work alone, or everything."""
    known = {exercise.id: exercise for exercise in record.exercises}
    parts = (part for part in record.parts if part.kind.is_work or not only_work)
    return tuple(_row(part, known.get(part.exercise_id)) for part, _ in zip(parts, range(MOST_ROWS)))  # noqa: B905 - no more than that


def _row(part: Part, exercise: PastExercise | None) -> PartRow:
    what = name_text(exercise.name) if exercise is not None and part.kind.is_work else _kind(part.kind)
    return PartRow(what, _place(part, exercise), _done(part), _how(part))


def _kind(kind: Kind) -> str:
    """Name a part that is no work; to the end of a session nobody says well done twice."""
    return QCoreApplication.translate("history", "The end") if kind is Kind.FINISH else kind_word(kind)


def _place(part: Part, exercise: PastExercise | None) -> str:
    told = []
    if part.side is not None:
        told.append(side_text(part.side, shown(exercise.side_noun) if exercise else "side"))
    if part.sets > 1:
        told.append(f"set {part.set_number} of {part.sets}")
    if part.rounds > 1:
        told.append(f"round {part.round_number} of {part.rounds}")
    return ", ".join(told)


def _done(part: Part) -> str:
    if part.kind is not Kind.REPS or part.reps is None:
        return length_text(part.actual_ms, part.planned_ms)
    if part.reps_done is None:
        return f"{part.reps} reps, {clock_text(part.actual_ms)}"
    reps = f"{part.reps}" if part.reps_done == part.reps else f"{part.reps_done} of {part.reps}"
    return f"{reps} reps, {clock_text(part.actual_ms)}"


def _how(part: Part) -> str:
    how = outcome_text(part.outcome)
    return f"{how}, paused {clock_text(part.paused_ms)}" if part.paused_ms >= 1000 else how  # noqa: PLR2004 - a second


class PartModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PartRow, ...] = ()
        self.narrow = False
        """Whether the place stands below what was done."""

    def show_rows(self, rows: Sequence[PartRow]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(PartRow._fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        titles = (self.tr("Exercise"), self.tr("Side, set"), self.tr("Done"), self.tr("How it went"))
        return titles[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        if not index.isValid() or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in row if part)
        if index.column() == _WHAT and self.narrow and row.place:
            return f"{row.what}\n{row.place}"
        return row[index.column()]


class PartTable(QTableView):
    """Told the parts of a session; as high as all of them, for the page around it scrolls."""

    row_in_sight_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = PartModel(self)
        self.setModel(self.parts)
        self.setAccessibleName(self.tr("Parts of the session"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(never)
        self.setHorizontalScrollBarPolicy(never)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setFixedHeight(_HEAD)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(0)

    def show_theme(self, theme: Theme) -> None:
        self.setStyleSheet(
            f"""
            QTableView {{ background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 12px;
                outline: none; selection-background-color: {theme.chosen};
                selection-color: {theme.text}; font-size: {SMALL + 1}px; }}
            QTableView:focus {{ border-color: {theme.accent}; }}
            QTableView::item {{ padding: 0 10px; border: none; border-top: 1px solid {theme.line}; }}
            QHeaderView {{ background: transparent; border: none; }}
            QHeaderView::section {{ background: transparent; color: {theme.quiet}; border: none;
                padding: 0 10px; font-size: {SMALL}px; font-weight: 600; }}
            """
        )

    def show_rows(self, rows: Sequence[PartRow]) -> None:
        self.parts.show_rows(rows)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # for the page

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802 - Qt's own
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            height = self.verticalHeader().defaultSectionSize()
            place = QRect(0, _HEAD + current.row() * height, self.width(), height)
            self.row_in_sight_wanted.emit(place)

    def _fit(self) -> None:
        narrow = self.width() < _NARROW
        self.parts.narrow = narrow
        height = _TALL_ROW if narrow else _ROW
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setDefaultSectionSize(height)
        self.setColumnHidden(_PLACE, narrow)
        room = self.viewport().width()
        for column, share in enumerate(_NARROW_SHARES if narrow else _SHARES):
            if share:
                self.setColumnWidth(column, int(room * share))
        wanted = _HEAD + self.parts.rowCount() * height + 4
        if self.height() != wanted:
            self.setFixedHeight(wanted)
