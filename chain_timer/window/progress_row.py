"""How far something is that takes a while, and a button to have enough of it."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import DARK, Theme
from chain_timer.window.announcing import announce
from chain_timer.window.basics import Line
from chain_timer.window.underway import STEPS, Underway

_SHOWN_AFTER_MS = 350
"""What is quicker is over before anybody asks how far it is."""
_LOOK_MS = 50
_HIGH = 8


class ProgressRow(QWidget):
    """Told what is under way; there once it takes long, and gone when it is over."""

    cancel_requested = Signal()
    appeared = Signal()
    broke = Signal()
    """The work ended by a mistake of ours, and will tell no outcome."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Line(self, quiet=True)
        self.bar = ProgressLine(self)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self._underway: Underway | None = None
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.words)
        left.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addLayout(left, 1)
        row.addWidget(self.cancel)
        self._look_timer = QTimer(self, interval=_LOOK_MS)
        self._look_timer.timeout.connect(self._look)
        self._show_timer = QTimer(self, singleShot=True, interval=_SHOWN_AFTER_MS)
        self._show_timer.timeout.connect(self._appear)
        self.cancel.clicked.connect(self._cancel)
        self.hide()

    def begin(self, underway: Underway, words: str) -> None:
        """Follow a piece of work."""
        self._underway = underway
        self.words.show_text(words)
        self.bar.setAccessibleName(words)
        self._look()
        self._look_timer.start()
        self._show_timer.start()

    def end(self) -> None:
        """It is over."""
        self._underway = None
        self._look_timer.stop()
        self._show_timer.stop()
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether something is under way, seen or not yet."""
        return self._underway is not None

    def _appear(self) -> None:
        self.show()
        announce(self, self.words.text)
        self.appeared.emit()

    def _look(self) -> None:
        if self._underway is None:
            return
        self.bar.setValue(self._underway.step)
        if self._underway.is_broken:
            self.end()
            self.broke.emit()

    def _cancel(self) -> None:
        self.words.show_text(self.tr("Stopping…"))
        self.cancel_requested.emit()


class ProgressLine(QProgressBar):
    """A bar as thin as the groove of a slider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.setRange(0, STEPS)
        self.setTextVisible(False)
        self.setFixedHeight(_HIGH)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(whole, _HIGH / 2, _HIGH / 2)
        if self.value():
            painter.setBrush(QColor(self._theme.accent))
            whole.setWidth(max(_HIGH, whole.width() * self.value() / STEPS))
            painter.drawRoundedRect(whole, _HIGH / 2, _HIGH / 2)
