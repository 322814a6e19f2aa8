"""Two histories made one: what another machine knows, or what can still be read of a damaged file."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from chain_timer.history.checking import what_is_wrong
from chain_timer.history.database import NAME, beside, connect, database_in, identity_of, in_memory
from chain_timer.history.errors import HistoryError
from chain_timer.history.kept import Merged
from chain_timer.history.reading import PLANS, Reader, batches, plans_in
from chain_timer.history.refusals import told
from chain_timer.history.rows import changed_of, plan_of, session_id, whole
from chain_timer.history.schema import bring_up, shape_of, version_of
from chain_timer.history.writing import Writer, mark, put_plan, set_feeling, take_out
from chain_timer.problems import plain
from chain_timer.routine.toml_file import source_text
from chain_timer.system.files import file_made_whole
from chain_timer.units import clock_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chain_timer.history.plan import HoldPlan
    from chain_timer.session.record import SessionRecord

T = TypeVar("T")

LARGEST_FILE = 1024 * 1024 * 1024
"""Bytes; 20 years take 70 MB."""

_GET_ANOTHER = "get a good copy of it"
_MOST_PROBLEMS = 20
_CHUNK = 1024 * 1024
_FACTS = (
    "started_ms, offset_min, ended_ms, ending, planned_ms, planned_work_ms, played_ms, paused_ms, work_ms"
)
_FELT = "changed_ms, feeling, note"
_COMPARED = f"SELECT {_FACTS}, {_FELT} FROM sessions WHERE uid = ?"  # noqa: S608 - our own
_SCANNED = f"SELECT key, uid, {_FACTS}, {_FELT} FROM sessions ORDER BY key"  # noqa: S608 - our own
_FACT_COUNT = _FACTS.count(",") + 1


@contextmanager
def borrowed(other: Path, own: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to a copy of another machine's history, checked and brought up to this version.

    Raises HistoryError for what is damaged, too large, or no history.
    """
    path = database_in(other) if other.is_dir() else Path(os.path.realpath(other))
    with told(path, "cannot be merged", _GET_ANOTHER), TemporaryDirectory(prefix="chain-timer-") as folder:
        if identity_of(path) == identity_of(own) is not None:
            raise ValueError("it is this history itself")
        copy = Path(folder, NAME)
        _copy_bounded(path, copy)
        if wrong := what_is_wrong(copy, thoroughly=True, name=path):
            raise ValueError(wrong)
        with closing(connect(copy)) as connection:
            with closing(in_memory(version_of(connection))) as example:
                if shape_of(example) != shape_of(connection):
                    raise ValueError("its tables are not those of a history")
            bring_up(connection)
            yield connection


def save_what_reads(damaged: Path, place: Path) -> int:
    """Add to a good history what can be read of a damaged one; give how many sessions that are.

    Raises OSError and sqlite3.Error only where the good one cannot be written.
    """
    if not damaged.is_file():
        return 0
    with TemporaryDirectory(prefix="chain-timer-") as folder:
        copy = Path(folder, NAME)
        try:
            _copy_bounded(damaged, copy)
            theirs = connect(copy)
        except (OSError, ValueError, sqlite3.Error):
            return 0
        with closing(theirs), closing(connect(place)) as own:
            own.execute("BEGIN IMMEDIATE")
            merged = Merge(own, theirs, damaged, lenient=True).done()
            own.execute("COMMIT")
            return merged.added + merged.updated


