"""Files by which a Linux desktop knows programs: how they are written, and whether one is ours.

https://specifications.freedesktop.org/desktop-entry-spec/latest/
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from chain_timer.problems import ChainTimerError, plain
from chain_timer.system.files import read_bytes_bounded

NAME = "chain-timer.desktop"
GROUP = "[Desktop Entry]"
_MARK = "X-Chain-Timer"
"""The key by which a file is known to be ours."""
_LARGEST = 64 * 1024
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPED = '"`$\\'


class DesktopFileError(ChainTimerError):
    """A desktop could not be told; the text says why and what to do."""


def desktop_text(keys: Mapping[str, str], more: Sequence[str] = ()) -> str:
    """Give the text of a file that is ours, with ``more`` lines of groups of their own."""
    lines = [GROUP, *(f"{key}={value}" for key, value in keys.items()), f"{_MARK}=true", *more]
    return "\n".join(lines) + "\n"


def read_keys(path: Path) -> dict[str, str] | None:
    """Read the keys of the group that counts; None for a file that cannot be read.

    Raises FileNotFoundError where there is none.
    """
    try:
        return _keys(read_bytes_bounded(path, _LARGEST).decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileNotFoundError(*error.args) from error
    except (OSError, ValueError):
        return None


def is_ours(keys: Mapping[str, str] | None) -> bool:
    """Whether this program wrote a file with these keys."""
    return keys is not None and keys.get(_MARK) == "true"


def foreign(path: Path) -> DesktopFileError:
    """Say that a file is somebody else's."""
    return DesktopFileError(
        f"{plain(str(path))} was not written by Chain Timer, so it stays as it is; "
        "remove it if you don't need it"
    )


def base_folder(environ: Mapping[str, str], variable: str, usual: Path) -> Path:
    """Give a folder that a variable of the desktop may name, or the usual one.

    https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is to be ignored.
    """
    told = environ.get(variable, "")
    return Path(told) if os.path.isabs(told) else usual  # noqa: PTH117 - an empty text is no path


def exec_line(command: Sequence[str]) -> str:
    """Quote a command as the key Exec wants it. Raises DesktopFileError.

    https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
    """
    for word in command:
        if not word.isprintable() or not word:
            raise DesktopFileError(
                f'The program is in a folder whose name no desktop could start it from: "{plain(word)}"; '
                "move it to one without control characters"
            )
    if "=" in command[0]:
        raise DesktopFileError(
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
            within = line.strip() == GROUP
        elif within and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found[key.strip()] = value.strip()
    return found
