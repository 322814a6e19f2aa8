"""The exercises one under another, each with its small figure; a search leaves some of them."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chain_timer.drawing.text import elided, font, shown, wrapped
from chain_timer.drawing.theme import BODY, DARK, SMALL, Theme
from chain_timer.window.card_delegate import StillOf
from chain_timer.window.enter import ENTER
from chain_timer.window.exercise_facts import ExerciseFacts
from chain_timer.window.found_model import ITEM, AnyIndex, FoundModel
from chain_timer.window.rows_view import set_up_rows

_HEIGHT = 86
_FIGURE = (92, 72)
_CORNER = 12.0
_NAME_LINES = 2
_PASSED_ON = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right})
"""Keys for what is shown beside the list."""


class ExerciseModel(FoundModel[ExerciseFacts]):
    """The exercises that a search leaves."""

    def spoken(self, item: ExerciseFacts) -> str:
        return f"{item.name}, {item.line}"


class ExercisePicker(QListView):
    """Up and down choose; letters are for the search, space and the other arrows for the movement."""

    chosen = Signal(object)
    opened = Signal()
    """By a click or by Enter."""
    confirmed = Signal()
    """By Enter alone."""
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.exercises = ExerciseModel(self)
        self._delegate = _RowDelegate(self)
        set_up_rows(self, self.exercises, self._delegate)
        self.setAccessibleName(self.tr("Exercises"))
        self.clicked.connect(lambda _index: self.opened.emit())

    def show_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def show_stills(self, still_of: StillOf) -> None:
        """Take where pictures of figures come from."""
        self._delegate.still_of = still_of

    def refresh(self) -> None:
        """Paint anew: there are more pictures."""
        self.viewport().update()

    def choose(self, exercise_id: str = "") -> None:
        """Make an exercise the current one, or the first."""
        row = max(0, self.exercises.row_of(exercise_id))
        if self.exercises.rowCount():
            self.setCurrentIndex(self.exercises.index(row))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802 - Qt's own
        self._delegate.chosen_row = current.row()
        super().currentChanged(current, previous)
        facts = self.exercises.item(current)
        if facts is not None:
            self.chosen.emit(facts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() in _PASSED_ON:
            event.ignore()
        elif event.key() in ENTER:
            self.opened.emit()
            self.confirmed.emit()
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self.chosen_row = -1
        self.still_of: StillOf = lambda _exercises, _size, _ratio, _theme: None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(180, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        facts = index.data(ITEM)
        if not isinstance(facts, ExerciseFacts):
            return
        rect = QRectF(option.rect).adjusted(1, 2, -3, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = index.row() == self.chosen_row
        painter.setPen(QPen(QColor(self.theme.accent), 2) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.chosen) if chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        size = QSize(*_FIGURE)
        still = self.still_of((facts.sketch,), size, painter.device().devicePixelRatio(), self.theme)
        if still is not None:
            top = rect.center().y() - size.height() / 2
            painter.drawPixmap(QPointF(rect.left() + 4, top), still)
        self._paint_words(painter, rect.adjusted(size.width() + 12, 0, -8, 0), facts)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, facts: ExerciseFacts) -> None:
        name, small = font(BODY, QFont.Weight.DemiBold), font(SMALL)
        lines = [
            *((line, name, self.theme.text) for line in wrapped(facts.name, name, rect.width(), _NAME_LINES)),
            (facts.muscles, small, self.theme.quiet),
            (facts.line, small, self.theme.quiet),
        ]
        heights = [QFontMetricsF(made).height() * 1.05 for _, made, _ in lines]
        top = rect.center().y() - sum(heights) / 2
        for (text, made, color), height in zip(lines, heights, strict=True):
            painter.setFont(made)
            painter.setPen(QColor(color))
            place = QRectF(rect.left(), top, rect.width(), height)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, flags, elided(shown(text), QFontMetricsF(made), rect.width()))
            top += height
