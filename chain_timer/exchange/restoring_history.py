"""The sessions of a backup, or of another machine, joined with those that are here: by id, none twice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_timer.exchange.backup_layout import HISTORY, Sort, sort_of
from chain_timer.routine.own_files import disk_told
from chain_timer.system.files import file_made_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chain_timer.exchange.backup_reader import Stored
    from chain_timer.exchange.parcel import Progress
    from chain_timer.history.history import History
    from chain_timer.history.kept import Merged


@dataclass(frozen=True, slots=True)
class Histories:
    """Where a person's history lies, and how one is opened."""

    folder: Path
    opened: Callable[[Path], History]
    """Opens the history of a folder, be there one or not. Raises HistoryError."""

    @property
    def is_there(self) -> bool:
        return (self.folder / HISTORY).is_file()


def history_names(names: Sequence[str]) -> tuple[str, ...]:
    """Give the files of the history: one database, and what SQLite has not put into it yet."""
    place = next((name.removesuffix(HISTORY) for name in names if name.rpartition("/")[2] == HISTORY), None)
    ours = (name for name in names if sort_of(name) is Sort.HISTORY)
    return (
        () if place is None else tuple(name for name in ours if name.rpartition("/")[0] == place.rstrip("/"))
    )


def merge_history(
    stored: Stored, histories: Histories, room: Path, progress: Progress, *, dry: bool
) -> Merged | None:
    """Join the history of a backup with a person's own; None where there is none in it.

    With ``dry`` it is joined with a copy: what comes of that is what would come of it. ``progress`` is told
    bytes. Raises HistoryError, NotSavedError, RefusedError, and what ``progress`` raises.
    """
    names = history_names(stored.names)
    if not names:
        return None
    theirs = room / "theirs"
    for name in names:
        _copy(stored, name, theirs / name.rpartition("/")[2], progress)
    ours = room / "ours" if dry else histories.folder
    if dry and histories.is_there:
        with closing(histories.opened(histories.folder)) as history:
            history.write_copy(ours / HISTORY)
    with closing(histories.opened(ours)) as history:
        return history.merge(theirs / HISTORY)


def _copy(stored: Stored, name: str, to: Path, progress: Progress) -> None:
    """Put a file of the history where SQLite can have it: what it does to it must not be done to a backup."""
    whole, done = stored.size(name), 0
    with disk_told(HISTORY, to.parent, "cannot be unpacked"), file_made_whole(to) as file:
        for part in stored.parts(name):
            progress(done, whole)
            file.write(part)
            done += len(part)
