"""The chain: the muscles along the back of the body as links, neck to ankles, those at work in coral."""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QRadialGradient

from chain_timer.drawing.text import elided, font
from chain_timer.drawing.theme import BODY, LEAD, TITLE, Theme, mixed

_GLOW_ALPHA = 64


class Effort(IntEnum):
    """How much a muscle does."""

    NONE = 0
    HELPS = 1
    WORKS = 2


class Link(NamedTuple):
    """One muscle of the chain."""

    name: str
    effort: Effort


def paint_chain(painter: QPainter, rect: QRectF, links: Sequence[Link], theme: Theme) -> None:
    """Draw the links one under another, centered in a narrow column."""
    if not links:
        return
    pitch = rect.height() / len(links)
    size = min(pitch * 0.74, rect.width())
    center = rect.center().x()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(_idle(theme)), max(1.2, size * 0.07)))
    painter.drawLine(QPointF(center, rect.top() + pitch / 2), QPointF(center, rect.bottom() - pitch / 2))
    for index, link in enumerate(links):
        _paint_link(painter, QPointF(center, rect.top() + pitch * (index + 0.5)), size, link.effort, theme)
    painter.restore()


def _paint_link(painter: QPainter, center: QPointF, size: float, effort: Effort, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if effort is Effort.WORKS:
        glow = QRadialGradient(center, size * 1.25)
        coral = QColor(theme.muscle)
        coral.setAlpha(_GLOW_ALPHA)
        glow.setColorAt(0.3, coral)
        coral.setAlpha(0)
        glow.setColorAt(1.0, coral)
        painter.setBrush(glow)
        painter.drawEllipse(center, size * 1.25, size * 1.25)
    if effort is Effort.NONE:
        painter.setBrush(QColor(_idle(theme)))
        painter.drawEllipse(center, size * 0.22, size * 0.22)
        return
    if effort is Effort.WORKS:
        painter.setBrush(QColor(theme.muscle))
        painter.drawEllipse(center, size / 2, size / 2)
        return
    painter.setBrush(QColor(theme.stage_outer))
    painter.setPen(QPen(QColor(theme.muscle), max(1.5, size * 0.14)))
    painter.drawEllipse(center, size * 0.33, size * 0.33)


def paint_named_chain(
    painter: QPainter, rect: QRectF, links: Sequence[Link], theme: Theme, scale: float
) -> None:
    """Draw the links with their names beside them: large where they work, quiet where they do not."""
    if not links:
        return
    pitch = rect.height() / len(links)
    column = QRectF(rect.left(), rect.top(), pitch, rect.height())
    paint_chain(painter, column, links, theme)
    left = column.right() + pitch * 0.35
    for index, link in enumerate(links):
        line = QRectF(left, rect.top() + pitch * index, rect.right() - left, pitch)
        _paint_name(painter, line, link, theme, scale)


def _paint_name(painter: QPainter, line: QRectF, link: Link, theme: Theme, scale: float) -> None:
    pixels, weight, color = {
        Effort.WORKS: (TITLE, QFont.Weight.DemiBold, theme.text),
        Effort.HELPS: (LEAD, QFont.Weight.Normal, theme.text),
        Effort.NONE: (BODY, QFont.Weight.Normal, theme.quiet),
    }[link.effort]
    made = font(min(line.height() * 0.62, pixels * scale), weight)
    painter.setFont(made)
    painter.setPen(QColor(color))
    painter.drawText(
        line,
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        elided(link.name, QFontMetricsF(made), line.width()),
    )


def _idle(theme: Theme) -> str:
    return mixed(theme.edge, theme.stage_outer, 0.6)
