"""A sheet of character cells that words are put on; too long ones are cut, never wrapped or let run out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

Part = tuple[str, str]
"""Text and the name of its style."""
Piece = tuple[int, str, str]
"""Column, text, style. Each has its own place: a terminal that draws an emoji wider shifts nothing."""
Row = tuple[Piece, ...]

_PLAINER = str.maketrans(
    {
        "→": "->",
        "←": "<-",
        "·": "-",
        "–": "-",  # noqa: RUF001 - the dash itself is meant
        "…": "...",
        "●": "*",
        "▾": "v",
        "━": "=",
        "─": "-",
        "▆": "#",
        "▃": "=",
        "│": "|",
        "’": "'",  # noqa: RUF001 - the mark itself is meant
        "“": '"',
        "”": '"',
    }
)


@dataclass(frozen=True, slots=True)
class Letters:
    """Which characters the terminal's encoding has."""

    encoding: str = "utf-8"

    @property
    def blocks(self) -> bool:
        """Whether there are block characters."""
        return self._has("▛█→▆━●")

    def fit(self, text: str) -> str:
        """Give text in characters that can be written."""
        if self._has(text):
            return text
        plainer = text if self.blocks else text.translate(_PLAINER)
        return plainer.encode(self.encoding, "replace").decode(self.encoding)

    def shortened(self, text: str, cells: int) -> str:
        """Give text that can be written and fits in so many cells."""
        short = cut(self.fit(text), cells)
        return short if self._has(short) else short.replace("…", ".")

    def _has(self, text: str) -> bool:
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


def cut(text: str, cells: int) -> str:
    """Cut text to a number of cells, with an ellipsis where something is lost."""
    if cells <= 0:
        return ""
    if cell_len(text) <= cells:
        return text
    # A character takes a cell or none, mostly; what follows it may make it wider.
    kept = text[: cells * 4].rstrip()
    while kept and cell_len(kept) >= cells:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def wrapped(text: str, cells: int) -> list[str]:
    """Break text at spaces into lines of at most so many cells; a longer word is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= cells:
            lines[-1] += f" {word}"
        else:
            lines.append(cut(word, cells))
    return lines


@dataclass(slots=True)
class Sheet:
    width: int
    height: int
    letters: Letters
    _rows: dict[int, list[Piece]] = field(default_factory=dict)

    def put(self, row: int, column: int, text: str, style: str) -> int:
        """Write at a place; what lies outside is lost. Gives the column after it."""
        text = self.letters.shortened(text, self.width - column)
        if text and 0 <= row < self.height:
            self._rows.setdefault(row, []).append((column, text, style))
        return column + cell_len(text)

    def line(self, row: int, column: int, parts: Sequence[Part]) -> int:
        for text, style in parts:
            column = self.put(row, column, text, style)
        return column

    def center(self, row: int, parts: Sequence[Part]) -> None:
        length = sum(cell_len(self.letters.fit(text)) for text, _ in parts)
        self.line(row, max(0, (self.width - length) // 2), parts)

    def right(self, row: int, margin: int, text: str, style: str) -> int:
        """Write at the right edge; gives the column it begins at."""
        text = self.letters.shortened(text, self.width - 2 * margin)
        column = max(0, self.width - margin - cell_len(text))
        self.put(row, column, text, style)
        return column

    def rows(self) -> tuple[Row, ...]:
        return tuple(tuple(self._rows.get(row, ())) for row in range(self.height))
