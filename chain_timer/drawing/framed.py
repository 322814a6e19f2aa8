"""A picture in its place: fitted and never stretched, its corners rounded."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QTransform

_ROUND = 0.05
"""The radius of the corners, as a part of the shorter side."""
_MOST_ENLARGED = 2.0
"""A picture of few pixels stays small: blown up, nobody would know it again."""


def frame_of(room: QRectF, image: QImage, ratio: float) -> QRectF:
    """Give where a picture goes, in the middle of a room; ``ratio`` is pixels of the screen to one of it."""
    size = QSizeF(image.width(), image.height())
    scale = min(room.width() / size.width(), room.height() / size.height(), _MOST_ENLARGED / ratio)
    frame = QRectF(QPointF(0, 0), size * scale)
    frame.moveCenter(room.center())
    return frame


def paint_framed(painter: QPainter, room: QRectF, image: QImage) -> None:
    """Draw a picture as large as it fits."""
    ratio = painter.device().devicePixelRatio()
    if image.isNull() or room.isEmpty():
        return
    frame = frame_of(room, image, ratio)
    # First to the pixels it will have: a brush alone would leave out most of a large picture's.
    pixels = (frame.size() * ratio).toSize().expandedTo(QSize(1, 1))
    smooth = Qt.TransformationMode.SmoothTransformation
    brush = QBrush(image.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    place = QTransform.fromTranslate(frame.left(), frame.top())
    brush.setTransform(place.scale(frame.width() / pixels.width(), frame.height() / pixels.height()))
    radius = _ROUND * min(frame.width(), frame.height())
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform, on=True
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(frame, radius, radius)
    painter.restore()
