"""A routine on paper, to lie beside the mat: its exercises in order, each with its picture and its steps.

One page where that can be read, and as many as it takes where it cannot.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from chain_timer.drawing.routine_sheet_art import Artist
from chain_timer.drawing.routine_sheet_blocks import GAP, LEGEND, STRIP, Blocks, Sheet
from chain_timer.drawing.routine_sheet_layout import (
    POINT,
    SMALLEST,
    Block,
    Columns,
    Paper,
    Setter,
    Style,
    one_line,
    paint_block,
)
from chain_timer.drawing.strip import StripLayout, blocks_of, paint_strip
from chain_timer.drawing.theme import LIGHT
from chain_timer.timeline.kinds import Kind

Told = Callable[[int, int], None]
"""Told how much is done of how much; what it raises ends the work."""

_MARGIN, _FOOT, _RUNNING = 36.0, 22.0, 26.0
"""In points: around the page, what its foot takes, the name on later pages."""
_SMALL = 8.0
_STRIP_UNIT = POINT / 2
"""The strip's gaps and least widths are in pixels; on paper they may be finer than on a screen."""
_ONE_PAGE = (
    *(Style(factor) for factor in (1.4, 1.3, 1.2, 1.12, 1.06, 1.0, 0.95, 0.9)),
    *(Style(factor, step_columns=2) for factor in (1.0, 0.95, 0.9, 0.86)),
    *(Style(factor, columns=2) for factor in (0.95, 0.9, 0.86, 0.82, 0.78, 0.75)),
)
"""From the most generous to the smallest that can be read."""
_MORE_PAGES = (Style(1.0), Style(0.95, step_columns=2), Style(0.9, step_columns=2), Style(0.86, columns=2))
_MANY = 40
"""Exercises that are on more pages anyway; trying out all styles would take its time."""
_TOLD_EVERY = 20
_LEGEND = {
    Kind.PREPARE: "get ready",
    Kind.INSTRUCT: "instructions",
    Kind.HOLD: "hold",
    Kind.REPS: "reps",
    Kind.REST: "rest",
    Kind.SWITCH: "change sides",
    Kind.FINISH: "finish",
}


