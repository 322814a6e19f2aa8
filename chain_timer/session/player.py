"""The player: a cursor over the marks of a timeline."""

import logging
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice

from chain_timer.session.clock import NANOSECONDS_A_MS, Clock
from chain_timer.session.events import (
    CueReached,
    Event,
    Jumped,
    Reason,
    SegmentStarted,
    State,
    StateChanged,
    TimelineChanged,
)
from chain_timer.session.transport import Transport
from chain_timer.timeline.segment import Key
from chain_timer.timeline.timeline import Mark, MarkKind, Timeline
from chain_timer.units import SECOND_MS

_log = logging.getLogger(__name__)

LEGAL: dict[State, frozenset[State]] = {
    State.READY: frozenset({State.PLAYING, State.FINISHED}),
    State.PLAYING: frozenset({State.PAUSED, State.WAITING, State.FINISHED}),
    State.PAUSED: frozenset({State.PLAYING, State.FINISHED}),
    State.WAITING: frozenset({State.PLAYING, State.PAUSED, State.FINISHED}),
    State.FINISHED: frozenset({State.PAUSED}),
}
"""Which state may follow which. A command that would break the table is not carried out.

From the end one can only step back, which pauses there: nobody presses play by stepping.
"""

RESTART_WITHIN_MS = 2 * SECOND_MS
"""Back goes to the start of this segment first, and further only when already there, or nearly."""
_SLEEP_MS = SECOND_MS


