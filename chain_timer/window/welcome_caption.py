"""What is being said, shown while it is heard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QHideEvent
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.theme import LARGE
from chain_timer.window.basics import PlainLabel
from chain_timer.window.welcome_parts import Line

LINGER_MS = 700
"""After the last line, until all of it is shown again."""


class Caption(PlainLabel):
    """Told lines with their moments; shows each when it is due, and all of them in the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, tone="accent")
        self.in_size(LARGE, QFont.Weight.DemiBold).wrapping()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Room for what breaks into two lines in a narrow window, so that nothing below it moves.
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)
        self._lines: tuple[Line, ...] = ()
        self._next = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._show_next)

    @property
    def running(self) -> bool:
        """Whether there is more to come."""
        return self._timer.isActive()

    def show_lines(self, lines: Sequence[Line], in_ms: int) -> None:
        """Show these, the first one after so long."""
        self._lines, self._next = tuple(lines), 0
        self.setText("")
        self._timer.start(in_ms)

    def show_words(self, words: str) -> None:
        """Show something that nobody says."""
        self._timer.stop()
        self.setText(words)

    def show_all(self) -> None:
        """Show at once what was said, or would have been."""
        first, *rest = (line.words for line in self._lines)
        self.show_words("\n".join((first, " ".join(rest))).strip())

    def hideEvent(self, event: QHideEvent) -> None:
        if self.running:
            self.show_all()
        super().hideEvent(event)

    def _show_next(self) -> None:
        if self._next >= len(self._lines):
            self.show_all()
            return
        line = self._lines[self._next]
        self._next += 1
        self.setText(line.words)
        last = self._next >= len(self._lines)
        due_ms = line.end_ms + LINGER_MS if last else self._lines[self._next].at_ms
        self._timer.start(max(1, due_ms - line.at_ms))
