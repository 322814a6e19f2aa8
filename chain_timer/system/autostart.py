"""Starting with the desktop, on Linux: one file in the folder the desktop looks into when somebody logs in.

https://specifications.freedesktop.org/autostart-spec/latest/
"""

import os
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from chain_timer.problems import ChainTimerError, plain
from chain_timer.system.files import read_bytes_bounded, write_text_atomic

NAME = "chain-timer.desktop"
_MARK = "X-Chain-Timer"
"""The key by which a file is known to be ours."""
_GROUP = "[Desktop Entry]"
_LARGEST = 64 * 1024
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPED = '"`$\\'


class AutostartError(ChainTimerError):
    """Starting with the desktop could not be switched on or off; the text says why and what to do."""


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
            text = read_bytes_bounded(self.path, _LARGEST).decode("utf-8")
        except FileNotFoundError:
            return Autostart.OFF
        except (OSError, ValueError):
            return Autostart.FOREIGN
        keys = _keys(text)
        if keys.get(_MARK) != "true":
            return Autostart.FOREIGN
        # A desktop's own settings switch an entry off by these, and leave the file.
        is_off = keys.get("Hidden") == "true" or keys.get("X-GNOME-Autostart-enabled") == "false"
        return Autostart.OFF if is_off else Autostart.ON

    def switch(self, *, on: bool) -> None:
        """Write the entry, or remove it where it is ours. Raises AutostartError."""
        if self.state() is Autostart.FOREIGN:
            raise AutostartError(
                f"{self._name} was not written by Chain Timer, so it stays as it is; "
                "remove it if you don't need it"
            )
        try:
            if on:
                write_text_atomic(self.path, entry_text(self._command))
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            done = "written" if on else "removed"
            reason = error.strerror or "the disk refused"
            raise AutostartError(f"{self._name} could not be {done}: {reason}") from error

    @property
    def _name(self) -> str:
        return plain(str(self.path))


def autostart_folder(environ: Mapping[str, str], home: Path, platform: str = sys.platform) -> Path | None:
    """Give the folder the desktop looks into; None where it has no such custom."""
    if not platform.startswith("linux"):
        return None
    told = environ.get("XDG_CONFIG_HOME", "")
    # https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is to be ignored.
    config = Path(told) if os.path.isabs(told) else home / ".config"  # noqa: PTH117 - an empty text is no path
    return config / "autostart"


def own_command(
    executable: Path, environ: Mapping[str, str], options: Sequence[str], *, bundled: bool = False
) -> tuple[str, ...]:
    """Give the command that starts this program once more, in whatever way it is installed."""
    image = environ.get("APPIMAGE", "")
    if image:
        return (image, *options)
    if bundled:
        return (str(executable), *options)
    script = executable.with_name("chain-timer")
    if script.is_file():
        return (str(script), *options)
    # Without -P a folder of this name in the home folder would be taken for the program.
    return (str(executable), "-P", "-m", "chain_timer", *options)


def entry_text(command: Sequence[str]) -> str:
    """Give the text of an entry. Raises AutostartError when the command cannot be written in one."""
    lines = (
        _GROUP,
        "Type=Application",
        "Name=Chain Timer",
        "Comment=Reminds you of your sessions",
        f"Exec={exec_line(command)}",
        "Terminal=false",
        "StartupNotify=false",
        # Where the tray is part of the desktop, it has to be there first.
        "X-GNOME-Autostart-Delay=5",
        "X-KDE-autostart-after=panel",
        f"{_MARK}=true",
    )
    return "\n".join(lines) + "\n"


def exec_line(command: Sequence[str]) -> str:
    """Quote a command as the key Exec wants it. Raises AutostartError.

    https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
    """
    for word in command:
        if not word.isprintable() or not word:
            raise AutostartError(
                f'The program is in a folder whose name no desktop could start it from: "{plain(word)}"; '
                "move it to one without control characters"
            )
    if "=" in command[0]:
        raise AutostartError(
            f'No desktop starts a program with "=" in its path: "{plain(command[0])}"; move it elsewhere'
        )
    return " ".join(_quoted(word) for word in command)


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if _RESERVED & set(word):
        word = '"' + "".join(f"\\{each}" if each in _ESCAPED else each for each in word) + '"'
    # The value of a key is text, in which a backslash stands for itself only when it is doubled.
    return word.replace("\\", "\\\\")


def _keys(text: str) -> dict[str, str]:
    """Read the keys of the first group that counts."""
    found: dict[str, str] = {}
    within = False
    for line in text.splitlines():
        if line.startswith("["):
            within = line.strip() == _GROUP
        elif within and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found[key.strip()] = value.strip()
    return found
