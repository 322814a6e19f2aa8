"""The Flatpak: its packages are those of the lock, it may do little, and of Qt it has what is used."""

import hashlib
import json
import re
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from helpers.beside import beside
from helpers.shipping import step
from packaging.utils import canonicalize_name, parse_wheel_filename

flatpak_manifest = step("flatpak_manifest")
flatpak_sources = step("flatpak_sources")
trim_qt = beside("flatpak", "trim_qt")

MANIFEST: str = flatpak_manifest.MANIFEST.read_text(encoding="utf-8")
ENTRIES: list[dict[str, Any]] = json.loads(flatpak_sources.SOURCES.read_text(encoding="utf-8"))
LOCKED = flatpak_sources.read_lock(flatpak_sources.LOCK.read_text(encoding="utf-8"))
OURS, OTHER = "a" * 64, "b" * 64


def file(name: str, digest: str = OURS) -> dict[str, Any]:
    return {"filename": name, "url": f"https://files.example/{name}", "hashes": {"sha256": digest}}


def package(name: str, marker: str = "") -> Any:
    return flatpak_sources.Locked(name, "1.0", marker, frozenset({OURS}))


def best(files: list[dict[str, Any]], architecture: str = "x86_64") -> str:
    """The name of the wheel of "one" that would be installed."""
    return str(flatpak_sources.best_wheel(package("one"), files, architecture)["filename"])


# --- the lock and the list -------------------------------------------------------------------------------


@pytest.mark.parametrize("architecture", flatpak_sources.ARCHITECTURES)
def test_every_package_of_the_lock_is_there_for_each_processor_and_nothing_else(architecture: str) -> None:
    there = {}
    for entry in ENTRIES:
        if architecture in entry.get("only-arches", flatpak_sources.ARCHITECTURES):
            name, number, _build, kinds = parse_wheel_filename(entry["url"].rpartition("/")[2])
            assert name not in there, f"{name} would be installed twice"
            assert kinds & set(flatpak_sources.tags(architecture)), f"{name} is for another processor"
            there[name] = (str(number), entry["sha256"])
    expected = {each.name: each for each in flatpak_sources.wanted(LOCKED, architecture)}
    assert there.keys() == {canonicalize_name(name) for name in expected}, "make the list anew"
    for name, (version, digest) in there.items():
        assert version == expected[name].version
        assert digest in expected[name].hashes, f"{name}: not what was locked"


def test_the_packages_come_from_the_index_alone() -> None:
    assert {entry["url"].split("/")[2] for entry in ENTRIES} == {"files.pythonhosted.org"}


def test_a_lock_is_read_with_its_markers_and_hashes() -> None:
    text = (
        "# a comment\nOne.Two==1.0 ; sys_platform == 'linux' \\\n"
        f"    --hash=sha256:{OURS} \\\n    --hash=sha256:{OTHER}\n    # via three\n"
        f"four==2 \\\n    --hash=sha256:{OURS}\n"
    )
    assert flatpak_sources.read_lock(text) == (
        flatpak_sources.Locked("one-two", "1.0", "sys_platform == 'linux'", frozenset({OURS, OTHER})),
        flatpak_sources.Locked("four", "2", "", frozenset({OURS})),
    )


@pytest.mark.parametrize(
    "text", ["one==1.0\n", "one @ https://elsewhere/one.whl\n", f"-e .\n    --hash=sha256:{OURS}\n"]
)
def test_a_lock_without_hashes_or_with_something_else_in_it_is_refused(text: str) -> None:
    with pytest.raises(flatpak_sources.SourcesError):
        flatpak_sources.read_lock(text)


def test_only_what_the_runtime_is_wants_is_taken() -> None:
    markers = {
        "windows": "sys_platform == 'win32'",
        "old": "python_full_version < '3.12'",
        "new": "python_full_version >= '3.12'",
        "arm": "platform_machine == 'aarch64'",
        "any": "",
    }
    locked = tuple(package(name, marker) for name, marker in markers.items())
    assert [each.name for each in flatpak_sources.wanted(locked, "x86_64")] == ["new", "any"]
    assert [each.name for each in flatpak_sources.wanted(locked, "aarch64")] == ["new", "arm", "any"]


def test_the_wheel_is_taken_that_fits_best() -> None:
    files = [
        file("one-1.0-py3-none-any.whl"),
        file("one-1.0-cp310-abi3-manylinux_2_34_x86_64.whl"),
        file("one-1.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"),
        file("one-1.0-cp314-cp314-manylinux_2_28_x86_64.whl"),
        file("one-1.0-cp313-cp313-musllinux_1_2_x86_64.whl"),
        file("one-1.0.tar.gz"),
    ]
    assert "cp313-cp313-manylinux" in flatpak_sources.best_wheel(package("one"), files, "x86_64")["filename"]
    assert (
        flatpak_sources.best_wheel(package("one"), files, "aarch64")["filename"] == "one-1.0-py3-none-any.whl"
    )


def test_a_wheel_that_was_never_locked_is_not_taken() -> None:
    files = [file("one-1.0-cp313-cp313-manylinux_2_28_x86_64.whl", OTHER), file("one-1.0-py3-none-any.whl")]
    assert (
        flatpak_sources.best_wheel(package("one"), files, "x86_64")["filename"] == "one-1.0-py3-none-any.whl"
    )
    with pytest.raises(flatpak_sources.SourcesError, match=r"one 1\.0: no locked wheel"):
        best(files[:1])


