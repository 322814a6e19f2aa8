"""Starting with the desktop: one file, ours alone, that a desktop reads as it is meant."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from chain_timer.system.autostart import Autostart, AutostartEntry, autostart_folder, entry_text
from chain_timer.system.desktop_file import NAME, DesktopFileError, exec_line
from chain_timer.system.own_process import own_command

NOTHING: Mapping[str, str] = MappingProxyType({})
COMMAND = ("/usr/bin/chain-timer", "--tray")


def test_it_is_off_until_it_is_switched_on_and_the_file_is_gone_when_it_is_off_again(tmp_path: Path) -> None:
    entry = AutostartEntry(tmp_path / "autostart", COMMAND)
    assert entry.state() is Autostart.OFF
    entry.switch(on=True)
    assert entry.state() is Autostart.ON
    assert "Exec=/usr/bin/chain-timer --tray\n" in entry.path.read_text()
    entry.switch(on=False)
    assert entry.state() is Autostart.OFF
    assert list(entry.path.parent.iterdir()) == []
    entry.switch(on=False)


@pytest.mark.parametrize(
    "content",
    [
        b"[Desktop Entry]\nExec=other\n",
        b"",
        b"\xff\xfe",
        b"[Other]\nX-Chain-Timer=true\n",
        b"#X-Chain-Timer=true\n[Desktop Entry]\n#X-Chain-Timer=true\n",
        b"x" * 100_000,
    ],
)
def test_a_file_that_somebody_else_wrote_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    entry = AutostartEntry(tmp_path, COMMAND)
    assert entry.state() is Autostart.FOREIGN
    for on in (True, False):
        with pytest.raises(DesktopFileError, match="not written by Chain Timer"):
            entry.switch(on=on)
    assert path.read_bytes() == content


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, line: str) -> None:
    entry = AutostartEntry(tmp_path, COMMAND)
    entry.switch(on=True)
    entry.path.write_text(entry.path.read_text() + line + "\n")
    assert entry.state() is Autostart.OFF
    entry.switch(on=True)
    assert entry.state() is Autostart.ON


def test_a_folder_that_nothing_can_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    entry = AutostartEntry(tmp_path / "file", COMMAND)
    with pytest.raises(DesktopFileError, match=r"chain-timer\.desktop"):
        entry.switch(on=True)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "/home/me/.config/autostart"),
        ({"XDG_CONFIG_HOME": ""}, "/home/me/.config/autostart"),
        ({"XDG_CONFIG_HOME": "relative"}, "/home/me/.config/autostart"),
        ({"XDG_CONFIG_HOME": "/elsewhere"}, "/elsewhere/autostart"),
    ],
)
def test_the_folder_is_that_of_the_custom(environ: dict[str, str], expected: str) -> None:
    assert autostart_folder(environ, Path("/home/me"), "linux") == Path(expected)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_have_no_such_custom(platform: str) -> None:
    assert autostart_folder({}, Path("/home/me"), platform) is None


def test_a_flatpak_cannot_reach_the_folder_the_desktop_looks_into() -> None:
    environ = {
        "FLATPAK_ID": "io.github.chain_timer.ChainTimer",
        "XDG_CONFIG_HOME": "/home/me/.var/app/x/config",
    }
    assert autostart_folder(environ, Path("/home/me"), "linux") is None


def test_the_program_is_started_the_way_it_is_installed(tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()

    def command(environ: Mapping[str, str] = NOTHING, *, bundled: bool = False) -> tuple[str, ...]:
        return own_command(["--tray"], executable=python, environ=environ, bundled=bundled)

    assert command() == (str(python), "-P", "-m", "chain_timer", "--tray")
    script = python.with_name("chain-timer")
    script.touch()
    assert command() == (str(script), "--tray")
    assert command(bundled=True) == (str(python), "--tray")
    assert command({"APPIMAGE": "/opt/c.AppImage"}) == ("/opt/c.AppImage", "--tray")
    assert command({"FLATPAK_ID": "org.some.App"}) == ("flatpak", "run", "org.some.App", "--tray")


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("/plain/path", "/plain/path"),
        ("/with space", '"/with space"'),
        ("/100%", "/100%%"),
        ('/a"b', '"/a\\\\"b"'),
        ("/a$b", '"/a\\\\$b"'),
        ("/a`b", '"/a\\\\`b"'),
        ("/a\\b", '"/a\\\\\\\\b"'),
        ("/it's", '"/it\'s"'),
        ("/grün", "/grün"),
    ],
)
def test_a_command_is_quoted_as_the_key_wants_it(word: str, line: str) -> None:
    assert exec_line([word]) == line


@pytest.mark.parametrize("word", ["/new\nline", "/null\0", "/not-text-\udcff", "/is=this", ""])
def test_what_no_desktop_could_start_is_refused(word: str) -> None:
    with pytest.raises(DesktopFileError):
        entry_text([word, "--tray"])


@pytest.mark.skipif(shutil.which("gio") is None, reason="gio, the reader of a desktop, is not here")
def test_a_desktop_starts_what_was_meant(tmp_path: Path) -> None:
    folder = tmp_path / "a b$c`d\"e\\f'gh;i(j)~k#l"
    folder.mkdir()
    script, out = folder / "chain-timer", tmp_path / "out"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$0" "$@" > {out}.new && mv {out}.new {out}\n')
    script.chmod(0o755)
    entry = AutostartEntry(tmp_path / "autostart", (str(script), "--tray", "two words", "50%"))
    entry.switch(on=True)
    environ = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    subprocess.run(["gio", "launch", str(entry.path)], check=True, env=environ, timeout=30)  # noqa: S607
    for _ in range(100):
        if out.exists():
            break
        subprocess.run(["sleep", "0.05"], check=True)  # noqa: S607
    assert out.read_text().splitlines() == [str(script), "--tray", "two words", "50%"]
