"""The section of the settings page for who has a question: the version, and a report to send along."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer import __version__
from chain_timer.drawing.theme import LEAD
from chain_timer.window.announcing import announce
from chain_timer.window.basics import PlainLabel


class HelpPanel(QFrame):
    """Told how it goes with the report; asks for it, and for the welcome."""

    report_requested = Signal()
    welcome_requested = Signal()
    """Show the page again that the very first start began with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        title = PlainLabel(self.tr("Help")).in_size(LEAD, QFont.Weight.DemiBold)
        self.version = PlainLabel(f"Chain Timer {__version__}")
        self.words = PlainLabel(tone="quiet").wrapping()
        self.report = QPushButton(self.tr("Copy a report"), self)
        self.welcome = QPushButton(self.tr("Show the welcome again"), self)
        self.report.clicked.connect(self.report_requested)
        self.welcome.clicked.connect(self.welcome_requested)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(14)
        for each in (title, self.version, self.words):
            rows.addWidget(each)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.report)
        buttons.addWidget(self.welcome)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        self.show_rest()

    def show_rest(self) -> None:
        """Be ready to make a report."""
        self.words.setText(
            self.tr(
                "Something is not right? The report says what this computer has and what of it works. "
                "It names nothing of yours, and goes nowhere by itself."
            )
        )
        self.report.setEnabled(True)

    def show_without_report(self) -> None:
        """There is nothing that could make one."""
        self.words.hide()
        self.report.hide()

    def show_working(self) -> None:
        """A report is being made, which takes some seconds."""
        self.report.setEnabled(False)
        self._tell(self.tr("Looking at screen, sound and voice…"))

    def show_copied(self) -> None:
        """A report is on the clipboard."""
        self.show_rest()
        self._tell(self.tr("Copied. Paste it into your message, and read it before you send it."))

    def show_failed(self, reason: str) -> None:
        """There is no report."""
        self.show_rest()
        self._tell(self.tr("No report could be made: {reason}").format(reason=reason))

    def _tell(self, text: str) -> None:
        self.words.setText(text)
        announce(self, text)
