"""Enter on a button: Qt presses it by Space alone, a person means both."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def pressed_by_enter(page: QWidget, event: QKeyEvent) -> bool:
    """Press the button of a page that somebody went to by Tab; True where there is one.

    One that stays pressed is a choice and no action: there Enter is for the page.
    """
    button = page.focusWidget()
    if event.key() not in ENTER or not isinstance(button, QAbstractButton) or button.isCheckable():
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
