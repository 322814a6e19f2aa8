"""What the import page shows before anything was found, what was found, and when it is done."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.theme import BODY, DARK, LEAD, SMALL, TITLE, Theme
from chain_timer.window.basics import IconButton, PlainLabel
from chain_timer.window.bring_reading import Findings, details_words, file_lines, losses_title
from chain_timer.window.bring_rows import BringList
from chain_timer.window.finish_view import Seal
from chain_timer.window.plain_view import PlainView
from chain_timer.window.search_field import SearchField

_BOTH_FROM = 900
_LOW = 420
_SEAL = 96
_LOSSES_HIGH = 110
_CENTER = Qt.AlignmentFlag.AlignHCenter


class StartView(QWidget):
    """Asks for files, and says which there may be."""

    choose_requested = Signal()

    def __init__(self, formats: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone = DropZone(self)
        self.title = PlainLabel(self.tr("Drop files here")).in_size(TITLE, QFont.Weight.DemiBold)
        self.hint = PlainLabel(
            self.tr("Routines and exercises of other programs. You see what is in them first."),
            tone="quiet",
        )
        self.choose = QPushButton(self.tr("Choose files…"), self)
        self.choose.setObjectName("primary")
        self.can = PlainLabel(self.tr("What can be brought in")).in_size(BODY, QFont.Weight.DemiBold)
        self.formats = PlainLabel(", ".join(formats), tone="quiet").in_size(BODY)
        self.setFocusProxy(self.choose)
        self.choose.clicked.connect(self.choose_requested)
        inside = QVBoxLayout(self.zone)
        inside.setContentsMargins(24, 28, 24, 28)
        inside.setSpacing(10)
        self.icon = _BigIcon("bring_in", self.zone)
        inside.addStretch(1)
        inside.addWidget(self.icon, 0, _CENTER)
        for label in (self.title, self.hint):
            label.wrapping().setAlignment(_CENTER)
            inside.addWidget(label)
        inside.addSpacing(8)
        inside.addWidget(self.choose, 0, _CENTER)
        inside.addStretch(1)
        body = QWidget()
        body.setObjectName("body")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.zone, 1)
        rows.addSpacing(14)
        for label in (self.can, self.formats):
            rows.addWidget(label.wrapping())
        _scrolling(self, body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.icon.setVisible(self.height() >= _LOW)
        super().resizeEvent(event)


class PreviewView(QWidget):
    """Told what was found; a person chooses of it."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(self.tr("Search…"), self.tr("Search what was found"), self)
        self.all = QPushButton(self.tr("All"), self)
        self.none = QPushButton(self.tr("None"), self)
        self.details = QPushButton(self.tr("Details"), self)
        self.list = BringList(self)
        self.nothing = PlainLabel(self.tr("Nothing of it has this."), tone="quiet").in_size(BODY)
        self.to_list = IconButton("back", self.tr("Back to the list"), self)
        self.found = PlainLabel().in_size(BODY).wrapping()
        self.there = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self.losses_title = PlainLabel().in_size(LEAD, QFont.Weight.DemiBold).wrapping()
        self.losses = PlainView(self.tr("What could not be taken over"), self)
        self._narrow, self._opened = False, False
        self.setFocusProxy(self.list)
        self._arrange()
        self._connect()

    def show_findings(self, findings: Findings) -> None:
        """Show what was found, all of it on."""
        self._opened = False
        self.search.clear()
        self.list.rows.show_rows(findings.rows)
        self._after_search()
        self.found.setText("\n".join(file_lines(findings.files)))
        there = sum(row.is_there for row in findings.rows)
        text = self.tr("{count} have names that you have already. They come in beside those, with a number.")
        if there == 1:
            text = self.tr("One has a name that you have already. It comes in beside that, with a number.")
        self.there.setText(text.format(count=f"{there:,}"))
        self.there.setVisible(bool(there))
        self.losses_title.setText(losses_title(findings.losses))
        self.losses.setPlainText(findings.losses_text)
        self.losses.setVisible(bool(findings.losses))
        self.details.setText(details_words(findings.losses))
        self._show_parts()

    def step_out(self) -> bool:
        """Go back to the list from what stands in its place; False where it is there already."""
        if not (self._narrow and self._opened):
            return False
        self._opened = False
        self._show_parts()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._narrow = self.width() < _BOTH_FROM
        self._show_parts()
        super().resizeEvent(event)

    def _open(self) -> None:
        self._opened = True
        self._show_parts()
        (self.losses if self.losses.isVisibleTo(self) else self.to_list).setFocus()

    def _show_parts(self) -> None:
        alone = self._narrow and self._opened
        self.left.setVisible(not alone)
        self.right.setVisible(alone or not self._narrow)
        self.to_list.setVisible(alone)
        self.details.setVisible(self._narrow)

    def _search(self, text: str) -> None:
        self.list.rows.search(text)
        self._after_search()

    def _after_search(self) -> None:
        found = self.list.rows.rowCount() > 0
        self.list.setVisible(found)
        self.nothing.setVisible(not found)
        self.all.setEnabled(found)
        self.none.setEnabled(found)
        self.list.choose_first()

    def _switch(self, *, on: bool) -> None:
        self.list.rows.switch(range(self.list.rows.rowCount()), on=on)

    def _arrange(self) -> None:
        self.left, self.right = QWidget(self), QWidget(self)
        for side in (self.left, self.right):
            # A window with both can still be made as narrow as one: only then does it show one.
            side.setMinimumWidth(200)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.all)
        tools.addWidget(self.none)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addLayout(tools)
        left.addWidget(self.nothing)
        left.addWidget(self.list, 1)
        left.addWidget(self.details, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch()
        for button, tip in (
            (self.all, self.tr("Switch on all that are shown")),
            (self.none, self.tr("Switch off all that are shown")),
        ):
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        self.details.setObjectName("link")
        self._arrange_right()
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(20)
        columns.addWidget(self.left, 6)
        columns.addWidget(self.right, 5)

    def _arrange_right(self) -> None:
        body = QWidget()
        body.setObjectName("body")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(20, 16, 20, 18)
        inside.setSpacing(8)
        inside.addWidget(PlainLabel(self.tr("What was found")).in_size(LEAD, QFont.Weight.DemiBold))
        inside.addWidget(self.found)
        inside.addWidget(self.there)
        inside.addSpacing(8)
        inside.addWidget(self.losses_title)
        self.losses.setMinimumHeight(_LOSSES_HIGH)
        inside.addWidget(self.losses, 1)
        inside.addStretch()
        panel = QFrame(self)
        panel.setObjectName("panel")
        _scrolling(panel, body)
        right = QVBoxLayout(self.right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        right.addWidget(self.to_list, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(panel, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.list.setFocus)
        self.search.leads_to(self.list)
        self.list.typed.connect(self.search.type)
        self.list.rows.changed.connect(self.chosen_changed)
        self.all.clicked.connect(lambda: self._switch(on=True))
        self.none.clicked.connect(lambda: self._switch(on=False))
        self.details.clicked.connect(self._open)
        self.to_list.clicked.connect(self.step_out)


class DoneView(QWidget):
    """Told what is a person's own now."""

    undo_requested = Signal()
    show_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seal = Seal(self)
        self.seal.setFixedSize(_SEAL, _SEAL)
        self.words = PlainLabel().in_size(TITLE, QFont.Weight.DemiBold).wrapping()
        self.words.setAlignment(_CENTER)
        self.show_them = QPushButton(self.tr("Show them"), self)
        self.show_them.setObjectName("primary")
        self.undo = QPushButton(self.tr("Undo"), self)
        self.losses_title = PlainLabel().in_size(BODY, QFont.Weight.DemiBold).wrapping()
        self.losses = PlainView(self.tr("Pictures that could not be used"), self)
        self.setFocusProxy(self.show_them)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.show_them)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        body = QWidget()
        body.setObjectName("body")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 8, 0, 8)
        rows.setSpacing(14)
        rows.addStretch(2)
        rows.addWidget(self.seal, 0, _CENTER)
        rows.addWidget(self.words)
        rows.addLayout(buttons)
        rows.addSpacing(8)
        rows.addWidget(self.losses_title)
        self.losses.setMinimumHeight(_LOSSES_HIGH)
        rows.addWidget(self.losses, 3)
        rows.addStretch(2)
        _scrolling(self, body)
        self.undo.clicked.connect(self.undo_requested)
        self.show_them.clicked.connect(self.show_requested)

    def show_done(self, words: str, losses_title: str, losses_text: str) -> None:
        """Show how much was taken, and which pictures were not."""
        self.words.setText(words)
        self.losses_title.setText(losses_title)
        self.losses.setPlainText(losses_text)
        for part in (self.losses_title, self.losses):
            part.setVisible(bool(losses_text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.seal.setVisible(self.height() >= _LOW)
        super().resizeEvent(event)


class DropZone(QFrame):
    """A place that looks as if something could be put there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._hovered = False

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_hovered(self, *, hovered: bool) -> None:
        """Show that files would be taken here."""
        self._hovered = hovered
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(self._theme.accent if self._hovered else self._theme.edge)
        pen = QPen(color, 2 if self._hovered else 1.5, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(self._theme.chosen if self._hovered else self._theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 16, 16)


class _BigIcon(QWidget):
    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon = DARK, icon
        self.setFixedSize(56, 56)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(56, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._icon, QRectF(4, 4, 48, 48), QColor(self._theme.accent))


def _scrolling(parent: QWidget, body: QWidget) -> None:
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    rows = QVBoxLayout(parent)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(area)
