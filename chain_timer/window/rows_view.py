"""What all lists of rows and cards have in common."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate


def set_up_rows(
    view: QListView, model: QAbstractItemModel, delegate: QStyledItemDelegate, *, several: bool = False
) -> None:
    """Have a list show a model by a delegate; ``several`` lets a person choose more than one row.

    Rows are of one size, or Qt would ask each of thousands for its own.
    """
    modes = QAbstractItemView.SelectionMode
    view.setUniformItemSizes(True)
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setObjectName("cards")
