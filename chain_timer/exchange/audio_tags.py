"""Title and chapters in the way of each kind of audio file, as the bytes that stand in it.

libsndfile writes neither chapters nor names for them, so they are made here:

- WAV: cue points with labels, ``cue `` and ``LIST adtl`` (Multimedia Programming Interface and Data
  Specifications 1.0, IBM and Microsoft, 1991).
- FLAC and Opus: the comments ``CHAPTER000`` and ``CHAPTER000NAME``
  (https://wiki.xiph.org/Chapter_Extension, RFC 9639, RFC 7845).
- MP3: the frames ``CTOC`` and ``CHAP`` of ID3v2.4 (https://id3.org/id3v2-chapters-1.0).
"""

import struct
from collections.abc import Sequence

from chain_timer.exchange.audio_chapters import Chapter
from chain_timer.units import HOUR_MS, MINUTE_MS, SECOND_MS

MOST_COMMENT_CHAPTERS = 1_000
"""They are numbered with three digits."""
MOST_ID3_CHAPTERS = 255
"""A table of contents counts its entries in one byte."""
LARGEST_PAGE = 254 * 255 + 254
"""Bytes of one packet that an Ogg page holds whole: its length is written in pieces of up to 255."""
_NO_OFFSET = b"\xff\xff\xff\xff"
_UTF_8 = b"\x03"
_TOP_AND_IN_ORDER = b"\x03"
_COMMENT_BLOCK = 4
_LAST_BLOCK = 0x80
_OGG_PAGE = struct.Struct("<4sBBqIIIB")
_OGG_CHECKSUM_AT = 22
_OGG_POLYNOMIAL = 0x04C1_1DB7


# --- WAV ---------------------------------------------------------------------------------------------


def wav_header(frames: int, rate: int, after: int) -> bytes:
    """Begin a file of mono, 16 bit samples, with so many bytes of chunks after the samples."""
    size = frames * 2
    fmt = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    return b"".join(
        (
            struct.pack("<4sI4s", b"RIFF", 4 + 8 + len(fmt) + 8 + size + after, b"WAVE"),
            _chunk(b"fmt ", fmt),
            struct.pack("<4sI", b"data", size),
        )
    )


def wav_chunks(title: str, chapters: Sequence[Chapter], frames_a_ms: int) -> bytes:
    """Give what stands after the samples: a cue point for each chapter, its label, and the title."""
    points = b"".join(
        struct.pack("<II4sIII", number, at, b"data", 0, 0, at)
        for number, at in enumerate((chapter.start_ms * frames_a_ms for chapter in chapters), 1)
    )
    labels = b"".join(
        _chunk(b"labl", struct.pack("<I", number) + _ended_text(chapter.title))
        for number, chapter in enumerate(chapters, 1)
    )
    info = _chunk(b"LIST", b"INFO" + _chunk(b"INAM", _ended_text(title)))
    if not chapters:
        return info
    cue = _chunk(b"cue ", struct.pack("<I", len(chapters)) + points)
    return cue + _chunk(b"LIST", b"adtl" + labels) + info


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack("<4sI", name, len(data)) + data + b"\0" * (len(data) % 2)


def _ended_text(text: str) -> bytes:
    return text.encode("utf-8") + b"\0"


# --- FLAC and Opus -----------------------------------------------------------------------------------


def comments(title: str, chapters: Sequence[Chapter]) -> bytes:
    """Give what follows the name of the encoder in a block of comments."""
    lines = [f"TITLE={title}"]
    for number, chapter in enumerate(chapters):
        lines.append(f"CHAPTER{number:03}={_clock(chapter.start_ms)}")
        lines.append(f"CHAPTER{number:03}NAME={chapter.title}")
    return struct.pack("<I", len(lines)) + b"".join(_counted(line.encode("utf-8")) for line in lines)


def flac_head(head: bytes, added: bytes) -> tuple[int, bytes] | None:
    """Give how much of a FLAC file is to be replaced, and by what; None while too little of it is known.

    The block of comments that the encoder wrote becomes one of ours; its own name stays in it.
    """
    at = len(b"fLaC")
    while len(head) >= at + 4:
        end = at + 4 + int.from_bytes(head[at + 1 : at + 4], "big")
        if len(head) < end:
            return None
        if head[at] & ~_LAST_BLOCK == _COMMENT_BLOCK:
            block = _vendor(head[at + 4 : end]) + added
            return end, head[: at + 1] + len(block).to_bytes(3, "big") + block
        at = end
    return None


