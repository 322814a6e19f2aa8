"""The icon in the tray of the desktop, with its menu. Made when a person wants it."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QImageWriter, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from chain_timer.drawing.text import shown
from chain_timer.drawing.theme import DARK, LIGHT
from chain_timer.system.files import write_bytes_atomic

_SIZES = (16, 22, 32, 48, 64)
_FILE_SIZE = 128
_LONGEST_MESSAGE_MS = 10_000
_ICON_NAME = "reminder.png"
# On a grid of 16: the muscles of the back as links, the one in the middle at work.
_GRID = 16
_LINKS = ((5.0, 2.8, 1.7), (8.6, 8.0, 3.1), (5.6, 13.2, 1.7))


class Tray(QObject):
    """Told what its menu says; asks to open, to start, and to quit."""

    open_requested = Signal()
    start_requested = Signal()
    quit_requested = Signal()
    message_clicked = Signal()
    about_to_open = Signal()
    """The menu is about to be seen: what it says should be as it is now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.open_action = self.menu.addAction(self.tr("Open Chain Timer"))
        self.start_action = self.menu.addAction("")
        self.menu.addSeparator()
        self.next_action = self.menu.addAction("")
        self.next_action.setEnabled(False)
        self.menu.addSeparator()
        self.quit_action = self.menu.addAction(self.tr("Quit"))
        self.icon = QSystemTrayIcon(tray_icon(), self)
        self.icon.setToolTip("Chain Timer")
        self.icon.setContextMenu(self.menu)
        self.open_action.triggered.connect(self.open_requested)
        self.start_action.triggered.connect(self.start_requested)
        self.quit_action.triggered.connect(self.quit_requested)
        self.menu.aboutToShow.connect(self.about_to_open)
        self.icon.messageClicked.connect(self.message_clicked)
        self.icon.activated.connect(self._activate)

    @staticmethod
    def is_there() -> bool:
        """Whether the desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_routine(self, name: str) -> None:
        self.start_action.setText(_plain(self.tr("Start {name}").format(name=name)))

    def show_next(self, text: str) -> None:
        self.next_action.setText(_plain(text))

    def show_message(self, title: str, text: str) -> None:
        """Show a message for a while; it has no buttons, a click on it is all."""
        self.icon.showMessage(title, shown(text), self.icon.icon(), _LONGEST_MESSAGE_MS)

    def show(self) -> None:
        self.icon.show()

    def close(self) -> None:
        """Take the icon away."""
        self.icon.hide()
        self.menu.deleteLater()
        self.deleteLater()

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # A click with the other button opens the menu.
        if reason in {
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        }:
            self.open_requested.emit()


def tray_icon() -> QIcon:
    """Draw the icon in the sizes of trays."""
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(QPixmap.fromImage(icon_image(size)))
    return icon


def icon_image(size: int) -> QImage:
    """Draw the chain in a square: three links, with a rim that shows on any ground."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / _GRID, size / _GRID)
    points = [QPointF(x, y) for x, y, _ in _LINKS]
    for color, rim in ((DARK.background, 0.9), (LIGHT.surface, 0.0)):
        painter.setPen(QPen(QColor(color), 1.3 + 2 * rim, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, (_x, _y, radius) in enumerate(_LINKS):
            works = place == 1 and not rim
            painter.setBrush(QColor(DARK.muscle if works else color))
            painter.drawEllipse(points[place], radius + rim, radius + rim)
    painter.end()
    return image


def icon_file(folder: Path) -> Path | None:
    """Give a file of the icon, for what shows it from elsewhere; None where none can be written.

    Reads and writes the disk: for a thread.
    """
    path = folder / _ICON_NAME
    buffer = QBuffer()
    QImageWriter(buffer, b"png").write(icon_image(_FILE_SIZE))
    try:
        if not path.is_file():
            write_bytes_atomic(path, bytes(buffer.data().data()))
    except OSError:
        return None
    return path


def _plain(text: str) -> str:
    # In a menu "&" marks the key of an entry.
    return shown(text).replace("&", "&&")
