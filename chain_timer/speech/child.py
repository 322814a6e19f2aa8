"""A worker process on its pipes: one request, one answer, and no way to harm the one who asks."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Semaphore, Thread
from typing import IO

from chain_timer.problems import ChainTimerError

LONGEST_ANSWER = 512 * 1_024
_END_S = 1.0


class VoiceError(ChainTimerError):
    """A phrase could not be spoken; the text says why, in words for a person."""


class Child:
    """One process. Hangs, crashes and floods all end in VoiceError within the time given."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        """Start the command in a folder of its own. Raises VoiceError when there is no such command."""
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module, never words of a file
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=dict(environment),
                # Ctrl-C in a terminal is for the person's session, not for the voice.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0,
            )
        except OSError as error:
            raise VoiceError(f"the voice could not be started ({error})") from error
        self._stdin, self._stdout = _pipes(self._process)
        self._asked = Semaphore(0)
        self._ended = False
        self._count = 0
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._reader = Thread(target=self._read, name="voice-answers", daemon=True)
        self._reader.start()

    def ask(self, request: Mapping[str, object], timeout_s: float) -> dict[str, object]:
        """Send a request and wait for its answer. After a VoiceError this process is of no use any more."""
        self._count += 1
        try:
            self._stdin.write(json.dumps({"id": self._count, **request}).encode("ascii") + b"\n")
            self._stdin.flush()
        except (OSError, ValueError) as error:
            raise VoiceError("the voice stopped") from error
        self._asked.release()
        try:
            line = self._answers.get(timeout=timeout_s)
        except Empty:
            raise VoiceError("the voice did not answer in time") from None
        if not line:
            raise VoiceError("the voice stopped")
        return self._checked(line)

    def kill(self) -> None:
        """End the process and wait for that, at most about a second. May be called from any thread."""
        self._ended = True
        self._process.kill()
        self._asked.release()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_S)
        self._reader.join(_END_S)
        with suppress(OSError, ValueError):
            self._stdin.close()

    def _checked(self, line: bytes) -> dict[str, object]:
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or answer.get("id") != self._count:
            raise VoiceError("the voice answered nonsense")
        return answer

    def _read(self) -> None:
        # One line for each request: what a flood holds beyond that stays in the pipe and out of our memory.
        with self._stdout:
            while self._asked.acquire() and not self._ended:
                line = self._stdout.readline(LONGEST_ANSWER)
                self._answers.put(line if line.endswith(b"\n") else b"")
                if not line:
                    break


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise VoiceError("the voice has no pipes")
    return process.stdin, process.stdout
