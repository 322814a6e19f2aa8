"""A chart as a widget: what it says of its marks comes by pointer, by keyboard and by screen reader."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.theme import DARK, Theme
from chain_timer.window.announcing import announce
from chain_timer.window.backing import Backing, copy_part
from chain_timer.window.enter import ENTER
from chain_timer.window.tip import Tip

NOWHERE = -1
_FOCUS_CORNER = 8.0


class ChartView(QWidget):
    """Draws its ground once; keys move a cursor from mark to mark, of which there are any number.

    A chart tells how many marks there are, where they are, and what is said of them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._cursor = NOWHERE
        self._pointed = NOWHERE
        self._elsewhere = NOWHERE
        self._pressed = NOWHERE
        self._ground = Backing(self, self.paint_ground)
        self.tip = Tip(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- what each chart tells of itself ----------------------------------------------------------------

    def count(self) -> int:
        """How many marks there are."""
        raise NotImplementedError

    def mark_rect(self, index: int) -> QRectF:
        """Where a mark is, to lay a tip beside it."""
        raise NotImplementedError

    def mark_at(self, place: QPointF) -> int:
        """Which mark is at a place, or :data:`NOWHERE`."""
        raise NotImplementedError

    def lines(self, index: int) -> tuple[str, ...]:
        """What is said of a mark; the first line is what it is about."""
        raise NotImplementedError

    def step(self, index: int, key: Qt.Key) -> int | None:
        """Where a key goes from a mark, on the chart or beyond its ends; None for a key with no meaning."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Reckon anew where everything is, for the size that the widget has."""
        raise NotImplementedError

    def paint_ground(self, painter: QPainter) -> None:
        """Draw all that stays the same whatever is pointed at."""
        raise NotImplementedError

    def paint_mark(self, painter: QPainter, index: int, *, focused: bool) -> None:
        """Draw over the ground which mark is pointed at, or where the keys are."""
        raise NotImplementedError

    def area_of(self, index: int) -> QRect:
        """What has to be painted anew when the mark is pointed at, or no longer."""
        return self.mark_rect(index).adjusted(-8, -8, 8, 8).toAlignedRect()

    def choose(self, index: int) -> None:
        """Take that a mark was clicked, or Enter pressed on it."""

    def pointed(self, index: int) -> None:
        """Take that the pointer came to a mark, or left all of them."""

    def tells(self) -> bool:
        """Whether there is a tip: a chart that has all its words written needs none."""
        return True

    # --- told -------------------------------------------------------------------------------------------

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.tip.show_theme(theme)
        self.redraw()

    def take(self, cursor: int) -> None:
        """Begin anew with other marks, the cursor at one of them."""
        self._pointed = self._elsewhere = self._pressed = NOWHERE
        self._cursor = min(cursor, self.count() - 1)
        self.lay_out()
        self.redraw()
        self._describe()
        self._tell()

    def mark_elsewhere(self, index: int) -> None:
        """Mark what is pointed at in another chart; nothing is said of it here."""
        if index != self._elsewhere:
            self._update_mark(self._elsewhere)
            self._elsewhere = index
            self._update_mark(index)

    def redraw(self) -> None:
        self._ground.forget()
        self.update()

    @property
    def cursor_index(self) -> int:
        """The mark that the keys are at; :data:`NOWHERE` where there is none."""
        return self._cursor

    def move_to(self, index: int, *, aloud: bool = True) -> None:
        """Take the cursor to a mark, and have it said."""
        if index == self._cursor or not 0 <= index < self.count():
            return
        self._update_mark(self._cursor)
        self._cursor = index
        self._update_mark(index)
        self._describe()
        self._tell()
        if aloud:
            announce(self, self.accessibleDescription())

    # --- asked by Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()
        self._pointed = NOWHERE
        self.redraw()
        self._tell()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self._ground.picture()
        painter = QPainter(self)
        copy_part(painter, ground, event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self._cursor if self.hasFocus() else NOWHERE
        for index in {self._pointed, self._elsewhere} - {focused, NOWHERE}:
            self.paint_mark(painter, index, focused=False)
        if focused >= 0:
            self.paint_mark(painter, focused, focused=True)
        if self.hasFocus() and self._cursor < 0:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(place, _FOCUS_CORNER, _FOCUS_CORNER)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._turn_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._turn_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and self._cursor >= 0:
            if key in ENTER or key is Qt.Key.Key_Space:
                self.choose(self._cursor)
                return
            target = self.step(self._cursor, key)
            if target is not None:
                self._point_at(NOWHERE)
                self.move_to(min(max(0, target), self.count() - 1))
                return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.mark_at(event.position()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(NOWHERE)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self.mark_at(event.position())
            self.move_to(self._pressed, aloud=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, NOWHERE
        if pressed >= 0 and pressed == self.mark_at(event.position()):
            self.choose(pressed)

    # --- painted and said -----------------------------------------------------------------------------------

    def _turn_focus(self) -> None:
        self._update_mark(self._cursor)
        if self._cursor < 0:
            self.update()
        self._tell()

    def _point_at(self, index: int) -> None:
        if index != self._pointed:
            self._update_mark(self._pointed)
            self._pointed = index
            self._update_mark(index)
            self.pointed(index)
            self._tell()

    def _update_mark(self, index: int) -> None:
        if 0 <= index < self.count():
            self.update(self.area_of(index))

    def _tell(self) -> None:
        """Show the tip of what is pointed at, else of where the keys are."""
        index = self._pointed if self._pointed >= 0 else self._cursor if self.hasFocus() else NOWHERE
        if 0 <= index < self.count() and self.tells():
            self.tip.show_lines(self.lines(index), self.mark_rect(index))
        else:
            self.tip.hide()

    def _describe(self) -> None:
        told = self.lines(self._cursor) if 0 <= self._cursor < self.count() else ()
        self.setAccessibleDescription(". ".join(line for line in told if line))
