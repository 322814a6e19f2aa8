"""Between a session and the player page: its events and time told to the page, the page's wishes granted."""

import logging
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chain_timer.drawing.strip import blocks_of
from chain_timer.figure.choreography import Performance, pose_at
from chain_timer.figure.figures import Figures
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Coaching
from chain_timer.session.events import (
    Event,
    Reason,
    SegmentStarted,
    State,
    StateChanged,
    TimelineChanged,
)
from chain_timer.session.record import Feeling
from chain_timer.timeline.segment import Kind
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import MINUTE_MS, SECOND_MS, clock_text, whole_minutes
from chain_timer.window.look import is_seen
from chain_timer.window.player_facts import Script
from chain_timer.window.player_page import PlayerPage
from chain_timer.window.shot_painter import FIGURE_FAILURES

_log = logging.getLogger(__name__)

_RING_MS = (66, 100)
"""How often the ring goes on, at most and at least, unless it takes longer to move at all."""
_RING_STEPS = 4
"""Of the least that can be seen, which it may go on by at once where it is slow."""
LONG_PAUSE_MS = 10 * MINUTE_MS
"""Who comes back after that long may not know any more where the session waits."""
LEAD_BEAT_MS = 60
STARTING_BEAT_MS = 15
"""Between looks whether the first words and the sound are there: nothing is heard before."""
_WAITING_MS = 250
_SETTLING_MS = 150
_SETTLINGS = 20
_CALM = frozenset({Kind.PREPARE, Kind.REST, Kind.FINISH})
"""Nothing works then, so no muscle glows."""
_SHOWN_LEAD_MS = 700
"""A shorter lead is the sound's and not a person's: no get-ready flashes up for it."""


class PlayerOfSession(Protocol):
    """The part of a player that a page is told of."""

    state: State
    index: int
    timeline: Timeline

    def position_ms(self) -> int: ...

    def waited_ms(self) -> int: ...

    def lead_ms(self) -> int: ...

    def listen(self, listener: Callable[[Event], None]) -> None: ...


class Session(Protocol):
    """A session with the commands a person has (:class:`chain_timer.conductor.Conductor`)."""

    on_notice: Callable[[str], None]

    @property
    def player(self) -> PlayerOfSession: ...

    @property
    def coaching(self) -> Coaching: ...

    @property
    def starting(self) -> bool:
        """Whether a start waits for its first words, or for the sound."""
        ...

    def start(self) -> None: ...

    def toggle(self) -> None: ...

    def pause(self) -> None: ...

    def done(self) -> None: ...

    def next(self) -> None: ...

    def back(self) -> None: ...

    def restart(self) -> None: ...

    def seek(self, position_ms: int) -> None: ...

    def add_time(self, added_ms: int) -> None: ...

    def set_coaching(self, coaching: Coaching) -> None: ...

    def leave(self) -> None: ...

    def feel(self, feeling: Feeling | None, note: str) -> None: ...

    def close(self) -> None: ...

    def poll(self) -> None: ...


