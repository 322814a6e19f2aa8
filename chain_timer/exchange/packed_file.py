"""The entries of a zip file on disk, unfolded part by part: however large it is, little of it is in memory.

What an archive says of itself is the word of whoever made it: names are looked at, and everything is counted
while it unfolds. Smaller archives, and those that are in memory, are read by ``archive.py``.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from chain_timer.exchange.archive import MOST_RATIO, label
from chain_timer.exchange.backup_layout import MOST_FILES
from chain_timer.problems import Problem

LARGEST_DIRECTORY = 8 * 1024 * 1024
"""Bytes of the list of all entries, with names of usual length."""
_RATIO_FROM = 1024 * 1024
"""Bytes; what is smaller may pack as it likes, as it does no harm."""
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_HEADER_MARK = b"PK\x03\x04"
_UNREADABLE_FLAGS = 0x1 | 0x20 | 0x40 | 0x2000
"""Encrypted, or a patch of another file."""
_UTF_8 = 0x800
_PIECE = 16 * 1024
_PART = 256 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")


class RefusedError(Exception):
    """Why a file of a backup is not taken, as a person would say it."""


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
        entry, crc, size = self._entries[name], 0, 0
        for part, used in self._unfolded(entry):
            size += len(part)
            if size > most:
                raise RefusedError(f"it is larger than {most // 1024 // 1024} MiB")
            if size > max(_RATIO_FROM, MOST_RATIO * used):
                raise RefusedError(f"it unfolds to more than {MOST_RATIO} times its size")
            crc = zlib.crc32(part, crc)
            yield part
        if crc != entry.CRC:
            raise RefusedError("it is damaged: its checksum is wrong")

    # --- names ---------------------------------------------------------------------------------------

    def _list(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MOST_FILES:
            raise RefusedError(f"it has more than {MOST_FILES:,} entries")
        for entry in entries:
            # As it stands in the file: what zipfile makes of it differs from system to system.
            name = entry.orig_filename
            fault = _fault(name, entry)
            if name.endswith("/") and not fault:
                continue  # a folder: its files say where they are
            if fault or name in self._entries:
                what = fault or "it is there twice"
                instead = "it was left out" if fault else "the first was taken"
                self.problems.append(Problem(label(name), what, instead))
            else:
                self._entries[name] = entry

    # --- content -------------------------------------------------------------------------------------

    def _unfolded(self, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
        """Give each part, and how many packed bytes were used so far."""
        try:
            self._file.seek(self._start(entry))
            pieces = self._pieces(entry.compress_size)
            yield from pieces if entry.compress_type == zipfile.ZIP_STORED else _inflated(pieces)
        except zlib.error:
            raise RefusedError("it is damaged") from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise RefusedError(f"it cannot be read: {(reason or 'the disk refused').lower()}") from None

    def _start(self, entry: zipfile.ZipInfo) -> int:
        """Find the packed bytes of an entry, by the header that stands before them."""
        self._file.seek(max(0, entry.header_offset))
        head = self._file.read(_HEADER.size)
        if entry.header_offset < 0 or len(head) < _HEADER.size or not head.startswith(_HEADER_MARK):
            raise RefusedError("it is not where the archive says")
        _, _, flags, method, *_, name_length, extra_length = _HEADER.unpack(head)
        name = self._file.read(name_length)
        if method != entry.compress_type or flags & _UNREADABLE_FLAGS or name != _encoded(entry):
            raise RefusedError("the archive says two things of it")
        return int(entry.header_offset + _HEADER.size + name_length + extra_length)

    def _pieces(self, size: int) -> Iterator[tuple[bytes, int]]:
        used = 0
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


def _inflated(pieces: Iterator[tuple[bytes, int]]) -> Iterator[tuple[bytes, int]]:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    used = 0
    for piece, count in pieces:
        used, left = count, piece
        while left and not inflating.eof:
            yield inflating.decompress(left, _PART), used
            left = inflating.unconsumed_tail
    while not inflating.eof:
        # What is left is what the last piece had no room for.
        part = inflating.decompress(b"", _PART)
        if not part:
            raise RefusedError("it is cut short")
        yield part, used


def _fault(name: str, entry: zipfile.ZipInfo) -> str:
    """Say why an entry is none for us; empty when it is."""
    if name.startswith("/") or _DRIVE.match(name):
        return "its name is an absolute path"
    if "\\" in name or "\0" in name:
        return "its name has a backslash or an unreadable character"
    if {"", ".", ".."} & set(name.removesuffix("/").split("/")):
        return "its name leads elsewhere"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link"
    if entry.flag_bits & _UNREADABLE_FLAGS:
        return "it is encrypted, or a patch of another file"
    known = entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return "" if known else "it is packed in a way we do not know"


def _encoded(entry: zipfile.ZipInfo) -> bytes:
    # The way zipfile decoded it; what cannot be encoded again was never a name in the archive.
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF_8 else "cp437", "replace")
