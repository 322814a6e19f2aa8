"""A line to search with; its magnifying glass is part of it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.theme import DARK, Theme
from chain_timer.window.enter import ENTER


class SearchField(QLineEdit):
    """Down goes on in the list that is searched; Escape empties the field first."""

    def __init__(self, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.setObjectName("search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setMaxLength(200)
        self._list: QWidget | None = None

    def leads_to(self, found: QWidget) -> None:
        """Take the list that is searched: the keys it has no use for itself go there."""
        self._list = found

    def type(self, text: str) -> None:
        """Go on with what was typed into the list."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.insert(text)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list is not None and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
            self._list.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
            if event.key() in ENTER:
                # Qt would tell it to the page as well, which may be another one by now.
                event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(13, (self.height() - 20) / 2, 20, 20)
        paint_icon(painter, "search", place, QColor(self._theme.quiet))
