"""The entries of a zip archive, unfolded one by one in memory; nothing of it ever becomes a file by its name.

What an archive says of itself, its sizes above all, is the word of whoever made it: everything is counted
while it unfolds, and the counting ends the unfolding.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from chain_timer.exchange.source import Source
from chain_timer.problems import Problem, plain

MOST_ENTRIES = 10_000
LARGEST_ENTRY = 16 * 1024 * 1024
LARGEST_PICTURE = 8 * 1024 * 1024
LARGEST_WHOLE = 128 * 1024 * 1024
MOST_RATIO = 200
"""Text as repetitive as we know packs 50 to 1; what packs better than this was made to."""
_RATIO_FROM = 1024 * 1024
"""Bytes; what is smaller may pack as it likes, as it does no harm."""

_IN_DIRECTORY = b"PK\x01\x02"
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_HEADER_MARK = b"PK\x03\x04"
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_PATCH = 0x20
_UTF_8 = 0x800
_PIECE = 4096
_PART = 256 * 1024
_WHOLE = "the whole archive holds more than 128 MiB"
_DRIVE = re.compile(r"[A-Za-z]:")


class _RefusedError(Exception):
    """Why an entry is not read, as a person would say it."""


def is_crowded(source: Source) -> bool:
    """Whether it is an archive with more entries than we look at; counted without listing them."""
    return source.data.startswith(b"PK") and source.data.count(_IN_DIRECTORY) > MOST_ENTRIES


def label(name: str) -> str:
    """Name an entry in a message, safely."""
    return plain(name, 100)


class Archive:
    """What can safely be read of an archive; what cannot is told in :attr:`problems`, each by its name."""

    def __init__(self, source: Source, *, rooted: bool = False) -> None:
        """Look at the names alone. With ``rooted`` they may start with a slash, which is left out."""
        self.problems: list[Problem] = []
        self._data = memoryview(source.data)
        self._left = LARGEST_WHOLE
        self._rooted = rooted
        self._entries: dict[str, zipfile.ZipInfo] = {}
        if is_crowded(source):
            self.problems.append(_crowd())
        elif source.archive is not None:
            self._list(source.archive.infolist())

    @property
    def names(self) -> tuple[str, ...]:
        """The entries that can be read, in the archive's order."""
        return tuple(self._entries)

    def read(self, name: str, most: int = LARGEST_ENTRY) -> bytes | None:
        """Unfold an entry; None when there is none of this name, or after telling why it cannot be had."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        try:
            return self._unfolded(entry, self._packed(entry), most)
        except _RefusedError as error:
            self._tell(name, str(error))
        except zlib.error:
            self._tell(name, "it is damaged")
        return None

    # --- names ---------------------------------------------------------------------------------------

    def _list(self, entries: list[zipfile.ZipInfo]) -> None:
        for entry in entries:
            # As it stands in the file: what zipfile makes of it differs from system to system.
            name = entry.orig_filename
            if self._rooted:
                name = name.removeprefix("/")
            if name.endswith("/") and not _fault(name, entry):
                continue  # a folder: its files say where they are
            if fault := _fault(name, entry):
                self._tell(name, fault)
            elif name in self._entries:
                self._tell(name, "it is there twice", "the first was taken")
            else:
                self._entries[name] = entry

    def _tell(self, name: str, what: str, instead: str = "it was left out") -> None:
        self.problems.append(Problem(label(name), what, instead))

    # --- content -------------------------------------------------------------------------------------

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        """Give the bytes of an entry as they are packed, by the header that stands before them."""
        start = entry.header_offset
        head = bytes(self._data[max(start, 0) : max(start, 0) + _HEADER.size])
        if start < 0 or len(head) < _HEADER.size or not head.startswith(_HEADER_MARK):
            raise _RefusedError("it is not where the archive says")
        _, _, flags, method, *_, name_length, extra_length = _HEADER.unpack(head)
        named = start + _HEADER.size
        name = bytes(self._data[named : named + name_length])
        if method != entry.compress_type or flags & (_ENCRYPTED | _PATCH) or name != _encoded(entry):
            raise _RefusedError("the archive says two things of it")
        data = named + name_length + extra_length
        if data + entry.compress_size > len(self._data):
            raise _RefusedError("it is cut short")
        return self._data[data : data + entry.compress_size]

    def _unfolded(self, entry: zipfile.ZipInfo, packed: memoryview, most: int) -> bytes:
        if self._left < 0:
            raise _RefusedError(_WHOLE)
        parts = _stored(packed) if entry.compress_type == zipfile.ZIP_STORED else _inflated(packed)
        found = bytearray()
        for part, used in parts:
            self._left -= len(part)
            if self._left < 0:
                raise _RefusedError(_WHOLE)
            if len(found) + len(part) > most:
                raise _RefusedError(f"it is larger than {_mib(most)}")
            found += part
            if len(found) > max(_RATIO_FROM, MOST_RATIO * used):
                raise _RefusedError(f"it unfolds to more than {MOST_RATIO} times its size")
        if zlib.crc32(found) != entry.CRC:
            raise _RefusedError("it is damaged: its checksum is wrong")
        return bytes(found)


def _fault(name: str, entry: zipfile.ZipInfo) -> str:
    """Say why an entry is none for us; empty when it is."""
    if fault := _fault_of_name(name):
        return fault
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link"
    if entry.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if entry.flag_bits & _PATCH or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "it is packed in a way we do not know"
    return ""


def _fault_of_name(name: str) -> str:
    if name.startswith("/") or _DRIVE.match(name):
        return "its name is an absolute path"
    if "\\" in name or "\0" in name:
        return "its name has a backslash or an unreadable character"
    return "its name leads elsewhere" if {"", ".", ".."} & set(name.removesuffix("/").split("/")) else ""


def _encoded(entry: zipfile.ZipInfo) -> bytes:
    # The way zipfile decoded it; what cannot be encoded again was never a name in the archive.
    encoding = "utf-8" if entry.flag_bits & _UTF_8 else "cp437"
    return entry.orig_filename.encode(encoding, "replace")


def _stored(packed: memoryview) -> Iterator[tuple[bytes, int]]:
    for start in range(0, len(packed), _PART):
        part = bytes(packed[start : start + _PART])
        yield part, start + len(part)


def _inflated(packed: memoryview) -> Iterator[tuple[bytes, int]]:
    """Give each part as it unfolds, and how many packed bytes were used so far."""
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    used = 0
    for start in range(0, len(packed), _PIECE):
        piece = bytes(packed[start : start + _PIECE])
        used = start + len(piece)
        while piece and not inflating.eof:
            yield inflating.decompress(piece, _PART), used
            piece = inflating.unconsumed_tail
    while not inflating.eof:
        # What is left is what the last piece had no room for.
        part = inflating.decompress(b"", _PART)
        if not part:
            raise _RefusedError("it is cut short")
        yield part, used


def _mib(size: int) -> str:
    return f"{size / 1024 / 1024:g} MiB"


def _crowd() -> Problem:
    return Problem("", f"it has more than {MOST_ENTRIES:,} entries", "choose an archive with fewer files")
