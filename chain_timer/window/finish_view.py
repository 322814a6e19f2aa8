"""The end of a session: well done, what was done, and what now."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.strip import Block
from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, DARK, HUGE, TITLE, Theme
from chain_timer.window.basics import PlainLabel
from chain_timer.window.player_layout import scale_of
from chain_timer.window.strip_view import StripView

_LOW = 420


class FinishView(QWidget):
    """Told what was done; asks for it again, or for the routines."""

    again_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        center = Qt.AlignmentFlag.AlignHCenter
        self.seal = Seal(self)
        self.title = PlainLabel(self.tr("Well done")).in_size(HUGE, QFont.Weight.Bold)
        self.name = PlainLabel().in_size(TITLE, QFont.Weight.DemiBold).wrapping()
        self.done = PlainLabel(tone="quiet").in_size(TITLE).wrapping()
        self.strip = StripView(self)
        self.again = QPushButton(self.tr("Again"), self)
        self.close_button = QPushButton(self.tr("Back to the routines"), self)
        self.close_button.setObjectName("primary")
        for label in (self.title, self.name, self.done):
            label.setAlignment(center)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 12, 24, 12)
        rows.setSpacing(10)
        rows.addStretch(3)
        rows.addWidget(self.seal, 0, center)
        rows.addWidget(self.title)
        rows.addWidget(self.name)
        rows.addWidget(self.done)
        rows.addSpacing(8)
        rows.addWidget(self.strip)
        rows.addSpacing(12)
        rows.addLayout(buttons)
        rows.addStretch(4)
        self.again.clicked.connect(self.again_requested)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def show_done(self, name: str, done: str, blocks: Sequence[Block]) -> None:
        self.name.setText(name)
        self.done.setText(done)
        self.strip.show_blocks(blocks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        low = self.height() < _LOW
        scale = max(1.0, scale_of(self.width(), self.height()).big)
        self.seal.setVisible(not low)
        self.seal.setFixedSize(round(132 * scale), round(132 * scale))
        self.title.in_size(HUGE * scale, QFont.Weight.Bold)
        self.name.in_size(TITLE * scale, QFont.Weight.DemiBold)
        self.done.in_size(TITLE * scale)
        for button in (self.again, self.close_button):
            button.setFont(font(BODY * scale, QFont.Weight.DemiBold))
        self.strip.setVisible(self.height() >= _LOW - 100)
        self.strip.setFixedWidth(min(round(720 * scale), max(100, self.width() - 48)))
        box = self.layout()
        if box is not None:
            box.setAlignment(self.strip, Qt.AlignmentFlag.AlignHCenter)
        super().resizeEvent(event)


class Seal(QWidget):
    """A full ring with a check mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(self._theme.accent)
        side = self.width()
        painter.setPen(QPen(color, side * 0.06))
        inset = side * 0.05
        painter.drawEllipse(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))
        inset = side * 0.26
        paint_icon(painter, "check", QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), color)