def opus_head(head: bytes, added: bytes) -> tuple[int, bytes] | None:
    """Give how much of an Opus file is to be replaced, and by what; None while too little of it is known.

    Its second page holds the comments, and nothing but them.
    """
    first = _page_end(head, 0)
    second = _page_end(head, first) if first else 0
    if not second:
        return None
    _, version, flags, granule, serial, number, _, pieces = _OGG_PAGE.unpack_from(head, first)
    packet = head[first + _OGG_PAGE.size + pieces : second]
    tags = len(b"OpusTags")
    ours = packet[:tags] + _vendor(packet[tags:]) + added
    lengths = b"\xff" * (len(ours) // 255) + bytes([len(ours) % 255])
    page = bytearray(_OGG_PAGE.pack(b"OggS", version, flags, granule, serial, number, 0, len(lengths)))
    page += lengths + ours
    page[_OGG_CHECKSUM_AT : _OGG_CHECKSUM_AT + 4] = _ogg_checksum(page).to_bytes(4, "little")
    return second, head[:first] + page


def opus_tags_fit(title: str, chapters: Sequence[Chapter]) -> bool:
    """Whether title and chapters go into one page, with room for the encoder's name."""
    return len(chapters) <= MOST_COMMENT_CHAPTERS and len(comments(title, chapters)) <= LARGEST_PAGE - 200


def _vendor(block: bytes) -> bytes:
    return block[: 4 + int.from_bytes(block[:4], "little")]


def _counted(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data


def _clock(ms: int) -> str:
    minutes, rest = ms % HOUR_MS // MINUTE_MS, ms % MINUTE_MS
    return f"{ms // HOUR_MS:02}:{minutes:02}:{rest // SECOND_MS:02}.{rest % SECOND_MS:03}"


def _page_end(data: bytes, start: int) -> int:
    """Find where an Ogg page ends; 0 while not all of it is there."""
    body = start + _OGG_PAGE.size
    if len(data) < body:
        return 0
    lengths = data[body : body + data[body - 1]]
    end = body + data[body - 1] + sum(lengths)
    return end if len(data) >= end else 0


def _ogg_checksum(page: bytes | bytearray) -> int:
    """The checksum of RFC 3533: as that of zip, but most significant bit first, and neither end inverted."""
    table = []
    for number in range(256):
        value = number << 24
        for _ in range(8):
            value = (value << 1) ^ (_OGG_POLYNOMIAL if value & 0x8000_0000 else 0)
        table.append(value & 0xFFFF_FFFF)
    checksum = 0
    for byte in page:
        checksum = (checksum << 8) & 0xFFFF_FFFF ^ table[checksum >> 24 ^ byte]
    return checksum


# --- MP3 ---------------------------------------------------------------------------------------------


def id3_tag(title: str, chapters: Sequence[Chapter]) -> bytes:
    """Give the tag that stands before the sound."""
    frames = _title_frame(title)
    if chapters:
        names = [f"chapter{number}".encode("ascii") + b"\0" for number in range(len(chapters))]
        table = b"contents\0" + _TOP_AND_IN_ORDER + bytes([len(names)]) + b"".join(names)
        frames += _frame(b"CTOC", table)
        for name, chapter in zip(names, chapters, strict=True):
            times = struct.pack(">II", chapter.start_ms, chapter.end_ms) + _NO_OFFSET * 2
            frames += _frame(b"CHAP", name + times + _title_frame(chapter.title))
    return b"ID3\x04\x00\x00" + _seven_bits(len(frames)) + frames


def _title_frame(title: str) -> bytes:
    return _frame(b"TIT2", _UTF_8 + _ended_text(title))


def _frame(name: bytes, data: bytes) -> bytes:
    return name + _seven_bits(len(data)) + b"\0\0" + data


def _seven_bits(number: int) -> bytes:
    """A size with the highest bit of each byte left out, so that no decoder takes it for sound."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
