"""Fields in which a person chooses a length, a number, or a level."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QStyle, QWidget

from chain_timer.drawing.theme import DARK, Theme
from chain_timer.units import SECOND_MS, duration_text, parse_duration
from chain_timer.window.basics import IconButton
from chain_timer.window.calm_wheel import CalmSlider

_FIELD_WIDTH = 92
_NUMBER_WIDTH = 64
_HANDLE = 24
"""How wide the style sheet makes the handle, with the border of the slider."""


class LengthField(QWidget):
    """A length on a slider of usual ones, and a line to type any other within bounds."""

    changed = Signal(int)
    refused = Signal(str)

    def __init__(
        self,
        name: str,
        usual_s: tuple[int, int],
        bounds_ms: tuple[int, int],
        *,
        step_s: int = 5,
        parent: QWidget | None = None,
        marked_s: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(parent)
        self._bounds_ms = bounds_ms
        self._step_s = step_s
        self._ms = usual_s[0] * SECOND_MS
        marked = (marked_s[0] // step_s, marked_s[1] // step_s) if marked_s else None
        self.slider = MarkedSlider(marked, self)
        self.slider.setRange(usual_s[0] // step_s, usual_s[1] // step_s)
        self.slider.setPageStep(2)
        self.slider.setAccessibleName(name)
        self.line = QLineEdit(self)
        self.line.setFixedWidth(_FIELD_WIDTH)
        self.line.setMaxLength(20)
        self.line.setAccessibleName(self.tr("{name}, typed").format(name=name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.line)
        self.slider.valueChanged.connect(self._slide)
        self.line.editingFinished.connect(self._type)

    @property
    def ms(self) -> int:
        return self._ms

    def show_length(self, ms: int) -> None:
        self._ms = ms
        with QSignalBlocker(self.slider), QSignalBlocker(self.line):
            self.slider.setValue(round(ms / SECOND_MS / self._step_s))
            self.line.setText(duration_text(ms))
        self._mark(wrong=False)

    def _slide(self, value: int) -> None:
        self.show_length(value * self._step_s * SECOND_MS)
        self.changed.emit(self._ms)

    def _type(self) -> None:
        text = self.line.text()
        if text == duration_text(self._ms):
            self._mark(wrong=False)
            return
        try:
            ms = parse_duration(text)
        except ValueError as error:
            self._refuse(str(error))
            return
        least, most = self._bounds_ms
        if not least <= ms <= most:
            bounds = self.tr("Choose from {least} to {most}.")
            self._refuse(bounds.format(least=duration_text(least), most=duration_text(most)))
            return
        self.show_length(ms)
        self.refused.emit("")
        self.changed.emit(ms)

    def _refuse(self, reason: str) -> None:
        self._mark(wrong=True)
        self.refused.emit(reason)

    def _mark(self, *, wrong: bool) -> None:
        if bool(self.line.property("wrong")) != wrong:
            self.line.setProperty("wrong", wrong)
            self.line.style().polish(self.line)
            if not wrong:
                self.refused.emit("")


class MarkedSlider(CalmSlider):
    """A slider on which the usual span is marked."""

    def __init__(self, marked: tuple[int, int] | None, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._marked = marked
        self._theme = DARK

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._marked is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.setBrush(QColor(self._theme.chosen))
            low, high = (self._center_of(value) for value in self._marked)
            painter.drawRoundedRect(QRectF(low, self.height() / 2 - 8, high - low, 16), 8, 8)
            painter.end()
        super().paintEvent(event)

    def _center_of(self, value: int) -> float:
        span = self.width() - _HANDLE
        place = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), value, span)
        return place + _HANDLE / 2


class NumberField(QLineEdit):
    """A whole number within bounds; arrow keys step it."""

    changed = Signal(int)

    def __init__(self, name: str, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._number = least
        self.setFixedWidth(_NUMBER_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setMaxLength(len(str(most)))
        self.setAccessibleName(name)
        self.textEdited.connect(self._type)
        self.editingFinished.connect(lambda: self.show_number(self._number))

    @property
    def number(self) -> int:
        return self._number

    def show_number(self, number: int) -> None:
        self._number = min(max(number, self._least), self._most)
        self.setText(str(self._number))

    def step(self, by: int) -> None:
        before = self._number
        self.show_number(self._number + by)
        if self._number != before:
            self.changed.emit(self._number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.step(steps)

    def _type(self, text: str) -> None:
        number = int(text) if text.isascii() and text.isdigit() else None
        if number is not None and self._least <= number <= self._most and number != self._number:
            self._number = number
            self.changed.emit(number)


class Stepper(QWidget):
    """A whole number with a button on each side."""

    changed = Signal(int)

    def __init__(self, name: str, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = NumberField(name, least, most, self)
        self.less = IconButton("less", self.tr("{name}: one less").format(name=name), self, ground="raised")
        self.more = IconButton("more", self.tr("{name}: one more").format(name=name), self, ground="raised")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.less, self.field, self.more):
            row.addWidget(widget)
        self.less.clicked.connect(lambda: self.field.step(-1))
        self.more.clicked.connect(lambda: self.field.step(1))
        self.field.changed.connect(self.changed)

    @property
    def number(self) -> int:
        return self.field.number

    def show_number(self, number: int) -> None:
        self.field.show_number(number)


class LevelPicker(QWidget):
    """A few words of which one is chosen, side by side."""

    chosen = Signal(str)

    def __init__(self, name: str, levels: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, text in levels:
            button = QPushButton(text, self)
            button.setObjectName("level")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            group.addButton(button)
            row.addWidget(button, 1)
            self._buttons[key] = button

    def show_level(self, key: str) -> None:
        if key in self._buttons:
            self._buttons[key].setChecked(True)
