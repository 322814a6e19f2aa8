"""What lies in a person's folders, by its stamps: no file is opened to see whether it has changed."""

import os
from collections.abc import Container
from itertools import islice
from pathlib import Path

from chain_timer.problems import Problem
from chain_timer.routine.catalog import Stamp
from chain_timer.routine.file_names import is_stray
from chain_timer.routine.toml_file import source_text

MOST_FILES = 20_000
"""Of each kind in a folder; more are told, not read."""

_SUFFIX = ".toml"


def scan(folder: Path, problems: list[Problem], known: Container[str] = ()) -> dict[str, Stamp]:
    """Give the files of a folder with their stamps, in the order of their names; tells what is in the way.

    Names that are ``known`` to be of own files are not looked at again.
    """
    try:
        # Sorted after the bound: a folder with a million files costs no more than one with 20,000.
        with os.scandir(folder) as entries:
            ours = (entry for entry in entries if entry.name in known or is_own_name(entry.name))
            found = list(islice(ours, MOST_FILES + 1))
    except FileNotFoundError:
        return {}
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        problems.append(Problem(source_text(folder), f"it cannot be read: {reason}", "check its permissions"))
        return {}
    found.sort(key=lambda entry: entry.name)
    if len(found) > MOST_FILES:
        what = f"it holds more than {MOST_FILES:,} files, and the others are left out"
        problems.append(Problem(source_text(folder), what, "move some of them away"))
    stamps = ((entry.name, _stamp_of(entry)) for entry in found[:MOST_FILES])
    return {name: stamp for name, stamp in stamps if stamp is not None}


def stamp_of(path: Path) -> Stamp | None:
    """Give the stamp of a file; None when there is none by this name."""
    return _stamp_of(path) if is_own_name(path.name) else None


def is_own_name(name: str) -> bool:
    """Whether a file of this name would be one of a person's own, and no left-over of a program."""
    return name.endswith(_SUFFIX) and name != _SUFFIX and not is_stray(name)


def _stamp_of(entry: "os.DirEntry[str] | Path") -> Stamp | None:
    try:
        status = entry.stat()
    except (OSError, ValueError):
        try:
            # A link to nowhere: it is there, and reading it will tell what is wrong.
            status = entry.stat(follow_symlinks=False)
        except (OSError, ValueError):
            return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
