"""A sheet: pictures of a figure in a grid, each with its name above and its words below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from chain_timer.drawing.figure import Picture
from chain_timer.drawing.pictures import Page, paint_square
from chain_timer.drawing.text import elided, font, shown, wrapped
from chain_timer.drawing.theme import Theme

_MOST_COLUMNS = 5
_USUAL_SIZE = 280
"""The size of a picture that goes with the sizes below, in pixels."""
_GAP, _TITLE, _WORDS, _NAME = 14, 24, 14, 11
_MOST_LINES = 4
_LINE = 1.35


@dataclass(frozen=True, slots=True)
class Cell:
    """One picture of a sheet."""

    name: str
    words: str
    picture: Picture


def columns_for(count: int) -> int:
    """Give how many pictures stand side by side, so that the last row is as full as can be."""
    rows = -(-count // _MOST_COLUMNS)
    return -(-count // rows)


def sheet_size(cells: Sequence[Cell], size: int) -> tuple[int, int]:
    """Give the width and height of a sheet in pixels."""
    return _Layout(cells, size).extent


def sheet_page(title: str, cells: Sequence[Cell], size: int, theme: Theme) -> Page:
    """Give a sheet of squares of a size, with everything else in proportion."""
    layout = _Layout(cells, size)

    def paint(painter: QPainter) -> None:
        layout.paint_ground(painter, title, theme)
        for index, cell in enumerate(cells):
            layout.paint_cell(painter, index, cell, theme)

    return Page(*layout.extent, title, paint)


class _Layout:
    """Where everything is: rows as high as the longest words need."""

    def __init__(self, cells: Sequence[Cell], size: int) -> None:
        self._size = size
        self._unit = size / _USUAL_SIZE
        self._font = font(_WORDS * self._unit)
        self._lines = [wrapped(cell.words, self._font, size, _MOST_LINES) for cell in cells]
        self._columns = columns_for(len(cells))
        self._rows = -(-len(cells) // self._columns)
        self._gap = round(_GAP * self._unit)
        self._head = round((_TITLE * _LINE + _GAP) * self._unit) + self._gap
        self._step = _WORDS * _LINE * self._unit
        self._under = round(max(map(len, self._lines)) * self._step) + 2 * self._gap

    @property
    def extent(self) -> tuple[int, int]:
        width = self._columns * (self._size + self._gap) + self._gap
        height = self._head + self._rows * (self._size + self._under) + self._gap
        return width, height

    def paint_ground(self, painter: QPainter, title: str, theme: Theme) -> None:
        width, height = self.extent
        painter.fillRect(QRectF(0, 0, width, height), QColor(theme.background))
        made = font(_TITLE * self._unit, QFont.Weight.DemiBold)
        metrics = QFontMetricsF(made)
        painter.setFont(made)
        painter.setPen(QColor(theme.text))
        baseline = QPointF(self._gap, self._gap + metrics.ascent())
        painter.drawText(baseline, elided(shown(title), metrics, width - 2 * self._gap))

    def paint_cell(self, painter: QPainter, index: int, cell: Cell, theme: Theme) -> None:
        row, column = divmod(index, self._columns)
        painter.save()
        painter.translate(
            self._gap + column * (self._size + self._gap), self._head + row * (self._size + self._under)
        )
        paint_square(painter, self._size, cell.picture, theme)
        self._paint_name(painter, cell.name, theme)
        self._paint_words(painter, self._lines[index], theme)
        painter.restore()

    def _paint_name(self, painter: QPainter, name: str, theme: Theme) -> None:
        made = font(_NAME * self._unit)
        metrics = QFontMetricsF(made)
        inset = 7 * self._unit
        painter.setFont(made)
        painter.setPen(QColor(theme.quiet))
        text = elided(shown(name), metrics, self._size - 2 * inset)
        painter.drawText(QPointF(inset, inset + metrics.ascent()), text)

    def _paint_words(self, painter: QPainter, lines: Sequence[str], theme: Theme) -> None:
        painter.setFont(self._font)
        painter.setPen(QColor(theme.text))
        top = self._size + 5 * self._unit + QFontMetricsF(self._font).ascent()
        for number, line in enumerate(lines):
            painter.drawText(QPointF(0, top + number * self._step), line)
