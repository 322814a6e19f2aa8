"""A sound server of one's own, whose only output is kept, and when each part of it came in."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Self

import numpy as np
import numpy.typing as npt

RATE = 48_000
_FRAME_BYTES = 2
_FIRST_BLOCK_S = 2.5
"""A fresh null sink has two seconds of silence rendered ahead, and nothing is heard before they are over."""


def missing_programs() -> list[str]:
    return [name for name in ("pulseaudio", "pactl", "parec") if shutil.which(name) is None]


class PrivateSound:
    """Starts on entering; give :attr:`environment` to whatever shall be heard."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="private-sound-"))
        self._socket = self._home / "socket"
        self.environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(self._home),
            "PULSE_SERVER": f"unix:{self._socket}",
        }
        self._processes: list[subprocess.Popen[bytes]] = []
        self._blocks: list[bytes] = []
        self._arrivals: list[tuple[int, int]] = []

    def __enter__(self) -> Self:
        self.start_server()
        recorder = self._start(
            *("parec", "--device=heard.monitor", "--raw", "--format=s16le", "--channels=1"),
            *(f"--rate={RATE}", "--latency-msec=20"),
            out=subprocess.PIPE,
        )
        assert recorder.stdout is not None  # noqa: S101 - for the type checker
        self._reader = Thread(target=self._read, args=(recorder.stdout,), daemon=True)
        self._reader.start()
        time.sleep(_FIRST_BLOCK_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()
        self._reader.join()
        for process in self._processes:
            if process.stdout is not None:
                process.stdout.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def start_server(self) -> "subprocess.Popen[bytes]":
        """Start the server, again if it was killed; the recording does not go on by itself."""
        server = self._start(
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--log-target=null"),
            *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={self._socket}"),
            *("-L", f"module-null-sink sink_name=heard rate={RATE}"),
            home=True,
        )
        for _ in range(200):
            asked = subprocess.run(
                ["pactl", "info"],  # noqa: S607 - wherever it is installed
                env=self.environment,
                capture_output=True,
                check=False,
            )
            if asked.returncode == 0:
                return server
            time.sleep(0.05)
        raise RuntimeError("the private sound server did not start")

    def _start(
        self, *command: str, out: int = subprocess.DEVNULL, home: bool = False
    ) -> "subprocess.Popen[bytes]":
        environment = dict(self.environment)
        if home:
            del environment["PULSE_SERVER"]
            environment["HOME"] = str(self._home)
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.DEVNULL)
        self._processes.append(process)
        return process

    def _read(self, pipe: IO[bytes]) -> None:
        frames = 0
        while block := os.read(pipe.fileno(), 65_536):
            self._blocks.append(block)
            frames += len(block) // _FRAME_BYTES
            self._arrivals.append((time.monotonic_ns(), frames))

    def recording(self) -> npt.NDArray[np.float64]:
        data = b"".join(self._blocks)
        return np.frombuffer(data[: len(data) // _FRAME_BYTES * _FRAME_BYTES], np.int16).astype(np.float64)

    def clock_ns(self) -> tuple[int, float]:
        """When the first frame came in (ns, monotonic clock), and how long a frame lasts (ns).

        Blocks come late and never early: a line under the arrivals, through the earliest of each tenth.
        """
        at_ns, frames = np.array(self._arrivals[5:], np.int64).T
        zero = int(at_ns[0])
        late_ns = at_ns - zero - frames * (1_000_000_000 / RATE)
        parts = np.array_split(np.arange(at_ns.size), 10)
        earliest = np.array([part[np.argmin(late_ns[part])] for part in parts if part.size])
        slope, start = np.polyfit(frames[earliest], at_ns[earliest] - zero, 1)
        return zero + round(start), float(slope)
