"""Lists the Python packages of the Flatpak with their addresses: ``packaging/flatpak/python-sources.json``.

What is taken stands in ``packaging/locks/runtime.txt`` with its hashes; the package index is asked for the
addresses alone. Run this module when the lock has changed: it needs the network. A quick test compares both.
"""

import json
import re
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from places import PACKAGING

LOCK = PACKAGING / "locks" / "runtime.txt"
SOURCES = PACKAGING / "flatpak" / "python-sources.json"
ARCHITECTURES = ("x86_64", "aarch64")
PYTHON = (3, 13)
"""That of org.freedesktop.Platform 25.08, as the manifest names it."""
_GLIBC_MINORS = range(41, 16, -1)
"""Of the C library there, and of all before it down to the oldest that wheels are made for."""
_INDEX = "https://pypi.org/simple"
_JSON = "application/vnd.pypi.simple.v1+json"
_LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

Files = Callable[[str], list[dict[str, Any]]]
"""Gives what the index knows of a package: its files, with filename, url and hashes each."""


class SourcesError(Exception):
    """The list cannot be made; the text says for which package, and why."""


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of the lock."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]


def read_lock(text: str) -> tuple[Locked, ...]:
    """Read a lock as uv and pip-tools write it. Raises SourcesError."""
    found: list[Locked] = []
    for block in _blocks(text):
        line = _LINE.match(block[0])
        hashes = frozenset(_HASH.findall("\n".join(block)))
        if line is None or not hashes:
            raise SourcesError(f"{block[0]}: not a version with hashes")
        found.append(Locked(canonicalize_name(line["name"]), line["version"], line["marker"] or "", hashes))
    return tuple(found)


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.splitlines():
        if line.startswith(("#", "    #")) or not line.strip():
            continue
        if not line.startswith(" ") and block:
            yield block
            block = []
        block.append(line.strip())
    if block:
        yield block


def wanted(locked: tuple[Locked, ...], architecture: str) -> tuple[Locked, ...]:
    """Choose what is for the Python of the runtime, on a processor."""
    around = _surroundings(architecture)
    return tuple(each for each in locked if not each.marker or Marker(each.marker).evaluate(around))


def _surroundings(architecture: str) -> dict[str, str]:
    short = ".".join(map(str, PYTHON))
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{short}.0",
        "os_name": "posix",
        "platform_machine": architecture,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Linux",
        "platform_version": "",
        "python_full_version": f"{short}.0",
        "python_version": short,
        "sys_platform": "linux",
        "extra": "",
    }


def tags(architecture: str) -> tuple[Tag, ...]:
    """List the kinds of wheels that can be installed there, the best first."""
    platforms = [f"manylinux_2_{minor}_{architecture}" for minor in _GLIBC_MINORS]
    platforms += [f"manylinux2014_{architecture}", f"linux_{architecture}"]
    interpreter = "cp" + "".join(map(str, PYTHON))
    return (
        *cpython_tags(PYTHON, [interpreter], platforms),
        *compatible_tags(PYTHON, interpreter, platforms),
    )


def best_wheel(package: Locked, files: list[dict[str, Any]], architecture: str) -> Mapping[str, Any]:
    """Choose the wheel that pip would, among those that the lock has a hash of. Raises SourcesError."""
    ranks = {tag: rank for rank, tag in enumerate(tags(architecture))}
    fitting: list[tuple[int, Mapping[str, Any]]] = []
    for file in files:
        if file["filename"].endswith(".whl") and file["hashes"].get("sha256") in package.hashes:
            kinds = parse_wheel_filename(file["filename"])[3] & ranks.keys()
            fitting += [(min(ranks[kind] for kind in kinds), file)] if kinds else []
    if not fitting:
        raise SourcesError(
            f"{package.name} {package.version}: no locked wheel for Python {PYTHON} on {architecture}"
        )
    return min(fitting, key=lambda each: each[0])[1]


def sources(locked: tuple[Locked, ...], files_of: Files) -> list[dict[str, Any]]:
    """List the sources as a manifest has them: once what fits every processor, the rest for one each."""
    chosen: dict[str, dict[str, Any]] = {}
    for architecture in ARCHITECTURES:
        for package in wanted(locked, architecture):
            file = best_wheel(package, files_of(package.name), architecture)
            entry = chosen.setdefault(
                file["filename"],
                {"type": "file", "url": file["url"], "sha256": file["hashes"]["sha256"], "only-arches": []},
            )
            entry["only-arches"].append(architecture)
    for entry in chosen.values():
        if len(entry["only-arches"]) == len(ARCHITECTURES):
            del entry["only-arches"]
    return [chosen[name] for name in sorted(chosen)]


def from_index(name: str) -> list[dict[str, Any]]:
    """Ask the index (https://peps.python.org/pep-0691/). Raises OSError."""
    request = urllib.request.Request(f"{_INDEX}/{name}/", headers={"Accept": _JSON})  # noqa: S310 - https
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
        files: list[dict[str, Any]] = json.load(answer)["files"]
    return files


def remembering(files_of: Files) -> Files:
    """Ask for each package once."""
    known: dict[str, list[dict[str, Any]]] = {}

    def files(name: str) -> list[dict[str, Any]]:
        if name not in known:
            known[name] = files_of(name)
        return known[name]

    return files


def text_of(entries: list[dict[str, Any]]) -> str:
    return json.dumps(entries, indent=2) + "\n"


def main(lock: Path = LOCK, to: Path = SOURCES) -> int:
    try:
        entries = sources(read_lock(lock.read_text(encoding="utf-8")), remembering(from_index))
    except (SourcesError, OSError) as error:
        print(f"flatpak_sources: {error}", file=sys.stderr)
        return 1
    to.write_text(text_of(entries), encoding="utf-8")
    print(f"{to}: {len(entries)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
