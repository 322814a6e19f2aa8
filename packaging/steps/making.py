"""Makes what is handed out, target by target, into ``dist/``."""

import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from environment import one_build_at_a_time
from places import DIST, ROOT, epoch, version

TARGETS: Mapping[str, tuple[str, ...]] = {
    "wheel": ("source.wheels",),
    "icons": ("icons",),
    "linux": ("bundles.bundle", "bundles.tarball", "linux.debian_package", "parts.bill_of_materials"),
    "flatpak": ("systems.flatpak_manifest",),
    "windows": ("systems.windows_resources", "bundles.bundle", "systems.windows_setup"),
    "macos": ("bundles.bundle", "systems.macos_image"),
}
"""The steps of each target, in order: modules with ``make(out: Path) -> list[Path]``, what it wrote there.

Imported only when it is their turn: a step for Windows may want what only Windows has.
"""

Make = Callable[[Path], list[Path]]


class UnknownTargetError(Exception):
    """Nothing of that name is made here."""


def steps_of(targets: Sequence[str]) -> list[str]:
    """List the steps of some targets, each once. Raises UnknownTargetError."""
    unknown = [target for target in targets if target not in TARGETS]
    if unknown or not targets:
        named = f"{', '.join(unknown)} is no target; " if unknown else ""
        raise UnknownTargetError(f"{named}name some of: {' '.join(TARGETS)}")
    return list(dict.fromkeys(step for target in targets for step in TARGETS[target]))


def make(targets: Sequence[str], out: Path) -> list[Path]:
    """Make some targets into a folder, and list what was written there."""
    steps = steps_of(targets)
    out.mkdir(parents=True, exist_ok=True)
    with one_build_at_a_time():
        return take(steps, out)


def take(steps: Sequence[str], out: Path) -> list[Path]:
    """Take the steps in order, and list what they wrote."""
    # Set for all that is started from here: every tool dates its files by it.
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch())
    written: list[Path] = []
    for step in steps:
        print(f"{step} …", flush=True)
        made: Make = importlib.import_module(step).make
        written += made(out)
    return list(dict.fromkeys(written))


def main(arguments: Sequence[str]) -> int:
    try:
        written = make(arguments, DIST)
    except UnknownTargetError as error:
        print(f"packaging/build: {error}", file=sys.stderr)
        return 2
    print(f"Chain Timer {version()}:")
    for path in written:
        print(f"  {path.relative_to(ROOT)}  {path.stat().st_size / 1e6:,.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
