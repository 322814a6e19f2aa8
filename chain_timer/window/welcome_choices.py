"""The second half of the welcome: with which voice, how much is said, and where to begin."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, QRect, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.text import shown
from chain_timer.drawing.theme import BODY, SMALL
from chain_timer.speech.voices import Voice, grouped
from chain_timer.system.settings import COACHING_LEVELS, SETTINGS
from chain_timer.window.basics import PlainLabel
from chain_timer.window.fields import LevelPicker
from chain_timer.window.option_names import option_names
from chain_timer.window.setting_rows import VoiceRow

_NARROW = 430
_SIDE = 20
_OTHER = "Other English"


class Choosing(QWidget):
    """Told voices, the level and its example; asks for others, to begin, and to look around."""

    change_requested = Signal(str, object)
    voice_try_requested = Signal()
    begin_requested = Signal()
    library_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        setting = next(setting for setting in SETTINGS if setting.key == "voice")
        self.voice = StackedVoiceRow(setting, self)
        self.note = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self.level = LevelPicker(self.tr("Coaching"), option_names(COACHING_LEVELS), self)
        self.example = PlainLabel().in_size(BODY).wrapping()
        self._examples: dict[str, str] = {}
        self.begin = QPushButton(self)
        self.begin.setObjectName("primary")
        self.look = QPushButton(self.tr("Look around"), self)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self._connect()
        self.show_note("")

    def show_voices(self, groups: Sequence[tuple[str, Sequence[Voice]]], chosen: Voice | None) -> None:
        """Show the voices there are; ``chosen`` speaks as long as nobody takes another."""
        self.voice.show_voices(groups)
        if chosen is not None:
            text = self.tr("{name}, chosen for you").format(name=shown(chosen.name))
            self.voice.voices.items.item(0).setText(text)

    def show_note(self, text: str) -> None:
        """Tell about the voices; that all words are English where there is nothing else to tell."""
        self.note.setText(text or self.tr("All I say is English so far; the voice gives it its accent."))

    def show_voice(self, voice: str) -> None:
        self.voice.show_value(voice)

    def show_examples(self, examples: Mapping[str, str]) -> None:
        """Take what would be said at each level."""
        self._examples = dict(examples)
        self._fit_example()

    def show_level(self, level: str) -> None:
        """Show a level with what would be said."""
        self.level.show_level(level)
        self.example.setText(self._examples.get(level, ""))

    def show_routine(self, name: str) -> None:
        self.begin.setText(self.tr("Begin with {name}").format(name=shown(name)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < _NARROW
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(down if narrow else across)
        super().resizeEvent(event)
        self._fit_example()

    def _fit_example(self) -> None:
        """Have room for the longest of the examples, so that nothing moves when a level is tried."""
        flags = Qt.TextFlag.TextWordWrap
        room = QRect(0, 0, max(1, self.width() - 2 * _SIDE - 2), 10_000)
        metrics = self.example.fontMetrics()
        heights = [metrics.boundingRect(room, flags, text).height() for text in self._examples.values()]
        self.example.setMinimumHeight(max(heights, default=0))

    def _arrange(self) -> None:
        panel = QFrame(self)
        panel.setObjectName("panel")
        rows = QVBoxLayout(panel)
        rows.setContentsMargins(_SIDE, 16, _SIDE, 18)
        rows.setSpacing(8)
        rows.addWidget(self.voice)
        rows.addWidget(self.note)
        rows.addSpacing(8)
        rows.addWidget(PlainLabel(self.tr("How much I say")).in_size(BODY, QFont.Weight.DemiBold))
        rows.addWidget(self.level)
        rows.addWidget(self.example)
        self.example.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._buttons.setSpacing(10)
        self._buttons.addWidget(self.begin, 1)
        self._buttons.addWidget(self.look)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(panel)
        whole.addLayout(self._buttons)

    def _connect(self) -> None:
        self.voice.changed.connect(lambda voice: self.change_requested.emit("voice", voice))
        self.voice.tried.connect(self.voice_try_requested)
        self.level.chosen.connect(lambda level: self.change_requested.emit("coaching", level))
        self.begin.clicked.connect(self.begin_requested)
        self.look.clicked.connect(self.library_requested)


class StackedVoiceRow(VoiceRow):
    """The row of the settings with its label above its field, however much room there is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        QWidget.resizeEvent(self, event)
        self.box.setDirection(QBoxLayout.Direction.TopToBottom)
        self.label.in_size(BODY, QFont.Weight.DemiBold)


def by_region(voices: Sequence[Voice]) -> tuple[tuple[str, tuple[Voice, ...]], ...]:
    """Give the English voices by the region they come from; where there are none, all by their language."""
    groups: dict[str, list[Voice]] = {}
    for voice in sorted(voices, key=lambda voice: (voice.name.casefold(), voice.id)):
        language, *places = voice.language.split("-")
        if language == "en":
            groups.setdefault(_region(places), []).append(voice)
    if not groups:
        return grouped(voices)
    return tuple(
        (name, tuple(groups[name])) for name in sorted(groups, key=lambda name: (name == _OTHER, name))
    )


def _region(places: Sequence[str]) -> str:
    """Give the name of the first place that is one, as ``United States``."""
    for place in places:
        territory = QLocale.codeToTerritory(place.upper())
        if territory != QLocale.Country.AnyCountry:
            return QLocale.territoryToString(territory)
    return _OTHER
