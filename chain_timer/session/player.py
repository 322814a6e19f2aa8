"""The player: a cursor over the marks of a timeline."""

import logging
from collections.abc import Callable, Sequence

from chain_timer.session.clock import Clock
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
_SHORTEST_MS = SECOND_MS


class Player:
    """Plays a timeline; tells every mark that came due, in order, whatever the rate of its ticks."""

    def __init__(self, clock: Clock, timeline: Timeline) -> None:
        self._clock = clock
        self._transport = Transport(clock)
        self._listeners: list[Callable[[Event], None]] = []
        self._slept_ms = clock.slept_ms()
        self._fresh = True
        self.timeline = timeline
        self.state = State.READY
        self.index = 0
        self._marks: Sequence[Mark] = ()
        self._cursor = 0

    # --- what is -------------------------------------------------------------------------------------

    def position_ms(self) -> int:
        limit_ms = self._marks[self._cursor].at_ms if self._gate_ahead() else self.timeline.duration_ms
        return min(self._transport.position_ms(), limit_ms)

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

    def pause(self, reason: Reason = Reason.NONE) -> None:
        self.tick()
        if self.state in {State.PLAYING, State.WAITING}:
            position_ms = self.position_ms()
            # On going on at a gate, the gate is met again.
            self._cursor -= 1 if self.state is State.WAITING else 0
            self._transport.halt(position_ms)
            self._change(position_ms, State.PAUSED, reason)

    def done(self, lead_ms: int = 0) -> None:
        """Say done at a gate: on to the next segment."""
        self.tick()
        if self.state is State.WAITING:
            self._jump(self.timeline.end_of(self.index), lead_ms)

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
        self._jump(self.timeline.start_of(max(0, self.index - 1)) if near else start_ms, lead_ms)

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
            self._transport.halt(position_ms)
            self._change(position_ms, State.FINISHED)

    def change_timeline(self, timeline: Timeline, position_ms: int) -> None:
        """Go on in another timeline at a position that means the same there."""
        self.tick()
        if self.state is State.FINISHED:
            return
        due = self._cursor < len(self._marks) and self._marks[self._cursor].at_ms <= self.position_ms()
        self.timeline = timeline
        self._transport.shift(position_ms)
        self._aim(position_ms, passed=not due)
        if self.state is State.WAITING:
            self._meet_gate_again()
        self._tell(TimelineChanged(position_ms))

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
            pass

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

    def _jump(self, to_ms: int, lead_ms: int) -> None:
        if self.state is State.FINISHED and to_ms >= self.timeline.duration_ms:
            return
        landed_ms = self._landing(to_ms)
        if self.state in {State.PLAYING, State.WAITING}:
            self._transport.run(landed_ms, lead_ms)
            if self.state is State.WAITING:
                self._change(landed_ms, State.PLAYING)
        else:
            self._transport.halt(landed_ms)
            if self.state is State.FINISHED:
                self._change(landed_ms, State.PAUSED)
        self._tell(Jumped(landed_ms))
        self._place(landed_ms)
        self.tick()

    def _landing(self, to_ms: int) -> int:
        if not self.timeline.segments:
            return 0
        index = self.timeline.index_at(to_ms)
        return self.timeline.start_of(index) if self.timeline.segments[index].gate else to_ms

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
        moment_ms = position_ms + (1 if passed else 0)
        while self._cursor < len(self._marks) and self._behind(self._marks[self._cursor], moment_ms):
            self._cursor += 1

    @staticmethod
    def _behind(mark: Mark, moment_ms: int) -> bool:
        if mark.kind is MarkKind.START:
            return True
        return mark.kind is MarkKind.CUE and mark.at_ms < moment_ms

    def _meet_gate_again(self) -> None:
        if self._gate_ahead():
            self._cursor += 1
        else:
            self._change(self._transport.position_ms(), State.PLAYING)
            self._transport.run(self._transport.position_ms())

    # --- telling -------------------------------------------------------------------------------------

    def _change(self, at_ms: int, state: State, reason: Reason = Reason.NONE) -> None:
        if state not in LEGAL[self.state]:
            raise AssertionError(f"{self.state} cannot become {state}")
        self.state = state
        self._tell(StateChanged(at_ms, state, reason))

    def _tell(self, event: Event) -> None:
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:  # noqa: BLE001 - a listener that fails must never stop a session
                _log.exception("a listener failed on %s", event)
