"""How a card is painted: figure, muscles at work and their chain, name, facts, and the strip of segments."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from chain_timer.drawing.chain import paint_chain
from chain_timer.drawing.strip import StripLayout, paint_strip
from chain_timer.drawing.text import elided, font, shown
from chain_timer.drawing.theme import BODY, DARK, LEAD, SMALL, Theme
from chain_timer.routine.exercise import Exercise
from chain_timer.window.cards import Card, CardModel, Outline
from chain_timer.window.found_model import ITEM
from chain_timer.window.spacing import GAP

BAND = 132
HEIGHT = 236
_CORNER = 16.0
_SIDE = 18.0
_CHAIN = 34.0
_LINES = 4
_STRIP = 8.0
_FIGURE = (138, 118)
"""Width and height of the figure's picture."""
_NARROW_CHAIN = 22.0
_ROOM_FOR_CHAIN = 300

StillOf = Callable[[Sequence[Exercise], QSize, float, Theme], QPixmap | None]
"""Gives a small picture of the first exercise that has a figure; None until it is drawn."""


class CardDelegate(QStyledItemDelegate):
    """Paints cards; asks the model for what only a visible card needs."""

    def __init__(self, model: CardModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = DARK
        self.cell = QSize(280, HEIGHT + GAP)
        """The room of a card with the gap around it; the grid sets it."""
        self.scale = 1.0
        self.still_of: StillOf = lambda _exercises, _size, _ratio, _theme: None
        # Not read from the state of the option: its type alone costs the first paint 5 ms.
        self.chosen_row = self.hovered_row = -1

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self.cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(ITEM)
        if not isinstance(card, Card):
            return
        rect = QRectF(option.rect).adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(
            painter, rect, chosen=index.row() == self.chosen_row, hovered=index.row() == self.hovered_row
        )
        self._paint_muscles(painter, QRectF(rect.left(), rect.top(), rect.width(), BAND * self.scale), card)
        self._paint_facts(painter, rect, card, self._model.outline(card))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, *, chosen: bool, hovered: bool) -> None:
        theme = self._theme
        width = 3.0 if chosen else 1.0
        edge = theme.accent if chosen else theme.edge if hovered else theme.line
        inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        path = QPainterPath()
        path.addRoundedRect(inner, _CORNER, _CORNER)
        painter.fillPath(path, QColor(theme.surface))
        band = QRectF(rect.left(), rect.top(), rect.width(), BAND * self.scale)
        light = QLinearGradient(band.topLeft(), band.bottomLeft())
        light.setColorAt(0, QColor(theme.stage_inner))
        light.setColorAt(1, QColor(theme.stage_outer))
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(band, light)
        painter.restore()
        painter.setPen(QPen(QColor(edge), width))
        painter.drawPath(path)

    def _paint_muscles(self, painter: QPainter, band: QRectF, card: Card) -> None:
        side = _SIDE * self.scale
        size = QSize(*(round(length * self.scale) for length in _FIGURE))
        still = self.still_of(card.exercises, size, painter.device().devicePixelRatio(), self._theme)
        chain = (_NARROW_CHAIN if still else _CHAIN) * self.scale
        column = QRectF(band.right() - side - chain, band.top() + 8, chain, band.height() - 16)
        right = column.left()
        if still is None or band.width() >= _ROOM_FOR_CHAIN * self.scale:
            paint_chain(painter, column, card.links, self._theme)
        else:
            right = band.right() - side / 2
        if still is not None:
            right -= size.width() + side / 4
            painter.drawPixmap(QPointF(right, band.bottom() - size.height() - 4), still)
        self._paint_names(painter, QRectF(band.left() + side, band.top(), 0, band.height()), card, right)

    def _paint_names(self, painter: QPainter, place: QRectF, card: Card, right: float) -> None:
        """Write which muscles work, down the middle of a band, as far right as there is room."""
        names = list(card.muscles)
        if len(names) > _LINES:
            names = [*names[: _LINES - 1], f"+ {len(names) - _LINES + 1}"]
        made = font(BODY * self.scale, QFont.Weight.DemiBold)
        pitch = QFontMetricsF(made).height() * 1.2
        top = place.center().y() - pitch * len(names) / 2
        width = right - place.left() - 4
        for line, name in enumerate(names):
            _write(
                painter,
                QRectF(place.left(), top + line * pitch, width, pitch),
                shown(name),
                made,
                self._theme.quiet,
            )

    def _paint_facts(self, painter: QPainter, rect: QRectF, card: Card, outline: Outline | None) -> None:
        scale, theme = self.scale, self._theme
        left, width = rect.left() + _SIDE * scale, rect.width() - 2 * _SIDE * scale
        name = QRectF(left, rect.top() + (BAND + 13) * scale, width, 24 * scale)
        _write(painter, name, shown(card.name), font(LEAD * scale, QFont.Weight.DemiBold), theme.text)
        facts = QRectF(left, name.bottom() + 2 * scale, width, 20 * scale)
        _write(painter, facts, shown(card.line(outline)), font(SMALL * scale), theme.quiet)
        if outline:
            height = _STRIP * scale
            strip = QRectF(left, rect.bottom() - _SIDE * scale - height, width, height)
            paint_strip(painter, strip, StripLayout(outline.blocks, width), theme, level=True)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute


def _write(painter: QPainter, place: QRectF, text: str, made: QFont, color: str) -> None:
    painter.setFont(made)
    painter.setPen(QColor(color))
    painter.drawText(place, _LEFT, elided(text, QFontMetricsF(made), place.width()))
