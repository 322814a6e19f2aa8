"""The coach: lays the cues of a playing timeline into the sound, a little ahead of their moment."""

from collections.abc import Callable
from dataclasses import dataclass

from chain_timer.session.clock import NANOSECONDS_A_MS
from chain_timer.session.events import Event, Jumped, State, StateChanged, TimelineChanged
from chain_timer.session.player import Player
from chain_timer.sound.speaker import Channel, Speaker
from chain_timer.timeline.segment import Tone
from chain_timer.timeline.timeline import Mark, Timeline
from chain_timer.units import SECOND_MS

AHEAD_MS = 2 * SECOND_MS
"""How far ahead cues are laid: longer than any stall of the event loop that a session should not hear."""
LATE_MS = 1_500
"""Words whose clip comes later than this are shown, not said."""
_SAME_CUE_NS = 500 * NANOSECONDS_A_MS
_GET_READY_TICKS = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """The tone or the words of a cue: the one may sound while the other is still being made."""

    due_ns: int
    what: Tone | str


class Coach:
    """Makes the cues of a player heard. Call :meth:`lay` on every tick; everything else it hears itself."""

    def __init__(
        self,
        player: Player,
        speaker: Speaker,
        clip: Callable[[str], bytes | None],
        tone: Callable[[Tone], bytes | None],
    ) -> None:
        self._player = player
        self._speaker = speaker
        self._clip = clip
        self._tone = tone
        self._laid_ms = 0
        self._laid: list[_Part] = []
        self._late: list[_Part] = []
        player.listen(self.hear)

    def hear(self, event: Event) -> None:
        if isinstance(event, Jumped):
            self._hush(event.at_ms)
        elif isinstance(event, TimelineChanged):
            self._lay_anew(event.at_ms)
        elif isinstance(event, StateChanged):
            if event.state is State.PLAYING:
                self._laid_ms = event.at_ms
                self._count_in(event.at_ms)
            elif event.state is State.PAUSED:
                self._hush(event.at_ms)

    def lay(self, now_ns: int) -> None:
        """Lay what is due soon, and what was made meanwhile."""
        self._lay_late(now_ns)
        if self._player.state is not State.PLAYING:
            return
        until_ms = self._player.position_ms() + AHEAD_MS
        timeline = self._player.timeline
        last_index = _next_gate(timeline, self._player.index, until_ms)
        for mark in timeline.cues_between(self._laid_ms, until_ms):
            if mark.index > last_index:
                break
            self._lay_mark(mark, now_ns)
        self._laid_ms = max(self._laid_ms, until_ms)
        self._laid = [part for part in self._laid if part.due_ns > now_ns - AHEAD_MS * NANOSECONDS_A_MS]

    def _lay_mark(self, mark: Mark, now_ns: int) -> None:
        due_ns = self._player.due_ns(mark.at_ms)
        if due_ns is None or mark.cue is None:
            return
        for what in (mark.cue.tone, mark.cue.words):
            if what and not self._is_heard(part := _Part(due_ns, what), now_ns):
                self._lay_part(part)

    def _lay_part(self, part: _Part) -> None:
        self._laid.append(part)
        if not self._sound(part):
            self._late.append(part)

    def _sound(self, part: _Part) -> bool:
        """Hand a part to the speaker; False while it is still being made."""
        if isinstance(part.what, Tone):
            pcm, channel = self._tone(part.what), Channel.TONE
        else:
            pcm, channel = self._clip(part.what), Channel.VOICE
        if pcm is not None:
            self._speaker.schedule_at(part.due_ns, pcm, channel)
        return pcm is not None

    def _lay_late(self, now_ns: int) -> None:
        if not self._late:
            return
        oldest_ns = now_ns - LATE_MS * NANOSECONDS_A_MS
        self._late = [part for part in self._late if part.due_ns > oldest_ns and not self._sound(part)]

    def _is_heard(self, part: _Part, now_ns: int) -> bool:
        """Whether the same of the timeline before was so near that it sounds already."""
        begun_ns = now_ns + self._speaker.lead_ms * NANOSECONDS_A_MS
        return any(
            laid.what == part.what
            and laid.due_ns <= begun_ns
            and abs(laid.due_ns - part.due_ns) < _SAME_CUE_NS
            for laid in self._laid
        )

    def _lay_anew(self, position_ms: int) -> None:
        dropped_ns = self._speaker.cancel_pending()
        # What was dropped, or is still being made, is not heard yet, however near it is.
        self._laid = [
            part
            for part in self._laid
            if part not in self._late and (dropped_ns is None or part.due_ns < dropped_ns)
        ]
        self._late.clear()
        self._laid_ms = position_ms

    def _hush(self, position_ms: int) -> None:
        self._speaker.silence()
        self._late.clear()
        self._laid.clear()
        self._laid_ms = position_ms

    def _count_in(self, position_ms: int) -> None:
        """Tick the seconds of getting ready."""
        due_ns = self._player.due_ns(position_ms)
        lead_ms = self._player.lead_ms()
        for left in range(_GET_READY_TICKS, 0, -1):
            if due_ns is not None and left * SECOND_MS <= lead_ms:
                at_ns = due_ns - left * SECOND_MS * NANOSECONDS_A_MS
                self._lay_part(_Part(at_ns, Tone.TICK))


def _next_gate(timeline: Timeline, index: int, until_ms: int) -> int:
    """Find the segment that nothing is laid beyond: the next gate, or whatever comes at the end."""
    while index < len(timeline.segments) and timeline.start_of(index) <= until_ms:
        if timeline.segments[index].gate:
            return index
        index += 1
    return index
