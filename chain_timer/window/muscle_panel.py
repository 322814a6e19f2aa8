"""The muscles of a routine or an exercise: lit on a body, and said in words."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chain_timer.drawing.figure import glow_of
from chain_timer.drawing.muscle_map import HEIGHT, WIDTH, paint_muscle_map
from chain_timer.drawing.theme import BODY, DARK, SMALL, Theme
from chain_timer.figure.muscles import is_in_front
from chain_timer.window.backing import Backing
from chain_timer.window.basics import PlainLabel

_TALL = 232


class MuscleMap(QWidget):
    """A body from behind, its muscles lit, and beside it from the front where some of them are there.

    Drawn once as long as nothing changes.
    """

    def __init__(self, parent: QWidget | None = None, *, tall: int = _TALL) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._working: tuple[str, ...] = ()
        self._helping: tuple[str, ...] = ()
        self._map = Backing(self, self._paint_map)
        self._one = QSize(round(tall * WIDTH / HEIGHT), tall)
        self.setFixedSize(self._one)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def show_muscles(self, working: tuple[str, ...], helping: tuple[str, ...]) -> None:
        """Light muscles by their ids."""
        if (working, helping) != (self._working, self._helping):
            self._working, self._helping = working, helping
            self.setFixedSize(self._one.width() * len(self._views()), self._one.height())
            self._redraw()

    def _views(self) -> tuple[bool, ...]:
        """Which views there are: from behind, and from the front."""
        return (True, False) if any(map(is_in_front, (*self._working, *self._helping))) else (True,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, self._map.picture())

    def _redraw(self) -> None:
        self._map.forget()
        self.update()

    def _paint_map(self, painter: QPainter) -> None:
        glow = glow_of(self._working, self._helping)
        for index, back in enumerate(self._views()):
            room = QRectF(QPointF(index * self._one.width(), 0), QSizeF(self._one))
            paint_muscle_map(painter, room, glow, self._theme, back=back)


class MusclePanel(QWidget):
    """The map with its words beside it."""

    def __init__(self, parent: QWidget | None = None, *, tall: int = _TALL) -> None:
        super().__init__(parent)
        self.map = MuscleMap(self, tall=tall)
        self.working = PlainLabel().in_size(BODY).wrapping()
        self.helping_title = PlainLabel(self.tr("Helping"), tone="quiet").in_size(
            SMALL, QFont.Weight.DemiBold
        )
        self.helping = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(self.tr("Working"), tone="quiet").in_size(SMALL, QFont.Weight.DemiBold))
        words.addWidget(self.working)
        words.addSpacing(10)
        words.addWidget(self.helping_title)
        words.addWidget(self.helping)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.map, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_muscles(
        self, working: tuple[str, ...], helping: tuple[str, ...], words: tuple[str, str]
    ) -> None:
        """Light muscles by their ids, and say what they are called: those at work, those that help."""
        self.map.show_muscles(working, helping)
        self.working.setText(words[0])
        self.helping.setText(words[1])
        for widget in (self.helping_title, self.helping):
            widget.setVisible(bool(words[1]))
