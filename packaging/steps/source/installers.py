"""What people install programs with, in an environment of its own below ``build/``: uv and pipx."""

import os
import subprocess
import sys
from pathlib import Path

from places import BUILD


def installer(name: str) -> Path:
    """Give the command ``uv`` or ``pipx``; both are installed from PyPI where they are not there yet."""
    folder = BUILD / "env-installers"
    found = folder / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)
    if not found.exists():
        python = found.with_name("python.exe" if os.name == "nt" else "python")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "uv", "pipx"], check=True)
    return found
