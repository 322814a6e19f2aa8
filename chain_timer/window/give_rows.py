"""The kinds of files a routine can become, one beneath the other, of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from chain_timer.drawing.text import elided, font, wrapped
from chain_timer.drawing.theme import BODY, DARK, SMALL, Theme
from chain_timer.exchange.formats import OutFormat

_CORNER = 12.0
WORDS_LEFT = 46
"""Where the words of a row begin."""
_RIGHT, _ABOVE = 14, 7
_DOT = 18.0
_MOST_LINES = 3
_USUAL_WIDTH = 320
_ONE_LINE = 10_000
"""So wide that nothing has to be wrapped: what is too narrow for that asks for its height by its width."""


class FormatRows(QWidget):
    """Told the formats; arrow keys and clicks choose one."""

    chosen = Signal(str)
    """The id of a format."""

    def __init__(self, formats: Sequence[OutFormat], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Kind of file"))
        self.buttons = {each.id: FormatRow(each, self) for each in formats}
        self._group = QButtonGroup(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        for key, button in self.buttons.items():
            self._group.addButton(button)
            rows.addWidget(button)
            button.toggled.connect(lambda on, key=key: self.chosen.emit(key) if on else None)
        if self.buttons:
            next(iter(self.buttons.values())).setChecked(True)

    @property
    def choice(self) -> str:
        """The id of the format that is chosen; empty where there is none."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, format_id: str) -> None:
        """Choose a format by its id."""
        if format_id in self.buttons:
            self.buttons[format_id].setChecked(True)

    def put_under(self, format_id: str, widget: QWidget) -> None:
        """Put what goes with a format right beneath its row."""
        rows = self.layout()
        if isinstance(rows, QVBoxLayout):
            rows.insertWidget(rows.indexOf(self.buttons[format_id]) + 1, widget)

    def take_focus(self) -> None:
        """Be ready for arrow keys."""
        if self.choice:
            self.buttons[self.choice].setFocus(Qt.FocusReason.OtherFocusReason)


class FormatRow(QRadioButton):
    """The name of a kind of file, and what it is good for."""

    def __init__(self, made: OutFormat, parent: QWidget | None = None) -> None:
        super().__init__(as_sentence(made.name), parent)
        self._theme = DARK
        self._about = as_sentence(made.about)
        self._name_font, self._small = font(BODY, QFont.Weight.DemiBold), font(SMALL)
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._about)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width))
        name, small = QFontMetricsF(self._name_font), QFontMetricsF(self._small)
        return round(2 * _ABOVE + name.height() + lines * small.height())

    def sizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(_ONE_LINE))

    def hitButton(self, _point: object) -> bool:  # noqa: N802 - Qt's own
        """Whether a click there is meant for it: anywhere."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, self.isChecked()
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = theme.chosen if on else theme.raised if self.underMouse() else ""
        painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, _CORNER, _CORNER)
        self._paint_dot(painter, on=on)
        self._paint_words(painter)

    def _paint_dot(self, painter: QPainter, *, on: bool) -> None:
        top = _ABOVE + QFontMetricsF(self._name_font).height() / 2 - _DOT / 2
        dot = QRectF(15, top, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.accent if on else self._theme.edge), 2))
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.accent))
            painter.drawEllipse(dot.adjusted(5, 5, -5, -5))

    def _paint_words(self, painter: QPainter) -> None:
        room, top = self.width() - WORDS_LEFT - _RIGHT, float(_ABOVE)
        name = elided(self.text(), QFontMetricsF(self._name_font), room)
        lines = [(name, self._name_font, self._theme.text)]
        lines += [(line, self._small, self._theme.quiet) for line in self._lines(self.width())]
        for text, made, color in lines:
            height = QFontMetricsF(made).height()
            painter.setFont(made)
            painter.setPen(QColor(color))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            painter.drawText(QRectF(WORDS_LEFT, top, room, height + 1), left, text)
            top += height

    def _lines(self, width: int) -> list[str]:
        return wrapped(self._about, self._small, width - WORDS_LEFT - _RIGHT, _MOST_LINES)


def as_sentence(text: str) -> str:
    """Begin with a capital letter, as what stands alone does."""
    return text[:1].upper() + text[1:]
