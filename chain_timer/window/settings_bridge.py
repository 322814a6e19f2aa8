"""Between the settings, the page that shows them, and what is tried out there."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_timer.speech.voices import grouped
from chain_timer.system.settings import SETTINGS
from chain_timer.timeline.segment import Tone
from chain_timer.window.settings_page import SettingsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chain_timer.system.settings import Settings
    from chain_timer.window.background import Background
    from chain_timer.window.parts import WindowParts


class SettingsBridge(QObject):
    """Made when the settings are first shown."""

    def __init__(self, parent: QWidget, parts: WindowParts, background: Background) -> None:
        super().__init__(parent)
        self.page = page = SettingsPage(SETTINGS, parent)
        page.change_requested.connect(lambda key, value: parts.store.change(**{key: value}))
        page.voice_try_requested.connect(
            lambda: parts.try_voice(self.tr("Reach tall, breathe out, and hold."))
        )
        page.tone_try_requested.connect(lambda: parts.try_tone(Tone.START))
        background.run(lambda: grouped(parts.voices()), page.show_voices)

    def show(self, settings: Settings) -> None:
        """Show the settings as they are."""
        self.page.show_values(asdict(settings))
