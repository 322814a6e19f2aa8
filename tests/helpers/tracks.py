"""What audio tracks are written from in tests: words as noise, and readers of what was written."""

import random
import struct
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO

import numpy as np
import soundfile
from numpy.typing import NDArray

from chain_timer.exchange.audio_track import track_writer
from chain_timer.exchange.giving import Given, Sound
from chain_timer.exchange.parcel import Progress, no_progress
from chain_timer.problems import Problem
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.library import DEFAULT_ROUTINE, Library
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.sound.tones import tone_pcm
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.segment import Cue, Key, Kind, Segment
from chain_timer.timeline.timeline import Timeline

FRAMES_A_MS = 48
Frames = NDArray[np.int16]


@cache
def library() -> Library:
    return Library.built_in()


def spoken_ms(words: str) -> int:
    """A length that no estimate would give."""
    return 137 + 41 * len(words)


@cache
def clip(words: str) -> bytes:
    """Noise of its own for each phrase, as loud as a voice."""
    levels = random.Random(words)  # noqa: S311 - it keeps no secret
    return array(
        "h", (levels.randint(-9_000, 9_000) for _ in range(spoken_ms(words) * FRAMES_A_MS))
    ).tobytes()


@cache
def default_timeline() -> Timeline:
    return compile_routine(library().routine(DEFAULT_ROUTINE), Options(), load_phrases(), spoken_ms)


def short_timeline(
    *cues: Cue, length_ms: int = 2_000, kind: Kind = Kind.HOLD, gate: bool = False
) -> Timeline:
    exercise = library().exercise("downward-facing-dog")
    return Timeline("short", "Short", [Segment(kind, length_ms, Key(0, 2), cues, exercise, gate=gate)])


def long_timeline(works: int, name: str = "Stretch", rest_ms: int = 100) -> Timeline:
    """A rest before each piece of work, and nothing to hear."""
    exercise = Exercise("stretch", name, (), Hold(100))
    segments = []
    for slot in range(works):
        segments.append(Segment(Kind.REST, rest_ms, Key(slot, 0), (), exercise))
        segments.append(Segment(Kind.HOLD, 100, Key(slot, 2), (), exercise))
    return Timeline("long", "Long", segments)


def sound_of(timeline: Timeline, **changes: object) -> Sound:
    return replace(Sound(timeline, clip, tone_pcm), **changes)


def given_of(sound: Sound | Callable[[Progress], Sound] | None, name: str = "Morning “stretch”") -> Given:
    exercise = library().exercise("downward-facing-dog")
    routine = Routine("morning", name, (Circuit((Item(exercise, Hold(1_000)),)),))
    speak = (lambda _: sound) if isinstance(sound, Sound) else sound
    return Given(routine, default_timeline, Names({}, {}), library().by_exercise_id, sound=speak)


@dataclass(frozen=True, slots=True)
class Track:
    """What was written, and what was lost."""

    data: bytes
    losses: tuple[Problem, ...]

    @property
    def frames(self) -> Frames:
        frames, rate = soundfile.read(BytesIO(self.data), dtype="int16")
        assert rate == 48_000
        return frames

    @property
    def title(self) -> str:
        with soundfile.SoundFile(BytesIO(self.data)) as file:
            return file.title


def written(form: str, sound: Sound | Given, progress: Progress = no_progress) -> Track:
    given = sound if isinstance(sound, Given) else given_of(sound)
    file = BytesIO()
    losses = track_writer(form)(given, file, progress)
    return Track(file.getvalue(), losses)


