"""What is done when the history is opened: it is checked, mended, brought up to this version, and copied."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from chain_timer.history.checking import what_is_wrong
from chain_timer.history.copies import copies_in, has_copy, keep_copy
from chain_timer.history.database import (
    DOUBTED,
    NAME,
    beside,
    connect,
    connect_known,
    database_in,
    fill,
    put_aside,
)
from chain_timer.history.errors import HistoryError
from chain_timer.history.merging import save_what_reads
from chain_timer.history.refusals import told
from chain_timer.history.schema import bring_up
from chain_timer.problems import Problem
from chain_timer.routine.toml_file import source_text
from chain_timer.system.files import folder_locked, place_made_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from chain_timer.session.clock import Moment


def put_in_order(folder: Path, now: Callable[[], Moment]) -> tuple[Problem, ...]:
    """See that the history of a folder, if there is one, can be used. Raises HistoryError when it cannot."""
    path = database_in(folder)
    with told(path, "cannot be opened"):
        if not folder.is_dir():
            if os.path.lexists(folder):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            return ()
        if (folder / NAME).is_symlink() and not path.exists():
            raise HistoryError(
                f"The history {source_text(folder / NAME)} leads to {source_text(path)}, which is not there; "
                "bring its disk back, or remove the link"
            )
        with folder_locked(folder):  # two windows that start at once shall not both mend it
            return _put_in_order(folder, path, now().day)


def _put_in_order(folder: Path, path: Path, today: date) -> tuple[Problem, ...]:
    problems: tuple[Problem, ...] = ()
    to_copy, doubted = not has_copy(folder, today), beside(path, DOUBTED)
    what = what_is_wrong(path, thoroughly=to_copy or doubted.exists())
    if not os.path.lexists(path) and copies_in(folder):
        what = "it was gone"
    if what:
        problems = (_mended(folder, path, what),)
    with suppress(OSError):
        doubted.unlink(missing_ok=True)
    if not path.exists():
        return problems
    connect_known(path).close()
    return (*problems, *(keep_copy(path, folder, today) if to_copy else ()))


def _mended(folder: Path, path: Path, what: str) -> Problem:
    """Put the newest good copy in the place of a damaged history, with what still reads of that."""
    with place_made_whole(path) as place:
        day = _newest_good_copy(folder, place)
        if day is None:
            fill(place)
        with closing(connect(place)) as connection:
            bring_up(connection)
        saved = save_what_reads(path, place)
        aside = put_aside(path)
    if day is None:
        told = "there was no good copy, and a new one is begun"
    else:
        told = f"the copy of {day.day} {day:%B %Y} is in its place"
    if saved:
        count = "one session" if saved == 1 else f"{saved:,} sessions"
        told = f"{told}, with {count} saved from the damaged file"
    remedy = f"the damaged file is kept as {aside.name}" if aside else ""
    return Problem(source_text(path), f"the history could not be used ({what}); {told}", remedy)


def _newest_good_copy(folder: Path, place: Path) -> date | None:
    for day, copy in copies_in(folder):
        try:
            if what_is_wrong(copy, thoroughly=True):
                continue
        except (HistoryError, OSError, sqlite3.Error):
            continue
        with closing(connect(copy)) as connection:
            connection.execute("VACUUM INTO ?", (str(place),))
        return day
    return None
