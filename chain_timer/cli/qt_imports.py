"""Qt's first import, without what it does to every import after it."""

import builtins


def import_qt() -> None:
    """Import Qt and leave Python's own import in its place. Raises ImportError where Qt is not to be had.

    PySide puts a function of its own there, for ``from __feature__ import``, which nothing here uses. It
    reads the source of each module that comes after, and ``linecache`` keeps that: 5 MiB and 40 ms by the
    time a session runs.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401, PLC0415 - the import is what this is about

    builtins.__import__ = own
