"""The program in the menu of a desktop: one entry, ours alone, with its icon and kinds of files."""

import shutil
import subprocess
from pathlib import Path

import pytest
from defusedxml import ElementTree

from chain_timer.resources import resource_path
from chain_timer.system.desktop_entry import MenuEntry, data_folder, menu_entry_text, mime_types_text
from chain_timer.system.desktop_file import NAME, DesktopFileError

COMMAND = ("/opt/chain timer/chain-timer",)
ICON = resource_path("icons", "chain-timer.svg")


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_it_is_put_there_whole_and_taken_out_whole(tmp_path: Path) -> None:
    entry = MenuEntry(tmp_path)
    assert not entry.is_there
    for _ in range(2):  # once more changes nothing
        entry.install(COMMAND, ICON)
        assert entry.is_there
        assert files(tmp_path) == {
            "applications/chain-timer.desktop",
            "icons/hicolor/scalable/apps/chain-timer.svg",
            "mime/packages/chain-timer.xml",
        }
    assert entry.remove()
    assert files(tmp_path) == set()
    assert not entry.remove()


@pytest.mark.parametrize("content", [b"[Desktop Entry]\nExec=other\n", b"", b"\xff", b"x" * 100_000])
def test_an_entry_that_somebody_else_wrote_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "applications" / NAME
    path.parent.mkdir()
    path.write_bytes(content)
    entry = MenuEntry(tmp_path)
    for change in (lambda: entry.install(COMMAND, ICON), entry.remove):
        with pytest.raises(DesktopFileError, match="not written by Chain Timer"):
            change()
    assert files(tmp_path) == {f"applications/{NAME}"}
    assert path.read_bytes() == content


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("content", [b"<svg/>", b"", b"\xff", b"x" * 300_000])
def test_an_icon_or_types_of_somebody_else_stay_as_they_are(
    tmp_path: Path, place: int, content: bytes
) -> None:
    entry = MenuEntry(tmp_path)
    path = entry.paths[place]
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(DesktopFileError, match="not written by Chain Timer"):
        entry.install(COMMAND, ICON)
    assert files(tmp_path) == {str(path.relative_to(tmp_path))}
    path.unlink()
    entry.install(COMMAND, ICON)
    path.write_bytes(content)
    with pytest.raises(DesktopFileError, match="not written by Chain Timer"):
        entry.remove()
    assert len(files(tmp_path)) == 3
    assert path.read_bytes() == content


def test_a_first_entry_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "applications").write_text("in the way")
    with pytest.raises(DesktopFileError, match="could not be written"):
        MenuEntry(tmp_path).install(COMMAND, ICON)
    assert files(tmp_path) == {"applications"}


def test_a_command_no_desktop_could_start_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(DesktopFileError, match="control characters"):
        MenuEntry(tmp_path).install(("/a\nb",), ICON)
    assert files(tmp_path) == set()


def test_the_entry_starts_the_program_with_a_file_and_offers_routines() -> None:
    lines = menu_entry_text(COMMAND).splitlines()
    assert 'Exec="/opt/chain timer/chain-timer" %f' in lines
    assert "TryExec=/opt/chain timer/chain-timer" in lines
    assert "[Desktop Action stretch]" in lines
    assert 'Exec="/opt/chain timer/chain-timer" posterior-chain-stretch' in lines


def test_a_command_found_by_its_name_is_not_looked_for_by_path() -> None:
    assert "TryExec" not in menu_entry_text(("chain-timer",))


def test_its_actions_open_routines_that_ship() -> None:
    text = menu_entry_text(("chain-timer",))
    opened = [line.split()[-1] for line in text.splitlines() if line.startswith("Exec=chain-timer ")]
    assert [name for name in opened if name != "%f"] == ["posterior-chain-stretch", "desk-break"]
    assert all(resource_path("routines", f"{name}.toml").is_file() for name in opened if name != "%f")


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils are not here")
@pytest.mark.parametrize("command", [("chain-timer",), COMMAND])
def test_a_desktop_finds_nothing_wrong_with_it(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / NAME
    path.write_text(menu_entry_text(command))
    judged = subprocess.run(
        ["desktop-file-validate", str(path)],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.stdout + judged.stderr == ""


def test_its_kinds_of_files_are_those_the_entry_opens() -> None:
    root = ElementTree.fromstring(mime_types_text())
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kinds = [kind.get("type") for kind in root.iter(f"{space}mime-type")]
    assert f"MimeType={';'.join(map(str, kinds))};" in menu_entry_text(("chain-timer",))
    globs = [glob.get("pattern") for glob in root.iter(f"{space}glob")]
    assert globs == ["*.chain-timer", "*.routine.toml"]


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "/home/me/.local/share"),
        ({"XDG_DATA_HOME": ""}, "/home/me/.local/share"),
        ({"XDG_DATA_HOME": "relative"}, "/home/me/.local/share"),
        ({"XDG_DATA_HOME": "/elsewhere"}, "/elsewhere"),
    ],
)
def test_the_folder_is_that_of_the_custom(environ: dict[str, str], expected: str) -> None:
    assert data_folder(environ, Path("/home/me")) == Path(expected)
