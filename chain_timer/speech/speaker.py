"""pyttsx3 with its traps fenced in: one phrase into one whole file. Only the worker process imports this.

What is fenced, each met in pyttsx3 2.99: a run loop that returns before the file is there, a phrase cut off
because the one before was still being finished, a voice that does not exist and is silently another one,
errors that are only notified, and a shared library that the system may not have.
"""

import ctypes
import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any

from chain_timer.speech.voices import Voice, choose_voice, voice_of

DATA_LINK = "espeak-ng-data"
"""What espeak-ng looks for in the folder it is told of; may be a link in the working folder."""
_WAIT_S = 8.0
_POLL_S = 0.002
_SETTLE_S = 0.5
_ATTEMPTS = 3
_SLOWEST, _FASTEST = 60, 400
_LONGEST_DATA_PATH = 120
"""espeak-ng keeps the path of its data in a small buffer and cuts off what is longer."""


class NoSpeakerError(Exception):
    """This machine cannot speak; the text is the driver's own reason."""


class PhraseError(Exception):
    """This phrase could not be rendered."""


class Speaker:
    """The voice of this machine. All calls from one thread; on macOS it must be the main one."""

    def __init__(self) -> None:
        self._engine: Any = None
        self._known: tuple[Voice, ...] | None = None
        self._events: SimpleQueue[tuple[str, object]] = SimpleQueue()

    def open(self) -> None:
        """Start the engine, if it is not yet. Raises NoSpeakerError."""
        if self._engine is not None:
            return
        try:
            if sys.platform == "linux":
                _load_library()
            import pyttsx3  # noqa: PLC0415 -- needs the library loaded first

            self._engine = pyttsx3.init()
        except (ImportError, OSError, RuntimeError, AttributeError) as error:
            raise NoSpeakerError(str(error) or type(error).__name__) from error
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.connect("error", self._on_error)
        if self._is_espeak():
            self._engine.runAndWait()  # from now on properties are set at once and not queued

    def voices(self) -> tuple[Voice, ...]:
        """Every voice that can be used. Raises NoSpeakerError."""
        self.open()
        if self._known is None:
            found = (voice_of(vars(voice)) for voice in self._engine.getProperty("voices"))
            self._known = tuple(voice for voice in found if voice)
        return self._known

    def save(self, text: str, wanted: str, language: str, rate: int, path: Path) -> bool:
        """Render a phrase into a whole sound file; True when another voice than the wanted one had to speak.

        Raises NoSpeakerError and PhraseError.
        """
        self.open()
        if self._is_espeak() and self._save_with_retry(text, wanted or _espeak_voice(language), rate, path):
            return False
        chosen = choose_voice(self.voices(), wanted, language, self._current())
        if chosen and chosen.answers_to(wanted) and self._is_espeak():
            chosen = choose_voice(self.voices(), "", language)
        if not self._save_with_retry(text, chosen.id if chosen else "", rate, path):
            raise PhraseError("no voice could be set")
        return bool(wanted) and not (chosen and chosen.answers_to(wanted))

    def _save_with_retry(self, text: str, voice: str, rate: int, path: Path) -> bool:
        for _ in range(_ATTEMPTS):
            outcome = self._save_once(text, voice, rate, path)
            if outcome is not None:
                return outcome
            self._settle()
        raise PhraseError("the voice was cut off")

    def _save_once(self, text: str, voice: str, rate: int, path: Path) -> bool | None:
        """True when the file is whole, False when the voice cannot be set, None when it was cut off."""
        path.unlink(missing_ok=True)
        self._drain()
        self.open()
        if voice:
            self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", min(max(rate, _SLOWEST), _FASTEST))
        self._settle()
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        events = self._wait_for_file(path)
        self._forget()
        if any(topic == "error" for topic, _ in events):
            return False
        return None if ("finished", False) in events or not is_whole(path) else True

    def _settle(self) -> None:
        # Setting the rate counts as playing for a moment, and what plays when a run begins is canceled,
        # the new phrase with it.
        if not self._is_espeak():
            return
        from pyttsx3.drivers import _espeak  # noqa: PLC0415 -- needs the library loaded first

        for _ in range(int(_SETTLE_S / _POLL_S)):
            if not _espeak.IsPlaying():
                break
            Event().wait(_POLL_S)

    def _wait_for_file(self, path: Path) -> list[tuple[str, object]]:
        """What the engine has said by the time the file is whole, or by the end of patience."""
        events = self._drain()
        for _ in range(int(_WAIT_S / _POLL_S)):
            # Windows never says that a file is finished, so a whole file is enough.
            if any(topic == "finished" for topic, _ in events) or is_whole(path):
                break
            with suppress(Empty):
                events.append(self._events.get(timeout=_POLL_S))
        return events + self._drain()

    def _current(self) -> str:
        self.open()
        return str(self._engine.getProperty("voice") or "")

    def _is_espeak(self) -> bool:
        return str(self._engine) == "espeak"

    def _forget(self) -> None:
        # espeak's engine calls back from a thread of its own and must outlive that; the others return from
        # their second run too early, so each phrase gets a fresh one.
        if not self._is_espeak():
            self._engine = None

    def _drain(self) -> list[tuple[str, object]]:
        events = []
        with suppress(Empty):
            while True:
                events.append(self._events.get_nowait())
        return events

    def _on_finished(self, name: object, completed: object) -> None:  # noqa: ARG002 -- called by keywords
        self._events.put(("finished", completed))

    def _on_error(self, name: object, exception: object) -> None:  # noqa: ARG002 -- called by keywords
        self._events.put(("error", exception))


def _espeak_voice(language: str) -> str:
    # Without the slow look at all voices, for the sake of the first phrase.
    if language.partition("-")[0] != "en":
        return language
    return "gmw/en-us" if language == "en-us" else "gmw/en"


def is_whole(path: Path) -> bool:
    """Whether a WAV or AIFF file is as long as its header promises; False while it is being written."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
        size = path.stat().st_size
    except OSError:
        return False
    order = {b"RIFF": "little", b"FORM": "big"}.get(head[:4])
    if order is None or len(head) < 8:  # noqa: PLR2004 -- four letters and four bytes of size
        return False
    return 8 + int.from_bytes(head[4:], "little" if order == "little" else "big") <= size


def _load_library() -> None:
    """Load espeak-ng before pyttsx3 looks for it: the system's, or else the bundled one."""
    with suppress(OSError):
        ctypes.CDLL("libespeak-ng.so.1", mode=ctypes.RTLD_GLOBAL)
        return
    brought = _brought()
    ctypes.CDLL(str(brought / "libespeak-ng.so"), mode=ctypes.RTLD_GLOBAL)
    os.environ["ESPEAK_DATA_PATH"] = str(_short(brought / "espeak-ng-data").parent)


def _brought() -> Path:
    """Find the folder of the package that brings the library and its data. Nothing of the package is run.

    Raises ModuleNotFoundError.
    """
    spec = find_spec("espeakng_loader")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("there is no espeak-ng, and no package that brings it")
    return Path(spec.submodule_search_locations[0])


def _short(data: Path) -> Path:
    """The data folder under a path that espeak-ng can keep whole: itself, or a link in the working folder."""
    if len(os.fsencode(data)) <= _LONGEST_DATA_PATH:
        return data
    link = Path.cwd() / DATA_LINK
    link.unlink(missing_ok=True)
    link.symlink_to(data, target_is_directory=True)
    return link
