"""The change log as a release wants it: what is not released yet, and how that becomes a version.

The form is that of https://keepachangelog.com/; :mod:`change_log` reads it for software centers.
"""

import re
from datetime import date

_UNRELEASED = re.compile(r"^## \[?Unreleased\]?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"^## \[?(?P<name>[^\]\s]+)\]?.*$", re.MULTILINE)
_LINK = re.compile(r"^\[(?P<name>[^\]\s]+)\]: \S+[ \t]*$\n?", re.MULTILINE)
_ENTRY = re.compile(r"^[-*] \S", re.MULTILINE)


class NotesError(Exception):
    """The change log is not in a state to be released; the text says what is missing."""


def unreleased(text: str) -> str:
    """Give what is not released yet. Raises NotesError when there is nothing, or no place for it."""
    found = _UNRELEASED.search(text)
    if found is None:
        raise NotesError('CHANGELOG.md has no section "## Unreleased"')
    body = _body(text, found.end())
    if not _ENTRY.search(body):
        raise NotesError('CHANGELOG.md has nothing under "Unreleased": write down what changed for people')
    return body


def section(text: str, version: str) -> str:
    """Give what changed in a version. Raises NotesError when it is not there."""
    for heading in _HEADING.finditer(text):
        if heading["name"] == version:
            return _body(text, heading.end())
    raise NotesError(f"CHANGELOG.md has no section for {version}")


def versions(text: str) -> list[str]:
    """List the released versions, in the order they stand in."""
    names = [heading["name"] for heading in _HEADING.finditer(text)]
    return [name for name in names if name.lower() != "unreleased"]


def released(text: str, version: str, day: date, address: str, before: str | None = None) -> str:
    """Move what is not released yet to a version, and link it with what changed in the sources.

    ``address`` is where the sources are, ``before`` the last version that has a tag. Raises NotesError.
    """
    unreleased(text)
    if version in versions(text):
        raise NotesError(f"CHANGELOG.md has a section for {version} already")
    heading = f"## [Unreleased]\n\n## [{version}] - {day.isoformat()}"
    moved = _UNRELEASED.sub(lambda _found: heading, text, count=1)
    kept = [found[0].rstrip() for found in _LINK.finditer(moved) if found["name"].lower() != "unreleased"]
    changes = f"compare/v{before}...v{version}" if before else f"releases/tag/v{version}"
    links = [
        f"[Unreleased]: {address}/compare/v{version}...HEAD",
        f"[{version}]: {address}/{changes}",
        *kept,
    ]
    return _LINK.sub("", moved).rstrip("\n") + "\n\n" + "\n".join(links) + "\n"


def _body(text: str, start: int) -> str:
    """Give the lines from a place to the next section, without the links at the end of the file."""
    following = _HEADING.search(text, start)
    return _LINK.sub("", text[start : following.start() if following else len(text)]).strip()
