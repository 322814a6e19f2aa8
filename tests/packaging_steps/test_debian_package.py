"""The Debian package: every file where policy wants it, of one date, and nothing run at its installation."""

import gzip
import hashlib
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from helpers.shipping import component, lay, step

debian_package = step("debian_package")
debian_copyright = step("debian_copyright")
elf_needs = step("elf_needs")
Release = step("change_log").Release

EPOCH = 1_700_000_000
TOOLS = ("dpkg-deb", "dpkg-shlibdeps", "objdump", "readelf")
PLACE = PurePosixPath("usr/lib/chain-timer")

is_debian = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason="the tools of dpkg are not installed"
)


def account(_bundle: Path) -> tuple[tuple[Any, ...], str]:
    return (component("Rope"),), "Rope, and its license\n"


def lay_bundle(folder: Path) -> Path:
    """Make a bundle whose program is one that is on every system."""
    program = lay(folder, "chain-timer", Path("/bin/true").read_bytes())
    program.chmod(0o700)
    lay(folder, "LICENSE", b"MIT\n")
    table = lay(folder, "_internal/table.dat", b"1 2 3")
    table.chmod(0o600)
    os.utime(table, (1, 1))  # dpkg itself takes care of what is newer than the sources alone
    (folder / "_internal" / "again.dat").symlink_to("table.dat")
    return folder


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make one, and unpack it beside itself with all that dpkg knows of it."""
    folder = tmp_path_factory.mktemp("package")
    os.environ["SOURCE_DATE_EPOCH"] = str(EPOCH)
    made = debian_package.make_package(lay_bundle(folder / "bundle"), folder, folder / "work", account)
    subprocess.run(["dpkg-deb", "-R", str(made), str(folder / "unpacked")], check=True)  # noqa: S607 - wherever it is installed
    yield made
    del os.environ["SOURCE_DATE_EPOCH"]


@pytest.fixture
def unpacked(package: Path) -> Path:
    return package.parent / "unpacked"


def field(package: Path, name: str) -> str:
    asked = ["dpkg-deb", "-f", str(package), name]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


@is_debian
def test_the_command_leads_to_the_program(unpacked: Path) -> None:
    command = unpacked / "usr" / "bin" / "chain-timer"
    assert command.readlink() == Path("../lib/chain-timer/chain-timer")
    assert command.resolve() == unpacked / "usr" / "lib" / "chain-timer" / "chain-timer"


@is_debian
def test_what_a_desktop_and_man_look_for_is_there(unpacked: Path) -> None:
    share = unpacked / "usr" / "share"
    for name in (
        "applications/chain-timer.desktop",
        "icons/hicolor/scalable/apps/chain-timer.svg",
        "icons/hicolor/48x48/apps/chain-timer.png",
        "metainfo/io.github.chain_timer.ChainTimer.metainfo.xml",
        "mime/packages/io.github.chain_timer.ChainTimer.xml",
        "man/man1/chain-timer.1.gz",
        "doc/chain-timer/copyright",
        "doc/chain-timer/changelog.gz",
        "doc/chain-timer/changelog.Debian.gz",
        "lintian/overrides/chain-timer",
    ):
        assert (share / name).is_file(), name


@is_debian
def test_nothing_is_run_when_it_is_installed_or_removed(unpacked: Path) -> None:
    assert {path.name for path in (unpacked / "DEBIAN").iterdir()} == {"control", "md5sums"}


@is_debian
def test_it_depends_on_what_its_files_are_linked_with(package: Path) -> None:
    assert field(package, "Depends").startswith("libc6 (>= ")


@is_debian
def test_its_size_is_reckoned_as_policy_says(package: Path, unpacked: Path) -> None:
    assert field(package, "Installed-Size") == str(debian_package.installed_kib(unpacked))


@is_debian
def test_every_file_has_its_checksum(unpacked: Path) -> None:
    lines = (unpacked / "DEBIAN" / "md5sums").read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = [path for path in (unpacked / "usr").rglob("*") if path.is_file() and not path.is_symlink()]
    assert set(told) == {str(path.relative_to(unpacked)) for path in files}
    for name, digest in told.items():
        assert hashlib.md5((unpacked / name).read_bytes(), usedforsecurity=False).hexdigest() == digest


@is_debian
def test_files_have_the_modes_of_policy_one_date_and_one_owner(package: Path) -> None:
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(data)) as archive:
        entries = {entry.name.removeprefix("./"): entry for entry in archive}
    assert entries[f"{PLACE}/chain-timer"].mode == 0o755
    assert entries[f"{PLACE}/_internal"].mode == 0o755
    assert entries[f"{PLACE}/_internal/table.dat"].mode == 0o644
    assert {entry.mtime for entry in entries.values()} == {EPOCH}
    assert {(entry.uname, entry.gname) for entry in entries.values()} == {("root", "root")}


@is_debian
@pytest.mark.slow
def test_made_again_elsewhere_it_is_the_same_to_the_byte(package: Path, tmp_path: Path) -> None:
    bundle = lay_bundle(tmp_path / "another place")
    (bundle / "chain-timer").chmod(0o755)
    mask = os.umask(0o077)
    try:
        again = debian_package.make_package(bundle, tmp_path, tmp_path / "work", account)
    finally:
        os.umask(mask)
    assert again.name == package.name
    assert again.read_bytes() == package.read_bytes()


@is_debian
def test_change_logs_are_compressed_without_a_date(unpacked: Path) -> None:
    for name in ("changelog.gz", "changelog.Debian.gz"):
        data = (unpacked / "usr" / "share" / "doc" / "chain-timer" / name).read_bytes()
        assert data[4:8] == b"\0\0\0\0"
        assert gzip.decompress(data)


def release(version: str, *changes: str) -> Any:
    return Release(version, date(2026, 3, 1), {"Added": changes})


def test_the_change_log_has_the_form_of_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian_package, "version", lambda: "1.1.0")
    monkeypatch.setattr(
        debian_package, "releases", lambda: (release("1.1.0", "one " * 30), release("1.0.0", "two"))
    )
    newest, first = debian_package.debian_changes().split("\n\nchain-timer ")
    assert newest.startswith("chain-timer (1.1.0-1) unstable; urgency=medium\n\n  * one one")
    assert max(len(line) for line in newest.splitlines() if not line.startswith(" --")) <= 80
    assert newest.splitlines()[-1].endswith(">  Sun, 01 Mar 2026 00:00:00 +0000")
    assert first.startswith("(1.0.0-1) unstable; urgency=medium\n\n  * two\n\n -- ")


def test_a_version_that_the_change_log_does_not_tell_of_is_not_packaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(debian_package, "version", lambda: "1.2.0")
    monkeypatch.setattr(debian_package, "releases", lambda: (release("1.1.0", "one"),))
    with pytest.raises(ValueError, match=r"does not begin with version 1\.2\.0"):
        debian_package.debian_changes()


def test_copies_of_debians_own_libraries_are_left_to_debian(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = tmp_path / "usr lib"
    for name in ("librope.so.1", "libsame-name.so.2", "libpython3.99.so.1.0"):
        lay(system, f"x86_64-linux-gnu/{name}", b"system " + name.encode())
    lay(system, "x86_64-linux-gnu/knots/libknot.so.3", b"knot")
    bundle = tmp_path / "bundle"
    lay(bundle, "librope.so.1", b"system librope.so.1")
    lay(bundle, "libknot.so.3", b"knot")
    lay(bundle, "libsame-name.so.2", b"of a wheel")
    lay(bundle, "libpython3.99.so.1.0", b"system libpython3.99.so.1.0")
    lay(bundle, "libnobody.so.4", b"nobody has it")
    monkeypatch.setattr(debian_package, "build_id", lambda path: path.read_text())
    assert debian_package.leave_to_debian(bundle, system) == ["libknot.so.3", "librope.so.1"]
    assert {path.name for path in bundle.iterdir()} == {
        "libnobody.so.4",
        "libpython3.99.so.1.0",
        "libsame-name.so.2",
    }


def test_libraries_that_do_not_tell_their_build_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "system/x86_64-linux-gnu/librope.so.1", b"rope")
    lay(tmp_path, "bundle/librope.so.1", b"rope")
    monkeypatch.setattr(debian_package, "build_id", lambda _path: "")
    assert debian_package.leave_to_debian(tmp_path / "bundle", tmp_path / "system") == []


@is_debian
def test_a_library_that_nobody_has_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_bundle(tmp_path)
    error = "dpkg-shlibdeps: error: cannot find library librope.so.1 needed by chain-timer"
    monkeypatch.setattr(elf_needs, "_run", fake_run(error))
    with pytest.raises(elf_needs.UnknownNeedsError, match=r"librope\.so\.1"):
        elf_needs.needed_packages(tmp_path)


def fake_run(error: str) -> Any:
    def run(command: list[str], _work: Path | None = None) -> str:
        if command[0] == "dpkg-shlibdeps":
            raise elf_needs.UnknownNeedsError(error)
        return ""

    return run


def told(*components: Any) -> str:
    return str(debian_copyright.text(components, PLACE))


def test_each_part_is_told_with_its_files_its_people_and_its_license() -> None:
    text = told(
        component("Rope", texts=("MIT\n\nCopyright (c) 2020 A. Person\n",), files=("_internal/rope.so",))
    )
    people = "Copyright: Copyright (c) 2020 A. Person"
    files = "Files: usr/lib/chain-timer/_internal/rope.so"
    assert f"\n\n{files}\n{people}\nLicense: Rope-terms\n" in text
    assert text.endswith("\n\nLicense: Rope-terms\n MIT\n .\n Copyright (c) 2020 A. Person\n")


def test_what_lies_in_the_archive_is_told_of_the_program() -> None:
    assert "\n\nFiles: usr/lib/chain-timer/chain-timer\n" in told(component("Rope"))


def test_words_that_several_parts_share_are_told_once() -> None:
    text = told(component("Rope", "Zlib", texts=("Do.\n",)), component("Knot", "Zlib", texts=("Do.\n",)))
    assert text.count("\nLicense: Zlib\n") == 3  # two parts name it, and it stands once
    assert text.count("\n Do.\n") == 1


def test_different_words_of_one_kind_of_license_are_kept_apart() -> None:
    text = told(component("Rope", "Zlib", texts=("One.\n",)), component("Knot", "Zlib", texts=("Two.\n",)))
    assert "\nLicense: Zlib\n One.\n" in text
    assert "\nLicense: Knot-terms\n Two.\n" in text


def test_licenses_that_every_debian_has_are_named_by_their_place() -> None:
    gpl = (
        "  GNU GENERAL PUBLIC LICENSE\n     Version 3, 29 June 2007\n\nterms\n"
        "END OF TERMS AND CONDITIONS\n\n How to Apply These Terms to Your New Programs\n\nlike so\n"
    )
    text = told(component("Rope", "GPL-3.0-or-later", texts=("First words.\n", gpl)))
    assert "/usr/share/common-licenses/GPL-3" in text
    assert "First words." in text
    assert "terms\n" not in text.split("GPL-3.0-or-later")[-1]
    assert "like so" not in text


def test_whole_folders_are_named_where_a_part_has_many_files() -> None:
    many = tuple(f"_internal/rope/part{number}/file.so" for number in range(40))
    assert "\n\nFiles: usr/lib/chain-timer/_internal/rope/*\n" in told(component("Rope", files=many))


@pytest.mark.parametrize(
    ("upstream", "debian"),
    [
        ("1.0.0", "1.0.0-1"),
        ("1.0.0rc1", "1.0.0~rc1-1"),
        ("0.2.0b12", "0.2.0~b12-1"),
        ("2.0.0a1", "2.0.0~a1-1"),
    ],
)
def test_what_comes_before_a_version_sorts_before_it(upstream: str, debian: str) -> None:
    assert debian_package.debian_version(upstream) == debian


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="dpkg is not here")
def test_debian_sorts_them_so() -> None:
    early, final = map(debian_package.debian_version, ("1.0.0rc1", "1.0.0"))
    subprocess.run(["dpkg", "--compare-versions", early, "lt", final], check=True)  # noqa: S607 - wherever it is
