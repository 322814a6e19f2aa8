"""Icons in every form that a system wants, all drawn from the one SVG by the program itself.

Qt is needed for that, and no screen: it draws offscreen.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from places import ROOT

sys.path.append(str(ROOT))  # last: nothing of the checkout may stand before what is installed
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QImageWriter

from chain_timer.drawing.mark import SIZES, mark_file, mark_image, mark_path

NAME = "chain-timer"
_ICO = (16, 24, 32, 48, 64, 128, 256)
# Of each pair the second is twice as fine: https://developer.apple.com/design/human-interface-guidelines/app-icons
_ICNS = (16, 32, 64, 128, 256, 512, 1024)


def make(out: Path) -> list[Path]:
    """Write all of them, to be looked at."""
    folder = out / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    write_hicolor(folder)
    write_ico(folder / f"{NAME}.ico")
    write_icns(folder / f"{NAME}.icns")
    return sorted(path for path in folder.rglob("*") if path.is_file())


def write_hicolor(share: Path) -> None:
    """Write the mark below ``share/icons/hicolor``, as the icon theme specification has it."""
    theme = share / "icons" / "hicolor"
    for size in SIZES:
        path = theme / f"{size}x{size}" / "apps" / f"{NAME}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(mark_file(size), path)
    whole = theme / "scalable" / "apps" / f"{NAME}.svg"
    whole.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(mark_path(), whole)


def write_ico(path: Path) -> None:
    """Write the icon of Windows."""
    _write_sizes(path, "ICO", _ICO)


def write_icns(path: Path) -> None:
    """Write the icon of macOS."""
    _write_sizes(path, "ICNS", _ICNS)


def _write_sizes(path: Path, kind: str, sizes: tuple[int, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    images = [Image.open(BytesIO(_png(size))) for size in sizes]
    # Without the images drawn for a size, Pillow would shrink the largest one.
    if kind == "ICO":
        images[-1].save(path, kind, append_images=images[:-1], sizes=[(size, size) for size in sizes])
    else:
        images[-1].save(path, kind, append_images=images[:-1])


def _png(size: int) -> bytes:
    application = QGuiApplication.instance() or QGuiApplication([])
    buffer = QBuffer()
    QImageWriter(buffer, b"png").write(mark_image(size))
    del application
    return bytes(buffer.data().data())
