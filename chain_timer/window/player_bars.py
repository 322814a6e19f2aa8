"""The bars of the player page: above what is where, below what to press."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, LEAD, SMALL
from chain_timer.window.basics import IconButton, Line, PlainLabel

_PASSING_MS = 4_000


class TopBar(QWidget):
    """Told the routine, the place in it and the time left; asks to leave, to mute, to fill the screen."""

    leave_requested = Signal()
    mute_requested = Signal()
    full_screen_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("back", self.tr("Leave"), self)
        self.name = Line(self)
        self.place = Line(self, quiet=True)
        self.left = Line(self, quiet=True)
        self.mute = IconButton("sound", self.tr("Mute"), self)
        self.enlarge = IconButton("enlarge", self.tr("Full screen"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back)
        row.addWidget(self.name)
        row.addSpacing(6)
        row.addWidget(self.place)
        row.addStretch(1)
        row.addWidget(self.left)
        row.addWidget(self.mute)
        row.addWidget(self.enlarge)
        row.setSpacing(6)
        self.back.clicked.connect(self.leave_requested)
        self.mute.clicked.connect(self.mute_requested)
        self.enlarge.clicked.connect(self.full_screen_requested)

    def set_scale(self, scale: float) -> None:
        self.name.set_look(font(LEAD * scale, QFont.Weight.DemiBold))
        self.place.set_look(font(BODY * scale))
        self.left.set_look(font(LEAD * scale, tabular=True), Qt.AlignmentFlag.AlignRight)
        for button in (self.back, self.mute, self.enlarge):
            button.setFixedSize(round(38 * scale), round(38 * scale))

    def show_place(self, text: str) -> None:
        self.place.show_text(text)
        self.place.setMinimumWidth(self.place.sizeHint().width())

    def show_left(self, text: str) -> None:
        changed = len(text) != len(self.left.text)
        self.left.show_text(text)
        if changed:
            self.left.setFixedWidth(self.left.sizeHint().width() + 4)

    def show_muted(self, muted: bool) -> None:  # noqa: FBT001 - the one thing it says
        self.mute.show_icon("muted" if muted else "sound", self.tr("Sound on") if muted else self.tr("Mute"))

    def show_full_screen(self, full: bool) -> None:  # noqa: FBT001 - the one thing it says
        name = self.tr("Leave full screen") if full else self.tr("Full screen")
        self.enlarge.show_icon("reduce" if full else "enlarge", name)


class Controls(QWidget):
    """Previous, the one big button, next."""

    back_requested = Signal()
    toggle_requested = Signal()
    next_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.previous = IconButton("previous", self.tr("Previous"), self, ground="raised", padding=0.3)
        self.toggle = IconButton("pause", self.tr("Pause"), self, ground="fill", padding=0.27)
        self.next = IconButton("next", self.tr("Next"), self, ground="raised", padding=0.3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addStretch(1)
        for button in (self.previous, self.toggle, self.next):
            row.addWidget(button)
        row.addStretch(1)
        self.previous.clicked.connect(self.back_requested)
        self.toggle.clicked.connect(self.toggle_requested)
        self.next.clicked.connect(self.next_requested)

    def set_height(self, height: int) -> None:
        self.toggle.setFixedSize(height, height)
        for button in (self.previous, self.next):
            button.setFixedSize(round(height * 0.78), round(height * 0.78))

    def show_icon(self, icon: str, name: str) -> None:
        self.toggle.show_icon(icon, name)


class LeaveBar(QFrame):
    """Asks in place whether to leave, while the session goes on."""

    kept = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self.setAutoFillBackground(True)
        self.question = PlainLabel().in_size(BODY, QFont.Weight.DemiBold).wrapping()
        self.keep = QPushButton(self.tr("Keep going"), self)
        self.keep.setObjectName("primary")
        self.leave = QPushButton(self.tr("Leave"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 4, 3)
        row.addWidget(self.question, 1)
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        self.keep.clicked.connect(self.kept)
        self.leave.clicked.connect(self.left)
        self.hide()

    def ask(self, question: str) -> None:
        self.question.setText(question)
        self.show()
        self.raise_()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)


class NoticeStrip(QFrame):
    """A message that waits to be read and is in nobody's way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self.text = PlainLabel().in_size(BODY).wrapping()
        self.close_button = IconButton("close", self.tr("Close the message"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.close_button.clicked.connect(self.hide)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.timeout.connect(self.hide)
        self.hide()

    def show_notice(self, text: str, *, passing: bool = False) -> None:
        """Show a message until it is closed; one in passing goes by itself."""
        self._passing.stop()
        if passing:
            self._passing.start(_PASSING_MS)
        self.text.setText(text)
        self.show()
        self.raise_()


class KeySheet(QFrame):
    """All keys, shown in place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 16, 22, 16)
        rows.setSpacing(5)
        rows.addWidget(PlainLabel(self.tr("Keys")).in_size(LEAD, QFont.Weight.DemiBold))
        for keys, meaning in self._keys():
            row = QHBoxLayout()
            row.setSpacing(16)
            name = PlainLabel(keys).in_size(SMALL, QFont.Weight.DemiBold)
            name.setFixedWidth(84)
            row.addWidget(name)
            row.addWidget(PlainLabel(meaning, tone="quiet").in_size(SMALL), 1)
            rows.addLayout(row)
        self.hide()

    def _keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Space"), self.tr("pause, go on, done")),
            ("← →", self.tr("previous, next")),
            ("R", self.tr("this part again")),
            ("+ \u2212", self.tr("five seconds more, less")),
            ("1 to 4", self.tr("coaching: full, cues, names, silent")),
            ("C", self.tr("next level of coaching")),
            ("M", self.tr("mute")),
            ("F", self.tr("full screen")),
            ("Esc", self.tr("leave")),
            ("?", self.tr("these keys")),
        ]