class Merge:
    """One merge, within one transaction of our own history; of theirs nothing is believed unseen.

    Lenient, it passes over what cannot be read; otherwise it refuses all, telling what.
    """

    def __init__(
        self, own: sqlite3.Connection, theirs: sqlite3.Connection, name: Path, *, lenient: bool = False
    ) -> None:
        self._own = own
        self._theirs = theirs
        self._name = name
        self._lenient = lenient
        self._reader = Reader(theirs)
        self._writer = Writer(own)
        self._problems: list[str] = []
        self._conflicts: list[str] = []
        self._added = self._known = self._removed = self._updated = 0

    def done(self) -> Merged:
        """Take in all of it. Raises HistoryError, and sqlite3.Error where our own cannot be written."""
        self._unite_marks()
        self._unite_sessions()
        self._unite_plans()
        if self._problems and not self._lenient:
            self._refuse()
        return Merged(self._added, self._known, self._removed, self._updated, tuple(self._conflicts))

    # --- removed sessions -----------------------------------------------------------------------------

    def _unite_marks(self) -> None:
        for row in self._rows("SELECT uid, is_removed, changed_ms FROM removals"):
            found = self._read("a removed session", partial(_mark_of, row))
            if found is not None:
                self._unite_mark(*found)

    def _unite_mark(self, uid: bytes, is_removed: int, changed_ms: int) -> None:
        query = "SELECT changed_ms, 1 - is_removed FROM removals WHERE uid = ?"
        ours = self._own.execute(query, (uid,)).fetchone()
        if ours is not None and ours >= (changed_ms, 1 - is_removed):  # of one moment, what loses nothing
            return
        mark(self._own, uid, is_removed=bool(is_removed), changed_ms=changed_ms)
        if is_removed and take_out(self._own, uid):
            self._removed += 1

    def _is_removed(self, uid: bytes) -> bool:
        query = "SELECT 1 FROM removals WHERE uid = ? AND is_removed"
        return self._own.execute(query, (uid,)).fetchone() is not None

    # --- sessions -------------------------------------------------------------------------------------

    def _unite_sessions(self) -> None:
        new: list[tuple[int, int]] = []
        for key, row in self._scanned().items():
            uid, facts, felt = row[0], row[1 : 1 + _FACT_COUNT], row[1 + _FACT_COUNT :]
            if not isinstance(uid, bytes) or self._is_removed(uid):
                self._known += 1
                continue
            ours = self._own.execute(_COMPARED, (uid,)).fetchone()
            if ours is None:
                new.append((facts[0] if isinstance(facts[0], int) else 0, key))
            elif ours[:_FACT_COUNT] != facts:
                self._settle(key, uid)
            elif ours[_FACT_COUNT:] != felt:
                self._unite_feeling(key, uid)
            else:
                self._known += 1
        self._add([key for _, key in sorted(new)])

    def _scanned(self) -> dict[int, tuple[Any, ...]]:
        """Give what is compared of each of their sessions; of a damaged table, what reads from either end."""
        found: dict[int, tuple[Any, ...]] = {}
        for order in ("ASC", "DESC") if self._lenient else ("ASC",):
            for key, *row in self._rows(f"{_SCANNED} {order}"):
                if not isinstance(key, int) or key in found:
                    break  # by a damaged table it might go round for ever
                found[key] = tuple(row)
        return found

    def _add(self, keys: Sequence[int]) -> None:
        for batch in batches(keys):
            for record in self._records(batch):
                self._writer.put(record)
                self._added += 1

    def _records(self, keys: Sequence[int]) -> Iterator[SessionRecord]:
        """Read some at once, or where one of them cannot be read, each by itself."""
        try:
            yield from list(self._reader.by_keys(keys, check=True))
        except (ValueError, sqlite3.Error):
            yield from (record for key in keys if (record := self._record(key)) is not None)

    def _record(self, key: int) -> SessionRecord | None:
        return self._read(f"session {key}", lambda: next(iter(self._reader.by_keys([key], check=True)), None))

    def _unite_feeling(self, key: int, uid: bytes) -> None:
        ours, theirs = Reader(self._own).by_id(uid), self._record(key)
        if ours is None or theirs is None:
            return
        if _felt(theirs) > _felt(ours):
            set_feeling(self._own, theirs.id, theirs.feeling, theirs.note, theirs.changed_ms)
            self._updated += 1
        else:
            self._known += 1

    def _settle(self, key: int, uid: bytes) -> None:
        """Of two ways a session is told, keep the longer one, with the feeling that was told last."""
        ours, theirs = Reader(self._own).by_id(uid), self._record(key)
        if ours is None or theirs is None:
            return
        self._conflicts.append(_conflict_text(ours, theirs))
        parts, felt = max(ours, theirs, key=_length), max(ours, theirs, key=_felt)
        united = replace(parts, feeling=felt.feeling, note=felt.note, changed_ms=felt.changed_ms)
        if united == ours:
            self._known += 1
        else:
            self._writer.put(united)
            self._updated += 1

    # --- plans ----------------------------------------------------------------------------------------

    def _unite_plans(self) -> None:
        ours = {plan.id: plan for plan in plans_in(self._own)}
        for row in self._rows(PLANS):
            theirs = self._read("a plan", partial(plan_of, row))
            if theirs is not None and (theirs.id not in ours or _told(theirs) > _told(ours[theirs.id])):
                put_plan(self._own, theirs)

    # --- reading theirs -------------------------------------------------------------------------------

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._theirs.execute(query)
        except sqlite3.Error as error:
            self._note(plain(str(error)))

    def _read(self, what: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except (ValueError, sqlite3.Error) as error:
            self._note(f"{what}: {plain(str(error))}")
            return None

    def _note(self, problem: str) -> None:
        self._problems.append(problem)
        if len(self._problems) >= _MOST_PROBLEMS and not self._lenient:
            self._refuse()

    def _refuse(self) -> None:
        told = "\n".join([f"it is damaged; {_GET_ANOTHER}", *self._problems])
        raise HistoryError(f"The history {source_text(self._name)} cannot be merged: {told}")


def _mark_of(row: tuple[Any, ...]) -> tuple[bytes, int, int]:
    uid, is_removed, changed_ms = row
    session_id(uid)
    return uid, whole(is_removed, 1, "whether it was removed"), changed_of(changed_ms)


def _felt(record: SessionRecord) -> tuple[int, bool, str]:
    return record.changed_ms, record.feeling is not None, record.note


def _length(record: SessionRecord) -> tuple[int, ...]:
    return record.played_ms, record.ended_ms, record.work_ms, len(record.parts)


def _told(plan: HoldPlan) -> tuple[int, bool]:
    return plan.changed_ms, plan.ended is not None


def _conflict_text(ours: SessionRecord, theirs: SessionRecord) -> str:
    here, there = (clock_text(each.played_ms) for each in (ours, theirs))
    name = plain(ours.routine_name)
    return f"{ours.started.local:%Y-%m-%d %H:%M}, {name}: {here} here and {there} there; the longer one stays"


def _copy_bounded(path: Path, to: Path) -> None:
    """Copy a database with what is written and not in it yet. Raises OSError and ValueError."""
    for suffix in ("", "-wal"):
        source = beside(path, suffix)
        if suffix and not source.exists():
            continue
        status = source.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("it is no ordinary file")
        if status.st_size > LARGEST_FILE:
            raise ValueError("it is larger than 1 GiB")
        with source.open("rb") as file, file_made_whole(beside(to, suffix)) as copy:
            for chunk in islice(iter(partial(file.read, _CHUNK), b""), LARGEST_FILE // _CHUNK + 1):
                copy.write(chunk)
