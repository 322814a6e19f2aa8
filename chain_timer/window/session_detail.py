"""One session of the past in full: when, what was done of it, how it felt, and a note."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, LARGE, LEAD, SMALL
from chain_timer.session.clock import Moment
from chain_timer.session.record import LONGEST_NOTE, SessionRecord
from chain_timer.units import clock_text
from chain_timer.window.basics import IconButton, Line, PlainLabel
from chain_timer.window.feeling_picker import FeelingPicker
from chain_timer.window.history_words import (
    date_text,
    day_text,
    ending_text,
    length_text,
    name_text,
    time_text,
)
from chain_timer.window.page_area import PageArea
from chain_timer.window.past_strip import PastStrip
from chain_timer.window.session_parts import PartTable, part_rows
from chain_timer.window.toggle import Toggle

_WIDEST = 1240
_NARROW = 620
_NOTE_HEIGHT = 84
_PAUSE_SEEN_MS = 1_000


class SessionDetail(PageArea):
    """Told a session; asks to keep how it felt, to play it again, to give it out, to remove it."""

    left = Signal()
    again_requested = Signal(object)
    """The session whose routine is wanted as it was played."""
    export_requested = Signal(str)
    delete_requested = Signal(str)
    feel_requested = Signal(str, object, str)
    """Of a session: how it felt, None for nothing told, and the note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: SessionRecord | None = None
        self._note = ""
        self.back = IconButton("back", self.tr("Back to the sessions (Esc)"), self)
        self.name = Line(self)
        self.when = PlainLabel().in_size(LEAD).wrapping()
        self.line = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        self.strip = PastStrip(self)
        self.feeling = FeelingPicker(self)
        self.note = NoteField(self)
        self.bound = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self.everything = Toggle(self.tr("Show rests and instructions too"), self)
        self.parts = PartTable(self)
        self.nothing = PlainLabel(self.tr("It ended before anything was done."), tone="quiet").wrapping()
        self.again = QPushButton(self.tr("Do it again"), self)
        self.again.setObjectName("primary")
        self.export = QPushButton(self.tr("Export…"), self)
        self.delete = QPushButton(self.tr("Delete"), self)
        self._arrange()
        self._connect()

    @property
    def session_id(self) -> str:
        """Of the session that is shown; empty where there is none."""
        return self._record.id if self._record else ""

    def show_session(self, record: SessionRecord, today: date) -> None:
        self.keep_note()
        self._record = record
        self.name.show_text(name_text(record.routine_name))
        self.when.setText(_when(record, today))
        self.line.setText(self._facts(record))
        blocks = tuple((part.kind, part.actual_ms) for part in record.parts)
        self.strip.show_blocks(blocks, record.planned_ms)
        self.feeling.show_feeling(record.feeling)
        self._note = record.note
        self.note.setPlainText(record.note)
        self._tell_bound()
        self.again.setEnabled(bool(record.content))
        self._show_parts()
        self.verticalScrollBar().setValue(0)

    def leave(self) -> None:
        """Keep the note, and show none from now on."""
        self.keep_note()
        self._record = None

    def keep_note(self) -> None:
        """Ask to have the note kept, if it is another one now."""
        text = self.note.toPlainText()[:LONGEST_NOTE]
        if self._record is not None and text != self._note:
            self._note = text
            self._ask_to_keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_body(_WIDEST, 12)

    def _facts(self, record: SessionRecord) -> str:
        length = length_text(record.played_ms, record.planned_ms)
        paused = record.paused_ms >= _PAUSE_SEEN_MS
        pauses = self.tr("paused for {length}").format(length=clock_text(record.paused_ms)) if paused else ""
        work = self.tr("{length} of work").format(length=clock_text(record.work_ms))
        return " · ".join(part for part in (ending_text(record.ending), length, work, pauses) if part)

    def _show_parts(self) -> None:
        if self._record is not None:
            rows = part_rows(self._record, only_work=not self.everything.isChecked())
            self.parts.show_rows(rows)
            self.parts.setVisible(bool(rows))
            self.nothing.setVisible(not rows)

    def _take_feeling(self) -> None:
        self._ask_to_keep()

    def _ask_to_keep(self) -> None:
        if self._record is not None:
            self.feel_requested.emit(self._record.id, self.feeling.feeling, self._note)

    def _tell_bound(self) -> None:
        left = LONGEST_NOTE - len(self.note.toPlainText())
        self.bound.setText(self.tr("{count} more characters").format(count=left))
        self.bound.setVisible(left < LONGEST_NOTE // 10)

    # --- put together --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.name.set_look(font(LARGE, QFont.Weight.Bold))
        self.note.setFixedHeight(_NOTE_HEIGHT)
        rows = QVBoxLayout(self.body)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.name, 1)
        rows.addLayout(head)
        for line in (self.when, self.line, self.strip):
            rows.addWidget(line)
        rows.addSpacing(8)
        rows.addWidget(self._title(self.tr("How did it feel?")))
        rows.addWidget(self.feeling)
        rows.addWidget(self.note)
        rows.addWidget(self.bound)
        rows.addLayout(self._buttons())
        rows.addSpacing(8)
        rows.addWidget(self._title(self.tr("What you did")))
        rows.addWidget(self.parts)
        rows.addWidget(self.nothing)
        rows.addLayout(self._everything_row())
        rows.addStretch(1)
        self.setWidget(self.body)
        self.setFocusProxy(self.back)

    def _title(self, text: str) -> PlainLabel:
        return PlainLabel(text).in_size(LEAD, QFont.Weight.DemiBold)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.again, self.export, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _everything_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.everything)
        row.addWidget(PlainLabel(self.everything.accessibleName(), tone="quiet").wrapping(), 1)
        return row

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.feeling.chosen.connect(self._take_feeling)
        self.note.left.connect(self.keep_note)
        self.note.textChanged.connect(self._tell_bound)
        self.everything.toggled.connect(self._show_parts)
        self.parts.row_in_sight_wanted.connect(partial(self.bring_in_sight, of=self.parts))
        self.again.clicked.connect(lambda: self.again_requested.emit(self._record))
        self.export.clicked.connect(lambda: self.export_requested.emit(self.session_id))
        self.delete.clicked.connect(lambda: self.delete_requested.emit(self.session_id))


def _when(record: SessionRecord, today: date) -> str:
    """Give ``Yesterday, Monday 3 March 2025, 18:40 to 18:56``; by the clock of the place where it began."""
    ended = Moment(record.ended_ms, record.started.offset_min).local
    near = day_text(record.started.day, today)
    whole = date_text(record.started.day)
    day = whole if near.split()[0] in whole else f"{near}, {whole}"
    return f"{day}, {time_text(record.started.local)} to {time_text(ended)}"


class NoteField(QPlainTextEdit):
    """A note of bounded length; Tab goes on, and who leaves it is told."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Note"))
        self.setPlaceholderText(self.tr("A note for later: what helped, what hurt…"))
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._bound)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # for the page
        else:
            super().keyPressEvent(event)

    def _bound(self) -> None:
        text = self.toPlainText()
        if len(text) > LONGEST_NOTE:
            cursor = self.textCursor()
            place = min(cursor.position(), LONGEST_NOTE)
            self.setPlainText(text[:LONGEST_NOTE])
            cursor.setPosition(place)
            self.setTextCursor(cursor)
