"""A notice on a page: what happened, and what can be done about it. It never blocks."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from chain_timer.drawing.theme import BODY
from chain_timer.window.announcing import announce
from chain_timer.window.basics import IconButton, PlainLabel

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
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.close_button)
        self.hide()

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
        for place, button in enumerate(self._buttons, 1):
            self._row.insertWidget(place, button)
        self.show()
        announce(self, text)
        if focus and self._buttons:
            self._buttons[0].setFocus()

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        def answer() -> None:
            self.hide()
            act()

        button = QPushButton(text, self)
        button.clicked.connect(answer)
        return button
