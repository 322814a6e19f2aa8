"""The first look for sound devices, which decides how much of QtMultimedia is loaded."""

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QMediaDevices


def connect_without_backend() -> None:
    """Have Qt find the sound devices without its backend for films.

    On Linux the backend is FFmpeg, and Qt Quick with it: 12 MiB and 40 ms. Qt looks for it once and goes on
    without it, with "only QMediaDevices, QAudioDevice, QSoundEffect, QAudioSink, and QAudioSource", as it
    says; more is not wanted here. Only for that moment no plugin is found.
    """
    if sys.platform != "linux":
        return
    paths = QCoreApplication.libraryPaths()
    QCoreApplication.setLibraryPaths([])
    try:
        QMediaDevices.defaultAudioOutput()
    finally:
        QCoreApplication.setLibraryPaths(paths)
