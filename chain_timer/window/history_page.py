"""The history: what was done, what it did for which muscle, and how the holds come on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from chain_timer.drawing.theme import BODY, DARK, LARGE, LEAD, Theme
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.enter import pressed_by_enter
from chain_timer.window.fields import LevelPicker
from chain_timer.window.finish_view import Seal
from chain_timer.window.history_sessions import NARROW, WIDEST, SessionsView
from chain_timer.window.look import Themed
from chain_timer.window.notice import Notice
from chain_timer.window.progress_row import ProgressRow
from chain_timer.window.session_detail import SessionDetail

if TYPE_CHECKING:
    from datetime import date

    from chain_timer.routine.names import Names
    from chain_timer.session.record import SessionRecord
    from chain_timer.window.history_muscles import MusclesView
    from chain_timer.window.history_progress import ProgressView

View = TypeVar("View", bound=QWidget)

SESSIONS, MUSCLES, PROGRESS = "sessions", "muscles", "progress"
_LOW = 460
_PICKER_WIDTH = 480
_EMPTY_WIDTH = 460


class HistoryPage(QWidget):
    """Told what was kept; asks for more of it, and for what is to be done with it."""

    back_requested = Signal()
    export_requested = Signal()
    """Of all that is shown."""
    day_chosen = Signal(object)
    """A date; None for all days."""
    session_left = Signal()
    view_chosen = Signal(str)
    routines_requested = Signal()

    def __init__(self, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.title = PlainLabel(self.tr("History")).in_size(LARGE, QFont.Weight.Bold)
        self.export = IconButton("give_out", self.tr("Export…"), self)
        self.picker = LevelPicker(self.tr("View"), self._views(), self)
        self.notice = Notice(self)
        self.underway = ProgressRow(self)
        """How far a file of sessions is that is being written."""
        self.sessions = SessionsView(self)
        self.detail = SessionDetail(self)
        self.empty = EmptyView(self)
        self.reading = PlainLabel(self.tr("Reading…"), tone="quiet").in_size(BODY)
        self.stack = QStackedWidget(self)
        # Each view fits any window by itself; the largest of them shall not say how small one may be.
        ignored = QSizePolicy.Policy.Ignored
        self.stack.setSizePolicy(ignored, ignored)
        self._names = names
        self._theme = DARK
        self._view = SESSIONS
        self._has_sessions: bool | None = None
        """None as long as nobody knows."""
        self._arrange()
        self._connect()
        self._show_parts()

    # --- views that are made when they are first looked at --------------------------------------------

    @cached_property
    def muscles(self) -> MusclesView:
        from chain_timer.window.history_muscles import MusclesView  # noqa: PLC0415 - most look at the list

        return self._added(MusclesView(self._names, self))

    @cached_property
    def progress(self) -> ProgressView:
        from chain_timer.window.history_progress import ProgressView  # noqa: PLC0415 - as above

        return self._added(ProgressView(self))

    def _added(self, view: View) -> View:
        self.stack.addWidget(view)
        for each in (view, *view.findChildren(QWidget)):
            if isinstance(each, Themed):
                each.show_theme(self._theme)
        return view

    # --- told ----------------------------------------------------------------------------------------

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def view(self) -> str:
        """Which of the three is chosen."""
        return self._view

    def show_whether_any(self, *, any_sessions: bool) -> None:
        """Show what there is, or what will be here once there is something."""
        first = self._has_sessions is None
        self._has_sessions = any_sessions
        self._show_parts()
        if first and self.hasFocus():
            self._pass_focus_on(Qt.FocusReason.OtherFocusReason)

    def show_failed(self) -> None:
        """Tell that nothing can be read now; the notice says why. What is shown stays."""
        self.reading.setText(self.tr("The history cannot be read now."))

    def show_view(self, view: str) -> None:
        self._view = view
        self.picker.show_level(view)
        self._show_parts()

    def show_session(self, record: SessionRecord, today: date) -> None:
        """Show a session in full, in the place of the list."""
        self.detail.show_session(record, today)
        self._switch()
        self.detail.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_session(self) -> None:
        """Go back to the list, where one was."""
        if self.detail.session_id:
            self.detail.leave()
            self._switch()
            self.sessions.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.session_left.emit()

    # --- asked ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_out()
        elif not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._has_sessions is not None:
            self._pass_focus_on(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = 16 if self.width() < NARROW else 32
        low = self.height() < _LOW
        right = max(side, self.width() - side - WIDEST)
        self._head.setContentsMargins(side, 10 if low else 28, right, 10)
        self._notice_box.setContentsMargins(side, 4, right, 4)
        super().resizeEvent(event)

    def _step_out(self) -> None:
        if self.detail.session_id:
            self.leave_session()
        elif self._view == SESSIONS and self.sessions.day.isVisibleTo(self.sessions):
            self.day_chosen.emit(None)
        else:
            self.back_requested.emit()

    def _pass_focus_on(self, reason: Qt.FocusReason) -> None:
        """Give the keys to what a person most likely wants, if they can see it."""
        if not self._has_sessions:
            self.empty.button.setFocus(reason)
        elif self.detail.session_id:
            self.detail.back.setFocus(reason)
        elif self._view == SESSIONS and not self.sessions.list.visibleRegion().isEmpty():
            self.sessions.list.choose(max(0, self.sessions.list.currentIndex().row()))
            self.sessions.list.setFocus(reason)
        else:
            self.picker.setFocus(reason)

    def _show_parts(self) -> None:
        in_session = bool(self.detail.session_id)
        known = self._has_sessions
        self.stack.setCurrentWidget(self._shown())
        for widget in (self._head_box, self.picker):
            widget.setVisible(not in_session)
        self.picker.setVisible(bool(known) and not in_session)
        self.export.setVisible(bool(known))

    def _switch(self) -> None:
        """Go to a session or back. What has the keys must not be hidden: Qt would scroll to what is next."""
        self.stack.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_parts()

    def _shown(self) -> QWidget:
        if self._has_sessions is None:
            return self._waiting
        if not self._has_sessions:
            return self.empty
        if self.detail.session_id:
            return self.detail
        if self._view == MUSCLES:
            return self.muscles
        return self.progress if self._view == PROGRESS else self.sessions

    # --- put together --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._head_box = QWidget(self)
        self._head = head = QVBoxLayout(self._head_box)
        head.setSpacing(8)
        title = QHBoxLayout()
        title.addWidget(self.title, 1)
        title.addWidget(self.export)
        head.addLayout(title)
        self.picker.setMaximumWidth(_PICKER_WIDTH)
        head.addWidget(self.picker)
        self._waiting = QWidget(self)
        waiting = QVBoxLayout(self._waiting)
        waiting.setContentsMargins(32, 8, 32, 8)
        waiting.addWidget(self.reading, 0, Qt.AlignmentFlag.AlignTop)
        for each in (
            self.sessions,
            self.detail,
            self.empty,
            self._waiting,
        ):
            self.stack.addWidget(each)
        whole.addWidget(self._head_box)
        self._notice_box = QVBoxLayout()
        self._notice_box.addWidget(self.notice)
        self._notice_box.addWidget(self.underway)
        whole.addLayout(self._notice_box)
        whole.addWidget(self.stack, 1)
        self.picker.show_level(SESSIONS)

    def _connect(self) -> None:
        self.picker.chosen.connect(self._choose_view)
        for button in self.picker.findChildren(QPushButton)[:1]:
            self.picker.setFocusProxy(button)
        self.export.clicked.connect(self.export_requested)
        self.detail.left.connect(self.leave_session)
        self.sessions.day.left.connect(lambda: self.day_chosen.emit(None))
        self.sessions.map.day_requested.connect(self.day_chosen)
        self.empty.closed.connect(self.routines_requested)

    def _choose_view(self, view: str) -> None:
        self.show_view(view)
        self.view_chosen.emit(view)

    def _views(self) -> list[tuple[str, str]]:
        return [
            (SESSIONS, self.tr("Sessions")),
            (MUSCLES, self.tr("Muscles")),
            (PROGRESS, self.tr("Progress")),
        ]


class EmptyView(QWidget):
    """What will be here after the first session."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        center = Qt.AlignmentFlag.AlignHCenter
        self.seal = Seal(self)
        self.seal.setFixedSize(96, 96)
        self.title = PlainLabel(self.tr("Your first session will be here")).in_size(LEAD + 4)
        self.title.in_size(LEAD + 4, QFont.Weight.DemiBold).wrapping()
        self.text = PlainLabel(
            self.tr(
                "Whatever you do is kept here, on this computer alone: each session with its strip, "
                "the days of the year, your muscles beside the usual dose, and how your holds come on."
            ),
            tone="quiet",
        )
        self.text.in_size(BODY).wrapping()
        self.button = QPushButton(self.tr("Choose a routine"), self)
        self.button.setObjectName("primary")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 8, 16, 24)
        rows.setSpacing(12)
        rows.addStretch(2)
        rows.addWidget(self.seal, 0, center)
        for label in (self.title, self.text):
            label.setAlignment(center)
            rows.addWidget(label)
        rows.addSpacing(4)
        rows.addWidget(self.button, 0, center)
        rows.addStretch(3)
        self.button.clicked.connect(self.closed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.seal.setVisible(self.height() > 300)  # noqa: PLR2004 - below that the words need the room
        side = max(16, (self.width() - _EMPTY_WIDTH) // 2)
        box = self.layout()
        if box is not None:
            box.setContentsMargins(side, 8, side, 24)
        super().resizeEvent(event)
