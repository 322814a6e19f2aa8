"""Proves that the wheel installs the way people install programs: by pipx and by ``uv tool``."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from places import DIST, version

from source.installed import Installed, said
from source.installers import installer
from source.wheels import check


def verify() -> None:
    """Install and try the wheel of ``dist/``. Raises AssertionError."""
    made = built()
    check(made)
    for install in (with_pipx, with_uv):
        with tempfile.TemporaryDirectory(prefix="chain-timer-installed-") as folder:
            installed = install(made[0], Path(folder))
            facts = tried(installed, Path(folder))
            print(f"       {install.__name__.replace('_', ' ')}: {facts}", flush=True)


def built() -> list[Path]:
    """Give the wheel and the source archive that were built. Raises AssertionError when one is missing."""
    made = [DIST / f"chain_timer-{version()}{end}" for end in ("-py3-none-any.whl", ".tar.gz")]
    if missing := [path.name for path in made if not path.exists()]:
        raise AssertionError(f"{' and '.join(missing)} must be there first: packaging/build wheel")
    return made


def with_pipx(wheel: Path, folder: Path) -> Installed:
    homes = {name: str(folder / name) for name in ("PIPX_HOME", "PIPX_BIN_DIR", "PIPX_MAN_DIR")}
    command = [str(installer("pipx")), "install", "--quiet", str(wheel)]
    subprocess.run(command, env=os.environ | homes, check=True)
    return _installed(folder / "PIPX_HOME" / "venvs", folder / "PIPX_BIN_DIR", folder)


def with_uv(wheel: Path, folder: Path) -> Installed:
    homes = {name: str(folder / name) for name in ("UV_TOOL_DIR", "UV_TOOL_BIN_DIR")}
    options = ("--quiet", "--no-config", "--python", sys.executable)
    command = [str(installer("uv")), "tool", "install", *options, str(wheel)]
    subprocess.run(command, env=os.environ | homes, check=True)
    return _installed(folder / "UV_TOOL_DIR", folder / "UV_TOOL_BIN_DIR", folder)


def _installed(environments: Path, commands: Path, folder: Path) -> Installed:
    python = environments / "chain-timer" / "bin" / "python"
    return Installed(python, commands / "chain-timer", folder / "home")


def tried(installed: Installed, folder: Path) -> str:
    """Try all that a person would meet, and tell what was. Raises AssertionError where something is amiss."""
    if installed.told("--version") != f"Chain Timer {version()}\n":
        raise AssertionError(f"it says that it is {installed.told('--version')}")
    if not installed.folder().is_relative_to(folder):
        raise AssertionError(f"not the installed one was found, but {installed.folder()}")
    installed.told("doctor")
    previews = installed.previews()
    installed.window()
    installed.session()
    entry = menu_entry(installed, folder / "share")
    return f"version, doctor, {len(previews)} previews, window, a session, {entry}"


def menu_entry(installed: Installed, share: Path) -> str:
    """Have the program put itself into the menu, and take itself out again. Raises AssertionError."""
    around = {**installed.surroundings(), "XDG_DATA_HOME": str(share)}
    told(installed, around, "--install")
    entry = share / "applications" / "chain-timer.desktop"
    text = entry.read_text(encoding="utf-8") if entry.exists() else ""
    if str(installed.command) not in text and str(installed.python.parent) not in text:
        raise AssertionError(f"the menu entry does not start what was installed:\n{text}")
    told(installed, around, "--remove")
    if entry.exists():
        raise AssertionError(f"{entry} stayed")
    return "a menu entry put in and taken out"


def told(installed: Installed, around: Mapping[str, str], option: str) -> None:
    said([str(installed.command), "desktop-entry", option], around)
