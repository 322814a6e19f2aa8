"""What the charts of the history share: the size of their words, how they are written, names of days."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chain_timer.drawing.text import elided
from chain_timer.drawing.theme import BODY, LEAD, SMALL

_WIDE, _WIDEST = 1300, 1900


def type_size(width: float) -> int:
    """Give the size of the words of a chart so wide, in pixels."""
    return SMALL if width < _WIDE else BODY if width < _WIDEST else LEAD


def write(painter: QPainter, left: float, middle: float, text: str, right: float) -> float:
    """Write a line as far as it fits, and give where it ends."""
    metrics = QFontMetricsF(painter.font())
    fitting = elided(text, metrics, right - left)
    place = QRectF(left, middle - metrics.height() / 2, max(1.0, right - left + 1), metrics.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
    return left + metrics.horizontalAdvance(fitting)


def month_name(day: date) -> str:
    """Give a month in short: ``Mar``."""
    return str(QLocale.c().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat))


def weekday_name(day: date) -> str:
    """Give a day of the week in short: ``Mon``."""
    return str(QLocale.c().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat))


def day_name(day: date) -> str:
    """Give a day in short: ``3 Mar``."""
    return str(QLocale.c().toString(QDate(day.year, day.month, day.day), "d MMM"))
