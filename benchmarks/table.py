"""What every benchmark tells: a figure beside its baseline, their ratio, and what is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, the smaller the better."""

    name: str
    figure: float
    unit: str
    wanted: float | None = None
    baseline: float | None = None
    of: str = ""
    """What the baseline is."""
    note: str = ""
    relative: bool = False
    """Whether the ratio is what is wanted, and not the figure itself."""

    @property
    def ratio(self) -> float | None:
        return self.figure / self.baseline if self.baseline else None

    @property
    def judged(self) -> float:
        return self.ratio if self.relative and self.ratio is not None else self.figure

    @property
    def missed(self) -> bool:
        return self.wanted is not None and not self.judged <= self.wanted

    def cells(self) -> tuple[str, ...]:
        baseline = f"{number(self.baseline)} {self.unit}  {self.of}" if self.baseline is not None else ""
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        wanted = (
            "" if self.wanted is None else f"{number(self.wanted)}{'' if self.relative else ' ' + self.unit}"
        )
        return (
            self.name,
            f"{number(self.figure)} {self.unit}",
            baseline,
            ratio,
            wanted,
            "missed" if self.missed else self.note,
        )


HEADS = ("", "figure", "baseline", "ratio", "wanted", "")


def number(value: float) -> str:
    """As many digits as mean something."""
    if value == 0:
        return "0"
    digits = 3 if abs(value) < 0.1 else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0  # noqa: PLR2004
    return f"{value:,.{digits}f}"


def show(rows: Iterable[Row]) -> int:
    """Print the table; the exit status is 1 when something wanted was missed."""
    shown = list(rows)
    table = [HEADS, *(row.cells() for row in shown)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())
    return 1 if any(row.missed for row in shown) else 0
