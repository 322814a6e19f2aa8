"""The copies of the history: one for each of the last days on which it was opened."""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from chain_timer.history.database import connect, copy_to
from chain_timer.history.refusals import words_for
from chain_timer.problems import Problem
from chain_timer.routine.toml_file import source_text

if TYPE_CHECKING:
    from pathlib import Path

MOST_COPIES = 7
FOLDER = "copies"
TEMPORARY = ".chain-timer-"
"""What the names of files that are being made begin with."""
_COPY = re.compile(r"history-(\d{4}-\d\d-\d\d)\.db", re.ASCII)


def copies_in(folder: Path) -> list[tuple[date, Path]]:
    """Give the copies in the folder of a history with their days, the newest first. Raises OSError."""
    found = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for path in (folder / FOLDER).iterdir():
            if match := _COPY.fullmatch(path.name):
                with suppress(ValueError):
                    found.append((date.fromisoformat(match[1]), path))
    return sorted(found, reverse=True)


def has_copy(folder: Path, day: date) -> bool:
    return any(each == day for each, _ in copies_in(folder))


def keep_copy(path: Path, folder: Path, day: date) -> tuple[Problem, ...]:
    """Keep a copy of a history that is known to be good as that of a day. Never raises: tells the problem."""
    try:
        connection = connect(path)
        try:
            copy_to(connection, folder / FOLDER / f"history-{day.isoformat()}.db")
        finally:
            connection.close()
        _thin_out(folder, day)
    except (OSError, sqlite3.Error) as error:
        what, remedy = words_for(error)
        told = f"today's copy of the history is not made: {what}"
        return (Problem(source_text(folder / FOLDER), told, remedy),)
    return ()


def _thin_out(folder: Path, day: date) -> None:
    """Remove copies until seven are left: those of days that are farthest from this one.

    By that a copy of a day to come, made when the clock was wrong, is the first to go. With them goes what a
    process left that was killed while it made one.
    """
    for left in (folder / FOLDER).glob(f"{TEMPORARY}*"):
        left.unlink(missing_ok=True)
    farthest = sorted(copies_in(folder), key=lambda copy: abs((copy[0] - day).days))
    for _, path in farthest[MOST_COPIES:]:
        path.unlink(missing_ok=True)
