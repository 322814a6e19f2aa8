"""Whether the program is opened here for the very first time; asked before the first paint, at no cost."""

import os
from collections.abc import Iterator
from pathlib import Path

from chain_timer.system.folders import Folders, can_be_made

_SETTINGS = ("settings.", "remembered.")
"""How the names of files of settings begin; also of one that was damaged and set aside."""


def is_first_start(folders: Folders) -> bool:
    """Whether nothing of a person is here yet, and what they choose can be kept.

    Where nothing can be kept, every start would be the first one.
    """
    return not _is_lived_in(folders) and can_be_made(folders.settings)


def _is_lived_in(folders: Folders) -> bool:
    """Whether there are settings, own files, drafts, or anything of a session."""
    drafts = folders.routines.parent / "drafts"
    own = (folders.history, folders.routines, folders.exercises, drafts)
    # Elsewhere than on Linux the settings share their folder with the others.
    return any(name.startswith(_SETTINGS) for name in _names(folders.settings)) or any(
        True for folder in own for _ in _names(folder)
    )


def _names(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            for entry in found:
                yield entry.name
    except FileNotFoundError:
        return
    except OSError:
        yield "something out of reach"  # somebody has been here, whoever may look at it
