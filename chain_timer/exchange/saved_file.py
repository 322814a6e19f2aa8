"""A file that a person saves where they like: whole or not at all, and no folder is made for it unasked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from chain_timer.problems import ChainTimerError
from chain_timer.routine.own_files import disk_told
from chain_timer.routine.toml_file import source_text
from chain_timer.system.files import file_made_whole


@contextmanager
def saved_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write and seek in, which takes its place when all went well.

    Otherwise nothing of it stays, and what was there is as it was. Raises ChainTimerError.
    """
    check_folder(path)
    with disk_told(path.name, path.parent, "is not saved"), file_made_whole(path) as file:
        yield file


def check_folder(path: Path) -> None:
    """Refuse a path whose folder is gone, as that of a stick pulled out. Raises ChainTimerError."""
    if not path.parent.is_dir():
        where = source_text(path.parent)
        raise ChainTimerError(f"There is no folder {where}; make it first, or save it elsewhere")
