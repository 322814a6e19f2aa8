"""The narrator: clips for phrases, rendered ahead in a thread of its own."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from chain_timer.speech.cache import ClipCache
from chain_timer.speech.child import VoiceError
from chain_timer.speech.client import NoVoiceError, VoiceWorker
from chain_timer.speech.clip import Clip

_log = logging.getLogger(__name__)

_MEMORY_LIMIT = 64 * 1_024 * 1_024
_MOST_ATTEMPTS = 2
_IDLE_S = 15.0
_CLOSE_S = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the wanted phrases are settled: ready to be heard, or known to fail."""

    settled: int
    wanted: int


@dataclass(frozen=True, slots=True)
class _Job:
    words: str
    voice: str
    rate: int
    era: int
    """Counts changes of the voice: a clip of an earlier one comes too late."""


class Narrator:
    """The one object faces ask for speech. Every method returns at once, except ``wait_for``.

    ``on_change`` is called from the narrator's thread after each phrase that is settled; the caller marshals.
    Clips in memory are bounded: with that much wanted and ready, rendering goes on when ``want`` is told
    what is no longer needed.
    """

    def __init__(
        self,
        cache: ClipCache,
        launch: Callable[[], VoiceWorker],
        voice: str = "",
        rate: int = 150,
        on_change: Callable[[], None] | None = None,
        *,
        memory_limit: int = _MEMORY_LIMIT,
        idle_s: float = _IDLE_S,
    ) -> None:
        self._cache = cache
        self._worker = launch()
        self._voice = voice
        self._rate = rate
        self._on_change = on_change
        self._memory_limit = memory_limit
        self._idle_s = idle_s
        self._era = 0
        self.revision = 0
        """Changes whenever a phrase is settled or the voice is another."""
        self._clips: dict[str, Clip] = {}
        self._bytes = 0
        self._lengths: dict[str, int] = {}
        self._wanted: dict[str, None] = {}
        self._queue: deque[str] = deque()
        self._failed: set[str] = set()
        self._attempts: dict[str, int] = {}
        self._problem = ""
        self._warm_up = False
        self._rested = True
        self._closing = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="narrator", daemon=True)
        self._thread.start()

    def prewarm(self) -> None:
        """Start the voice early, so that the first phrase is quick."""
        with self._changed:
            self._warm_up = True
            self._changed.notify_all()

    def want(self, phrases: Iterable[str]) -> None:
        """Have these rendered, in this order, and nothing else any more."""
        wanted = dict.fromkeys(words for words in phrases if words.strip())
        with self._changed:
            self._wanted = wanted
            self._failed = {words for words in self._failed if self._attempts.get(words, 0) >= _MOST_ATTEMPTS}
            self._queue = deque(words for words in wanted if not self._is_settled(words))
            self._lengths = {w: ms for w, ms in self._lengths.items() if w in wanted or w in self._clips}
            if not self._failed & wanted.keys():
                self._problem = ""
            self._changed.notify_all()

    def clip(self, words: str) -> Clip | None:
        """The clip, if it is ready."""
        if not words.strip():
            return Clip(words, b"", 0)
        with self._changed:
            return self._clips.get(words)

    def length_ms(self, words: str) -> int | None:
        """The length of a phrase, once it has been rendered; also when its clip is not in memory any more."""
        if not words.strip():
            return 0
        with self._changed:
            return self._lengths.get(words)

    def wait_for(self, words: str, timeout_s: float) -> Clip | None:
        """The clip as soon as it is ready; None when it fails or is not ready in time.

        What is not wanted yet is put in front of everything that is.
        """
        if not words.strip():
            return Clip(words, b"", 0)
        with self._changed:
            if not self._is_settled(words) and words not in self._wanted:
                self._wanted[words] = None
                self._queue.appendleft(words)
                self._changed.notify_all()
            self._changed.wait_for(lambda: self._closing or self._is_settled(words), timeout_s)
            return self._clips.get(words)

    def failed(self, words: str) -> bool:
        """Whether it is known that these words will not be heard."""
        with self._changed:
            return words in self._failed

    def pending(self) -> int:
        """How many wanted phrases are neither ready nor failed."""
        with self._changed:
            return sum(not self._is_settled(words) for words in self._wanted)

    def progress(self) -> Progress:
        with self._changed:
            return Progress(sum(map(self._is_settled, self._wanted)), len(self._wanted))

    @property
    def problem(self) -> str:
        """Why a wanted phrase is not heard, and what to do, for a person; empty when all is well."""
        with self._changed:
            return self._problem

    def set_voice(self, voice: str, rate: int) -> None:
        """Speak with another voice or rate from now on; what is wanted is rendered anew."""
        with self._changed:
            if (voice, rate) == (self._voice, self._rate):
                return
            self._voice, self._rate = voice, rate
            self._era += 1
            self.revision += 1
            self._bytes = 0
            for store in (self._clips, self._lengths, self._failed, self._attempts):
                store.clear()
            self._problem = ""
            self._queue = deque(self._wanted)
            self._changed.notify_all()

    def close(self) -> None:
        """Stop for good, within about a second, whatever the voice is doing."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._worker.close()
        self._thread.join(_CLOSE_S)

    def _is_settled(self, words: str) -> bool:
        return words in self._clips or words in self._failed

    def _run(self) -> None:
        while work := self._next_work():
            work()

    def _next_work(self) -> Callable[[], None] | None:
        """What to do next, once there is something; None is the end."""
        with self._changed:
            while not self._closing:
                if self._warm_up:
                    self._warm_up = False
                    self._rested = False
                    return self._start_voice
                if words := self._next_words():
                    self._rested = False
                    return partial(self._settle, _Job(words, self._voice, self._rate, self._era))
                if not self._changed.wait(None if self._rested else self._idle_s):
                    self._rested = True
                    return self._worker.rest
        return None

    def _next_words(self) -> str:
        self._forget_unwanted()
        if self._bytes >= self._memory_limit:
            return ""
        while self._queue:
            words = self._queue.popleft()
            if not self._is_settled(words):
                return words
        return ""

    def _start_voice(self) -> None:
        try:
            self._worker.warm()
        except VoiceError as error:
            _log.info("the voice could not be started early: %s", error)

    def _settle(self, job: _Job) -> None:
        # The voice of the language is another one on every machine and for every region.
        speaker = job.voice or f"default {self._worker.language}"
        clip = self._cache.get(job.words, speaker, job.rate)
        if clip is not None:
            self._keep(job, clip)
            return
        try:
            clip = self._worker.render(job.words, job.voice, job.rate)
        except VoiceError as error:
            self._give_up(job, error)
            return
        self._keep(job, clip)
        self._cache.put(clip, speaker, job.rate)

    def _keep(self, job: _Job, clip: Clip) -> None:
        with self._changed:
            if job.era != self._era:
                return
            before = self._clips.get(job.words)
            self._bytes += len(clip.pcm) - (len(before.pcm) if before else 0)
            self._clips[job.words] = clip
            self._lengths[job.words] = clip.length_ms
            if clip.stand_in:
                self._problem = "the chosen voice is not on this computer, so another one speaks"
            self._changed.notify_all()
        self._tell()

    def _give_up(self, job: _Job, error: VoiceError) -> None:
        with self._changed:
            if self._closing or job.era != self._era:
                return
            _log.warning("a phrase is not spoken: %s", error)
            if isinstance(error, NoVoiceError):
                # No use in asking for the others one by one; the next want() asks again.
                self._failed.update(words for words in self._wanted if words not in self._clips)
                self._queue.clear()
            else:
                self._attempts[job.words] = self._attempts.get(job.words, 0) + 1
            self._failed.add(job.words)
            self._problem = f"phrases are shown and not spoken: {error}"
            self._changed.notify_all()
        self._tell()

    def _forget_unwanted(self) -> None:
        if self._bytes < self._memory_limit:
            return
        for words in [words for words in self._clips if words not in self._wanted]:
            self._bytes -= len(self._clips.pop(words).pcm)
            if self._bytes < self._memory_limit:
                return

    def _tell(self) -> None:
        self.revision += 1
        if self._on_change:
            # What Qt raises when the window it would tell is closed already.
            with suppress(RuntimeError):
                self._on_change()
