"""A display of one's own, in memory alone."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def private_screen() -> Iterator[str]:
    """Give the name of an empty display of 1280x800. Wants Xvfb."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],  # noqa: S607
        pass_fds=[theirs],
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        number = pipe.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)
