"""Single phrases and tones to be heard while settings are chosen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from chain_timer.session.clock import NANOSECONDS_A_MS, Clock
from chain_timer.sound.speaker import STREAM_RATE, Channel, Speaker

_FADE_MS = 300
_FRAME_BYTES = 2

Sound = Callable[[], bytes | None]
"""Makes what is to be heard; may take its time."""


class Trials:
    """Lets one sound at a time be heard, on a stream that is open only meanwhile. A newer one ends the older.

    Every call returns at once: sounds are made and waited for in a thread of its own.
    """

    def __init__(self, clock: Clock, speaker: Speaker) -> None:
        self._clock = clock
        self._speaker = speaker
        self._jobs = ThreadPoolExecutor(1, "trials")
        self._over = Event()

    def hear(self, sound: Sound, channel: Channel, percent: int) -> None:
        """Make a sound and let it be heard, this loud."""
        self._over.set()
        self._over = over = Event()
        self._jobs.submit(self._play, sound, channel, percent, over)

    def say(self, spoken: Sound, percent: int) -> None:
        """Let a phrase be heard."""
        self.hear(spoken, Channel.VOICE, percent)

    def sound(self, tone: Sound, percent: int) -> None:
        """Let a tone be heard."""
        self.hear(tone, Channel.TONE, percent)

    def close(self) -> None:
        """End what is heard, and take no more."""
        self._over.set()
        self._jobs.shutdown(wait=False, cancel_futures=True)

    def _play(self, sound: Sound, channel: Channel, percent: int, over: Event) -> None:
        if over.is_set():
            return
        pcm = sound()
        if not pcm or over.is_set():
            return
        self._speaker.set_volume(channel, percent)
        self._speaker.open()
        lead_ms = self._speaker.lead_ms
        self._speaker.schedule_at(self._clock.now_ns() + lead_ms * NANOSECONDS_A_MS, pcm, channel)
        over.wait((lead_ms + length_ms(pcm) + _FADE_MS) / 1_000)
        self._speaker.close()


def length_ms(pcm: bytes) -> int:
    """How long a sound is that a speaker takes."""
    return len(pcm) * 1_000 // (STREAM_RATE * _FRAME_BYTES)
