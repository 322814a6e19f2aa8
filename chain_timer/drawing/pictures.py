"""Pictures for files: drawn without a display, given as the bytes of a PNG or an SVG."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter

from chain_timer.drawing.figure import Picture, paint_figure
from chain_timer.drawing.fonts import load_fonts
from chain_timer.drawing.theme import Theme
from chain_timer.problems import ChainTimerError

_MARGIN = 0.05
"""Of the shorter side of a picture, kept free around the figure."""
_CSS_DPI = 96
"""An SVG says its size in millimeters; at this resolution a browser makes the same pixels of them."""
_applications: list[QGuiApplication] = []


class NotDrawnError(ChainTimerError):
    """Qt could not draw or encode a picture; the text says what to change."""


@dataclass(frozen=True, slots=True)
class Page:
    """Something to draw, with its size in pixels and what a screen reader calls it."""

    width: int
    height: int
    title: str
    paint: Callable[[QPainter], None]


def ready_to_draw() -> None:
    """Give Qt the application object that fonts need, where no window made one. No display is opened."""
    if QGuiApplication.instance() is None:
        _applications.append(QGuiApplication(["chain-timer", "-platform", "offscreen"]))
        load_fonts()


def figure_page(size: int, title: str, picture: Picture, theme: Theme) -> Page:
    """Give a square with a figure on the theme's ground."""
    return Page(size, size, title, lambda painter: paint_square(painter, size, picture, theme))


def paint_square(painter: QPainter, size: int, picture: Picture, theme: Theme) -> None:
    """Draw a figure on its ground into the square at the painter's origin."""
    painter.fillRect(QRectF(0, 0, size, size), QColor(theme.stage_inner))
    margin = size * _MARGIN
    paint_figure(painter, QRectF(margin, margin, size - 2 * margin, size - 2 * margin), picture, theme)


def image_of(page: Page) -> QImage:
    """Draw into an image. Raises NotDrawnError when there is no memory for it."""
    image = QImage(page.width, page.height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise NotDrawnError(f"{_pixels(page)} are more than there is memory for; use a smaller --size")
    painter = QPainter(image)
    try:
        page.paint(painter)
    finally:
        painter.end()
    return image


def images_of(pages: Iterable[Page]) -> Iterator[QImage]:
    """Draw each when it is asked for. Raises NotDrawnError."""
    return map(image_of, pages)


def png_bytes(page: Page) -> bytes:
    """Give a page as a PNG file. Raises NotDrawnError."""
    buffer = QBuffer()
    if not QImageWriter(buffer, b"png").write(image_of(page)):
        raise NotDrawnError(f"Qt could not make a PNG of {_pixels(page)}; use a smaller --size")
    return _content(buffer)


def svg_bytes(page: Page) -> bytes:
    """Give a page as an SVG file: shapes that stay sharp at any size, on a shadow that is soft anyway."""
    from PySide6.QtSvg import QSvgGenerator  # noqa: PLC0415 - only for this

    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_CSS_DPI)
    generator.setSize(QSize(page.width, page.height))
    generator.setViewBox(QRectF(0, 0, page.width, page.height))
    generator.setTitle(page.title)
    generator.setDescription("Drawn by Chain Timer")
    painter = QPainter(generator)
    try:
        page.paint(painter)
    finally:
        painter.end()
    return _content(buffer)


def _content(buffer: QBuffer) -> bytes:
    data: QByteArray = buffer.data()
    return bytes(data.data())


def _pixels(page: Page) -> str:
    return f"{page.width:,} x {page.height:,} pixels"
