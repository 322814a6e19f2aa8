"""A long text to read and to copy: thousands of lines, plain, whatever they came from."""

from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from chain_timer.problems import plain

_LONGEST_LINE = 600
_MOST_LINES = 5_000
_AT_REST = """
    QPlainTextEdit:!focus { border: 2px solid transparent; background: transparent; padding: 7px 10px; }
"""


def safe_lines(lines: Iterable[str]) -> str:
    """Make lines safe to show and bounded; of very many the first, and how many more. Slow: for a thread."""
    left = iter(lines)
    told = [plain(line, _LONGEST_LINE) for line in islice(left, _MOST_LINES)]
    more = sum(1 for _ in left)
    if more:
        text = QCoreApplication.translate("import", "and {count} more")
        told.append(text.format(count=f"{more:,}"))
    return "\n".join(told)


class PlainView(QPlainTextEdit):
    """Told a text that :func:`safe_lines` made; nothing in it can be changed, and Tab goes on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # It is no field to fill: it looks like one only where the keys are.
        self.setStyleSheet(_AT_REST)
