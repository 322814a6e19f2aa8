"""One row for each kind of setting there is."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from chain_timer.drawing.text import shown
from chain_timer.drawing.theme import DARK, Theme
from chain_timer.speech.voices import Voice
from chain_timer.system.settings import Choice, Range, Setting, Switch
from chain_timer.window.basics import PlainLabel
from chain_timer.window.calm_wheel import CalmBox, CalmSlider
from chain_timer.window.fields import LevelPicker
from chain_timer.window.option_names import option_names
from chain_timer.window.toggle import Toggle

Value = bool | int | str
_LABEL = 210
_NARROW = 470
_STEPS = 5


class SettingRow(QWidget):
    """A label and a field; beneath each other where there is little room."""

    changed = Signal(object)
    tried = Signal()

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QCoreApplication.translate("settings", setting.label)
        self.label = PlainLabel(self.name).wrapping()
        self.field = QHBoxLayout()
        self.field.setSpacing(10)
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)
        self.box.addWidget(self.label)
        self.box.addLayout(self.field, 1)

    def show_value(self, value: Value) -> None:
        """Show a value without asking for it."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.box.setDirection(down if narrow else across)
        self.label.setFixedWidth(max(60, self.width() if narrow else _LABEL))

    def add_try(self, text: str) -> None:
        button = QPushButton(text, self)
        button.clicked.connect(self.tried)
        self.field.addWidget(button)


class SwitchRow(SettingRow):
    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self.toggle = Toggle(self.name, self)
        self.field.addStretch(1)
        self.field.addWidget(self.toggle)
        self.toggle.clicked.connect(self._switch)

    def show_value(self, value: Value) -> None:
        self.toggle.setChecked(bool(value))

    def resizeEvent(self, event: QResizeEvent) -> None:
        QWidget.resizeEvent(self, event)
        self.label.setFixedWidth(max(60, self.width() - 76))

    def _switch(self, on: bool) -> None:  # noqa: FBT001 - Qt's own
        self.changed.emit(on)


class RangeRow(SettingRow):
    def __init__(self, setting: Setting, rule: Range, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._unit = QCoreApplication.translate("settings", rule.unit)
        self._step = _STEPS if rule.most - rule.least >= 20 * _STEPS and rule.least % _STEPS == 0 else 1
        self.slider = CalmSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(rule.least // self._step, rule.most // self._step)
        self.slider.setPageStep(max(1, (rule.most - rule.least) // self._step // 10))
        self.slider.setAccessibleName(self.name)
        self.value = PlainLabel(tone="quiet")
        widest = self._text(rule.most)
        self.value.setFixedWidth(self.value.fontMetrics().horizontalAdvance(widest) + 14)
        self.field.addWidget(self.slider, 1)
        self.field.addWidget(self.value)
        self.slider.valueChanged.connect(self._slide)

    def show_value(self, value: Value) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(int(value) / self._step))
        self.value.setText(self._text(int(value)))

    def _slide(self, steps: int) -> None:
        self.value.setText(self._text(steps * self._step))
        self.changed.emit(steps * self._step)

    def _text(self, value: int) -> str:
        return f"{value} {self._unit}".strip()


class ChoiceRow(SettingRow):
    def __init__(self, setting: Setting, rule: Choice, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self.picker = LevelPicker(self.name, option_names(rule.options), self)
        self.field.addWidget(self.picker, 1)
        self.picker.chosen.connect(self._choose)
        if setting.key == "tone_set":
            self.add_try(self.tr("Hear them"))

    def show_value(self, value: Value) -> None:
        self.picker.show_level(str(value))

    def _choose(self, option: str) -> None:
        self.changed.emit(option)


class VoiceRow(SettingRow):
    """The voices by language; which there are is told later, because asking takes a while."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._chosen = ""
        self.voices = VoiceBox(self)
        self.voices.setAccessibleName(self.name)
        self.field.addWidget(self.voices, 1)
        self.add_try(self.tr("Hear it"))
        self.show_voices(())
        self.voices.activated.connect(self._choose)

    def show_value(self, value: Value) -> None:
        self._chosen = str(value)
        place = self.voices.findData(self._chosen)
        if place < 0:
            self._add(self.voices.items, shown(self._chosen), self._chosen)
            place = self.voices.count() - 1
        self.voices.setCurrentIndex(place)

    def show_voices(self, groups: Sequence[tuple[str, Sequence[Voice]]]) -> None:
        items = QStandardItemModel(self)
        self._add(items, self.tr("Choose for me"), "")
        for language, voices in groups:
            title = QStandardItem(shown(language))
            title.setEnabled(False)
            items.appendRow(title)
            for voice in voices:
                self._add(items, f"    {shown(voice.name)}", voice.id)
        self.voices.show_items(items)
        self.show_value(self._chosen)

    def _add(self, items: QStandardItemModel, text: str, voice: str) -> None:
        item = QStandardItem(text)
        item.setData(voice, Qt.ItemDataRole.UserRole)
        items.appendRow(item)

    def _choose(self, place: int) -> None:
        self._chosen = str(self.voices.itemData(place) or "")
        self.changed.emit(self._chosen)


class VoiceBox(CalmBox):
    """A box with an arrow in the color of the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.items = QStandardItemModel(self)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setMaxVisibleItems(14)

    def show_items(self, items: QStandardItemModel) -> None:
        self.items = items
        self.setModel(items)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.quiet), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = self.width() - 20, self.height() // 2
        painter.drawLine(x - 4, y - 2, x, y + 2)
        painter.drawLine(x, y + 2, x + 4, y - 2)


def row_of(setting: Setting, parent: QWidget | None = None) -> SettingRow:
    """Give the row that goes with the rule of a setting."""
    rule = setting.rule
    if isinstance(rule, Switch):
        return SwitchRow(setting, parent)
    if isinstance(rule, Range):
        return RangeRow(setting, rule, parent)
    if isinstance(rule, Choice):
        return ChoiceRow(setting, rule, parent)
    return VoiceRow(setting, parent)
