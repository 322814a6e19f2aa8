"""Which packages of Debian the programs and libraries of a folder need from outside of it."""

import re
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

_MAGIC = b"\x7fELF"
_ANSWER = re.compile(r"^shlibs:Depends=(.*)$", re.MULTILINE)
_SONAME = re.compile(r"^\s+SONAME\s+(\S+)$", re.MULTILINE)
_BUILD = re.compile(r"Build ID: ([0-9a-f]+)")
_PARTS = re.compile(r"(?P<name>.+)\.so\.(?P<version>.+)|(?P<other>.+)-(?P<number>\d.*)\.so")
_LEAST = "dpkg-shlibdeps (Debian: dpkg-dev), objdump and readelf (binutils)"


class UnknownNeedsError(Exception):
    """What is needed could not be found out; the text says why."""


def elf_files(folder: Path) -> Iterator[Path]:
    """List the programs and shared libraries in a folder, without links to them."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) == _MAGIC:
                yield path


def needed_packages(folder: Path, optional: Collection[str] = ()) -> list[str]:
    """Ask dpkg-shlibdeps, which knows since which version of a package each symbol is there.

    What only the files named in ``optional`` need is left out. Raises UnknownNeedsError when a library is
    neither in the folder nor in any installed package.
    """
    files = list(elf_files(folder.resolve()))
    must = [str(path) for path in files if path.name not in optional]
    within = sorted({f"-l{path.parent}" for path in files if ".so" in path.name})
    with tempfile.TemporaryDirectory() as work:
        debian = Path(work, "debian")
        debian.mkdir()
        # It reads here which package it works for, and writes nothing with -O.
        control = "Source: chain-timer\n\nPackage: chain-timer\nArchitecture: any\n"
        (debian / "control").write_text(control, encoding="ascii")
        # Libraries of the folder itself belong to no package and need none; else namesakes would be found.
        own = sorted(filter(None, map(_own_line, _sonames(files))))
        (debian / "shlibs.local").write_text("".join(own), encoding="ascii")
        said = _run(["dpkg-shlibdeps", "-O", "--ignore-missing-info", *within, *must], debian.parent)
    found = _ANSWER.search(said)
    return found[1].split(", ") if found else []


def build_id(library: Path) -> str:
    """Give what the linker put into it to know this very build by; empty where it put nothing."""
    found = _BUILD.search(_run(["readelf", "-n", str(library)]))
    return found[1] if found else ""


def _sonames(files: list[Path]) -> set[str]:
    """Give the names that programs ask for these libraries by."""
    libraries = [str(path) for path in files if ".so" in path.name]
    return {*_SONAME.findall(_run(["objdump", "-p", *libraries]))} if libraries else set()


def _own_line(soname: str) -> str:
    parts = _PARTS.fullmatch(soname)
    if parts is None:
        return ""
    return f"{parts['name'] or parts['other']} {parts['version'] or parts['number']}\n"


def _run(command: list[str], work: Path | None = None) -> str:
    try:
        asked = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise UnknownNeedsError(f"{command[0]} is not here; this wants {_LEAST}") from error
    if asked.returncode:
        errors = [line for line in asked.stderr.splitlines() if "error" in line]
        raise UnknownNeedsError("\n".join((f"{command[0]} could not tell what is needed:", *errors)))
    return asked.stdout