class RoutineSheet:
    """The pages of a sheet, in tenths of a point."""

    def __init__(self, sheet: Sheet, paper: Paper, artist: Artist, told: Told) -> None:
        self._sheet = sheet
        self._paper = paper
        self._artist = artist
        self._told = told
        self._items = {item.number: item for circuit in sheet.circuits for item in circuit.items}
        self._width = (paper.width - 2 * _MARGIN) * POINT
        self.style, laid = self._laid_out()
        self._pages = laid.pages
        self._spare = self._to_spare(laid)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def pages(self) -> Iterator[Callable[[QPainter], None]]:
        """Give every page to be painted, once and in order."""
        blocks = self._blocks(self.style).below(*self._rooms(self.style))
        for number, counts in enumerate(self._pages):
            columns = [list(islice(blocks, count)) for count in counts]
            self._told(number, self.count)
            yield partial(self._paint, number=number, columns=columns)
        self._told(self.count, self.count)

    # --- laying out ----------------------------------------------------------------------------------

    def _laid_out(self) -> tuple[Style, Columns]:
        many = len(self._items) > _MANY
        for style in () if many else _ONE_PAGE:
            columns = self._columns(style, one=True)
            if not columns.overfull:
                return style, columns
        styles = _MORE_PAGES[-1:] if many else _MORE_PAGES
        found = [(style, self._columns(style)) for style in styles]
        # The fewest pages, and of these the largest type.
        return min(found, key=lambda each: len(each[1].pages))

    def _to_spare(self, laid: Columns) -> float:
        """How much more may be between blocks where a single page has room."""
        if len(laid.counts) > 1:
            return 0.0
        return max(0.0, min(laid.left / laid.counts[0], self.style.length(GAP)))

    def _columns(self, style: Style, *, one: bool = False) -> Columns:
        columns = Columns(style, *self._rooms(style), style.length(GAP))
        for number, block in enumerate(self._blocks(style).below(*self._rooms(style))):
            if number % _TOLD_EVERY == 0:
                self._told(0, len(self._items))
            columns.add(block)
            if one and columns.overfull:
                break
        return columns

    def _blocks(self, style: Style) -> Blocks:
        return Blocks(self._sheet, style, self._width, self._artist, LIGHT)

    def _rooms(self, style: Style) -> tuple[float, float]:
        """How much room the columns of the first page have, and those of the others."""
        whole = (self._paper.height - 2 * _MARGIN - _FOOT) * POINT
        return whole - self._head_height(self._blocks(style), style), whole - _RUNNING * POINT

    def _head_height(self, blocks: Blocks, style: Style) -> float:
        return blocks.head().height + style.length(STRIP + LEGEND + GAP)

    # --- painting ------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter, number: int, columns: list[list[Block]]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(_MARGIN * POINT, _MARGIN * POINT)
        made = self._blocks(self.style)
        top = self._paint_head(painter, made) if number == 0 else self._paint_running(painter)
        for place, blocks in enumerate(columns):
            x, y = place * (made.column + made.column_gap), top
            for block in blocks:
                self._paint_block(painter, block, x, y)
                y += block.height + self.style.length(GAP) + (0.0 if block.opens else self._spare)
        self._paint_foot(painter, number)

    def _paint_head(self, painter: QPainter, blocks: Blocks) -> float:
        head = blocks.head()
        paint_block(painter, head, 0.0, 0.0)
        strip = QRectF(0.0, head.height, self._width, self.style.length(STRIP))
        self._paint_strip(painter, strip)
        self._paint_legend(painter, strip.bottom() + self.style.length(4))
        return self._head_height(blocks, self.style)

    def _paint_strip(self, painter: QPainter, strip: QRectF) -> None:
        painter.save()
        painter.translate(strip.topLeft())
        painter.scale(_STRIP_UNIT, _STRIP_UNIT)
        laid = StripLayout(blocks_of(self._sheet.timeline), strip.width() / _STRIP_UNIT)
        paint_strip(painter, QRectF(0, 0, laid.width, strip.height() / _STRIP_UNIT), laid, LIGHT)
        painter.restore()

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        """Name the colors that there are."""
        made = self.style.font(_SMALL)
        metrics = QFontMetricsF(made)
        kinds = {segment.kind for segment in self._sheet.timeline.segments}
        x, dot = 0.0, self.style.length(5.5)
        for kind, words in _LEGEND.items():
            if kind not in kinds:
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT.shapes[kind]))
            middle = top + metrics.ascent() - metrics.xHeight() / 2
            painter.drawEllipse(QPointF(x + dot / 2, middle), dot / 2, dot / 2)
            painter.setFont(made)
            painter.setPen(QColor(LIGHT.quiet))
            painter.drawText(QPointF(x + 1.7 * dot, top + metrics.ascent()), words)
            x += 1.7 * dot + metrics.horizontalAdvance(words) + self.style.length(13)

    def _paint_running(self, painter: QPainter) -> float:
        setter = Setter(0.0, self._width)
        made = self.style.font(_SMALL, QFont.Weight.DemiBold)
        setter.text(one_line(self._sheet.routine.name, made, self._width), made, LIGHT.quiet)
        paint_block(painter, Block(setter.y, tuple(setter.lines)), 0.0, 0.0)
        return _RUNNING * POINT

    def _paint_block(self, painter: QPainter, block: Block, x: float, y: float) -> None:
        paint_block(painter, block, x, y)
        if block.art is not None:
            item = self._items[block.art.number]
            rect = QRectF(x, y, block.art.width, block.art.height)
            self._artist.paint(painter, rect, item.exercise, item.side)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        made = Style(1.0).font(SMALLEST)
        metrics = QFontMetricsF(made)
        line = (self._paper.height - 2 * _MARGIN - 12) * POINT
        painter.setPen(QColor(LIGHT.line))
        painter.drawLine(QPointF(0, line), QPointF(self._width, line))
        painter.setFont(made)
        painter.setPen(QColor(LIGHT.quiet))
        baseline = line + 4 * POINT + metrics.ascent()
        place = f"Chain Timer  ·  {number + 1} of {self.count}"
        wide = metrics.horizontalAdvance(place)
        painter.drawText(QPointF(self._width - wide, baseline), place)
        safety = one_line(self._sheet.safety, made, self._width - wide - 10 * POINT)
        painter.drawText(QPointF(0, baseline), safety)
