"""Keeps what Qt says about sound devices in the log, where it would spill over a terminal."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread, current_thread

from PySide6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)

Hear = Callable[[str], bool]
_Handler = Callable[[QtMsgType, QMessageLogContext, str], None]


def silence_loading() -> None:
    """Keep QtMultimedia from remarking, while it is loaded, on libraries that it does without.

    Not left to :func:`qt_messages_to`: whoever loads a library has the loader's lock, and must not wait for
    the interpreter's, which another thread may have that itself loads a library. They would wait for ever.
    """
    QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver=false")


class _Handed:
    """What is handed to Qt to be called with all that it says, once and until the program ends.

    Taken back earlier, it would be gone for another thread that Qt is just about to call it on, and PySide
    then calls nothing at all: the program would crash.
    """

    def __init__(self) -> None:
        self._changing = Lock()
        self._hearers: dict[Thread, Hear] = {}
        self._is_in = False
        self._previous: _Handler | None = None

    def add(self, thread: Thread, hear: Hear) -> None:
        with self._changing:
            self._hearers = {**self._hearers, thread: hear}
            if not self._is_in:
                self._is_in = True
                self._previous = qInstallMessageHandler(self._keep)

    def remove(self, thread: Thread) -> None:
        with self._changing:
            self._hearers = {each: hear for each, hear in self._hearers.items() if each is not thread}

    def take_back(self) -> None:
        with self._changing:
            if self._is_in:
                self._is_in = False
                qInstallMessageHandler(self._previous)

    def _keep(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        hearers = self._hearers
        # All of them hear it, also what is said on their own thread.
        heard = [hear(message) for hear in hearers.values()]
        if any(heard) or current_thread() in hearers:
            _log.debug("%s", message)
        elif self._previous is not None:
            self._previous(kind, context, message)
        else:
            sys.stderr.write(f"{message}\n")


_handed = _Handed()


@contextmanager
def qt_messages_to(hear: Hear) -> Iterator[None]:
    """Log what Qt says on this thread, and what ``hear`` recognizes; the rest goes where it went before."""
    thread = current_thread()
    _handed.add(thread, hear)
    try:
        yield
    finally:
        _handed.remove(thread)


def leave_qt_messages() -> None:
    """At the end of the program, when nothing but this thread uses Qt: Qt outlives Python a little."""
    _handed.take_back()
