"""``desktop-entry``: shown, put into the menu, and taken out again."""

import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
    monkeypatch.delenv("FLATPAK_ID", raising=False)
    return folder


def test_it_is_shown_and_nothing_is_written(run: Any, share: Path) -> None:
    done = run("desktop-entry")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("[Desktop Entry]\nType=Application\nName=Chain Timer\n")
    assert not share.exists()


def test_it_is_put_there_and_what_was_written_is_told(run: Any, share: Path) -> None:
    done = run("desktop-entry", "--install")
    entry = share / "applications" / "chain-timer.desktop"
    assert done.code == 0
    assert str(entry) in done.out
    assert "chain-timer desktop-entry --remove" in done.out
    assert str(Path(sys.executable).parent) in entry.read_text()


def test_it_is_taken_out_again(run: Any, share: Path) -> None:
    run("desktop-entry", "--install")
    done = run("desktop-entry", "--remove")
    assert done.code == 0
    assert done.out.startswith("The menu entry is removed.")
    assert not (share / "applications" / "chain-timer.desktop").exists()
    assert run("desktop-entry", "--remove").out == "There is no menu entry of yours to remove.\n"


def test_one_of_a_package_is_told(run: Any, share: Path, tmp_path: Path) -> None:
    del share
    shared = tmp_path / "system" / "applications" / "chain-timer.desktop"
    shared.parent.mkdir(parents=True)
    shared.touch()
    assert f"the place of the one for everybody, {shared}." in run("desktop-entry", "--install").out


def test_a_folder_that_refuses_is_told(run: Any, share: Path) -> None:
    share.write_text("in the way")
    done = run("desktop-entry", "--install")
    assert done.code == 1
    assert done.err.startswith(f"The menu entry could not be written in {share}: ")


@pytest.mark.parametrize(
    ("platform", "told"), [("win32", "the installer"), ("darwin", "Applications"), ("aix", "Linux")]
)
def test_other_systems_have_another_way(
    run: Any, share: Path, monkeypatch: pytest.MonkeyPatch, platform: str, told: str
) -> None:
    monkeypatch.setattr("chain_timer.cli.desktop_entry_command.sys.platform", platform)
    done = run("desktop-entry", "--install")
    assert done.code == 1
    assert told in done.err
    assert not share.exists()


def test_a_flatpak_brings_its_own(run: Any, share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLATPAK_ID", "io.github.chain_timer.ChainTimer")
    assert "brings its menu entry with it" in run("desktop-entry", "--install").err
    assert not share.exists()


def test_a_program_of_the_desktop_that_hangs_or_fails_is_no_failure(
    run: Any, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    asked = tmp_path / "asked"
    for name, act in (("update-desktop-database", "exit 3"), ("update-mime-database", "sleep 60")):
        (tools / name).write_text(f"#!/bin/sh\necho {name} >> {asked}\n{act}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setattr("chain_timer.cli.desktop_entry_command._LONGEST_S", 0.2)
    assert run("desktop-entry", "--install").code == 0
    assert asked.read_text().split() == ["update-desktop-database", "update-mime-database"]
    assert (share / "applications" / "chain-timer.desktop").is_file()


def test_both_at_once_are_refused(run: Any, share: Path) -> None:
    assert run("desktop-entry", "--install", "--remove").code == 2
    assert not share.exists()
