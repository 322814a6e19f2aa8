"""What kind of picture some bytes are, told by themselves and never by a name, and what makes them costly.

Nothing is decoded here: a picture that would take too long or too much memory is known by its frame.
"""

import re
import struct
from collections.abc import Iterator
from enum import StrEnum


class PictureKind(StrEnum):
    """The kinds of pictures an exercise may have, as Qt names them."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    SVG = "svg"


_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a packed file"),
    (b"PK\x03\x04", "a packed file"),
)
_IN_BOXES = {
    b"heic": "a HEIC photo",
    b"heix": "a HEIC photo",
    b"mif1": "a HEIC photo",
    b"avif": "an AVIF picture",
}
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_NEEDED = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"})
_LARGEST_PROFILE = 1024 * 1024
_MOST_PIECES = 50_000
"""Chunks and segments that are looked at; a picture of 16 MiB in pieces of 1 KiB has a third of them."""
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends a run of pixels of a JPEG: no escaped byte, no marker to start again at."""
_STARTS_SCAN, _END = 0xDA, 0xD9
_ORIENTATION = 0x0112
_MOST_TAGS = 200


class BrokenPictureError(ValueError):
    """The frame of a picture does not hold together."""


def kind_of(data: bytes) -> PictureKind | None:
    """Tell the kind by how the bytes begin; None for what is no picture we show."""
    if data.startswith(_PNG_START):
        return PictureKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return PictureKind.JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return PictureKind.WEBP
    return PictureKind.SVG if _looks_like_svg(data[:4096]) else None


def other_kind(data: bytes) -> str:
    """Say what else it is, for a message: ``a HEIC photo``; empty when nobody knows."""
    if data[4:8] == b"ftyp":
        return _IN_BOXES.get(data[8:12], "")
    return next((name for start, name in _OTHERS if data.startswith(start)), "")


def _looks_like_svg(start: bytes) -> bool:
    text = start.decode("utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "ignore")
    return text.lstrip().startswith("<") and ("<svg" in text or ":svg" in text)


# --- PNG ---------------------------------------------------------------------------------------------


def bare_png(data: bytes) -> bytes:
    """Give a PNG with nothing but its pixels and colors. Raises BrokenPictureError.

    Its words may be packed a thousand times smaller than they are, and a reader unpacks them all.
    """
    kept = [_PNG_START]
    profiles = 0
    for name, place, end in _png_chunks(data):
        profiles += name == b"iCCP"
        if name == b"iCCP" and (profiles > 1 or end - place > _LARGEST_PROFILE):
            continue
        if name in _PNG_NEEDED:
            kept.append(data[place:end])
    return b"".join(kept)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Give name, beginning and end of each chunk."""
    place = len(_PNG_START)
    for _ in range(_MOST_PIECES):
        if place + 12 > len(data):
            return
        (length,) = struct.unpack_from(">I", data, place)
        name, end = data[place + 4 : place + 8], place + 12 + length
        yield name, place, min(end, len(data))
        if name == b"IEND":
            return
        place = end
    raise BrokenPictureError("too many pieces")


# --- JPEG --------------------------------------------------------------------------------------------


def jpeg_scans(data: bytes) -> int:
    """Count how often a JPEG goes over all its pixels. Raises BrokenPictureError.

    A scan may be 60 bytes, and takes as long as a whole one: 16 MiB of them would take hours.
    """
    scans, place = 0, 2
    for _ in range(_MOST_PIECES):
        found = _MARKER.search(data, place)
        if found is None:
            return scans
        marker, place = found[0][1], found.end()
        if marker == _END:
            return scans
        if place + 2 > len(data):
            return scans
        (length,) = struct.unpack_from(">H", data, place)
        place += max(2, length)
        scans += marker == _STARTS_SCAN
    raise BrokenPictureError("too many pieces")


# --- which way up ------------------------------------------------------------------------------------


def orientation(data: bytes, kind: PictureKind) -> int:
    """Tell which way up a PNG or a WebP is held, 1 to 8 as EXIF counts; of a JPEG, Qt knows itself."""
    if kind is PictureKind.PNG:
        found = next(
            (data[place + 8 : end] for name, place, end in _png_chunks(data) if name == b"eXIf"), b""
        )
    elif kind is PictureKind.WEBP:
        found = next((data[place:end] for name, place, end in _riff_chunks(data) if name == b"EXIF"), b"")
    else:
        return 1
    return _orientation_in(found.removeprefix(b"Exif\0\0"))


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    place = 12
    for _ in range(_MOST_PIECES):
        if place + 8 > len(data):
            return
        (length,) = struct.unpack_from("<I", data, place + 4)
        yield data[place : place + 4], place + 8, min(place + 8 + length, len(data))
        place += 8 + length + length % 2
    raise BrokenPictureError("too many pieces")


def _orientation_in(exif: bytes) -> int:
    """Look through the first directory of an EXIF block (TIFF 6.0, page 13)."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for number in range(min(count, _MOST_TAGS)):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * number)
            if tag == _ORIENTATION:
                return value if value in range(1, 9) else 1
    except struct.error:
        pass
    return 1
