"""Fakes, sounds and other processes for the tests of what is heard."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from chain_timer.sound.speaker import Channel, Dropped

ROOT = Path(__file__).resolve().parent.parent.parent


class FakeSpeaker:
    """Keeps what it was told, in order."""

    lead_ms = jump_lead_ms = 100
    ready = True
    problem = ""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def open(self) -> None:
        self.calls.append(("open",))

    def close(self) -> None:
        self.calls.append(("close",))

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        self.calls.append(("schedule_at", at_ns, pcm, channel))

    def cancel_pending(self) -> tuple[Dropped, ...]:
        self.calls.append(("cancel_pending",))
        return ()

    def silence(self) -> None:
        self.calls.append(("silence",))

    def set_volume(self, channel: Channel, percent: int) -> None:
        self.calls.append(("set_volume", channel, percent))

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the speaker's contract
        self.calls.append(("set_muted", muted))


class FakeClock:
    def __init__(self) -> None:
        self.ns = 1_000_000_000

    def now_ns(self) -> int:
        return self.ns

    def slept_ms(self) -> int:
        return 0


@pytest.fixture
def fake_speaker() -> FakeSpeaker:
    return FakeSpeaker()


@pytest.fixture
def fake_clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def level() -> "type[Level]":
    return Level


class Level:
    """Sounds of one unchanging level, easy to find again in a mix."""

    @staticmethod
    def pcm(value: int, frames: int) -> bytes:
        return np.full(frames, value, np.int16).tobytes()

    @staticmethod
    def frames(block: bytes) -> list[int]:
        return [int(frame) for frame in np.frombuffer(block, np.int16)]


@pytest.fixture
def no_device(tmp_path: Path) -> dict[str, str]:
    """Set up the environment of a machine without any sound server."""
    return {
        **os.environ,
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PULSE_SERVER": f"unix:{tmp_path}/none",
        "QT_QPA_PLATFORM": "offscreen",
    }


@pytest.fixture
def run_python() -> "type[RunPython]":
    return RunPython


class RunPython:
    """Runs a program of its own, because Qt connects to a sound server once in a process."""

    @staticmethod
    def run(arguments: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            env={**environment, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
