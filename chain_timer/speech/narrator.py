"""The narrator: clips for phrases, read and rendered ahead in threads of its own."""

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

_MEMORY_LIMIT = 4 * 1_024 * 1_024
"""Of clips that are on disk too: 40 s of speech, more than is laid into the sound at once."""
_UNKEPT_LIMIT = 64 * 1_024 * 1_024
"""Of clips that the disk refused, and that nobody could fetch again."""
_MOST_LENGTHS = 5_000
_MOST_ATTEMPTS = 2
_IDLE_S = 3.0
"""The voice costs 25 MiB while it waits, and an eighth of a second to start again."""
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
    hurried: bool
    """Somebody waits for it: it is the first in line, and not the first to give way."""


class Narrator:
    """The one object faces ask for speech. Every method returns at once, except ``wait_for``.

    One thread looks for clips on disk, another one has the voice render what is not there: a voice that hangs
    holds up nothing that is on disk.

    ``on_change`` is called from one of them after each phrase that is settled; the caller marshals.
    Clips in memory are bounded: what is on disk gives way, the latest wanted first, and asking for it with
    ``clip`` brings it back within a few ms. What the disk refuses stays, and with that much of it wanted and
    ready, rendering goes on when ``want`` is told what is no longer needed.
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
        unkept_limit: int = _UNKEPT_LIMIT,
        idle_s: float = _IDLE_S,
    ) -> None:
        self._cache = cache
        self._worker = launch()
        self._voice = voice
        self._rate = rate
        self._on_change = on_change
        self._memory_limit = memory_limit
        self._unkept_limit = unkept_limit
        self._idle_s = idle_s
        self._era = 0
        self.revision = 0
        """Changes whenever a phrase is settled or the voice is another."""
        self._clips: dict[str, Clip] = {}
        self._bytes = 0
        self._on_disk: dict[str, int] = {}  # how many bytes each
        self._hurried: dict[str, None] = {}  # what somebody waits for
        self._lengths: dict[str, int] = {}
        self._wanted: dict[str, None] = {}
        self._besides: set[str] = set()  # wanted by somebody who waits, and in no order
        self._queue: deque[str] = deque()  # wanted, and still to be looked for on disk
        self._unsaid: deque[_Job] = deque()
        """Not there, so the voice has to say it."""
        self._failed: set[str] = set()
        self._attempts: dict[str, int] = {}
        self._problem = ""
        self._rested = True
        self._closing = False
        self._changed = threading.Condition()
        self._threads = (_started("clips", self._read_on), _started("narrator", self._render_on))

    def want(self, phrases: Iterable[str]) -> None:
        """Have these rendered, in this order, and nothing else any more."""
        wanted = dict.fromkeys(words for words in phrases if words.strip())
        with self._changed:
            self._wanted = wanted
            self._besides.clear()
            self._failed = {words for words in self._failed if self._attempts.get(words, 0) >= _MOST_ATTEMPTS}
            self._queue = deque(w for w in wanted if w not in self._clips and w not in self._failed)
            self._unsaid.clear()
            self._forget_lengths()
            if not self._failed & wanted.keys():
                self._problem = ""
            self._changed.notify_all()

    def clip(self, words: str) -> Clip | None:
        """The clip, if it is ready; one that is on disk alone will be, in a few ms."""
        if not words.strip():
            return Clip(words, b"", 0)
        with self._changed:
            return self._sought(words)

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
            if not self._is_settled(words) and (words not in self._wanted or words in self._besides):
                self._wanted.setdefault(words)
                self._besides.add(words)
                self._hurried[words] = None
                self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._closing or words in self._failed or self._sought(words) is not None, timeout_s
            )
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
            stores = (self._clips, self._on_disk, self._hurried, self._lengths, self._failed, self._attempts)
            for store in (*stores, self._unsaid):
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
        for thread in self._threads:
            thread.join(_CLOSE_S)

    def _is_settled(self, words: str) -> bool:
        return words in self._clips or words in self._on_disk or words in self._failed

    def _sought(self, words: str) -> Clip | None:
        clip = self._clips.get(words)
        if clip is None and words in self._on_disk and words not in self._hurried:
            self._hurried[words] = None
            self._changed.notify_all()
        return clip

    # --- the thread that reads -----------------------------------------------------------------------

    def _read_on(self) -> None:
        while job := self._next_to_read():
            clip = self._cache.get(job.words, self._speaker(job), job.rate)
            if clip is None:
                self._have_said(job)
            else:
                self._keep(job, clip)
                self._note_on_disk(job, clip)

    def _next_to_read(self) -> _Job | None:
        """What to look for next, once there is something; None is the end."""
        with self._changed:
            while not self._closing:
                if words := self._next_words():
                    return _Job(words, self._voice, self._rate, self._era, words in self._hurried)
                self._changed.wait()
        return None

    def _next_words(self) -> str:
        for words in self._hurried:
            return words
        while self._queue:
            words = self._queue.popleft()
            if not self._is_settled(words):
                return words
            if words in self._on_disk and words not in self._clips:
                if self._fits(words):
                    return words
                # What is wanted later fits still less.
                self._queue = deque(later for later in self._queue if not self._is_settled(later))
        return ""

    def _fits(self, words: str) -> bool:
        """Whether it can be held ready beside what is wanted earlier, and what the disk refused."""
        wanted = self._wanted
        needed = sum(
            len(clip.pcm) for w, clip in self._clips.items() if w in wanted and w not in self._on_disk
        )
        for earlier in wanted:
            needed += self._on_disk.get(earlier, 0)
            if earlier == words:
                break
        return needed < self._memory_limit

    def _have_said(self, job: _Job) -> None:
        with self._changed:
            if job.era != self._era:
                return
            self._on_disk.pop(job.words, None)
            self._hurried.pop(job.words, None)
            if job.hurried:
                self._unsaid.appendleft(job)
            elif job.words in self._wanted:
                self._unsaid.append(job)
            self._changed.notify_all()

    # --- the thread that has the voice render --------------------------------------------------------

    def _render_on(self) -> None:
        while work := self._next_work():
            work()

    def _next_work(self) -> Callable[[], None] | None:
        """What to do next, once there is something; None is the end."""
        with self._changed:
            while not self._closing:
                if job := self._next_unsaid():
                    self._rested = False
                    return partial(self._render, job)
                if not self._changed.wait(None if self._rested else self._idle_s):
                    self._rested = True
                    return self._worker.rest
        return None

    def _next_unsaid(self) -> _Job | None:
        self._make_room(self._unkept_limit, unwanted=True)
        if self._bytes >= self._unkept_limit:
            return None
        while self._unsaid:
            job = self._unsaid.popleft()
            if not self._is_settled(job.words):
                return job
        return None

    def _render(self, job: _Job) -> None:
        try:
            clip = self._worker.render(job.words, job.voice, job.rate)
        except VoiceError as error:
            self._give_up(job, error)
            return
        self._keep(job, clip)
        if self._cache.put(clip, self._speaker(job), job.rate):
            self._note_on_disk(job, clip)

    # --- what becomes of a phrase --------------------------------------------------------------------

    def _speaker(self, job: _Job) -> str:
        # The voice of the language is another one on every machine and for every region.
        return job.voice or f"default {self._worker.language}"

    def _keep(self, job: _Job, clip: Clip) -> None:
        with self._changed:
            if job.era != self._era:
                return
            known = self._lengths.get(job.words) == clip.length_ms
            before = self._clips.get(job.words)
            self._bytes += len(clip.pcm) - (len(before.pcm) if before else 0)
            self._clips[job.words] = clip
            self._lengths[job.words] = clip.length_ms
            self._hurried.pop(job.words, None)
            if clip.stand_in:
                self._problem = "the chosen voice is not on this computer, so another one speaks"
            self._changed.notify_all()
        if not known:
            self._tell()

    def _note_on_disk(self, job: _Job, clip: Clip) -> None:
        with self._changed:
            if job.era == self._era:
                self._on_disk[job.words] = len(clip.pcm)
                self._make_room(self._memory_limit, spared=job.words if job.hurried else "")

    def _give_up(self, job: _Job, error: VoiceError) -> None:
        with self._changed:
            if self._closing or job.era != self._era:
                return
            problem = f"phrases are shown and not spoken: {error}"
            if problem != self._problem:
                _log.warning("a phrase is not spoken: %s", error)
            if isinstance(error, NoVoiceError):
                # No use in asking for the others one by one; the next want() asks again.
                self._failed.update(unsaid.words for unsaid in self._unsaid)
                self._unsaid.clear()
            else:
                self._attempts[job.words] = self._attempts.get(job.words, 0) + 1
            self._failed.add(job.words)
            self._problem = problem
            self._changed.notify_all()
        self._tell()

    def _make_room(self, limit: int, *, unwanted: bool = False, spared: str = "") -> None:
        """Drop clips until there are fewer bytes: unwanted ones, then what is on disk and wanted last."""
        if self._bytes < limit:
            return
        droppable = [words for words in self._clips if words not in self._wanted]
        if not unwanted:
            droppable += [w for w in reversed(self._wanted) if w in self._clips and w in self._on_disk]
        for words in droppable:
            if words == spared:
                continue
            self._bytes -= len(self._clips.pop(words).pcm)
            if self._bytes < limit:
                return

    def _forget_lengths(self) -> None:
        if len(self._lengths) > _MOST_LENGTHS:
            needed = self._wanted.keys() | self._clips.keys()
            self._lengths = {words: ms for words, ms in self._lengths.items() if words in needed}
            self._on_disk = {words: size for words, size in self._on_disk.items() if words in needed}

    def _tell(self) -> None:
        with self._changed:
            self.revision += 1
        if self._on_change:
            # What Qt raises when the window it would tell is closed already.
            with suppress(RuntimeError):
                self._on_change()


def _started(name: str, run: Callable[[], None]) -> threading.Thread:
    """Start a thread: with the narrator, where that may fail, and not amid a session, where nothing may."""
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread
