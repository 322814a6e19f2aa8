"""A clip: one rendered phrase with its length, and the bytes it travels in.

Clips are 48 kHz, mono, 16 bit little-endian everywhere, so that nobody downstream has to convert.
"""

import struct
import unicodedata
from dataclasses import dataclass

SAMPLE_RATE_HZ = 48_000
SAMPLE_BYTES = 2
SCRATCH_PREFIX = "chain-timer-voice-"
"""The name of a folder that clips are handed over in begins with this."""
LONGEST_CLIP_MS = 180_000
LONGEST_TEXT = 1_000
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_LARGEST_PCM = LONGEST_CLIP_MS * SAMPLE_RATE_HZ // 1_000 * SAMPLE_BYTES
LARGEST_WAV = _HEADER.size + _LARGEST_PCM

# Voices of Windows and macOS obey markup and commands of their own: five minutes of silence, for one.
_MARKUP = str.maketrans("<>[]", "    ")


class BadClipError(ValueError):
    """Bytes that are no whole clip of this program; the text says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One phrase as sound, its voice setting in at once."""

    words: str
    pcm: bytes
    length_ms: int
    """Rounded up, so that a cue of this length is never cut off."""
    stand_in: bool = False
    """True when another voice than the one asked for speaks, because that one is not on this machine."""


def clip_of(words: str, pcm: bytes, *, stand_in: bool = False) -> Clip:
    samples = len(pcm) // SAMPLE_BYTES
    return Clip(words, pcm, -(-samples * 1_000 // SAMPLE_RATE_HZ), stand_in)


def wav_of(pcm: bytes) -> bytes:
    """Samples as the bytes of a WAV file."""
    return _header(len(pcm)) + pcm


def pcm_of(wav: bytes) -> bytes:
    """The samples of a WAV file that :func:`wav_of` made.

    Raises BadClipError for anything else: files of other programs, cut off, too long, or with parts to spare.
    """
    size = len(wav) - _HEADER.size
    if size < 0 or size > _LARGEST_PCM or size % SAMPLE_BYTES:
        raise BadClipError(f"{len(wav):,} bytes are no clip")
    if wav[: _HEADER.size] != _header(size):
        raise BadClipError("it is not a whole WAV file of 48 kHz, mono, 16 bit")
    return wav[_HEADER.size :]


def speakable(text: str) -> str:
    """Text as a voice may get it: one line, without controls and markup, of a length a voice gets through."""
    kept = "".join(_spoken(character) for character in text[: LONGEST_TEXT * 4])
    words = " ".join(kept.translate(_MARKUP).split())
    if len(words) <= LONGEST_TEXT:
        return words
    return words[:LONGEST_TEXT].rpartition(" ")[0] or words[:LONGEST_TEXT]


def _spoken(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cf", "Cs", "Co", "Cn"} else character


def _header(size: int) -> bytes:
    return _HEADER.pack(
        b"RIFF",
        _HEADER.size - 8 + size,
        b"WAVE",
        b"fmt ",
        16,
        1,  # plain samples
        1,  # mono
        SAMPLE_RATE_HZ,
        SAMPLE_RATE_HZ * SAMPLE_BYTES,
        SAMPLE_BYTES,
        SAMPLE_BYTES * 8,
        b"data",
        size,
    )
