"""Lines for a terminal: what came from outside is made safe."""

import sys
from collections.abc import Iterable, Iterator, Sequence

from chain_timer.problems import Problem, plain

_LONGEST_LINE = 1_000
_MOST_PROBLEMS = 20


def notice(text: str) -> None:
    """Tell a person something beside the result: on stderr, each line safe."""
    for line in text.splitlines():
        print(plain(line, _LONGEST_LINE), file=sys.stderr)


def notice_problems(problems: Sequence[Problem]) -> None:
    """Tell what is wrong with own files, bounded: a folder full of broken files is no reason to flood."""
    for problem in problems[:_MOST_PROBLEMS]:
        notice(str(problem))
    if len(problems) > _MOST_PROBLEMS:
        notice(f"… and {len(problems) - _MOST_PROBLEMS:,} more problems in your files")


def columns(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Align the cells of rows; the last column may be as long as it likes."""
    table = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
