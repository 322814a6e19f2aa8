"""What lies in the bundle's folder, against what may: nothing came in unseen, and nothing is missing."""

import fnmatch
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from places import BUNDLE

from bundles.elf_needs import elf_files
from bundles.tarball import LARGEST_INSTALLED, size_of
from bundles.trimming import FROM_THE_SYSTEM, is_kept

PACKAGES = frozenset(
    {"PIL", "PySide6", "_soundfile_data", "chain_timer", "dbus_fast", "desktop_notifier", "espeakng_loader"}
    | {"numpy", "numpy.libs", "pillow.libs", "python3.11", "shiboken6", "tzdata"}
)
"""Folders of Python packages, and of the libraries in their wheels; all other Python is in the program."""

LIBRARIES = (
    "_cffi_backend.*.so",
    "base_library.zip",
    "libpython3.*.so.*",
    "libpyside6.abi3.so.*",
    "libshiboken6.abi3.so.*",
    # links to what lies in the folders of the packages, for the linker
    "libQt6*.so.6",
    "libicu*.so.*",
    "lib*-[0-9a-f]*.so*",
    # Python's own
    "libbz2.so.1*",
    "libffi.so.*",
    "liblzma.so.*",
    "libsqlite3.so.*",
    "libmpdec.so.*",
    # sound: PulseAudio, with what it reads files of sounds by and talks over
    "libpulse.so.*",
    "libpulsecommon-*.so",
    "libasyncns.so.*",
    "libsndfile.so.*",
    "libFLAC.so.*",
    "libogg.so.*",
    "libopus.so.*",
    "libvorbis*.so.*",
    "libmp3lame.so.*",
    "libmpg123.so.*",
    "libdbus-1.so.*",
    "libsystemd.so.*",
    "libcap.so.*",
    "libgcrypt.so.*",
    "libgpg-error.so.*",
    "liblz4.so.*",
    # X11: what a desktop of another kind (Wayland, or one without Qt) may be without
    "libxcb-*.so.*",
    "libxkbcommon*.so.*",
    # linked with by QtNetwork, which QtMultimedia loads
    "libgssapi_krb5.so.*",
    "libkrb5*.so.*",
    "libk5crypto.so.*",
    "libcom_err.so.*",
    "libkeyutils.so.*",
)
"""Files that may lie beside the packages."""

OF_EVERY_LINUX = (
    *("ld-linux-x86-64.so.*", "libc.so.*", "libm.so.*", "libpthread.so.*", "libdl.so.*", "librt.so.*"),
    *(
        "libutil.so.*",
        "libresolv.so.*",
        "libxcb.so.1",
        "libEGL.so.*",
        "libGL.so.*",
        "libGLX.so.*",
        "libdrm.so.*",
    ),
    *("libwayland-*.so.*", "libatomic.so.*"),
)
"""What PyInstaller never takes along: the C library, and what belongs to the graphics driver."""

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)


def verify(bundle: Path = BUNDLE) -> None:
    """Look at every file. Raises AssertionError with the names of those that are wrong."""
    internal = bundle / "_internal"
    assert internal.is_dir(), f"there is no bundle in {bundle}: packaging/build linux makes it"
    size = size_of(bundle)
    assert size <= LARGEST_INSTALLED, f"the bundle has {size / 1e6:.1f} MB"
    wrong = [*strangers(internal), *dropped(internal), *missing(internal), *dangling(internal)]
    assert not wrong, "\n  ".join(("the bundle's folder is not as it should be:", *wrong))


def strangers(internal: Path) -> Iterator[str]:
    """Name what lies beside the packages and is on no list."""
    for path in sorted(internal.iterdir()):
        known = path.name in PACKAGES if path.is_dir() else _matches(path.name, LIBRARIES)
        if not known and not path.name.endswith(".dist-info"):
            yield f"{path.name} is on no list (packaging/steps/bundles/bundle_folder.py)"


def dropped(internal: Path) -> Iterator[str]:
    """Name what should have been dropped and was not."""
    for path in sorted(internal.rglob("*")):
        name = path.relative_to(internal).as_posix()
        if not path.is_dir() and not is_kept(name):
            yield f"{name} was to be left out (packaging/steps/bundles/trimming.py)"


def missing(internal: Path) -> Iterator[str]:
    """Name what something was linked with and neither the bundle nor every desktop has."""
    files = list(elf_files(internal))
    here = {path.name for path in files} | {path.name for path in internal.iterdir()}
    for path in files:
        for name in needs(path):
            if name not in here and not _matches(name, (*FROM_THE_SYSTEM, *OF_EVERY_LINUX)):
                yield f"{path.relative_to(internal)} wants {name}, which is nowhere"


def dangling(internal: Path) -> Iterator[str]:
    """Name links that lead nowhere, or out of the bundle."""
    for path in internal.rglob("*"):
        if path.is_symlink() and not (path.exists() and path.resolve().is_relative_to(internal.resolve())):
            yield f"{path.relative_to(internal)} leads nowhere"


def needs(library: Path) -> list[str]:
    """Ask which libraries a library was linked with."""
    command = ["objdump", "-p", str(library)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return _NEEDED.findall(said)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
