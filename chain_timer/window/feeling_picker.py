"""How a session felt, in one tap."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from chain_timer.session.record import Feeling
from chain_timer.window.history_words import feeling_text


class FeelingPicker(QWidget):
    """How it felt, in one tap; a second tap on the same takes it back."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("How did it feel?")
        self.setAccessibleName(name)
        self.buttons: dict[Feeling, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for feeling in Feeling:
            button = QPushButton(feeling_text(feeling), self)
            button.setObjectName("level")
            button.setCheckable(True)
            button.setAccessibleName(f"{name} {feeling_text(feeling)}")
            button.clicked.connect(lambda on, feeling=feeling: self._choose(feeling if on else None))
            row.addWidget(button, 1)
            self.buttons[feeling] = button

    @property
    def feeling(self) -> Feeling | None:
        return next((feeling for feeling, button in self.buttons.items() if button.isChecked()), None)

    def show_feeling(self, chosen: Feeling | None) -> None:
        for feeling, button in self.buttons.items():
            button.setChecked(feeling is chosen)

    def _choose(self, feeling: Feeling | None) -> None:
        self.show_feeling(feeling)
        self.chosen.emit(feeling)
