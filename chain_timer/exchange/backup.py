"""A backup written: routines, exercises, drafts, settings and history as one file, whole or not at all.

Nothing that it adds names a folder of this computer. What can be had again is not in it: caches, clips, logs,
kept versions; nor is a session that runs, which is written down when it ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from chain_timer import __version__
from chain_timer.exchange.backup_layout import (
    FOLDERS,
    FORMAT,
    HISTORY,
    LARGEST_OWN,
    MANIFEST,
    MOST_FILES,
    SUFFIX,
    VERSION,
    Sort,
    folder_here,
    is_usable,
    sort_of,
)
from chain_timer.exchange.parcel import Progress, no_progress
from chain_timer.exchange.saved_file import check_folder
from chain_timer.exchange.workroom import workroom
from chain_timer.problems import ChainTimerError, Problem, plain
from chain_timer.routine.own_files import disk_told
from chain_timer.system.files import file_made_whole, read_bytes_bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from chain_timer.exchange.restoring import Desk
    from chain_timer.session.clock import Moment

_UNIX = 3
_MODE = 0o100644 << 16
_PART = 256 * 1024
_YEARS = (1980, 2107)
"""Those that a zip can tell."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds that was just written."""

    path: Path
    size: int
    """Bytes."""
    counts: Mapping[Sort, int]
    """Files of each sort."""
    sessions: int
    problems: tuple[Problem, ...] = ()
    """What could not be put into it."""


def backup_name(day: date) -> str:
    """Give the usual name of a backup: one for each day."""
    return f"chain-timer-backup-{day:%Y-%m-%d}{SUFFIX}"


def write_backup(path: Path, desk: Desk, progress: Progress = no_progress) -> Backup:
    """Write everything a person has into one file, in place of one that is there.

    Blocks on the disk. What cannot be read is told, and all else is in it. Raises NotSavedError, and what
    ``progress`` raises; then nothing of it stays.
    """
    check_folder(path)
    made = desk.now()
    with disk_told(path.name, path.parent, "is not saved"), workroom(desk.folders.cache, made.ms) as room:
        gathered = _Gathered(desk, room)
        with file_made_whole(path) as file:
            writing = _Writing(file, made, gathered, progress)
            writing.write()
            size = file.seek(0, os.SEEK_END)
        return Backup(path, size, writing.counts, gathered.sessions, tuple(gathered.problems))


class _Gathered:
    """What goes into a backup, by its name there; the history as a copy that nobody writes to."""

    def __init__(self, desk: Desk, room: Path) -> None:
        self.problems: list[Problem] = []
        self.sessions = 0
        self.files = {name: path for folder in FOLDERS for name, path in self._in(folder, desk)}
        self.history = self._history(desk, room / HISTORY)

    def _in(self, folder: str, desk: Desk) -> Iterator[tuple[str, Path]]:
        here = folder_here(folder, desk.folders)
        try:
            files = sorted(path.name for path in here.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            self.problems.append(Problem(folder, f"it cannot be read: {reason}", "check its permissions"))
            return
        ours = [file for file in files if sort_of(f"{folder}/{file}") is not None]
        if len(ours) > MOST_FILES // 3:
            what = f"it holds more than {MOST_FILES // 3:,} files, and the others are not in the backup"
            self.problems.append(Problem(folder, what, "move some of them away"))
        for file in ours[: MOST_FILES // 3]:
            if "\\" not in file and is_usable(file, windows=False):
                yield f"{folder}/{file}", here / file
                continue
            problem = Problem(plain(f"{folder}/{file}"), "no archive can name it so", "rename it")
            self.problems.append(problem)

    def _history(self, desk: Desk, copy: Path) -> Path | None:
        if not desk.histories.is_there:
            return None
        try:
            with closing(desk.opened(desk.folders.history)) as history:
                history.write_copy(copy)
                self.sessions = sum(day.sessions for day in history.days())
        except ChainTimerError as error:
            self.problems.append(Problem("", f"The history is not in the backup: {error}"))
            return None
        return copy


class _Writing:
    """One backup on its way into its file."""

    def __init__(self, file: BinaryIO, made: Moment, gathered: _Gathered, progress: Progress) -> None:
        self.counts: dict[Sort, int] = dict.fromkeys(Sort, 0)
        self._made = made
        self._gathered = gathered
        self._told = progress
        self._file = file
        self._listed: dict[str, dict[str, object]] = {}
        copy = gathered.history
        history = copy.stat().st_size if copy else 0
        self._whole = history + sum(map(_size, gathered.files.values()))
        self._done = 0

    def write(self) -> None:
        """Write all of it; the list of what is in it comes last, when everything was read."""
        with zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in self._gathered.files.items():
                self._progress()
                self._add(archive, name, path)
            if self._gathered.history is not None:
                self._add_history(archive, self._gathered.history)
            archive.writestr(self._info(MANIFEST), self._manifest())
        self._told(self._whole, self._whole)

    def _add(self, archive: zipfile.ZipFile, name: str, path: Path) -> None:
        try:
            data = read_bytes_bounded(path, LARGEST_OWN)
        except FileNotFoundError:
            return  # it was deleted just now
        except (OSError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) else str(error)
            reason = (said or "unknown error").lower()
            problem = Problem(plain(name), f"it cannot be read: {reason}", "it is not in the backup")
            self._gathered.problems.append(problem)
            return
        archive.writestr(self._info(name), data)
        self._list(name, len(data), hashlib.sha256(data).hexdigest())

    def _add_history(self, archive: zipfile.ZipFile, copy: Path) -> None:
        """Add the history, which is large, bit by bit."""
        size, digest = copy.stat().st_size, hashlib.sha256()
        entry_in = archive.open  # no file of its own: the archive is made whole, with all that is in it
        with entry_in(self._info(HISTORY), "w", force_zip64=True) as into, copy.open("rb") as file:
            while part := file.read(_PART):
                digest.update(part)
                into.write(part)
                self._done += len(part)
                self._progress()
        self._list(HISTORY, size, digest.hexdigest())

    def _list(self, name: str, size: int, digest: str) -> None:
        self._listed[name] = {"bytes": size, "sha256": digest}
        self._done += 0 if name == HISTORY else size
        sort = sort_of(name)
        if sort is not None:
            self.counts[sort] += 1

    def _progress(self) -> None:
        self._told(min(self._done, self._whole), self._whole)

    def _info(self, name: str) -> zipfile.ZipInfo:
        local = self._made.local
        year = min(max(local.year, _YEARS[0]), _YEARS[1])
        info = zipfile.ZipInfo(name, (year, local.month, local.day, local.hour, local.minute, local.second))
        info.create_system, info.external_attr = _UNIX, _MODE
        # Pictures are packed already.
        is_packed = sort_of(name) is Sort.PICTURE
        info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        return info

    def _manifest(self) -> bytes:
        counts = {f"{sort}s": self.counts[sort] for sort in Sort if sort not in {Sort.SETTINGS, Sort.HISTORY}}
        values = {
            "format": FORMAT,
            "version": VERSION,
            "made": self._made.local.isoformat(timespec="seconds"),
            "program": __version__,
            "counts": {**counts, "sessions": self._gathered.sessions},
            "files": self._listed,
        }
        return json.dumps(values, ensure_ascii=False, indent=1).encode()


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0
