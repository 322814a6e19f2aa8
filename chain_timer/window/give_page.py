"""The export page: a routine becomes a file of a kind that a person chooses."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chain_timer.drawing.text import font, shown
from chain_timer.drawing.theme import BODY, LARGE, LEAD
from chain_timer.exchange.formats import OutFormat
from chain_timer.window.basics import IconButton, Line, PlainLabel
from chain_timer.window.enter import ENTER, pressed_by_enter
from chain_timer.window.give_options import Options, options_for
from chain_timer.window.give_rows import WORDS_LEFT, FormatRows, as_sentence
from chain_timer.window.in_sight import InSight
from chain_timer.window.notice import Answer, Notice
from chain_timer.window.plain_view import PlainView
from chain_timer.window.progress_row import ProgressRow
from chain_timer.window.underway import Underway

_TWO_COLUMNS = 820
_NARROW = 620
_WIDEST = 1180
_LOW = 460
_LOSSES_HIGH = 150


class GivePage(QWidget):
    """Told a routine's name and how it went; asks to save it as a kind of file."""

    back_requested = Signal()
    save_requested = Signal()
    cancel_requested = Signal()
    broke = Signal()
    """What was under way ended by a mistake of ours."""

    def __init__(self, formats: Sequence[OutFormat], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._formats = {each.id: each for each in formats}
        self.back = IconButton("back", self.tr("Back"), self)
        self.title = Line(self)
        self.notice = Notice(self)
        self.rows = FormatRows(formats, self)
        self.name = PlainLabel().in_size(LEAD, QFont.Weight.DemiBold).wrapping()
        self.about = PlainLabel(tone="quiet").in_size(BODY).wrapping()
        asked = ((each.id, options_for(each, self)) for each in formats)
        self.options = {key: options for key, options in asked if options is not None}
        self.losses_title = PlainLabel().in_size(LEAD, QFont.Weight.DemiBold).wrapping()
        self.losses = PlainView(self.tr("What the file could not hold"), self)
        self.file_name = Line(self, quiet=True)
        self.save = QPushButton(self.tr("Save as…"), self)
        self.save.setObjectName("primary")
        self.progress = ProgressRow(self)
        self._stem = ""
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self._connect()
        self._choose()

    # --- told ----------------------------------------------------------------------------------------

    def begin(self, name: str, stem: str, today: str) -> None:
        """Be ready for a routine. ``stem`` is what its file would be called, ``today`` like 2026-01-05."""
        self._stem = stem
        self.title.show_text(self.tr("Export {name}").format(name=shown(name)))
        self.notice.hide()
        self.progress.end()
        for options in self.options.values():
            options.begin(today)
        self.show_losses("", "")
        self._choose()
        self.area.verticalScrollBar().setValue(0)
        self.rows.take_focus()

    def show_working(self, underway: Underway, words: str) -> None:
        """Show how far it is, once it takes long."""
        self.notice.hide()
        self.show_losses("", "")
        self.progress.begin(underway, words)
        self._show_foot()

    def end_working(self) -> None:
        """It is over."""
        had_focus = self.progress.isAncestorOf(self.focusWidget())
        self.progress.end()
        self._show_foot()
        if had_focus:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_notice(self, text: str, answers: Sequence[Answer] = ()) -> None:
        """Tell how it went."""
        self.notice.show_notice(text, answers)

    def show_losses(self, title: str, text: str) -> None:
        """Show what the file could not hold; nothing for an empty text."""
        self.losses_title.setText(title)
        self.losses.setPlainText(text)
        self._losses_panel.setVisible(bool(text))
        if text:
            self._losses_in_sight.bring()

    # --- asked ---------------------------------------------------------------------------------------

    @property
    def format(self) -> OutFormat | None:
        """What is chosen; None where there are no formats."""
        return self._formats.get(self.rows.choice)

    def wishes_for(self, format_id: str) -> Mapping[str, str]:
        """What was chosen for a kind of file."""
        options = self.options.get(format_id)
        return {} if options is None else options.wishes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        elif event.key() in ENTER and not isinstance(self.focusWidget(), QPushButton):
            # On a kind of file, and in its fields, Enter is for the page.
            if not event.isAutoRepeat():
                self._ask_to_save()
        elif not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width, low = self.width(), self.height() < _LOW
        self._place_options(beneath=width < _TWO_COLUMNS)
        side = max(16 if width < _NARROW else 32, (width - _WIDEST) // 2)
        self._head.setContentsMargins(side - 8, 8 if low else 20, side, 4 if low else 10)
        self._above.setContentsMargins(side, 0, side, 8)
        self._body.setContentsMargins(side, 4, side, 16)
        self._bar.setContentsMargins(side, 8 if low else 14, side, 8 if low else 16)
        super().resizeEvent(event)

    @property
    def _shown_options(self) -> Options | None:
        return self.options.get(self.rows.choice)

    def _choose(self) -> None:
        """Show what goes with the chosen kind of file."""
        made = self.format
        if made is None:
            return
        self.name.setText(as_sentence(made.name))
        self.about.setText(as_sentence(made.about))
        for key, options in self.options.items():
            options.setVisible(key == made.id)
        self.file_name.show_text(f"{self._stem}{made.suffix}")
        self._show_foot()
        row = self.rows.buttons[made.id]
        if row.hasFocus():
            self.area.ensureWidgetVisible(row, 0, 0)

    def _place_options(self, *, beneath: bool) -> None:
        """Put what a kind of file wants to be told beside the kinds, or beneath the one that is chosen."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        direction = down if beneath else across
        if direction is self._columns.direction():
            return
        self._columns.setDirection(direction)
        for key, options in self.options.items():
            options.set_inset(WORDS_LEFT if beneath else 0)
            if beneath:
                self.rows.put_under(key, options)
            else:
                self._chosen.addWidget(options)
        self._chosen_panel.setVisible(not beneath)
        self._choose()

    def _show_foot(self) -> None:
        working = self.progress.isVisibleTo(self.foot)
        self.file_name.setVisible(not working)
        self.save.setVisible(not working)
        options = self._shown_options
        fine = options is None or not options.problem
        self.save.setEnabled(self.format is not None and fine and not self.progress.is_busy)

    def _show_progress(self) -> None:
        self._show_foot()
        self.progress.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_to_save(self) -> None:
        if self.save.isEnabled():
            self.save_requested.emit()

    # --- put together --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.title.set_look(font(LARGE, QFont.Weight.Bold))
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.back)
        self._head.addWidget(self.title, 1)
        self._above = QVBoxLayout()
        self._above.addWidget(self.notice)
        self.foot = QFrame(self)
        self.foot.setObjectName("foot")
        self._bar = QHBoxLayout(self.foot)
        self._bar.setSpacing(24)
        self._bar.addWidget(self.file_name, 1)
        self._bar.addWidget(self.progress, 1)
        self._bar.addWidget(self.save)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head)
        rows.addLayout(self._above)
        rows.addWidget(self._scrolled(), 1)
        rows.addWidget(self.foot)

    def _scrolled(self) -> QScrollArea:
        body = QWidget()
        body.setObjectName("body")
        self._body = QVBoxLayout(body)
        self._columns.setSpacing(24)
        left, inside = _panel(self)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.rows)
        self._columns.addWidget(left, 5, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(16)
        self._chosen_panel, self._chosen = _panel(self)
        for widget in (self.name, self.about, *self.options.values()):
            self._chosen.addWidget(widget)
        self._chosen.setSpacing(12)
        right.addWidget(self._chosen_panel)
        self._losses_panel, inside = _panel(self)
        self.losses.setMinimumHeight(_LOSSES_HIGH)
        inside.addWidget(self.losses_title)
        inside.addWidget(self.losses)
        right.addWidget(self._losses_panel)
        self._losses_in_sight = InSight(
            self._losses_panel, lambda area: area.ensureWidgetVisible(self._losses_panel, 0, 0)
        )
        right.addStretch(1)
        self._columns.addLayout(right, 6)
        self._body.addLayout(self._columns)
        self._body.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(body)
        return self.area

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.rows.chosen.connect(lambda _format: self._choose())
        self.save.clicked.connect(self._ask_to_save)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.progress.appeared.connect(self._show_progress)
        self.progress.broke.connect(self.broke)
        for options in self.options.values():
            options.changed.connect(self._show_foot)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._ask_to_save)


def _panel(parent: QWidget) -> tuple[QFrame, QVBoxLayout]:
    panel = QFrame(parent)
    panel.setObjectName("panel")
    rows = QVBoxLayout(panel)
    rows.setContentsMargins(20, 16, 20, 18)
    rows.setSpacing(10)
    return panel, rows
