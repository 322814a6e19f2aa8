"""What the two executables for Windows carry inside them: the version, names, and the icon of the installer.

``make`` runs before the bundle, which finds the version by ``CHAIN_TIMER_VERSION_RESOURCE``.
https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource; PyInstaller reads it as Python.
"""

import os
import re
from pathlib import Path

from places import BUILD, ROOT, version
from project_facts import facts

FOLDER = BUILD / "windows"
ICON = FOLDER / "chain-timer.ico"
VERSION_VARIABLE = "CHAIN_TIMER_VERSION_RESOURCE"
_ENGLISH, _UNICODE = 0x0409, 1200
_MOST = 0xFFFF
_PARTS = 4
_NUMBERS = re.compile(r"(\d+(?:\.\d+)*)(?:(?:a|b|rc)\d+)?$", re.ASCII)


def make(_out: Path) -> list[Path]:
    """Write both into ``build/windows``, and tell the step of the bundle where the version is."""
    import icons  # noqa: PLC0415 - draws with Qt, which the tests of the rest have no use for

    FOLDER.mkdir(parents=True, exist_ok=True)
    icons.write_ico(ICON)
    path = FOLDER / "version_info.txt"
    path.write_text(version_info(version()), encoding="utf-8")
    os.environ[VERSION_VARIABLE] = str(path)
    return []


def version_info(number: str) -> str:
    """Write the resource for a version. Raises ValueError when it is none that Windows could hold."""
    four = numbers(number)
    texts = "".join(f"          StringStruct({key!r}, {text!r}),\n" for key, text in words(number).items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3F, flags=0x0,\n"
        "    OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        "  kids=[\n"
        f"    StringFileInfo([StringTable('{_ENGLISH:04X}{_UNICODE:04X}', [\n{texts}    ])]),\n"
        f"    VarFileInfo([VarStruct('Translation', [{_ENGLISH}, {_UNICODE}])]),\n"
        "  ],\n"
        ")\n"
    )


def numbers(number: str) -> tuple[int, ...]:
    """Give the four numbers of Windows for a version like 1.2.3 or 1.2.3rc1. Raises ValueError."""
    told = _NUMBERS.match(number)
    found = tuple(map(int, told[1].split("."))) if told else ()
    if not found or len(found) > _PARTS or max(found) > _MOST:
        raise ValueError(f"{number} is no version that Windows could hold: write it like 1.2.3")
    return found + (0,) * (_PARTS - len(found))


def words(number: str) -> dict[str, str]:
    """Give what the properties of the file tell."""
    about = facts()
    return {
        "CompanyName": about.people,
        # The name that the task manager and "Open with" show.
        "FileDescription": "Chain Timer",
        "FileVersion": number,
        "InternalName": "chain-timer",
        "LegalCopyright": rights(),
        "OriginalFilename": "chain-timer.exe",
        "ProductName": "Chain Timer",
        "ProductVersion": number,
        "Comments": about.homepage,
    }


def rights() -> str:
    """Give the line of the license that says whose work it is. Raises ValueError."""
    for line in (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines():
        if line.startswith("Copyright"):
            return line.strip()
    raise ValueError("LICENSE says nowhere whose work this is")
