"""The session that a routine makes, as a strip: what is chosen is marked, and a click chooses."""

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.strip import StripLayout, paint_strip
from chain_timer.drawing.theme import DARK, Theme
from chain_timer.routine.editing import Place
from chain_timer.window.editor_facts import Course

_HEIGHT = 22
_MARK = 3.0
_GAP = 4.0


class EditorStrip(QWidget):
    """Told the course of the session and what is chosen; tells the row that was clicked."""

    place_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._course: Course | None = None
        self._chosen: frozenset[Place] = frozenset()
        self._layout = StripLayout((), 0)
        self.setMinimumHeight(_HEIGHT + 12)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("The session this routine makes"))
        self.setToolTip(self.tr("Click to choose what happens there"))

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_course(self, course: Course) -> None:
        self._course = course
        self.update()

    def show_chosen(self, chosen: Collection[Place]) -> None:
        if frozenset(chosen) != self._chosen:
            self._chosen = frozenset(chosen)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT + 12)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._course is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        position_ms = self._strip().position_of(event.position().x())
        place = self._course.place_at(position_ms)
        if place is not None:
            self.place_chosen.emit(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._course is None:
            return
        layout = self._strip()
        painter = QPainter(self)
        top = (self.height() - _HEIGHT) / 2 - _GAP / 2
        rect = QRectF(0, top, self.width(), _HEIGHT)
        paint_strip(painter, rect, layout, self._theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.accent))
        for left, right in self._marks(layout):
            painter.drawRoundedRect(QRectF(left, rect.bottom() + _GAP, right - left, _MARK), 1.5, 1.5)

    def _strip(self) -> StripLayout:
        if self._course is None:
            return self._layout
        blocks = self._course.outline.blocks
        if self._layout.blocks != blocks or self._layout.width != self.width():
            self._layout = StripLayout(blocks, self.width())
        return self._layout

    def _marks(self, layout: StripLayout) -> list[tuple[float, float]]:
        """Give from where to where something chosen lies, neighbors as one."""
        marks = []
        for from_ms, to_ms in self._chosen_times():
            left = layout.x_of(from_ms)
            # The end of a block is the start of the next one, which lies behind a gap.
            marks.append((left, max(layout.x_of(to_ms - 1), left + 2)))
        return marks

    def _chosen_times(self) -> list[tuple[int, int]]:
        course = self._course
        if course is None or not self._chosen:
            return []
        circuits = {place.circuit for place in self._chosen if place.is_circuit}
        times: list[tuple[int, int]] = []
        at_ms = 0
        for block, place in zip(course.outline.blocks, course.places, strict=True):
            end_ms = at_ms + block.length_ms
            inside = place is not None and (place in self._chosen or place.circuit in circuits)
            if inside and block.length_ms and times and times[-1][1] == at_ms:
                times[-1] = (times[-1][0], end_ms)
            elif inside and block.length_ms:
                times.append((at_ms, end_ms))
            at_ms = end_ms
        return times
