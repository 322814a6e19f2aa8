"""The conductor: one session put together, the same for every face.

Player, coach, voice, sound and keep-awake as one thing with the commands a person has. It owns no thread
of its own but the one that compiles; a face calls :meth:`Conductor.poll` on its ticks.
"""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Protocol

from chain_timer.routine.routine import Coaching, Routine
from chain_timer.session.clock import NANOSECONDS_A_MS, Clock, Moment, now
from chain_timer.session.events import Event, Reason, SegmentStarted, State, StateChanged
from chain_timer.session.journal import Left
from chain_timer.session.player import Player
from chain_timer.session.record import Feeling
from chain_timer.session.recorder import Notebook, Recorder, opening_of
from chain_timer.sound.coach import Coach
from chain_timer.sound.speaker import Speaker
from chain_timer.speech.clip import Clip
from chain_timer.timeline.change import carried_over, stretched, with_segment
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import known_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import Phrases
from chain_timer.timeline.segment import Key, Kind, Tone
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import SECOND_MS

_log = logging.getLogger(__name__)

GET_READY_MS = 3 * SECOND_MS
FIRST_WORDS_WAIT_MS = 1_000
"""How long a start waits for the first phrase to be rendered; it begins without it then."""
SOUND_WAIT_MS = 2_500
"""How long it waits for a sound output that is just opening: some loudspeakers have to wake up first."""
_COMPILE_EVERY_MS = 250
_PHRASES_AHEAD = 300
_RETIMED = frozenset({Kind.PREPARE, Kind.HOLD, Kind.REST, Kind.SWITCH})
_NO_SOUND_YET = "The sound output does not answer yet, so this begins without sound."
_SLEPT = "The computer slept. Your session waits where it was."


class Narration(Protocol):
    """Phrases as clips, rendered ahead (:class:`chain_timer.speech.narrator.Narrator`)."""

    @property
    def revision(self) -> int:
        """Changes whenever another clip is there."""
        ...

    @property
    def problem(self) -> str: ...

    def want(self, phrases: Iterable[str]) -> None: ...

    def clip(self, words: str) -> Clip | None: ...

    def length_ms(self, words: str) -> int | None: ...

    def failed(self, words: str) -> bool: ...


class Wakefulness(Protocol):
    """Keeps the screen on (:class:`chain_timer.system.awake.Awake`)."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Keeping(Notebook, Protocol):
    """Keeps what is done (:class:`chain_timer.history.keeper.Keeper`)."""

    def untold(self) -> str:
        """Give what a person should know and was not told yet; it is told by that."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What a session is put together from."""

    clock: Clock
    phrases: Phrases
    narration: Narration
    speaker: Speaker
    tone: Callable[[Tone], bytes | None]
    """A tone to be heard; None while it is being made."""
    awake: Wakefulness
    rate: int
    keeping: Keeping | None = None
    """None for a rehearsal, of which nothing is kept."""
    now: Callable[[], Moment] = now


