"""Which frame of the stream is heard at a moment of the clock, for each cue anew.

A sound server takes frames in blocks, and our looks at it come late now and then: both make the stream seem
to lag and never to lead. So the truth is the upper envelope of what was seen. The mapping holds still while
it agrees with the envelope, follows slowly when it does not (a sound card's clock is not the computer's), and
starts anew after an interruption.
"""

from collections import deque

from chain_timer.sound.speaker import STREAM_RATE

_NS = 1_000_000_000
_MS = STREAM_RATE // 1_000
_WINDOW_NS = 8 * _NS
"""Long enough that a look or two met a block just taken, short enough to follow a drifting clock."""
_ROLL_NS = _NS * 16 // 100
"""The stream has to run evenly for this long before it is believed to run."""
_EVEN = 8 * _MS
_EARLY_LOOKS = 8
_SETTLE_NS = _NS * 6 // 10
"""From there on the mapping is held still; before, it follows the newest looks at once."""
_RECENT_NS = _NS // 2
_SLIPS = ((_NS * 3 // 10, 25 * _MS), (_NS * 3 // 2, 6 * _MS))
"""For so long (ns) at least so far (frames) behind: the stream was interrupted, and no block explains it."""
_LEAP = 6 * _MS
_DEADBAND = 0.3 * _MS
_ARRIVED = 0.03 * _MS
_CATCH_UP = 0.5 * _MS / _NS
_FALL_BACK = 0.25 * _MS / _NS
"""Frames a ns: 500 and 250 ppm, more than two clocks of computers differ, and less than an ear can tell.
Falling back is slower, because for a few seconds no look may have met a block that was just taken."""
_LONGEST_STEP_NS = _NS // 5


class _Envelope:
    """The most of what was seen within a span (ns). Looks that a later one outdid are forgotten at once."""

    __slots__ = ("_looks", "span_ns")

    def __init__(self, span_ns: int) -> None:
        self.span_ns = span_ns
        self._looks: deque[tuple[int, float]] = deque()

    def add(self, at_ns: int, offset: float) -> None:
        looks = self._looks
        while looks and looks[-1][1] <= offset:
            looks.pop()
        looks.append((at_ns, offset))
        self.keep(at_ns - self.span_ns)

    def keep(self, since_ns: int) -> None:
        while self._looks[0][0] < since_ns:
            self._looks.popleft()

    @property
    def top(self) -> float:
        return self._looks[0][1]


class Timebase:
    """Fed with looks at the stream; answers with frames. Its state is small and its cost constant."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget everything: the stream was opened or interrupted."""
        self._zero_ns: int | None = None
        self._last_ns = 0
        self._held = 0.0
        self._wait()

    @property
    def ready(self) -> bool:
        """Whether the stream runs, so that :meth:`frame_at` means something."""
        return self._ready_ns is not None

    @property
    def settled(self) -> bool:
        """Whether the mapping has come to rest; until then, looks should come often."""
        return self._ready_ns is not None and self._last_ns - self._ready_ns >= _SETTLE_NS

    def frame_at(self, time_ns: int) -> int:
        """The frame heard at a moment (ns), counted from the first frame of the stream."""
        return round(self._held + self._clock_frames(time_ns))

    def observe(self, now_ns: int, played: int) -> None:
        """Take note that at ``now_ns``, or a little earlier, ``played`` frames had left for the device."""
        if self._zero_ns is None:
            self._zero_ns = self._last_ns = now_ns
        step_ns = min(now_ns - self._last_ns, _LONGEST_STEP_NS)
        self._last_ns = now_ns
        offset = played - self._clock_frames(now_ns)
        for envelope in (self._envelope, *self._watched):
            envelope.add(now_ns, offset)
        if self._ready_ns is None:
            self._wait_for_roll(now_ns, offset)
        elif self._interrupted():
            self._wait()
        else:
            self._correct(step_ns)

    def _clock_frames(self, time_ns: int) -> float:
        return (time_ns - (self._zero_ns or 0)) * STREAM_RATE / _NS

    def _wait(self) -> None:
        self._ready_ns: int | None = None
        self._following = False
        self._early: deque[float] = deque(maxlen=_EARLY_LOOKS)
        self._late: deque[tuple[int, float]] = deque()
        self._envelope = _Envelope(_WINDOW_NS)
        self._watched = [_Envelope(span_ns) for span_ns, _ in _SLIPS]

    def _wait_for_roll(self, now_ns: int, offset: float) -> None:
        # Before it runs, a stream takes its first frames in one gulp and then stands still.
        middle_ns = now_ns - _ROLL_NS // 2
        self._late.append((now_ns, offset))
        while self._late[0][0] < middle_ns:
            self._early.append(self._late.popleft()[1])
        enough = len(self._early) > 1 and len(self._late) > 1
        top = max(offset for _, offset in self._late)
        if enough and abs(max(self._early) - top) < _EVEN:
            self._ready_ns = now_ns
            self._held = top
            for envelope in (self._envelope, *self._watched):
                envelope.keep(middle_ns)

    def _correct(self, step_ns: int) -> None:
        if not self.settled:
            self._envelope.keep(self._last_ns - _RECENT_NS)
            self._held = self._envelope.top
            return
        error = self._envelope.top - self._held
        if error > _LEAP:
            self._held += error
            return
        if abs(error) > _DEADBAND:
            self._following = True
        if self._following:
            self._held += max(-_FALL_BACK * step_ns, min(_CATCH_UP * step_ns, error))
            self._following = abs(error) > _ARRIVED

    def _interrupted(self) -> bool:
        known_ns = self._last_ns - (self._ready_ns or 0)
        return any(
            known_ns >= envelope.span_ns and envelope.top < self._held - depth
            for envelope, (_, depth) in zip(self._watched, _SLIPS, strict=True)
        )
