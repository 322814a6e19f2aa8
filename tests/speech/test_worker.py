"""The real worker with the real voice; one process for most of them, since that takes real time."""

import json
import os
import subprocess
import sys
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import chain_timer
from chain_timer.speech.child import VoiceError
from chain_timer.speech.client import NoVoiceError, VoiceWorker, worker_command
from chain_timer.speech.clip import SCRATCH_PREFIX, Clip, pcm_of

pytestmark = pytest.mark.slow

HOLD = {"text": "Hold", "voice": "", "language": "en-us", "rate": 150}
PHRASE = "Next: standing hamstring stretch, right leg. Forty-five seconds."


@pytest.fixture(scope="module")
def voice() -> Iterator[VoiceWorker]:
    worker = VoiceWorker(language="en-us")
    yield worker
    worker.close()


def loud_ms(clip: Clip) -> tuple[float, float]:
    """When the first and the last sample that is heard comes."""
    samples = array("h", clip.pcm)
    loud = [index for index, sample in enumerate(samples) if abs(sample) > 600]
    return loud[0] / 48, loud[-1] / 48


def test_a_phrase_sets_in_at_once_and_is_as_long_as_its_words(voice: VoiceWorker) -> None:
    clip = voice.render(PHRASE, "", 150)
    first, last = loud_ms(clip)
    assert first < 30
    assert clip.length_ms - 150 < last < clip.length_ms
    assert 4_000 < clip.length_ms < 7_000
    assert clip.length_ms == -(-len(clip.pcm) // 96)
    assert not clip.stand_in


def test_a_phrase_keeps_its_pitch_and_loudness_at_48_khz(voice: VoiceWorker) -> None:
    samples = array("h", voice.render("Ah", "", 150).pcm)
    assert 5_000 < max(map(abs, samples)) < 32_000
    crossings = sum(a < 0 <= b for a, b in pairwise(samples))
    assert 100 < crossings / (len(samples) / 48_000) < 2_000


def test_other_words_are_another_clip(voice: VoiceWorker) -> None:
    assert voice.render("Hold", "", 150).pcm != voice.render("Rest", "", 150).pcm


def test_a_higher_rate_is_a_shorter_clip(voice: VoiceWorker) -> None:
    assert voice.render(PHRASE, "", 250).length_ms < 0.75 * voice.render(PHRASE, "", 150).length_ms


def test_another_voice_sounds_different(voice: VoiceWorker) -> None:
    names = [each.id for each in voice.voices() if each.language in {"en-us", "en-gb"}]
    assert len(names) >= 2
    one, other = (voice.render(PHRASE, name, 150) for name in names[:2])
    assert not one.stand_in
    assert not other.stand_in
    assert abs(one.length_ms - other.length_ms) > 5


def test_a_voice_that_is_not_there_is_stood_in_for(voice: VoiceWorker) -> None:
    clip = voice.render("Hold", "Nobody", 150)
    assert clip.stand_in
    assert clip.length_ms > 300


def test_a_long_text_is_whole(voice: VoiceWorker) -> None:
    sentence = "Lean forward until the right glute stretches."
    one = voice.render(sentence, "", 150).length_ms
    long = voice.render(" ".join([sentence] * 13), "", 150).length_ms
    assert len(sentence) * 13 > 580
    assert 13 * one < long < 13 * one + 13 * 700


@pytest.mark.parametrize(
    "words",
    [
        "<break time='60s'/> Hold",
        "\x1b[31mHold\x1b[0m \x07",
        "Hold \U0001f600",
        "[[slnc 60000]] Hold",
        "保持 שלום",
        "...",
    ],
)
def test_odd_text_is_spoken_or_silent_and_short(words: str, voice: VoiceWorker) -> None:
    assert voice.render(words, "", 150).length_ms < 15_000


def test_five_thousand_characters_are_bounded(voice: VoiceWorker) -> None:
    assert 30_000 < voice.render("word " * 1_000, "", 150).length_ms <= 180_000


def test_fifty_phrases_in_a_row_are_all_whole(voice: VoiceWorker) -> None:
    lengths = [voice.render(f"{number}.", "", 150 + number % 2 * 100).length_ms for number in range(50)]
    assert min(lengths) > 150


def test_voices_have_names_and_languages_and_speak_english_too(voice: VoiceWorker) -> None:
    voices = voice.voices()
    assert all(each.id and each.name for each in voices)
    assert "en-us" in {each.language for each in voices}
    assert len({each.id for each in voices}) == len(voices)


def started(folder: Path) -> "subprocess.Popen[bytes]":
    folder.mkdir()
    return subprocess.Popen(
        worker_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(chain_timer.__file__).parent.parent)},
    )


