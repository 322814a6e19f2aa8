"""Lets one program at a time work in a folder. Standard library only: it is there before all else."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def one_at_a_time(folder: Path, other: str) -> Iterator[None]:
    """Make the folder, and wait while another program works in it; ``other`` says what that one does.

    On Windows, and on a file system without locks, nothing is waited for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 -- not on Windows

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # To stderr: what the program itself prints may be on its way into another program.
            print(f"{other}; waiting for it …", file=sys.stderr, flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(descriptor)
