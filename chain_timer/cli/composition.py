"""A session's parts put together: the one place that the window, a terminal session and ``say`` share."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from chain_timer.cli.home import Home
from chain_timer.conductor import Parts
from chain_timer.session.clock import Clock, FastClock, SystemClock
from chain_timer.sound.null_output import NullOutput
from chain_timer.sound.sound_state import no_library
from chain_timer.sound.speaker import Channel, Speaker
from chain_timer.sound.tones import ToneMaker
from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.clip import Clip
from chain_timer.speech.narrator import Narrator
from chain_timer.system.awake import Awake
from chain_timer.system.settings import Settings
from chain_timer.timeline.segment import Tone

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

_log = logging.getLogger(__name__)


class SoundingParts(Parts):
    """Parts whose narration can be waited for."""

    narration: Narrator


class Means:
    """What sessions are spoken and heard with: made when first used, closed once, following the settings.

    Call it from one thread, the one that changes the settings.
    """

    def __init__(
        self, home: Home, *, voice: str | None = None, rate: int | None = None, muted: bool = False
    ) -> None:
        self._home = home
        self._voice = voice
        self._rate = rate
        self._muted = muted
        self._made = ExitStack()
        self._made.callback(home.store.on_change(self._follow))
        self.clock: Clock = SystemClock()

    @cached_property
    def narrator(self) -> Narrator:
        voice = self._home.settings.voice if self._voice is None else self._voice
        narrator = Narrator(ClipCache(self._home.clips), VoiceWorker, voice, self.rate)
        self._made.callback(narrator.close)
        return narrator

    @cached_property
    def speaker(self) -> Speaker:
        speaker = make_speaker(self.clock)
        self._made.callback(speaker.close)
        follow_volume(speaker, self._home.settings)
        if self._muted:
            speaker.set_muted(True)
        return speaker

    @cached_property
    def awake(self) -> Awake:
        awake = Awake()
        self._made.callback(awake.stop)
        return awake

    @property
    def rate(self) -> int:
        return self._rate or self._home.settings.rate

    def tone(self, kind: Tone) -> bytes | None:
        """Give a tone of the set that is chosen at the moment; None while it is being made."""
        return self._tones.tone(kind, self._home.settings.tone_set)

    def parts(self) -> SoundingParts:
        """Put a session's parts together."""
        return SoundingParts(
            clock=self.clock,
            phrases=self._home.phrases,
            narration=self.narrator,
            speaker=self.speaker,
            tone=self.tone,
            awake=self.awake,
            rate=self.rate,
            keeping=self._home.keeper,
        )

    def close(self) -> None:
        """End the voice and the sound, within about a second."""
        self._made.close()

    @cached_property
    def _tones(self) -> ToneMaker:
        maker = ToneMaker()
        self._made.callback(maker.close)
        return maker

    def _follow(self, settings: Settings, changed: frozenset[str]) -> None:
        if changed & {"voice_volume", "tone_volume", "muted"} and "speaker" in self.__dict__:
            follow_volume(self.speaker, settings)
        if changed & {"voice", "rate"}:
            # What was chosen now counts more than what the command line said before.
            self._voice = self._rate = None
            if "narrator" in self.__dict__:
                self.narrator.set_voice(settings.voice, settings.rate)


@contextmanager
def sounding_parts(
    home: Home, *, voice: str | None = None, rate: int | None = None, muted: bool = False
) -> Iterator[SoundingParts]:
    """Put together one session that can be followed and heard; what is None follows the settings."""
    with closing(Means(home, voice=voice, rate=rate, muted=muted)) as means:
        yield means.parts()


def rehearsal_parts(home: Home, speed: float, rate: int) -> Parts:
    """Put together a session gone through faster, with speech as long as it is likely to be, and no sound."""
    return Parts(
        clock=FastClock(SystemClock(), speed),
        phrases=home.phrases,
        narration=Unspoken(),
        speaker=NullOutput(),
        tone=_no_tone,
        awake=_LeftAlone(),
        rate=rate,
    )


def make_speaker(clock: Clock) -> Speaker:
    """Give the sound output, or a silent one that says why where there is no Qt."""
    try:
        from chain_timer.sound.output import Output  # noqa: PLC0415 - what makes no sound loads no Qt
    except ImportError as error:
        _log.warning("no sound: %s", error)
        silent = NullOutput()
        silent.problem = no_library(error).problem
        return silent
    _ensure_application()
    return Output(clock)


def follow_volume(speaker: Speaker, settings: Settings) -> None:
    """Make the speaker as loud as set."""
    speaker.set_volume(Channel.VOICE, settings.voice_volume)
    speaker.set_volume(Channel.TONE, settings.tone_volume)
    speaker.set_muted(settings.muted)


class Unspoken:
    """A narration that says nothing and knows no lengths: what is said is estimated."""

    revision = 0
    problem = ""

    def want(self, phrases: Iterable[str]) -> None: ...

    def clip(self, words: str) -> Clip | None:  # noqa: ARG002 - the conductor's contract
        return None

    def length_ms(self, words: str) -> int | None:  # noqa: ARG002 - the conductor's contract
        return None

    def failed(self, words: str) -> bool:  # noqa: ARG002 - the conductor's contract
        return True


class _LeftAlone:
    """Leaves the screen to itself."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def _no_tone(_tone: Tone) -> bytes:
    return b""


def _ensure_application() -> "QCoreApplication":
    """Give Qt the application object its sound needs, where no window made one."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - only where sound is made

    return QCoreApplication.instance() or QCoreApplication([])
