"""The real program as a process that is watched: what it said, when, and how it ended."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Self

import pytest
from private_sound import PrivateSound

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_S = 60.0
_STAMP = re.compile(r"\s*(\d+):(\d\d)\.(\d{3})  (\w+)")
_UNSTAMPED = {"notice"}
"""Told when they come up, and due at no moment."""
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

_TINY = """
name = "Tiny"
coaching = "{coaching}"
rest = "0s"
exercises = [{{ exercise = "pullup", hold = "{hold_s}s" }}]
"""
QUICK_SETTINGS = "[session]\nprepare = 3\n"


def tiny_routine(hold_s: int = 2, coaching: str = "names") -> str:
    return _TINY.format(hold_s=hold_s, coaching=coaching)


def tiny_home(folder: Path, hold_s: int = 2, coaching: str = "names") -> Path:
    """Make a home with a routine ``tiny`` of at least 3 s to prepare, one hold, and 6 s to finish."""
    (folder / "settings").mkdir(parents=True)
    (folder / "settings" / "settings.toml").write_text(QUICK_SETTINGS, encoding="utf-8")
    (folder / "routines").mkdir()
    (folder / "routines" / "tiny.toml").write_text(tiny_routine(hold_s, coaching), encoding="utf-8")
    return folder


def surroundings(home: Path, sound: PrivateSound | None = None, **more: str) -> dict[str, str]:
    """Give the environment of a machine with this home, and this sound server or none."""
    kept = {name: value for name, value in os.environ.items() if name not in _DISPLAYS}
    nowhere = str(home.parent / "no-sound")
    silent = {"XDG_RUNTIME_DIR": nowhere, "PULSE_SERVER": f"unix:{nowhere}/socket"}
    given = sound.environment if sound else silent
    heard = {name: given[name] for name in silent}
    path = os.pathsep.join(part for part in (more.pop("PYTHONPATH", ""), str(ROOT)) if part)
    return {**kept, **heard, "CHAIN_TIMER_HOME": str(home), "PYTHONPATH": path, **more}


@dataclass(frozen=True, slots=True)
class Said:
    """A line and when it was read, on the computer's clock."""

    at_s: float
    text: str


class Watched:
    """Starts at once. Whoever makes one calls :meth:`end`, or uses it as a context."""

    def __init__(self, arguments: list[str], environment: Mapping[str, str]) -> None:
        self.said: list[Said] = []
        self.err = ""
        """What it wrote to its standard error, once it has ended."""
        # A file and no pipe: nobody reads it meanwhile, and nothing may wait for that.
        self._stderr = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed in end
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            text=True,
            cwd=ROOT,
        )
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.end()

    @property
    def code(self) -> int:
        code = self.process.poll()
        assert code is not None, "it has not ended"
        return code

    @property
    def lines(self) -> list[str]:
        return [each.text for each in self.said]

    @property
    def out(self) -> str:
        return "\n".join(self.lines)

    def wait_for(self, text: str, seconds: float = 30.0) -> None:
        end = time.monotonic() + seconds
        while not any(text in each.text for each in self.said):
            alive = self.process.poll() is None or self._reader.is_alive()
            if not alive or time.monotonic() > end:
                self.process.kill()
                self.end()
                pytest.fail(f"it never said {text!r}, but:\n{self.out}\n{self.err}")
            time.sleep(0.02)

    def end(self) -> "Watched":
        """Wait until it has ended by itself, and kill it when that takes too long: then the code tells it."""
        try:
            self.process.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(5)
        if not self._stderr.closed:
            self._stderr.seek(0)
            self.err = self._stderr.read()
            self._stderr.close()
        return self

    def notices(self) -> list[str]:
        return [line for line in self.lines if re.match(r"\s*\S+  notice ", line)]

    def lateness_ms(self) -> list[float]:
        """Tell for each line that is due at a moment how late it came, after the promptest of them.

        What is due at zero is told before the clock runs: sound has a lead first.
        """
        lags = []
        for each in self.said:
            if (stamp := _STAMP.match(each.text)) and stamp[4] not in _UNSTAMPED:
                due_s = int(stamp[1]) * 60 + int(stamp[2]) + int(stamp[3]) / 1_000
                if due_s > 0:
                    lags.append((each.at_s - due_s) * 1_000)
        assert lags, self.out
        return [lag - min(lags) for lag in lags]

    def workers(self) -> list[int]:
        """The processes of its voice that are alive now."""
        return [pid for pid in children(self.process.pid) if "chain_timer.speech.worker" in command_of(pid)]

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as pipe:
            for line in pipe:
                self.said.append(Said(time.monotonic(), line.rstrip("\n")))


def play(home: Path, environment: Mapping[str, str], *options: str) -> Watched:
    return Watched(["-m", "chain_timer", "play", str(home / "routines" / "tiny.toml"), *options], environment)


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text(encoding="ascii").split()]
        except OSError:
            continue
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    return bool(command_of(pid))
