"""Text as it is drawn: always plain, in lines that fit, with one font for all of the program."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from chain_timer.problems import plain

_FAMILIES = ["Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans"]
_LONGEST = 600
_TABULAR = QFont.Tag("tnum")


def font(pixels: float, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False) -> QFont:
    """Give the program's font at a size; tabular digits are all of one width."""
    made = QFont(_FAMILIES)
    made.setPixelSize(max(1, round(pixels)))
    made.setWeight(weight)
    if tabular:
        made.setFeature(_TABULAR, 1)
    return made


def spaced(made: QFont, percent: float) -> QFont:
    made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, percent)
    return made


def shown(text: str) -> str:
    """Give text from a file as one safe line, short enough to lay out."""
    return plain(text, _LONGEST)


def wrapped(text: str, made: QFont, width: float, most_lines: int = 99) -> list[str]:
    """Break text into lines that fit; what is beyond the last line is elided there."""
    layout = QTextLayout(shown(text), made)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    # Qt counts in units of UTF-16, of which an emoji has two.
    whole = layout.text().encode("utf-16-le")
    lines: list[str] = []
    metrics = QFontMetricsF(made)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, 0))
        rest = whole[2 * line.textStart() :]
        if len(lines) == most_lines - 1:
            lines.append(elided(rest.decode("utf-16-le", "ignore"), metrics, width))
            break
        lines.append(rest[: 2 * line.textLength()].decode("utf-16-le", "ignore").rstrip())
    layout.endLayout()
    return lines


def elided(text: str, metrics: QFontMetricsF, width: float) -> str:
    return str(metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(1.0, width)))
