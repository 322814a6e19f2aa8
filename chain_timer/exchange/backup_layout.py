"""What a backup holds, where it lies in it, and where it lies on this computer.

A backup is a zip archive that any archive program opens::

    manifest.json          what it is, how much there is of each, and the SHA-256 of every file
    routines/*.toml        as the person wrote them, with comments
    exercises/*.toml       with the pictures beside them
    drafts/*.json          what is being written in the editor
    settings/*.toml        the settings, and what was last chosen for each routine
    history.db             the history, as SQLite

A data folder has the same, but for ``history/history.db``; so has a data folder zipped by hand.
"""

import os
import re
import unicodedata
from enum import StrEnum
from pathlib import Path

from chain_timer.routine.exercise_reader import PICTURE_NAME
from chain_timer.routine.file_names import is_stray
from chain_timer.routine.own import EXERCISES, ROUTINES
from chain_timer.routine.scan import is_own_name
from chain_timer.system.folders import Folders

FORMAT = "chain-timer-backup"
VERSION = 1
MANIFEST = "manifest.json"
HISTORY = "history.db"
SUFFIX = ".zip"
DRAFTS, SETTINGS = "drafts", "settings"
FOLDERS = (EXERCISES, ROUTINES, DRAFTS, SETTINGS)
"""In the order they are restored: routines need their exercises."""
LARGEST_OWN = 16 * 1024 * 1024
"""Bytes of a file that is not the history; the largest picture the program shows."""
MOST_FILES = 65_000
"""Three times as many routines and exercises as the library takes, with pictures."""
_HISTORY_FOLDER = "history"
_HISTORIES = frozenset({HISTORY, f"{HISTORY}-wal"})
"""What SQLite has not put into the database yet lies beside it, and belongs to it."""
_NOT_OURS = frozenset({"cache", "logs", ".trash", _HISTORY_FOLDER})
_DRAFT = re.compile(r"[A-Za-z0-9-]{1,64}\.json")
_SETTINGS = re.compile(r"[a-z][a-z0-9-]{0,40}\.toml")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]|[. ]$')
_MOST_BYTES = 255
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)


class Sort(StrEnum):
    """What a file of a backup is."""

    EXERCISE = "exercise"
    ROUTINE = "routine"
    PICTURE = "picture"
    DRAFT = "draft"
    SETTINGS = "settings"
    HISTORY = "history"


def sort_of(name: str) -> Sort | None:
    """Tell what a file is by its place in a backup or a data folder; None for what is no part of one."""
    folder, _, file = name.rpartition("/")
    if folder in {"", _HISTORY_FOLDER} and file in _HISTORIES:
        return Sort.HISTORY
    if folder in {EXERCISES, ROUTINES}:
        if PICTURE_NAME.fullmatch(file) and not is_stray(file):
            return Sort.PICTURE
        own = Sort.EXERCISE if folder == EXERCISES else Sort.ROUTINE
        return own if is_own_name(file) else None
    if folder == DRAFTS and _DRAFT.fullmatch(file):
        return Sort.DRAFT
    return Sort.SETTINGS if folder == SETTINGS and _SETTINGS.fullmatch(file) else None


def is_left_over(name: str) -> bool:
    """Whether a file that is no part of a backup may well lie in a data folder: a cache, a kept version."""
    return name.split("/", 1)[0] in _NOT_OURS or is_stray(name.rpartition("/")[2])


def folder_here(name: str, folders: Folders) -> Path:
    """Give where the files of one of :data:`FOLDERS` lie on this computer."""
    here = {
        EXERCISES: folders.exercises,
        ROUTINES: folders.routines,
        DRAFTS: drafts_folder(folders),
        SETTINGS: folders.settings,
    }
    return here[name]


def drafts_folder(folders: Folders) -> Path:
    """Give where drafts lie: beside the routines."""
    return folders.routines.parent / DRAFTS


def folded(file: str) -> str:
    """Give a name as disks see it that know no difference of case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())


def is_usable(file: str, *, windows: bool = os.name == "nt") -> bool:
    """Whether a file may be called so here, and its name may be shown."""
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in file):
        return False
    if len(file.encode("utf-8", "replace")) > _MOST_BYTES:
        return False
    return not (windows and (_NOT_ON_WINDOWS.search(file) or _RESERVED.match(file)))
