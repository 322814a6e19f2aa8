"""The voice worker: turns one phrase at a time into a file, apart, because pyttsx3 hangs, prints and dies.

Requests and answers are lines of JSON on stdin and stdout, one answer for each request, with its ``id``:

- ``{"do": "voices"}``: answers ``voices``, a list of objects with id, name, language, gender
- ``{"do": "render", "text", "voice", "language", "rate", "path"}``: writes a clip as WAV to the path;
  answers ``stand_in``, true when another voice had to speak

A failure is answered with ``error``: ``no-voice`` when this machine cannot speak, ``failed`` for this phrase
alone. Anything unforeseen ends the process: that costs one phrase, and the client starts the next one.
"""

import json
import os
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from chain_timer.speech.clip import SCRATCH_PREFIX, wav_of
from chain_timer.speech.speaker import DATA_LINK, NoSpeakerError, PhraseError, Speaker
from chain_timer.system.files import write_bytes_atomic

LONGEST_REQUEST = 64 * 1_024

Message = dict[str, object]


class Desk:
    """Takes requests and gives answers; knows what to tidy away at the end."""

    def __init__(self) -> None:
        self._speaker = Speaker()
        self._files: tuple[Path, ...] = ()

    def answer(self, request: Message) -> Message:
        try:
            return self._do(request)
        except NoSpeakerError as error:
            return {"error": "no-voice", "text": str(error)}
        except (PhraseError, OSError) as error:
            return {"error": "failed", "text": str(error)}

    def tidy(self) -> None:
        """Leave nothing behind in a folder that the parent can no longer clear: it may have died."""
        for path in self._files:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        with suppress(OSError):
            scratch = Path.cwd()
            if scratch.name.startswith(SCRATCH_PREFIX):
                (scratch / DATA_LINK).unlink(missing_ok=True)
                os.chdir(scratch.parent)  # Windows removes no folder that is worked in
                scratch.rmdir()

    def _do(self, request: Message) -> Message:
        if request["do"] == "render":
            return self._render(request)
        return {"voices": [asdict(voice) for voice in self._speaker.voices()]}

    def _render(self, request: Message) -> Message:
        path = Path(str(request["path"]))
        raw = path.with_name(f"{path.stem}-raw.wav")
        self._files = (path, raw)
        stand_in = self._speaker.save(
            str(request["text"]),
            str(request["voice"]),
            str(request["language"]),
            int(str(request["rate"])),
            raw,
        )
        from chain_timer.speech.shaping import BadSoundError, pcm_from  # noqa: PLC0415 -- numpy is slow to import

        try:
            pcm = pcm_from(raw)
        except BadSoundError as error:
            raise PhraseError(str(error)) from error
        finally:
            raw.unlink(missing_ok=True)
        write_bytes_atomic(path, wav_of(pcm))
        return {"stand_in": stand_in}


def main() -> int:
    answers = _take_stdout()
    desk = Desk()
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests, desk), daemon=True).start()
    while True:
        request = json.loads(requests.get())
        answer = {"id": request["id"], **desk.answer(request)}
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def _take_stdout() -> BinaryIO:
    """Keep the pipe to the parent for answers alone; what pyttsx3 prints goes where errors go."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return answers


def _read_requests(requests: "SimpleQueue[bytes]", desk: Desk) -> None:
    # A thread of its own, so that a parent that is gone ends this process even while a voice hangs in it.
    try:
        while line := sys.stdin.buffer.readline(LONGEST_REQUEST):
            requests.put(line)
        desk.tidy()
    finally:
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
