"""A file that only grows: what a journal is written into."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from chain_timer.system.files import opened_to_grow

_ROOM = 64 * 1024


class GrowingFile:
    """A file that only grows, with room kept ahead: a disk that fills up meanwhile does not stop it soon.

    What it holds ends at the first zero byte. While it is open, nobody else can open it so; that ends with
    the process, however it ends.
    """

    def __init__(self, path: Path) -> None:
        """Make it, or open it at its end. Raises OSError; BlockingIOError where somebody has it open."""
        self.path = path
        self._descriptor = opened_to_grow(path)
        try:
            self._room = os.fstat(self._descriptor).st_size
            self._end = self._find_end()
        except BaseException:
            os.close(self._descriptor)
            raise

    def append(self, data: bytes) -> None:
        """Write at the end, down to the disk. Raises OSError; the file then holds what it held before."""
        self._keep_room(len(data))
        os.lseek(self._descriptor, self._end, os.SEEK_SET)
        if os.write(self._descriptor, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        getattr(os, "fdatasync", os.fsync)(self._descriptor)
        self._end += len(data)

    def read(self, limit: int) -> bytes:
        """Give what it holds. Raises OSError, ValueError where that is more than ``limit``."""
        if self._end > limit:
            raise ValueError(f"it is larger than {limit:,} bytes")
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        blocks: list[bytes] = []
        left = self._end
        while left and (block := os.read(self._descriptor, left)):
            blocks.append(block)
            left -= len(block)
        return b"".join(blocks)

    @property
    def is_empty(self) -> bool:
        return not self._end

    def cut(self, end: int) -> None:
        """Forget what stands behind so many bytes. Raises OSError."""
        os.ftruncate(self._descriptor, end)
        self._end = self._room = end

    def close(self) -> None:
        os.close(self._descriptor)

    def remove(self) -> None:
        """Close and remove it. Raises OSError."""
        if os.name == "nt":
            self.close()  # nothing that is open can be removed there
            self.path.unlink(missing_ok=True)
            return
        try:
            self.path.unlink(missing_ok=True)
        finally:
            self.close()

    def _keep_room(self, needed: int) -> None:
        missing = self._end + needed - self._room
        if missing <= 0:
            return
        os.lseek(self._descriptor, self._room, os.SEEK_SET)
        for size in (missing + _ROOM, missing):
            # Where there is no room to keep ahead, there may be enough for this.
            with suppress(OSError):
                self._room += os.write(self._descriptor, bytes(size))
            if self._end + needed <= self._room:
                return
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    def _find_end(self) -> int:
        end = 0
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        while block := os.read(self._descriptor, _ROOM):
            zero = block.find(0)
            if zero >= 0:
                return end + zero
            end += len(block)
        return end
