"""The collector of garbage, sent to rest while very many values are made that are all in use."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Make thousands of values without having them looked through again and again: up to eight times slower.

    It also stops every thread of the program, the window's own for 60 to 100 ms each time.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
