"""Keeps what Qt says about sound devices in the log, where it would spill over a terminal."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread

from PySide6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)


def silence_loading() -> None:
    """Keep QtMultimedia from remarking, while it is loaded, on libraries that it does without.

    Not left to :func:`qt_messages_to`: whoever loads a library has the loader's lock, and must not wait for
    the interpreter's, which another thread may have that itself loads a library. They would wait for ever.
    """
    QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver=false")


@contextmanager
def qt_messages_to(hear: Callable[[str], bool]) -> Iterator[None]:
    """Log what Qt says on this thread, and what ``hear`` recognizes; the rest goes where it went before."""
    thread = current_thread()

    def keep(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if hear(message) or current_thread() is thread:
            _log.debug("%s", message)
        elif previous is not None:
            previous(kind, context, message)
        else:
            sys.stderr.write(f"{message}\n")

    previous = qInstallMessageHandler(keep)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)
