"""The program for macOS: what the system is told of it, what it may do, and who signs what in which order."""

import plistlib
from pathlib import Path
from typing import Any

import pytest
from helpers.beside import beside
from helpers.shipping import step

description = beside("macos", "info_plist")
macos_image = step("macos_image")
APP: Path = macos_image.APP
Signing: Any = macos_image.Signing

MACHO = bytes.fromhex("cffaedfe0c000001")
UNIVERSAL = bytes.fromhex("cafebabe00000002")
JAVA = bytes.fromhex("cafebabe00000034")
SIGNED = Signing("Developer ID Application: Somebody (TEAM)", "chain-timer")


def test_the_description_survives_being_written_and_read() -> None:
    told = description.info_plist("1.2.3")
    assert plistlib.loads(plistlib.dumps(told)) == told
    assert told["CFBundleShortVersionString"] == "1.2.3"


def test_what_comes_before_a_version_is_called_like_it() -> None:
    assert description.info_plist("1.2.0rc1")["CFBundleVersion"] == "1.2.0"


def test_the_program_has_a_window_and_a_dark_look() -> None:
    told = description.info_plist("1.0.0")
    # PyInstaller writes True here for a program that can print.
    assert told["LSBackgroundOnly"] is False
    assert told["NSHighResolutionCapable"] is True
    assert told["NSRequiresAquaSystemAppearance"] is False


def test_the_name_has_only_what_apple_takes() -> None:
    assert all(
        part.replace("-", "").isalnum() and part.isascii() for part in description.BUNDLE_ID.split(".")
    )


def test_every_type_of_file_that_is_opened_is_described() -> None:
    told = description.info_plist("1.0.0")
    described = set()
    for key in ("UTExportedTypeDeclarations", "UTImportedTypeDeclarations"):
        types = told[key]
        assert isinstance(types, list)
        described |= {each["UTTypeIdentifier"] for each in types}
    opened = {kind for each in description.document_types() for kind in each["LSItemContentTypes"]}
    assert opened == described


def test_only_files_of_our_own_are_claimed() -> None:
    ranks = {each["CFBundleTypeName"]: each["LSHandlerRank"] for each in description.document_types()}
    assert ranks == {"Chain Timer routine with its exercises": "Owner", "Chain Timer routine": "Alternate"}


def test_the_oldest_system_is_that_of_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    class Wheel:
        @staticmethod
        def read_text(_name: str) -> str:
            return "Wheel-Version: 1.0\nTag: cp310-abi3-macosx_15_2_universal2\n"

    monkeypatch.setattr(description, "distribution", lambda _name: Wheel())
    assert description.oldest_system() == "15.2"


def test_what_the_program_may_do_is_one_thing() -> None:
    assert plistlib.loads(macos_image.ENTITLEMENTS.read_bytes()) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True
    }


# --- signing ---------------------------------------------------------------------------------------------


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A program laid out as PyInstaller does it."""
    app = tmp_path / APP.name
    for name, content in {
        "Contents/MacOS/chain-timer": MACHO,
        "Contents/Frameworks/libfoo.dylib": UNIVERSAL,
        "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore": MACHO,
        "Contents/Resources/routine.toml": b"name = 'x'",
        "Contents/Resources/Some.class": JAVA,
        "Contents/Resources/empty": b"",
    }.items():
        path = app / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (app / "Contents" / "Resources" / "libfoo.dylib").symlink_to("../Frameworks/libfoo.dylib")
    return app


def test_code_is_known_by_how_it_begins(app: Path) -> None:
    found = [path.relative_to(app).as_posix() for path in macos_image.code_files(app)]
    assert found == [
        "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "Contents/Frameworks/libfoo.dylib",
        "Contents/MacOS/chain-timer",
    ]
    assert not macos_image.is_code(app / "Contents" / "Resources" / "Some.class")


def test_all_is_signed_from_the_inside_out_and_the_whole_alone_may_more(app: Path) -> None:
    commands = macos_image.sign_commands(app, SIGNED)
    assert [Path(command[-1]) for command in commands] == [*macos_image.code_files(app), app]
    assert all("runtime" in command and "--timestamp" in command for command in commands)
    assert ["--entitlements" in command for command in commands] == [False, False, False, True]


def test_without_a_certificate_it_is_signed_by_nobody_and_may_load_its_own_libraries(app: Path) -> None:
    commands = macos_image.sign_commands(app, Signing())
    assert all(command[:4] == ["codesign", "--force", "--sign", "-"] for command in commands)
    assert not any("runtime" in command for command in commands)
    assert list(macos_image.image_commands_after(Path("x.dmg"), Signing())) == []


def test_the_image_is_signed_looked_over_and_given_the_word_to_carry() -> None:
    image = Path("x.dmg")
    assert [command[:3] for command in macos_image.image_commands_after(image, SIGNED)] == [
        ["codesign", "--sign", SIGNED.identity],
        ["xcrun", "notarytool", "submit"],
        ["xcrun", "stapler", "staple"],
    ]
    assert len(list(macos_image.image_commands_after(image, Signing(SIGNED.identity)))) == 1


def test_who_signs_is_read_from_the_environment() -> None:
    assert macos_image.signing_of({}) == Signing()
    told = {"CHAIN_TIMER_SIGN_IDENTITY": "me", "CHAIN_TIMER_NOTARY_PROFILE": "profile"}
    assert macos_image.signing_of(told) == Signing("me", "profile")
    with pytest.raises(ValueError, match="CHAIN_TIMER_SIGN_IDENTITY"):
        macos_image.signing_of({"CHAIN_TIMER_NOTARY_PROFILE": "p"})


def test_the_image_shows_the_program_and_where_to_drag_it(app: Path, tmp_path: Path) -> None:
    place = tmp_path / "stage"
    for _again in range(2):
        macos_image.stage(app, place)
    assert sorted(path.name for path in place.iterdir()) == ["Applications", APP.name]
    assert (place / APP.name / "Contents" / "Resources" / "libfoo.dylib").is_symlink()


def test_the_licenses_are_inside_before_the_seal(app: Path, tmp_path: Path) -> None:
    licenses = tmp_path / "licenses"
    licenses.mkdir()
    (licenses / "THIRD-PARTY-LICENSES.txt").write_text("all of them")
    macos_image.take_licenses(licenses, app)
    assert (app / "Contents" / "Resources" / "licenses" / "THIRD-PARTY-LICENSES.txt").is_file()
