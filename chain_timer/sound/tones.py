"""Makes the tones: soft, without clicks, and sharp enough at their first frame to mark a second."""

from array import array
from cmath import exp
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from itertools import accumulate, repeat
from math import tau
from operator import mul

from chain_timer.sound.speaker import STREAM_RATE
from chain_timer.sound.tone_sets import DEFAULT_TONE_SET, TONE_SETS, Note, Partial, ToneSet
from chain_timer.timeline.segment import Tone
from chain_timer.timeline.tones import TONE_MS

Wave = list[float]

_MS = STREAM_RATE // 1_000
_PEAK = 0.5 * 32_767
"""Half of full scale: leaves room for a voice on top of it."""
_RELEASE = 15 * _MS


@lru_cache(maxsize=32)
def tone_pcm(tone: Tone, set_name: str = DEFAULT_TONE_SET) -> bytes:
    """One tone, as a speaker takes it. A set that does not exist sounds like the default one.

    The first time takes up to a tenth of a second: where nothing may wait, ask a :class:`ToneMaker`.
    """
    tone_set = TONE_SETS.get(set_name, TONE_SETS[DEFAULT_TONE_SET])
    wave: Wave = [0.0] * (TONE_MS[tone] * _MS)
    for note in tone_set.notes[tone]:
        begin = note.at_ms * _MS
        struck = _strike(note, tone_set, len(wave) - begin)
        wave[begin:] = [before + added for before, added in zip(wave[begin:], struck, strict=True)]
    wave[-_RELEASE:] = [level * (_RELEASE - 1 - n) / _RELEASE for n, level in enumerate(wave[-_RELEASE:])]
    loudest = max(note.level for note in tone_set.notes[tone])
    scale = _PEAK * loudest / max(map(abs, wave))
    return array("h", [round(level * scale) for level in wave]).tobytes()


class ToneMaker:
    """Makes tones in a thread: the one that is asked for first, then the others of its set.

    Cues are laid seconds ahead, so nothing is made before a session wants it: that would take the time its
    first words need.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "tones")
        self._made: dict[tuple[Tone, str], Future[bytes]] = {}

    def tone(self, tone: Tone, set_name: str) -> bytes | None:
        """A tone as a speaker takes it; None while it is being made."""
        for wanted in (tone, *Tone):
            if (wanted, set_name) not in self._made:
                self._made[wanted, set_name] = self._thread.submit(tone_pcm, wanted, set_name)
        made = self._made[tone, set_name]
        return made.result() if made.done() else None

    def close(self) -> None:
        """Make no more. The maker is of no use afterwards."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _strike(note: Note, tone_set: ToneSet, count: int) -> Wave:
    wave: Wave = [0.0] * count
    for partial in tone_set.timbre:
        rung = _ring(partial, note, count)
        wave = [before + turning.imag for before, turning in zip(wave, rung, strict=True)]
    attack = round(tone_set.attack_ms * _MS)
    wave[:attack] = [level * n / attack for n, level in enumerate(wave[:attack])]
    return wave


def _ring(partial: Partial, note: Note, count: int) -> "accumulate[complex]":
    """Turn and shrink by the same step for each frame: a sine that fades, for one multiplication a frame."""
    fade = -1 / (partial.fade_ms * _MS)
    step = exp(complex(fade, tau * note.hertz * partial.ratio / STREAM_RATE))
    return accumulate(repeat(step, count - 1), mul, initial=complex(partial.level * note.level))
