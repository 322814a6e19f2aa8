"""The client of the voice worker: phrases in, clips out, and at worst one phrase lost."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock, Timer
from typing import TypeVar

import chain_timer
from chain_timer.problems import plain
from chain_timer.speech.child import Child, VoiceError
from chain_timer.speech.clip import (
    LARGEST_WAV,
    SCRATCH_PREFIX,
    BadClipError,
    Clip,
    clip_of,
    pcm_of,
    speakable,
)
from chain_timer.speech.voices import Voice, default_language, voice_of
from chain_timer.system.files import read_bytes_bounded
from chain_timer.system.own_process import own_process

_Result = TypeVar("_Result")

_MOST_FAILURES = 3
_MOST_VOICES = 2_000


class NoVoiceError(VoiceError):
    """This machine cannot speak at all, for now; the text says what to do about it."""


class VoiceWorker:
    """Renders one phrase at a time, in a process that starts when first needed and again after a failure.

    After three failures in a row it gives up for ``back_off_s``, and at once where there is no voice.
    ``close`` and ``rest`` may be called from any thread, also while another one waits for a phrase.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        language: str = "",
        timeout_s: float = 10.0,
        back_off_s: float = 60.0,
    ) -> None:
        self.language = language or default_language()
        self._command = tuple(command or worker_command())
        self._timeout_s = timeout_s
        self._back_off_s = back_off_s
        self._asking = Lock()
        self._changing = Lock()
        self._child: Child | None = None
        self._folder: Path | None = None
        self._failures = 0
        self._given_up: VoiceError | None = None
        self._timer: Timer | None = None
        self._closed = False

    def render(self, words: str, voice: str, rate: int) -> Clip:
        """A phrase as a clip; empty when there is nothing to say. Raises VoiceError and NoVoiceError."""
        text = speakable(words)
        if not text:
            return Clip(words, b"", 0)
        with self._asking:
            request = {"do": "render", "text": text, "voice": voice, "language": self.language, "rate": rate}
            return self._guarded(lambda: self._render(words, request))

    def voices(self) -> tuple[Voice, ...]:
        """Every voice of this machine. Raises VoiceError and NoVoiceError."""
        with self._asking:
            return self._guarded(self._voices)

    def rest(self) -> None:
        """End the process, which saves its memory; the next phrase starts it again."""
        with self._changing:
            child, folder, self._child, self._folder = self._child, self._folder, None, None
        if child:
            child.kill()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """End the process for good; whoever waits for a phrase gets a VoiceError."""
        self._closed = True
        self.rest()
        if self._timer:
            self._timer.cancel()

    def _guarded(self, work: Callable[[], _Result]) -> _Result:
        if given_up := self._given_up:
            raise NoVoiceError(str(given_up))
        try:
            result = work()
        except VoiceError as error:
            self._note_failure(error)
            self.rest()
            raise
        self._failures = 0
        return result

    def _note_failure(self, error: VoiceError) -> None:
        self._failures += 1
        if isinstance(error, NoVoiceError) or self._failures >= _MOST_FAILURES:
            self._given_up = error
            self._timer = Timer(self._back_off_s, self._try_again)
            self._timer.daemon = True
            self._timer.start()

    def _try_again(self) -> None:
        self._failures = 0
        self._given_up = None

    def _render(self, words: str, request: Mapping[str, object]) -> Clip:
        folder = self._started()[1]
        path = folder / "clip.wav"
        answer = self._answer({**request, "path": str(path)})
        try:
            pcm = pcm_of(read_bytes_bounded(path, LARGEST_WAV))
            path.unlink()
        except BadClipError as error:
            raise VoiceError(f"the voice gave back a broken file ({error})") from error
        except (OSError, ValueError) as error:
            raise VoiceError(f"the voice gave back no file ({error})") from error
        return clip_of(words, pcm, stand_in=answer.get("stand_in") is True)

    def _voices(self) -> tuple[Voice, ...]:
        listed = self._answer({"do": "voices"}).get("voices")
        if not isinstance(listed, list):
            raise VoiceError("the voice answered nonsense")
        found = (_voice(raw) for raw in listed[:_MOST_VOICES] if isinstance(raw, dict))
        return tuple(voice for voice in found if voice)

    def _answer(self, request: Mapping[str, object]) -> dict[str, object]:
        answer = self._started()[0].ask(request, self._timeout_s)
        reason = plain(str(answer.get("text", "")))
        if answer.get("error") == "no-voice":
            raise NoVoiceError(_no_voice_text(reason))
        if "error" in answer:
            raise VoiceError(f"the voice could not say it ({reason})")
        return answer

    def _started(self) -> tuple[Child, Path]:
        with self._changing:
            if self._closed:
                raise VoiceError("the voice was closed")
            if self._child is None or self._folder is None:
                self._folder = _scratch_folder()
                self._child = Child(self._command, self._folder, _environment())
            return self._child, self._folder


def worker_command() -> tuple[str, ...]:
    """The worker, run by this same program."""
    return own_process("voice")


def _voice(raw: Mapping[str, object]) -> Voice | None:
    return voice_of({**raw, "languages": raw.get("language")})


def _scratch_folder() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=SCRATCH_PREFIX))
    except OSError as error:
        raise VoiceError(f"no folder for the voice could be made ({error})") from error


def _environment() -> dict[str, str]:
    # The worker runs in a folder of its own, so it has to be told where this very program lies;
    # numpy would start a thread and its memory for every core.
    home = str(Path(chain_timer.__file__).resolve().parent.parent)
    path = os.pathsep.join(part for part in (home, os.environ.get("PYTHONPATH", "")) if part)
    return {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}


def _no_voice_text(reason: str) -> str:
    remedy = {
        "linux": "install one, for example with: apt-get install espeak-ng",
        "darwin": "look into System Settings, Accessibility, Spoken Content",
        "win32": "look into Settings, Time & language, Speech",
    }.get(sys.platform, "install espeak-ng")
    return f"this computer has no voice ({reason}); {remedy}"