class Conductor:
    """One session of a routine, with the commands a person has."""

    def __init__(
        self,
        routine: Routine,
        options: Options,
        parts: Parts,
        *,
        get_ready: bool = True,
        left: Left | None = None,
    ) -> None:
        """``left`` is a session of this routine that was left in the middle: this one goes on from there."""
        self._routine = routine
        self._options = options
        self._parts = parts
        self._get_ready = get_ready
        self._adjusted_ms: dict[Key, int] = dict(left.beat.adjusted_ms) if left and left.beat else {}
        self._compiler = ThreadPoolExecutor(1, "compiler")
        self._job: Future[Timeline] | None = None
        self._heard_revision = -1
        self._compiled_ns = 0
        self._asked_ns: int | None = None
        self._told: set[str] = set()
        self.on_notice: Callable[[str], None] = lambda _text: None
        self.player = Player(parts.clock, self._compile(options, self._adjusted_ms))
        self.coach = Coach(self.player, parts.speaker, self._pcm, parts.tone)
        self.player.listen(self._hear)
        self._recorder = self._make_recorder(left)
        self._go_to(left)
        self._want()

    def _make_recorder(self, left: Left | None) -> Recorder | None:
        parts = self._parts
        if parts.keeping is None:
            return None
        return Recorder(
            self.player,
            parts.keeping,
            lambda: opening_of(self._routine, self._options, parts.now()),
            clock=parts.clock,
            now=parts.now,
            adjusted_ms=lambda: dict(self._adjusted_ms),
            left=left,
        )

    def _go_to(self, left: Left | None) -> None:
        """Go to where a session was left: in the same segment, however long the others have become."""
        if left is None or left.beat is None:
            return
        timeline, beat = self.player.timeline, left.beat
        index = timeline.index_of(beat.key)
        if index is not None:
            into_ms = min(beat.into_ms, max(0, timeline.segments[index].length_ms - 1))
            self.player.seek(timeline.start_of(index) + into_ms)
        else:
            self.player.seek(beat.position_ms)

    # --- what is -------------------------------------------------------------------------------------

    @property
    def timeline(self) -> Timeline:
        return self.player.timeline

    @property
    def coaching(self) -> Coaching:
        return self._options.coaching

    @property
    def starting(self) -> bool:
        """Whether a start waits for its first words, or for the sound."""
        return self._asked_ns is not None

    # --- commands ------------------------------------------------------------------------------------

    def warm_up(self) -> None:
        """Open the sound ahead of a start, so that its first words are heard at once."""
        self._parts.speaker.open()

    def start(self) -> None:
        """Begin as soon as the first words can be said, and at once when they cannot."""
        if self.player.state is State.READY and not self.starting:
            self.warm_up()
            self._asked_ns = self._parts.clock.now_ns()
            self.poll()

    def toggle(self) -> None:
        """Do what the one big key does: start, pause, go on, or say done."""
        state = self.player.state
        if state is State.READY:
            self.start()
        elif state is State.PLAYING:
            self.pause()
        elif state is State.PAUSED:
            self.go_on()
        elif state is State.WAITING:
            self.done()

    def pause(self) -> None:
        self.player.pause()

    def go_on(self) -> None:
        lead_ms = GET_READY_MS if self._get_ready else 0
        self.player.play(max(lead_ms, self._lead_ms))
        self.poll()

    def done(self) -> None:
        self.player.done(self._jump_lead_ms)
        self.poll()

    def next(self) -> None:
        self.player.next(self._jump_lead_ms)
        self.poll()

    def back(self) -> None:
        self.player.back(self._jump_lead_ms)
        self.poll()

    def restart(self) -> None:
        self.player.restart(self._jump_lead_ms)
        self.poll()

    def seek(self, position_ms: int) -> None:
        self.player.seek(position_ms, self._jump_lead_ms)
        self.poll()

    def add_time(self, added_ms: int) -> None:
        """Make the present segment longer or shorter; one with less left than is taken ends."""
        self.player.tick()
        player, timeline = self.player, self.player.timeline
        if player.state is State.FINISHED or not timeline.segments:
            return
        segment = timeline.segments[player.index]
        if segment.kind not in _RETIMED:
            return
        position_ms = player.position_ms()
        passed_ms = position_ms - timeline.start_of(player.index)
        length_ms = segment.length_ms + added_ms
        if length_ms <= max(passed_ms, SECOND_MS):
            self.next()
            return
        self._adjusted_ms[segment.key] = self._adjusted_ms.get(segment.key, 0) + added_ms
        changed = with_segment(timeline, player.index, stretched(segment, length_ms))
        player.change_timeline(changed, position_ms)
        if self._job is not None:
            self._compile_soon()

    def set_coaching(self, coaching: Coaching) -> None:
        """Say more or less from here on."""
        if coaching is not self._options.coaching:
            self._options = replace(self._options, coaching=coaching)
            self.coach.silence()
            self._compile_soon()

    def leave(self) -> None:
        """End here; the sound stops at once. What was done is kept, and nobody will be asked to go on."""
        self._asked_ns = None
        self.player.finish()
        self.coach.silence()
        if self._recorder is not None:
            self._recorder.drop()

    def feel(self, feeling: Feeling | None, note: str) -> None:
        """Take how it felt, with or without a note; it may be told anew."""
        if self._recorder is not None:
            self._recorder.feel(feeling, note)

    def close(self) -> None:
        """Give back what a session holds. The conductor is of no use afterwards.

        A session that was not left before can be gone on with another time.
        """
        self._asked_ns = None
        if self._recorder is not None:
            self._recorder.close()
        self.player.finish()
        self.coach.silence()
        self._parts.awake.stop()
        self._parts.speaker.close()
        self._compiler.shutdown(wait=False, cancel_futures=True)

    # --- on every tick -------------------------------------------------------------------------------

    def poll(self) -> None:
        """Let time pass: tell what came due, lay what is due soon, take over a new timeline."""
        now_ns = self._parts.clock.now_ns()
        if self._asked_ns is not None:
            self._start_when_ready((now_ns - self._asked_ns) // NANOSECONDS_A_MS)
        self.player.tick()
        self._take_over()
        self._compile_when_known(now_ns)
        self.coach.lay(now_ns)
        for problem in (self._parts.speaker.problem, self._parts.narration.problem):
            self._notice_once(problem)
        if self._recorder is not None:
            self._recorder.beat()
        if self._parts.keeping is not None and (untold := self._parts.keeping.untold()):
            self.on_notice(untold)

    def _start_when_ready(self, waited_ms: int) -> None:
        narration = self._parts.narration
        words = next(self.timeline.phrases(), "")
        unspoken = bool(words) and narration.clip(words) is None and not narration.failed(words)
        if unspoken and waited_ms < FIRST_WORDS_WAIT_MS:
            return
        if not self._parts.speaker.ready:
            if waited_ms < SOUND_WAIT_MS:
                return
            self._notice_once(_NO_SOUND_YET)
        self._asked_ns = None
        self.player.play(self._lead_ms)

    def _take_over(self) -> None:
        if self._job is None or not self._job.done():
            return
        job, self._job = self._job, None
        if failure := job.exception():
            _log.error("the timeline could not be compiled again", exc_info=failure)
            return
        old, new = self.player.timeline, job.result()
        if new == old:
            return
        position_ms = self.player.position_ms()
        self.player.change_timeline(new, carried_over(old, new, position_ms))
        self._want()

    def _compile_when_known(self, now_ns: int) -> None:
        revision = self._parts.narration.revision
        recent = now_ns - self._compiled_ns < _COMPILE_EVERY_MS * NANOSECONDS_A_MS
        if revision != self._heard_revision and self._job is None and not recent:
            self._heard_revision = revision
            self._compiled_ns = now_ns
            self._compile_soon()

    def _compile_soon(self) -> None:
        # Only the last one asked for counts: it has the newest choices and adjustments.
        self._job = self._compiler.submit(partial(self._compile, self._options, dict(self._adjusted_ms)))

    def _compile(self, options: Options, adjusted_ms: dict[Key, int]) -> Timeline:
        lengths = known_lengths(self._parts.narration.length_ms, self._parts.rate)
        timeline = compile_routine(self._routine, options, self._parts.phrases, lengths)
        for key, added_ms in adjusted_ms.items():
            index = timeline.index_of(key)
            if index is not None:
                segment = timeline.segments[index]
                length_ms = max(SECOND_MS, segment.length_ms + added_ms)
                timeline = with_segment(timeline, index, stretched(segment, length_ms))
        return timeline

    # --- what happens --------------------------------------------------------------------------------

    @property
    def _lead_ms(self) -> int:
        """How long the sound needs between a command and the first cue it is exact for."""
        return self._parts.speaker.lead_ms

    @property
    def _jump_lead_ms(self) -> int:
        """The same after what silences all that is heard."""
        return self._parts.speaker.jump_lead_ms

    def _hear(self, event: Event) -> None:
        if isinstance(event, SegmentStarted):
            self._want()
        if not isinstance(event, StateChanged):
            return
        if event.state in {State.PLAYING, State.WAITING}:
            self._parts.awake.start()
        else:
            self._parts.awake.stop()
        if event.reason is Reason.SLEEP:
            self.on_notice(_SLEPT)

    def _want(self) -> None:
        """Have the next phrases rendered: all of a usual routine, a bounded part of an endless one."""
        ahead = self.player.timeline.phrases(self.player.index)
        self._parts.narration.want(islice(ahead, _PHRASES_AHEAD))

    def _pcm(self, words: str) -> bytes | None:
        clip = self._parts.narration.clip(words)
        return None if clip is None else clip.pcm

    def _notice_once(self, problem: str) -> None:
        if problem and problem not in self._told:
            self._told.add(problem)
            self.on_notice(problem)
