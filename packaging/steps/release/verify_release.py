"""Whether what lies in ``dist/`` is a whole release: names, sizes, sums, and the version inside each file."""

import io
import json
import os
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from places import DIST, version

from release import checksums

LARGEST_DOWNLOAD = 62_000_000
LARGEST_INSTALLED = 180_000_000
_LONGEST_ANSWER_S = 60
_LICENSES = "licenses/THIRD-PARTY-LICENSES.txt"
_VERSION = re.compile(r"^Version: (.+)$", re.MULTILINE)
_SIZE = re.compile(r"^Installed-Size: (\d+)$", re.MULTILINE)
_KIB = 1024
_AR_MAGIC, _AR_HEADER = b"!<arch>\n", 60


class DamagedError(Exception):
    """A file is not of the kind its name says; the text says how."""


def verify() -> None:
    """See that ``dist/`` holds the release of the version in the checkout. Raises AssertionError."""
    wrong = problems(DIST, version())
    if wrong:
        raise AssertionError("\n  ".join(("dist/ is no release:", *wrong)))


def names(program_version: str) -> Mapping[str, Callable[[Path, str], Iterator[str]]]:
    """Name the files of a release made on Linux, each with what looks into it for problems."""
    return {
        f"chain_timer-{program_version}-py3-none-any.whl": _wrong_in_wheel,
        f"chain_timer-{program_version}.tar.gz": _wrong_in_sources,
        f"chain-timer-{program_version}-linux-x86_64.tar.xz": _wrong_in_archive,
        f"chain-timer_{program_version}-1_amd64.deb": _wrong_in_package,
        f"chain-timer-{program_version}-linux-x86_64.cdx.json": _wrong_in_parts,
    }


def problems(folder: Path, program_version: str) -> list[str]:
    """List what is missing or not as it should be."""
    files = names(program_version)
    wrong = []
    for name, look in files.items():
        path = folder / name
        if not path.is_file():
            wrong.append(f"{name} is missing")
            continue
        if path.stat().st_size > LARGEST_DOWNLOAD:
            wrong.append(f"{name} has {_megabytes(path.stat().st_size)} MB, at most 62 MB were promised")
        try:
            wrong += [f"{name}: {each}" for each in look(path, program_version)]
        except (DamagedError, BadZipFile, tarfile.TarError, ValueError, KeyError, OSError, EOFError) as error:
            wrong.append(f"{name} cannot be read: {error!r}")
    return [*wrong, *checksums.problems(folder, files)]


def _wrong_in_wheel(path: Path, program_version: str) -> Iterator[str]:
    with ZipFile(path) as archive:
        said = archive.read(f"chain_timer-{program_version}.dist-info/METADATA").decode()
    yield from _unlike(_VERSION.search(said), program_version)


def _wrong_in_sources(path: Path, program_version: str) -> Iterator[str]:
    with tarfile.open(path) as archive:
        said = archive.extractfile(f"chain_timer-{program_version}/PKG-INFO")
        words = said.read().decode() if said else ""
    yield from _unlike(_VERSION.search(words), program_version)


def _wrong_in_archive(path: Path, program_version: str) -> Iterator[str]:
    top = f"chain-timer-{program_version}"
    with tempfile.TemporaryDirectory(prefix="chain-timer-release-") as work:
        with tarfile.open(path) as archive:
            size = sum(entry.size for entry in archive.getmembers())
            # Pythons of before June 2023 know no filters; what is unpacked was packed here.
            archive.extraction_filter = getattr(tarfile, "data_filter", lambda entry, _path: entry)
            archive.extractall(work)  # noqa: S202 - as above
        if size > LARGEST_INSTALLED:
            yield f"{_megabytes(size)} MB unpacked, at most 180 MB were promised"
        licenses = Path(work, top, _LICENSES)
        told = licenses.read_text(encoding="utf-8") if licenses.is_file() else ""
        if not told.startswith(f"Chain Timer {program_version}:"):
            yield f"{_LICENSES} is missing, or of another version"
        said = _said_by(Path(work, top, "chain-timer"), Path(work))
        if said != f"Chain Timer {program_version}":
            yield f"the program in it says {said!r} when asked for its version"


def _said_by(program: Path, home: Path) -> str:
    """Start the program as a person does who has nothing of it yet."""
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
        },
        "HOME": str(home),
        "CHAIN_TIMER_HOME": str(home / "own"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    try:
        done = subprocess.run(
            [str(program), "--version"],
            env=environment,
            cwd=home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_LONGEST_ANSWER_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"nothing: {error}"
    return (done.stdout or done.stderr).strip()


def _wrong_in_package(path: Path, program_version: str) -> Iterator[str]:
    said = _control(path)
    found = _VERSION.search(said)
    # Debian writes a version that comes before the final one with a tilde: 1.0.0~rc1.
    if found is None or found[1].replace("~", "") != f"{program_version}-1":
        yield f"it is of version {found[1] if found else 'none'}"
    size = _SIZE.search(said)
    taken = int(size[1]) * _KIB if size else 0
    if not 0 < taken <= LARGEST_INSTALLED:
        yield f"it takes {_megabytes(taken)} MB installed, at most 180 MB were promised"


def _control(package: Path) -> str:
    """Read what a package of Debian says of itself (deb(5)). Raises DamagedError."""
    data = package.read_bytes()
    if not data.startswith(_AR_MAGIC):
        raise DamagedError("it is no package of Debian")
    place = len(_AR_MAGIC)
    while place + _AR_HEADER <= len(data):
        header = data[place : place + _AR_HEADER]
        size, name = int(header[48:58]), header[:16].decode("ascii").strip(" /")
        place += _AR_HEADER
        if name.startswith("control.tar"):
            with tarfile.open(fileobj=io.BytesIO(data[place : place + size])) as archive:
                said = archive.extractfile("./control")
                return said.read().decode() if said else ""
        place += size + size % 2
    raise DamagedError("it says nothing of itself")


def _wrong_in_parts(path: Path, program_version: str) -> Iterator[str]:
    told = json.loads(path.read_text(encoding="utf-8"))
    said = told["metadata"]["component"]["version"]
    if said != program_version:
        yield f"it is of version {said}"
    if not told["components"]:
        yield "it lists no parts"


def _unlike(found: re.Match[str] | None, program_version: str) -> Iterator[str]:
    if found is None or found[1] != program_version:
        yield f"it is of version {found[1] if found else 'none'}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f}"
