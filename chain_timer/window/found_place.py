"""Where a person is in a list that changes beneath: what is chosen, and what is in sight."""

from typing import Any, NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QListView

from chain_timer.window.found_model import FoundModel

_WITHIN = 8
"""Pixels from the corner of the view, past the gap around a card."""


class Place(NamedTuple):
    """By ids, which stay when rows do not."""

    chosen: str
    first: str
    """The first in sight."""
    above: int
    """Where its upper edge is, in pixels below that of the view."""


def place_in(view: QListView, model: FoundModel[Any]) -> Place:
    """Tell where a person is, to :func:`return_to` when other things are shown."""
    left = view.visualRect(model.index(0)).left()
    top = view.indexAt(QPoint(left + _WITHIN, _WITHIN))
    chosen, first = model.item(view.currentIndex()), model.item(top)
    above = view.visualRect(top).top() if first else 0
    return Place(chosen.id if chosen else "", first.id if first else "", above)


def return_to(place: Place, view: QListView, model: FoundModel[Any]) -> bool:
    """Go on where a person was, with the same things in sight; False where what was chosen is gone."""
    row, top = model.row_of(place.chosen), model.row_of(place.first)
    if row < 0:
        return False
    view.setCurrentIndex(model.index(row))
    if top >= 0:
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + view.visualRect(model.index(top)).top() - place.above)
    return True
