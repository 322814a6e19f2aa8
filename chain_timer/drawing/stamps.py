"""What stands still in a picture that moves: filled once into an image, and copied from that."""

from collections.abc import Iterable
from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QTransform

from chain_timer.drawing.paths import Fill

_LARGEST = 4_000_000
"""Pixels of an image, 16 MB: what would be larger is filled each time."""


class _Place(NamedTuple):
    """How a painter has its picture: its pixels to a point, and the transform into its points."""

    ratio: float
    transform: QTransform


class _Copy(NamedTuple):
    place: _Place
    at: QPointF
    image: QImage


class Stamp:
    """Fills that are painted again and again in one place; a picture without pixels gets them as they are."""

    def __init__(self, fills: Iterable[Fill], opacity: float = 1.0) -> None:
        self._fills = tuple(fills)
        self._opacity = opacity
        self._copy: _Copy | None = None

    def paint(self, painter: QPainter) -> None:
        place = _Place(painter.device().devicePixelRatio(), painter.worldTransform())
        copy = self._copy_for(place) if _has_pixels(painter) else None
        opacity = painter.opacity()
        painter.setOpacity(opacity * self._opacity)
        if copy is None:
            self._fill(painter)
        else:
            painter.setWorldTransform(QTransform())
            painter.drawImage(copy.at, copy.image)
            painter.setWorldTransform(place.transform)
        painter.setOpacity(opacity)

    def _fill(self, painter: QPainter) -> None:
        for path, color in self._fills:
            painter.fillPath(path, color)

    def _copy_for(self, place: _Place) -> _Copy | None:
        if self._copy is None or self._copy.place != place:
            self._copy = self._made(place)
        return self._copy

    def _made(self, place: _Place) -> _Copy | None:
        ratio, transform = place
        room = QRectF()
        for path, _ in self._fills:
            room = room.united(transform.mapRect(path.controlPointRect()))
        left, top = floor(room.left() * ratio) - 1, floor(room.top() * ratio) - 1
        width, height = ceil(room.right() * ratio) + 1 - left, ceil(room.bottom() * ratio) + 1 - top
        if width * height > _LARGEST:
            return None
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        at = QPointF(left / ratio, top / ratio)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-at)
        painter.setWorldTransform(transform, combine=True)
        self._fill(painter)
        painter.end()
        return _Copy(place, at, image)


Mark = Fill | Stamp
"""All that a drawing is made of: it can be kept and painted again for a third of what it took to make."""


def _has_pixels(painter: QPainter) -> bool:
    return painter.paintEngine().type() == QPaintEngine.Type.Raster
