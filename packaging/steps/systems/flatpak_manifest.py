"""What the Flatpak is built from, and what goes to Flathub.

``build/flatpak`` gets the wheel and what the desktop reads; the manifest in ``packaging/flatpak`` takes it.
``dist`` gets the same as an archive, and the folder ``flathub`` with a manifest that names it: what a pull
request to Flathub holds. The Flatpak itself is built by flatpak-builder, which wants the runtime.
"""

import hashlib
import io
import shutil
import tarfile
from pathlib import Path

from linux.linux_share import write_share
from linux.metainfo import ID, write_metainfo
from linux.metainfo import text as metainfo_text
from places import BUILD, PACKAGING, epoch, version
from project_facts import facts
from source import wheels

FOLDER = PACKAGING / "flatpak"
MANIFEST = FOLDER / f"{ID}.yml"
BESIDE = ("python-sources.json", "trim_qt.py")
"""What the manifest takes from its own folder."""
CONTENT = BUILD / "flatpak"
_SHARED = ("applications", "icons", "metainfo", "mime")
"""What a desktop reads of a Flatpak; there is nobody to look for a man page."""
_HERE = "      - type: dir\n        path: ../../build/flatpak\n"


class ManifestError(Exception):
    """The manifest is not as this step knows it."""


def make(out: Path) -> list[Path]:
    """Fill ``build/flatpak``, and write what Flathub wants to ``out``."""
    fill(CONTENT)
    archive = out / f"chain-timer-{version()}-flatpak-content.tar.xz"
    archive.write_bytes(packed(CONTENT, epoch()))
    return [archive, *write_submission(out / "flathub", archive)]


def fill(content: Path) -> None:
    """Make the wheel and what the desktop reads, in a folder that is made anew."""
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    for path in wheels.make(content):
        if path.suffix != ".whl":
            path.unlink()
    write_share(content / "share")
    for path in (content / "share").iterdir():
        if path.name not in _SHARED:
            shutil.rmtree(path)
    # The manifest renames entry and icon; what names both has to say so already.
    write_metainfo(content / "share").write_text(metainfo_text(f"{ID}.desktop", ID), encoding="utf-8")


def packed(folder: Path, when: int) -> bytes:
    """Pack a folder's content; the same content gives the same bytes."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:xz", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(folder.rglob("*")):
            entry = archive.gettarinfo(path, path.relative_to(folder).as_posix())
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = when, 0, 0, "", ""
            entry.mode = 0o755 if path.is_dir() else 0o644
            if path.is_dir():
                archive.addfile(entry)
            else:
                with path.open("rb") as file:
                    archive.addfile(entry, file)
    return data.getvalue()


def write_submission(folder: Path, archive: Path) -> list[Path]:
    """Write the manifest as Flathub wants it, with what it takes from beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    address = f"{facts().homepage}/releases/download/v{version()}/{archive.name}"
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    manifest = folder / MANIFEST.name
    manifest.write_text(with_archive(MANIFEST.read_text(encoding="utf-8"), address, digest), encoding="utf-8")
    return [manifest, *(Path(shutil.copy(FOLDER / name, folder)) for name in BESIDE)]


def with_archive(manifest: str, address: str, digest: str) -> str:
    """Put an archive in the place of the folder. Raises ManifestError."""
    if manifest.count(_HERE) != 1:
        raise ManifestError(f"{MANIFEST.name} does not take {CONTENT} just once")
    keys = (f"url: {address}", f"sha256: {digest}", "strip-components: 0")
    source = "\n        ".join(("      - type: archive", *keys)) + "\n"
    return manifest.replace(_HERE, source)
