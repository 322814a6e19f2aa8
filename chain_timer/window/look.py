"""The look of the program: fonts, the theme that is chosen or the system's, and who is told of it."""

import logging
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, DARK, LIGHT, Theme
from chain_timer.resources import resource_path
from chain_timer.window.stylesheet import stylesheet

_log = logging.getLogger(__name__)
_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")


@runtime_checkable
class Themed(Protocol):
    """A widget that paints itself, and so must be told the theme."""

    def show_theme(self, theme: Theme) -> None: ...


class Look(QObject):
    """Applies a theme to the program, and to widgets that paint themselves."""

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        _load_fonts()
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


def motion_ms(widget: QWidget, usual_ms: int) -> int:
    """Give how long a motion may take: nothing where the system asks for none."""
    from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - 5 ms that the first paint has no use for

    wanted = widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return usual_ms if wanted > 0 else 0


def _load_fonts() -> None:
    for name in _FONTS:
        if QFontDatabase.addApplicationFont(str(resource_path("fonts", name))) < 0:
            _log.warning("the font %s cannot be used", name)
