"""Who made what of the package and under which license, as Debian wants it written.

https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
"""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from parts.component import Component
from places import PACKAGING, ROOT
from project_facts import facts

_PLACE = re.compile(r"@([A-Z_]+)@")
_HOLDER = re.compile(
    r"^\W*((?:Portions )?Copyright\b.*?(?:\d{4}|\([cC]\)|©).*?)\W*$", re.MULTILINE | re.IGNORECASE
)
_MOST_FILES = 12
_MOST_HOLDERS = 20
_SEAM = "\n\n----\n\n"
_OURS = "MIT"
"""The name that the program's own license has; others under theirs of that kind have other people in it."""
_UNNAMED = "its authors, named at its source"

_COMMON: Mapping[str, str] = {
    r"GNU GENERAL PUBLIC LICENSE\s+Version 2, June 1991": "GPL-2",
    r"GNU GENERAL PUBLIC LICENSE\s+Version 3, 29 June 2007": "GPL-3",
    r"GNU LIBRARY GENERAL PUBLIC LICENSE\s+Version 2, June 1991": "LGPL-2",
    r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1, February 1999": "LGPL-2.1",
    r"Apache License\s+Version 2\.0, January 2004": "Apache-2.0",
}
"""How the texts begin that every Debian system has: policy wants these named and not repeated."""

_END = r".*?END OF TERMS AND CONDITIONS[^\n]*"
_HOW_TO = re.compile(r"\s*(How to Apply These Terms|APPENDIX: How to apply the Apache License).*", re.DOTALL)


def text(components: Iterable[Component], place: PurePosixPath) -> str:
    """Make the file; ``place`` is where in the package the bundle lies."""
    about = facts()
    values = {
        "HOMEPAGE": about.homepage,
        "ISSUES": about.issues,
        "PEOPLE": about.people,
        "LICENSE": _folded((ROOT / "LICENSE").read_text(encoding="utf-8")),
    }
    words = (PACKAGING / "linux" / "copyright.in").read_text(encoding="utf-8")
    own = _PLACE.sub(lambda found: values[found[1]], words).rstrip("\n")
    listed = tuple(components)
    names = _names(listed)
    paragraphs = (_paragraph(each, names[each.texts], place) for each in listed)
    licenses = (f"License: {name}\n{_folded(_SEAM.join(map(_told, texts)))}" for texts, name in names.items())
    return "\n\n".join((own, *paragraphs, *licenses)) + "\n"


def _names(components: Collection[Component]) -> Mapping[tuple[str, ...], str]:
    """Name each set of texts once: by the license where it is one, else by who is first under it."""
    licenses: dict[tuple[str, ...], set[str]] = {}
    for each in components:
        licenses.setdefault(each.texts, set()).add(each.license)
    names: dict[tuple[str, ...], str] = {}
    for each in components:
        is_the_one = licenses[each.texts] == {each.license} and " " not in each.license
        is_free = each.license not in {*names.values(), _OURS}
        own = re.sub(r"[^\w.]+", "-", f"{each.name} terms").strip("-")
        names.setdefault(each.texts, each.license if is_the_one and is_free else own)
    return names


def _paragraph(component: Component, license_name: str, place: PurePosixPath) -> str:
    files = [str(place / name) for name in _grouped(component.files)] or [str(place / "chain-timer")]
    version = f" {component.version}" if component.version else ""
    return "\n".join(
        (
            f"Files: {_listed(files)}",
            f"Copyright: {_listed(_holders(component.texts))}",
            f"License: {license_name}",
            f"Comment: {component.name}{version}, under {component.license}, from",
            f" {component.source}",
        )
    )


def _grouped(files: Iterable[str]) -> list[str]:
    """Name whole folders where a component has many files in them."""
    names = sorted(files)
    if len(names) <= _MOST_FILES:
        return names
    depth = 2
    tops = {PurePosixPath(*PurePosixPath(name).parts[:depth]) for name in names}
    return sorted(str(top) if str(top) in names else f"{top}/*" for top in tops)


def _holders(texts: Iterable[str]) -> list[str]:
    found = (" ".join(each.split()) for text in texts for each in _HOLDER.findall(text))
    return list(dict.fromkeys(found))[:_MOST_HOLDERS] or [_UNNAMED]


def _told(text: str) -> str:
    """Give a text with those of Debian's in it named by where they lie."""
    for beginning, name in _COMMON.items():
        place = f"(The text of this license is in /usr/share/common-licenses/{name}.)"
        text, found = re.subn(beginning + _END, place, text, flags=re.DOTALL)
        if found and text.lstrip().startswith(place):
            text = _HOW_TO.sub("", text)
    return text


def _listed(entries: list[str]) -> str:
    return "\n ".join(entries)


def _folded(text: str) -> str:
    """Indent a text as a field goes on, with a dot where a line is empty."""
    lines = (line.rstrip() for line in text.strip("\n").splitlines())
    return "\n".join(f" {line}" if line.strip() else " ." for line in lines)
