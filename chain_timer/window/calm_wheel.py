"""Fields that the wheel goes past: scrolling a page must not change what lies below the pointer."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider


class CalmSlider(QSlider):
    """A slider for the mouse and for keys."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # for the page


class CalmBox(QComboBox):
    """A box for the mouse and for keys; its open list has a wheel of its own."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # for the page
