"""How a card is painted: the chain with the muscles at work, name, facts, and the strip of segments."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chain_timer.drawing.chain import paint_chain
from chain_timer.drawing.strip import StripLayout, paint_strip
from chain_timer.drawing.text import elided, font, shown
from chain_timer.drawing.theme import DARK, LEAD, SMALL, Theme
from chain_timer.window.cards import Card, CardModel, Outline, Part

GAP = 20
BAND = 132
HEIGHT = 244
_CORNER = 16.0
_SIDE = 18.0
_CHAIN = 34.0
_LINES = 4
_STRIP = 8.0


class CardDelegate(QStyledItemDelegate):
    """Paints cards; asks the model for what only a visible card needs."""

    def __init__(self, model: CardModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = DARK
        self.cell = QSize(280, HEIGHT + GAP)
        """The room of a card with the gap around it; the grid sets it."""
        self._name_font = font(LEAD, QFont.Weight.DemiBold)
        self._fact_font = font(SMALL)
        self._muscle_font = font(LEAD, QFont.Weight.DemiBold)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self.cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(Part.CARD)
        if not isinstance(card, Card):
            return
        state = option.state
        rect = QRectF(option.rect).adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_ground(
            painter, rect, chosen=chosen, hovered=bool(state & QStyle.StateFlag.State_MouseOver)
        )
        self._paint_muscles(painter, QRectF(rect.left(), rect.top(), rect.width(), BAND), card)
        self._paint_facts(painter, rect, card, self._model.outline(card.id))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, *, chosen: bool, hovered: bool) -> None:
        theme = self._theme
        width = 3.0 if chosen else 1.0
        edge = theme.accent if chosen else theme.edge if hovered else theme.line
        inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(inner, _CORNER, _CORNER)
        path = QPainterPath()
        path.addRoundedRect(inner, _CORNER, _CORNER)
        painter.save()
        painter.setClipPath(path)
        band = QLinearGradient(rect.topLeft(), rect.topLeft() + QRectF(0, 0, 0, BAND).bottomLeft())
        band.setColorAt(0, QColor(theme.stage_inner))
        band.setColorAt(1, QColor(theme.stage_outer))
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), BAND), band)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(edge), width))
        painter.drawRoundedRect(inner, _CORNER, _CORNER)

    def _paint_muscles(self, painter: QPainter, band: QRectF, card: Card) -> None:
        column = QRectF(band.right() - _SIDE - _CHAIN, band.top() + 8, _CHAIN, band.height() - 16)
        paint_chain(painter, column, card.links, self._theme)
        names = list(card.muscles)
        if len(names) > _LINES:
            names = [*names[: _LINES - 1], f"+ {len(names) - _LINES + 1}"]
        painter.setFont(self._muscle_font)
        painter.setPen(QColor(self._theme.quiet))
        metrics = QFontMetricsF(self._muscle_font)
        pitch = metrics.height() * 1.12
        top = band.center().y() - pitch * len(names) / 2
        width = column.left() - band.left() - _SIDE * 1.5
        for line, name in enumerate(names):
            place = QRectF(band.left() + _SIDE, top + line * pitch, width, pitch)
            painter.drawText(place, _LEFT, elided(shown(name), metrics, width))

    def _paint_facts(self, painter: QPainter, rect: QRectF, card: Card, outline: Outline | None) -> None:
        left, width = rect.left() + _SIDE, rect.width() - 2 * _SIDE
        name = QRectF(left, rect.top() + BAND + 14, width, 24)
        painter.setFont(self._name_font)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(name, _LEFT, elided(shown(card.name), QFontMetricsF(self._name_font), width))
        facts = QRectF(left, name.bottom() + 2, width, 20)
        painter.setFont(self._fact_font)
        painter.setPen(QColor(self._theme.quiet))
        text = elided(shown(card.line(outline)), QFontMetricsF(self._fact_font), width)
        painter.drawText(facts, _LEFT, text)
        if outline:
            strip = QRectF(left, rect.bottom() - _SIDE - _STRIP, width, _STRIP)
            layout = StripLayout(outline.blocks, width)
            paint_strip(painter, strip, layout, self._theme, level=True)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
