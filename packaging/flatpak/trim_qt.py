"""Leaves of Qt what the program uses: run while the Flatpak is built, with the folder that PySide6 is in.

Standard library only, and ``objdump`` of the SDK: the runtime's Python runs it. The list is of what stays: so
what a later version of Qt brings does not come in unseen.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtMultimedia", "QtNetwork", "QtSvg")
"""What the program imports; QtMultimedia does not come without QtNetwork."""

PLUGINS = (
    "platforms/libqwayland.so",
    "platforms/libqwayland-generic.so",  # its name up to Qt 6.9
    "platforms/libqxcb.so",
    "platforms/libqoffscreen.so",  # for checks
    "platformthemes/libqxdgdesktopportal.so",  # dialogs that reach a person's files
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/libadwaita.so",
    "wayland-decoration-client/libbradient.so",
    "imageformats/libqgif.so",
    "imageformats/libqjpeg.so",
    "imageformats/libqsvg.so",
    "imageformats/libqwebp.so",
    "iconengines/libqsvgicon.so",
    "multimedia/libffmpegmediaplugin.so",  # what finds the sound devices
)

Keep = frozenset[Path]


def kept(package: Path) -> Keep:
    """List what stays of the folder ``PySide6``: paths within it."""
    bindings = [*_there(package, (f"{module}.abi3.so" for module in MODULES))]
    bindings += [*package.glob("libpyside6.abi3.so*")]
    plugins = [*_there(package / "Qt" / "plugins", PLUGINS)]
    libraries = closure([*bindings, *plugins], package / "Qt" / "lib")
    sources = [path for path in package.glob("*.py") if path.is_file()]
    return frozenset(path.relative_to(package) for path in (*sources, *bindings, *plugins, *libraries))


def _there(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    return (folder / name for name in names if (folder / name).is_file())


def closure(files: Iterable[Path], folder: Path) -> set[Path]:
    """List the libraries of a folder that some files need, and those that these need."""
    found: set[Path] = set()
    waiting = list(files)
    while waiting:
        for name in needed(waiting.pop()):
            library = folder / name
            if library.is_file() and library not in found:
                found.add(library)
                waiting.append(library)
    return found


def needed(file: Path) -> list[str]:
    """List the libraries that a file asks the loader for."""
    told = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=True).stdout  # noqa: S607 - the SDK's own
    return [line.split()[1] for line in told.splitlines() if line.split()[:1] == ["NEEDED"]]


def trim(package: Path) -> None:
    """Remove everything else from the folder."""
    keep = kept(package)
    missing = {Path(f"{module}.abi3.so") for module in MODULES} - keep
    if missing:
        raise SystemExit(f"trim_qt: {package} has no {', '.join(sorted(map(str, missing)))}")
    for path in sorted(package.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(package) not in keep:
            path.unlink()


def main(package: Path) -> None:
    before = _size(package)
    trim(package)
    print(f"{package}: {before / 1e6:.0f} MB, now {_size(package) / 1e6:.0f} MB")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
