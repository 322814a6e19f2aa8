"""The end of a session: well done, what was done, and what now."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.strip import Block
from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, DARK, HUGE, TITLE, Theme
from chain_timer.session.record import LONGEST_NOTE
from chain_timer.window.basics import PlainLabel
from chain_timer.window.feeling_picker import FeelingPicker
from chain_timer.window.player_layout import scale_of
from chain_timer.window.strip_view import StripView

_LOW = 420


class FinishView(QWidget):
    """Told what was done; asks how it felt, for it again, or for the routines."""

    again_requested = Signal()
    closed = Signal()
    felt = Signal(object, str)
    """How it felt, if it was told, and a note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.seal = Seal(self)
        self.title = PlainLabel(self.tr("Well done")).in_size(HUGE, QFont.Weight.Bold)
        self.name = PlainLabel().in_size(TITLE, QFont.Weight.DemiBold).wrapping()
        self.done = PlainLabel(tone="quiet").in_size(TITLE).wrapping()
        self.strip = StripView(self)
        self.question = PlainLabel(self.tr("How did it feel?"), tone="quiet").in_size(BODY)
        self.feeling = FeelingPicker(self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("A note for later, if you like"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setMaxLength(LONGEST_NOTE)
        self._noted = ""
        """The note as it was last told."""
        self.again = QPushButton(self.tr("Again"), self)
        self.close_button = QPushButton(self.tr("Back to the routines"), self)
        self.close_button.setObjectName("primary")
        self._lay_out()
        for button in (self.again, self.close_button):
            button.clicked.connect(self._tell_note)
        self.again.clicked.connect(self.again_requested)
        self.close_button.clicked.connect(self.closed)
        self.feeling.chosen.connect(lambda _feeling: self._tell())
        self.note.editingFinished.connect(self._tell_note)
        self.hide()

    def _lay_out(self) -> None:
        center = Qt.AlignmentFlag.AlignHCenter
        for label in (self.title, self.name, self.done, self.question):
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
        rows.addSpacing(6)
        rows.addWidget(self.question)
        rows.addWidget(self.feeling, 0, center)
        rows.addWidget(self.note, 0, center)
        rows.addSpacing(12)
        rows.addLayout(buttons)
        rows.addStretch(4)

    def show_done(self, name: str, done: str, blocks: Sequence[Block]) -> None:
        self.name.setText(name)
        self.done.setText(done)
        self.strip.show_blocks(blocks)

    def begin(self) -> None:
        """Forget how the last session felt."""
        self.feeling.show_feeling(None)
        self.note.clear()
        self._noted = ""
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        # Whoever leaves by a key has not left the field.
        self._tell_note()
        super().hideEvent(event)

    def _tell_note(self) -> None:
        if self.note.text().strip() != self._noted:
            self._tell()

    def _tell(self) -> None:
        self._noted = self.note.text().strip()
        self.felt.emit(self.feeling.feeling, self._noted)

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
        self.question.in_size(BODY * scale)
        self.question.setVisible(not low)
        self.note.setVisible(not low)
        for button in self.feeling.buttons.values():
            button.setFont(font(BODY * scale))
        room = max(100, self.width() - 48)
        self.strip.setFixedWidth(min(round(720 * scale), room))
        self.feeling.setFixedWidth(min(round(480 * scale), room))
        self.note.setFont(font(BODY * scale))
        self.note.setFixedWidth(min(round(480 * scale), room))
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
