"""The mark of the program, from its one SVG in every size that somebody asks for."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from chain_timer.resources import resource_path

SIZES = (16, 24, 32, 48, 64, 128, 256)
"""Those that desktops ask for, in pixels."""
_SMALL = 40
"""Pixels, from which on the ring can be seen as one."""
_SMALL_HIGH = 0.86
"""The share of a small icon's height that the chain takes."""


def mark_path() -> str:
    """Give the path of the SVG."""
    return str(resource_path("icons", "chain-timer.svg"))


def mark_file(size: int) -> str:
    """Give the path of the mark as a PNG, drawn before in one of the :data:`SIZES`."""
    return str(resource_path("icons", f"{size}.png"))


def mark_image(size: int) -> QImage:
    """Draw the mark on a square of so many pixels; a small one is simpler, to be told at a glance."""
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - 2.4 MiB that a window can do without

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    drawing = QSvgRenderer(mark_path())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if size < _SMALL:
        drawing.render(painter, "ground", QRectF(0, 0, size, size))
        chain = drawing.boundsOnElement("chain")
        high = size * _SMALL_HIGH
        wide = high * chain.width() / chain.height()
        drawing.render(painter, "chain", QRectF((size - wide) / 2, (size - high) / 2, wide, high))
    else:
        drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image
