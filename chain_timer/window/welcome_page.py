"""The welcome: one page with two halves. Do you hear me? And: with which voice, how much, where to begin."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import HUGE, LARGE, LEAD
from chain_timer.window.basics import PlainLabel
from chain_timer.window.enter import ENTER, pressed_by_enter
from chain_timer.window.page_area import PageArea
from chain_timer.window.welcome_listen import Listening, Stand

if TYPE_CHECKING:
    from chain_timer.window.welcome_choices import Choosing
    from chain_timer.window.welcome_figure import WelcomeFigure

_BESIDE_FROM = 900
"""So wide, the figure stands beside the words."""
_WIDEST, _VERY_WIDEST = 1_180, 1_500
_SHARE = 0.58
"""Of a very large window."""
_FLAT = 0.7
"""How tall the stage beside the words is for its width: the figure lies more than it stands."""
_WORDS = 540
_ABOVE_FROM = 600
"""So tall, a narrow window has room for the figure above the words."""
_ABOVE = 0.27
_GAP, _NEAR = 40, 16
_UNLIMITED = 16_777_215


class WelcomePage(QWidget):
    """Told which half is shown; asks to leave. What the halves ask for, they ask themselves."""

    skip_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.figure: WelcomeFigure | None = None
        self.choosing: Choosing | None = None
        self.title = PlainLabel(self.tr("Hello.")).in_size(HUGE, QFont.Weight.Bold).wrapping()
        self.intro = PlainLabel(self._introduction(), tone="quiet").in_size(LEAD).wrapping()
        self.listening = Listening(self)
        self.skip = QPushButton(self.tr("Skip"), self)
        self.skip.setObjectName("link")
        self.skip.setToolTip("Esc")
        self.skip.clicked.connect(self.skip_requested)
        self._area = PageArea(self)
        self._words = QVBoxLayout()
        self._top = QHBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self.setFocusProxy(self.listening.play)

    # --- told ----------------------------------------------------------------------------------------

    def show_figure(self, figure: "WelcomeFigure") -> None:
        """Have a figure beside the words, or above them."""
        self.figure = figure
        self._columns.replaceWidget(self._ground, figure)
        self._ground.hide()
        self._place()

    def show_choosing(self, choosing: "Choosing", *, voice: bool, tones: bool) -> None:
        """Go on to the second half, with what is heard from now on."""
        self.choosing = choosing
        self.title.in_size(LARGE, QFont.Weight.Bold)
        self.intro.show()
        if voice:
            self.title.setText(self.tr("Good."))
            self.intro.setText(self.tr("Two things to choose, if you like. The settings have them too."))
        elif tones:
            self.title.setText(self.tr("With tones, then."))
            self.intro.setText(self.tr("Everything I would say is shown. The settings have the voice."))
        else:
            self.title.setText(self.tr("In silence, then."))
            self.intro.setText(self.tr("Everything I would say is shown. The settings have the sound."))
        self._words.replaceWidget(self.listening, choosing)
        self.listening.hide()
        choosing.show()
        self._place()
        self.setFocusProxy(choosing.begin)
        choosing.begin.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.verticalScrollBar().setValue(0)

    # --- asked ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.skip_requested.emit()
        elif pressed_by_enter(self, event):
            return
        elif event.key() in ENTER and not event.isAutoRepeat():
            self._enter()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _enter(self) -> None:
        """Do what comes next, or open the box one is at: its arrow keys alone would be hard to find."""
        at = self.focusWidget()
        if isinstance(at, QComboBox):
            at.showPopup()
        elif self.choosing is not None:
            self.choosing.begin.click()
        else:
            self.listening.first.click()

    # --- put together --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        words = self._words
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(14)
        words.addStretch(1)
        for widget in (self.title, self.intro):
            words.addWidget(widget)
        words.addSpacing(6)
        words.addWidget(self.listening)
        words.addStretch(1)
        self._area.body.setLayout(words)
        self._area.setWidget(self._area.body)
        self._ground = QWidget(self)
        self._columns.addWidget(self._ground, 1)
        self._columns.addWidget(self._area)
        self._top.addStretch(1)
        self._top.addWidget(self.skip)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._top)
        rows.addLayout(self._columns, 1)
        self.listening.stood.connect(self._take_stand)

    def _place(self) -> None:
        """Put the figure beside the words, or above them as long as they need little room."""
        width, height = self.width(), self.height()
        beside = width >= _BESIDE_FROM
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if beside else down)
        widest = min(max(_WIDEST, width * _SHARE), _VERY_WIDEST)
        side = max(_GAP if beside else _NEAR, round(width - widest) // 2)
        self._top.setContentsMargins(0, 8, side if width < _WIDEST + 2 * _GAP else _GAP, 0)
        below = _NEAR + (self.skip.sizeHint().height() if beside else 0)
        self._columns.setContentsMargins(side, 4, side, below)
        self._columns.setSpacing(_GAP if beside else _NEAR)
        stands = self.figure or self._ground
        stands.setVisible(beside or (height >= _ABOVE_FROM and self._is_short()))
        if beside:
            self._area.setFixedWidth(_WORDS)
            stands.setMinimumHeight(0)
            stands.setMaximumHeight(round((width - 2 * side - _GAP - _WORDS) * _FLAT))
        else:
            self._area.setMinimumWidth(0)
            self._area.setMaximumWidth(_UNLIMITED)
            stands.setFixedHeight(round(height * _ABOVE))
        self._columns.setStretch(1, 0 if beside else 1)

    def _take_stand(self) -> None:
        helps = self.listening.stand is Stand.HELPING
        self.title.setText(self.tr("Let us find out why.") if helps else self.tr("Hello."))
        self.title.in_size(LARGE if helps else HUGE, QFont.Weight.Bold)
        self.intro.setVisible(not helps)
        self._place()

    def _is_short(self) -> bool:
        """Whether there is little to read: no choices, and no help."""
        return self.choosing is None and self.listening.stand is not Stand.HELPING

    def _introduction(self) -> str:
        return self.tr(
            "I lead you through stretches and exercises: I show and say every step, and count every hold."
        )
