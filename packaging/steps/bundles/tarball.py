"""Makes the archive of the Linux bundle: unpack it anywhere, and start it."""

import io
import lzma
import shutil
import tarfile
from pathlib import Path

from places import BUILD, BUNDLE, epoch, version

FORMAT = tarfile.GNU_FORMAT
LARGEST_INSTALLED = 180_000_000
LARGEST_DOWNLOAD = 62_000_000
_README = """\
Chain Timer {version}

Start it:               ./chain-timer
In the terminal:        ./chain-timer --help
Into the menu:          ./chain-timer desktop-entry --install
Out of the menu:        ./chain-timer desktop-entry --remove
What is here and works: ./chain-timer doctor

This folder holds all the program needs, and may lie anywhere; after moving it, put it into the menu anew.
To remove it, take it out of the menu and delete the folder. Your routines, settings and history are elsewhere
and stay; "./chain-timer doctor" names the folders.

It wants a Linux desktop with glibc {glibc} or newer; "ldd --version" tells yours. What it uses of your
system: libGL, libEGL, libX11, fontconfig, FreeType, GLib, libstdc++ and zlib, which every desktop has.

Licenses: LICENSE for Chain Timer, licenses/ for all it is made with.
"""


class TooLargeError(Exception):
    """What was made is larger than was promised."""


def make(out: Path) -> list[Path]:
    """Pack the bundle that was built before. Raises TooLargeError."""
    name = f"chain-timer-{version()}"
    root = BUILD / "tarball" / name
    lay_out(BUNDLE, root)
    _at_most(size_of(root), LARGEST_INSTALLED, str(root))
    path = out / f"{name}-linux-x86_64.tar.xz"
    pack(root, path, epoch())
    _at_most(path.stat().st_size, LARGEST_DOWNLOAD, path.name)
    return [path]


def lay_out(bundle: Path, root: Path) -> None:
    """Put the bundle and what a desktop wants to find of it into one folder."""
    from linux.linux_share import write_share  # noqa: PLC0415

    from bundles.elf_versions import newest_glibc  # noqa: PLC0415 - both want what is only where a bundle is made

    shutil.rmtree(root.parent, ignore_errors=True)
    shutil.copytree(bundle, root, symlinks=True)
    write_share(root / "share")
    text = _README.format(version=version(), glibc=newest_glibc(root))
    (root / "README.txt").write_text(text, encoding="utf-8")


def size_of(root: Path) -> int:
    """Sum up the sizes of all files, links by their own length, as ``du --apparent-size`` does."""
    return sum(path.lstat().st_size for path in root.rglob("*"))


def pack(root: Path, archive: Path, time: int) -> None:
    """Write a folder into an archive that is the same whoever packs it, where and when."""
    # One stream with one setting: the number of processors must not be seen in it. The first filter makes the
    # jumps in programs alike, which every xz undoes.
    filters = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 9}]
    with (
        lzma.LZMAFile(archive, "wb", check=lzma.CHECK_CRC64, filters=filters) as packed,
        tarfile.TarFile.open(fileobj=packed, mode="w|", format=FORMAT) as tar,
    ):
        for path in (root, *sorted(root.rglob("*"))):
            _add(tar, path, path.relative_to(root.parent), time)


def _add(tar: tarfile.TarFile, path: Path, name: Path, time: int) -> None:
    entry = tar.gettarinfo(path, str(name))
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = time
    executable = entry.isdir() or entry.mode & 0o100
    entry.mode = 0o777 if entry.issym() else 0o755 if executable else 0o644
    # Two names of one file are two files: which of them is the first is not the same on every disk.
    entry.type = tarfile.REGTYPE if entry.islnk() else entry.type
    if not entry.isreg():
        tar.addfile(entry)
        return
    data = path.read_bytes()
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def _at_most(size: int, limit: int, what: str) -> None:
    if size > limit:
        raise TooLargeError(f"{what} has {size / 1e6:.1f} MB; {limit / 1e6:.0f} MB were promised")
