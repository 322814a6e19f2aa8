"""The first half of the welcome: whether a person hears the voice and the tones, and help where not."""

from __future__ import annotations

from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.theme import DARK, LEAD, Theme
from chain_timer.window.basics import PlainLabel
from chain_timer.window.welcome_caption import Caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_timer.system.settings import Settings
    from chain_timer.window.welcome_checks import Check, Checks
    from chain_timer.window.welcome_parts import Heard

_WAIT_MS = 500
"""So long nobody is told that they have to wait."""
_PLAY_HEIGHT = 56
_ICON = 24


class Stand(Enum):
    """Where the listening stands."""

    READY = auto()
    WAITING = auto()
    """Play was pressed, and nothing is heard yet."""
    ASKING = auto()
    HELPING = auto()


class Listening(QFrame):
    """Told what is heard and what is wrong; asks to play, and tells what the person answers."""

    play_requested = Signal()
    heard = Signal()
    unheard = Signal()
    """The person hears nothing."""
    stood = Signal()
    """Something else is asked."""
    unmute_requested = Signal()
    change_requested = Signal(str, object)
    """Of a setting: one of the volumes."""
    silence_accepted = Signal()
    """They go on without sound."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.stand = Stand.READY
        self._theme = DARK
        self._helps = QPushButton()
        """What helps most, of what is offered as help."""
        self.caption = Caption(self)
        self.line = PlainLabel().in_size(LEAD).wrapping()
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.play = self._button(self.tr("Play"), self.play_requested, primary=True)
        self.yes = self._button(self.tr("Yes, I hear you"), self.heard, primary=True)
        self.no = self._button(self.tr("No"), self.unheard)
        self.again = self._button(self.tr("Play again"), self.play_requested)
        self.retry = self._button(self.tr("Play again"), self.play_requested, primary=True)
        self.silent = self._button(self.tr("Go on without sound"), self.silence_accepted)
        self._buttons = (self.play, self.yes, self.no, self.again, self.retry, self.silent)
        self._patience = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._patience.timeout.connect(self._tell_waiting)
        self._arrange()
        self._take(Stand.READY)

    # --- told ----------------------------------------------------------------------------------------

    def show_theme(self, theme: Theme) -> None:
        picture = QPixmap(QSize(_ICON, _ICON) * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_icon(painter, "play", QRectF(0, 0, _ICON, _ICON), QColor(theme.on_fill))
        painter.end()
        self.play.setIcon(QIcon(picture))
        self._theme = theme

    def wait(self) -> None:
        """Play was asked for: soon it is heard, or it is said that it takes a moment."""
        self._take(Stand.WAITING)
        self._patience.start()

    def show_heard(self, heard: Heard) -> None:
        """Show what is said while it is said, and ask whether it is heard."""
        self._take(Stand.ASKING)
        self.caption.show_lines(heard.lines, heard.in_ms)

    @cached_property
    def checks(self) -> Checks:
        """What was looked at; made for who hears nothing."""
        from chain_timer.window.welcome_checks import Checks  # noqa: PLC0415 - most people need no help

        made = Checks(self)
        made.show_theme(self._theme)
        made.unmute_requested.connect(self.unmute_requested)
        made.change_requested.connect(self.change_requested)
        self._rows.insertWidget(self._rows.indexOf(self.line) + 1, made)
        return made

    def show_settings(self, settings: Settings) -> None:
        """Take settings that are others now."""
        if self.stand is Stand.HELPING:
            self.checks.show_settings(settings)

    def show_help(self, checks: Sequence[Check], settings: Settings, *, tones: bool = False) -> None:
        """Show what may be the reason why nothing is heard, or nothing but ``tones``."""
        self.silent.setText(self.tr("Go on without a voice") if tones else self.tr("Go on without sound"))
        muted = settings.muted
        self.checks.show_checks(checks, muted=muted)
        self.checks.show_settings(settings)
        wrong = any(check.wrong for check in checks)
        self._helps = self.checks.unmute if muted else self.silent if wrong else self.retry
        for button in (self.checks.unmute, self.silent, self.retry):
            _mark_primary(button, primary=button is self._helps)
        self._take(Stand.HELPING)
        _announce(self, " ".join(check.text for check in checks if not check.fine))

    # --- states --------------------------------------------------------------------------------------

    @property
    def first(self) -> QPushButton:
        """The button that Enter should press."""
        return {
            Stand.READY: self.play,
            Stand.WAITING: self.silent,
            Stand.ASKING: self.yes,
            Stand.HELPING: self._helps,
        }[self.stand]

    def _take(self, stand: Stand) -> None:
        self.stand = stand
        self._patience.stop()
        shown = {
            Stand.READY: (self.play,),
            Stand.WAITING: (self.silent,),
            Stand.ASKING: (self.yes, self.no, self.again),
            Stand.HELPING: (self.retry, self.silent),
        }[stand]
        had_focus = self.focusWidget() is not None
        for button in self._buttons:
            button.setVisible(button in shown)
        if "checks" in self.__dict__:
            self.checks.setVisible(stand is Stand.HELPING)
        self._show_line()
        if had_focus:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        if stand is Stand.ASKING:
            _announce(self, self.line.text())
        self.stood.emit()

    def _show_line(self) -> None:
        texts = {
            Stand.READY: self.tr("Turn the sound on, then press Play."),
            Stand.WAITING: "",
            Stand.ASKING: self.tr("Do you hear it?"),
            Stand.HELPING: "",
        }
        self.line.setText(texts[self.stand])
        self.line.setVisible(self.stand is not Stand.HELPING)
        if self.stand is Stand.READY:
            self.caption.show_words(self.tr("Can you hear me?"))
        elif self.stand is Stand.WAITING:
            self.caption.show_words("…")

    def _tell_waiting(self) -> None:
        self.line.setText(self.tr("Voice and sound are waking up …"))
        _announce(self, self.line.text())

    # --- put together --------------------------------------------------------------------------------

    def _button(self, text: str, asked: SignalInstance, *, primary: bool = False) -> QPushButton:
        button = QPushButton(text, self)
        _mark_primary(button, primary=primary)
        button.clicked.connect(asked)
        return button

    def _arrange(self) -> None:
        self.play.setIconSize(QSize(_ICON, _ICON))
        self.play.setMinimumHeight(_PLAY_HEIGHT)
        self.play.setMinimumWidth(240)
        self.line.in_size(LEAD, QFont.Weight.DemiBold)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in self._buttons:
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 20)
        rows.setSpacing(12)
        rows.addWidget(self.caption)
        rows.addWidget(self.line)
        rows.addLayout(buttons)


def _mark_primary(button: QPushButton, *, primary: bool) -> None:
    """Have it look like the one button that matters, or like any other."""
    button.setObjectName("primary" if primary else "")
    button.style().polish(button)


def _announce(widget: QWidget, text: str) -> None:
    from chain_timer.window.announcing import announce  # noqa: PLC0415 - 10 ms, and nothing to tell at first

    announce(widget, text)
