"""Files of a person's own out of a backup: added, found to be here already, or kept beside what differs."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from chain_timer.exchange.backup_layout import (
    DRAFTS,
    FOLDERS,
    LARGEST_OWN,
    SETTINGS,
    Sort,
    folded,
    folder_here,
    is_usable,
    sort_of,
)
from chain_timer.exchange.renaming import beside_title, with_pictures, with_title
from chain_timer.exchange.zip_entry import RefusedError
from chain_timer.problems import quoted
from chain_timer.routine.file_names import file_stem
from chain_timer.routine.own import EXERCISES, ROUTINES
from chain_timer.routine.own_files import NotSavedError, disk_told
from chain_timer.system.files import PREVIOUS_SUFFIX, folder_locked, read_bytes_bounded, write_bytes_atomic
from chain_timer.system.folders import Folders

_MOST_TRIES = 10
_LONGEST_DRAFT = 64
_BESIDE = "from-backup"


class Fate(StrEnum):
    """What becomes of a file of a backup."""

    ADDED = "added"
    SAME = "same"
    """It is here already, just so; or was kept beside before."""
    BESIDE = "kept beside"
    """Another file has its name; both stay."""
    REPLACED = "replaced"
    """It takes the place of the one that is here, which stays with ``.bak``."""
    LEFT = "left"
    """Settings that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of a backup."""

    replace: bool = False
    """Where a file differs, the backup's takes its place."""
    settings: bool = False
    """The settings of the backup count, although there are some here."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one file."""

    sort: Sort
    name: str
    """In the backup, without its folder."""
    fate: Fate
    to: str = ""
    """What it is called here, where that is another name."""


class _TakenError(Exception):
    """Somebody else just wrote a file of this name."""


class FileMerge:
    """Brings the files of a backup into the folders of a person, one after the other.

    With ``dry`` nothing is written, and what comes later is told as if it had been. Pictures come first:
    exercises may have to name another one.
    """

    def __init__(self, folders: Folders, wish: Wish, *, dry: bool) -> None:
        self._wish = wish
        self._dry = dry
        self._shelves = {name: _Shelf(folder_here(name, folders)) for name in FOLDERS}
        self._pictures: dict[str, dict[str, str]] = {EXERCISES: {}, ROUTINES: {}}
        """The names that pictures got which could not keep theirs, by folder."""

    def take(self, name: str, data: bytes) -> Change:
        """Take one file. Raises RefusedError for what is none of ours, NotSavedError if the disk refuses."""
        sort = sort_of(name)
        if sort is None or sort is Sort.HISTORY:
            raise RefusedError("it is no file of a person's own")
        folder, _, file = name.rpartition("/")
        shelf = self._shelves[folder]
        for _ in range(_MOST_TRIES):
            with suppress(_TakenError):
                return self._taken(sort, shelf, folder, file, data)
            shelf.look_again()
        raise NotSavedError(f"{quoted(file)} is not saved: something else writes there; try again")

    def _taken(self, sort: Sort, shelf: "_Shelf", folder: str, file: str, data: bytes) -> Change:
        wanted = self._rewired(sort, folder, data)
        if not is_usable(file):
            return self._renamed(sort, shelf, file, wanted)
        here = shelf.named(file)
        if here is None:
            self._write(shelf, file, wanted)
            return Change(sort, file, Fate.ADDED)
        if shelf.digest(here) in {_digest(data), _digest(wanted)}:
            return Change(sort, file, Fate.SAME, here if here != file else "")
        if sort is Sort.SETTINGS and not (self._wish.settings or self._wish.replace):
            return Change(sort, file, Fate.LEFT)
        if sort is Sort.SETTINGS or self._wish.replace:
            self._write_over(shelf, here, wanted)
            return Change(sort, file, Fate.REPLACED, here if here != file else "")
        return self._beside(sort, shelf, folder, file, wanted)

    def _beside(self, sort: Sort, shelf: "_Shelf", folder: str, file: str, data: bytes) -> Change:
        renamed = with_title(data) if sort in {Sort.EXERCISE, Sort.ROUTINE} else data
        stem, suffix = Path(file).stem, Path(file).suffix
        to, fate = shelf.with_content(renamed, suffix), Fate.SAME
        if to is None:
            to, fate = self._free(sort, shelf, beside_title(stem), suffix), Fate.BESIDE
            self._write(shelf, to, renamed)
        if sort is Sort.PICTURE:
            self._pictures[folder][file] = to
        return Change(sort, file, fate, to)

    def _renamed(self, sort: Sort, shelf: "_Shelf", file: str, data: bytes) -> Change:
        """Take a file that cannot be called so on this computer."""
        stem, suffix = Path(file).stem, Path(file).suffix
        to, fate = shelf.with_content(data, suffix), Fate.SAME
        if to is None:
            to, fate = self._free(sort, shelf, stem, suffix), Fate.ADDED
            self._write(shelf, to, data)
        return Change(sort, file, fate, to)

    def _rewired(self, sort: Sort, folder: str, data: bytes) -> bytes:
        """Have a file name its own pictures, and not those of others that were here before."""
        if sort not in {Sort.EXERCISE, Sort.ROUTINE}:
            return data
        # A routine's exercises have their pictures beside it, or among a person's exercises.
        return with_pictures(data, {**self._pictures[EXERCISES], **self._pictures[folder]})

    def _free(self, sort: Sort, shelf: "_Shelf", title: str, suffix: str) -> str:
        if sort is not Sort.DRAFT:
            return f"{file_stem(title, shelf.stems)}{suffix}"
        number, start = 1, title.partition(" ")[0][: _LONGEST_DRAFT - len(_BESIDE) - 6]
        while f"{start}-{_BESIDE}{number}" in shelf.stems:
            number += 1
        return f"{start}-{_BESIDE}{number}{suffix}"

    # --- the disk ------------------------------------------------------------------------------------

    def _write(self, shelf: "_Shelf", file: str, data: bytes) -> None:
        path = shelf.folder / file
        if not self._dry:
            with disk_told(file, shelf.folder, "is not saved"), folder_locked(shelf.folder):
                if os.path.lexists(path):
                    raise _TakenError
                write_bytes_atomic(path, data)
        shelf.note(file, data)

    def _write_over(self, shelf: "_Shelf", file: str, data: bytes) -> None:
        path = shelf.folder / file
        if not self._dry:
            with disk_told(file, shelf.folder, "is not saved"), folder_locked(shelf.folder):
                _keep_previous(path)
                write_bytes_atomic(path, data)
        shelf.note(file, data)


