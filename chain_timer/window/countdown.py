"""The countdown: the ring and the largest thing on the screen, the seconds in it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.ring import changed_area, paint_ring
from chain_timer.drawing.text import elided, font
from chain_timer.drawing.theme import DARK, Theme, mixed
from chain_timer.timeline.segment import Kind

_THICKNESS = 0.05
_DIGITS = 0.56
_ROOM = 0.74
"""How much of the ring's width the digits may fill."""
_SUFFIX = 0.36
_CAPTION = 0.068
_DIM = 0.55
_STEPS_A_CIRCLE = 720


class Countdown(QWidget):
    """Told a kind, digits and a fraction; paints again only what changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._kind = Kind.PREPARE
        self._digits = self._suffix = self._caption = ""
        self._fraction = 1.0
        self._dimmed = False
        self._fitted_to: tuple[int, int, str, str] | None = None
        self._fit = (QFont(), QRectF())
        # Its ground is its own to paint: otherwise the whole page would be asked for the bit behind it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def digits(self) -> str:
        return self._digits + self._suffix

    @property
    def caption(self) -> str:
        return self._caption

    @property
    def digit_pixels(self) -> int:
        """The size of the digits, for whoever doubts that they are large."""
        return self._digit_font().pixelSize()

    @property
    def finest_fraction(self) -> float:
        """The least change of the fraction that can be seen: about a pixel on the ring."""
        return 1 / max(_STEPS_A_CIRCLE, round(self._ring().width() * 3))

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_kind(self, kind: Kind) -> None:
        if kind is not self._kind:
            self._kind = kind
            self.update()

    def show_dimmed(self, dimmed: bool) -> None:  # noqa: FBT001 - the one thing it says
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.update()

    def show_digits(self, digits: str, suffix: str, caption: str) -> None:
        if (digits, suffix, caption) != (self._digits, self._suffix, self._caption):
            area = self._text_area()
            if len(digits + suffix) != len(self._digits + self._suffix) or caption != self._caption:
                area = self._inside()
            self._digits, self._suffix, self._caption = digits, suffix, caption
            self.update(area.toAlignedRect())

    def show_fraction(self, fraction: float) -> None:
        if abs(fraction - self._fraction) < self.finest_fraction and fraction not in {0.0, 1.0}:
            return
        if fraction != self._fraction:
            before, self._fraction = self._fraction, fraction
            if abs(before - fraction) > 1 / 8:
                self.update()
            else:
                self.update(changed_area(self._ring(), before, fraction, self._thickness()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ring, theme = self._ring(), self._theme
        painter.fillRect(event.rect(), QColor(theme.background))
        color = theme.shapes[self._kind]
        if self._dimmed:
            color = mixed(color, theme.background, _DIM)
        # The widget's clip keeps this to what changed, and most changes are a few pixels of the arc.
        if not self._inner_only(event):
            paint_ring(
                painter,
                ring,
                self._fraction,
                color=QColor(color),
                track=QColor(theme.raised),
                thickness=self._thickness(),
            )
        words = self._inside() if self._caption else self._text_area()
        if event.region().intersects(words.toAlignedRect()):
            self._paint_text(painter)

    def _inner_only(self, event: QPaintEvent) -> bool:
        reach = self._ring().width() / 2 - self._thickness() - 2
        center, rect = self._ring().center(), QRectF(event.rect())
        corners = (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight())
        return all(_distance(corner, center) < reach for corner in corners)

    def _paint_text(self, painter: QPainter) -> None:
        theme, center = self._theme, self._ring().center()
        made = self._digit_font()
        metrics = QFontMetricsF(made)
        small = font(made.pixelSize() * _SUFFIX, QFont.Weight.DemiBold, tabular=True)
        width = metrics.horizontalAdvance(self._digits) if self._digits else 0
        whole = width + (QFontMetricsF(small).horizontalAdvance(self._suffix) if self._suffix else 0)
        baseline = center.y() + metrics.capHeight() / 2
        painter.setPen(QColor(theme.quiet if self._dimmed else theme.text))
        painter.setFont(made)
        painter.drawText(QPointF(center.x() - whole / 2, baseline), self._digits)
        painter.setFont(small)
        painter.setPen(QColor(theme.quiet))
        painter.drawText(QPointF(center.x() - whole / 2 + width, baseline), self._suffix)
        if self._caption:
            self._paint_caption(painter, baseline)

    def _paint_caption(self, painter: QPainter, baseline: float) -> None:
        ring = self._ring()
        made = font(max(12.0, ring.width() * _CAPTION), QFont.Weight.DemiBold)
        metrics = QFontMetricsF(made)
        text = elided(self._caption, metrics, ring.width() * 0.62)
        painter.setFont(made)
        painter.setPen(QColor(self._theme.words[self._kind]))
        left = ring.center().x() - metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(left, baseline + metrics.height() * 1.15), text)

    def _digit_font(self) -> QFont:
        """Give the largest font at which the digits fit into the ring."""
        return self._fitted()[0]

    def _fitted(self) -> tuple[QFont, QRectF]:
        """Give the font of the digits and the room they need; reckoned anew only when one of them changes."""
        # Measured by their number, not by themselves: the size must not change from second to second.
        shape = "".join("0" if character.isdigit() else character for character in self._digits) or "00"
        key = (self.width(), self.height(), shape, self._suffix)
        if key != self._fitted_to:
            self._fitted_to, self._fit = key, self._measured(shape)
        return self._fit

    def _measured(self, shape: str) -> tuple[QFont, QRectF]:
        ring = self._ring()
        side = ring.width()
        made = font(side * _DIGITS, QFont.Weight.Bold, tabular=True)
        metrics = QFontMetricsF(made)
        width = metrics.horizontalAdvance(shape) + metrics.horizontalAdvance(self._suffix) * _SUFFIX
        if width > side * _ROOM:
            made = font(side * _DIGITS * side * _ROOM / width, QFont.Weight.Bold, tabular=True)
            metrics = QFontMetricsF(made)
        area = QRectF(0, 0, side * 0.8, metrics.capHeight() * 1.2)
        area.moveCenter(ring.center())
        return made, area

    def _ring(self) -> QRectF:
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _thickness(self) -> float:
        return self._ring().width() * _THICKNESS

    def _inside(self) -> QRectF:
        inset = self._thickness() + self._ring().width() * 0.08
        return self._ring().adjusted(inset, inset, -inset, -inset)

    def _text_area(self) -> QRectF:
        return self._fitted()[1]


def _distance(one: QPointF, other: QPointF) -> float:
    return float(((one.x() - other.x()) ** 2 + (one.y() - other.y()) ** 2) ** 0.5)
