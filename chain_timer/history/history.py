"""The history: every session that was played, kept in a database of this computer."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from chain_timer.history.errors import HistoryError
from chain_timer.history.kept import Merged

# ruff: noqa: PLC0415 - the database costs a start 8 ms, and only a thread of its own wants it

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date
    from pathlib import Path

    from chain_timer.history.database import Database
    from chain_timer.history.kept import DayTotal, Entry, HoldPoint, PastRoutine, Work
    from chain_timer.history.plan import HoldPlan
    from chain_timer.problems import Problem
    from chain_timer.session.clock import Moment
    from chain_timer.session.record import Feeling, PastExercise, SessionRecord

__all__ = ["History", "HistoryError", "Merged", "open_history"]


class History:
    """All sessions and the plans for holds. It blocks on the disk: for a thread, one at a time.

    Everything raises HistoryError when it cannot be done; then nothing has changed, and the next try may
    succeed. Other windows and terminals may read and write the same history meanwhile.
    """

    def __init__(self, database: Database, now: Callable[[], Moment]) -> None:
        self._database = database
        self._now = now

    # --- sessions -------------------------------------------------------------------------------------

    def add(self, record: SessionRecord) -> None:
        """Keep a session, in place of the one of its id if there is one; it has reached the disk then.

        Feeling and note stay as they are when they were told later than those of the record. One that was
        removed is back by this, for all merges to come too.
        """
        from chain_timer.history.reading import felt_in
        from chain_timer.history.refusals import refused
        from chain_timer.history.rows import uid_of
        from chain_timer.history.writing import Writer, bring_back

        with refused("This session cannot be kept"):
            uid = uid_of(record.id)
        with self._database.writing() as connection:
            known = felt_in(connection, uid)
            if known is not None and known[2] > record.changed_ms:
                record = replace(record, feeling=known[0], note=known[1], changed_ms=known[2])
            with refused("This session cannot be kept"):
                Writer(connection).put(record)
            bring_back(connection, uid, self._now().ms)

    def feel(self, session_id: str, feeling: Feeling | None, note: str, changed_ms: int) -> None:
        """Keep how a session felt; of a session that is not there it raises HistoryError."""
        from chain_timer.history.refusals import refused
        from chain_timer.history.writing import set_feeling

        with self._database.writing() as connection, refused("How it felt cannot be kept"):
            if not set_feeling(connection, session_id, feeling, note, changed_ms):
                raise HistoryError("How it felt cannot be kept: the session is not in the history any more")

    def remove(self, session_id: str) -> SessionRecord | None:
        """Remove a session, so that no merge brings it back; give what it was, and adding that undoes it."""
        from chain_timer.history.reading import Reader
        from chain_timer.history.rows import found_uid
        from chain_timer.history.writing import mark, take_out

        with self._database.writing() as connection:
            uid = found_uid(session_id)
            record = Reader(connection).by_id(uid) if uid else None
            if uid and record:
                take_out(connection, uid)
                mark(connection, uid, is_removed=True, changed_ms=self._now().ms)
            return record

    def record(self, session_id: str) -> SessionRecord | None:
        """Give a whole session; None when it is not there."""
        from chain_timer.history.reading import Reader
        from chain_timer.history.rows import found_uid

        with self._database.reading() as connection:
            uid = found_uid(session_id)
            return Reader(connection).by_id(uid) if uid else None

    def records(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        routine_id: str = "",
        ids: Collection[str] = (),
    ) -> Iterator[SessionRecord]:
        """Give whole sessions, the oldest first, read a few at a time; both days are included.

        What is removed meanwhile is left out. Without ids it is all sessions.
        """
        from chain_timer.history.reading import Reader, batches, keys_of

        with self._database.reading() as connection:
            keys = keys_of(connection, since, until, routine_id, ids)
        for batch in batches(keys):
            with self._database.reading() as connection:
                found = list(Reader(connection).by_keys(batch))
            yield from found

    # --- what many of them tell -----------------------------------------------------------------------

    def entries(
        self, first: int, count: int, *, routine_id: str = "", day: date | None = None
    ) -> tuple[Entry, ...]:
        """Give a page of the list of sessions, the newest first."""
        from chain_timer.history.telling import entries_in

        with self._database.reading() as connection:
            return tuple(entries_in(connection, first, count, routine_id, day))

    def days(self, *, routine_id: str = "") -> tuple[DayTotal, ...]:
        """Give the total of each day with a session, the oldest first; of one routine, or of all."""
        from chain_timer.history.telling import days_in

        with self._database.reading() as connection:
            return tuple(days_in(connection, routine_id))

    def routines(self) -> tuple[PastRoutine, ...]:
        """Give the routines there are sessions of, by the last name each had; most sessions first."""
        from chain_timer.history.telling import routines_in

        with self._database.reading() as connection:
            return tuple(routines_in(connection))

    def works(self, since: date, until: date) -> tuple[Work, ...]:
        """Give what was done of each exercise in each session, both days included, the oldest first."""
        from chain_timer.history.telling import works_in

        with self._database.reading() as connection:
            return tuple(works_in(connection, since, until))

    def holds(
        self, *, exercise_id: str = "", routine_id: str = "", since: date | None = None
    ) -> tuple[HoldPoint, ...]:
        """Give the holds of one exercise, or else of one routine, session by session, the oldest first.

        Sessions in which none of them was begun are left out.
        """
        from chain_timer.history.telling import holds_in

        with self._database.reading() as connection:
            return tuple(holds_in(connection, exercise_id, routine_id, since))

    def exercises(self) -> tuple[PastExercise, ...]:
        """Give every exercise that was ever held, as it was the last time, by name."""
        from chain_timer.history.telling import exercises_in

        with self._database.reading() as connection:
            return tuple(exercises_in(connection))

    # --- plans ----------------------------------------------------------------------------------------

    def plans(self) -> tuple[HoldPlan, ...]:
        """Give every plan, also those that have ended; the oldest first."""
        from chain_timer.history.reading import plans_in

        with self._database.reading() as connection:
            return tuple(plans_in(connection))

    def set_plan(self, plan: HoldPlan) -> None:
        """Keep a plan, in place of the one of its id if there is one."""
        from chain_timer.history.refusals import refused
        from chain_timer.history.writing import put_plan

        with self._database.writing() as connection, refused("This plan cannot be kept"):
            put_plan(connection, plan)

    def end_plan(self, plan_id: str) -> None:
        """End a plan today; one that has ended already, or is not there, stays as it is."""
        from chain_timer.history.refusals import refused
        from chain_timer.history.writing import end_plan

        with self._database.writing() as connection, refused("This plan cannot be ended"):
            end_plan(connection, plan_id, self._now())

    # --- as a whole -----------------------------------------------------------------------------------

    def merge(self, other: Path) -> Merged:
        """Take in the history of another machine, session by session; what was removed on either stays so.

        The file is left as it is. One that is damaged, or not ours, is refused as a whole.
        """
        from chain_timer.history.merging import Merge, borrowed

        with borrowed(other, self._database.path) as theirs, self._database.writing() as own:
            return Merge(own, theirs, other).done()

    def write_copy(self, to: Path) -> None:
        """Write the whole history as one good file, all or nothing."""
        from chain_timer.history.database import copy_to

        with self._database.whole() as connection:
            copy_to(connection, to)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


class Opener:
    """Opens the history of a folder as often as it is wanted, and puts it in order once a day alone."""

    def __init__(
        self,
        folder: Path,
        now: Callable[[], Moment],
        tell: Callable[[tuple[Problem, ...]], None] | None = None,
    ) -> None:
        """``tell`` takes what was wrong, in the thread of whoever opened it, and nobody else is told."""
        self.folder = folder
        self._now = now
        self._tell = tell
        self._lock = Lock()
        self._in_order: date | None = None
        """The day on which it was last put in order."""

    @property
    def is_due(self) -> bool:
        """Whether the next opening puts it in order: it was not yet, or another day has begun."""
        return self._in_order != self._now().day

    def __call__(self) -> tuple[History, tuple[Problem, ...]]:
        """Open it, as :func:`open_history` does. Raises HistoryError."""
        from chain_timer.history.database import Database, database_in

        with self._lock:  # whoever comes second, from another thread, finds it in order
            if self.is_due:
                history, problems = open_history(self.folder, self._now)
                self._in_order = self._now().day
                if problems and self._tell is not None:
                    self._tell(problems)
                return history, problems if self._tell is None else ()
        return History(Database(database_in(self.folder)), self._now), ()


def open_history(folder: Path, now: Callable[[], Moment]) -> tuple[History, tuple[Problem, ...]]:
    """Open the history of a folder: checked, brought up to this version, copied once a day, or mended.

    The problems tell what was mended, and what could not be copied. Without a file there nothing is made
    before something is to be kept. Raises HistoryError where nothing can be opened: the disk refuses, or a
    newer Chain Timer has made it.
    """
    from chain_timer.history.database import Database, database_in
    from chain_timer.history.opening import put_in_order

    problems = put_in_order(folder, now)
    return History(Database(database_in(folder)), now), problems
