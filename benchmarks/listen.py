"""Compares a recording of a session with its timeline: when each tone and phrase was heard, and how whole.

Used by ``recorded_session.py``. Each tone and clip is looked for in the recording by its shape (normalized
cross-correlation), so that what is measured is what came out of the loudspeaker, to the sample.
"""

import wave
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chain_timer.timeline.segment import Tone
from chain_timer.timeline.timeline import Timeline

RATE = 48_000
SEARCH_MS = 400
Samples = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expected:
    """Something that should be heard at a moment of the session."""

    at_ms: int
    name: str
    pcm: bytes
    tone: bool


@dataclass(frozen=True, slots=True)
class Found:
    expected: Expected
    at_ms: float
    """When it was heard, on the recording."""
    likeness: float
    """1.0 is the very shape; noise alone stays under 0.2."""


def read_recording(path: Path) -> Samples:
    """Read a recording as one channel; 48 kHz is expected."""
    with wave.open(str(path), "rb") as file:
        if file.getframerate() != RATE:
            raise ValueError(f"{path} is not recorded at {RATE} Hz")
        data = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float64)
        mixed: Samples = data.reshape(-1, file.getnchannels()).mean(axis=1)
        return mixed


def likeness(recording: Samples, shape: Samples) -> Samples:
    """Give how alike the recording is to a shape, at each place where the shape fits."""
    size = 1 << (recording.size + shape.size - 1).bit_length()
    spectrum = np.fft.rfft(recording, size) * np.conj(np.fft.rfft(shape, size))
    product = np.fft.irfft(spectrum, size)[: recording.size - shape.size + 1]
    energy = np.concatenate(([0.0], np.cumsum(recording**2)))
    windows = np.maximum(energy[shape.size :] - energy[: -shape.size], 1.0)
    alike: Samples = product / np.sqrt(windows * max(float(np.sum(shape**2)), 1.0))
    return alike


def shape_of(pcm: bytes, longest_ms: int) -> Samples:
    samples = np.frombuffer(pcm, np.int16).astype(np.float64)
    return samples[: longest_ms * RATE // 1_000]


def mixed(words: bytes, tone: bytes) -> bytes:
    """Mix a phrase and a tone that begin together, as loud as the settings have them at first."""
    parts = [(np.frombuffer(words, np.int16), 0.9**2), (np.frombuffer(tone, np.int16), 0.7**2)]
    whole = np.zeros(max(part.size for part, _ in parts))
    for part, gain in parts:
        whole[: part.size] += part * gain
    return whole.astype(np.int16).tobytes()


def find_start(recording: Samples, expected: Iterable[Expected]) -> float:
    """Find when the session's zero lies on the recording, in ms, by the phrase that is found most surely."""
    phrases = [each for each in expected if not each.tone][:6]
    best = 0.0
    start_ms = 0.0
    for each in phrases:
        alike = likeness(recording, shape_of(each.pcm, 2_000))
        place = int(np.argmax(alike))
        if alike[place] > best:
            best, start_ms = float(alike[place]), place * 1_000 / RATE - each.at_ms
    return start_ms


def find_all(recording: Samples, expected: Iterable[Expected], start_ms: float) -> Iterator[Found]:
    for each in expected:
        begin = max(0, int((start_ms + each.at_ms - SEARCH_MS) * RATE / 1_000))
        shape = shape_of(each.pcm, 10_000)
        part = recording[begin : begin + shape.size + 2 * SEARCH_MS * RATE // 1_000]
        if part.size < shape.size:
            yield Found(each, float("nan"), 0.0)
            continue
        alike = likeness(part, shape)
        place = int(np.argmax(alike))
        yield Found(each, (begin + place) * 1_000 / RATE, float(alike[place]))


def report(found: list[Found], say: Callable[[str], None] = print) -> bool:
    """Say how exact and whole everything was; True when all is well."""
    tones = [each for each in found if each.expected.tone]
    words = [each for each in found if not each.expected.tone]
    lags = np.array([each.at_ms - each.expected.at_ms for each in tones])
    latency = float(np.median(lags))
    errors = np.abs(lags - latency)
    word_errors = np.abs(np.array([each.at_ms - each.expected.at_ms for each in words]) - latency)
    say(f"tones   {len(tones):4}   worst {errors.max():7.3f} ms   median {np.median(errors):7.3f} ms")
    if words:
        say(
            f"phrases {len(words):4}   worst {word_errors.max():7.3f} ms   whole: least likeness "
            f"{min(each.likeness for each in words):.2f}"
        )
    half = lags.size // 2
    say(
        f"drift   {np.median(lags[half:]) - np.median(lags[:half]):+.3f} ms from the first half to the second"
    )
    for each in found:
        if each.likeness < 0.5:  # noqa: PLR2004 - far below any shape under another
            say(f"not heard: {each.expected.name} at {each.expected.at_ms} ms ({each.likeness:.2f})")
    return bool(errors.max() <= 5 and all(each.likeness >= 0.5 for each in found))  # noqa: PLR2004


def expectations(
    timeline: Timeline, clip: Callable[[str], bytes | None], tone: Callable[[Tone], bytes]
) -> Iterator[Expected]:
    """Give what a session should sound like: every tone and phrase at its moment, in order."""
    for mark in timeline.marks():
        cue = mark.cue
        if cue is None:
            continue
        words = clip(cue.words) if cue.words else None
        if words and cue.tone:
            yield Expected(mark.at_ms, f"{cue.words} [{cue.tone}]", mixed(words, tone(cue.tone)), tone=True)
        elif cue.tone:
            yield Expected(mark.at_ms, f"[{cue.tone}]", tone(cue.tone), tone=True)
        elif words:
            yield Expected(mark.at_ms, cue.words, words, tone=False)
