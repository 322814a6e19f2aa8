"""What a voice wrote made into samples of a clip: read, trimmed of silence, brought to 48 kHz.

Only the worker process imports this, because of numpy.
"""

import wave
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chain_timer.speech.clip import LONGEST_CLIP_MS, SAMPLE_RATE_HZ
from chain_timer.system.files import read_bytes_bounded

Samples = NDArray[np.float64]

_LARGEST_FILE = 100_000_000
_FULL_SCALE = 32_768
_SILENCE = 0.01
"""Of the loudest sample: 40 dB below it nothing is heard."""
_LEAD_MS = 10
_TAIL_MS = 40
_GRAIN = 1_024
"""Padding to a multiple of this keeps the Fourier transform quick for every length."""


class BadSoundError(ValueError):
    """A file that is no whole sound file; the text says what is wrong."""


def pcm_from(path: Path) -> bytes:
    """The samples of a clip from a voice's file; none when it is silent. Raises BadSoundError and OSError."""
    samples, rate_hz = _read(path)
    if not 4_000 <= rate_hz <= 192_000:  # noqa: PLR2004 -- what a sound device may have
        raise BadSoundError(f"a rate of {rate_hz:,} Hz is none")
    voiced = trimmed(samples, rate_hz)[: rate_hz * LONGEST_CLIP_MS // 1_000]
    whole = np.rint(resampled(voiced, rate_hz) * _FULL_SCALE)
    return np.clip(whole, -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2").tobytes()


def trimmed(samples: Samples, rate_hz: int) -> Samples:
    """The voiced part, with 10 ms before the first sound and 40 ms after the last."""
    loudness = np.abs(samples)
    if not loudness.size or loudness.max() * _FULL_SCALE < 1:
        return samples[:0]
    voiced = np.flatnonzero(loudness > loudness.max() * _SILENCE)
    start = max(0, int(voiced[0]) - rate_hz * _LEAD_MS // 1_000)
    return samples[start : int(voiced[-1]) + 1 + rate_hz * _TAIL_MS // 1_000]


def resampled(samples: Samples, rate_hz: int) -> Samples:
    """The same sound at 48 kHz, limited to the band both rates can carry."""
    if rate_hz == SAMPLE_RATE_HZ or not samples.size:
        return samples
    # Both lengths are whole numbers of samples when the padded one is a whole number of these.
    unit = rate_hz // int(np.gcd(rate_hz, SAMPLE_RATE_HZ))
    unit *= max(1, _GRAIN // unit)
    padded = -(-(samples.size + _GRAIN) // unit) * unit
    target = padded * SAMPLE_RATE_HZ // rate_hz
    spectrum = np.fft.rfft(samples, padded)
    stretched = np.fft.irfft(spectrum[: target // 2 + 1], target) * (target / padded)
    return np.asarray(stretched[: samples.size * SAMPLE_RATE_HZ // rate_hz])


def _read(path: Path) -> tuple[Samples, int]:
    """Samples between -1 and 1, of the first channel, and their rate."""
    data = read_bytes_bounded(path, _LARGEST_FILE)
    if data[:4] == b"FORM":
        return _read_aiff(data)
    try:
        with wave.open(BytesIO(data)) as file:
            channels, width, rate_hz = file.getnchannels(), file.getsampwidth(), file.getframerate()
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise BadSoundError(f"no WAV file: {error}") from error
    if width != 2:  # noqa: PLR2004 -- two bytes are 16 bit
        raise BadSoundError(f"{width * 8} bit are not 16")
    usable = len(frames) // (2 * channels) * 2 * channels
    return np.frombuffer(frames[:usable], "<i2")[::channels] / _FULL_SCALE, rate_hz


def _read_aiff(data: bytes) -> tuple[Samples, int]:
    import soundfile  # noqa: PLC0415 -- on macOS alone, whose voices write AIFF

    try:
        samples, rate_hz = soundfile.read(BytesIO(data), dtype="float64", always_2d=True)
    except RuntimeError as error:
        raise BadSoundError(f"no AIFF file: {error}") from error
    return samples[:, 0], int(rate_hz)
