"""Whether everything on a page has the room it needs."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget


def cut_off(page: QWidget) -> list[str]:
    """Name what is not wholly on the page, or too small for its words; what can be scrolled to is there."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page):
            continue
        place = QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
        if not page.rect().contains(place) and not _can_be_scrolled_to(widget, page):
            found.append(f"{type(widget).__name__} {place} is outside")
        if isinstance(widget, QLabel):
            found += _too_small(widget)
        if isinstance(widget, QPushButton) and widget.minimumSizeHint().width() > widget.width():
            found.append(f"button {widget.text()!r} is too narrow")
    return found


def _too_small(label: QLabel) -> list[str]:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return [f"{label.text()!r} needs more height"] if needed > label.height() else []
    return [f"{label.text()!r} needs more width"] if label.sizeHint().width() > label.width() else []


def _can_be_scrolled_to(widget: QWidget, page: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, QScrollArea):
            across = QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
            return across.left() >= 0 and across.right() < page.width()
        parent = parent.parentWidget()
    return False
