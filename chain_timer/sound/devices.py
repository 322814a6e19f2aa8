"""What of QtMultimedia is loaded before it looks for sound devices."""

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QMediaFormat


def leave_out_backend() -> None:
    """Have Qt do without its backend for films, before it is asked for sound devices.

    On Linux the backend is FFmpeg, and Qt Quick with it: 12 MiB and 40 ms. Qt looks for it once and goes on
    without it, with "only QMediaDevices, QAudioDevice, QSoundEffect, QAudioSink, and QAudioSource", as it
    says; more is not wanted here. Only for that moment no plugin is found, in the whole program: so Qt is
    asked for something that it knows without the sound server, which may never answer.
    """
    if sys.platform != "linux":
        return
    paths = QCoreApplication.libraryPaths()
    QCoreApplication.setLibraryPaths([])
    try:
        QMediaFormat().isSupported(QMediaFormat.ConversionMode.Decode)
    finally:
        QCoreApplication.setLibraryPaths(paths)
