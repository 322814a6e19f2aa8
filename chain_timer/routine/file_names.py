"""Names of files: made from titles, safe on every system; and which names are no person's own."""

import re
import unicodedata
from collections.abc import Collection

from chain_timer.routine.words import slug

LONGEST_STEM = 80
"""Characters."""
LONGEST_STEM_BYTES = 200
"""In UTF-8. A name may have 255 bytes; what sync tools and our own kept versions add has to fit as well."""
_UNTITLED = "untitled"
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any ending, these are devices.
_RESERVED = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
    }
)
# Syncthing, Dropbox, Nextcloud, ownCloud, Seafile and Resilio; their own names are never made of a title.
_CONFLICT = re.compile(
    r"\.sync-conflict-|\([^()]*conflicted copy|_conflict-[0-9]|\(sfconflict |\.conflict\.|\.syncthing\."
)
# Hidden and temporary files of systems, editors, sync tools and browsers; and those that we keep beside.
_STRAY_STARTS = (".", "~", "#")
_STRAY_ENDS = (
    *(".tmp", ".temp", ".part", ".partial", ".crdownload", ".!sync"),
    *(".swp", ".orig", "~", ".bak"),
)


def is_stray(name: str) -> bool:
    """Whether a file name tells of no file of a person's own: a conflict copy, a half-written or kept one."""
    folded = name.casefold()
    return bool(folded.startswith(_STRAY_STARTS) or folded.endswith(_STRAY_ENDS) or _CONFLICT.search(folded))


def file_stem(title: str, taken: Collection[str]) -> str:
    """Make the name of a file, without its ending, from a title; numbered when it is taken.

    It is an id as well: what is read from the file goes by exactly this name. Names count as taken whatever
    their case, because some disks know no difference.
    """
    others = {_folded(name) for name in taken}
    stem = _cut(_stable_slug(title[: LONGEST_STEM * 4]), "") or _UNTITLED
    if stem in _RESERVED:
        stem = f"my-{stem}"
    number, found = 1, stem
    while _folded(found) in others:
        number += 1
        found = _cut(stem, f"-{number}")
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _stable_slug(text: str) -> str:
    # Folding the case of some letters leaves them decomposed, so that once more gives something else.
    for _ in range(3):
        text = unicodedata.normalize("NFC", slug(text))
    # An emoji is no letter, but what chooses its look is a mark, and would begin a word unseen.
    return "-".join(filter(None, (_without_first_marks(word) for word in text.split("-"))))


def _without_first_marks(word: str) -> str:
    start = next((at for at, character in enumerate(word) if not _is_mark(character)), len(word))
    return word[start:]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _cut(stem: str, ending: str) -> str:
    """Shorten a stem so that it fits with this ending; no letter loses its marks."""
    most, most_bytes = LONGEST_STEM - len(ending), LONGEST_STEM_BYTES - len(ending)
    while len(stem) > most or len(stem.encode()) > most_bytes:
        marks = len(stem) - 1
        while marks > 0 and _is_mark(stem[marks]):
            marks -= 1
        stem = stem[:marks]
    return stem.strip("-") + ending
