"""The real program on a real sound server: what a person hears, found in the recording."""

import subprocess
import sys

import pytest
from listen import Found
from private_sound import PrivateSound, missing_programs
from session_sound import expected_of, found_in

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
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
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
    return found_in(recording, expected_of(str(file), home))


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
