"""``desktop-entry``: the program in the menu of a Linux desktop, for who installed it without a package."""

import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from chain_timer.cli.errors import DONE
from chain_timer.problems import ChainTimerError, plain
from chain_timer.resources import resource_path
from chain_timer.system.desktop_entry import MenuEntry, data_folder, menu_entry_text
from chain_timer.system.desktop_file import NAME
from chain_timer.system.own_process import own_command

_LONGEST_S = 20.0
_ELSEWHERE = {
    "win32": "On Windows the installer puts Chain Timer into the Start menu",
    "darwin": "On macOS the app itself goes into the Applications folder",
}


class NoMenuError(ChainTimerError):
    """There is no menu here that an entry could be put into."""


def enter_menu(arguments: Namespace) -> int:
    """Show, write or remove the menu entry. Raises ChainTimerError."""
    command = own_command(())
    if not (arguments.install or arguments.remove):
        print(menu_entry_text(command), end="")
        return DONE
    _check_here()
    entry = MenuEntry(data_folder(os.environ, Path.home()))
    if arguments.remove:
        print(_removed(entry))
    else:
        entry.install(command, resource_path("icons", "chain-timer.svg"))
        _refresh(entry.share)
        print(_installed(entry))
    return DONE


def _check_here() -> None:
    if not sys.platform.startswith("linux"):
        where = _ELSEWHERE.get(sys.platform, "This is for Linux desktops")
        raise NoMenuError(f"{where}; there is nothing to do here")
    if os.environ.get("FLATPAK_ID"):
        raise NoMenuError("The Flatpak brings its menu entry with it; there is nothing to do here")


def _installed(entry: MenuEntry) -> str:
    lines = [
        "Chain Timer is in the menu now. Written were:",
        *(f"  {plain(str(each))}" for each in entry.paths),
    ]
    shared = _of_the_system()
    if shared is not None:
        lines.append(f"It stands in the place of the one for everybody, {plain(str(shared))}.")
    return "\n".join([*lines, "chain-timer desktop-entry --remove takes it out again."])


def _removed(entry: MenuEntry) -> str:
    if not entry.remove():
        return "There is no menu entry of yours to remove."
    _refresh(entry.share)
    return "The menu entry is removed. Your routines, sessions and settings are as they were."


def _of_the_system() -> Path | None:
    """Give the entry that a package brought for everybody, if there is one."""
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    found = (Path(folder) / "applications" / NAME for folder in folders.split(":") if folder.startswith("/"))
    return next((path for path in found if path.is_file()), None)


def _refresh(share: Path) -> None:
    """Have the desktop look; one that has none of these programs looks by itself."""
    for command in (
        ("update-desktop-database", "-q", str(share / "applications")),
        ("update-mime-database", str(share / "mime")),
        ("gtk-update-icon-cache", "-q", "-f", "-t", str(share / "icons" / "hicolor")),
    ):
        program = shutil.which(command[0])
        if program is not None:
            _run((program, *command[1:]))


def _run(command: tuple[str, ...]) -> None:
    try:
        subprocess.run(  # noqa: S603 - programs of the desktop, with folders of ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return  # the entry is there all the same
