"""What can be done with a routine, as a menu on its card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do, the key that does it as well, and whether a line parts it from what is above."""

    text: str
    act: Callable[[], None]
    keys: str = ""
    apart: bool = False


def menu_of(deeds: Sequence[Deed], parent: QWidget) -> QMenu:
    """Make a menu; the keys are shown and do nothing here, for the page has them already."""
    menu = QMenu(parent)
    for deed in deeds:
        if deed.apart:
            menu.addSeparator()
        action = QAction(f"{deed.text}\t{deed.keys}" if deed.keys else deed.text, menu)
        action.triggered.connect(deed.act)
        menu.addAction(action)
    return menu


def show_menu(deeds: Sequence[Deed], parent: QWidget, place: QPoint) -> None:
    """Show a menu at a place on the screen; it goes away with what is chosen."""
    menu = menu_of(deeds, parent)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
