"""The recorder: listens to a player and writes down what was really done.

It keeps no time of its own. Time in a segment is the way the position went, time at a gate and paused is what
the clock says, and both are settled at each event.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from chain_timer.routine.routine import Routine
from chain_timer.session.clock import NANOSECONDS_A_MS, Clock, Moment
from chain_timer.session.events import Event, Jumped, SegmentStarted, State, StateChanged, TimelineChanged
from chain_timer.session.journal import Beat, Left, Opening
from chain_timer.session.player import Player
from chain_timer.session.record import Ending, Feeling, Outcome, Part, SessionRecord, past
from chain_timer.timeline.options import Options
from chain_timer.timeline.segment import Key, Kind, Segment
from chain_timer.timeline.timeline import Timeline

BEAT_MS = 2_000
"""How often the position is written down while it moves: what a power cut may cost, at most."""
_WORTH_KEEPING_MS = 10_000


class Notebook(Protocol):
    """Where a session is written down. Nothing here waits or raises, for a session goes on by it."""

    def begin(self, opening: Opening) -> None:
        """Begin a journal."""
        ...

    def note(self, session_id: str, entry: Part | Beat) -> None:
        """Add to the journal."""
        ...

    def keep(self, opening: Opening, record: SessionRecord) -> None:
        """Keep the record for good, in place of the one of this id before."""
        ...

    def drop(self, session_id: str) -> None:
        """Give up the journal: nobody will go on here, and what is worth keeping is kept."""
        ...


@dataclass(slots=True)
class _Visit:
    """A segment being played."""

    segment: Segment
    index: int
    actual_ms: int = 0
    paused_ms: int = 0

    def part(self, outcome: Outcome) -> Part:
        segment = self.segment
        exercise = segment.exercise
        return Part(
            kind=segment.kind,
            planned_ms=(segment.origin or segment).length_ms,
            actual_ms=self.actual_ms,
            outcome=outcome,
            paused_ms=self.paused_ms,
            exercise_id=exercise.id if exercise else "",
            side=segment.side,
            set_number=segment.set_number,
            sets=segment.sets,
            round_number=segment.round_number,
            rounds=segment.rounds,
            reps=segment.reps.count if segment.reps else None,
            reps_done=self._reps_done(outcome),
        )

    def _reps_done(self, outcome: Outcome) -> int | None:
        reps = self.segment.reps
        if reps is None or outcome is Outcome.DONE:
            return reps.count if reps else None
        if reps.self_paced or not reps.tempo.rep_ms:
            return 0  # nobody counted
        return min(reps.count, self.actual_ms // reps.tempo.rep_ms)


class Recorder:
    """Hears one player from its start to its end. A failure in here costs the record, never the session."""

    def __init__(
        self,
        player: Player,
        notebook: Notebook,
        opening: Callable[[], Opening],
        *,
        clock: Clock,
        now: Callable[[], Moment],
        adjusted_ms: Callable[[], Mapping[Key, int]] = dict,
        left: Left | None = None,
    ) -> None:
        """``left`` is what a session did before it was left in the middle, and now goes on."""
        self._player = player
        self._notebook = notebook
        self._open = opening
        self._clock = clock
        self._now = now
        self._adjusted_ms = adjusted_ms
        self._opening: Opening | None = None
        self._left = left
        self._parts: list[Part] = list(left.parts) if left else []
        self._visit: _Visit | None = None
        self._state = State.READY
        self._last_ms = 0
        self._last_ns = 0
        self._beat_ns = 0
        self._planned: tuple[Timeline | None, int, int] = (None, 0, 0)
        self._feeling: Feeling | None = None
        self._note = ""
        self._changed_ms = 0
        self._closed = False
        player.listen(self._hear)

    @property
    def begun(self) -> bool:
        return self._opening is not None

    # --- time ----------------------------------------------------------------------------------------

    def beat(self) -> None:
        """Write the position down, if it moves and was not written down just before."""
        if self._visit is None or self._state not in {State.PLAYING, State.WAITING}:
            return
        now_ns = self._clock.now_ns()
        if now_ns - self._beat_ns >= BEAT_MS * NANOSECONDS_A_MS:
            self._settle(self._player.position_ms())
            self._write_beat()

    def _settle(self, position_ms: int) -> None:
        """Give the time since the last event to the visit, by the state it was spent in."""
        now_ns, visit = self._clock.now_ns(), self._visit
        passed_ms = (now_ns - self._last_ns) // NANOSECONDS_A_MS
        if visit is not None and self._state is State.PLAYING:
            visit.actual_ms += max(0, position_ms - self._last_ms)
        elif visit is not None and self._state is State.WAITING:
            visit.actual_ms += passed_ms
        elif visit is not None and self._state is State.PAUSED:
            visit.paused_ms += passed_ms
        if self._state is State.PLAYING:
            self._last_ms = position_ms
        # What is left of a millisecond stays: many events must not add up to a loss.
        self._last_ns += passed_ms * NANOSECONDS_A_MS

    # --- events --------------------------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        if self._closed:
            return
        if isinstance(event, StateChanged):
            self._hear_state(event)
        elif self._opening is None:
            return
        elif isinstance(event, Jumped):
            self._hear_jump(event)
        elif isinstance(event, TimelineChanged):
            self._hear_timeline(event)
        elif isinstance(event, SegmentStarted):
            self._hear_segment(event)

    def _hear_state(self, event: StateChanged) -> None:
        if self._opening is None:
            if event.state is State.PLAYING:
                self._begin(event.at_ms)
            return
        # Where a command leaves a gate, the state is told before the jump, with a position behind that.
        at_gate = self._state is State.WAITING
        self._settle(self._last_ms if at_gate else event.at_ms)
        if event.state is State.FINISHED:
            self._end(event.at_ms)
        elif self._state is State.READY or not at_gate:
            self._last_ms = event.at_ms
        self._state = event.state
        self._write_beat()
        if event.state is State.FINISHED:
            self.keep()

    def _begin(self, position_ms: int) -> None:
        self._opening = self._left.opening if self._left else self._open()
        self._last_ms, self._last_ns = position_ms, self._clock.now_ns()
        self._state = State.PLAYING
        self._notebook.begin(self._opening)
        if self._player.timeline.segments:
            # Where a start was sought, its segment was told before.
            self._enter(self._player.timeline.index_at(position_ms))

    def _hear_segment(self, event: SegmentStarted) -> None:
        if self._visit is not None and self._visit.index == event.index:
            return  # a jump within it
        if self._visit is not None:
            self._settle(event.at_ms)
            self._close(Outcome.DONE)
        self._enter(event.index)

    def _hear_jump(self, event: Jumped) -> None:
        self._settle(event.from_ms)
        self._last_ms = event.at_ms
        visit, timeline = self._visit, self._player.timeline
        if visit is None:
            return
        landed = timeline.index_at(event.at_ms)
        if landed == visit.index and timeline.start_of(landed) < event.at_ms < timeline.duration_ms:
            return
        if event.done:
            self._close(Outcome.DONE)
        else:
            self._close(Outcome.SKIPPED if event.at_ms > event.from_ms else Outcome.REPEATED)
        for index in range(visit.index + 1, landed):
            self._pass_over(timeline.segments[index], index)

    def _hear_timeline(self, event: TimelineChanged) -> None:
        self._settle(event.from_ms)
        self._last_ms = event.at_ms
        visit, player = self._visit, self._player
        if visit is None or not player.timeline.segments:
            return
        here = player.timeline.segments[player.index]
        if here.key == visit.segment.key:
            visit.segment, visit.index = here, player.index
        else:
            self._close(Outcome.SKIPPED)

    def _enter(self, index: int) -> None:
        segment = self._player.timeline.segments[index]
        self._visit = visit = _Visit(segment, index)
        before = self._left.beat if self._left else None
        if before is not None and before.visit is not None:
            if before.key == segment.key:
                visit.actual_ms, visit.paused_ms = before.visit.actual_ms, before.visit.paused_ms
            else:
                self._add(before.visit)
        self._left = None
        self._write_beat()

    def _close(self, outcome: Outcome) -> None:
        visit, self._visit = self._visit, None
        if visit is None:
            return
        nothing = not visit.actual_ms and not visit.paused_ms
        if nothing and (outcome is Outcome.REPEATED or not visit.segment.kind.is_work):
            return
        self._add(visit.part(outcome))

    def _pass_over(self, segment: Segment, index: int) -> None:
        if segment.kind.is_work:
            self._add(_Visit(segment, index).part(Outcome.SKIPPED))

    def _add(self, part: Part) -> None:
        self._parts.append(part)
        if self._opening is not None:
            self._notebook.note(self._opening.id, part)

    def _end(self, position_ms: int) -> None:
        whole = position_ms >= self._player.timeline.duration_ms
        self._close(Outcome.DONE if whole else Outcome.BROKEN_OFF)
        self._state = State.FINISHED

    # --- what is kept --------------------------------------------------------------------------------

    def keep(self) -> None:
        """Have what was done kept for good; what was left before anything was done is not."""
        if self._opening is not None and self.is_worth_keeping:
            self._notebook.keep(self._opening, self.record())

    def drop(self) -> None:
        """Tell that nobody will go on here."""
        if self._opening is not None:
            self._notebook.drop(self._opening.id)

    def close(self) -> None:
        """Hear nothing any more. What has not ended can be gone on with another time."""
        if self._opening is None or self._closed:
            return
        if self._state is State.FINISHED:
            self.drop()
        elif self.ending is Ending.FINISHED:
            self.keep()  # amid the last words: there is nothing to go on with
            self.drop()
        else:
            self._settle(self._player.position_ms())
            self._write_beat()
        self._closed = True

    def feel(self, feeling: Feeling | None, note: str) -> None:
        """Take how it felt."""
        self._feeling, self._note = feeling, note
        self._changed_ms = self._now().ms
        self.keep()

    @property
    def is_worth_keeping(self) -> bool:
        """Whether a piece of work was begun, or more was done than pressing the wrong button."""
        parts = self._so_far()
        begun = any(part.kind.is_work and part.actual_ms for part in parts)
        return begun or sum(part.actual_ms for part in parts) >= _WORTH_KEEPING_MS

    @property
    def ending(self) -> Ending:
        """How it would have ended if it ended now."""
        player = self._player
        segments = player.timeline.segments
        behind = player.position_ms() >= player.timeline.duration_ms
        if behind or (segments and segments[player.index].kind is Kind.FINISH):
            return Ending.FINISHED
        return Ending.BROKEN_OFF

    def record(self) -> SessionRecord:
        """Give what was done so far. Raises ValueError before anything began."""
        if self._opening is None:
            raise ValueError("nothing has begun")
        self._settle(self._player.position_ms())
        left = Left(self._opening, tuple(self._so_far()), replace(self._beat(), visit=None))
        return replace(left.record(), feeling=self._feeling, note=self._note, changed_ms=self._changed_ms)

    def _so_far(self) -> list[Part]:
        return self._parts if self._visit is None else [*self._parts, self._visit.part(Outcome.BROKEN_OFF)]

    def _write_beat(self) -> None:
        if self._opening is not None:
            self._beat_ns = self._clock.now_ns()
            self._notebook.note(self._opening.id, self._beat())

    def _beat(self) -> Beat:
        player, timeline = self._player, self._player.timeline
        position_ms, index = player.position_ms(), player.index
        planned_ms, planned_work_ms = self._planned_ms(timeline)
        over = self._state is State.FINISHED or self.ending is Ending.FINISHED
        return Beat(
            at_ms=self._now().ms,
            position_ms=position_ms,
            key=timeline.segments[index].key if timeline.segments else Key(0, 0),
            into_ms=max(0, position_ms - timeline.start_of(index)) if timeline.segments else 0,
            visit=self._visit.part(Outcome.BROKEN_OFF) if self._visit else None,
            planned_ms=planned_ms,
            planned_work_ms=planned_work_ms,
            adjusted_ms=self._adjusted_ms(),
            ending=self.ending if over else None,
        )

    def _planned_ms(self, timeline: Timeline) -> tuple[int, int]:
        """The length of a timeline before a person added to it, and what of it is work; reckoned once."""
        known, planned_ms, work_ms = self._planned
        if known is not timeline:
            lengths = [(each.kind, (each.origin or each).length_ms) for each in timeline.segments]
            planned_ms = sum(length_ms for _, length_ms in lengths)
            work_ms = sum(length_ms for kind, length_ms in lengths if kind.is_work)
            self._planned = (timeline, planned_ms, work_ms)
        return planned_ms, work_ms


def opening_of(routine: Routine, options: Options, now: Moment) -> Opening:
    """Begin a session of a routine."""
    return Opening(
        id=os.urandom(16).hex(),
        started=now,
        routine_id=routine.id,
        routine_name=routine.name,
        options=options,
        exercises=tuple(past(each) for each in routine.exercises),
        routine=routine,
    )
