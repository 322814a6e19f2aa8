"""When the window begins with the welcome: the very first time, and never again."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from chain_timer.cli.welcome_due import is_first_start
from chain_timer.system.folders import Folders, find_folders
from chain_timer.system.settings_store import SettingsStore

Run = Callable[..., Any]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return find_folders({"CHAIN_TIMER_HOME": str(tmp_path / "home")})


def leave(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("", encoding="utf-8")


def test_without_any_file_it_is_the_first_start(folders: Folders) -> None:
    assert is_first_start(folders)


def test_looking_leaves_no_trace(folders: Folders) -> None:
    is_first_start(folders)
    assert not folders.settings.parent.exists()


@pytest.mark.parametrize(
    "trace",
    [
        "settings/settings.toml",
        "settings/settings.toml.damaged",
        "settings/remembered.toml",
        "history/history.db",
        "history/running/a.journal",
        "routines/mine.toml",
        "exercises/mine.toml",
        "drafts/mine.toml",
    ],
)
def test_whoever_has_left_anything_is_not_welcomed(folders: Folders, trace: str) -> None:
    leave(folders.settings.parent / trace)
    assert not is_first_start(folders)


@pytest.mark.parametrize("trace", ["cache/library.jsonl", "logs/chain-timer.log"])
def test_what_the_program_keeps_for_itself_tells_of_nobody(folders: Folders, trace: str) -> None:
    leave(folders.settings.parent / trace)
    assert is_first_start(folders)


def test_where_settings_share_a_folder_with_the_rest_it_is_the_same(tmp_path: Path) -> None:
    shared = tmp_path / "data"
    folders = Folders(
        shared, *(shared / name for name in ("routines", "exercises", "history", "cache", "logs"))
    )
    leave(shared / "logs" / "chain-timer.log")
    assert is_first_start(folders)
    (shared / "settings.toml").write_text("", encoding="utf-8")
    assert not is_first_start(folders)


def test_where_nothing_can_be_kept_nobody_is_welcomed_at_every_start(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _rights: False)
    assert not is_first_start(folders)


def test_a_file_in_the_place_of_the_folder_is_no_place(folders: Folders) -> None:
    folders.settings.parent.write_text("", encoding="utf-8")
    assert not is_first_start(folders)


def test_a_folder_out_of_reach_belongs_to_somebody(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    assert not is_first_start(folders)


def test_to_have_seen_it_is_enough(folders: Folders) -> None:
    store = SettingsStore(folders.settings)
    store.keep_file()
    store.close()
    assert not is_first_start(folders)


# --- the command line ------------------------------------------------------------------------------------


@pytest.fixture
def met(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each window that was opened was to begin with the welcome."""
    del home
    found: list[bool] = []
    face: Any = ModuleType("chain_timer.cli.window_face")

    def run_window(*_given: object, is_first: bool, **_more: object) -> int:
        found.append(is_first)
        return 0

    face.run_window = run_window
    monkeypatch.setitem(sys.modules, "chain_timer.cli.window_face", face)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return found


def test_the_bare_program_welcomes_the_first_time(run: Run, met: list[bool]) -> None:
    assert run().code == 0
    assert met == [True]


def test_it_does_not_where_a_routine_is_named(run: Run, met: list[bool]) -> None:
    run("desk-break")
    assert met == [False]


def test_it_does_not_where_a_file_is_named(run: Run, met: list[bool], tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("x", encoding="utf-8")
    run(str(other))
    assert met == [False]


def test_it_does_not_in_the_tray(run: Run, met: list[bool]) -> None:
    run("--tray")
    assert met == [False]


def test_it_does_not_where_there_are_settings(run: Run, met: list[bool], home: Path) -> None:
    leave(home / "settings" / "settings.toml")
    run()
    assert met == [False]
