"""Where things are, and the two facts that every step needs: which version, and of when."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build"
"""Working files; may be deleted at any time."""

DIST = ROOT / "dist"
"""What is handed out."""

BUNDLE = BUILD / "bundle" / "chain-timer"
"""The program with all it needs, in one folder."""

_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


def version(root: Path = ROOT) -> str:
    """Read the version where it stands, in ``chain_timer/__init__.py``, without importing the program."""
    text = (root / "chain_timer" / "__init__.py").read_text(encoding="utf-8")
    found = _VERSION.search(text)
    if found is None:
        raise ValueError("chain_timer/__init__.py names no __version__")
    return found[1]


def epoch(root: Path = ROOT) -> int:
    """Give the time that everything made is dated with, in seconds since 1970.

    SOURCE_DATE_EPOCH where it is set (https://reproducible-builds.org/specs/source-date-epoch/), else the
    time of the last commit: the same sources give the same files, whenever they are made.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    asked = subprocess.run(
        ["git", "-C", str(root), "log", "-1", "--format=%ct"],  # noqa: S607 - wherever it is installed
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode or not asked.stdout.strip().isdigit():
        raise ValueError("there is no commit to date the files by: set SOURCE_DATE_EPOCH (date +%s)")
    return int(asked.stdout)
