"""An installed Chain Timer, tried as a person would: from elsewhere, by its command, where no screen is.

Standard library only, and Python 3.11: it runs where only the program and what it needs are installed.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from places import ROOT

WINDOW_PROGRAM = ROOT / "tests" / "helpers" / "window_program.py"
"""The real window, steered from inside; it says in lines what it shows."""

ROUTINES = frozenset(path.stem for path in (ROOT / "resources" / "routines").glob("*.toml"))
LONGEST_S = 90.0
ASKED_TO_END = 128 + 15
"""The exit code of who was asked to end (SIGTERM) and did."""
_OF_PYTHON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONSAFEPATH")
_TINY = """
name = "Tiny"
coaching = "names"
rest = "0s"
exercises = [{ exercise = "pullup", hold = "2s" }]
"""


@dataclass(frozen=True, slots=True)
class Installed:
    """One installation: its Python, its command, and an empty folder where it may keep its things."""

    python: Path
    command: Path
    home: Path

    def told(self, *arguments: str) -> str:
        """Run the installed command, and give what it printed. Raises AssertionError with all it said."""
        return said([str(self.command), *arguments], self.surroundings())

    def asked(self, code: str) -> str:
        """Run a line of Python in its environment, and give what that printed. Raises AssertionError."""
        return said([str(self.python), "-c", code], self.surroundings()).strip()

    def surroundings(self) -> Mapping[str, str]:
        """Give an environment that knows nothing of a checkout, and has neither a screen nor a sound card."""
        kept = {name: value for name, value in os.environ.items() if name not in _OF_PYTHON}
        nowhere = str(self.home / "no-sound")
        return {
            **kept,
            "CHAIN_TIMER_HOME": str(self.home),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": nowhere,
            "PULSE_SERVER": f"unix:{nowhere}/socket",
        }

    def folder(self) -> Path:
        """Give where its modules lie."""
        return Path(self.asked("import chain_timer; print(chain_timer.__path__[0])"))

    def resources(self) -> Path:
        """Give where it finds its own files."""
        return Path(self.asked("from chain_timer.resources import resource_path as at; print(at())"))

    def previews(self) -> dict[str, str]:
        """Print each built-in routine as it would go. Raises AssertionError where one is missing."""
        listed = {routine["id"] for routine in json.loads(self.told("list", "--json"))}
        if listed != ROUTINES:
            raise AssertionError(f"it knows the routines {sorted(listed)}, and should {sorted(ROUTINES)}")
        return {name: self.told("preview", name) for name in sorted(listed)}

    def window(self) -> list[str]:
        """Open the window until it shows the library, ask it to end, and give the lines it said."""
        return follow(self, [], until=f"cards {len(ROUTINES)}")

    def session(self) -> list[str]:
        """Follow a short session in the window to its end, and give the lines it said."""
        self.home.mkdir(parents=True, exist_ok=True)
        routine = self.home / "tiny.toml"
        routine.write_text(_TINY, encoding="utf-8")
        return follow(self, ["start", "quit"], str(routine))


def said(command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> str:
    """Run to its end, and give what was printed. Raises AssertionError with all it said when it fails."""
    try:
        done = subprocess.run(
            command,
            env=environment,
            cwd=folder or tempfile.gettempdir(),  # not the checkout, of which nothing may be found
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise AssertionError(f"{' '.join(command)} did not end within {LONGEST_S:.0f} s") from late
    if done.returncode:
        words = f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}".strip()
        raise AssertionError(f"{' '.join(command)} ended with {done.returncode}:\n{words}")
    return done.stdout


def follow(installed: Installed, wishes: Sequence[str], *opened: str, until: str = "") -> list[str]:
    """Run the window with wishes until it ends by itself, or until it says something and is asked to end.

    Raises AssertionError when it fails, complains or does not end.
    """
    lines: list[str] = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        process = subprocess.Popen(
            [str(installed.python), str(WINDOW_PROGRAM), *wishes, "--", *opened],
            env=installed.surroundings(),
            cwd=tempfile.gettempdir(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        with process, _limited(process):
            for line in process.stdout or ():
                lines.append(line.rstrip())
                if lines[-1] == until:
                    process.terminate()
        complaints.seek(0)
        complained = complaints.read()
    if process.returncode != (ASKED_TO_END if until else 0) or complained:
        words = "\n".join([*lines, complained[-4000:]])
        raise AssertionError(f"the window ended with {process.returncode}:\n{words}")
    return lines


@contextmanager
def _limited(process: subprocess.Popen[str]) -> Iterator[None]:
    timer = Timer(LONGEST_S, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
