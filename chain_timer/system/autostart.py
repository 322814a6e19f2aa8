"""Starting with the desktop, on Linux: one file in the folder the desktop looks into when somebody logs in.

https://specifications.freedesktop.org/autostart-spec/latest/
"""

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from chain_timer.problems import plain
from chain_timer.system.desktop_file import (
    NAME,
    DesktopFileError,
    base_folder,
    desktop_text,
    exec_line,
    foreign,
    is_ours,
    read_keys,
)
from chain_timer.system.files import write_text_atomic


class Autostart(StrEnum):
    """What the file on disk says."""

    OFF = "off"
    ON = "on"
    FOREIGN = "foreign"
    """There is a file of this name that somebody else wrote, or that cannot be read."""


class AutostartEntry:
    """The entry of this program. Everything here reads or writes the disk: for a thread."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        """``folder`` is that of the autostart files, ``command`` what is to be started."""
        self.path = folder / NAME
        self._command = tuple(command)

    def state(self) -> Autostart:
        """Look how it is. Never raises."""
        try:
            keys = read_keys(self.path)
        except FileNotFoundError:
            return Autostart.OFF
        if keys is None or not is_ours(keys):
            return Autostart.FOREIGN
        # A desktop's own settings switch an entry off by these, and leave the file.
        is_off = keys.get("Hidden") == "true" or keys.get("X-GNOME-Autostart-enabled") == "false"
        return Autostart.OFF if is_off else Autostart.ON

    def switch(self, *, on: bool) -> None:
        """Write the entry, or remove it where it is ours. Raises DesktopFileError."""
        if self.state() is Autostart.FOREIGN:
            raise foreign(self.path)
        try:
            if on:
                write_text_atomic(self.path, entry_text(self._command))
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            done = "written" if on else "removed"
            reason = error.strerror or "the disk refused"
            raise DesktopFileError(f"{plain(str(self.path))} could not be {done}: {reason}") from error


def autostart_folder(environ: Mapping[str, str], home: Path, platform: str = sys.platform) -> Path | None:
    """Give the folder the desktop looks into; None where it has no such custom, or it is out of reach."""
    if not platform.startswith("linux") or environ.get("FLATPAK_ID"):
        # A Flatpak has a folder of this name as well, of its own, which no desktop ever looks into.
        return None
    return base_folder(environ, "XDG_CONFIG_HOME", home / ".config") / "autostart"


def entry_text(command: Sequence[str]) -> str:
    """Give the text of an entry. Raises DesktopFileError when the command cannot be written in one."""
    return desktop_text(
        {
            "Type": "Application",
            "Name": "Chain Timer",
            "Comment": "Reminds you of your sessions",
            "Exec": exec_line(command),
            "Icon": "chain-timer",
            "Terminal": "false",
            "StartupNotify": "false",
            # Where the tray is part of the desktop, it has to be there first.
            "X-GNOME-Autostart-Delay": "5",
            "X-KDE-autostart-after": "panel",
        }
    )
