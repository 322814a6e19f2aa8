"""What software centers show of the program: AppStream metainfo.

https://www.freedesktop.org/software/appstream/docs/; the words are in ``packaging/linux/metainfo.xml.in``.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from places import PACKAGING, ROOT, version
from project_facts import Facts, facts, picture_address

from linux.change_log import Release, releases

sys.path.append(str(ROOT))  # last: nothing of the checkout may stand before what is installed

from chain_timer.drawing.theme import DARK, LIGHT
from chain_timer.system.desktop_entry import menu_entry_text, mime_types_text

ID = "io.github.chain_timer.ChainTimer"
"""What the program is called among all programs, everywhere."""

DESKTOP_ID = "chain-timer.desktop"
_ICON = "chain-timer"
_PLACE = re.compile(r"@([A-Z_]+)@")
_MEDIATYPE = re.compile(r'<mime-type type="([^"]+)"')
_WIDTH, _HEIGHT = 1280, 800

SCREENSHOTS: Mapping[str, str] = {
    "player-hold-1280x800-dark.png": "A hold: the figure shows it, the ring counts down",
    "library-1280x800-light.png": "The routines, each with its figures and its length",
    "setup-1280x800-light.png": "Before a session: how long, how often, how much is said",
    "history-1280x800-dark.png": "What you did: a map of the year, streaks and sessions",
    "editor-1280x800-dark.png": "The editor, with the session that your routine makes",
}
"""The pictures of the manual that are shown, the first one first, and what each says."""


def write_metainfo(share: Path) -> Path:
    """Put it where software centers look for it below a ``share`` folder, and give its path."""
    path = share / "metainfo" / f"{ID}.metainfo.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(), encoding="utf-8")
    return path


def text(desktop_id: str = DESKTOP_ID, icon: str = _ICON) -> str:
    """Make it; a Flatpak has other names for the menu entry and the icon."""
    about = facts()
    values = {
        **_entry_values(menu_entry_text(("chain-timer",))),
        "ID": ID,
        "DESKTOP_ID": escape(desktop_id),
        "ICON": escape(icon),
        "LICENSE": escape(about.license),
        "DEVELOPER_ID": ID.rpartition(".")[0],
        "PEOPLE": escape(about.people),
        **_addresses(about),
        "LIGHT": LIGHT.chosen,
        "DARK": DARK.chosen,
        "SCREENSHOTS": _lines(4, _screenshots(about)),
        "MEDIATYPES": _lines(4, (f"<mediatype>{each}</mediatype>" for each in mediatypes()), last=""),
        "RELEASES": _lines(4, (line for each in releases() for line in _release(each))),
    }
    words = (PACKAGING / "linux" / "metainfo.xml.in").read_text(encoding="utf-8")
    return _PLACE.sub(lambda found: values[found[1]], words)


def mediatypes() -> list[str]:
    """List the types of files that the program opens, as its MIME package names them."""
    return _MEDIATYPE.findall(mime_types_text())


def _addresses(about: Facts) -> dict[str, str]:
    return {
        "HOMEPAGE": escape(about.homepage),
        "ISSUES": escape(about.issues),
        "SOURCE": escape(about.source),
        "HELP": escape(f"{about.source}/tree/v{version()}/docs"),
        "CONTRIBUTE": escape(f"{about.source}/blob/v{version()}/CONTRIBUTING.md"),
    }


def _entry_values(entry: str) -> dict[str, str]:
    """Take from the menu entry what has to be the same in both."""
    keys = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)

    def listed(key: str, tag: str) -> str:
        words = filter(None, keys.get(key, "").split(";"))
        return _lines(4, (f"<{tag}>{escape(word)}</{tag}>" for word in words))

    return {"CATEGORIES": listed("Categories", "category"), "KEYWORDS": listed("Keywords", "keyword")}


def _screenshots(about: Facts) -> Iterable[str]:
    for number, (name, caption) in enumerate(SCREENSHOTS.items()):
        yield '<screenshot type="default">' if number == 0 else "<screenshot>"
        yield f"  <caption>{escape(caption)}</caption>"
        address = escape(picture_address(about, version(), name))
        yield f'  <image type="source" width="{_WIDTH}" height="{_HEIGHT}">{address}</image>'
        yield "</screenshot>"


def _release(release: Release) -> Iterable[str]:
    """Write one version, as far as there are words about it."""
    yield f'<release version="{escape(release.version)}" date="{release.day.isoformat()}" type="stable">'
    yield "  <description>"
    for heading, changes in release.changes.items():
        yield f"    <p>{escape(heading)}:</p>"
        yield "    <ul>"
        yield from (f"      <li>{escape(change)}</li>" for change in changes)
        yield "    </ul>"
    yield "  </description>"
    yield "</release>"


def _lines(margin: int, lines: Iterable[str], last: str = "\n  ") -> str:
    """Put lines below a tag, and the end of that tag on a line of its own."""
    return "".join(f"\n{' ' * margin}{line}" for line in lines) + last
