"""The picture of an exercise: shown, chosen, dropped or taken away."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import DARK, SMALL, Theme
from chain_timer.window.basics import PlainLabel

_HIGH = 168
_CORNER = 12.0


class PictureField(QWidget):
    """Told a picture; asks for another one."""

    choose_requested = Signal()
    remove_requested = Signal()
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.view = _View(self)
        self.hint = PlainLabel(
            self.tr("PNG, JPEG, WebP or SVG. It is copied; yours stays where it is."), tone="quiet"
        )
        self.choose = QPushButton(self.tr("Choose a picture…"), self)
        self.remove = QPushButton(self.tr("Remove"), self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.view)
        rows.addLayout(row)
        rows.addWidget(self.hint.in_size(SMALL).wrapping())
        self.choose.clicked.connect(self.choose_requested)
        self.remove.clicked.connect(self.remove_requested)
        self.show_picture(None)

    def show_picture(self, picture: QImage | None) -> None:
        self.view.show_picture(picture)
        self.view.setVisible(picture is not None)
        self.remove.setVisible(picture is not None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path:
            event.acceptProposedAction()
            self.dropped.emit(path)


class _View(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._picture: QImage | None = None
        self.setFixedHeight(_HIGH)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None or self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        corners = QPainterPath()
        corners.addRoundedRect(place, _CORNER, _CORNER)
        painter.setClipPath(corners)
        painter.fillRect(place, QColor(self._theme.raised))
        painter.drawImage(place, self._picture)


def _dropped_file(event: QDropEvent) -> str:
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if urls else ""
