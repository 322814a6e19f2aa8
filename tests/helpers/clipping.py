"""What of a page does not fit."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget


def clipped(page: QWidget) -> list[str]:
    """Name what is not wholly inside the window, or too small for its words."""
    window = page.window()
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or _scrolls(widget, page):
            continue
        rect = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if not window.rect().contains(rect):
            found.append(f"{type(widget).__name__} {widget.objectName()} {rect} is outside")
        if (
            isinstance(widget, QLabel)
            and not widget.wordWrap()
            and widget.sizeHint().width() > widget.width()
        ):
            found.append(f"{widget.text()!r} needs {widget.sizeHint().width()} and has {widget.width()}")
        if (
            isinstance(widget, QLabel)
            and widget.wordWrap()
            and widget.heightForWidth(widget.width()) > widget.height()
        ):
            found.append(f"{widget.text()!r} needs more height than {widget.height()}")
        if isinstance(widget, QPushButton) and widget.minimumSizeHint().width() > widget.width():
            found.append(f"button {widget.text()!r} is too narrow")
    return found


def _scrolls(widget: QWidget, page: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False
