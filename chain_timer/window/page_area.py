"""The part of a page that scrolls, with lists in it that are as high as all their rows."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_NARROW = 620


class PageArea(QScrollArea):
    """Scrolls up and down alone; its body is as wide as the page, and no wider than can be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QWidget()
        self.body.setObjectName("body")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit_body(self, widest: int, top: int = 4) -> bool:
        """Set the margins of the body; True where there is little room from side to side."""
        width = self.width()
        narrow = width < _NARROW
        side = 16 if narrow else 32
        # What stands at the right stays there whether there is a scroll bar or not.
        bar = width - self.viewport().width()
        rows = self.body.layout()
        if rows is not None:
            rows.setContentsMargins(side, top, max(side, width - side - widest) - bar, 24)
        return narrow

    def bring_in_sight(self, place: QRect, of: QWidget) -> None:
        """Scroll as little as it takes to see a row of a list."""
        half = place.height() // 2
        top = of.mapTo(self.body, place.topLeft())
        self.ensureVisible(top.x(), top.y() + half, 0, half + 4)
