"""The entry in the menu of a Linux desktop, with its icon and the kinds of files that belong to the program.

https://specifications.freedesktop.org/desktop-entry-spec/latest/ and
https://specifications.freedesktop.org/shared-mime-info-spec/latest/
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
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
from chain_timer.system.files import read_bytes_bounded, write_bytes_atomic, write_text_atomic

BUNDLE_TYPE = "application/vnd.chain-timer.bundle+zip"
ROUTINE_TYPE = "application/vnd.chain-timer.routine+toml"
_ACTIONS = (
    ("stretch", "Posterior chain stretch", "posterior-chain-stretch"),
    ("desk", "Desk break", "desk-break"),
)
"""What the icon's own menu offers: the routines most people come for."""
_ICON = Path("icons") / "hicolor" / "scalable" / "apps" / "chain-timer.svg"
_TYPES = Path("mime") / "packages" / "chain-timer.xml"
_LARGEST_ICON = 256 * 1024
_NAMED = b"Chain Timer"
"""What the icon and the kinds of files say within when they are ours, in every version."""


def menu_entry_text(command: Sequence[str]) -> str:
    """Give the text of the menu entry that starts a command. Raises DesktopFileError where none can."""
    keys = {
        "Type": "Application",
        "Name": "Chain Timer",
        "GenericName": "Workout Timer",
        "Comment": "Follow strength and stretching routines by voice, figure and exact time",
        "Exec": f"{exec_line(command)} %f",
        "Icon": "chain-timer",
        "Terminal": "false",
        "Categories": "Utility;Clock;",
        "Keywords": "workout;exercise;stretch;stretching;fitness;timer;interval;hamstring;mobility;",
        "MimeType": f"{BUNDLE_TYPE};{ROUTINE_TYPE};",
        "StartupNotify": "true",
        "StartupWMClass": "chain-timer",
        "Actions": "".join(f"{action};" for action, _, _ in _ACTIONS),
    }
    if os.path.isabs(command[0]):  # noqa: PTH117 - a word of a command line
        # Where the program is gone, its entry is not shown.
        keys = {**keys, "TryExec": command[0].replace("\\", "\\\\")}
    actions = [
        line
        for action, name, routine in _ACTIONS
        for line in (
            "",
            f"[Desktop Action {action}]",
            f"Name={name}",
            f"Exec={exec_line((*command, routine))}",
        )
    ]
    return desktop_text(keys, actions)


def mime_types_text() -> str:
    """Give what tells a desktop of the kinds of files that belong to the program."""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{BUNDLE_TYPE}">
    <comment>Chain Timer bundle</comment>
    <sub-class-of type="application/zip"/>
    <icon name="chain-timer"/>
    <generic-icon name="package-x-generic"/>
    <glob pattern="*.chain-timer"/>
  </mime-type>
  <mime-type type="{ROUTINE_TYPE}">
    <comment>Chain Timer routine</comment>
    <sub-class-of type="application/toml"/>
    <icon name="chain-timer"/>
    <generic-icon name="text-x-generic"/>
    <glob pattern="*.routine.toml"/>
  </mime-type>
</mime-info>
"""


def data_folder(environ: Mapping[str, str], home: Path) -> Path:
    """Give the folder in which a desktop looks for what is a person's own."""
    return base_folder(environ, "XDG_DATA_HOME", home / ".local" / "share")


class MenuEntry:
    """The entry of one person. Everything here reads or writes the disk."""

    def __init__(self, share: Path) -> None:
        """``share`` is the folder that :func:`data_folder` gives."""
        self.share = share
        self.path = share / "applications" / NAME
        self.paths = (self.path, share / _ICON, share / _TYPES)

    @property
    def is_there(self) -> bool:
        """Whether an entry of ours is there. Raises DesktopFileError for one that is not ours."""
        try:
            keys = read_keys(self.path)
        except FileNotFoundError:
            return False
        if not is_ours(keys):
            raise foreign(self.path)
        return True

    def install(self, command: Sequence[str], icon: Path) -> None:
        """Write the entry, or write it anew. Raises DesktopFileError; nothing is left of a first one then."""
        text, was_there = menu_entry_text(command), self.is_there
        self._check_company()
        try:
            write_bytes_atomic(self.share / _ICON, read_bytes_bounded(icon, _LARGEST_ICON))
            write_text_atomic(self.share / _TYPES, mime_types_text())
            write_text_atomic(self.path, text)
        except (OSError, ValueError) as error:
            if not was_there:
                self._clear()
            raise self._refused("written", error) from error

    def remove(self) -> bool:
        """Remove all of it; False where nothing was there. Raises DesktopFileError."""
        if not self.is_there:
            return False
        self._check_company()
        try:
            for path in reversed(self.paths):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise self._refused("removed", error) from error
        return True

    def _check_company(self) -> None:
        """Look at what goes with the entry. Raises DesktopFileError where somebody else put it there."""
        for path in self.paths[1:]:
            try:
                is_named = _NAMED in read_bytes_bounded(path, _LARGEST_ICON)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except (OSError, ValueError):
                is_named = False
            if not is_named:
                raise foreign(path)

    def _clear(self) -> None:
        for path in self.paths:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _refused(self, done: str, error: OSError | ValueError) -> DesktopFileError:
        reason = (error.strerror if isinstance(error, OSError) else str(error)) or "the disk refused"
        where = plain(str(self.share))
        return DesktopFileError(f"The menu entry could not be {done} in {where}: {reason.lower()}")
