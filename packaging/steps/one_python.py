"""Installs the wheel for the Python that runs this, with the newest and the lowest it allows, and tries it.

Standard library only, and what lies beside it: it runs in a copy of the sources, with a bare Python::

    python one_python.py WHEEL UV WORK [newest|lowest]
"""

import argparse
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from places import ROOT
from source.installed import Installed

RESOLUTIONS: Mapping[str, str] = {"newest": "highest", "lowest": "lowest-direct"}
"""Which of the allowed versions are taken, and what uv calls it. Lowest is meant of what we ask for."""

TESTS = (
    "routine",
    "timeline",
    "session",
    "history",
    "figure",
    "system",
    "exchange",
    "drawing",
    "terminal",
    "window",
)
"""What is tested by them: all that needs neither a stage nor the checkout itself."""

LEFT_OUT = (
    # Asks for the checkout that the program lies in.
    "tests/routine/test_resources.py::test_a_wheel_is_told_to_take_them_along",
    # The reader of PDF in Qt 6.8 and 6.9 turns the bytes of every letter around where one is an emoji.
    "tests/exchange/test_pdf_sheet.py::test_odd_words_make_odd_sheets_and_no_errors",
    # QtTest before 6.10 ends the process where a media key is to be pressed.
    "tests/window/test_player_page.py::test_media_keys_pause",
)

FOR_TESTS = (
    "pytest>=8",
    "pytest-qt>=4.4",
    "pytest-xdist>=3.5",
    "hypothesis>=6.100",
    "jsonschema>=4.20",
    "tcxreader",
)
SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile")
_COUNTED = re.compile(r"\d+ passed.*")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("wheel", "uv", "work"):
        parser.add_argument(name, type=Path)
    parser.add_argument("which", nargs="*", choices=[*RESOLUTIONS, []])
    given = parser.parse_args()
    for which in given.which or RESOLUTIONS:
        try_out(which, given.wheel, given.uv, given.work / which)
    return 0


def try_out(which: str, wheel: Path, uv: Path, folder: Path) -> None:
    """Install the wheel into a new folder, try it and run its tests. Raises AssertionError where it fails."""
    installed = install(which, wheel, uv, folder)
    if not installed.folder().is_relative_to(folder):
        raise AssertionError(f"not the installed one was found, but {installed.folder()}")
    installed.told("doctor")
    previews = installed.previews()
    installed.window()
    installed.session()
    print(
        f"Python {platform.python_version()}, {which}: {versions(installed)}; "
        f"doctor, {len(previews)} previews, window, a session; {tested(installed, folder)}",
        flush=True,
    )


def install(which: str, wheel: Path, uv: Path, folder: Path) -> Installed:
    """Make an environment with the wheel, and beside it what its tests need. Raises CalledProcessError."""
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", str(environment)], check=True)
    python = environment / "bin" / "python"
    # Nothing is compiled: who installs Chain Timer has no compiler.
    pip = [str(uv), "pip", "install", "--quiet", "--no-config", "--no-build", "--python", str(python)]
    # Asked for one by one: uv takes the lowest only of what it is asked for itself.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    subprocess.run([*pip, "--resolution", RESOLUTIONS[which], *project["dependencies"]], check=True)
    subprocess.run([*pip, str(wheel), *FOR_TESTS], check=True)
    return Installed(python, python.with_name("chain-timer"), folder / "home")


def versions(installed: Installed) -> str:
    """Name the packages that are most likely to make a difference."""
    names = ["PySide6-Essentials", "numpy", "pillow", "rich", "icalendar", "tomlkit", "soundfile"]
    code = f"from importlib.metadata import version as v; print(*(n + ' ' + v(n) for n in {names}), sep=', ')"
    return installed.asked(code)


def tested(installed: Installed, folder: Path) -> str:
    """Run the tests against what is installed, and give how many passed. Raises AssertionError."""
    around = checkout_around(installed, folder / "checkout")
    command = [str(installed.python), "-P", "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider"]
    there = [f"tests/{name}" for name in TESTS]
    done = subprocess.run(
        [*command, *SIDE_BY_SIDE, *there, *(f"--deselect={each}" for each in LEFT_OUT)],
        cwd=around,
        env=installed.surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    counted = _COUNTED.search(done.stdout.strip().rpartition("\n")[2])
    if done.returncode or not counted:
        raise AssertionError(f"the tests of {installed.python} failed:\n{done.stdout[-12000:]}")
    return counted[0]


def checkout_around(installed: Installed, folder: Path) -> Path:
    """Copy the tests into a checkout whose program is the installed one."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("tests", "benchmarks", "docs", "packaging", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder)
    (folder / "chain_timer").symlink_to(installed.folder())
    (folder / "resources").symlink_to(installed.resources())
    return folder


if __name__ == "__main__":
    sys.exit(main())
