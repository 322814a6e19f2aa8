"""Whatever is in a bundle belongs to somebody, under a license that is known; what does not is named."""

import shutil
from collections.abc import Callable, Iterable
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from helpers.shipping import ELF, install, lay, step

pytest.importorskip("license_expression", reason="the build environment brings it")

shipped = step("shipped")
UnaccountedError = step("component").UnaccountedError

Ship = Callable[..., dict[str, Any]]
SNDFILE = ELF + b"..libsndfile-1.2.2..reference libFLAC 1.4.3 20230623..LAME3.100 .."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    install(folder, "rope", "2.0", {"rope/__init__.py": b"", "rope/knots.dat": b"knots"})
    install(folder, "pyinstaller", "6.0", {"PyInstaller/__init__.py": b""})
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "chain-timer"
    lay(folder, "LICENSE", b"MIT")
    lay(folder, "_internal/chain_timer/resources/about.toml", b"")
    return folder


@pytest.fixture
def ship(bundle: Path, site: Path) -> Ship:
    def ship(modules: Iterable[str] = ()) -> dict[str, Any]:
        if modules:
            lay(bundle, "chain-timer", ELF)
        found = shipped.shipped(bundle, distributions(path=[str(site)]), lambda _executable: modules)
        return {component.name: component for component in found}

    return ship


def refused(ship: Ship, modules: Iterable[str] = ()) -> str:
    with pytest.raises(UnaccountedError) as caught:
        ship(modules)
    return str(caught.value)


def test_our_own_files_are_nobody_elses(ship: Ship) -> None:
    assert ship() == {}


def test_the_typeface_is_not_ours(ship: Ship, bundle: Path) -> None:
    words = "Version 3.019;git".encode("utf-16-be")
    lay(bundle, "_internal/chain_timer/resources/fonts/Inter-Bold.otf", b"OTTO" + words)
    font = ship()["Inter"]
    assert (font.version, font.license, "SIL OPEN FONT LICENSE" in font.texts[0]) == (
        "3.019",
        "OFL-1.1",
        True,
    )


def test_a_file_of_a_wheel_comes_with_what_the_wheel_says_of_itself(ship: Ship, bundle: Path) -> None:
    lay(bundle, "_internal/rope/knots.dat", b"knots")
    rope = ship()["rope"]
    assert (rope.version, rope.license, rope.purl) == ("2.0", "MIT", "pkg:pypi/rope@2.0")
    assert (rope.texts, rope.files) == (("Do as you like.\n",), ("_internal/rope/knots.dat",))


def test_everything_that_belongs_to_nobody_is_named_at_once(ship: Ship, bundle: Path) -> None:
    lay(bundle, "_internal/libstray.so.1", ELF)
    lay(bundle, "_internal/stray.dat", b"?")
    said = refused(ship, ["straying.module"])
    assert all(each in said for each in ("libstray.so.1", "stray.dat", "straying.module"))


def test_a_library_inside_a_wheel_that_nobody_wrote_down_is_named(
    ship: Ship, bundle: Path, site: Path
) -> None:
    install(site, "sail", "1.0", {"sail/libwind.so": ELF})
    lay(bundle, "_internal/sail/libwind.so", ELF)
    assert "_internal/sail/libwind.so" not in refused(ship)
    assert "sail/libwind.so is a library inside sail 1.0 that nobody wrote down" in refused(ship)


def test_an_extension_is_the_wheels_own_code(ship: Ship, bundle: Path, site: Path) -> None:
    install(site, "sail", "1.0", {"sail/wind.cpython-311-x86_64-linux-gnu.so": ELF})
    lay(bundle, "_internal/sail/wind.cpython-311-x86_64-linux-gnu.so", ELF)
    assert ship().keys() == {"sail"}


def test_what_a_library_holds_is_told_each_with_its_own_version(ship: Ship, bundle: Path, site: Path) -> None:
    library = "_soundfile_data/libsndfile_x86_64.so"
    install(site, "soundfile", "0.14.0", {library: SNDFILE})
    lay(bundle, f"_internal/{library}", SNDFILE)
    found = ship()
    assert {name: each.version for name, each in found.items()} == {
        "LAME": "3.100",
        "libFLAC": "1.4.3",
        "libogg": "1.3.5",
        "libopus": "",
        "libsndfile": "1.2.2",
        "libvorbis": "",
        "mpg123": "1.32.3",
    }
    assert {each.brought_by for each in found.values()} == {"pkg:pypi/soundfile@0.14.0"}


def test_what_was_known_of_one_version_of_a_wheel_is_not_said_of_another(
    ship: Ship, bundle: Path, site: Path
) -> None:
    library = "_soundfile_data/libsndfile_x86_64.so"
    install(site, "soundfile", "0.15.0", {library: SNDFILE})
    lay(bundle, f"_internal/{library}", SNDFILE)
    assert ship()["mpg123"].version == ""


def test_a_library_moved_beside_the_executable_is_known_by_what_is_in_it(
    ship: Ship, bundle: Path, site: Path
) -> None:
    install(site, "numpy", "2.0", {"numpy.libs/libgfortran-04.so.5": ELF})
    lay(bundle, "_internal/libgfortran-04.so.5", ELF)
    assert ship().keys() == {"GCC runtime library"}


def test_another_library_of_the_same_name_is_not_taken_for_it(ship: Ship, bundle: Path, site: Path) -> None:
    install(site, "numpy", "2.0", {"numpy.libs/libgfortran-04.so.5": ELF})
    lay(bundle, "_internal/libgfortran-04.so.5", ELF + b"another")
    assert "_internal/libgfortran-04.so.5 is of no wheel" in refused(ship)


