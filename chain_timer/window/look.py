"""The look of the program: fonts, the theme that is chosen or the system's, and who is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from chain_timer.drawing.fonts import load_fonts
from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, DARK, LIGHT, Theme
from chain_timer.window.stylesheet import stylesheet

if TYPE_CHECKING:
    from collections.abc import Collection

    from chain_timer.system.settings import Settings

_MOTION = "chosenMotion"
"""The property of the application that says what a person chose."""


@runtime_checkable
class Themed(Protocol):
    """A widget that paints itself, and so must be told the theme."""

    def show_theme(self, theme: Theme) -> None: ...


class Look(QObject):
    """Applies a theme to the program, and to widgets that paint themselves."""

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: str = "system", motion: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self.choose_motion(motion)
        self._choice = choice
        load_fonts()
        application.setStyle("Fusion")
        application.setFont(font(BODY))
        self.theme = self._wanted()
        self._apply()
        application.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: str) -> None:
        """Take ``system``, ``light`` or ``dark``."""
        self._choice = choice
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice)
        # The frame around the window belongs to the system, which should know too.
        self._application.styleHints().setColorScheme(scheme or Qt.ColorScheme.Unknown)
        self._follow()

    def choose_motion(self, motion: str) -> None:
        """Take ``system``, ``reduced`` or ``full``."""
        self._application.setProperty(_MOTION, motion)

    def follow(self, settings: Settings, changed: Collection[str]) -> None:
        """Take what was changed in the settings."""
        if "theme" in changed:
            self.choose(settings.theme)
        if "motion" in changed:
            self.choose_motion(settings.motion)

    def dress(self, widget: QWidget) -> None:
        """Tell a widget and all within it the theme."""
        for each in (widget, *widget.findChildren(QWidget)):
            if isinstance(each, Themed):
                each.show_theme(self.theme)

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.theme:
            self.theme = wanted
            self._apply()
            self.changed.emit(wanted)

    def _wanted(self) -> Theme:
        if self._choice != "system":
            return DARK if self._choice == "dark" else LIGHT
        dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _apply(self) -> None:
        self._application.setPalette(palette_of(self.theme))
        self._application.setStyleSheet(stylesheet(self.theme))


def palette_of(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, color in (
        (roles.Window, theme.background),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.raised),
        (roles.Button, theme.raised),
        (roles.WindowText, theme.text),
        (roles.Text, theme.text),
        (roles.ButtonText, theme.text),
        (roles.PlaceholderText, theme.quiet),
        (roles.Highlight, theme.fill),
        (roles.HighlightedText, theme.on_fill),
        (roles.ToolTipBase, theme.raised),
        (roles.ToolTipText, theme.text),
        (roles.Accent, theme.accent),
    ):
        palette.setColor(role, QColor(color))
    return palette


def moves(widget: QWidget) -> bool:
    """Whether motion is wanted: as a person chose it, else as the system says."""
    application = QApplication.instance()
    chosen = application.property(_MOTION) if application is not None else None
    if chosen in {"reduced", "full"}:
        return bool(chosen == "full")
    from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - 5 ms that the first paint has no use for

    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


def is_seen(widget: QWidget) -> bool:
    """Whether a widget is on a screen, as far as anybody can know."""
    window = widget.window()
    return widget.isVisible() and not window.isMinimized() and _is_exposed(window.windowHandle())


def _is_exposed(handle: QWindow | None) -> bool:
    return handle is not None and handle.isExposed()


def motion_ms(widget: QWidget, usual_ms: int) -> int:
    """Give how long a motion may take: nothing where none is wanted."""
    return usual_ms if moves(widget) else 0
