"""The bundle, piece by piece: what goes in, what is made smaller, and the archive of it."""

import lzma
import os
import runpy
import shutil
import struct
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from helpers.shipping import STEPS, step

icu_data = step("icu_data")
recipe = step("recipe")
stripping = step("stripping")
tarball = step("tarball")
SURROUNDINGS = STEPS.parent / "bundle" / "surroundings.py"
BINUTILS = all(shutil.which(name) for name in ("ld", "objcopy", "strip"))


def icu_library(files: Mapping[str, bytes]) -> bytes:
    header = (
        struct.pack("<HBB", 32, 0xDA, 0x27)
        + struct.pack("<HHBBBB", 20, 0, 0, 0, 2, 0)
        + b"CmnD\1\0\0\0\0\0\0\0"
    )
    return b"\x7fELF and more" + icu_data.write_table(header.ljust(32, b"\0"), files)


def restored(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr("os.environ", dict(environ))
    hook = runpy.run_path(str(SURROUNDINGS))
    hook["restore"](environ)
    return environ


def test_what_is_left_out_is_no_part_of_the_program() -> None:
    assert [name for name in recipe.LEFT_OUT if name.startswith(("chain_timer", "PySide6"))] == []


def test_every_module_that_is_left_out_has_its_reason() -> None:
    assert [name for name, reason in recipe.LEFT_OUT.items() if not reason] == []


def test_windows_has_one_executable_for_the_terminal_and_one_for_the_desktop() -> None:
    assert [(each.name, each.console) for each in recipe.system("win32").executables] == [
        ("chain-timer", True),
        ("Chain Timer", False),
    ]


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_no_system_leaves_out_what_it_asks_for(platform: str) -> None:
    system = recipe.system(platform)
    assert not {*system.hidden} & {*system.left_out, *recipe.LEFT_OUT}


def test_the_parts_of_qt_are_those_the_program_imports() -> None:
    root = STEPS.parents[1] / "chain_timer"
    text = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    unknown = [
        module
        for module in (
            "QtCore",
            "QtGui",
            "QtWidgets",
            "QtSvg",
            "QtMultimedia",
            "QtDBus",
            "QtNetwork",
            "QtQml",
        )
        if f"PySide6.{module} import" in text and module not in recipe.QT_MODULES
    ]
    assert unknown == []


def test_what_the_program_starts_gets_the_library_path_that_the_person_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    born = {"LD_LIBRARY_PATH": "/bundle:/own", "LD_LIBRARY_PATH_ORIG": "/own", "HOME": "/home/me"}
    assert restored(born, monkeypatch) == {"LD_LIBRARY_PATH": "/own", "HOME": "/home/me"}


def test_what_the_program_starts_gets_no_library_path_where_there_was_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    born = {"LD_LIBRARY_PATH": "/bundle", "_PYI_ARCHIVE_FILE": "/bundle/chain-timer", "LANG": "C"}
    assert restored(born, monkeypatch) == {"LANG": "C"}


def test_of_icu_what_sorts_words_is_kept(tmp_path: Path) -> None:
    files = {"icudt73l/coll/root.res": b"order", "icudt73l/curr/de.res": b"Euro", "icudt73l/zu.res": b"last"}
    _header, found = icu_data.read_table(icu_library(files), str(tmp_path))
    kept = {
        name: data.rstrip(b"\0") for name, data in found.items() if icu_data.is_kept(name[len("icudt73l/") :])
    }
    assert kept == {"icudt73l/coll/root.res": b"order"}


def test_a_library_without_a_table_is_refused(tmp_path: Path) -> None:
    library = tmp_path / "libicudata.so.73"
    library.write_bytes(b"\x7fELF" + bytes(200))
    with pytest.raises(icu_data.IcuDataError, match="holds no table"):
        icu_data.reduce(library)


@pytest.mark.skipif(not BINUTILS or sys.platform != "linux", reason="wants Linux and its binutils")
def test_the_smaller_library_of_icu_holds_its_table_under_the_same_name(tmp_path: Path) -> None:
    library = tmp_path / "libicudata.so.73"
    library.write_bytes(icu_library({"icudt73l/pool.res": b"keys", "icudt73l/zu.res": b"last"}))
    icu_data.reduce(library)
    asked = ["nm", "-D", str(library)]
    named = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    _header, found = icu_data.read_table(library.read_bytes() + bytes(16), library.name)
    assert "icudt73_dat" in named
    assert found == {}  # the end of the last file of a table is not known, and this has one


def test_a_part_that_cannot_be_mapped_is_seen(tmp_path: Path) -> None:
    def elf(offset: int, address: int) -> Path:
        head = b"\x7fELF".ljust(32, b"\0") + struct.pack("<Q", 64) + bytes(14) + struct.pack("<HH", 56, 1)
        path = tmp_path / "library.so"
        path.write_bytes(head.ljust(64, b"\0") + struct.pack("<IIQQ", 1, 5, offset, address).ljust(56, b"\0"))
        return path

    assert stripping.can_be_loaded(elf(0x1000, 0x2000))
    assert not stripping.can_be_loaded(elf(0x1010, 0x2000))


def lay(root: Path) -> Path:
    (root / "_internal").mkdir(parents=True)
    (root / "chain-timer").write_bytes(b"\x7fELF")
    (root / "chain-timer").chmod(0o700)
    (root / "_internal" / "data").write_text("words", encoding="utf-8")
    (root / "_internal" / "link").symlink_to("data")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(root / "_internal" / "data", 4_711, 4_711)
    return root


def test_an_archive_is_the_same_whoever_packs_it(tmp_path: Path) -> None:
    packed = []
    for number in range(2):
        root = lay(tmp_path / str(number) / "chain-timer-1.2.3")
        (root / "_internal" / "data").chmod(0o600 if number else 0o644)
        archive = tmp_path / f"{number}.tar.xz"
        tarball.pack(root, archive, 1_700_000_000)
        packed.append(archive.read_bytes())
    assert packed[0] == packed[1]


def test_an_archive_has_one_folder_and_belongs_to_nobody_here(tmp_path: Path) -> None:
    archive = tmp_path / "a.tar.xz"
    tarball.pack(lay(tmp_path / "chain-timer-1.2.3"), archive, 1_700_000_000)
    with lzma.open(archive) as opened, tarfile.TarFile(fileobj=opened) as tar:  # type: ignore[arg-type]
        found = [(each.name, oct(each.mode), each.uid, each.uname, each.mtime) for each in tar]
    assert found == [
        ("chain-timer-1.2.3", "0o755", 0, "root", 1_700_000_000),
        ("chain-timer-1.2.3/_internal", "0o755", 0, "root", 1_700_000_000),
        ("chain-timer-1.2.3/_internal/data", "0o644", 0, "root", 1_700_000_000),
        ("chain-timer-1.2.3/_internal/link", "0o777", 0, "root", 1_700_000_000),
        ("chain-timer-1.2.3/chain-timer", "0o755", 0, "root", 1_700_000_000),
    ]


def test_what_is_larger_than_promised_is_not_handed_out() -> None:
    with pytest.raises(tarball.TooLargeError, match=r"63\.0 MB; 62 MB were promised"):
        tarball._at_most(63_000_000, tarball.LARGEST_DOWNLOAD, "chain-timer.tar.xz")


def test_what_the_parts_ask_to_be_handed_on_lies_beside_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = step("bundle")
    monkeypatch.setattr(bundle.third_party, "text", lambda folder: f"licenses of {folder.name}")
    bundle.add_licenses(tmp_path)
    words = (tmp_path / "licenses" / "THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    assert words == f"licenses of {tmp_path.name}"
    assert (tmp_path / "LICENSE").is_file()