def test_a_link_within_the_bundle_is_the_file_it_leads_to(ship: Ship, bundle: Path) -> None:
    lay(bundle, "_internal/rope/knots.dat", b"knots")
    (bundle / "_internal" / "knots.so").symlink_to("rope/knots.dat")
    assert ship()["rope"].files == ("_internal/rope/knots.dat",)


def test_modules_belong_to_packages_to_python_or_to_the_starter(ship: Ship) -> None:
    found = ship(["rope.sub.module", "json.decoder", "chain_timer.cli", "pyimod01_archive"])
    assert found.keys() == {"rope", "Python", "pyinstaller"}


def test_the_executable_is_the_starters(ship: Ship, bundle: Path) -> None:
    lay(bundle, "chain-timer", ELF)
    starter = ship()["pyinstaller"]
    assert (starter.files, "Bootloader-exception" in starter.license) == (("chain-timer",), True)


def test_a_package_that_names_no_license_is_named(ship: Ship, site: Path) -> None:
    install(site, "sail", "1.0", {"sail/__init__.py": b""}, metadata="License: ask me")
    assert "sail 1.0 does not say its license" in refused(ship, ["sail"])


def test_a_package_that_brings_no_license_text_is_named(ship: Ship, bundle: Path, site: Path) -> None:
    install(site, "sail", "1.0", {"sail/wind.dat": b""}, licenses={})
    lay(bundle, "_internal/sail/wind.dat", b"")
    assert "sail 1.0 brings no license text" in refused(ship)


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("GPL-3.0-or-later", False),
        ("MIT AND GPL-2.0-only", False),
        ("(GPL-2.0-only OR GPL-3.0-only) AND MIT", False),
        ("AGPL-3.0-only", False),
        ("LGPL-3.0-only", True),
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("Almost-Free-1.0", False),
        ("MIT AND", False),
    ],
)
def test_nothing_is_shipped_that_leaves_no_choice_but_the_gpl(
    expression: str, ship: Ship, site: Path, *, may: bool
) -> None:
    install(site, "sail", "1.0", {"sail/__init__.py": b""}, metadata=f"License-Expression: {expression}")
    if may:
        assert ship(["sail"])["sail"].license == expression
    else:
        assert "sail" in refused(ship, ["sail"])


def test_the_voice_may_be_under_the_gpl(ship: Ship, bundle: Path, site: Path) -> None:
    files = {
        "espeakng_loader/libespeak-ng.so": ELF + b"\0001.52.0\0",
        "espeakng_loader/espeak-ng-data/en": b"",
    }
    install(site, "espeakng-loader", "0.2.4", files, metadata="", licenses={})
    for name, data in files.items():
        lay(bundle, f"_internal/{name}", data)
    voice = ship()["eSpeak NG"]
    assert (voice.version, voice.license, len(voice.files)) == ("1.52.0", "GPL-3.0-or-later", 2)


def test_what_finds_the_voice_is_not_shipped_for_nobody_says_whether_it_may_be(
    ship: Ship, site: Path
) -> None:
    install(site, "espeakng-loader", "0.2.4", {"espeakng_loader/__init__.py": b""}, metadata="", licenses={})
    assert "espeakng-loader" in refused(ship, ["espeakng_loader"])


def test_a_part_of_qt_under_the_gpl_alone_is_named(ship: Ship, bundle: Path, site: Path) -> None:
    library = "PySide6/Qt/lib/libQt6Charts.so.6"
    install(site, "pyside6-addons", "6.11.0", {library: ELF})
    lay(bundle, f"_internal/{library}", ELF)
    assert "libQt6Charts.so.6 is a part of Qt under the GPL alone" in refused(ship)


@pytest.fixture
def zlib() -> Path:
    found = next(Path("/usr/lib").glob("*/libz.so.1"), None)
    if found is None or shutil.which("dpkg-query") is None:
        pytest.skip("this system is not one of Debian's")
    return found


def test_a_library_of_the_system_comes_with_what_its_package_says(
    ship: Ship, bundle: Path, zlib: Path
) -> None:
    lay(bundle, "_internal/libz.so.1", zlib.read_bytes())
    package = ship()["zlib1g"]
    assert package.license == "Zlib"
    assert package.purl.startswith("pkg:deb/")
    assert "Jean-loup Gailly" in package.texts[0]


def test_a_library_with_the_name_of_the_systems_is_not_taken_for_it(
    ship: Ship, bundle: Path, zlib: Path
) -> None:
    assert zlib.exists()
    lay(bundle, "_internal/libz.so.1", ELF + b"another")
    assert "_internal/libz.so.1 is of no wheel" in refused(ship)


def libraries() -> list[Any]:
    wheels = step("origin_wheels").WHEELS
    return [library for inside in wheels.values() for library in inside]


def test_every_license_that_is_written_down_is_one_of_spdx() -> None:
    demands_gpl = step("license_texts").demands_gpl
    written = {each.license for each in libraries()} | set(step("native_system").PACKAGES.values())
    assert [each for each in written if demands_gpl(each)] == ["GPL-3.0-or-later"]  # eSpeak NG, and readline


def test_every_license_text_that_is_written_down_is_there() -> None:
    text = step("license_texts").text
    assert all(text(name).strip() for each in libraries() for name in each.texts)


def test_packages_of_newer_systems_are_known_by_their_older_names() -> None:
    license_of = step("native_system").license_of
    assert license_of("libssl3t64:amd64") == license_of("libssl3") == "Apache-2.0"
    assert license_of("libnobody-knows1") == ""
