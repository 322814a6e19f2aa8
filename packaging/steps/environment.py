"""Makes the environment that everything is built in, and prints its Python.

Standard library only: nothing else is there yet. One environment for each Python; made anew when the locked
packages change, and quick when nothing did.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from places import BUILD, PACKAGING, ROOT

sys.path.append(str(ROOT / "tools"))

from one_at_a_time import one_at_a_time

LOCKS = (PACKAGING / "locks" / "build.txt", PACKAGING / "locks" / "runtime.txt")
_READY = "ready"


class NotReadyError(Exception):
    """There is no environment to build in; the text says why."""


def main() -> int:
    folder = BUILD / f"env-{sys.implementation.cache_tag}"
    wanted = key()
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    try:
        with one_build_at_a_time():
            if not python.exists() or _read(folder / _READY) != wanted:
                fill(folder, python, wanted)
    except NotReadyError as error:
        say(str(error))
        return 1
    print(python)
    return 0


def one_build_at_a_time() -> AbstractContextManager[None]:
    """Wait while another build works in the same folder."""
    return one_at_a_time(BUILD, "Another build is under way")


def key() -> str:
    """Describe what the environment is made from: this Python, and what is installed into it."""
    parts = [sys.version, str(Path(sys.executable).resolve()), *requirements(), *map(_read, LOCKS)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def requirements() -> list[str]:
    """Give what pip is to install: what the locks say, with hashes."""
    return ["--no-deps", "--require-hashes", *(part for lock in LOCKS for part in ("-r", str(lock)))]


def fill(folder: Path, python: Path, wanted: str) -> None:
    """Make the environment from nothing. Raises NotReadyError."""
    say(f"Making the environment to build in: {folder} (once, some minutes) …")
    if folder.exists():
        shutil.rmtree(folder)
    base = str(Path(sys.executable).resolve())
    call([base, "-m", "venv", str(folder)], "Python could not make an environment (Debian: python3-venv).")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    # Installed in binary form alone: what is shipped is what was locked, and nothing is compiled here.
    call([*pip, "--only-binary", ":all:", *requirements()], "The packages could not be installed.")
    (folder / _READY).write_text(wanted, encoding="utf-8")


def call(command: Sequence[str], failure: str) -> None:
    """Run quietly. Raises NotReadyError with the end of its words when it fails."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()[-12:]
        raise NotReadyError("\n".join((failure, *lines)))


def say(text: str) -> None:
    # To stderr: the one line of stdout is the answer.
    print(text, file=sys.stderr, flush=True)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
