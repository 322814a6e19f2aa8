"""Words for a screen reader: said once when something changes, never every second."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.text import shown


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say it, if one listens."""
    if QAccessible.isActive() and text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, shown(text)))
