"""What a session should sound like, by the clips it has left in its home, and where that was heard."""

from contextlib import closing
from functools import partial
from pathlib import Path

from listen import Expected, Found, Samples, expectations, find_all, find_start

from chain_timer.cli.choices import Choices, compile_plan, plan
from chain_timer.cli.home import Home
from chain_timer.sound.tones import tone_pcm
from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.narrator import Narrator
from chain_timer.system.folders import HOME_VARIABLE, find_folders
from chain_timer.timeline.lengths import known_lengths
from chain_timer.timeline.timeline import Timeline

_WAIT_S = 20


def expected_of(routine: str, home_folder: Path) -> list[Expected]:
    """Give every tone and phrase of a session, played with the settings of the home in a folder."""
    home = Home(find_folders({HOME_VARIABLE: str(home_folder)}))
    voice = home.settings.voice, home.settings.rate
    with closing(Narrator(ClipCache(home.clips), VoiceWorker, *voice)) as narrator:
        timeline = _exact_timeline(home, routine, narrator)
        tone = partial(tone_pcm, set_name=home.settings.tone_set)
        return list(expectations(timeline, partial(_pcm, narrator), tone))


def found_in(recording: Samples, expected: list[Expected]) -> list[Found]:
    """Look for each in a recording of the whole session."""
    # The first words are said once; later ones come again, and could be found at either place.
    phrases = [each for each in expected if not each.tone]
    return list(find_all(recording, expected, find_start(recording, phrases[:1])))


def _exact_timeline(home: Home, routine: str, narrator: Narrator) -> Timeline:
    """Compile as a session does, with estimates for wordings that it never had spoken."""
    planned = plan(home, home.routine(routine), Choices())
    lengths = known_lengths(narrator.length_ms, planned.rate)
    timeline = compile_plan(home, planned)
    for _ in range(2):  # the last words name the length, which the clips decide
        narrator.want(timeline.phrases())
        for words in timeline.phrases():
            narrator.wait_for(words, _WAIT_S)
        timeline = compile_plan(home, planned, lengths)
    return timeline


def _pcm(narrator: Narrator, words: str) -> bytes | None:
    # Waited for: of a long session, not every clip is in memory at once.
    clip = narrator.wait_for(words, _WAIT_S)
    return clip.pcm if clip else None
