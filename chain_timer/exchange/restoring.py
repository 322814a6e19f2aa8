"""A backup brought back: looked at first, then joined with what is here, so that nothing is lost.

Every file is written whole or not at all, and what is here already is left alone. So it may be broken off at
any moment, and done again: the second time does what the first one left.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_timer.exchange.backup_layout import HISTORY, Sort, sort_of
from chain_timer.exchange.backup_reader import About, Stored, stored_in, whole
from chain_timer.exchange.parcel import CanceledError, Progress, no_progress
from chain_timer.exchange.restoring_files import Change, Fate, FileMerge, Wish, in_order
from chain_timer.exchange.restoring_history import Histories, history_names, merge_history
from chain_timer.exchange.restoring_settings import (
    IN_BACKUP,
    SettingChange,
    checked_settings,
    setting_changes,
)
from chain_timer.exchange.workroom import workroom
from chain_timer.exchange.zip_entry import RefusedError, label
from chain_timer.problems import ChainTimerError, Problem
from chain_timer.routine.own_files import disk_told
from chain_timer.system.settings_store import SETTINGS_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from chain_timer.history.history import History
    from chain_timer.history.kept import Merged
    from chain_timer.session.clock import Moment
    from chain_timer.system.folders import Folders

_LEFT_OUT = "it was left out"


@dataclass(frozen=True, slots=True)
class Desk:
    """The folders of a person, and what is needed to write in them."""

    folders: Folders
    opened: Callable[[Path], History]
    """Opens the history of a folder, be there one or not. Raises HistoryError."""
    now: Callable[[], Moment]

    @property
    def histories(self) -> Histories:
        return Histories(self.folders.history, self.opened)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of everything in a backup; nothing is written yet."""

    about: About
    changes: tuple[Change, ...] = ()
    """Of every file, in the order they are taken."""
    sessions: Merged | None = None
    """None where there is no history in it, or none that can be read."""
    settings: tuple[SettingChange, ...] = ()
    """The settings that differ, whether they are taken or not."""
    refused: tuple[Problem, ...] = ()
    """What cannot be taken, each by its name in the backup, and why."""

    def having(self, *fates: Fate, sort: Sort | None = None) -> tuple[Change, ...]:
        """Give the changes of these fates, of all files or of one sort."""
        return tuple(each for each in self.changes if each.fate in fates and sort in {None, each.sort})

    @property
    def takes_settings(self) -> bool:
        """Whether the settings of the backup count, or would."""
        taken = self.having(Fate.ADDED, Fate.REPLACED, sort=Sort.SETTINGS)
        return any(each.name == SETTINGS_NAME for each in taken)

    @property
    def changes_nothing(self) -> bool:
        """Whether everything is here already."""
        sessions = self.sessions
        joined = sessions is not None and bool(sessions.added or sessions.removed or sessions.updated)
        return not joined and not self.having(Fate.ADDED, Fate.BESIDE, Fate.REPLACED)


@dataclass(frozen=True, slots=True)
class Report(Plan):
    """What became of everything in a backup."""

    canceled: bool = False
    """A person had enough before its end; what was done until then stays."""


def plan(path: Path, desk: Desk, wish: Wish | None = None, progress: Progress = no_progress) -> Plan:
    """Look at a backup, a data folder or a history, and tell what restoring it would do. Writes nothing here.

    Blocks on the disk. Raises FileProblemsError for what is none of them, and what ``progress`` raises.
    """
    with stored_in(path) as stored:
        restoring = _Restoring(stored, desk, wish or Wish(), progress, dry=True)
        restoring.run()
        return restoring.plan()


def restore(path: Path, desk: Desk, wish: Wish | None = None, progress: Progress = no_progress) -> Report:
    """Join a backup, a data folder or a history with what is here, and tell what was done.

    Blocks on the disk. What cannot be written is told in the report; the rest is done. Raises
    FileProblemsError for what is none of them. Once ``progress`` has raised CanceledError nothing more is
    done, and the report says so; anything else it raises goes through.
    """
    canceled = False
    with stored_in(path) as stored:
        restoring = _Restoring(stored, desk, wish or Wish(), progress, dry=False)
        try:
            restoring.run()
        except CanceledError:
            canceled = True
        found = restoring.plan()
    return Report(found.about, found.changes, found.sessions, found.settings, found.refused, canceled)


class _Restoring:
    """One backup on its way in: written, or with ``dry`` only looked at."""

    def __init__(self, stored: Stored, desk: Desk, wish: Wish, progress: Progress, *, dry: bool) -> None:
        self._stored = stored
        self._desk = desk
        self._progress = progress
        self._dry = dry
        self._files = FileMerge(desk.folders, wish, dry=dry)
        self._changes: list[Change] = []
        self._sessions: Merged | None = None
        self._settings: tuple[SettingChange, ...] = ()
        self._refused: list[Problem] = []
        # The history counts twice: once it is unpacked, joining it takes as long again, and longer.
        self._whole = sum(map(stored.size, (*stored.names, *history_names(stored.names))))
        self._done = 0

    def run(self) -> None:
        """Take one file after the other, and the history last: it takes longest."""
        for name in in_order(name for name in self._stored.names if sort_of(name) is not Sort.HISTORY):
            self._tell(0)
            with self._refusals(name):
                self._take(name)
            self._done += self._stored.size(name)
        with self._refusals(HISTORY):
            self._join_history()
        self._progress(self._whole, self._whole)

    def plan(self) -> Plan:
        refused = (*self._stored.problems, *self._refused)
        return Plan(self._stored.about, tuple(self._changes), self._sessions, self._settings, refused)

    def _take(self, name: str) -> None:
        data = whole(self._stored, name)
        if sort_of(name) is Sort.SETTINGS:
            checked_settings(data)
        if name == IN_BACKUP:
            self._settings = setting_changes(self._desk.folders.settings, data)
        self._changes.append(self._files.take(name, data))

    def _join_history(self) -> None:
        if not history_names(self._stored.names):
            return
        cache, now_ms = self._desk.folders.cache, self._desk.now().ms
        with disk_told(HISTORY, cache, "cannot be unpacked"), workroom(cache, now_ms) as room:
            self._sessions = merge_history(
                self._stored, self._desk.histories, room, lambda done, _: self._tell(done), dry=self._dry
            )

    def _tell(self, done: int) -> None:
        self._progress(min(self._done + done, self._whole), self._whole)

    @contextmanager
    def _refusals(self, name: str) -> Iterator[None]:
        """Go on with the others when one cannot be taken, and tell it."""
        try:
            yield
        except RefusedError as error:
            self._refused.append(Problem(label(name), str(error), _LEFT_OUT))
        except ChainTimerError as error:
            self._refused.append(Problem(label(name), str(error)))
