"""Lengths of phrases as the voice really says them."""

from chain_timer.cli.choices import Plan, compile_plan
from chain_timer.cli.home import Home
from chain_timer.cli.printing import notice
from chain_timer.problems import ChainTimerError
from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.narrator import Narrator
from chain_timer.timeline.lengths import Lengths

_LONGEST_WAIT_S = 30.0
_TELL_EVERY = 10


class NotSpokenError(ChainTimerError):
    """The voice could not say a phrase; the text says why."""


def spoken_lengths(home: Home, planned: Plan, voice: str | None) -> Lengths:
    """Have everything spoken that the plan may say, telling how far it is. Raises NotSpokenError."""
    known: dict[str, int] = {}
    narrator = Narrator(
        ClipCache(home.clips), VoiceWorker, home.settings.voice if voice is None else voice, planned.rate
    )

    def length_ms(words: str) -> int:
        if words not in known:
            known[words] = _length(narrator, words)
            if len(known) % _TELL_EVERY == 0:
                notice(f"{len(known)} phrases spoken …")
        return known[words]

    try:
        # The compiler asks for every wording it weighs, and for no other.
        compile_plan(home, planned, length_ms)
    finally:
        narrator.close()
    return known.__getitem__


def _length(narrator: Narrator, words: str) -> int:
    narrator.want([words])
    clip = narrator.wait_for(words, _LONGEST_WAIT_S)
    if clip is None:
        raise NotSpokenError(
            narrator.problem or "The voice did not answer in time; try again without --exact"
        )
    return clip.length_ms
