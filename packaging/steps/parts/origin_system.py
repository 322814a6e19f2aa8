"""Libraries that PyInstaller takes from the system it runs on: which of its packages they are from.

Debian and its relatives alone are asked; bundles for Linux are built on one of them.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from parts.component import Component, UnaccountedError, quoted
from parts.license_texts import tidy
from parts.native_system import license_of

_CACHED = re.compile(r"^\s*\S+ \(.*?\) => (\S+)$", re.MULTILINE)
_COMMON = re.compile(r"/usr/share/common-licenses/([A-Za-z]+(?:-\d+(?:\.\d+)?)?)")
_FORMAT = "${binary:Package}\t${Version}\t${source:Package}\t${source:Version}\t${Architecture}"


class System:
    """The system that the bundle is built on."""

    def components(self, file: Path, place: str) -> tuple[Component, ...]:
        """Say which package a library is from; empty when it is from none.

        Raises UnaccountedError when the license of the package was not read yet.
        """
        originals = (folder / Path(place).name for folder in _folders())
        original = next((each for each in originals if each.is_file() and _is_same(file, each)), None)
        package = None if original is None else package_of(original)
        if package is None:
            return ()
        if not package.license:
            raise UnaccountedError(
                f"{place} is from the system's package {package.name} {package.version}, whose license "
                "is not written down: read its copyright, add it to packaging/steps/parts/native_system.py"
            )
        return (package,)


@cache
def package_of(file: Path) -> Component | None:
    """Describe the package a file is from, its license empty when unknown here; None without one."""
    name = _owner(file)
    if not name:
        return None
    described = _asked("dpkg-query", "-W", f"--showformat={_FORMAT}", name).split("\t")
    package, version, source, source_version, architecture = described
    package = package.partition(":")[0]
    system = _system()
    distro = system.get("ID", "debian")
    qualifiers = f"arch={architecture}&distro={distro}-{system.get('VERSION_ID', 'unknown')}"
    return Component(
        name=package,
        version=version,
        license=license_of(package),
        texts=_texts(Path("/usr/share/doc", package, "copyright")),
        purl=f"pkg:deb/{distro}/{package}@{quoted(version)}?{qualifiers}",
        source=_source(distro, source, source_version),
        known=f"installed from the system's package {package}",
    )


def _source(system: str, name: str, version: str) -> str:
    if system == "ubuntu":
        return f"https://launchpad.net/ubuntu/+source/{name}/{version}"
    return f"https://snapshot.debian.org/package/{name}/{version}/"


def _texts(copyright_file: Path) -> tuple[str, ...]:
    """Read what a package says of its licenses, and the texts of Debian that it only points at."""
    try:
        own = tidy(copyright_file.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise UnaccountedError(
            f"the system keeps no licenses of a library that is shipped: {error}"
        ) from error
    common = Path("/usr/share/common-licenses")
    # By their real names: GPL is a link to the newest one.
    named = {(common / name.rstrip(".")).resolve() for name in _COMMON.findall(own)}
    return (own, *(tidy(path.read_text(encoding="utf-8")) for path in sorted(named) if path.is_file()))


@cache
def _folders() -> tuple[Path, ...]:
    """List the folders in which the system's linker finds libraries."""
    linker = shutil.which("ldconfig", path="/sbin:/usr/sbin")
    found = _CACHED.findall(_asked(linker, "-p")) if linker else []
    folders = dict.fromkeys(Path(path).parent for path in found)
    # PulseAudio keeps a part of its client in a folder of its own.
    return (*folders, *(folder / "pulseaudio" for folder in folders))


def _is_same(file: Path, original: Path) -> bool:
    """Whether one is the other, or is it without what only a debugger reads."""
    ours, theirs = file.read_bytes(), original.read_bytes()
    return ours == theirs or (_build_id(ours) is not None and _build_id(ours) == _build_id(theirs))


def _build_id(data: bytes) -> bytes | None:
    """Read the note by which a library is known, stripped or not."""
    found = re.search(rb"\x04\0\0\0\x14\0\0\0\x03\0\0\0GNU\0(.{20})", data, re.DOTALL)
    return found[1] if found else None


def _owner(file: Path) -> str:
    """Name the package a file is from; empty when it is from none."""
    said = _asked("dpkg-query", "-S", *map(str, _spellings(file)))
    return said.partition("\n")[0].rpartition(": ")[0].partition(",")[0]


def _spellings(file: Path) -> Iterator[Path]:
    """Give the names a file may be listed by: /lib and /usr/lib are one folder now, but were not always."""
    for path in dict.fromkeys((file, file.resolve())):
        yield path
        yield Path(str(path).removeprefix("/usr")) if path.is_relative_to("/usr") else Path(f"/usr{path}")


@cache
def _system() -> Mapping[str, str]:
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {key: value.strip('"') for key, _, value in (line.partition("=") for line in lines)}


def _asked(*command: str) -> str:
    """Give what a tool of the system says; nothing where there is none, or it knows nothing."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
