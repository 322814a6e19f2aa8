"""Where everything on a printed sheet goes: words set in lines, blocks of them in rows, rows on pages.

All lengths are in tenths of a point, so that a font, whose size is a whole number, can be as fine.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from chain_timer.drawing.text import elided, font, shown, wrapped

POINT = 10.0
SMALLEST = 7.5
"""Points: what is smaller cannot be read at arm's length."""
_LINE = 1.32
"""From one baseline to the next, by the size of the type."""
_STAND_INS = QFont.Tag("calt")
_STRONG = {"L": False, "R": True, "AL": True}


class Paper(NamedTuple):
    """A size of paper, upright, in points."""

    id: str
    name: str
    width: int
    height: int


A4 = Paper("a4", "A4", 595, 842)
LETTER = Paper("letter", "US Letter", 612, 792)
PAPERS = {paper.id: paper for paper in (A4, LETTER)}


@dataclass(frozen=True, slots=True)
class Style:
    """How generous a sheet is."""

    factor: float
    """Of all sizes; at 1 the steps are of 10 points."""
    step_columns: int = 1
    columns: int = 1
    """Of a page: with more than one, pictures are smaller, and steps stand below them."""

    def length(self, points: float) -> float:
        return points * self.factor * POINT

    def font(self, points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        made = font(max(SMALLEST, points * self.factor) * POINT, weight)
        # In a PDF, a letter that stands in for another one cannot be searched for, nor read aloud.
        made.setFeature(_STAND_INS, 0)
        return made


class Written(NamedTuple):
    """A line of text in its place: the left end of its baseline."""

    x: float
    y: float
    text: str
    font: QFont
    color: str


class Art(NamedTuple):
    """Room for the picture of an exercise, at the upper left of its block."""

    width: float
    height: float
    number: int
    """The exercise's place in the routine."""


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together on one page."""

    height: float
    lines: tuple[Written, ...] = ()
    art: Art | None = None
    opens: bool = False
    """Whether it is the heading of what follows, and never the last in a column."""


class Setter:
    """Sets text in lines, one paragraph below the other."""

    def __init__(self, x: float, width: float, y: float = 0.0) -> None:
        self.x = x
        self.width = width
        self.y = y
        self.lines: list[Written] = []

    def text(self, text: str, made: QFont, color: str, *, indent: float = 0.0) -> QFontMetricsF:
        """Set a paragraph, whole. Gives the metrics of its type."""
        metrics = QFontMetricsF(made)
        room = max(POINT, self.width - indent)
        for line in wrapped(text, made, room):
            start = self.x + indent
            if is_right_to_left(text):
                start += room - metrics.horizontalAdvance(line)
            self.lines.append(Written(start, self.y + metrics.ascent(), line, made, color))
            self.y += made.pixelSize() * _LINE
        return metrics

    def mark(self, text: str, made: QFont, color: str) -> float:
        """Put a line where the next paragraph begins, which is to be indented. Gives its baseline."""
        baseline = self.y + QFontMetricsF(made).ascent()
        self.lines.append(Written(self.x, baseline, text, made, color))
        return baseline

    def beside(self, text: str, made: QFont, color: str, x: float, baseline: float) -> None:
        """Put a line where another one is, without going on."""
        self.lines.append(Written(x, baseline, text, made, color))

    def space(self, length: float) -> None:
        self.y += length


class Columns:
    """How many blocks are in each column, found out block by block; no more is kept of them."""

    def __init__(self, style: Style, first_room: float, room: float, gap: float) -> None:
        self.counts = [0]
        self.left = first_room
        """How much room the last column has."""
        self._style = style
        self._rooms = (first_room, room)
        self._gap = gap
        self._opening: float | None = None
        """How high the heading is that is in no column yet."""

    def add(self, block: Block) -> None:
        if block.opens:
            self._opening = block.height
            return
        together = 1 if self._opening is None else 2
        needed = block.height if self._opening is None else block.height + self._gap + self._opening
        self._opening = None
        gap = self._gap if self.counts[-1] else 0.0
        # A column stays empty only where a later page has more room.
        while needed + gap > self.left and (self.counts[-1] or self.left < self._rooms[1]):
            self.counts.append(0)
            self.left, gap = self._rooms[len(self.counts) > self._style.columns], 0.0
        self.counts[-1] += together
        self.left -= needed + gap

    @property
    def overfull(self) -> bool:
        """Whether it does not fit on one page."""
        return len(self.counts) > self._style.columns or self.left < 0

    @property
    def pages(self) -> tuple[tuple[int, ...], ...]:
        """The same by pages."""
        wide = self._style.columns
        return tuple(tuple(self.counts[at : at + wide]) for at in range(0, len(self.counts), wide))


def paint_block(painter: QPainter, block: Block, x: float, y: float) -> None:
    """Write the lines of a block; its picture is another's affair."""
    for line in block.lines:
        painter.setFont(line.font)
        painter.setPen(QColor(line.color))
        painter.drawText(QPointF(x + line.x, y + line.y), line.text)


def one_line(text: str, made: QFont, width: float) -> str:
    """Give text that fits in a line."""
    return elided(shown(text), QFontMetricsF(made), width)


def is_right_to_left(text: str) -> bool:
    """Tell by the first letter that has a direction."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), False)


def columns_of(heights: Sequence[float], columns: int) -> list[int]:
    """Divide what is in order into columns, the first no lower than any other: how many go into each."""
    whole = sum(heights)
    counts, reached, column = [0] * columns, 0.0, 0
    for height in heights:
        # Half of what crosses the line may stand above it.
        if column + 1 < columns and counts[column] and reached + height / 2 > whole * (column + 1) / columns:
            column += 1
        counts[column] += 1
        reached += height
    return counts
