"""What Linux desktops and ``man`` want to find of a program below ``/usr/share``, in archive and package."""

import gzip
import sys
from pathlib import Path

import icons
from places import ROOT

from linux.man_page import write_man_page
from linux.metainfo import DESKTOP_ID, ID, write_metainfo

sys.path.append(str(ROOT))  # last: nothing of the checkout may stand before what is installed

from chain_timer.system.desktop_entry import menu_entry_text, mime_types_text

MANUAL = (
    "commands.md",
    "exchange.md",
    "figures.md",
    "format.md",
    "glossary.md",
    "history.md",
    "reminders.md",
)
"""The pages of the manual that are for people who use the program."""


def write_share(share: Path, command: tuple[str, ...] = ("chain-timer",)) -> None:
    """Fill a ``share`` folder; ``command`` is what the menu entry starts."""
    _write(share / "applications" / DESKTOP_ID, menu_entry_text(command))
    _write(share / "mime" / "packages" / f"{ID}.xml", mime_types_text())
    icons.write_hicolor(share)
    write_metainfo(share)
    write_man_page(share)
    for name in MANUAL:
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        _write(share / "doc" / "chain-timer" / name, text)


def compressed(data: bytes) -> bytes:
    """Compress as policy wants man pages and change logs to be: as small as can be, without a date."""
    return gzip.compress(data, 9, mtime=0)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
