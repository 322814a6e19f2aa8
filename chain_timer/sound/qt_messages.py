"""Keeps what Qt says about sound devices in the log, where it would spill over a terminal."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)


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
