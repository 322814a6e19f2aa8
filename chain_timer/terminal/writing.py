"""Writing to a terminal or a pipe that may refuse to take anything for as long as it likes."""

import contextlib
import os
import select
import sys
from collections.abc import Callable
from typing import TextIO


def writer_of(out: TextIO) -> Callable[[str], None]:
    """Find the way to write to a stream that holds no lock while it waits.

    A thread that hangs inside a buffered stream would hold up the end of the program.
    """
    descriptor = None
    with contextlib.suppress(OSError, ValueError, AttributeError):
        descriptor = out.fileno()
    if descriptor is None or sys.platform == "win32":
        return _flushing(out)
    encoding = out.encoding or "utf-8"
    return lambda text: _write_all(descriptor, text.encode(encoding, "replace"))


def _flushing(out: TextIO) -> Callable[[str], None]:
    def write(text: str) -> None:
        out.write(text)
        out.flush()

    return write


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        try:
            data = data[os.write(descriptor, data) :]
        except BlockingIOError:
            # Another program has left the terminal unwilling to wait; this one waits by itself.
            select.select([], [descriptor], [])
