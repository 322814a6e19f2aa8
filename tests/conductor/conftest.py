"""A whole session with every part real but the clock, the voice and the loudspeaker."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from chain_timer.conductor import Conductor, Parts
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Coaching
from chain_timer.session.clock import NANOSECONDS_A_MS
from chain_timer.session.events import Event, State
from chain_timer.sound.speaker import Channel
from chain_timer.speech.clip import Clip
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.segment import Tone

LEAD_MS = 250
JUMP_LEAD_MS = 300


class FakeClock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.ns = 5_000_000_000
        self.slept = 0

    def now_ns(self) -> int:
        return self.ns

    def slept_ms(self) -> int:
        return self.slept

    def advance(self, ms: int) -> None:
        self.ns += ms * NANOSECONDS_A_MS


class FakeNarration:
    """A voice that is as quick, as slow or as broken as a test wants."""

    def __init__(self, length_ms: int | None = 1_500) -> None:
        self.clip_ms = length_ms
        self.revision = 0
        self.problem = ""
        self.wanted: list[str] = []
        self.ready = True

    def want(self, phrases: Iterable[str]) -> None:
        self.wanted = list(phrases)

    def clip(self, words: str) -> Clip | None:
        if not self.ready or self.clip_ms is None:
            return None
        return Clip(words, words.encode(), self._ms(words))

    def length_ms(self, words: str) -> int | None:
        return self._ms(words) if self.ready and self.clip_ms is not None else None

    def failed(self, words: str) -> bool:
        assert words
        return self.clip_ms is None

    def _ms(self, words: str) -> int:
        assert self.clip_ms is not None
        return 700 if len(words) < 8 else self.clip_ms


@dataclass
class Heard:
    at_ns: int
    pcm: bytes
    channel: Channel


@dataclass
class FakeSpeaker:
    """Keeps what was laid into it, and drops what a real one would drop."""

    clock: FakeClock
    lead_ms: int = LEAD_MS
    jump_lead_ms: int = JUMP_LEAD_MS
    problem: str = ""
    ready: bool = True
    begun_ms: int = LEAD_MS
    """How far ahead of its moment a sound is begun, and cannot be dropped any more."""
    laid: list[Heard] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.calls.append("open")

    def close(self) -> None:
        self.calls.append("close")

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        self.laid.append(Heard(at_ns, pcm, channel))

    def cancel_pending(self) -> list[tuple[int, Channel]]:
        self.calls.append("cancel")
        begun_ns = self.clock.ns + self.begun_ms * NANOSECONDS_A_MS
        dropped = [(heard.at_ns, heard.channel) for heard in self.laid if heard.at_ns > begun_ns]
        self.laid = [heard for heard in self.laid if heard.at_ns <= begun_ns]
        return dropped

    def silence(self) -> None:
        self.calls.append("silence")
        self.laid = [heard for heard in self.laid if heard.at_ns <= self.clock.ns]

    def set_volume(self, channel: object, percent: int) -> None:
        self.calls.append(f"volume {channel} {percent}")

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - as the real one
        self.calls.append(f"muted {muted}")


class FakeAwake:
    def __init__(self) -> None:
        self.on = False

    def start(self) -> None:
        self.on = True

    def stop(self) -> None:
        self.on = False


class Stage:
    """One conductor with its fakes, and hands to drive it."""

    def __init__(self, routine: str, coaching: Coaching, *, get_ready: bool, clip_ms: int | None) -> None:
        self.clock = FakeClock()
        self.narration = FakeNarration(clip_ms)
        self.speaker = FakeSpeaker(self.clock)
        self.awake = FakeAwake()
        self.events: list[Event] = []
        self.notices: list[str] = []
        parts = Parts(
            clock=self.clock,
            phrases=load_phrases(),
            narration=self.narration,
            speaker=self.speaker,
            tone=_tone,
            awake=self.awake,
            rate=150,
        )
        options = Options(coaching=coaching)
        self.conductor = Conductor(Library.built_in().routine(routine), options, parts, get_ready=get_ready)
        self.conductor.player.listen(self.events.append)
        self.conductor.on_notice = self.notices.append

    @property
    def state(self) -> State:
        return self.conductor.player.state

    @property
    def position_ms(self) -> int:
        return self.conductor.player.position_ms()

    def run(self, ms: int, step_ms: int = 100) -> None:
        """Let time pass in steps, polling at each, with compiling done in between."""
        for _ in range(ms // step_ms):
            self.clock.advance(step_ms)
            self.settle()

    def settle(self) -> None:
        if self.conductor._job is not None:
            self.conductor._job.exception()
        self.conductor.poll()

    def start(self) -> None:
        self.conductor.start()
        self.settle()
        self.run(1_000, 50)

    def heard(self, after_ms: int = 0) -> list[tuple[int, str]]:
        """What is laid, as session moments in ms and names."""
        base_ns = self.conductor.player.due_ns(0)
        assert base_ns is not None
        found = [
            ((heard.at_ns - base_ns) / NANOSECONDS_A_MS, heard.pcm.decode()) for heard in self.speaker.laid
        ]
        return [(int(at_ms), name) for at_ms, name in sorted(found) if at_ms >= after_ms]


def _tone(tone: Tone) -> bytes:
    return f"[{tone}]".encode()


@pytest.fixture
def stage() -> Iterator[Callable[..., Stage]]:
    made: list[Stage] = []

    def make(
        routine: str = "desk-break",
        coaching: Coaching = Coaching.CUES,
        *,
        get_ready: bool = True,
        clip_ms: int | None = 1_500,
    ) -> Stage:
        made.append(Stage(routine, coaching, get_ready=get_ready, clip_ms=clip_ms))
        return made[-1]

    yield make
    for each in made:
        each.conductor.close()