def told(process: "subprocess.Popen[bytes]", request: dict[str, object]) -> object:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def test_it_talks_its_protocol_alone_on_stdout(tmp_path: Path) -> None:
    path = tmp_path / "scratch" / "clip.wav"
    request = {
        "do": "render",
        "text": "Hold",
        "voice": "",
        "language": "en-us",
        "rate": 150,
        "path": str(path),
    }
    with started(path.parent) as process:
        assert told(process, {"id": 1, **request}) == {"id": 1, "stand_in": False}
        assert told(process, {"id": 2, **request}) == {"id": 2, "stand_in": False}
        assert pcm_of(path.read_bytes())
        assert list(path.parent.iterdir()) == [path]
        assert process.communicate()[0] == b""
    assert process.returncode == 0


@pytest.mark.parametrize("do", ["voices", "render"])
def test_it_ends_and_tidies_up_when_its_parent_is_gone(do: str, tmp_path: Path) -> None:
    path = tmp_path / f"{SCRATCH_PREFIX}1" / "clip.wav"
    request = {
        "id": 1,
        "do": do,
        "text": "Hold",
        "voice": "",
        "language": "en-us",
        "rate": 150,
        "path": str(path),
    }
    with started(path.parent) as process:
        told(process, request)
    assert process.returncode == 0
    assert not path.parent.exists()


def test_it_ends_when_its_folder_is_gone_too(tmp_path: Path) -> None:
    with started(tmp_path / f"{SCRATCH_PREFIX}1") as process:
        told(process, {"id": 1, "do": "voices"})
        (tmp_path / f"{SCRATCH_PREFIX}1").rmdir()
    assert process.returncode == 0


def test_it_removes_no_folder_of_others(tmp_path: Path) -> None:
    with started(tmp_path / "mine") as process:
        told(process, {"id": 1, "do": "voices"})
    assert (tmp_path / "mine").is_dir()


@pytest.mark.parametrize("missing", ["pyttsx3", "pyttsx3.drivers.espeak"])
def test_without_its_package_or_driver_there_is_no_voice_and_a_remedy(missing: str) -> None:
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from chain_timer.speech.worker import main; sys.exit(main())"
    )
    worker = VoiceWorker((sys.executable, "-c", code))
    try:
        with pytest.raises(NoVoiceError, match="this computer has no voice"):
            worker.render("Hold", "", 150)
    finally:
        worker.close()


def test_without_the_package_that_brings_the_library_there_is_no_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "espeakng_loader.py").touch()  # no folder with a library in it
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    code = (
        "import ctypes; real = ctypes.CDLL.__init__\n"
        "def refuse(self, name, *rest, **more):\n"
        "    if name == 'libespeak-ng.so.1': raise OSError('not of this system')\n"
        "    real(self, name, *rest, **more)\n"
        "ctypes.CDLL.__init__ = refuse\n"
        "import sys; from chain_timer.speech.worker import main; sys.exit(main())"
    )
    worker = VoiceWorker((sys.executable, "-c", code))
    try:
        with pytest.raises(NoVoiceError, match="no package that brings it"):
            worker.render("Hold", "", 150)
    finally:
        worker.close()


def test_without_any_library_there_is_no_voice() -> None:
    code = (
        "import ctypes; real = ctypes.CDLL.__init__\n"
        "def refuse(self, name, *rest, **more):\n"
        "    if name and 'espeak' in str(name): raise OSError(f'{name}: no such file')\n"
        "    real(self, name, *rest, **more)\n"
        "ctypes.CDLL.__init__ = refuse\n"
        "import sys; from chain_timer.speech.worker import main; sys.exit(main())"
    )
    worker = VoiceWorker((sys.executable, "-c", code))
    try:
        with pytest.raises(VoiceError, match="no such file"):
            worker.render("Hold", "", 150)
    finally:
        worker.close()
