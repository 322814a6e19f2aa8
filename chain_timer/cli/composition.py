"""A session's parts put together: the one function that the window, a terminal session and ``say`` share."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from chain_timer.cli.home import Home
from chain_timer.conductor import Parts
from chain_timer.session.clock import Clock, FastClock, SystemClock
from chain_timer.sound.null_output import NullOutput
from chain_timer.sound.speaker import Channel, Speaker
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

NO_MULTIMEDIA = "This goes on without sound: Qt's sound library cannot be loaded ({reason})"


class SoundingParts(Parts):
    """Parts whose narration can be waited for."""

    narration: Narrator


@contextmanager
def sounding_parts(
    home: Home, *, voice: str | None = None, rate: int | None = None, muted: bool = False
) -> Iterator[SoundingParts]:
    """Put together what a session needs to be followed and heard; what is None follows the settings.

    Changed settings count at once. On leaving, the voice and the sound are closed.
    """
    settings, clock = home.settings, SystemClock()
    with ExitStack() as closing:
        spoken_rate = rate or settings.rate
        narrator = Narrator(
            ClipCache(home.clips),
            VoiceWorker,
            settings.voice if voice is None else voice,
            spoken_rate,
        )
        closing.callback(narrator.close)
        speaker = make_speaker(clock)
        closing.callback(speaker.close)
        follow_volume(speaker, settings)
        if muted:
            speaker.set_muted(True)
        closing.callback(home.store.on_change(_follower(speaker, narrator)))
        awake = Awake()
        closing.callback(awake.stop)
        yield SoundingParts(
            clock=clock,
            phrases=home.phrases,
            narration=narrator,
            speaker=speaker,
            tone=tones_of(home),
            awake=awake,
            rate=spoken_rate,
        )


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
    """Give the sound output, or a silent one that says why where Qt cannot bring sound."""
    try:
        from chain_timer.sound.output import Output  # noqa: PLC0415 - what makes no sound loads no Qt
    except ImportError as error:
        _log.warning("no sound: %s", error)
        silent = NullOutput()
        silent.problem = NO_MULTIMEDIA.format(reason=error)
        return silent
    _ensure_application()
    return Output(clock)


def follow_volume(speaker: Speaker, settings: Settings) -> None:
    """Make the speaker as loud as set."""
    speaker.set_volume(Channel.VOICE, settings.voice_volume)
    speaker.set_volume(Channel.TONE, settings.tone_volume)
    speaker.set_muted(settings.muted)


def tones_of(home: Home) -> Callable[[Tone], bytes]:
    """Give the tones of the set that is chosen at the moment."""

    def tone(kind: Tone) -> bytes:
        from chain_timer.sound.tones import tone_pcm  # noqa: PLC0415 - numpy is nothing for a first paint

        return tone_pcm(kind, home.settings.tone_set)

    return tone


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


def _follower(speaker: Speaker, narrator: Narrator) -> Callable[[Settings, frozenset[str]], None]:
    def follow(settings: Settings, changed: frozenset[str]) -> None:
        if changed & {"voice_volume", "tone_volume", "muted"}:
            follow_volume(speaker, settings)
        if changed & {"voice", "rate"}:
            narrator.set_voice(settings.voice, settings.rate)

    return follow


def _no_tone(_tone: Tone) -> bytes:
    return b""


def _ensure_application() -> "QCoreApplication":
    """Give Qt the application object its sound needs, where no window made one."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - only where sound is made

    return QCoreApplication.instance() or QCoreApplication([])
