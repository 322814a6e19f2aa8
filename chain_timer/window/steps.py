"""The steps of the exercise, the one being spoken lit; scrolled when there are more than fit, never cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPointF, QPropertyAnimation, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from chain_timer.drawing.text import font, shown, wrapped
from chain_timer.drawing.theme import DARK, LEAD, MOTION_MS, Theme
from chain_timer.timeline.segment import Kind
from chain_timer.window.look import motion_ms

_LIT = 20
"""The size of the step that counts now: read from the mat."""
_INDENT = 24.0
_FADE = 40


@dataclass(frozen=True, slots=True)
class _Laid:
    """A step in lines, and where it begins."""

    lines: tuple[str, ...]
    top: float
    height: float


class Steps(QScrollArea):
    chosen = Signal(int)
    """A step that was clicked, where steps can be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = StepsBody()
        self.setWidget(self.body)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fade = Fade(self)
        self.verticalScrollBar().valueChanged.connect(self._place_fade)
        self._motion = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)

    def show_steps(self, kind: Kind, steps: Sequence[str], lit: int | None) -> None:
        self.body.show_steps(kind, steps, lit)
        self._fit()
        self._motion.stop()
        self.verticalScrollBar().setValue(0)
        self.setAccessibleName(" ".join(shown(step) for step in steps))

    def height_for(self, width: int) -> int:
        """Give the height at which nothing has to be scrolled."""
        return round(self.body.height_for(width - self.verticalScrollBar().sizeHint().width())) + 2

    def light(self, index: int | None) -> None:
        """Light a step, and have it in sight."""
        self.body.light(index)
        if index is not None:
            self._bring(self.body.rect_of(index))

    def let_choose(self) -> None:
        """Let a click choose a step."""
        self.body.setCursor(Qt.CursorShape.PointingHandCursor)
        self.body.clicked.connect(self.chosen)

    def set_scale(self, scale: float) -> None:
        self.body.set_scale(scale)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width() - self.verticalScrollBar().sizeHint().width()
        self.body.resize(width, max(1, round(self.body.height_for(width))))
        self._place_fade()

    def _place_fade(self) -> None:
        """Let the last line fade where more is below, so that no line looks cut."""
        bar = self.verticalScrollBar()
        height = min(_FADE, self.height())
        self.fade.setGeometry(0, self.height() - height, self.viewport().width(), height)
        self.fade.setVisible(bar.value() < bar.maximum())

    def _bring(self, rect: QRect) -> None:
        bar = self.verticalScrollBar()
        target = min(bar.maximum(), max(0, rect.center().y() - self.height() // 2))
        duration_ms = motion_ms(self, MOTION_MS)
        self._motion.stop()
        if duration_ms and self.isVisible() and target != bar.value():
            self._motion.setDuration(duration_ms)
            self._motion.setEndValue(target)
            self._motion.start()
        else:
            bar.setValue(target)


class Fade(QWidget):
    """From nothing to the background."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = QColor(self._theme.background)
        light = QLinearGradient(0, 0, 0, self.height())
        light.setColorAt(1, ground)
        ground.setAlpha(0)
        light.setColorAt(0, ground)
        QPainter(self).fillRect(self.rect(), light)


class StepsBody(QWidget):
    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("body")
        self._theme = DARK
        self._scale = 1.0
        self._kind = Kind.INSTRUCT
        self._steps: tuple[str, ...] = ()
        self._lit: int | None = None
        self._laid: list[_Laid] = []
        self._laid_for = -1.0

    @property
    def lit(self) -> int | None:
        return self._lit

    @property
    def texts(self) -> tuple[str, ...]:
        return self._steps

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_steps(self, kind: Kind, steps: Sequence[str], lit: int | None) -> None:
        self._kind, self._steps, self._lit = kind, tuple(steps), lit
        self._laid_for = -1.0
        self.update()

    def light(self, index: int | None) -> None:
        if index != self._lit:
            for step in (self._lit, index):
                if step is not None:
                    self.update(self.rect_of(step))
            self._lit = index

    def set_scale(self, scale: float) -> None:
        if scale != self._scale:
            self._scale = scale
            self._laid_for = -1.0
            self.update()

    def height_for(self, width: float) -> float:
        self._lay(width)
        return self._laid[-1].top + self._laid[-1].height if self._laid else 0.0

    def rect_of(self, index: int) -> QRect:
        self._lay(self.width())
        if not 0 <= index < len(self._laid):
            return QRect()
        laid = self._laid[index]
        return QRectF(0, laid.top, self.width(), laid.height).toAlignedRect()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._lay(self.width())
        y = event.position().y()
        for index, laid in enumerate(self._laid):
            if laid.top <= y < laid.top + laid.height:
                self.clicked.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(event.rect())
        for index, laid in enumerate(self._laid):
            if laid.top + laid.height >= area.top() and laid.top <= area.bottom():
                self._paint_step(painter, laid, lit=index == self._lit)

    def _paint_step(self, painter: QPainter, laid: _Laid, *, lit: bool) -> None:
        theme, made = self._theme, self._font(lit=lit)
        height = self._line_height()
        indent = _INDENT * self._scale
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.shapes[self._kind]))
            radius = 4.2 * self._scale
            painter.drawEllipse(QPointF(radius + 2, laid.top + height / 2 + 3 * self._scale), radius, radius)
        painter.setFont(made)
        painter.setPen(QColor(theme.text if lit else theme.quiet))
        for number, line in enumerate(laid.lines):
            top = laid.top + 3 * self._scale + number * height
            rect = QRectF(indent, top, self.width() - indent, height)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)

    def _lay(self, width: float) -> None:
        if width == self._laid_for:
            return
        self._laid_for = width
        # Laid out in the larger font, so that lighting a step never breaks its lines anew.
        made = self._font(lit=True)
        height = self._line_height()
        top = 0.0
        self._laid = []
        for step in self._steps:
            lines = tuple(wrapped(step, made, width - _INDENT * self._scale))
            self._laid.append(_Laid(lines, top, len(lines) * height + 8 * self._scale))
            top += self._laid[-1].height

    def _line_height(self) -> float:
        return QFontMetricsF(self._font(lit=True)).height() * 1.06

    def _font(self, *, lit: bool) -> QFont:
        if lit:
            return font(_LIT * self._scale, QFont.Weight.DemiBold)
        return font(LEAD * self._scale)
