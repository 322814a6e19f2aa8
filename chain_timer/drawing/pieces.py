"""Pieces of a picture put one over another, each parted by a thin line from what is behind it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath

from chain_timer.drawing.paths import Fill, Placing
from chain_timer.drawing.stamps import Mark, Stamp

GAP = 0.009
"""How wide the line is that parts what is near from what is behind it, in meters."""


@dataclass(slots=True, eq=False)
class Piece:
    """What is painted at once, with what is a little larger than it, to be filled with the ground before."""

    fills: Sequence[Fill]
    """In meters."""
    edges: Callable[[], Iterable[QPainterPath]] | None = None
    """Made only where there is something to be parted from."""
    joined: "Piece | None" = None
    """What it goes on from, without a line between."""
    stamp: Stamp | None = None
    """The fills in their place, where they stay in it."""

    @property
    def room(self) -> QRectF:
        """What it covers at most, with its edge."""
        room = QRectF()
        for path, _ in self.fills:
            room = room.united(path.controlPointRect())
        return room.adjusted(-GAP, -GAP, GAP, GAP)


Layer = tuple[float, Sequence[Piece]]
"""Pieces that belong together, and how near they are."""


def marks_of(layers: Iterable[Layer], placing: Placing, ground: QColor) -> Iterator[Mark]:
    """Put layers into a picture, the farthest first."""
    behind: list[tuple[Piece, QRectF]] = []
    for piece in (piece for _, layer in sorted(layers, key=itemgetter(0)) for piece in layer):
        room = piece.room
        if piece.edges is not None and any(
            room.intersects(covered) for other, covered in behind if other is not piece.joined
        ):
            yield from placing.put((edge, ground) for edge in piece.edges())
        if piece.stamp is not None:
            yield piece.stamp
        else:
            yield from placing.put(piece.fills)
        behind.append((piece, room))
