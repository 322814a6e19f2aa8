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

    @property
    def channel(self) -> Channel:
        return Channel.TONE if isinstance(self.what, Tone) else Channel.VOICE


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
        self._begun: list[_Part] = []
        """Laid for the timeline before, and too near or too late to be dropped with it."""
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

    def silence(self) -> None:
        """End what is heard; what is still to come is laid again."""
        position_ms = self._player.position_ms()
        self._hush(position_ms)
        self._count_in(position_ms)

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
            self._lay_mark(mark)
        self._laid_ms = max(self._laid_ms, until_ms)
        past_ns = now_ns - AHEAD_MS * NANOSECONDS_A_MS
        self._laid = [part for part in self._laid if part.due_ns > past_ns]
        self._begun = [part for part in self._begun if part.due_ns > past_ns]

    def _lay_mark(self, mark: Mark) -> None:
        due_ns = self._player.due_ns(mark.at_ms)
        if due_ns is None or mark.cue is None:
            return
        for what in (mark.cue.tone, mark.cue.words):
            if what:
                self._lay_part(_Part(due_ns, what))

    def _lay_part(self, part: _Part) -> None:
        if self._is_heard(part):
            return
        self._laid.append(part)
        if not self._sound(part):
            self._late.append(part)

    def _sound(self, part: _Part) -> bool:
        """Hand a part to the speaker; False while it is still being made."""
        pcm = self._tone(part.what) if isinstance(part.what, Tone) else self._clip(part.what)
        if pcm is not None:
            self._speaker.schedule_at(part.due_ns, pcm, part.channel)
        return pcm is not None

    def _lay_late(self, now_ns: int) -> None:
        if not self._late:
            return
        oldest_ns = now_ns - LATE_MS * NANOSECONDS_A_MS
        self._late = [part for part in self._late if part.due_ns > oldest_ns and not self._sound(part)]

    def _is_heard(self, part: _Part) -> bool:
        """Whether the same of the timeline before was so near that it sounds already."""
        return any(
            begun.what == part.what and abs(begun.due_ns - part.due_ns) < _SAME_CUE_NS
            for begun in self._begun
        )

    def _lay_anew(self, position_ms: int) -> None:
        dropped = set(self._speaker.cancel_pending())
        laid = [part for part in (*self._begun, *self._laid) if part not in self._late]
        # Words and their tone share a moment, but not always their fate: the one may have come late.
        begun = [part for part in laid if (part.due_ns, part.channel) not in dropped]
        # What is late stays late: of the new timeline, nothing is laid that lies behind us.
        here_ns = self._player.due_ns(position_ms)
        self._late = [part for part in self._late if here_ns is not None and part.due_ns <= here_ns]
        self._begun = begun + self._late
        self._laid.clear()
        self._laid_ms = position_ms
        self._count_in(position_ms)

    def _hush(self, position_ms: int) -> None:
        self._speaker.silence()
        for parts in (self._late, self._laid, self._begun):
            parts.clear()
        self._laid_ms = position_ms

    def _count_in(self, position_ms: int) -> None:
        """Tick the seconds of getting ready that are still ahead."""
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
