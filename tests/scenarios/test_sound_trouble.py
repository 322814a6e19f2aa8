"""What becomes of a running session when its sound goes: heard and timed on a real sound server."""

import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from helpers.watched import Watched, play, surroundings, tiny_home
from listen import RATE, likeness, shape_of
from private_sound import PrivateSound, missing_programs

from chain_timer.sound.tones import tone_pcm
from chain_timer.timeline.segment import Tone

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing_programs()), reason="PulseAudio's programs are not installed"),
]
HOLD = " hold "
LATEST_MS = 300


class Heard:
    """A session, and what was recorded of the device that came back."""

    def __init__(self, session: Watched, recording: bytes = b"") -> None:
        self.session = session
        self.recording = np.frombuffer(recording[: len(recording) // 2 * 2], np.int16).astype(np.float64)


def with_a_device_that_comes_back(folder: Path) -> Heard:
    home = tiny_home(folder / "home", hold_s=8)
    with PrivateSound() as sound, tempfile.TemporaryFile() as file:
        session = play(home, surroundings(home, sound))
        session.wait_for(HOLD)
        _pactl(sound, "unload-module", "module-null-sink")
        time.sleep(1.5)
        _pactl(sound, "load-module", "module-null-sink", "sink_name=heard", f"rate={RATE}")
        recorder = subprocess.Popen(
            ["parec", "--device=heard.monitor", "--raw", "--format=s16le", "--channels=1", f"--rate={RATE}"],  # noqa: S607 - wherever it is installed
            env=sound.environment,
            stdout=file,
        )
        session.end()
        recorder.terminate()
        recorder.wait()
        file.seek(0)
        return Heard(session, file.read())


def without_any_server(folder: Path) -> Heard:
    home = tiny_home(folder / "home", coaching="silent")
    return Heard(play(home, surroundings(home)).end())


def with_a_server_that_hangs_at_the_start(folder: Path) -> Heard:
    return _with_a_hung_server(folder, hung_before="")


def with_a_server_that_hangs_amid(folder: Path) -> Heard:
    return _with_a_hung_server(folder, hung_before=HOLD)


def _with_a_hung_server(folder: Path, hung_before: str) -> Heard:
    home = tiny_home(folder / "home", hold_s=6, coaching="silent")
    sound = PrivateSound()
    server = sound.start_server()
    try:
        if not hung_before:
            server.send_signal(signal.SIGSTOP)
        session = play(home, surroundings(home, sound))
        if hung_before:
            session.wait_for(hung_before)
            server.send_signal(signal.SIGSTOP)
        return Heard(session.end())
    finally:
        server.kill()
        server.wait()


def _pactl(sound: PrivateSound, *arguments: str) -> None:
    subprocess.run(["pactl", *arguments], env=sound.environment, check=True, capture_output=True)  # noqa: S607 - as above


TROUBLES: dict[str, Callable[[Path], Heard]] = {
    "device that comes back": with_a_device_that_comes_back,
    "no server": without_any_server,
    "server hangs at the start": with_a_server_that_hangs_at_the_start,
    "server hangs amid": with_a_server_that_hangs_amid,
}


@pytest.fixture(scope="module")
def all_heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Heard]]:
    """All of them at once, as each one only waits for time to pass."""
    with ThreadPoolExecutor(len(TROUBLES)) as pool:
        begun = {name: pool.submit(make, tmp_path_factory.mktemp("sound")) for name, make in TROUBLES.items()}
        yield {name: each.result() for name, each in begun.items()}


@pytest.fixture(params=TROUBLES)
def heard(request: pytest.FixtureRequest, all_heard: dict[str, Heard]) -> Heard:
    return all_heard[request.param]


def test_the_session_goes_on_to_its_end(heard: Heard) -> None:
    assert heard.session.code == 0
    assert any(line.endswith(" end") for line in heard.session.lines)


def test_every_line_comes_on_time(heard: Heard) -> None:
    late = [round(each) for each in heard.session.lateness_ms() if each > LATEST_MS]
    assert late == []


def test_nothing_is_said_outside_of_the_lines(heard: Heard) -> None:
    assert heard.session.err == ""
    assert "Traceback" not in heard.session.out


def test_a_word_tells_that_there_is_no_sound(heard: Heard) -> None:
    told = [line for line in heard.session.notices() if "sound" in line]
    assert 1 <= len(told) <= 2, heard.session.out


def test_tones_are_heard_again_when_the_device_is_back(all_heard: dict[str, Heard]) -> None:
    """The last one is: about six seconds pass before Qt may be asked for the device again."""
    recording = all_heard["device that comes back"].recording
    assert likeness(recording, shape_of(tone_pcm(Tone.FINISH), 1_500)).max() > 0.6


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_session_with_its_code_while_the_server_hangs(
    tmp_path: Path, number: int, code: int
) -> None:
    home = tiny_home(tmp_path / "home")
    sound = PrivateSound()
    server = sound.start_server()
    try:
        session = play(home, surroundings(home, sound))
        session.wait_for("[tick]")
        server.send_signal(signal.SIGSTOP)
        asked_s = time.monotonic()
        session.process.send_signal(number)
        session.end()
        left = "chain-timer resume goes on from there\n" if number == signal.SIGTERM else ""
        assert (session.code, session.err) == (code, left)
        assert time.monotonic() - asked_s < 5
    finally:
        server.kill()
        server.wait()
