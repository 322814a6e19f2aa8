"""The bundle as a person has it: in another place, with a home of its own, and with nothing to help it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from places import BUNDLE

_LONGEST_S = 240


@dataclass(frozen=True, slots=True)
class Trial:
    """A copy of the bundle, and a folder to work in."""

    program: Path
    work: Path

    @property
    def surroundings(self) -> Mapping[str, str]:
        """The poorest environment there is: without PATH, so that no program of the system helps."""
        return {
            "PATH": "",
            "HOME": str(self.work),
            "CHAIN_TIMER_HOME": str(self.work / "home"),
            "LANG": "C.UTF-8",
        }

    def run(self, *arguments: str, code: int = 0, more: Mapping[str, str] | None = None) -> str:
        """Run a command, and give what it printed. Raises AssertionError when it ends with another code."""
        done = subprocess.run(
            [str(self.program), *arguments],
            cwd=self.work,
            env={**self.surroundings, **(more or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=_LONGEST_S,
        )
        words = f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
        said = f"{' '.join(arguments)} ended with {done.returncode}:\n{words}"
        assert done.returncode == code, said
        assert "Traceback" not in done.stderr, said
        return done.stdout

    def written(self, name: str, least: int = 1) -> Path:
        """Give a file that a command was to write. Raises AssertionError when it is missing or too small."""
        path = self.work / name
        assert path.is_file(), f"{name} was not written"
        assert path.stat().st_size >= least, f"{name} has {path.stat().st_size} bytes"
        return path


@contextmanager
def trial(bundle: Path = BUNDLE) -> Iterator[Trial]:
    """Copy the bundle out of the checkout, and remove all of it afterwards."""
    there = (bundle / "chain-timer").is_file()
    assert there, f"there is no bundle in {bundle}: packaging/build linux makes it"
    with tempfile.TemporaryDirectory(prefix="chain timer trial ") as folder:
        place = Path(folder, "a place with spaces, äöü")
        shutil.copytree(bundle, place, symlinks=True)
        work = Path(folder, "work")
        work.mkdir()
        yield Trial(place / "chain-timer", work)


def own_environ(pid: int) -> Mapping[str, str]:
    """Give the environment a process was born with (Linux)."""
    pairs = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return dict(os.fsdecode(pair).split("=", 1) for pair in pairs if b"=" in pair)
