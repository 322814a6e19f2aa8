"""Taking out of a text what is a person's own: names, folders, and whatever a file of theirs said."""

import os
import re
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from getpass import getuser
from itertools import takewhile
from pathlib import Path

_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|“[^”\n]*”|«[^»\n]*»|`[^`\n]*`")
# A path may hold spaces: everything is taken up to what ends a part of a sentence.
_PATH = re.compile(r"(?:(?<![\w~$>.\0])/|\b[A-Za-z]:[\\/]|\\\\)[^;)\n]*")
_LEFT_OUT = "…"
_SHORTEST = 2
_USUAL = frozenset(
    {
        *(".config", ".local", "share", ".cache", "state"),
        *("AppData", "Roaming", "Local", "Library", "Application Support", "Caches", "Logs"),
        *("chain-timer", "routines", "exercises", "history", "history.db", "cache", "log", "logs"),
        *("settings.toml", "chain-timer.log"),
    }
)
"""Parts of paths that are the same with everybody."""
_EVERYBODYS = frozenset({"root", "user", "localhost", "admin", "administrator", "home"})
"""Names that tell nothing of anybody."""


class Scrubber:
    """Knows what must not be told, and gives texts without it."""

    def __init__(self, folders: Iterable[tuple[Path, str]], names: Iterable[str] = ()) -> None:
        """``folders`` are told by a word of their own each; ``names`` never."""
        known = {str(folder): word for folder, word in folders if len(folder.parts) > 1}
        # The deepest first, or what is within it would be left over.
        self._folders = sorted(known.items(), key=lambda item: -len(item[0]))
        names = {name for name in names if len(name) >= _SHORTEST and name.lower() not in _EVERYBODYS}
        joined = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        self._names = re.compile(rf"(?i)(?<!\w)(?:{joined})(?!\w)") if joined else None

    def __call__(self, text: str) -> str:
        """Give a text with a word for each folder that is known, and nothing in the place of the rest."""
        kept: list[str] = []
        for folder, word in self._folders:
            # Put back at the end, so that nothing below takes them for paths.
            kept.append(word)
            text = re.sub(rf"{re.escape(folder)}(?![\w-])", f"\0{len(kept) - 1}\0", text, flags=re.IGNORECASE)
        text = _QUOTED.sub(f'"{_LEFT_OUT}"', text)
        text = _PATH.sub(_LEFT_OUT, text)
        text = re.sub(r"(\0\d+\0)[\\/]([^;)\n]*)", _within, text)
        if self._names is not None:
            text = self._names.sub(_LEFT_OUT, text)
        return re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], text)


def _within(found: re.Match[str]) -> str:
    """Give what a folder is followed by: as far as everybody has it so, and no further."""
    parts = re.split(r"[\\\\/]", found[2])
    usual = list(takewhile(_USUAL.__contains__, parts))
    return "/".join([found[1], *usual, *([_LEFT_OUT] if len(usual) < len(parts) else [])])


def own_folders(home_variable: str) -> list[tuple[Path, str]]:
    """Give the folders of this computer that may be told by a word."""
    found = [(Path(sys.prefix), "<program>"), (Path(__file__).parents[2], "<program>")]
    found += [(Path(text), "~") for text in (os.path.expanduser("~"),) if os.path.isabs(text)]  # noqa: PTH111, PTH117 - Path.home raises where there is none
    told = os.environ.get(home_variable, "")
    if os.path.isabs(told):  # noqa: PTH117 - an empty text is no path
        found.append((Path(told), f"${home_variable}"))
    return found


def own_names() -> tuple[str, ...]:
    """Give the names of whoever sits here, and of the computer."""
    names = {socket.gethostname(), socket.gethostname().partition(".")[0], Path.home().name}
    with suppress(OSError, KeyError, ImportError):  # nobody that this computer knows
        names.add(getuser())
    return tuple(names)
