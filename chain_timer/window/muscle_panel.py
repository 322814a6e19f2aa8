"""The muscles of a routine or an exercise: on a body seen from behind, and in words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chain_timer.drawing.figure import glow_of
from chain_timer.drawing.muscle_map import HEIGHT, WIDTH, paint_muscle_map
from chain_timer.drawing.theme import BODY, DARK, SMALL, Theme
from chain_timer.window.basics import PlainLabel

_TALL = 232


class MuscleMap(QWidget):
    """A body from behind, its muscles lit; drawn once as long as nothing changes."""

    def __init__(self, parent: QWidget | None = None, *, tall: int = _TALL) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._working: tuple[str, ...] = ()
        self._helping: tuple[str, ...] = ()
        self._drawn: QPixmap | None = None
        self.setFixedSize(QSize(round(tall * WIDTH / HEIGHT), tall))

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def show_muscles(self, working: tuple[str, ...], helping: tuple[str, ...]) -> None:
        """Light muscles by their ids."""
        if (working, helping) != (self._working, self._helping):
            self._working, self._helping = working, helping
            self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, self._drawn or self._drawing())

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def _drawing(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        glow = glow_of(self._working, self._helping)
        paint_muscle_map(painter, QRectF(self.rect()), glow, self._theme)
        painter.end()
        self._drawn = drawn
        return drawn


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
