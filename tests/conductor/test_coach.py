"""The coach on a real mixer: what is heard of a cue whose tone and words part."""

from array import array

from helpers.stage import FakeClock

from chain_timer.session.player import Player
from chain_timer.sound.coach import Coach
from chain_timer.sound.mixer import Mixer
from chain_timer.sound.null_output import NullOutput
from chain_timer.sound.speaker import STREAM_RATE, Channel, Dropped
from chain_timer.timeline.segment import Cue, Key, Kind, Segment, Tone
from chain_timer.timeline.timeline import Timeline

FRAMES_A_MS = STREAM_RATE // 1_000
FILLED_MS = 230
CUE_MS = 5_000
JUST_BEGUN_MS = FILLED_MS - 10
"""So long before its moment a tone has begun, and the same once more would not be too late to be heard."""
TONE_MS, WORDS_MS = 80, 300
TONE, WORDS = 1_000, 10
"""How loud each is, so that both can be told apart in a mix."""


class Mixed(NullOutput):
    """Mixes as the real output does, and keeps what is heard of it."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._start_ns = clock.now_ns()
        self._mixer = Mixer()
        self.frames = array("h")

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        self._mixer.schedule_at(at_ns, pcm, channel)

    def cancel_pending(self) -> tuple[Dropped, ...]:
        return self._mixer.cancel_pending()

    def fill(self) -> None:
        filled = self._frame_at(self._clock.now_ns()) + FILLED_MS * FRAMES_A_MS
        if (count := filled - self._mixer.written) > 0:
            self.frames.frombytes(self._mixer.read(count, self._frame_at))

    def _frame_at(self, time_ns: int) -> int:
        return (time_ns - self._start_ns) * FRAMES_A_MS // 1_000_000


class Session:
    """A hold with one cue, whose words are made when a test says so."""

    def __init__(self) -> None:
        cue = Cue(CUE_MS, 500, words="Halfway.", tone=Tone.HALF)
        self._timeline = Timeline("one", "One", [Segment(Kind.HOLD, 10_000, Key(0, 2), (cue,))])
        self.clock = FakeClock()
        self.speaker = Mixed(self.clock)
        self.player = Player(self.clock, self._timeline)
        self.spoken = False
        self._coach = Coach(self.player, self.speaker, self._clip, lambda _: sound(TONE, TONE_MS))
        self.player.play()

    def run(self, ms: int) -> None:
        for _ in range(ms // 10):
            self.clock.advance(10)
            self.player.tick()
            self.lay()
            self.speaker.fill()

    def lay(self) -> None:
        self._coach.lay(self.clock.now_ns())

    def change_timeline(self) -> None:
        self.player.change_timeline(self._timeline, self.player.position_ms())

    def heard_ms(self) -> tuple[float, float]:
        """How long the tone and the words are heard."""
        tone = sum(frame >= TONE for frame in self.speaker.frames)
        words = sum(frame % TONE == WORDS for frame in self.speaker.frames)
        assert max(self.speaker.frames) <= TONE + WORDS
        return tone / FRAMES_A_MS, words / FRAMES_A_MS

    def _clip(self, _words: str) -> bytes | None:
        return sound(WORDS, WORDS_MS) if self.spoken else None


def sound(level: int, ms: int) -> bytes:
    return array("h", [level] * (ms * FRAMES_A_MS)).tobytes()


def test_a_tone_that_has_begun_is_not_laid_again_with_its_late_words() -> None:
    session = Session()
    session.run(CUE_MS - JUST_BEGUN_MS)
    session.spoken = True
    session.lay()
    session.change_timeline()
    session.run(2_000)
    assert session.heard_ms() == (TONE_MS, WORDS_MS)


def test_words_that_have_begun_are_not_laid_again() -> None:
    session = Session()
    session.spoken = True
    session.run(CUE_MS - JUST_BEGUN_MS)
    for _ in range(3):
        session.change_timeline()
        session.run(10)
    session.run(2_000)
    assert session.heard_ms() == (TONE_MS, WORDS_MS)


def test_what_was_dropped_is_laid_again() -> None:
    session = Session()
    session.spoken = True
    session.run(CUE_MS - FILLED_MS - 50)
    session.change_timeline()
    session.run(2_000)
    assert session.heard_ms() == (TONE_MS, WORDS_MS)


def test_words_that_are_late_stay_so_in_a_new_timeline() -> None:
    session = Session()
    session.run(CUE_MS + 200)
    for _ in range(3):
        session.change_timeline()
        session.run(50)
    session.spoken = True
    session.run(2_000)
    assert session.heard_ms() == (TONE_MS, WORDS_MS)


def test_words_that_are_made_just_before_their_moment_are_not_said_twice() -> None:
    session = Session()
    session.run(CUE_MS + 10)
    session.change_timeline()
    session.spoken = True
    session.run(100)
    session.change_timeline()
    session.run(2_000)
    assert session.heard_ms() == (TONE_MS, WORDS_MS)
