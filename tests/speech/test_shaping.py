"""What voices write becomes 48 kHz, mono, 16 bit, with the voice at its start and nothing else changed."""

import wave
from array import array
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from chain_timer.speech.shaping import BadSoundError, pcm_from

LOUD = 0.5


def tone(rate_hz: int, *, silence_ms: int = 300, tone_ms: int = 400, hz: int = 1_000) -> bytes:
    """Silence, a tone, silence again."""
    time = np.arange(rate_hz * tone_ms // 1_000) / rate_hz
    quiet = np.zeros(rate_hz * silence_ms // 1_000)
    samples = np.concatenate([quiet, LOUD * np.sin(2 * np.pi * hz * time), quiet])
    return np.rint(samples * 32_767).astype("<i2").tobytes()


def write(path: Path, frames: bytes, rate_hz: int, channels: int = 1, width: int = 2) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        file.writeframes(frames)
    return path


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000])
def test_a_tone_keeps_its_pitch_loudness_and_length_at_any_rate(rate_hz: int, tmp_path: Path) -> None:
    pcm = pcm_from(write(tmp_path / "a.wav", tone(rate_hz), rate_hz))
    samples = np.frombuffer(pcm, "<i2") / 32_767
    middle = samples[48 * 100 : 48 * 300]
    spectrum = np.abs(np.fft.rfft(middle))
    assert len(samples) / 48 == pytest.approx(10 + 400 + 40, abs=1)
    assert np.argmax(spectrum) * 48_000 / len(middle) == pytest.approx(1_000, abs=5)
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(LOUD / np.sqrt(2), rel=0.01)


@pytest.mark.parametrize("silence_ms", [0, 5, 13, 900])
def test_the_voice_sets_in_within_ten_milliseconds(silence_ms: int, tmp_path: Path) -> None:
    pcm = pcm_from(write(tmp_path / "a.wav", tone(22_050, silence_ms=silence_ms), 22_050))
    first = next(index for index, sample in enumerate(array("h", pcm)) if abs(sample) > 1_000)
    assert first / 48 == pytest.approx(min(10, silence_ms), abs=0.5)


def test_of_two_channels_the_first_is_heard(tmp_path: Path) -> None:
    mono = np.frombuffer(tone(22_050), "<i2")
    stereo = np.stack([mono, np.zeros_like(mono)], axis=1).tobytes()
    one = pcm_from(write(tmp_path / "one.wav", mono.tobytes(), 22_050))
    assert pcm_from(write(tmp_path / "two.wav", stereo, 22_050, channels=2)) == one


def test_the_loudest_samples_do_not_wrap_around(tmp_path: Path) -> None:
    square = np.tile(np.repeat([32_767, -32_768], 20), 200).astype("<i2").tobytes()
    samples = array("h", pcm_from(write(tmp_path / "a.wav", square, 22_050)))
    jumps = sum(abs(a - b) > 60_000 for a, b in pairwise(samples))
    assert jumps < 5


@pytest.mark.parametrize("frames", [b"", bytes(44_100)])
def test_silence_is_an_empty_clip(frames: bytes, tmp_path: Path) -> None:
    assert pcm_from(write(tmp_path / "a.wav", frames, 22_050)) == b""


@pytest.mark.slow
def test_no_clip_is_longer_than_three_minutes(tmp_path: Path) -> None:
    frames = tone(8_000, tone_ms=181_000)
    assert len(pcm_from(write(tmp_path / "a.wav", frames, 8_000))) == 96 * 180_000


@pytest.mark.parametrize("data", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEfmt ", b"ID3" + bytes(500)])
def test_what_is_no_sound_file_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    with pytest.raises(BadSoundError):
        pcm_from(tmp_path / "a.wav")


def test_samples_of_another_width_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSoundError, match="8 bit"):
        pcm_from(write(tmp_path / "a.wav", bytes(100), 22_050, width=1))
