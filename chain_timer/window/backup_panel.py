"""The section of the settings page that keeps everything safe: a backup made, and one brought back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chain_timer.drawing.theme import BODY, LEAD
from chain_timer.window.announcing import announce
from chain_timer.window.backup_words import PlanWords
from chain_timer.window.basics import PlainLabel
from chain_timer.window.in_sight import InSight
from chain_timer.window.notice import Answer, Notice
from chain_timer.window.plain_view import PlainView
from chain_timer.window.progress_row import ProgressRow
from chain_timer.window.toggle import Toggle
from chain_timer.window.underway import Underway

_DETAILS_HIGH = 132
_NARROW = 420


class BackupPanel(QFrame):
    """Told what is under way, what a backup would bring and what it brought; asks for each step."""

    back_up_requested = Signal()
    restore_requested = Signal()
    """To choose a backup and look at it."""
    wish_changed = Signal()
    """A person wants something else of the backup they look at."""
    confirmed = Signal()
    """What was looked at is to be restored."""
    declined = Signal()
    cancel_requested = Signal()
    broke = Signal()
    """What was under way ended by a mistake of ours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.title = PlainLabel(self.tr("Backup")).in_size(LEAD, QFont.Weight.DemiBold)
        self.about = PlainLabel(
            self.tr(
                "Your routines, exercises, drafts, settings and all your sessions as one file. "
                "It goes where you put it, and nowhere else."
            ),
            tone="quiet",
        )
        self.back_up = QPushButton(self.tr("Back up…"), self)
        self.restore = QPushButton(self.tr("Restore…"), self)
        self.notice = Notice(self)
        self.progress = ProgressRow(self)
        self.plan = PlanView(self)
        self._in_sight = InSight(self, self._scroll)
        self._arrange()
        self._connect()
        self.show_rest()

    # --- told ----------------------------------------------------------------------------------------

    def show_rest(self) -> None:
        """Be ready to make a backup, or to look at one."""
        had_focus = self.plan.isAncestorOf(self.focusWidget())
        self.plan.hide()
        self._buttons.show()
        if had_focus:
            self.restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_plan(self, words: PlanWords) -> None:
        """Show what a backup would bring, to be confirmed."""
        self.notice.hide()
        self.plan.show_plan(words)
        self._show_plan()
        announce(self, " ".join((words.title, *words.lines)))

    def show_report(self, words: PlanWords) -> None:
        """Show what became of it."""
        self.plan.show_report(words)
        self._show_plan()
        announce(self, " ".join(words.lines))

    def show_working(self, underway: Underway, words: str) -> None:
        """Show how far something is, once it takes long. The keys stay where they are until then."""
        self.notice.hide()
        self.progress.begin(underway, words)

    def end_working(self) -> None:
        """It is over."""
        had_focus = self.progress.isAncestorOf(self.focusWidget())
        self.progress.end()
        if had_focus:
            (self.plan.first if self.plan.isVisibleTo(self) else self.back_up).setFocus()

    def show_notice(self, text: str, answers: Sequence[Answer] = ()) -> None:
        """Tell how it went, and what can be done about it."""
        self.notice.show_notice(text, answers)
        self._in_sight.bring()

    # --- asked ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.plan.isVisibleTo(self) and not self.progress.is_busy:
            self.declined.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < _NARROW
        self.plan.show_narrow(narrow=narrow)
        super().resizeEvent(event)

    def _show_plan(self) -> None:
        focused = self.focusWidget()
        self.plan.show()
        if not (self.plan.isAncestorOf(focused) and focused.isVisibleTo(self)):
            self.plan.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._buttons.hide()
        self._in_sight.bring()

    def _scroll(self, area: QScrollArea) -> None:
        """Bring into view what has come to be below it."""
        area.ensureWidgetVisible(self.notice if self.notice.isVisible() else self.plan)

    # --- put together --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.back_up)
        row.addWidget(self.restore)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(14)
        rows.addWidget(self.title)
        rows.addWidget(self.about.wrapping())
        for each in (self._buttons, self.plan, self.progress, self.notice):
            rows.addWidget(each)

    def _connect(self) -> None:
        self.back_up.clicked.connect(self.back_up_requested)
        self.restore.clicked.connect(self.restore_requested)
        self.plan.confirm.clicked.connect(self.confirmed)
        self.plan.decline.clicked.connect(self.declined)
        self.plan.settings.clicked.connect(self.wish_changed)
        self.plan.replace.clicked.connect(self.wish_changed)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.progress.appeared.connect(lambda: self.progress.cancel.setFocus(Qt.FocusReason.OtherFocusReason))
        self.progress.broke.connect(self.broke)


class PlanView(QWidget):
    """What a backup would bring, or brought: in words, and name by name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel().in_size(BODY, QFont.Weight.DemiBold).wrapping()
        self.words = PlainLabel().in_size(BODY).wrapping()
        self.details = PlainView(self.tr("What is in the backup"), self)
        self.details.setFixedHeight(_DETAILS_HIGH)
        self.settings = Toggle(self.tr("Take the settings of the backup"), self)
        self.replace = Toggle(self.tr("Where files differ, take those of the backup"), self)
        self._wishes = (_labeled(self.settings), _labeled(self.replace))
        self.confirm = QPushButton(self.tr("Restore"), self)
        self.confirm.setObjectName("primary")
        self.decline = QPushButton(self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(10)
        for button in (self.confirm, self.decline):
            self._box.addWidget(button)
        self._box.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for each in (self.title, self.words, self.details, *self._wishes):
            rows.addWidget(each)
        rows.addLayout(self._box)

    @property
    def first(self) -> QPushButton:
        """The button that the keys go to."""
        return self.confirm if self.confirm.isVisibleTo(self) else self.decline

    def begin(self) -> None:
        """Forget what was wished of another backup."""
        self.settings.setChecked(False)
        self.replace.setChecked(False)

    def show_plan(self, words: PlanWords) -> None:
        """Show what would be done."""
        self._show(words)
        can_wish = (words.asks_for_settings, words.asks_for_files)
        for wish, can in zip(self._wishes, can_wish, strict=True):
            wish.setVisible(can)
        self.confirm.setVisible(words.changes or any(can_wish))
        self.confirm.setEnabled(words.changes)
        self.decline.setText(self.tr("Cancel") if self.confirm.isVisibleTo(self) else self.tr("Close"))

    def show_report(self, words: PlanWords) -> None:
        """Show what was done."""
        self._show(words)
        for wish in self._wishes:
            wish.hide()
        self.confirm.hide()
        self.decline.setText(self.tr("Close"))

    def show_narrow(self, *, narrow: bool) -> None:
        """Put the buttons beneath each other where there is little room."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if narrow else across)

    def _show(self, words: PlanWords) -> None:
        self.title.setText(words.title)
        self.words.setText("\n".join(words.lines))
        self.details.setPlainText(words.details)
        self.details.setVisible(bool(words.details))
        self.details.verticalScrollBar().setValue(0)


def _labeled(toggle: Toggle) -> QWidget:
    """Put the words of a switch beside it."""
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(12)
    across.addWidget(toggle)
    across.addWidget(PlainLabel(toggle.accessibleName()).in_size(BODY).wrapping(), 1)
    return row
