"""A notice on a page: what happened, and what can be done about it. It never blocks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QWidget

from chain_timer.drawing.theme import BODY, Theme
from chain_timer.window.announcing import announce
from chain_timer.window.basics import IconButton, PlainLabel

_LEAST_TEXT = 260

Answer = tuple[str, Callable[[], None]]
"""What a button says, and what it does."""


class Notice(QFrame):
    """Told a text with its answers; gone when one is given, or when it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self.text = PlainLabel().in_size(BODY).wrapping()
        self.close_button = IconButton("close", self.tr("Close this notice"), self)
        self.close_button.clicked.connect(self.hide)
        self._buttons: list[QPushButton] = []
        self._answers = QWidget(self)
        self._row = QHBoxLayout(self._answers)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 8, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.text, 0, 0)
        self._grid.addWidget(self.close_button, 0, 2, Qt.AlignmentFlag.AlignTop)
        self._place()
        self.hide()

    def show_theme(self, theme: Theme) -> None:
        self.close_button.show_theme(theme)

    @property
    def buttons(self) -> Sequence[QPushButton]:
        return self._buttons

    def show_notice(self, text: str, answers: Sequence[Answer] = (), *, focus: bool = False) -> None:
        """Show a notice in the place of the one before; with ``focus`` its first answer takes the keys."""
        self.text.setText(text)
        for button in self._buttons:
            button.setParent(None)
            button.deleteLater()
        self._buttons = [self._button(*answer) for answer in answers]
        self._answers.setVisible(bool(answers))
        for button in self._buttons:
            self._row.addWidget(button)
        self._place()
        self.show()
        announce(self, text)
        if focus and self._buttons:
            self._buttons[0].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        """Put the answers beside the text, or below it where they would leave it no room."""
        taken = sum(button.sizeHint().width() + 8 for button in self._buttons)
        self._grid.removeWidget(self._answers)
        if taken + _LEAST_TEXT > self.width():
            self._grid.addWidget(self._answers, 1, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addWidget(self._answers, 0, 1)

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        def answer() -> None:
            self.hide()
            act()

        button = QPushButton(text, self)
        button.clicked.connect(answer)
        return button
