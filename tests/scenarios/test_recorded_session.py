"""The real program on a real sound server: what a person hears, found in the recording."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from listen import Expected, Found, expectations, find_all, find_start
from private_sound import PrivateSound, missing_programs

from chain_timer.routine.library import Library
from chain_timer.routine.routine import Coaching
from chain_timer.sound.tones import tone_pcm
from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.narrator import Narrator
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases

ROUTINE = """
name = "Short"
coaching = "cues"
rest = "4s"
exercises = [
  { exercise = "standing-hamstring-stretch", hold = "6s" },
  { exercise = "kettlebell-swing", reps = 2 },
]
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing_programs()), reason="PulseAudio's programs are not installed"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Found]]:
    """Play a session of half a minute as lines, record it, and look for every tone and phrase."""
    home = tmp_path_factory.mktemp("home")
    file = home / "short.toml"
    file.write_text(ROUTINE, encoding="utf-8")
    with PrivateSound() as sound:
        environment = {**sound.environment, "CHAIN_TIMER_HOME": str(home)}
        # Rendered before, so that a busy machine does not delay the first words: that is another fact.
        run(["preview", "--exact", str(file)], environment)
        run(["play", str(file)], environment)
        recording = sound.recording()
    narrator = Narrator(ClipCache(home / "cache" / "clips"), VoiceWorker)
    expected = _expected(file, narrator)
    yield list(find_all(recording, expected, find_start(recording, expected)))
    narrator.close()


def run(arguments: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chain_timer", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr


def _expected(file: Path, narrator: Narrator) -> list[Expected]:
    routine, phrases = Library.built_in().read_routine(file), load_phrases()
    options = Options(coaching=Coaching.CUES)
    lengths: dict[str, int] = {}
    for _ in range(2):  # the last words name the length, which the clips decide
        timeline = compile_routine(routine, options, phrases, lambda words: lengths.get(words, 1_000))
        for words in timeline.phrases():
            clip = narrator.wait_for(words, 20)
            assert clip, words
            lengths[words] = clip.length_ms
    timeline = compile_routine(routine, options, phrases, lambda words: lengths.get(words, 1_000))
    return list(expectations(timeline, lambda words: _pcm(narrator, words), tone_pcm))


def _pcm(narrator: Narrator, words: str) -> bytes | None:
    clip = narrator.wait_for(words, 10)
    return clip.pcm if clip else None


def latencies(found: list[Found], *, tone: bool) -> list[float]:
    return [each.at_ms - each.expected.at_ms for each in found if each.expected.tone is tone]


def test_every_tone_is_heard_within_five_ms_of_its_second(found: list[Found]) -> None:
    heard = latencies(found, tone=True)
    constant = sorted(heard)[len(heard) // 2]
    assert [round(at_ms - constant, 1) for at_ms in heard if abs(at_ms - constant) > 5] == []


def test_every_phrase_is_heard_at_its_moment(found: list[Found]) -> None:
    tones = latencies(found, tone=True)
    constant = sorted(tones)[len(tones) // 2]
    # The very first words are the sign that sound has begun, and no exact moment.
    heard = latencies(found, tone=False)[1:]
    assert [round(at_ms - constant, 1) for at_ms in heard if abs(at_ms - constant) > 5] == []


def test_every_phrase_is_heard_whole(found: list[Found]) -> None:
    cut = [(each.expected.name, each.likeness) for each in found if each.likeness < 0.6]
    assert cut == []
