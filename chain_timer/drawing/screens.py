"""The screens of this computer, for who asks what a window has to fit on."""

from PySide6.QtGui import QGuiApplication


def screens_told() -> str:
    """Tell the size of each screen as a window sees it, and how many pixels of it are one of that.

    Makes Qt's application: for a process of its own.
    """
    application = QGuiApplication([])
    return ", ".join(
        f"{screen.size().width()}x{screen.size().height()} @{screen.devicePixelRatio():g}"
        for screen in application.screens()
    )
