"""Pictures kept for as long as nothing in them changes, as sharp as the screen they are on."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget


def canvas(
    size: QSizeF, ratio: float, ground: QColor | Qt.GlobalColor = Qt.GlobalColor.transparent
) -> QPixmap:
    """Give a picture to draw on; ``ratio`` is how many pixels of the screen are in one of the widget."""
    picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(ground)
    return picture


def copy_part(painter: QPainter, picture: QPixmap, area: QRect) -> None:
    """Paint a part of a picture where it is in the whole."""
    if not area.isEmpty():
        ratio = picture.devicePixelRatio()
        source = QRectF(area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio)
        painter.drawPixmap(QRectF(area), picture, source)


class Backing:
    """What a widget paints in the same way again and again, drawn once for its screen."""

    def __init__(self, widget: QWidget, paint: Callable[[QPainter], None]) -> None:
        self._widget = widget
        self._paint = paint
        self._picture: QPixmap | None = None

    def forget(self) -> None:
        """Draw anew when it is painted next."""
        self._picture = None

    def picture(self, ground: QColor | Qt.GlobalColor = Qt.GlobalColor.transparent) -> QPixmap:
        """Give the picture, drawn anew where something changed or the widget came to another screen."""
        ratio = self._widget.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = canvas(QSizeF(self._widget.size()), ratio, ground)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
            painter.end()
        return self._picture
