"""The installer for Windows: what its script promises, and what its programs say of themselves."""

import ast
import re
from pathlib import Path

import pytest
from helpers.shipping import step

from chain_timer import __version__

windows_resources = step("windows_resources")
windows_setup = step("windows_setup")
SCRIPT: str = windows_setup.SCRIPT.read_text(encoding="utf-8")


def section(name: str) -> list[str]:
    """The lines of a section that count."""
    text = SCRIPT.partition(f"\n[{name}]\n")[2].partition("\n[")[0]
    return [line for line in text.splitlines() if line.strip() and not line.startswith((";", "#"))]


def setting(key: str) -> str:
    return next(line.partition("=")[2] for line in section("Setup") if line.partition("=")[0] == key)


# --- what the programs say of themselves -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("1.2.3.4", (1, 2, 3, 4)),
        ("12.0", (12, 0, 0, 0)),
        ("1.2.0rc1", (1, 2, 0, 0)),
        ("1.2.0b12", (1, 2, 0, 0)),
    ],
)
def test_a_version_becomes_four_numbers(number: str, expected: tuple[int, ...]) -> None:
    assert windows_resources.numbers(number) == expected


@pytest.mark.parametrize(
    "number", ["", "one", "1.2.3.4.5", "1..2", "70000.0", "1.2.x", "²", "1.2-beta", "1.2.3 "]
)
def test_what_windows_could_not_hold_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="no version"):
        windows_resources.numbers(number)


def test_the_version_resource_is_an_expression_with_the_version_and_the_names() -> None:
    text = windows_resources.version_info("1.2.3")
    tree = ast.parse(text, mode="eval")
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert {node.func.id for node in calls if isinstance(node.func, ast.Name)} == {
        "VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct", "VarFileInfo",
        "VarStruct",
    }  # fmt: skip
    said = dict(re.findall(r"StringStruct\('(\w+)', '([^']*)'\)", text))
    assert said["FileDescription"] == said["ProductName"] == "Chain Timer"
    assert said["FileVersion"] == said["ProductVersion"] == "1.2.3"
    assert said["LegalCopyright"] == windows_resources.rights()
    assert "filevers=(1, 2, 3, 0)" in text
    assert "StringTable('040904B0'" in text


def test_pyinstaller_reads_the_resource(tmp_path: Path) -> None:
    versioninfo = pytest.importorskip("PyInstaller.utils.win32.versioninfo", exc_type=ImportError)
    path = tmp_path / "version_info.txt"
    path.write_text(windows_resources.version_info(__version__), encoding="utf-8")
    assert versioninfo.load_version_info_from_text_file(path).toRaw()


# --- the script ------------------------------------------------------------------------------------------


def test_the_name_by_which_an_update_knows_the_program_never_changes() -> None:
    assert setting("AppId") == "{{EC5CD2F5-D3F0-50FE-9855-A10F9C199469}"


def test_nobody_has_to_be_an_administrator() -> None:
    assert setting("PrivilegesRequired") == "lowest"
    assert setting("PrivilegesRequiredOverridesAllowed") == "dialog commandline"
    roots = {re.match(r"Root: (\w+);", line)[1] for line in section("Registry")}  # type: ignore[index]
    assert roots == {"HKA", "HKCU"}


def test_the_script_starts_the_programs_that_the_bundle_has() -> None:
    names = {each.console: f"{each.name}.exe" for each in step("recipe").WINDOWS.executables}
    assert f'#define WindowExe "{names[False]}"' in SCRIPT
    assert f'#define ConsoleExe "{names[True]}"' in SCRIPT


def test_removing_the_program_touches_nothing_that_a_person_made() -> None:
    assert section("UninstallDelete") == []
    assert section("InstallDelete") == ['Type: filesandordirs; Name: "{app}\\_internal"']
    for line in section("Registry"):
        assert "uninsdelete" in line or "ChainTimer." in line.partition("ValueType")[0], (
            f"this would stay: {line}"
        )
    # Endings of files belong to more than one program: only our own value goes.
    shared = [line for line in section("Registry") if "OpenWithProgids" in line]
    assert shared
    assert all("uninsdeletekey;" not in line.replace("uninsdeletekeyifempty", "") for line in shared)


def test_toml_files_of_others_stay_with_who_opens_them() -> None:
    lines = [line for line in section("Registry") if "\\.toml" in line]
    assert len(lines) == 1
    assert "Software\\Classes\\.toml\\OpenWithProgids" in lines[0]


def test_the_compiler_is_told_version_and_addresses_and_where_to(tmp_path: Path) -> None:
    home = step("project_facts").facts().homepage
    told = windows_setup.command("iscc", "1.2.0rc1", tmp_path)
    assert told == [
        "iscc", "/Qp", "/DAppVersion=1.2.0rc1", "/DNumbers=1.2.0.0", f"/DHomepage={home}",
        f"/O{tmp_path}", str(windows_setup.SCRIPT),
    ]  # fmt: skip
    asked = set(re.findall(r"#ifndef (\w+)\n  #error", SCRIPT))
    assert asked == {each.partition("=")[0].removeprefix("/D") for each in told if each.startswith("/D")}


def test_who_signs_is_named_to_the_compiler_and_not_in_the_script(tmp_path: Path) -> None:
    told = windows_setup.command("iscc", "1.0.0", tmp_path, "signtool.exe sign /a $f")
    assert "/DSignTool=project" in told
    assert "/Sproject=signtool.exe sign /a $q$f$q" in told
    assert "signtool" not in "\n".join(section("Setup")).casefold().replace("signtool={#signtool}", "")


def test_a_compiler_is_found_where_it_is_usually_installed(tmp_path: Path) -> None:
    with pytest.raises(windows_setup.SetupError, match="winget install"):
        windows_setup.compiler({"PATH": str(tmp_path), "LOCALAPPDATA": str(tmp_path)})
    usual = tmp_path / "Programs" / "Inno Setup 6" / "ISCC.exe"
    usual.parent.mkdir(parents=True)
    usual.touch()
    assert windows_setup.compiler({"PATH": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}) == str(usual)