def test_a_source_for_all_processors_is_named_once() -> None:
    files = {
        "any": [file("any-1.0-py3-none-any.whl")],
        "each": [
            file("each-1.0-cp313-cp313-manylinux_2_28_x86_64.whl"),
            file("each-1.0-cp313-cp313-manylinux_2_28_aarch64.whl"),
        ],
    }
    found = flatpak_sources.sources((package("any"), package("each")), files.__getitem__)
    assert [entry.get("only-arches") for entry in found] == [None, ["aarch64"], ["x86_64"]]


# --- the manifest ----------------------------------------------------------------------------------------


def allowed() -> list[str]:
    block = MANIFEST.partition("finish-args:\n")[2].partition("\nmodules:")[0]
    return re.findall(r"^ *- (--\S+)$", block, re.MULTILINE)


def test_what_it_may_do_is_little() -> None:
    assert sorted(allowed()) == [
        "--share=ipc",
        "--socket=fallback-x11",
        "--socket=pulseaudio",
        "--socket=wayland",
        "--talk-name=org.freedesktop.Notifications",
        "--talk-name=org.freedesktop.ScreenSaver",
        "--talk-name=org.kde.StatusNotifierWatcher",
    ]


def test_the_manifest_names_the_python_that_the_packages_are_for() -> None:
    short = ".".join(map(str, flatpak_sources.PYTHON))
    assert f"brings Python {short}," in MANIFEST
    assert set(re.findall(r"lib/python(\d\.\d+)/", MANIFEST)) == {short}


def test_for_flathub_the_content_is_an_archive_with_its_hash() -> None:
    text = flatpak_manifest.with_archive(MANIFEST, "https://example.org/content.tar.xz", OURS)
    assert "type: dir" not in text
    assert f"url: https://example.org/content.tar.xz\n        sha256: {OURS}\n" in text
    assert text.startswith(MANIFEST[:400])
    with pytest.raises(flatpak_manifest.ManifestError):
        flatpak_manifest.with_archive(text, "https://example.org/content.tar.xz", OURS)


def test_the_same_content_is_packed_into_the_same_archive(tmp_path: Path) -> None:
    packed = []
    for number, order in enumerate((("b", "a/c"), ("a/c", "b"))):
        folder = tmp_path / str(number)
        for name in order:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
            path.chmod(0o600 + number)
        packed.append(flatpak_manifest.packed(folder, 1_700_000_000))
    assert len({hashlib.sha256(each).hexdigest() for each in packed}) == 1
    with tarfile.open(fileobj=BytesIO(packed[0])) as archive:
        assert [(entry.name, entry.mode) for entry in archive] == [("a", 0o755), ("a/c", 0o644), ("b", 0o644)]


# --- Qt --------------------------------------------------------------------------------------------------


def pyside(folder: Path) -> Path:
    """Lay out a PySide6 of empty files."""
    names = [
        "__init__.py", "QtWebEngineCore.abi3.so", "libpyside6.abi3.so.6.12", "assistant", "QtCore.pyi",
        *(f"{module}.abi3.so" for module in trim_qt.MODULES),
        "Qt/lib/libQt6Core.so.6", "Qt/lib/libicudata.so.73", "Qt/lib/libQt6WebEngineCore.so.6",
        "Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqeglfs.so", "Qt/qml/QtQuick/qmldir",
    ]  # fmt: skip
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who needs whom, as the files would tell."""
    needs = {
        "QtCore.abi3.so": ["libQt6Core.so.6", "libc.so.6"],
        "libQt6Core.so.6": ["libicudata.so.73", "libQt6Core.so.6"],
        "libqeglfs.so": ["libQt6WebEngineCore.so.6"],
    }
    monkeypatch.setattr(trim_qt, "needed", lambda file: needs.get(file.name, []))


@pytest.mark.usefixtures("linked")
def test_of_qt_what_is_used_stays_with_all_that_needs_and_nothing_else(tmp_path: Path) -> None:
    package = pyside(tmp_path / "PySide6")
    trim_qt.trim(package)
    left = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    assert left == {
        "__init__.py",
        "libpyside6.abi3.so.6.12",
        *(f"{module}.abi3.so" for module in trim_qt.MODULES),
        "Qt/lib/libQt6Core.so.6",
        "Qt/lib/libicudata.so.73",
        "Qt/plugins/platforms/libqxcb.so",
    }
    assert not (package / "Qt" / "qml").exists()


@pytest.mark.usefixtures("linked")
def test_a_qt_without_what_the_program_imports_is_refused_whole(tmp_path: Path) -> None:
    package = pyside(tmp_path / "PySide6")
    (package / "QtMultimedia.abi3.so").unlink()
    with pytest.raises(SystemExit, match="QtMultimedia"):
        trim_qt.trim(package)
    assert (package / "Qt" / "qml" / "QtQuick" / "qmldir").exists()


def test_every_module_of_qt_that_the_program_imports_stays() -> None:
    program = Path(__file__).parents[2] / "chain_timer"
    imported = set()
    for path in program.rglob("*.py"):
        imported |= set(re.findall(r"(?:from|import) PySide6\.(Qt\w+)", path.read_text(encoding="utf-8")))
    assert imported <= set(trim_qt.MODULES)