class Player:
    """Plays a timeline; tells every mark that came due, in order, whatever the rate of its ticks."""

    def __init__(self, clock: Clock, timeline: Timeline) -> None:
        self._clock = clock
        self._transport = Transport(clock)
        self._listeners: list[Callable[[Event], None]] = []
        self._untold: deque[Event] = deque()
        self._telling = False
        self._slept_ms = clock.slept_ms()
        self._fresh = True
        self._take(timeline)
        self.state = State.READY
        self.index = 0
        self._marks: Sequence[Mark] = ()
        self._cursor = 0
        self._gate_ns = 0
        """When the gate was met that playing waits at; later by all the time that it was paused."""
        self._waited_ns = 0
        """What had been waited at the gate where playing was paused."""

    # --- what is -------------------------------------------------------------------------------------

    def position_ms(self) -> int:
        """Where on the timeline we are; between ticks too never past a gate that was not opened."""
        gate = bisect_left(self._gates, self.index + (0 if self._gate_to_come() else 1))
        closed = gate < len(self._gates)
        limit_ms = self.timeline.start_of(self._gates[gate]) if closed else self.timeline.duration_ms
        return min(self._transport.position_ms(), limit_ms)

    def waited_ms(self) -> int:
        """Time waited at the gate we are at, pauses left out; 0 when we are at none."""
        waiting = self.state is State.WAITING
        waited_ns = self._clock.now_ns() - self._gate_ns if waiting else self._waited_ns
        return waited_ns // NANOSECONDS_A_MS

    def lead_ms(self) -> int:
        """Time until the position begins to move, while getting ready."""
        return self._transport.lead_ms()

    def due_ns(self, position_ms: int) -> int | None:
        """When, on the clock, a position is reached; None unless playing."""
        return self._transport.due_ns(position_ms)

    def listen(self, listener: Callable[[Event], None]) -> None:
        self._listeners.append(listener)

    # --- commands ------------------------------------------------------------------------------------

    def play(self, lead_ms: int = 0) -> None:
        """Start, or go on, when the lead is over."""
        if self.state not in {State.READY, State.PAUSED}:
            return
        position_ms = self._transport.position_ms()
        self._slept_ms = self._clock.slept_ms()
        self._transport.run(position_ms, lead_ms)
        self._change(position_ms, State.PLAYING)
        if self._fresh:
            self._place(position_ms)
        self.tick()
        self._deliver()

    def pause(self, reason: Reason = Reason.NONE) -> None:
        self.tick()
        if self.state in {State.PLAYING, State.WAITING}:
            position_ms = self.position_ms()
            if self.state is State.WAITING:
                # On going on at a gate, the gate is met again.
                self._cursor -= 1
                self._waited_ns = self._clock.now_ns() - self._gate_ns
            self._transport.halt(position_ms)
            self._change(position_ms, State.PAUSED, reason)
            self._deliver()

    def done(self, lead_ms: int = 0) -> None:
        """Say done at a gate: on to the next segment."""
        self.tick()
        if self.state is State.WAITING:
            self._jump(self.timeline.end_of(self.index), lead_ms, done=True)

    def next(self, lead_ms: int = 0) -> None:
        self.tick()
        if self.state is not State.FINISHED and self.timeline.segments:
            self._jump(self.timeline.end_of(self.index), lead_ms)

    def back(self, lead_ms: int = 0) -> None:
        """Go to the start of this segment, or to the one before when it has only just begun."""
        self.tick()
        if not self.timeline.segments:
            return
        start_ms = self.timeline.start_of(self.index)
        near = self.position_ms() - start_ms < RESTART_WITHIN_MS and self.state is not State.FINISHED
        # A millisecond before this one lies the last that has a length.
        before = self.timeline.index_at(start_ms - 1)
        self._jump(self.timeline.start_of(before) if near else start_ms, lead_ms)

    def restart(self, lead_ms: int = 0) -> None:
        self.tick()
        if self.timeline.segments:
            self._jump(self.timeline.start_of(self.index), lead_ms)

    def seek(self, position_ms: int, lead_ms: int = 0) -> None:
        """Go to a position; the middle of a segment done at one's own pace means its start."""
        self.tick()
        self._jump(min(max(0, position_ms), self.timeline.duration_ms), lead_ms)

    def finish(self) -> None:
        """End here and now."""
        self.tick()
        if self.state is not State.FINISHED:
            position_ms = self.position_ms()
            self._waited_ns = 0
            self._transport.halt(position_ms)
            self._change(position_ms, State.FINISHED)
            self._deliver()

    def change_timeline(self, timeline: Timeline, position_ms: int) -> None:
        """Go on in another timeline at a position that means the same there.

        In the same segment, cues at that very position count as told, unless they are still to be told here;
        another segment is told from its start.
        """
        self.tick()
        if self.state is State.FINISHED:
            return
        here = self._key()
        before_ms = self.position_ms()
        due = self._cursor < len(self._marks) and self._marks[self._cursor].at_ms <= before_ms
        self._take(timeline)
        landed_ms = self._landing(min(max(0, position_ms), timeline.duration_ms))
        self._transport.shift(landed_ms)
        self._aim(landed_ms, passed=not due)
        self._tell(TimelineChanged(landed_ms, before_ms))
        if self._key() != here or not self._gate_to_come():
            self._waited_ns = 0
        if self._key() != here:
            self._aim(landed_ms, passed=False)
            if not self._fresh and self._marks:
                self._tell(SegmentStarted(self._marks[0].at_ms, self.index))
        if self.state is State.WAITING:
            self._wait_or_go_on()
        self._deliver()

    def tick(self) -> None:
        """Tell every mark that came due since the last tick."""
        if self.state not in {State.PLAYING, State.WAITING}:
            return
        slept_ms = self._clock.slept_ms()
        if slept_ms - self._slept_ms >= _SLEEP_MS:
            self._slept_ms = slept_ms
            self.pause(Reason.SLEEP)
            return
        while self.state is State.PLAYING and self._next_due():
            self._deliver()
        self._deliver()

    # --- the cursor ----------------------------------------------------------------------------------

    def _next_due(self) -> bool:
        """Pass the next mark, if it is due."""
        if self._transport.lead_ms():
            return False
        position_ms = self._transport.position_ms()
        if self._cursor < len(self._marks):
            mark = self._marks[self._cursor]
            if mark.at_ms > position_ms:
                return False
            self._cursor += 1
            self._pass(mark)
            return True
        following = self.index + 1
        if following >= len(self.timeline.segments):
            self._end()
            return False
        if self.timeline.start_of(following) > position_ms:
            return False
        self._enter(following)
        return True

    def _pass(self, mark: Mark) -> None:
        if mark.kind is MarkKind.START:
            self._tell(SegmentStarted(mark.at_ms, mark.index))
        elif mark.cue is not None:
            self._tell(CueReached(mark.at_ms, mark.cue))
        elif mark.kind is MarkKind.GATE:
            self._transport.halt(mark.at_ms)
            self._gate_ns = self._clock.now_ns() - self._waited_ns
            self._waited_ns = 0
            self._change(mark.at_ms, State.WAITING)
        else:
            self._end()

    def _end(self) -> None:
        self._transport.halt(self.timeline.duration_ms)
        self._change(self.timeline.duration_ms, State.FINISHED)

    def _enter(self, index: int) -> None:
        self.index = index
        self._marks = tuple(self.timeline.marks_of(index))
        self._cursor = 0

    def _gate_ahead(self) -> bool:
        return self._cursor < len(self._marks) and self._marks[self._cursor].kind is MarkKind.GATE

    def _gate_to_come(self) -> bool:
        """Whether the gate of this segment is still to be met."""
        return any(mark.kind is MarkKind.GATE for mark in islice(self._marks, self._cursor, None))

    def _key(self) -> Key | None:
        return self.timeline.segments[self.index].key if self.timeline.segments else None

    def _take(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._gates = [index for index, segment in enumerate(timeline.segments) if segment.gate]

    def _jump(self, to_ms: int, lead_ms: int, *, done: bool = False) -> None:
        if self.state is State.FINISHED and to_ms >= self.timeline.duration_ms:
            return
        before_ms = self.position_ms()
        landed_ms = self._landing(to_ms)
        self._waited_ns = 0
        if self.state in {State.PLAYING, State.WAITING}:
            self._transport.run(landed_ms, lead_ms)
            if self.state is State.WAITING:
                self._change(landed_ms, State.PLAYING)
        else:
            self._transport.halt(landed_ms)
            if self.state is State.FINISHED:
                self._change(landed_ms, State.PAUSED)
        self._tell(Jumped(landed_ms, before_ms, done))
        self._place(landed_ms)
        self.tick()
        self._deliver()

    def _landing(self, to_ms: int) -> int:
        if not self.timeline.segments:
            return 0
        index = self.timeline.index_at(to_ms)
        waits = self.timeline.segments[index].gate and to_ms < self.timeline.end_of(index)
        return self.timeline.start_of(index) if waits else to_ms

    def _place(self, position_ms: int) -> None:
        """Put the cursor where a position says, and tell the segment it lies in."""
        self._aim(position_ms, passed=False)
        self._fresh = False
        if self._marks:
            # Told here, so that a paused face can show where a jump went.
            self._tell(SegmentStarted(self._marks[0].at_ms, self.index))

    def _aim(self, position_ms: int, *, passed: bool) -> None:
        """Put the cursor before the first mark at or after a position; after it where those were passed."""
        if not self.timeline.segments:
            self._marks, self._cursor, self.index = (), 0, 0
            return
        self._enter(self.timeline.index_at(position_ms))
        self._cursor = sum(_is_behind(mark, position_ms, passed=passed) for mark in self._marks)

    def _wait_or_go_on(self) -> None:
        """After a change while waiting: at the gate still, or playing where there is none."""
        if self._gate_ahead():
            self._cursor += 1
        else:
            position_ms = self._transport.position_ms()
            self._transport.run(position_ms)
            self._change(position_ms, State.PLAYING)

    # --- telling -------------------------------------------------------------------------------------

    def _change(self, at_ms: int, state: State, reason: Reason = Reason.NONE) -> None:
        if state not in LEGAL[self.state]:
            raise AssertionError(f"{self.state} cannot become {state}")
        self.state = state
        self._tell(StateChanged(at_ms, state, reason))

    def _tell(self, event: Event) -> None:
        self._untold.append(event)

    def _deliver(self) -> None:
        """Tell what happened, each listener in order, also where one of them gives a command meanwhile."""
        if self._telling:
            return
        self._telling = True
        try:
            while self._untold:
                event = self._untold.popleft()
                for listener in tuple(self._listeners):
                    self._tell_one(listener, event)
        finally:
            self._telling = False

    @staticmethod
    def _tell_one(listener: Callable[[Event], None], event: Event) -> None:
        try:
            listener(event)
        except Exception:  # noqa: BLE001 - a listener that fails must never stop a session
            _log.exception("a listener failed on %s", event)


def _is_behind(mark: Mark, position_ms: int, *, passed: bool) -> bool:
    """Whether a mark counts as told at a position of its segment, as :meth:`Player.change_timeline` says."""
    if mark.kind is MarkKind.START:
        return True
    if mark.kind is MarkKind.CUE and passed:
        return mark.at_ms <= position_ms
    return mark.kind is not MarkKind.END and mark.at_ms < position_ms
