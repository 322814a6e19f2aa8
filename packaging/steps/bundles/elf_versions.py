"""Since which version of the C library a folder of programs and libraries runs."""

import re
import subprocess
from pathlib import Path

from bundles.elf_needs import elf_files

_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")


def newest_glibc(folder: Path) -> str:
    """Give the newest version of glibc that any of the files asks for, like ``2.36``."""
    asked = subprocess.run(
        ["objdump", "-p", *map(str, elf_files(folder))],  # noqa: S607 - wherever it is installed
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    found = {(int(major), int(minor)) for major, minor in _GLIBC.findall(asked.stdout)}
    major, minor = max(found)
    return f"{major}.{minor}"
