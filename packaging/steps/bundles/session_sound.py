"""What a session should sound like, found in a recording of it; with what the benchmarks measure sound by."""

from pathlib import Path
from typing import Any

from listen import Expected, Found, expectations, find_all, find_start

from chain_timer.cli.choices import Choices, compile_plan, plan
from chain_timer.cli.home import Home
from chain_timer.sound.tones import tone_pcm
from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.narrator import Narrator
from chain_timer.system.folders import HOME_VARIABLE

_WAIT_S = 20


def expected_of(routine: Path, home: Path) -> list[Expected]:
    """Give every tone and phrase of a session; the phrases as clips that it left in its home."""
    narrator = Narrator(ClipCache(home / "cache" / "clips"), VoiceWorker)
    try:
        timeline = _timeline(routine, home, narrator)
        return list(expectations(timeline, lambda words: _pcm(narrator, words), tone_pcm))
    finally:
        narrator.close()


def found_in(recording: Any, expected: list[Expected]) -> list[Found]:  # noqa: ANN401 - an array of numpy
    """Look for each in a recording of the whole session."""
    return list(find_all(recording, expected, find_start(recording, expected)))


def _timeline(routine: Path, home: Path, narrator: Narrator) -> Any:  # noqa: ANN401 - as the compiler gives it
    import os  # noqa: PLC0415

    os.environ[HOME_VARIABLE] = str(home)
    desk = Home()
    planned = plan(desk, desk.routine(str(routine)), Choices())
    timeline = compile_plan(desk, planned)
    for _ in range(2):  # the last words name the length, which the clips decide
        narrator.want(timeline.phrases())
        for words in timeline.phrases():
            narrator.wait_for(words, _WAIT_S)
        timeline = compile_plan(desk, planned, lambda words: narrator.length_ms(words) or 0)
    return timeline


def _pcm(narrator: Narrator, words: str) -> bytes | None:
    clip = narrator.wait_for(words, _WAIT_S)
    return clip.pcm if clip else None
