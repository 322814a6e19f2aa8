"""Sets up what Chain Timer needs on this computer: for ``run`` the program, for ``test`` its checks too.

Standard library only, Python 3.11 or newer: nothing else is there yet. Called by ./run, ./test and their
PowerShell twins as ``bootstrap.py run|test ENVIRONMENT KEY`` when KEY is not what ENVIRONMENT was made for.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from one_at_a_time import one_at_a_time
from system_packages import DEBIAN, QT, STAGE, VENV, Need, family, install_command, packages, unmet

CHECKOUT = Path(__file__).resolve().parent.parent
UNDER_WAY = "setting-up"
_OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|Max retries|Connection (?:refused|reset|broken)"
    r"|Network is unreachable|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Could not fetch URL"
)
_PROBE = """
import ctypes, pathlib, sys
import numpy, PIL.Image, platformdirs, pyttsx3, rich, tomlkit, wakepy
import PySide6.QtWidgets, PySide6.QtMultimedia
if sys.platform.startswith("linux"):
    plugins = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins"
    for name in ("platforms/libqxcb.so", "multimedia/libffmpegmediaplugin.so"):
        if (plugins / name).exists():
            ctypes.CDLL(str(plugins / name))
"""


class SetupError(Exception):
    """Setting up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    # To stderr: what the program itself prints may be on its way into another program.
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    purpose, venv, key = arguments[0], Path(arguments[1]), arguments[2]
    try:
        with one_at_a_time(venv.parent, "Another start is setting up"):
            set_up(purpose, venv, key)
    except SetupError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"Setting up failed: {error}")
        return 1
    except KeyboardInterrupt:
        say("Interrupted; the next start sets up anew.")
        return 130
    return 0


def set_up(purpose: str, venv: Path, key: str) -> None:
    if _read(venv / f"ready-{purpose}") == key:
        return  # another start did it while this one waited
    complete = provide_system(purpose)
    if _read(venv / f"installed-{purpose}") != key or not python_of(venv).exists():
        install(purpose, venv, key)
    if complete and shows_and_sounds(venv):
        for done in ("run", "test") if purpose == "test" else ("run",):
            (venv / f"ready-{done}").write_text(key, encoding="utf-8")


# --- the system's part ---


def provide_system(purpose: str) -> bool:
    """Bring what is missing, or say how; False when the window, the sound or some tests must do without."""
    needs = VENV + QT + (STAGE if purpose == "test" else ())
    missing = unmet(needs)
    if missing and family() == DEBIAN and os.geteuid() == 0:
        missing = install_from_debian(missing, needs)
    if any(need in VENV for need in missing):
        raise SetupError(
            "Chain Timer cannot be set up: this Python comes without its venv module.\n"
            f"This command brings all that is missing:\n  {install_command(missing)}"
        )
    if missing:
        say(f"{consequence(missing)} This command brings what is missing:\n  {install_command(missing)}")
    return not missing


def consequence(missing: list[Need]) -> str:
    if any(need in QT for need in missing):
        return "Without some of the system's libraries there is no window and no sound."
    names = ", ".join(need.what for need in missing)
    return f"Without {names} the tests that see and hear the real program are left out."


def install_from_debian(missing: list[Need], needs: tuple[Need, ...]) -> list[Need]:
    run_apt(["update"])  # a fresh system has no lists; when offline the old ones may do
    names = packages(missing, DEBIAN)
    reasons = [
        text
        for group, text in (
            (VENV, "Python's venv"),
            (QT, "Qt's libraries"),
            (STAGE, "the screen and sound of tests"),
        )
        if any(need in group for need in missing)
    ]
    say(f"Installing from your system's packages, for {', '.join(reasons)}:\n  {' '.join(names)}")
    with timed("System packages"):
        failure = run_apt(["install", "-y", "--no-install-recommends", *names])
    still = unmet(needs)
    if failure and still:
        say(f"apt-get could not install them:\n{failure}")
    return still


def run_apt(arguments: list[str]) -> str:
    """Run apt-get without questions. Empty when it went well, else the end of what it said."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *arguments]
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else last_lines(done.stdout + done.stderr) or "it gave no reason"


# --- Python's part ---


def install(purpose: str, venv: Path, key: str) -> None:
    """Make the environment, or bring it up to date. Raises SetupError."""
    under_way = venv / UNDER_WAY
    if os.path.lexists(venv) and (under_way.exists() or not works(venv)):
        say("The environment was left half-made; making it anew.")
        remove(venv)
    first = not venv.exists()
    say("Setting up Chain Timer (once, about a minute) …" if first else "Bringing Chain Timer up to date …")
    venv.mkdir(parents=True, exist_ok=True)
    under_way.touch()  # still there at the next start: this one was interrupted
    if first:
        with timed("Python environment"):
            base = Path(
                sys.executable
            ).resolve()  # by its real name: an upgrade of python3 must not change it
            call([str(base), "-m", "venv", str(venv)], "Python could not make an environment.")
    with timed("Python packages"):
        pip = [str(python_of(venv)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        call(
            [*pip, "install", "--quiet", "--retries", "3", *requirements(purpose)],
            "Python packages are missing.",
        )
    (packages_folder(venv) / "chain-timer-checkout.pth").write_text(f"{CHECKOUT}\n", encoding="utf-8")
    under_way.unlink()
    for done in ("run", "test") if purpose == "test" else ("run",):
        (venv / f"installed-{done}").write_text(key, encoding="utf-8")


def requirements(purpose: str) -> list[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]["dev"] if purpose == "test" else []
    return [*project["dependencies"], *extra]


def works(venv: Path) -> bool:
    probe = "import pip, sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
    with contextlib.suppress(OSError):
        return quiet([str(python_of(venv)), "-c", probe]).returncode == 0
    return False


def shows_and_sounds(venv: Path) -> bool:
    """Load for real what the program will load, and name what is missing."""
    probe = quiet([str(python_of(venv)), "-c", _PROBE])
    if probe.returncode:
        lost = re.search(r"(\S+\.so[.\d]*): cannot open shared object", probe.stdout)
        reason = f"the library {lost[1]} is missing" if lost else last_lines(probe.stdout, 3)
        say(f"Some of Chain Timer's libraries cannot be loaded: {reason}")
    return probe.returncode == 0


def python_of(venv: Path) -> Path:
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def packages_folder(venv: Path) -> Path:
    return next(iter(venv.glob("lib/python3*/site-packages")), venv / "Lib" / "site-packages")


def remove(venv: Path) -> None:
    if venv.is_symlink() or not venv.is_dir():
        venv.unlink()
    else:
        shutil.rmtree(venv)


# --- running and telling ---


def call(command: list[str], failure: str) -> None:
    """Run quietly. Raises SetupError with the end of its words when it fails."""
    done = quiet(command)
    if done.returncode:
        raise SetupError(f"{failure} {remedy(done.stdout)}\nWhat it said:\n{last_lines(done.stdout)}")


def remedy(output: str) -> str:
    if "No space left" in output:
        return f"The disk is full; about 1 GB is needed in {CHECKOUT} and {tempfile.gettempdir()}."
    if _OFFLINE.search(output):
        return "The package index was not reached: setting up needs the internet this once."
    return "Please start again; if it stays, the lines below say more."


def quiet(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=tempfile.gettempdir(),  # never the person's folder: a file there must not be imported
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def last_lines(text: str, count: int = 12) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(f"  {line}" for line in lines[-count:])


@contextlib.contextmanager
def timed(what: str) -> Iterator[None]:
    begin = time.monotonic()
    print(f"  {what} … ", end="", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - begin:.0f} s")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
