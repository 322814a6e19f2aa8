"""A routine's sound, mixed without waiting: by the mixer of a session, with frames for its clock."""

from collections.abc import Iterator

from chain_timer.exchange.giving import Sound
from chain_timer.sound.mixer import Mixer
from chain_timer.sound.speaker import STREAM_RATE, Channel
from chain_timer.timeline.segment import Cue

FRAMES_A_MS = STREAM_RATE // 1_000
"""A whole number, so that every millisecond of a timeline is a frame and nothing has to be rounded."""
BLOCK_MS = 100
"""Mixed at once: so short that the silence between cues costs nothing, and that memory stays small."""


class Mix:
    """Everything heard in a routine, as one stream: each cue at its frame, as loud as in a session."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound
        self._timeline = sound.timeline
        self._mixer = Mixer()
        self._mixer.set_volume(Channel.VOICE, sound.voice_volume)
        self._mixer.set_volume(Channel.TONE, sound.tone_volume)
        # The volumes hold from the first frame on: they are not glided to.
        self._mixer.set_muted(False, at_once=True)
        self.unsaid: dict[str, None] = {}
        """The phrases met so far that had no clip, in the order they were met."""
        ends = (mark.at_ms + mark.cue.length_ms for mark in self._timeline.marks() if mark.cue)
        self.length_ms = max(self._timeline.duration_ms, *ends, 0)

    def blocks(self) -> Iterator[bytes]:
        """Give the stream in blocks of BLOCK_MS; only the last one may be shorter."""
        for at_ms in range(0, self.length_ms, BLOCK_MS):
            end_ms = min(at_ms + BLOCK_MS, self.length_ms)
            for mark in self._timeline.cues_between(at_ms, end_ms):
                if mark.cue is not None:
                    self._lay(mark.at_ms * FRAMES_A_MS, mark.cue)
            yield self._mixer.read((end_ms - at_ms) * FRAMES_A_MS, int)

    def _lay(self, frame: int, cue: Cue) -> None:
        if cue.tone is not None:
            self._mixer.schedule_at(frame, self._sound.tone(cue.tone), Channel.TONE)
        if not cue.words.strip():
            return
        clip = self._sound.clip(cue.words)
        if clip is None:
            self.unsaid[cue.words] = None
        else:
            self._mixer.schedule_at(frame, clip, Channel.VOICE)
