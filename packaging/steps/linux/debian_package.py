"""The package for Debian and its relatives, made from the bundle; neither root nor debhelper is needed.

https://www.debian.org/doc/debian-policy/. There are no maintainer scripts: menus, icons, types of files and
the manual's index are brought up to date by the triggers of the packages that own them.
"""

import fnmatch
import hashlib
import math
import os
import re
import shutil
import subprocess
import textwrap
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path, PurePosixPath

from bundles.elf_needs import build_id, elf_files, needed_packages
from parts.component import Component
from places import BUILD, BUNDLE, PACKAGING, ROOT, epoch, version
from project_facts import facts

from linux import debian_copyright
from linux.change_log import releases
from linux.linux_share import compressed, write_share

NAME = "chain-timer"
REVISION = 1
LIBRARY = Path("usr", "lib", NAME)
"""Where the bundle goes; a program that brings its own libraries keeps them in a folder of its own."""

THIRD_PARTY = "THIRD-PARTY-LICENSES.txt"

OPTIONAL = frozenset({"libqgtk3.so"})
"""Files that are of use only where what they need is there anyway; Qt does without them. See Suggests."""

KEPT: Mapping[str, str] = {"libpython3.*": "each release of Debian has another Python"}
"""Copies of Debian's own libraries that stay in the package, each with the reason."""

Account = Callable[[Path], tuple[tuple[Component, ...], str]]

_FOLDER_MODE, _PROGRAM_MODE, _FILE_MODE = 0o755, 0o755, 0o644
_EARLY = re.compile(r"(?<=\d)((?:a|b|rc)\d+)$")
_PLACE = re.compile(r"@([A-Z_]+)@")
_KIB = 1024


def make(out: Path) -> list[Path]:
    """Make the package of the bundle that was built before."""
    return [make_package(BUNDLE, out, BUILD / "debian")]


def make_package(bundle: Path, out: Path, work: Path, account: Account | None = None) -> Path:
    """Make the package of any bundle; ``work`` is emptied first, and holds what is in it.

    ``account`` tells what in a folder was made by others, and the text about it that goes with every bundle.
    """
    root = work / "root"
    shutil.rmtree(work, ignore_errors=True)
    lay_out(bundle, root)
    _tell_licenses(root, *(account or others_in)(root / LIBRARY))
    _settle(root)
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(_control(root), encoding="utf-8")
    (root / "DEBIAN" / "md5sums").write_text(_checksums(root), encoding="utf-8")
    _settle(root)
    made = work / f"{NAME}_{version()}-{REVISION}_{architecture()}.deb"
    # One thread: xz cuts its input in other places when there are more of them.
    _run("dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zxz", "-z9", "--build", str(root), str(made))
    # Handed out whole or not at all: this takes a minute.
    return Path(shutil.move(made, out / made.name))


def lay_out(bundle: Path, root: Path) -> None:
    """Put every file where it will be, below ``root``."""
    shutil.copytree(bundle, root / LIBRARY, symlinks=True)
    leave_to_debian(root / LIBRARY / "_internal")
    program = root / "usr" / "bin" / NAME
    program.parent.mkdir(parents=True)
    program.symlink_to(Path("..", LIBRARY.relative_to("usr"), NAME))
    share = root / "usr" / "share"
    write_share(share)
    page = share / "man" / "man1" / f"{NAME}.1"
    page.with_name(f"{page.name}.gz").write_bytes(compressed(page.read_bytes()))
    page.unlink()
    doc = share / "doc" / NAME
    (doc / "changelog.gz").write_bytes(compressed((ROOT / "CHANGELOG.md").read_bytes()))
    (doc / "changelog.Debian.gz").write_bytes(compressed(debian_changes().encode()))
    overrides = share / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(PACKAGING / "linux" / "lintian-overrides", overrides)


def others_in(bundle: Path) -> tuple[tuple[Component, ...], str]:
    """Find out what others made of a bundle, and give the text about it as well."""
    from parts.shipped import shipped  # noqa: PLC0415 - what knows licenses is only where bundles are made
    from parts.third_party import told  # noqa: PLC0415 - as above

    components = shipped(bundle)
    return components, told(components, version())


