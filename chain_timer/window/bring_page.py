"""The import page: files come in, a person looks at what is in them, and takes what they like."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from chain_timer.drawing.theme import LARGE
from chain_timer.window.announcing import announce
from chain_timer.window.basics import IconButton, Line, PlainLabel
from chain_timer.window.bring_reading import BringRow, Findings, counted, file_lines
from chain_timer.window.bring_views import DoneView, PreviewView, StartView
from chain_timer.window.enter import ENTER, pressed_by_enter
from chain_timer.window.notice import Answer, Notice
from chain_timer.window.progress_row import ProgressRow
from chain_timer.window.underway import Underway

_NARROW = 620
_WIDEST = 1280
_LOW = 460


class BringPage(QWidget):
    """Told what was found and how it went; asks for files, and to take what is chosen."""

    back_requested = Signal()
    files_requested = Signal()
    files_dropped = Signal(object)
    """A tuple of paths."""
    take_requested = Signal()
    undo_requested = Signal()
    show_requested = Signal()
    cancel_requested = Signal()
    broke = Signal()
    """What was under way ended by a mistake of ours."""

    def __init__(self, formats: Sequence[str], parent: QWidget | None = None) -> None:
        """``formats`` are the names of those that can be brought in."""
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self.back = IconButton("back", self.tr("Back"), self)
        self.title = PlainLabel(self.tr("Import")).in_size(LARGE, QFont.Weight.Bold)
        self.more = QPushButton(self.tr("Other files…"), self)
        self.notice = Notice(self)
        self.start = StartView(formats, self)
        self.preview = PreviewView(self)
        self.done = DoneView(self)
        self.stack = QStackedWidget(self)
        self.summary = Line(self, quiet=True)
        self.take = QPushButton(self)
        self.take.setObjectName("primary")
        self.progress = ProgressRow(self)
        self.foot = QFrame(self)
        self.foot.setObjectName("foot")
        for view in (self.start, self.preview, self.done):
            self.stack.addWidget(view)
        self._arrange()
        self._connect()
        self.begin()

    # --- told ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Be ready for files."""
        self.notice.hide()
        self.progress.end()
        self._show_view(self.start)

    def show_findings(self, findings: Findings) -> None:
        """Show what was found, to choose from."""
        self.notice.hide()
        self.preview.show_findings(findings)
        self.show_preview()
        announce(self, ". ".join(file_lines(findings.files)))

    def show_preview(self) -> None:
        """Show what was found before, as it was chosen."""
        self._show_view(self.preview)

    def show_working(self, underway: Underway, words: str) -> None:
        """Show how far something is, once it takes long."""
        self.notice.hide()
        self.progress.begin(underway, words)
        self._show_foot()

    def end_working(self) -> None:
        """It is over."""
        had_focus = self.progress.isAncestorOf(self.focusWidget())
        self.progress.end()
        self._show_foot()
        if had_focus:
            self._current.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, words: str, losses_title: str, losses_text: str) -> None:
        """Show how much is a person's own now."""
        self.done.show_done(words, losses_title, losses_text)
        self._show_view(self.done)
        announce(self, words)

    def show_notice(self, text: str, answers: Sequence[Answer] = ()) -> None:
        """Tell what went wrong, or what was undone."""
        self.notice.show_notice(text, answers)

    @property
    def chosen(self) -> tuple[BringRow, ...]:
        """What comes, with what it needs."""
        return self.preview.list.rows.chosen

    # --- asked ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._current is not self.preview or not self.preview.step_out():
                self.back_requested.emit()
        elif pressed_by_enter(self, event):
            return
        elif event.key() in ENTER and not event.isAutoRepeat():
            self._ask_to_take()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()
            self.start.zone.show_hovered(hovered=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.start.zone.show_hovered(hovered=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.start.zone.show_hovered(hovered=False)
        paths = _dropped(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width, low = self.width(), self.height() < _LOW
        side = max(16 if width < _NARROW else 32, (width - _WIDEST) // 2)
        self._head.setContentsMargins(side - 8, 8 if low else 20, side, 4 if low else 10)
        self._body.setContentsMargins(side, 4, side, 8 if low else 16)
        self._bar.setContentsMargins(side, 8 if low else 14, side, 8 if low else 16)
        super().resizeEvent(event)

    @property
    def _current(self) -> QWidget:
        return self.stack.currentWidget() or self.start

    def _show_view(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        self.more.setVisible(view is not self.start)
        self._show_foot()
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_foot(self) -> None:
        working, choosing = self.progress.isVisibleTo(self.foot), self._current is self.preview
        self.summary.setVisible(choosing and not working)
        self.take.setVisible(choosing and not working)
        self.foot.setVisible(working or choosing)

    def _show_progress(self) -> None:
        self._show_foot()
        self.progress.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        chosen = self.chosen
        routines = sum(row.is_routine for row in chosen)
        self.take.setText(self.tr("Import {count}").format(count=f"{len(chosen):,}"))
        self.take.setEnabled(bool(chosen))
        text = counted(len(chosen) - routines, routines) if chosen else self.tr("Nothing is chosen")
        self.summary.show_text(text)
        self.take.setAccessibleDescription(text)

    def _ask_to_take(self) -> None:
        if self._current is self.preview and self.take.isEnabled() and not self.progress.is_busy:
            self.take_requested.emit()

    # --- put together --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.back)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.more)
        self._body = QVBoxLayout()
        self._body.setSpacing(10)
        self._body.addWidget(self.notice)
        self._body.addWidget(self.stack, 1)
        self._bar = QHBoxLayout(self.foot)
        self._bar.setSpacing(24)
        self._bar.addWidget(self.summary, 1)
        self._bar.addWidget(self.progress, 1)
        self._bar.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head)
        rows.addLayout(self._body, 1)
        rows.addWidget(self.foot)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.more.clicked.connect(self.files_requested)
        self.start.choose_requested.connect(self.files_requested)
        self.preview.chosen_changed.connect(self._count)
        self.preview.list.confirmed.connect(self._ask_to_take)
        self.take.clicked.connect(self._ask_to_take)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.progress.appeared.connect(self._show_progress)
        self.progress.broke.connect(self.broke)
        self.done.undo_requested.connect(self.undo_requested)
        self.done.show_requested.connect(self.show_requested)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.files_requested)


def _dropped(data: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(path) for url in data.urls() if (path := url.toLocalFile()))
