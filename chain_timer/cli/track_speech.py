"""What an audio track is made of: everything the routine says, spoken, and the tones that are set."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from chain_timer.cli.choices import Plan, compile_plan
from chain_timer.cli.home import Home
from chain_timer.exchange.giving import Sound
from chain_timer.exchange.parcel import Progress
from chain_timer.sound.tones import tone_pcm
from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.clip import Clip
from chain_timer.speech.narrator import Narrator
from chain_timer.system.settings import Settings
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.timeline import Timeline

_LOOK_S = 0.2
"""How often a person is asked whether they had enough, while a phrase is waited for."""
_MOST_LOOKS = 150
_SHOWN = "phrases are shown and not spoken: "
"""What a narrator says of a session; nothing is shown by a track."""


@contextmanager
def track_sound(
    home: Home, planned: Plan, voice: str | None = None, launch: Callable[[], VoiceWorker] = VoiceWorker
) -> Iterator[Callable[[Progress], Sound]]:
    """Give what ``Given.sound`` wants. ``voice`` None follows the settings; none starts before it is called.

    What it gives may be used within the context, and from another thread. Muting is not followed: it is about
    the room a person sits in at the moment.
    """
    settings = home.settings
    estimated = compile_plan(home, planned)
    with ExitStack() as made:

        def sound(progress: Progress) -> Sound:
            chosen = settings.voice if voice is None else voice
            narrator = Narrator(ClipCache(home.clips), launch, chosen, planned.rate)
            made.callback(narrator.close)
            speech = _Speech(narrator, planned.rate)
            speech.say_all(estimated, progress)
            # The compiler may weigh a wording or two that it passed over when lengths were estimated.
            return _sound(speech, compile_plan(home, planned, speech.length_ms), settings)

        yield sound


def _sound(speech: "_Speech", timeline: Timeline, settings: Settings) -> Sound:
    return Sound(
        timeline,
        speech.pcm,
        partial(tone_pcm, set_name=settings.tone_set),
        settings.voice_volume,
        settings.tone_volume,
        speech.problem,
    )


class _Speech:
    """Phrases, each spoken when first asked for, and read from disk after that."""

    def __init__(self, narrator: Narrator, rate: int) -> None:
        self._narrator = narrator
        self._estimate = estimated_lengths(rate)
        self._lengths: dict[str, int] = {}
        self._unsaid: set[str] = set()
        self._look: Callable[[], None] = lambda: None
        self.problem = ""

    def say_all(self, timeline: Timeline, progress: Progress) -> None:
        phrases = tuple(timeline.phrases())
        for number, words in enumerate(phrases):
            self._look = partial(progress, number, len(phrases))
            self._look()
            self.length_ms(words)
        self._look = partial(progress, len(phrases), len(phrases))

    def length_ms(self, words: str) -> int:
        """Give how long a phrase is; what cannot be spoken is as long as estimated, as in a session."""
        if words not in self._lengths:
            clip = self._clip(words, self._look)
            self._lengths[words] = self._estimate(words) if clip is None else clip.length_ms
        return self._lengths[words]

    def pcm(self, words: str) -> bytes | None:
        clip = self._clip(words, lambda: None)
        return None if clip is None else clip.pcm

    def _clip(self, words: str, look: Callable[[], None]) -> Clip | None:
        if words in self._unsaid:
            return None
        self._narrator.want([words])
        for _ in range(_MOST_LOOKS):
            clip = self._narrator.wait_for(words, _LOOK_S)
            if problem := self._narrator.problem:
                self.problem = problem.removeprefix(_SHOWN)
            if clip is not None:
                return clip
            if self._narrator.failed(words):
                break
            look()
        self._unsaid.add(words)
        self.problem = self.problem or "the voice did not answer in time"
        return None
