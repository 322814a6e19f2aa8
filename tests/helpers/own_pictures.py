"""A person's own picture, and where it is seen."""

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage, QImageWriter

RED = QColor("#ff0000")


def red_picture(width: int, height: int) -> bytes:
    """A PNG in a color that nothing of ours has."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    buffer = QBuffer()
    assert QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def red_area(image: QImage) -> tuple[int, int]:
    """How wide and high the red of a picture is, in pixels; zeros where there is none."""
    found = [
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) == RED
    ]
    if not found:
        return 0, 0
    (left, right), (top, bottom) = ((min(each), max(each)) for each in zip(*found, strict=True))
    return right - left + 1, bottom - top + 1