def _tell_licenses(root: Path, components: tuple[Component, ...], words: str) -> None:
    """Write them anew, by what is left of the bundle: once as everywhere, and once as Debian has them."""
    beside = root / LIBRARY / "licenses"
    beside.mkdir(exist_ok=True)
    (beside / THIRD_PARTY).write_text(words, encoding="utf-8")
    copyright_text = debian_copyright.text(components, PurePosixPath(LIBRARY))
    (root / "usr" / "share" / "doc" / NAME / "copyright").write_text(copyright_text, encoding="utf-8")


def leave_to_debian(folder: Path, system: Path = Path("/usr/lib")) -> list[str]:
    """Remove copies of libraries that a package of Debian has: they come from there, with its repairs.

    A copy is one that came out of the same build, also when symbols were taken out of it since: where the
    bundle was made on another system, all stay.
    """
    left = []
    for path in sorted(folder.glob("lib*.so*")):
        kept = any(fnmatch.fnmatchcase(path.name, pattern) for pattern in KEPT)
        originals = (*system.glob(f"*-linux-gnu/{path.name}"), *system.glob(f"*-linux-gnu/*/{path.name}"))
        if not kept and (build := build_id(path)) and build in map(build_id, originals):
            path.unlink()
            left.append(path.name)
    return left


def debian_changes() -> str:
    """Write the change log in the form of Debian. Raises ValueError when this version is not its newest."""
    told = releases()
    if not told or told[0].version != version():
        raise ValueError(f"CHANGELOG.md does not begin with version {version()}, which is to be packaged")
    entries = []
    for release in told:
        changes = [change for listed in release.changes.values() for change in listed]
        lines = [textwrap.fill(each, 78, initial_indent="  * ", subsequent_indent="    ") for each in changes]
        day = datetime.combine(release.day, datetime.min.time(), UTC)
        head = f"{NAME} ({debian_version(release.version)}) unstable; urgency=medium"
        entries.append("\n".join((head, "", *lines, "", f" -- {_maintainer()}  {format_datetime(day)}\n")))
    return "\n".join(entries)


def debian_version(upstream: str) -> str:
    """Write a version as Debian sorts it: what comes before 1.0.0 is 1.0.0~rc1 there.

    https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
    """
    early = _EARLY.sub(r"~\1", upstream)
    return f"{early}-{REVISION}"


def architecture() -> str:
    """Ask what this machine is called by Debian: amd64, arm64."""
    return _run("dpkg", "--print-architecture").strip()


def installed_kib(root: Path) -> int:
    """Reckon the size as policy does: each file in whole KiB, anything else as one."""
    sizes = (
        math.ceil(path.lstat().st_size / _KIB) if path.is_file() and not path.is_symlink() else 1
        for path in root.rglob("*")
        if "DEBIAN" not in path.relative_to(root).parts
    )
    return sum(sizes)


def _control(root: Path) -> str:
    values = {
        "VERSION": debian_version(version()),
        "ARCHITECTURE": architecture(),
        "MAINTAINER": _maintainer(),
        "SIZE": str(installed_kib(root)),
        "DEPENDS": ", ".join(needed_packages(root / LIBRARY, OPTIONAL)),
        "HOMEPAGE": facts().homepage,
    }
    words = (PACKAGING / "linux" / "control.in").read_text(encoding="utf-8")
    return _PLACE.sub(lambda found: values[found[1]], words)


def _checksums(root: Path) -> str:
    lines = []
    for path in sorted(root.rglob("*")):
        within = path.relative_to(root)
        if path.is_file() and not path.is_symlink() and within.parts[0] != "DEBIAN":
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {within}\n")
    return "".join(lines)


def _settle(root: Path) -> None:
    """Give every file the mode that policy wants and the one date, whoever made it and however."""
    programs = {path for path in elf_files(root) if ".so" not in path.name and os.access(path, os.X_OK)}
    when = epoch()
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            is_program = path in programs
            path.chmod(_FOLDER_MODE if path.is_dir() else _PROGRAM_MODE if is_program else _FILE_MODE)
        os.utime(path, (when, when), follow_symlinks=False)


def _maintainer() -> str:
    about = facts()
    return f"{about.people} <{about.mail}>"


def _run(*command: str) -> str:
    """Run a tool of dpkg and give its words. Raises RuntimeError with what it said when it fails."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch())}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout
