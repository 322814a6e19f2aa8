"""The greeting of the welcome: rendered ahead, heard on a stream of its own, and told as it goes."""

from __future__ import annotations

# ruff: noqa: PLC0415 - the welcome is on the screen before what speaks and sounds is loaded
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING

from chain_timer.units import SECOND_MS
from chain_timer.window.welcome_parts import NOTE, Heard, Line, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from chain_timer.cli.composition import Means
    from chain_timer.session.clock import Clock
    from chain_timer.sound.speaker import Speaker
    from chain_timer.speech.clip import Clip
    from chain_timer.speech.narrator import Narrator
    from chain_timer.system.settings import Settings
    from chain_timer.timeline.lengths import Lengths
    from chain_timer.timeline.phrases import Phrases
    from chain_timer.window.welcome_parts import Begun, Ended

_log = logging.getLogger(__name__)

_COUNT_FROM = 3
_BREATH_MS = 500
"""Between what is said and the count."""
_WAKE_MS = 350
"""Before the first word: what connects without a wire swallows the beginning."""
_FADE_MS = 300
_LOOK_S = 0.05
_LONGEST_VOICE_S = 8.0
"""A first start of a cold voice takes two; after this long nobody believes in it any more."""
_LONGEST_OPENING_S = 3.0


@dataclass(frozen=True, slots=True)
class _Script:
    """What is to be heard, with whom, and who is told."""

    words: tuple[str, ...]
    counts: bool
    """Whether all but the first words are on the seconds, and a tone follows."""
    narrator: Narrator
    clock: Clock
    settings: Settings
    begun: Begun
    ended: Ended
    over: Event


class WelcomeSound:
    """Keeps :class:`chain_timer.window.welcome_parts.Greeter`. Call it from the window's thread."""

    def __init__(
        self,
        means: Callable[[], Means],
        settings: Callable[[], Settings],
        phrases: Callable[[], Phrases],
        make_speaker: Callable[[Means], Speaker],
    ) -> None:
        self._means = means
        self._settings = settings
        self._phrases = phrases
        self._make_speaker = make_speaker
        self._jobs = ThreadPoolExecutor(1, "welcome")
        self._over = Event()

    def load(self) -> None:
        """Load what speaks and sounds."""
        import chain_timer.cli.composition
        import chain_timer.sound.tones
        import chain_timer.timeline.lengths

        with suppress(ImportError):  # told when it is to be heard
            import chain_timer.sound.output  # noqa: F401 - as above

    def prepare(self) -> None:
        self._means().narrator.want(self._greeting)

    def greet(self, begun: Begun, ended: Ended) -> None:
        self._perform(self._greeting, begun, ended, counts=True)

    def say(self, words: str, begun: Begun, ended: Ended) -> None:
        self._perform((words,), begun, ended, counts=False)

    def hush(self) -> None:
        self._over.set()

    def close(self) -> None:
        """End what is heard, and take no more."""
        self._over.set()
        self._jobs.shutdown(wait=False, cancel_futures=True)

    @cached_property
    def _greeting(self) -> tuple[str, ...]:
        phrases = self._phrases()
        count = (f"{phrases.number(left).capitalize()}." for left in range(_COUNT_FROM, 0, -1))
        return (phrases.say("greeting"), *count)

    @cached_property
    def _speaker(self) -> Speaker:
        # A stream of its own: what is tried must not close the one of a session.
        return self._make_speaker(self._means())

    def _perform(self, words: tuple[str, ...], begun: Begun, ended: Ended, *, counts: bool) -> None:
        self._over.set()
        self._over = over = Event()
        means = self._means()
        script = _Script(words, counts, means.narrator, means.clock, self._settings(), begun, ended, over)
        self._jobs.submit(_play, script, self._speaker).add_done_callback(_note_mistake)


# --- in the thread ---------------------------------------------------------------------------------------