def expected(timeline: Timeline) -> Frames:
    """Every cue added up at its frame, both volumes full."""
    frames = np.zeros(timeline.duration_ms * FRAMES_A_MS, np.int64)
    for mark in timeline.marks():
        for pcm in heard(mark.cue):
            frames[mark.at_ms * FRAMES_A_MS :][: len(pcm) // 2] += np.frombuffer(pcm, np.int16)
    return np.clip(frames, -32_767, 32_767).astype(np.int16)


def heard(cue: Cue | None) -> Iterator[bytes]:
    if cue is not None and cue.tone is not None:
        yield tone_pcm(cue.tone)
    if cue is not None and cue.words:
        yield clip(cue.words)


# --- chapters as others read them --------------------------------------------------------------------


def chapters_in(form: str, data: bytes) -> list[tuple[int, str]]:
    """Start in ms and title of each chapter of a file."""
    return {"wav": _wav_chapters, "flac": _flac_chapters, "opus": _opus_chapters, "mp3": _mp3_chapters}[form](
        data
    )


def _wav_chapters(data: bytes) -> list[tuple[int, str]]:
    assert struct.unpack_from("<4sI4s", data) == (b"RIFF", len(data) - 8, b"WAVE")
    chunks = dict(_riff_chunks(data[12:]))
    adtl = next(body for name, body in _riff_chunks(data[12:]) if name == b"LIST" and body[:4] == b"adtl")
    labels = {body[:4]: body[4:].rstrip(b"\0").decode() for _, body in _riff_chunks(adtl[4:])}
    cue = chunks[b"cue "]
    points = [cue[at : at + 24] for at in range(4, len(cue), 24)]
    assert len(points) == int.from_bytes(cue[:4], "little")
    return [
        (int.from_bytes(point[20:], "little") // FRAMES_A_MS, labels[point[:4]])
        for point in points
        if point[8:12] == b"data"
    ]


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    while data:
        name, size = struct.unpack_from("<4sI", data)
        yield name, data[8 : 8 + size]
        data = data[8 + size + size % 2 :]


def _flac_chapters(data: bytes) -> list[tuple[int, str]]:
    blocks, at, last = {}, 4, False
    while not last:
        last, size = data[at] >= 0x80, int.from_bytes(data[at + 1 : at + 4], "big")
        blocks[data[at] & 0x7F] = data[at + 4 : at + 4 + size]
        at += 4 + size
    assert data[at : at + 2] == b"\xff\xf8"  # the sound begins right after the last block
    return _comment_chapters(blocks[4])


def _opus_chapters(data: bytes) -> list[tuple[int, str]]:
    pieces = data.index(b"OpusTags")
    return _comment_chapters(data[pieces + 8 :])


def _comment_chapters(block: bytes) -> list[tuple[int, str]]:
    at = 4 + int.from_bytes(block[:4], "little")
    count, at = int.from_bytes(block[at : at + 4], "little"), at + 4
    found: dict[str, str] = {}
    for _ in range(count):
        end = at + 4 + int.from_bytes(block[at : at + 4], "little")
        key, _, value = block[at + 4 : end].decode().partition("=")
        found[key], at = value, end
    starts = sorted(key for key in found if key.startswith("CHAPTER") and not key.endswith("NAME"))
    return [(_clock_ms(found[key]), found[f"{key}NAME"]) for key in starts]


def _clock_ms(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1_000)


def _mp3_chapters(data: bytes) -> list[tuple[int, str]]:
    assert data[:6] == b"ID3\x04\x00\x00"
    frames = list(_id3_frames(data[10 : 10 + _seven_bits(data[6:10])]))
    assert data[10 + _seven_bits(data[6:10])] == 0xFF  # the sound begins right after the tag
    (table,) = (body for name, body in frames if name == b"CTOC")
    listed = table.removeprefix(b"contents\0\x03")[1:].split(b"\0")[:-1]
    found = {}
    for name, body in frames:
        if name == b"CHAP":
            element, _, rest = body.partition(b"\0")
            ((_, title),) = _id3_frames(rest[16:])
            found[element] = (int.from_bytes(rest[:4], "big"), title[1:].rstrip(b"\0").decode())
    return [found[element] for element in listed]


def _id3_frames(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    while data:
        size = _seven_bits(data[4:8])
        yield data[:4], data[10 : 10 + size]
        data = data[10 + size :]


def _seven_bits(data: bytes) -> int:
    return sum(byte << shift for byte, shift in zip(data, (21, 14, 7, 0), strict=True))
