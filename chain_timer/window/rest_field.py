"""A rest of one's own, or the one that holds for all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chain_timer.timeline.options import LONGEST_REST_MS
from chain_timer.units import SECOND_MS
from chain_timer.window.fields import LengthField
from chain_timer.window.toggle import Toggle

_USUAL_MS = 15 * SECOND_MS


class RestField(QWidget):
    """Told a rest, or None for the usual one; asks for another."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggle = Toggle(self.tr("{name}: one of its own").format(name=name), self)
        self.length = LengthField(name, (0, 120), (0, LONGEST_REST_MS), parent=self)
        self._kept_ms = _USUAL_MS
        """What was set last, for when it is switched on again."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.toggle)
        row.addWidget(self.length, 1)
        self.toggle.clicked.connect(self._switch)
        self.length.changed.connect(lambda rest_ms: self.changed.emit(rest_ms))  # noqa: PLW0108 - int to object
        self.length.refused.connect(self.refused)

    def show_rest(self, rest_ms: int | None) -> None:
        self.toggle.setChecked(rest_ms is not None)
        self.length.setEnabled(rest_ms is not None)
        if rest_ms is not None:
            self._kept_ms = rest_ms
        self.length.show_length(self._kept_ms)

    def _switch(self, on: bool) -> None:  # noqa: FBT001 - Qt's own
        self.length.setEnabled(on)
        self.changed.emit(self._kept_ms if on else None)