def _play(script: _Script, speaker: Speaker) -> None:
    clips, silence = _clips_of(script)
    if script.over.is_set():
        return
    opening = _open(speaker, script)
    trouble = Trouble(silence, opening or speaker.problem)
    lines = _lines_of(script, clips)
    in_ms = speaker.lead_ms + _WAKE_MS
    try:
        if not script.over.is_set():
            _lay(speaker, script, lines, clips, in_ms)
            script.begun(Heard(lines, in_ms, trouble))
            script.over.wait((in_ms + lines[-1].end_ms + _FADE_MS) / SECOND_MS)
        trouble = Trouble(silence, opening or speaker.problem)
    finally:
        speaker.close()
    if not script.over.is_set():
        script.ended(trouble)


def _note_mistake(done: Future[None]) -> None:
    """Have it in the log when something failed that should not."""
    if not done.cancelled() and (mistake := done.exception()) is not None:
        _log.error("unforeseen in the welcome", exc_info=mistake)


def _lay(
    speaker: Speaker, script: _Script, lines: Sequence[Line], clips: Sequence[Clip | None], in_ms: int
) -> None:
    from chain_timer.session.clock import NANOSECONDS_A_MS
    from chain_timer.sound.speaker import Channel
    from chain_timer.sound.tones import tone_pcm
    from chain_timer.timeline.segment import Tone

    tone = tone_pcm(Tone.START, script.settings.tone_set) if script.counts else b""
    first_ns = script.clock.now_ns() + in_ms * NANOSECONDS_A_MS
    for line, clip in zip(lines, clips, strict=False):
        if clip is not None:
            speaker.schedule_at(first_ns + line.at_ms * NANOSECONDS_A_MS, clip.pcm, Channel.VOICE)
    if tone:
        speaker.schedule_at(first_ns + lines[-1].at_ms * NANOSECONDS_A_MS, tone, Channel.TONE)


def _clips_of(script: _Script) -> tuple[list[Clip | None], str]:
    """Wait for what is to be said, and tell why some of it cannot be."""
    narrator = script.narrator
    narrator.want(script.words)
    looks = round(_LONGEST_VOICE_S / _LOOK_S)
    clips: list[Clip | None] = []
    for words in script.words:
        clip = None
        while clip is None and looks > 0 and not script.over.is_set() and not narrator.failed(words):
            clip = narrator.wait_for(words, _LOOK_S)
            looks -= 1
        clips.append(clip)
    if all(clip is not None for clip in clips):
        return clips, ""
    late = f"the voice did not answer within {_LONGEST_VOICE_S:.0f} s, so words are shown and not spoken"
    return clips, narrator.problem or late


def _open(speaker: Speaker, script: _Script) -> str:
    """Open the sound, wait until it is there, and tell why it is not."""
    from chain_timer.sound.sound_state import LOST
    from chain_timer.sound.speaker import Channel

    settings = script.settings
    speaker.set_volume(Channel.VOICE, settings.voice_volume)
    speaker.set_volume(Channel.TONE, settings.tone_volume)
    speaker.set_muted(settings.muted)
    speaker.open()
    for _ in range(round(_LONGEST_OPENING_S / _LOOK_S)):
        if speaker.ready or script.over.wait(_LOOK_S):
            return ""
    return LOST.problem


def _lines_of(script: _Script, clips: Sequence[Clip | None]) -> tuple[Line, ...]:
    """Lay out what is heard: the first words, then a word or the tone on each second."""
    from chain_timer.timeline.lengths import estimated_lengths
    from chain_timer.timeline.segment import Tone
    from chain_timer.timeline.tones import TONE_MS

    usual: Lengths = estimated_lengths(script.settings.rate)
    lines: list[Line] = []
    at_ms = 0
    for words, clip in zip(script.words, clips, strict=True):
        line = Line(words, at_ms, clip.length_ms if clip is not None else usual(words))
        at_ms = line.end_ms + _BREATH_MS if not lines else at_ms + SECOND_MS
        lines.append(line)
    if script.counts:
        lines.append(Line(NOTE, at_ms, TONE_MS[Tone.START]))
    return tuple(lines)
