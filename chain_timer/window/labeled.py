"""Fields with their names beside or above them, as every panel has them."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chain_timer.window.basics import PlainLabel

_NAME_WIDTH = 92


def beside(name: str, field: QWidget, parent: QWidget, *, filling: bool = True) -> QWidget:
    """Put a name before a field; the field fills the row, or keeps its own width."""
    box = QWidget(parent)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    label = PlainLabel(name).wrapping()
    label.setFixedWidth(_NAME_WIDTH)
    row.addWidget(label)
    row.addWidget(field, 1 if filling else 0)
    if not filling:
        row.addStretch(1)
    return box


def beneath(name: str, field: QWidget, parent: QWidget) -> QWidget:
    """Put a name above a field."""
    box = QWidget(parent)
    rows = QVBoxLayout(box)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(6)
    rows.addWidget(PlainLabel(name))
    rows.addWidget(field)
    return box
