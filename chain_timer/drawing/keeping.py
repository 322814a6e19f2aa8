"""Drawings kept small, to be painted again: a repetition comes back every few seconds."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QDataStream, QIODevice
from PySide6.QtGui import QColor, QPainterPath

from chain_timer.drawing.figure import Drawing
from chain_timer.drawing.figure_things import Shadow
from chain_timer.drawing.stamps import Mark, Stamp


class _Kept(NamedTuple):
    shadow: Shadow | None
    marks: tuple[QColor | Stamp, ...]
    """A color for each path."""
    paths: QByteArray
    """Written out, a drawing takes 18 kB; as painter paths that were painted once, ten times as much."""


class Drawings:
    """The drawings painted last, by their keys. Reading one back takes a tenth of making it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def get(self, key: Hashable) -> Drawing | None:
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        stream = _single(QDataStream(kept.paths, QIODevice.OpenModeFlag.ReadOnly))
        marks: list[Mark] = []
        for mark in kept.marks:
            if isinstance(mark, Stamp):
                marks.append(mark)
            else:
                path = QPainterPath()
                stream >> path
                marks.append((path, mark))
        return Drawing(kept.shadow, tuple(marks))

    def keep(self, key: Hashable, drawing: Drawing) -> None:
        """Keep a drawing; of too many, the one that was not wanted for longest is forgotten."""
        paths = QByteArray()
        stream = _single(QDataStream(paths, QIODevice.OpenModeFlag.WriteOnly))
        marks: list[QColor | Stamp] = []
        for mark in drawing.marks:
            if isinstance(mark, Stamp):
                marks.append(mark)
            else:
                path, color = mark
                stream << path
                marks.append(color)
        paths.squeeze()  # it grew in doublings
        self._kept[key] = _Kept(drawing.shadow, tuple(marks), paths)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


def _single(stream: QDataStream) -> QDataStream:
    """Write numbers with seven digits: a thousandth of a pixel."""
    stream.setFloatingPointPrecision(QDataStream.FloatingPointPrecision.SinglePrecision)
    return stream
