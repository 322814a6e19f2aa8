"""Small widgets that every page is made of."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from chain_timer.drawing.icons import paint_icon
from chain_timer.drawing.text import elided, font, shown
from chain_timer.drawing.theme import BODY, DARK, Theme, mixed

_RING = 2.0


class PlainLabel(QLabel):
    """Text as it is: never taken for rich text, whatever file it came from."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, tone: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def in_size(self, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> "PlainLabel":
        self.setFont(font(pixels, weight))
        return self

    def wrapping(self) -> "PlainLabel":
        self.setWordWrap(True)
        return self


class Line(QWidget):
    """One line of text that shortens itself with an ellipsis where there is no room."""

    def __init__(self, parent: QWidget | None = None, *, quiet: bool = False) -> None:
        super().__init__(parent)
        self._text = ""
        self._quiet = quiet
        self._theme = DARK
        self._font = font(BODY)
        self._align = Qt.AlignmentFlag.AlignLeft
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def text(self) -> str:
        return self._text

    def show_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(shown(text))
            self.updateGeometry()
            self.update()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_look(
        self, made: QFont, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft, *, quiet: bool | None = None
    ) -> None:
        self._font, self._align = made, align
        self._quiet = self._quiet if quiet is None else quiet
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        return QSize(int(metrics.horizontalAdvance(shown(self._text))) + 2, int(metrics.height()) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.quiet if self._quiet else self._theme.text))
        text = elided(shown(self._text), QFontMetricsF(self._font), self.width())
        align = self._align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(QRectF(self.rect()), align, text)


class IconButton(QAbstractButton):
    """A button that is an icon; round, filled or bare. Its name is said and shown as a tip."""

    def __init__(
        self,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        ground: str = "",
        padding: float = 0.26,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._ground = ground
        self._padding = padding
        self._theme = DARK
        self._hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_icon(icon, name)

    def show_icon(self, icon: str, name: str) -> None:
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    @property
    def icon_name(self) -> str:
        return self._icon

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(36, 36)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        whole = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        ground, color = self._colors()
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(QColor(ground))
            painter.drawEllipse(whole.adjusted(3, 3, -3, -3))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), _RING))
            painter.drawEllipse(whole.adjusted(1, 1, -1, -1))
        inset = side * self._padding
        paint_icon(painter, self._icon, whole.adjusted(inset, inset, -inset, -inset), QColor(color))

    def _colors(self) -> tuple[str, str]:
        theme = self._theme
        ground = {"fill": theme.fill, "raised": theme.raised}.get(self._ground, "")
        color = {"fill": theme.on_fill, "raised": theme.text}.get(self._ground, theme.quiet)
        if not self.isEnabled():
            return ground, mixed(color, theme.background, 0.6)
        if self._hovered or self.isDown():
            ground = mixed(ground, theme.text, 0.1) if ground else theme.raised
            color = color if self._ground else theme.text
        return ground, color
