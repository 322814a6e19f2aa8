"""Kind, name and side of the present segment: what is read right after the seconds."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.text import elided, font, shown, spaced, wrapped
from chain_timer.drawing.theme import DARK, HUGE, LEAD, TITLE, Theme
from chain_timer.timeline.segment import Kind

_NAME_LINES = 2
_LEAST_NAME = 24
_SPACING = 112


class Heading(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._scale = 1.0
        self._kind = Kind.PREPARE
        self._word = self._name = self._side = self._muscles = ""
        self._shows_muscles = False

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_segment(self, kind: Kind, word: str, name: str, side: str, muscles: str = "") -> None:
        if (kind, word, name, side, muscles) != (
            self._kind,
            self._word,
            self._name,
            self._side,
            self._muscles,
        ):
            self._kind, self._word, self._name, self._side = kind, word, name, side
            self._muscles = muscles
            self.setAccessibleName(", ".join(shown(text) for text in (word, name, side) if text))
            self.update()

    def set_scale(self, scale: float, *, muscles: bool) -> None:
        """Set how large, and whether the muscles stand here because there is no stage for them."""
        self._scale, self._shows_muscles = scale, muscles
        self.update()

    def height_for(self, width: int) -> int:
        """Give the height that all of it needs at a width."""
        return round(sum(height for *_, height in self._lines(width)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = 0.0
        for text, made, color, height in self._lines(self.width()):
            painter.setFont(made)
            painter.setPen(QColor(color))
            rect = QRectF(0, top, self.width(), height)
            painter.drawText(rect, _LEFT, elided(text, QFontMetricsF(made), self.width()))
            top += height

    def _lines(self, width: int) -> list[tuple[str, QFont, str, float]]:
        theme, scale = self._theme, self._scale
        word = spaced(font(max(13, LEAD * scale), QFont.Weight.Bold), _SPACING)
        name = font(max(_LEAST_NAME, HUGE * scale), QFont.Weight.Bold)
        side = font(max(15, TITLE * scale))
        lines = [(self._word.upper(), word, theme.words[self._kind], QFontMetricsF(word).height() * 1.25)]
        height = QFontMetricsF(name).height() * 1.02
        named = wrapped(self._name, name, width, _NAME_LINES)
        lines += [(line, name, theme.text, height) for line in named]
        height = QFontMetricsF(side).height() * 1.2
        quiet = [self._side, self._muscles if self._shows_muscles else ""]
        return lines + [(shown(text), side, theme.quiet, height) for text in quiet if text]


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
