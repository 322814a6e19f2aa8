"""Which sessions are shown: those of all routines, or of one."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from chain_timer.history.kept import PastRoutine
from chain_timer.problems import plain
from chain_timer.window.setting_rows import VoiceBox

_LONGEST = 80
_MOST = 500
"""Nobody looks further in a box that opens."""


class RoutineFilter(VoiceBox):
    """Told the routines there are sessions of; one of them, or all, is chosen."""

    chosen = Signal(str)
    """The id of a routine; empty for all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Show the sessions of"))
        self._ids: tuple[str, ...] = ("",)
        self.activated.connect(self._choose)

    def show_routines(self, routines: Sequence[PastRoutine], chosen: str) -> None:
        """Show these; the chosen one stays in the box even where it is not among them."""
        shown = routines[:_MOST]
        model = QStandardItemModel(self)
        model.appendRow(QStandardItem(self.tr("All routines")))
        for routine in shown:
            model.appendRow(QStandardItem(f"{plain(routine.name, _LONGEST)}  ({routine.sessions:,})"))
        self._ids = ("", *(routine.id for routine in shown))
        with QSignalBlocker(self):
            self.show_items(model)
            self.setCurrentIndex(self._ids.index(chosen) if chosen in self._ids else 0)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._ids):
            self.chosen.emit(self._ids[row])
