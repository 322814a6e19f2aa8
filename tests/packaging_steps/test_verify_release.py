"""A release is whole when each of its files is there, small enough, and of the version its name says."""

import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from helpers.shipping import lay, step

verify_release = step("verify_release")
checksums = step("checksums")

VERSION = "1.2.0"
ARCHIVE = f"chain-timer-{VERSION}-linux-x86_64.tar.xz"
PACKAGE = f"chain-timer_{VERSION}-1_amd64.deb"
PARTS = f"chain-timer-{VERSION}-linux-x86_64.cdx.json"
WHEEL = f"chain_timer-{VERSION}-py3-none-any.whl"
SOURCES = f"chain_timer-{VERSION}.tar.gz"


def wheel(path: Path, version: str = VERSION) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr(f"chain_timer-{VERSION}.dist-info/METADATA", f"Name: x\nVersion: {version}\n")


def packed(path: Path, top: str, files: Mapping[str, str], mode: str) -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, text in files.items():
            entry = tarfile.TarInfo(f"{top}{name}")
            entry.size, entry.mode = len(text.encode()), 0o755
            archive.addfile(entry, io.BytesIO(text.encode()))


def sources(path: Path, version: str = VERSION) -> None:
    packed(path, f"chain_timer-{VERSION}/", {"PKG-INFO": f"Version: {version}\n"}, "w:gz")


def archive(path: Path, says: str = VERSION, licenses: str = VERSION) -> None:
    files = {
        "chain-timer": f'#!/bin/sh\necho "Chain Timer {says}"\n',
        "licenses/THIRD-PARTY-LICENSES.txt": f"Chain Timer {licenses}: what others made\n",
    }
    packed(path, f"chain-timer-{VERSION}/", files, "w:xz")


def package(path: Path, version: str = f"{VERSION}-1", size: str = "1000") -> None:
    control = path.with_name("control.tar.xz")
    packed(control, "./", {"control": f"Package: x\nVersion: {version}\nInstalled-Size: {size}\n"}, "w:xz")
    members = {"debian-binary": b"2.0\n", "control.tar.xz": control.read_bytes(), "data.tar.xz": b""}
    data = b"!<arch>\n"
    for name, each in members.items():
        data += f"{name:<16}{'0':<12}{'0':<6}{'0':<6}{'100644':<8}{len(each):<10}`\n".encode() + each
        data += b"\n" * (len(each) % 2)
    path.write_bytes(data)
    control.unlink()


def parts(path: Path, version: str = VERSION) -> None:
    told = {"metadata": {"component": {"version": version}}, "components": [{"name": "rope"}]}
    path.write_text(json.dumps(told))


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    wheel(tmp_path / WHEEL)
    sources(tmp_path / SOURCES)
    archive(tmp_path / ARCHIVE)
    package(tmp_path / PACKAGE)
    parts(tmp_path / PARTS)
    return tmp_path


def problems(dist: Path) -> list[str]:
    checksums.write([path for path in dist.iterdir() if path.name != "SHA256SUMS"], dist)
    wrong: list[str] = verify_release.problems(dist, VERSION)
    return wrong


def test_a_whole_release_has_no_problems(dist: Path) -> None:
    assert problems(dist) == []


def test_every_file_that_is_missing_is_named(tmp_path: Path) -> None:
    wrong = problems(tmp_path)
    assert [each for each in wrong if each.endswith("is missing")] == [
        f"{name} is missing" for name in (WHEEL, SOURCES, ARCHIVE, PACKAGE, PARTS)
    ]


def test_each_file_is_asked_for_the_version_inside(dist: Path) -> None:
    wheel(dist / WHEEL, "1.1.0")
    sources(dist / SOURCES, "1.1.0")
    archive(dist / ARCHIVE, says="1.1.0", licenses="1.1.0")
    package(dist / PACKAGE, "1.1.0-1")
    parts(dist / PARTS, "1.1.0")
    assert problems(dist) == [
        f"{WHEEL}: it is of version 1.1.0",
        f"{SOURCES}: it is of version 1.1.0",
        f"{ARCHIVE}: licenses/THIRD-PARTY-LICENSES.txt is missing, or of another version",
        f"{ARCHIVE}: the program in it says 'Chain Timer 1.1.0' when asked for its version",
        f"{PACKAGE}: it is of version 1.1.0-1",
        f"{PARTS}: it is of version 1.1.0",
    ]


def test_a_download_that_is_too_large_is_named(dist: Path) -> None:
    with (dist / PARTS).open("a") as file:
        file.write(" " * 62_000_000)
    assert problems(dist) == [f"{PARTS} has 62.0 MB, at most 62 MB were promised"]


def test_what_takes_too_much_place_is_named(dist: Path) -> None:
    package(dist / PACKAGE, size="180000")
    assert problems(dist) == [f"{PACKAGE}: it takes 184.3 MB installed, at most 180 MB were promised"]


def test_an_archive_that_unpacks_to_too_much_is_named(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(dist / PACKAGE, size="0")
    monkeypatch.setattr(verify_release, "LARGEST_INSTALLED", 50)
    assert f"{ARCHIVE}: 0.0 MB unpacked, at most 180 MB were promised" in problems(dist)


@pytest.mark.parametrize("name", [WHEEL, SOURCES, ARCHIVE, PACKAGE, PARTS])
@pytest.mark.parametrize("data", [b"", b"!<arch>\n", b"no such file" * 100])
def test_a_damaged_file_is_named(name: str, data: bytes, dist: Path) -> None:
    lay(dist, name, data)
    (wrong,) = problems(dist)
    assert wrong.startswith(f"{name} cannot be read")


def test_the_version_before_a_final_one_may_be_written_as_debian_does(dist: Path) -> None:
    name = "chain-timer_1.2.0rc1-1_amd64.deb"
    package(dist / name, "1.2.0~rc1-1")
    assert list(verify_release.names("1.2.0rc1")[name](dist / name, "1.2.0rc1")) == []


def test_a_file_that_changed_after_its_sum_was_written_is_named(dist: Path) -> None:
    assert problems(dist) == []
    parts(dist / PARTS)
    lay(dist, PARTS, (dist / PARTS).read_bytes() + b"\n")
    assert verify_release.problems(dist, VERSION) == [
        f"{PARTS} is not the file whose sum stands in SHA256SUMS"
    ]
