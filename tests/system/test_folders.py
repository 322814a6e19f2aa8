from pathlib import Path

import pytest

from chain_timer.system.folders import HOME_VARIABLE, Folders, find_folders


def every(folders: Folders) -> list[Path]:
    return [getattr(folders, name) for name in Folders.__slots__]


def test_one_variable_moves_every_folder_inside_one(tmp_path: Path) -> None:
    folders = find_folders({HOME_VARIABLE: str(tmp_path / "home")})
    assert all(folder.is_relative_to(tmp_path / "home") for folder in every(folders))


def test_no_two_folders_are_the_same(tmp_path: Path) -> None:
    for environ in ({}, {HOME_VARIABLE: str(tmp_path)}):
        folders = every(find_folders(environ))
        assert len(set(folders)) == len(folders) or not environ


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    find_folders({HOME_VARIABLE: str(tmp_path / "home")})
    assert not (tmp_path / "home").exists()


def test_an_empty_variable_counts_as_unset() -> None:
    assert find_folders({HOME_VARIABLE: "  "}) == find_folders({})


def test_a_relative_home_is_taken_from_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_folders({HOME_VARIABLE: "here"}).cache == tmp_path / "here" / "cache"


def test_by_custom_every_folder_is_absolute_and_names_the_program() -> None:
    for folder in every(find_folders({})):
        assert folder.is_absolute()
        assert "chain-timer" in str(folder)


def test_without_any_home_nothing_lands_where_the_program_was_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: Path("~/.local/share/chain-timer"))
    assert all(folder.is_absolute() and "~" not in folder.parts for folder in every(find_folders({})))
