"""Whoever builds the same sources gets the same files: built once more in another folder, and compared."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from places import DIST, ROOT, epoch, version

_LONGEST_S = 3_600


def verify() -> None:
    """Build everything for Linux again. Raises AssertionError with the names of the files that differ.

    What is in ``dist`` has to be made of the sources as they are now: packaging/build linux.
    """
    made = files_in(DIST)
    assert made, f"there is nothing in {DIST} to compare with: packaging/build linux makes it"
    with tempfile.TemporaryDirectory(prefix="built elsewhere ") as folder:
        elsewhere = Path(folder, "checkout")
        copy_sources(ROOT, elsewhere)
        again = build(elsewhere, Path(folder))
        differing = [name for name, digest in again.items() if made.get(name) != digest]
        assert not differing, f"another build gives other files: {', '.join(differing)}"
    print(f"  equal: {', '.join(again)}", flush=True)


def copy_sources(root: Path, to: Path) -> None:
    """Copy what is kept of the checkout, and what is new and not ignored."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        source, copy = root / name, to / name
        if source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy, follow_symlinks=False)


def build(checkout: Path, home: Path) -> dict[str, str]:
    """Build there as somebody else does: with another home, language, time zone and user mask."""
    surroundings = {
        **os.environ,
        "HOME": str(home),
        "SOURCE_DATE_EPOCH": str(epoch()),
        "LC_ALL": "C",
        "TZ": "Pacific/Auckland",
    }
    command = ["sh", "-c", 'umask 077; exec "$0" linux', str(checkout / "packaging" / "build")]
    subprocess.run(command, env=surroundings, cwd=home, check=True, timeout=_LONGEST_S)
    return files_in(checkout / "dist")


def files_in(folder: Path) -> dict[str, str]:
    """Give the checksum of each file for Linux by its name."""
    kinds = (f"chain-timer-{version()}-linux-*", f"chain-timer_{version()}-*.deb")
    paths = [path for kind in kinds for path in sorted(folder.glob(kind))]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
