"""One part of what is shipped, made by others."""

import re
from dataclasses import dataclass
from urllib.parse import quote


class UnaccountedError(Exception):
    """Something would be shipped of which nobody knows whose it is, or under which license."""


@dataclass(frozen=True, slots=True)
class Component:
    """A package or library of other people, as it is in a bundle."""

    name: str
    version: str
    """Empty where it cannot be told."""
    license: str
    """An SPDX license expression (https://spdx.org/licenses/)."""
    texts: tuple[str, ...]
    """The license, and whatever notices go with it, word for word."""
    purl: str
    """What others call it (https://github.com/package-url/purl-spec)."""
    source: str
    """Where its source is."""
    known: str
    """How we know that it is there, and its license."""
    brought_by: str = ""
    """The purl of the component it lies inside of; empty when the bundle itself brings it."""
    needs: tuple[str, ...] = ()
    """The purls, without version, of what it asks for."""
    files: tuple[str, ...] = ()
    """Its files, named from the bundle's folder; empty when all of it lies in the executable's archive."""


def generic_purl(name: str, version: str) -> str:
    """Name a library that no registry has."""
    plain = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-")
    return f"pkg:generic/{plain}" + (f"@{quoted(version)}" if version else "")


def quoted(version: str) -> str:
    """Spell a version as it stands in a purl."""
    return quote(version, safe=":")