class _Shelf:
    """The files of one folder as they are, or would be: by name, by name whatever its case, by content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._noted: dict[str, tuple[int, str]] = {}
        self.look_again()

    def look_again(self) -> None:
        """Forget what was found on disk; what was noted stays."""
        self._sizes: dict[str, int] = {}
        self._digests: dict[str, str] = {}
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                self._sizes[entry.name] = _size(entry)
        self._by_folded: dict[str, str] = {}
        self._by_size: dict[int, list[str]] = {}
        for file, size in self._sizes.items():
            self._by_folded.setdefault(folded(file), file)
            self._by_size.setdefault(size, []).append(file)
        for file, (size, digest) in self._noted.items():
            self._put(file, size, digest)

    @property
    def stems(self) -> set[str]:
        return {Path(file).stem for file in self._sizes}

    def named(self, file: str) -> str | None:
        """Give the file of this name: exactly, or else but for its case."""
        return file if file in self._sizes else self._by_folded.get(folded(file))

    def digest(self, file: str) -> str:
        """Say what the bytes of a file are known by; what cannot be read is like no other file."""
        if file not in self._digests:
            try:
                self._digests[file] = _digest(read_bytes_bounded(self.folder / file, LARGEST_OWN))
            except (OSError, ValueError):
                self._digests[file] = ""
        return self._digests[file]

    def with_content(self, data: bytes, suffix: str) -> str | None:
        """Give a file of these very bytes and this ending."""
        digest = _digest(data)
        same = (file for file in self._by_size.get(len(data), ()) if file.endswith(suffix))
        return next((file for file in same if self.digest(file) == digest), None)

    def note(self, file: str, data: bytes) -> None:
        """Take note of what was, or would be, written."""
        self._noted[file] = (len(data), _digest(data))
        self._put(file, *self._noted[file])

    def _put(self, file: str, size: int, digest: str) -> None:
        self._sizes[file], self._digests[file] = size, digest
        self._by_folded.setdefault(folded(file), file)
        self._by_size.setdefault(size, []).append(file)


def in_order(names: Iterator[str]) -> list[str]:
    """Put files into the order they are restored in: pictures, exercises, routines, drafts, settings."""
    ranks = {name: rank for rank, name in enumerate((EXERCISES, ROUTINES, DRAFTS, SETTINGS))}

    def rank(name: str) -> tuple[bool, int, str]:
        return sort_of(name) is not Sort.PICTURE, ranks.get(name.partition("/")[0], len(ranks)), name

    return sorted(names, key=rank)


def _keep_previous(path: Path) -> None:
    """Keep a file beside itself before another takes its place, unless it is kept there already."""
    data = read_bytes_bounded(path, LARGEST_OWN)
    number, kept = 1, path.with_name(f"{path.name}{PREVIOUS_SUFFIX}")
    while os.path.lexists(kept):
        with suppress(OSError, ValueError):
            if read_bytes_bounded(kept, LARGEST_OWN) == data:
                return
        number += 1
        kept = path.with_name(f"{path.name}{PREVIOUS_SUFFIX}-{number}")
    write_bytes_atomic(kept, data)


def _size(entry: "os.DirEntry[str]") -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return -1


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
