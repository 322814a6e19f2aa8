"""One entry of a zip archive: whether its name and kind are any for us, and its content, counted as it comes.

What an archive says of itself, its sizes above all, is the word of whoever made it.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from chain_timer.problems import plain

MOST_RATIO = 200
"""Text as repetitive as we know packs 50 to 1; what packs better than this was made to."""
_RATIO_FROM = 1024 * 1024
"""Bytes; what is smaller may pack as it likes, as it does no harm."""
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_HEADER_MARK = b"PK\x03\x04"
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_PATCH = 0x20
_UTF_8 = 0x800
_PART = 256 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")

Pieces = Iterator[tuple[bytes, int]]
"""Bytes, each time with the number of packed bytes that were used so far."""


class RefusedError(Exception):
    """Why an entry is not read, as a person would say it."""


def label(name: str) -> str:
    """Name an entry in a message, safely."""
    return plain(name, 100)


def fault_of(name: str, entry: zipfile.ZipInfo) -> str:
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


def start_of(entry: zipfile.ZipInfo, read: Callable[[int, int], bytes]) -> int:
    """Find where the packed bytes of an entry begin, by the header that stands before them.

    ``read`` gives bytes from an offset, as many as there are. Raises RefusedError.
    """
    start = entry.header_offset
    head = read(start, _HEADER.size) if start >= 0 else b""
    if len(head) < _HEADER.size or not head.startswith(_HEADER_MARK):
        raise RefusedError("it is not where the archive says")
    _, _, flags, method, *_, name_length, extra_length = _HEADER.unpack(head)
    name = read(start + _HEADER.size, name_length)
    if method != entry.compress_type or flags & (_ENCRYPTED | _PATCH) or name != _encoded(entry):
        raise RefusedError("the archive says two things of it")
    return int(start + _HEADER.size + name_length + extra_length)


def unfolded(entry: zipfile.ZipInfo, pieces: Pieces, most: int) -> Iterator[bytes]:
    """Unfold an entry part by part: at most ``most`` bytes, and what its checksum says.

    Raises RefusedError as soon as it is known to be wrong, maybe at its end, and what ``pieces`` raises.
    """
    size = crc = 0
    for part, used in pieces if entry.compress_type == zipfile.ZIP_STORED else _inflated(pieces):
        size += len(part)
        if size > most:
            raise RefusedError(f"it is larger than {most / 1024 / 1024:g} MiB")
        if size > max(_RATIO_FROM, MOST_RATIO * used):
            raise RefusedError(f"it unfolds to more than {MOST_RATIO} times its size")
        crc = zlib.crc32(part, crc)
        yield part
    if crc != entry.CRC:
        raise RefusedError("it is damaged: its checksum is wrong")


def _inflated(pieces: Pieces) -> Pieces:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    used = 0
    try:
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
    except zlib.error:
        raise RefusedError("it is damaged") from None


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
