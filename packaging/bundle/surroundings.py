"""Gives the bundle's process back the surroundings that the person's desktop had meant for it.

Run by PyInstaller before the program (Linux). To find its libraries a bundle changes the environment;
whatever the program starts then (a file manager, a browser) would load these libraries in place of its own,
and may die of it. The process itself needs the changes no more: the linker has read them by then. A process
of our own starts as the first one did.
"""

import os
from collections.abc import MutableMapping


def restore(environ: MutableMapping[str, str]) -> None:
    """Take out what the starter of the bundle put into an environment."""
    if "LD_LIBRARY_PATH_ORIG" in environ:
        environ["LD_LIBRARY_PATH"] = environ.pop("LD_LIBRARY_PATH_ORIG")
    else:
        environ.pop("LD_LIBRARY_PATH", None)
    for name in list(environ):
        # What one copy of the starter tells the next; without it the next one is the first.
        if name.startswith("_PYI_"):
            del environ[name]


restore(os.environ)
