"""Makes the tones: soft, without clicks, and sharp enough at their first frame to mark a second."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from chain_timer.sound.speaker import STREAM_RATE
from chain_timer.sound.tone_sets import DEFAULT_TONE_SET, TONE_SETS, Note, ToneSet
from chain_timer.timeline.segment import Tone
from chain_timer.timeline.tones import TONE_MS

Wave = npt.NDArray[np.float64]

_PEAK = 0.5
"""Of full scale: leaves room for a voice on top of it."""
_RELEASE_MS = 15


@lru_cache(maxsize=32)
def tone_pcm(tone: Tone, set_name: str = DEFAULT_TONE_SET) -> bytes:
    """One tone, as a speaker takes it. A set that does not exist sounds like the default one."""
    tone_set = TONE_SETS.get(set_name, TONE_SETS[DEFAULT_TONE_SET])
    time_ms = np.arange(TONE_MS[tone] * STREAM_RATE // 1_000, dtype=np.float64) * (1_000 / STREAM_RATE)
    wave: Wave = np.zeros_like(time_ms)
    for note in tone_set.notes[tone]:
        wave += _strike(note, tone_set, time_ms - note.at_ms)
    wave *= np.clip((time_ms[-1] - time_ms) / _RELEASE_MS, 0, 1)
    loudest = max(note.level for note in tone_set.notes[tone])
    wave *= _PEAK * loudest / np.abs(wave).max()
    frames: npt.NDArray[np.int16] = np.rint(wave * np.iinfo(np.int16).max).astype(np.int16)
    return frames.tobytes()


def _strike(note: Note, tone_set: ToneSet, since_ms: Wave) -> Wave:
    after = np.maximum(since_ms, 0)
    wave = np.zeros_like(after)
    for partial in tone_set.timbre:
        phase = 2 * np.pi * note.hertz * partial.ratio * after / 1_000
        wave += partial.level * np.sin(phase) * np.exp(-after / partial.fade_ms)
    return wave * note.level * np.clip(after / tone_set.attack_ms, 0, 1)