class SessionBridge(QObject):
    """One session at a time. One timer, which runs only while something moves or is about to."""

    ended = Signal()
    """The session is given back, and the page is free."""
    again_requested = Signal()
    coaching_chosen = Signal(object)

    def __init__(
        self, page: PlayerPage, names: Names, figures: Figures, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._names = names
        self._figures = figures
        self._performance: Performance | None = None
        self._session: Session | None = None
        self._script: Script | None = None
        self._gets_ready = False
        self._lit: int | None = None
        self._settling = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._long_pause = QTimer(self, singleShot=True, interval=LONG_PAUSE_MS)
        self._long_pause.timeout.connect(self._offer_to_go_on)
        self._connect(page)

    @property
    def running(self) -> bool:
        return self._session is not None

    @property
    def ticking(self) -> bool:
        """Whether a timer runs."""
        return self._timer.isActive()

    def begin(self, session: Session, position_ms: int = 0) -> None:
        """Take a session, show it, and start it, from a position on; the one before is left."""
        if self._session is not None:
            self._session.leave()
        self.close()
        self._session = session
        session.on_notice = self._page.show_notice
        session.player.listen(self._hear)
        self._page.begin()
        self._take_timeline()
        self._page.show_state(State.PLAYING)
        if position_ms:
            session.seek(position_ms)
        session.start()
        self._after_command()

    def close(self) -> None:
        """Give the session back; one that was not left can be gone on with another time."""
        self._timer.stop()
        self._long_pause.stop()
        if self._session is not None:
            self._session.close()
            self._session = None

    # --- time ----------------------------------------------------------------------------------------

    def beat(self) -> None:
        """Let time pass: tell what came due, show where we are, and aim at what comes next."""
        if self._session is None:
            return
        self._session.poll()
        if is_seen(self._page):
            self._show_now()
        self._aim()

    def _aim(self) -> None:
        """Set the timer to the next moment at which something will look or sound different."""
        interval_ms = self._interval_ms()
        if interval_ms is None:
            self._timer.stop()
        else:
            self._timer.start(interval_ms)

    def _interval_ms(self) -> int | None:
        if self._session is None:
            return None
        player = self._session.player
        if player.state is State.PLAYING:
            return self._playing_interval_ms(player)
        if player.state is State.WAITING:
            return min(_WAITING_MS, self._page.stage.frame_ms or _WAITING_MS)
        if self._session.starting:
            return STARTING_BEAT_MS
        # A new timeline may still be in the making, the sound may have something to say; then nothing moves.
        if self._settling > 0:
            self._settling -= 1
            return _SETTLING_MS
        return None

    def _playing_interval_ms(self, player: PlayerOfSession) -> int:
        if player.lead_ms() > 0:
            return LEAD_BEAT_MS
        if not is_seen(self._page):
            return _WAITING_MS
        segment = player.timeline.segments[player.index]
        remaining_ms = player.timeline.end_of(player.index) - player.position_ms()
        to_second_ms = (remaining_ms - 1) % SECOND_MS + 1 if remaining_ms > 0 else 1
        step_ms = round(segment.length_ms * self._page.countdown.finest_fraction)
        often, seldom = _RING_MS
        ring_ms = max(often, step_ms, min(seldom, _RING_STEPS * step_ms))
        frame_ms = self._page.stage.frame_ms or _WAITING_MS
        return max(4, min(to_second_ms, ring_ms, frame_ms, _WAITING_MS))

    def _show_now(self) -> None:
        session, script = self._session, self._script
        if session is None or script is None or not script.timeline.segments:
            return
        player = session.player
        lead_ms = player.lead_ms()
        self._gets_ready = lead_ms > (0 if self._gets_ready else _SHOWN_LEAD_MS)
        position_ms = player.position_ms()
        moment = script.moment(player.index, position_ms, lead_ms if self._gets_ready else 0)
        self._page.show_moment(moment)
        self._light(script.step_at(player.index, position_ms))
        self._show_figure(player)

    def _light(self, step: int | None) -> None:
        if step != self._lit:
            self._lit = step
            self._page.light_step(step)

    def _show_figure(self, player: PlayerOfSession) -> None:
        if self._performance is None:
            return
        try:
            shot = pose_at(self._performance, player.position_ms(), player.waited_ms())
        except FIGURE_FAILURES:
            # The session goes on without it, and so does the timer that is aimed after this.
            _log.exception("The figure cannot follow %s", player.timeline.routine_name)
            self._performance = shot = None
        kind = player.timeline.segments[player.index].kind
        self._page.show_shot(shot, 0.0 if kind in _CALM else 1.0)

    # --- events --------------------------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        if isinstance(event, SegmentStarted):
            self._show_segment(event.index)
        elif isinstance(event, StateChanged):
            self._show_state(event.state)
            if event.reason is Reason.SLEEP:
                self._offer_to_go_on(self.tr("The computer slept."))
        elif isinstance(event, TimelineChanged):
            self._take_timeline()

    def _take_timeline(self) -> None:
        if self._session is None:
            return
        player = self._session.player
        self._script = Script(player.timeline, self._names)
        self._performance = Performance(player.timeline, self._figures)
        self._page.show_routine(player.timeline.routine_name, blocks_of(player.timeline))
        if player.timeline.segments:
            self._show_segment(player.index)
        self._show_now()

    def _show_segment(self, index: int) -> None:
        script = self._script
        if script is None or not 0 <= index < len(script.timeline.segments):
            return
        facts = script.facts(index)
        self._page.show_segment(facts)
        self._light(facts.lit)
        if script.timeline.segments[index].kind is Kind.FINISH:
            self._show_finish(script.timeline)
        else:
            self._page.hide_finish()

    def _show_state(self, state: State) -> None:
        self._page.show_state(state)
        if state is State.PAUSED:
            self._long_pause.start()
        else:
            self._long_pause.stop()
        if state is State.FINISHED and self._script is not None:
            self._show_finish(self._script.timeline)

    def _show_finish(self, timeline: Timeline) -> None:
        exercises = {segment.exercise.id for segment in timeline.segments if segment.exercise}
        minutes = whole_minutes(timeline.duration_ms)
        done = [
            self.tr("1 exercise")
            if len(exercises) == 1
            else self.tr("{n} exercises").format(n=len(exercises)),
            self.tr("1 minute") if minutes == 1 else self.tr("{n} minutes").format(n=minutes),
        ]
        self._page.show_finish(timeline.routine_name, " · ".join(done), blocks_of(timeline))

    def _offer_to_go_on(self, before: str = "") -> None:
        """Tell who comes back after long, or after the computer slept, where the session waits."""
        session, script = self._session, self._script
        if session is None or script is None or session.player.state is not State.PAUSED:
            return
        position_ms = session.player.position_ms()
        facts = script.facts(session.player.index)
        place = " ".join(word for word in (facts.name, facts.side) if word)
        text = self.tr("Go on with {routine} at {time} ({place})? Space goes on, Esc ends it here.")
        name = session.player.timeline.routine_name
        told = text.format(routine=name, time=clock_text(position_ms), place=place)
        self._page.show_notice(f"{before} {told}".strip())

    # --- wishes --------------------------------------------------------------------------------------

    def _connect(self, page: PlayerPage) -> None:
        page.toggle_requested.connect(lambda: self._command(lambda session: session.toggle()))
        page.pause_requested.connect(lambda: self._command(lambda session: session.pause()))
        page.done_requested.connect(lambda: self._command(lambda session: session.done()))
        page.back_requested.connect(lambda: self._command(lambda session: session.back()))
        page.next_requested.connect(lambda: self._command(lambda session: session.next()))
        page.restart_requested.connect(lambda: self._command(lambda session: session.restart()))
        page.seek_requested.connect(lambda ms: self._command(lambda session: session.seek(ms)))
        page.add_time_requested.connect(lambda ms: self._command(lambda session: session.add_time(ms)))
        page.coaching_requested.connect(self._set_coaching)
        page.next_coaching_requested.connect(self._next_coaching)
        page.leave_requested.connect(self._leave)
        page.left.connect(self._end)
        page.again_requested.connect(self.again_requested)
        page.felt.connect(self._feel)

    def _command(self, command: Callable[[Session], None]) -> None:
        if self._session is not None:
            command(self._session)
            self._after_command()

    def _after_command(self) -> None:
        self._settling = _SETTLINGS
        self._show_now()
        self._aim()

    def _set_coaching(self, level: str) -> None:
        coaching = Coaching(level)
        self._command(lambda session: session.set_coaching(coaching))
        self._page.show_coaching(coaching)
        self.coaching_chosen.emit(coaching)

    def _next_coaching(self) -> None:
        if self._session is not None:
            levels = list(Coaching)
            following = levels[(levels.index(self._session.coaching) + 1) % len(levels)]
            self._set_coaching(following.value)

    def _leave(self) -> None:
        session, script = self._session, self._script
        if session is None or script is None:
            self._end()
            return
        position_ms = session.player.position_ms()
        if session.player.state is not State.FINISHED and script.is_worth_asking(position_ms):
            self._page.ask_to_leave(self.tr("Leave? {time} done.").format(time=self._done_text(position_ms)))
        else:
            self._end()

    def _feel(self, feeling: Feeling | None, note: str) -> None:
        if self._session is not None:
            self._session.feel(feeling, note)

    def _end(self) -> None:
        if self._session is not None:
            self._page.finish.hide()  # a note that is still being written is told by that
            self._session.leave()
        self.close()
        self.ended.emit()

    def _done_text(self, position_ms: int) -> str:
        if position_ms >= MINUTE_MS:
            minutes = position_ms // MINUTE_MS
            return self.tr("1 minute") if minutes == 1 else self.tr("{n} minutes").format(n=minutes)
        return self.tr("{n} seconds").format(n=position_ms // SECOND_MS)
