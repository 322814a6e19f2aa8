"""The keeper: writes down what is done from a thread of its own, so that no session ever waits for a disk.

Nothing here raises. What cannot be written is told once and tried again: as long as the program runs, a
record waits in memory, and its journal, where there is one, waits on the disk for the next start.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from threading import Lock, Timer
from typing import TYPE_CHECKING

from chain_timer.problems import ChainTimerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from chain_timer.history.history import History, Opener
    from chain_timer.history.running import Journal
    from chain_timer.problems import Problem
    from chain_timer.routine.names import Names
    from chain_timer.session.clock import Moment
    from chain_timer.session.journal import Beat, Left, Opening
    from chain_timer.session.record import Feeling, Part, SessionRecord

# ruff: noqa: PLC0415 - what reads and writes is imported in the thread, for no session to wait for it

_log = logging.getLogger(__name__)

RUNNING = "running"
"""The folder of journals, within that of the history."""
AGAIN_S = 20.0
"""How long after a refusal of the disk it is tried again."""
_CLOSING_S = 5.0
_DURING = (
    "What you do can't be written down at the moment ({reason}). The session goes on, and it is tried again."
)
_AFTER = "This session can't be written down at the moment ({reason}). It is kept and tried again."


class Keeper:
    """Keeps sessions in a folder, from one thread; a :class:`chain_timer.session.recorder.Notebook`."""

    def __init__(
        self,
        folder: Path,
        now: Callable[[], Moment],
        again_s: float = AGAIN_S,
        opener: Opener | None = None,
    ) -> None:
        """``opener`` opens the history of the same folder; it may be others' as well."""
        self._folder = folder
        self._opener = opener
        self._now = now
        self._again_s = again_s
        self._journals: dict[str, Journal] = {}
        self._records: dict[str, SessionRecord] = {}
        """Records the history has not taken yet."""
        self._dropped: set[str] = set()
        """Sessions whose journal goes as soon as their record is kept."""
        self._history: History | None = None
        self._untold: list[str] = []
        self._told = False
        """Whether it was told that the disk refuses, and it still does."""
        self._lock = Lock()
        self._again: Timer | None = None
        self._last: Future[None] | None = None
        self._closed = False
        self._listeners: list[Callable[[], None]] = []

    # --- while a session runs ------------------------------------------------------------------------

    def begin(self, opening: Opening) -> None:
        """Begin a journal, or go on in the one that is there."""
        self._do(partial(self._begin, opening))

    def note(self, session_id: str, entry: Part | Beat) -> None:
        """Add to a journal."""
        self._do(partial(self._note, session_id, entry))

    def keep(self, opening: Opening, record: SessionRecord) -> None:
        """Keep a record, in place of the one of this id before."""
        self._do(partial(self._keep, opening, record))

    def drop(self, session_id: str) -> None:
        """Give up a journal, as soon as the record of it is kept, if there is to be one."""
        self._do(partial(self._drop, session_id))

    # --- before and after ----------------------------------------------------------------------------

    def look_for_left(self, names: Names, then: Callable[[Left | None], None]) -> None:
        """Find what was left in the middle, and give the newest that can be gone on with, from the thread.

        Others are kept as broken off, and what had ended is kept as it ended.
        """
        self._do(lambda: then(self._left(names)))

    def make_ready(self) -> None:
        """See to the history before it is wanted: checked, and copied once a day."""
        self._do(self._make_ready)

    def decline(self, left: Left) -> None:
        """Keep what was left as broken off: nobody wants to go on with it."""
        self.keep(left.opening, left.record())
        self.drop(left.opening.id)

    def feel(self, session_id: str, feeling: Feeling | None, note: str) -> None:
        """Take how a session felt that is kept already."""
        self._do(partial(self._feel, session_id, feeling, note, self._now().ms))

    def tell(self, problems: Iterable[Problem]) -> None:
        """Take what a person should know of the history, whoever found it."""
        self._say(str(problem) for problem in problems)

    def listen(self, listener: Callable[[], None]) -> None:
        """Call back from the thread whenever something was kept, or is to be told."""
        self._listeners.append(listener)

    def untold(self) -> str:
        """Give what a person should know and was not told yet; it is told by that."""
        with self._lock:
            text, self._untold = "\n".join(self._untold), []
        return text

    def close(self, wait_s: float = _CLOSING_S) -> None:
        """Write what can be written, and wait for it so long at most."""
        if self._closed:
            return
        self._closed = True
        if self._again is not None:
            self._again.cancel()
        if "_thread" in self.__dict__:
            self._last = self._thread.submit(self._end)
            wait((self._last,), wait_s)
            self._thread.shutdown(wait=False, cancel_futures=True)

    # --- in the thread -------------------------------------------------------------------------------

    @cached_property
    def _thread(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, "history")

    def _do(self, work: Callable[[], None]) -> None:
        if not self._closed:
            self._thread.submit(work).add_done_callback(_note_mistake)

    def _begin(self, opening: Opening) -> None:
        from chain_timer.history.running import Journal, journal_path, with_content

        self._dropped.discard(opening.id)
        if opening.id not in self._journals:
            path = journal_path(self._folder / RUNNING, opening.id)
            self._journals[opening.id] = Journal(path, with_content(opening))
        self._write(opening.id)

    def _note(self, session_id: str, entry: Part | Beat) -> None:
        journal = self._journals.get(session_id)
        if journal is not None:
            journal.add(entry)
            self._write(session_id)

    def _write(self, session_id: str) -> None:
        try:
            self._journals[session_id].write()
        except OSError as error:
            self._refused(_DURING, _reason(error))
        else:
            self._taken()

    def _keep(self, opening: Opening, record: SessionRecord) -> None:
        from chain_timer.history.running import with_content

        journal = self._journals.get(opening.id)
        content = journal.opening.content if journal else with_content(opening).content
        self._records[record.id] = replace(record, content=content)
        self._keep_all()

    def _keep_all(self) -> None:
        for record in tuple(self._records.values()):
            try:
                self._opened().add(record)
            except ChainTimerError as error:
                self._refused(_AFTER, str(error))
                return
            del self._records[record.id]
            self._taken()
            self._tell()
        for session_id in self._dropped - self._records.keys():
            self._remove(session_id)

    def _drop(self, session_id: str) -> None:
        self._dropped.add(session_id)
        if session_id not in self._records:
            self._remove(session_id)

    def _remove(self, session_id: str) -> None:
        self._dropped.discard(session_id)
        journal = self._journals.pop(session_id, None)
        if journal is not None:
            # What stays of it is found at the next start, and known to be kept already.
            with suppress(OSError):
                journal.remove()

    def _feel(self, session_id: str, feeling: Feeling | None, note: str, at_ms: int) -> None:
        waiting = self._records.get(session_id)
        if waiting is not None:
            self._records[session_id] = replace(waiting, feeling=feeling, note=note, changed_ms=at_ms)
            self._keep_all()
            return
        try:
            self._opened().feel(session_id, feeling, note, at_ms)
        except ChainTimerError as error:
            self._refused(_AFTER, str(error))
        else:
            self._tell()

    def _left(self, names: Names) -> Left | None:
        from chain_timer.history.running import left_behind, playable

        found: Left | None = None
        with suppress(OSError):
            for left, journal in left_behind(self._folder / RUNNING):
                self._journals[left.opening.id] = journal
                ended = left.beat is not None and left.beat.ending is not None
                ready = None if found or ended else playable(left, names)
                if ready is None:
                    self._keep_left(left)
                else:
                    found = ready
        return found

    def _make_ready(self) -> None:
        with suppress(ChainTimerError):  # told where it is wanted
            self._opened()
        # Nothing may be kept for hours, and an open database takes memory.
        if self._history is not None and not self._journals:
            self._history.close()
            self._history = None

    def _keep_left(self, left: Left) -> None:
        self._keep(left.opening, left.record())
        self._drop(left.opening.id)

    def _opened(self) -> History:
        if self._opener is None:
            from chain_timer.history.history import Opener

            self._opener = Opener(self._folder, self._now)
        if self._history is not None and self._opener.is_due:
            self._history.close()  # the program runs over midnight: there is a copy for every day
            self._history = None
        if self._history is None:
            self._history, problems = self._opener()
            self.tell(problems)
        return self._history

    def _end(self) -> None:
        self._keep_all()
        for journal in self._journals.values():
            with suppress(OSError):
                journal.write()
            journal.close()
        if self._history is not None:
            self._history.close()
            self._history = None

    # --- what the disk refuses -----------------------------------------------------------------------

    def _refused(self, text: str, reason: str) -> None:
        if not self._told:
            self._told = True
            _log.warning("not written down: %s", reason)
            self._say([text.format(reason=reason)])
        if self._again is None and not self._closed:
            self._again = Timer(self._again_s, lambda: self._do(self._try_again))
            self._again.daemon = True
            self._again.start()

    def _taken(self) -> None:
        waiting = self._records or any(journal.has_unwritten for journal in self._journals.values())
        if self._told and not waiting:
            self._told = False

    def _try_again(self) -> None:
        self._again = None
        for session_id, journal in tuple(self._journals.items()):
            if journal.has_unwritten:
                self._write(session_id)
        self._keep_all()

    def _say(self, texts: Iterable[str]) -> None:
        told = list(texts)
        if told:
            with self._lock:
                self._untold.extend(told)
            self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown error").lower()


def _note_mistake(done: Future[None]) -> None:
    """Have it in the log when a piece of work failed as none should."""
    if not done.cancelled() and (mistake := done.exception()) is not None:
        _log.error("unforeseen while keeping history", exc_info=mistake)
