"""Makes the program with all it needs, in one folder: ``build/bundle/chain-timer/``."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from parts import third_party
from places import BUILD, BUNDLE, PACKAGING, ROOT, epoch

from bundles import icu_data
from bundles.elf_needs import elf_files
from bundles.recipe import system
from bundles.stripping import strip

WORK = BUILD / "bundle-work"
SPEC = PACKAGING / "bundle" / "chain-timer.spec"

QT_CONF = "[Paths]\nPrefix = _internal/PySide6/Qt\n"
"""Tells Qt where it lies (https://doc.qt.io/qt-6/qt-conf.html). PySide tells it too, but with the
whole path, of which Qt takes what stands before a comma."""


def make(_out: Path) -> list[Path]:
    """Make the folder; what is handed out is made from it by the steps that follow."""
    program = install_wheel(WORK)
    icons = write_icons(WORK / "icons")
    run_pyinstaller(program, icons, BUNDLE.parent)
    if sys.platform.startswith("linux"):
        make_smaller(BUNDLE)
        (BUNDLE / "qt.conf").write_text(QT_CONF, encoding="ascii")
    add_licenses(BUNDLE)
    return []


def install_wheel(work: Path) -> Path:
    """Install the project's own wheel into a folder of its own: what is bundled is what PyPI would give.

    Made anew each time, so that nothing stays from a version before.
    """
    wheels, program = work / "wheel", work / "program"
    for folder in (wheels, program):
        shutil.rmtree(folder, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    alone = ["--no-deps", "--no-index"]
    subprocess.run(
        [*pip, "wheel", *alone, "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)], check=True
    )
    found = [str(wheel) for wheel in wheels.glob("chain_timer-*.whl")]
    subprocess.run([*pip, "install", *alone, "--no-compile", "--target", str(program), *found], check=True)
    return program


def write_icons(folder: Path) -> Path:
    """Draw the executable's icon where the system wants one inside it."""
    folder.mkdir(parents=True, exist_ok=True)
    kind = system().icon
    if kind:
        import icons  # noqa: PLC0415 - wants Qt, and on Linux nothing of it is asked for here

        getattr(icons, f"write_{kind}")(folder / f"chain-timer.{kind}")
    return folder


def run_pyinstaller(program: Path, icons: Path, to: Path) -> None:
    """Collect the program and all it imports below ``to``."""
    shutil.rmtree(to, ignore_errors=True)
    subprocess.run(
        [
            # -P: the program that lies in the folder this is called from is not the one that was installed.
            *(sys.executable, "-P", "-m", "PyInstaller", str(SPEC)),
            *("--noconfirm", "--clean", "--log-level", "WARN"),
            *("--distpath", str(to), "--workpath", str(WORK / "pyinstaller")),
        ],
        env=surroundings(program, icons),
        check=True,
    )


def surroundings(program: Path, icons: Path) -> Mapping[str, str]:
    """Give PyInstaller the environment that tells it what to take, and that makes two builds equal."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(program), str(PACKAGING / "steps"))),
        "PYTHONHASHSEED": "0",  # the order of a set that is written as a constant
        "SOURCE_DATE_EPOCH": str(epoch()),
        "PYINSTALLER_CONFIG_DIR": str(WORK / "cache"),
        "CHAIN_TIMER_PROGRAM": str(program),
        "CHAIN_TIMER_ICONS": str(icons),
        "LC_ALL": "C.UTF-8",
    }


def make_smaller(bundle: Path) -> None:
    """Take out of libraries what nobody reads."""
    internal = bundle / "_internal"
    for library in internal.rglob(icu_data.LIBRARY):
        if not library.is_symlink():
            icu_data.reduce(library)
    strip(elf_files(internal))


def add_licenses(bundle: Path) -> None:
    """Put beside the program what its parts ask to be handed on with them."""
    folder = bundle / "licenses"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(ROOT / "LICENSE", bundle / "LICENSE")
    (folder / "THIRD-PARTY-LICENSES.txt").write_text(third_party.text(bundle), encoding="utf-8")
