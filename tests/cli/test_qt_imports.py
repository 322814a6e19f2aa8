"""Qt's first import leaves Python's own import alone."""

import subprocess
import sys

CODE = """
import builtins, linecache
own = builtins.__import__
from chain_timer.cli.qt_imports import import_qt
import_qt()
import PySide6.QtCore, PySide6.QtWidgets
assert builtins.__import__ is own
before = len(linecache.cache)
import xml.dom.minidom, email.message
print(len(linecache.cache) - before)
"""


def test_what_is_imported_after_qt_is_not_read_and_kept_as_source() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]
