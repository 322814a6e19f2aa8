"""The bundle and the installer for Windows: what they hold runs, and is gone without a trace when removed.

For Windows alone: what is installed here is what a person gets, in a folder of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from places import DIST, version

CONSOLE, WINDOW = "chain-timer.exe", "Chain Timer.exe"
_SILENT = ("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/CURRENTUSER")
_ROUTINE = "posterior-chain-stretch"
_PATIENCE_S = 120
_SHOWN_S = 15
_REMOVED_S = 60
_LOOK_S = 0.5


def verify() -> None:
    """Install, use and remove it. Raises AssertionError."""
    require(sys.platform == "win32", "this can be proven on Windows alone")
    with tempfile.TemporaryDirectory(prefix="chain-timer-") as work, _installed(Path(work, "program")) as app:
        home = Path(work, "own")
        assert_speaks_of_itself(app / CONSOLE, home)
        for program in (CONSOLE, WINDOW):
            assert_voice_answers(app / program, home)
        assert_window_stays(app / WINDOW, home)


@contextmanager
def _installed(folder: Path) -> Iterator[Path]:
    setup = DIST / f"chain-timer-{version()}-windows-setup.exe"
    require(setup.is_file(), f"{setup} is not there: packaging/build windows makes it")
    _call([str(setup), *_SILENT, f"/DIR={folder}"])
    try:
        yield folder
    finally:
        _call([str(folder / "unins000.exe"), *_SILENT[:3]])
    # What removes goes on from another place, to remove itself as well.
    for _look in range(int(_REMOVED_S / _LOOK_S)):
        if not folder.exists():
            return
        Event().wait(_LOOK_S)
    left = sorted(path.name for path in folder.rglob("*"))
    raise AssertionError(f"removing the program left {left}")


def assert_speaks_of_itself(program: Path, home: Path) -> None:
    """See that the commands work from a terminal."""
    said = _call([str(program), "--version"], home)
    require(said.strip() == f"Chain Timer {version()}", f"--version says {said!r}")
    require(_call([str(program), "preview", _ROUTINE], home).strip(), "preview says nothing")
    # Where there is no sound, as on a server, it says so and ends with 1.
    print(_call([str(program), "doctor"], home, codes=(0, 1)))


def assert_voice_answers(program: Path, home: Path) -> None:
    """See that the process of the voice has its pipes, started from a program with a terminal or without."""
    asked = json.dumps({"id": 1, "do": "voices"}) + "\n"
    answer = json.loads(_call([str(program), "--own-process", "voice"], home, told=asked).splitlines()[0])
    require(answer.get("id") == 1, f"the voice answers {answer}")
    require(answer.get("voices"), f"{program.name}: Windows brings voices, and none was found: {answer}")


def assert_window_stays(program: Path, home: Path) -> None:
    """See that the window opens and nothing ends it."""
    with subprocess.Popen([str(program)], env=_surroundings(home)) as running:
        try:
            code = running.wait(_SHOWN_S)
        except subprocess.TimeoutExpired:
            return
        finally:
            running.kill()
    raise AssertionError(f"the window was gone at once, with exit code {code}")


def require(fact: object, otherwise: str) -> None:
    """Go on where something is so. Raises AssertionError, whatever Python was told about assertions."""
    if not fact:
        raise AssertionError(otherwise)


def _call(
    command: Sequence[str], home: Path | None = None, *, told: str = "", codes: Sequence[int] = (0,)
) -> str:
    done = subprocess.run(
        command,
        env=_surroundings(home),
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_PATIENCE_S,
        check=False,
    )
    require(
        done.returncode in codes, f"{command[0]} ended with {done.returncode}: {done.stdout}{done.stderr}"
    )
    return done.stdout


def _surroundings(home: Path | None) -> dict[str, str]:
    own = {} if home is None else {"CHAIN_TIMER_HOME": str(home), "PYTHONUTF8": "1"}
    return {**os.environ, **own}
