"""Big digits: strokes drawn with block characters at any height, sharp to a quarter of a character cell."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import ceil, cos, hypot, radians, sin, sqrt

SMALLEST = 3
"""Rows from which block digits can be told apart."""
SMALLEST_PLAIN = 5
"""The same without block characters."""
WIDTH = 0.46
"""Of a digit's strokes, in heights of the strokes."""
_STROKE = 0.135
_GAP = 0.16
_CELL_WIDTH = 0.5
"""Of a character cell, in heights of one; nearly all fonts agree."""
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"

Point = tuple[float, float]


@lru_cache(maxsize=64)
def big_text(text: str, rows: int, *, blocks: bool) -> tuple[str, ...]:
    """Draw digits, ``:`` and ``✓``; lines of one width, ``rows`` of them.

    Without ``blocks`` it makes do with ``#``, one to a cell.
    """
    glyphs = [_glyph(character, rows, blocks) for character in text]
    gap = " " * max(1, round(_GAP * rows / _CELL_WIDTH))
    return tuple(gap.join(glyph[row] for glyph in glyphs) for row in range(rows))


def big_width(text: str, rows: int) -> int:
    """How many cells :func:`big_text` needs."""
    cells = sum(_cells(character, rows) for character in text)
    return cells + max(0, len(text) - 1) * max(1, round(_GAP * rows / _CELL_WIDTH))


def _cells(character: str, rows: int) -> int:
    return ceil(round((_width(character) * (1 - _STROKE) + _STROKE) * rows / _CELL_WIDTH, 3))


def _width(character: str) -> float:
    return {":": 0.0, "✓": 1.2}.get(character, WIDTH)


@lru_cache(maxsize=128)
def _glyph(character: str, rows: int, blocks: bool) -> tuple[str, ...]:  # noqa: FBT001 - cached by position
    cells = _cells(character, rows)
    fine = 2 if blocks else 1
    lit = _lit(character, rows, cells, fine)
    return tuple("".join(_cell(lit, row, cell, fine) for cell in range(cells)) for row in range(rows))


def _cell(lit: set[tuple[int, int]], row: int, cell: int, fine: int) -> str:
    if fine == 1:
        return "#" if (cell, row) in lit else " "
    corners = [(2 * cell + x, 2 * row + y) in lit for y in (0, 1) for x in (0, 1)]
    return _QUADRANTS[sum(1 << bit for bit, on in enumerate(corners) if on)]


def _lit(character: str, rows: int, cells: int, fine: int) -> set[tuple[int, int]]:
    """Find the pixels whose center lies within half a stroke of the path."""
    wide, high = _CELL_WIDTH / fine, 1 / fine
    radius = max(_STROKE * rows / 2, 0.26 if fine > 1 else 0.5)
    reach = max(0.0, rows - 2 * radius)
    # Centered in its cells, so that digits of one width stay in place as they change.
    left = (cells * _CELL_WIDTH - _width(character) * reach) / 2
    found: set[tuple[int, int]] = set()
    for x, y in _dots(character, 1 / (rows * 4 * fine)):
        center_x, center_y = left + x * reach, radius + y * reach
        first, last = ceil((center_y - radius) / high - 0.5), int((center_y + radius) / high - 0.5)
        for row in range(max(0, first), min(last, rows * fine - 1) + 1):
            half = sqrt(max(0.0, radius**2 - ((row + 0.5) * high - center_y) ** 2))
            begin, end = ceil((center_x - half) / wide - 0.5), int((center_x + half) / wide - 0.5)
            found.update((column, row) for column in range(begin, end + 1))
    return found


def _dots(character: str, step: float) -> Iterator[Point]:
    for path in _paths(character):
        yield path[0]
        for (x, y), (to_x, to_y) in pairwise(path):
            count = max(1, ceil(hypot(to_x - x, to_y - y) / step))
            for index in range(1, count + 1):
                yield x + (to_x - x) * index / count, y + (to_y - y) * index / count


def _arc(y: float, rx: float, ry: float, turn: tuple[int, int], x: float = WIDTH / 2) -> list[Point]:
    """Points along an ellipse about (x, y); degrees clockwise from the right."""
    angles = range(turn[0], turn[1] + 1, 5)
    return [(x + rx * cos(radians(angle)), y + ry * sin(radians(angle))) for angle in angles]


def _turned(paths: list[list[Point]]) -> list[list[Point]]:
    return [[(WIDTH - x, 1 - y) for x, y in path] for path in paths]


def _paths(character: str) -> list[list[Point]]:
    """The strokes of a character, in a box ``WIDTH`` wide and 1 high."""
    w, r = WIDTH, WIDTH / 2
    six = [_arc(0.69, r, 0.31, (0, 360)), [(0, 0.69), *_arc(0.69, w, 0.69, (180, 255), x=w)]]
    paths: dict[str, list[list[Point]]] = {
        "0": [[*_arc(0.3, r, 0.3, (180, 360)), *_arc(0.7, r, 0.3, (0, 180)), (0, 0.3)]],
        "1": [[(w * 0.16, 0.17), (w * 0.58, 0), (w * 0.58, 1)]],
        "2": [[*_arc(0.29, r, 0.29, (185, 395)), (0, 1), (w, 1)]],
        "3": [_arc(0.25, r * 0.9, 0.25, (195, 450)), _arc(0.73, r, 0.27, (270, 525))],
        "4": [[(w * 0.62, 0), (0, 0.71), (w, 0.71)], [(w * 0.76, 0.4), (w * 0.76, 1)]],
        "5": [[(w * 0.92, 0), (w * 0.12, 0), (w * 0.04, 0.46), *_arc(0.68, r, 0.32, (225, 520))]],
        "6": six,
        "7": [[(0, 0), (w, 0), (w * 0.32, 1)]],
        "8": [_arc(0.245, r * 0.88, 0.245, (0, 360)), _arc(0.74, r, 0.26, (0, 360))],
        "9": _turned(six),
        ":": [[(0, 0.28)], [(0, 0.74)]],
        "✓": [[(0, 0.58), (0.4, 0.95), (1.2, 0.1)]],
    }
    return paths.get(character, [])
