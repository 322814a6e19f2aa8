"""Text from outside: cleaned to a line, turned into ids, and matched with the name that was meant."""

import unicodedata
from collections.abc import Iterable
from itertools import islice

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Joiners and direction marks belong to names in Persian, Hebrew or emoji; overrides of direction do not.
_KEPT = frozenset("\u200c\u200d\u200e\u200f\u061c")
_LONGEST_WORD = 40
_MOST_CANDIDATES = 300


def clean_line(text: str) -> str:
    """One line without control characters, terminal escapes or direction overrides; all scripts stay."""
    if not text.isprintable():
        spaced = " ".join(text.split())
        text = "".join(c for c in spaced if c in _KEPT or unicodedata.category(c) not in _DROPPED)
        if not any(c.isprintable() and not c.isspace() for c in text):
            return ""
    return " ".join(text.split())


def slug(text: str) -> str:
    """Turn a name or file name into an id: small letters and digits of any script, joined by hyphens."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    spaced = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in lowered)
    return "-".join(spaced.split())


def closest(word: str, known: Iterable[str]) -> str:
    """Find the known word that was most likely meant; empty when none is near. Its time is bounded."""
    from difflib import get_close_matches  # noqa: PLC0415 - only wanted when something is wrong

    candidates = list(islice(known, _MOST_CANDIDATES))
    matches = get_close_matches(word[:_LONGEST_WORD].casefold(), candidates, n=1, cutoff=0.6)
    return matches[0] if matches else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Make a remedy of the nearest known word, or give the other one."""
    meant = closest(word, known)
    return f"did you mean {meant}?" if meant else otherwise
