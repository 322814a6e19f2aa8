"""A line to search with; its magnifying glass is part of it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.theme import DARK, Theme


class SearchField(QLineEdit):
    def __init__(self, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.setObjectName("search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setMaxLength(200)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(13, (self.height() - 20) / 2, 20, 20)
        paint_icon(painter, "search", place, QColor(self._theme.quiet))
