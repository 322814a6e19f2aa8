"""What changed in each version, read from ``CHANGELOG.md``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from places import ROOT, epoch

_RELEASE = re.compile(
    r"\[?(?P<version>\d+\.\d+\.\d+[^\]\s]*)]?(?:[\s(-]+(?P<day>\d{4}-\d\d-\d\d)\)?)?", re.ASCII
)
_LINK = re.compile(r"^\[[^\]\s]+\]: \S+[ \t]*$", re.MULTILINE)
_MARKED = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\[([^]]+)]\([^)]+\)")


@dataclass(frozen=True, slots=True)
class Release:
    """One version, with what changed in plain words under each heading, such as "Added"."""

    version: str
    day: date
    changes: Mapping[str, tuple[str, ...]]


def releases() -> tuple[Release, ...]:
    """Read all releases of the project, the newest first; what is not released yet is left out.

    A release without a day in its heading has the day that everything made now is dated with.
    """
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return tuple(read(text, datetime.fromtimestamp(epoch(), UTC).date()))


def read(text: str, undated: date) -> Iterator[Release]:
    """Read the releases in a text of the form of https://keepachangelog.com/."""
    for section in re.split(r"^## ", _LINK.sub("", text), flags=re.MULTILINE)[1:]:
        heading, _, rest = section.partition("\n")
        if found := _RELEASE.fullmatch(heading.strip()):
            day = date.fromisoformat(found["day"]) if found["day"] else undated
            yield Release(found["version"], day, dict(_changes(rest)))


def _changes(section: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in re.split(r"^### ", section, flags=re.MULTILINE)[1:]:
        heading, _, rest = part.partition("\n")
        listed = re.split(r"^- ", rest, flags=re.MULTILINE)[1:]
        yield heading.strip(), tuple(_plain(" ".join(each.split())) for each in listed)


def _plain(text: str) -> str:
    """Take the signs of Markdown out."""
    return _MARKED.sub(lambda found: next(filter(None, found.groups())), text)
