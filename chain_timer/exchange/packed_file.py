"""The entries of a zip file on disk, unfolded part by part: however large it is, little of it is in memory.

What an archive says of itself is the word of whoever made it: names are looked at, and everything is counted
while it unfolds. Smaller archives, and those that are in memory, are read by ``archive.py``.
"""

import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from chain_timer.exchange.backup_layout import MOST_FILES
from chain_timer.exchange.zip_entry import RefusedError, fault_of, label, start_of, unfolded
from chain_timer.problems import Problem

LARGEST_DIRECTORY = 8 * 1024 * 1024
"""Bytes of the list of all entries, with names of usual length."""
_PIECE = 16 * 1024


class PackedFile:
    """What can safely be read of an archive; what cannot is told in :attr:`problems`, each by its name."""

    def __init__(self, file: BinaryIO) -> None:
        """Look at the names alone. Raises RefusedError for what is no archive, or none we can look at."""
        self._file = file
        self.problems: list[Problem] = []
        self._entries: dict[str, zipfile.ZipInfo] = {}
        try:
            with zipfile.ZipFile(cast("BinaryIO", _Bounded(file))) as archive:
                self._list(archive.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error):
            raise RefusedError("it is damaged: its list of files cannot be read") from None

    @property
    def names(self) -> tuple[str, ...]:
        """The entries that can be read, in the archive's order."""
        return tuple(self._entries)

    def size(self, name: str) -> int:
        """How large an entry says it is, in bytes: good for progress, and nothing else."""
        return self._entries[name].file_size

    def parts(self, name: str, most: int) -> Iterator[bytes]:
        """Unfold an entry. Raises RefusedError as soon as it is known to be wrong: it may be at its end."""
        entry = self._entries[name]
        try:
            yield from unfolded(entry, self._pieces(entry), most)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise RefusedError(f"it cannot be read: {(reason or 'the disk refused').lower()}") from None

    # --- names ---------------------------------------------------------------------------------------

    def _list(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MOST_FILES:
            raise RefusedError(f"it has more than {MOST_FILES:,} entries")
        for entry in entries:
            # As it stands in the file: what zipfile makes of it differs from system to system.
            name = entry.orig_filename
            fault = fault_of(name, entry)
            if name.endswith("/") and not fault:
                continue  # a folder: its files say where they are
            if fault or name in self._entries:
                what = fault or "it is there twice"
                instead = "it was left out" if fault else "the first was taken"
                self.problems.append(Problem(label(name), what, instead))
            else:
                self._entries[name] = entry

    # --- content -------------------------------------------------------------------------------------

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
        self._file.seek(start_of(entry, self._read))
        used, size = 0, entry.compress_size
        while used < size:
            piece = self._file.read(min(_PIECE, size - used))
            if not piece:
                raise RefusedError("it is cut short")
            used += len(piece)
            yield piece, used


class _Bounded:
    """A file from which nothing large is read at once: what a list claims to be is not believed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_DIRECTORY:
            raise RefusedError("its list of files is larger than any backup's")
        return self._file.read(LARGEST_DIRECTORY if size < 0 else size)

    def seekable(self) -> bool:
        return True
