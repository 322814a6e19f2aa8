"""A file as an encoder sees it, with other first bytes in it than the encoder wrote."""

import os
from collections.abc import Callable
from typing import BinaryIO

Head = Callable[[bytes], tuple[int, bytes] | None]
"""Given all that was written so far: how much of it is to be replaced, and by what; None for not yet."""
_LONGEST_HEAD = 1024 * 1024


class Spliced:
    """What libsndfile writes through, in memory until the head is known.

    Errors of the file are kept for :meth:`check`: libsndfile, which calls this from C, would only print them.
    What is written after one goes nowhere.
    """

    def __init__(self, file: BinaryIO, head: Head) -> None:
        self._file = file
        self._head = head
        self._held: bytearray | None = bytearray()
        self._replaced = 0
        self._shift = 0
        self._at = self._end = 0  # as the encoder counts
        self.trouble: OSError | None = None

    def check(self) -> None:
        """Raise the OSError that the file met, if it met one."""
        if self.trouble is not None:
            raise self.trouble

    def is_whole(self) -> bool:
        """Whether the head was found, so that everything is in the file."""
        return self._held is None

    # --- as libsndfile calls it ----------------------------------------------------------------------

    def write(self, data: bytes) -> int:
        try:
            if self.trouble is None:
                self._put(data)
        except OSError as error:
            self.trouble = error
        self._at += len(data)
        self._end = max(self._end, self._at)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._end}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    # -------------------------------------------------------------------------------------------------

    def _put(self, data: bytes) -> None:
        if self._held is not None:
            self._hold(self._held, data)
            return
        # What is written again before the end of the head is a fixed block that the new head begins with too.
        shift = self._shift if self._at >= self._replaced else 0
        self._file.seek(self._at + shift)
        self._file.write(data)

    def _hold(self, held: bytearray, data: bytes) -> None:
        held[self._at : self._at + len(data)] = data
        found = self._head(bytes(held))
        if found is None and len(held) < _LONGEST_HEAD:
            return
        self._replaced, new = found or (0, b"")
        self._shift = len(new) - self._replaced
        self._held = None
        self._file.write(new + held[self._replaced :])
