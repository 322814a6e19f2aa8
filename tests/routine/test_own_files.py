"""A person's own files are never lost, and never written over unseen."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from chain_timer.problems import FileProblemsError
from chain_timer.routine import own_files
from chain_timer.routine.own_files import ChangedOnDiskError, Deleted, Kept, NotSavedError, OwnFiles

on_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")
TEXT = 'name = "A"\nexercises = ["pullup"]\n'
OTHER = 'name = "B"\nexercises = ["pullup"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "routines"


@pytest.fixture
def files(folder: Path) -> OwnFiles:
    return OwnFiles(folder)


@pytest.fixture
def kept(files: OwnFiles) -> Kept:
    return files.new(TEXT, "Morning")


@pytest.fixture
def bin_of(tmp_path: Path) -> Callable[[Path], Path]:
    """A trash as desktops have it: files, and what tells where they came from."""
    (tmp_path / "Trash" / "files").mkdir(parents=True)
    (tmp_path / "Trash" / "info").mkdir()

    def trash(path: Path) -> Path:
        (tmp_path / "Trash" / "info" / f"{path.name}.trashinfo").write_text("[Trash Info]")
        return path.rename(tmp_path / "Trash" / "files" / path.name)

    return trash


def no_trash(path: Path) -> Path:
    raise OSError(errno.ENOTSUP, "no trash here", str(path))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


# --- new files -------------------------------------------------------------------------------------------


def test_a_new_file_is_named_by_its_title(files: OwnFiles, folder: Path) -> None:
    kept = files.new(TEXT, "Morning stretch!")
    assert (kept.path, kept.path.read_text()) == (folder / "morning-stretch.toml", TEXT)
    assert files.read(kept.path) == kept


def test_a_new_file_never_takes_the_place_of_another(files: OwnFiles, folder: Path) -> None:
    for _ in range(2):
        files.new(TEXT, "Morning")
    files.new(TEXT, "Evening", taken=("evening",))
    assert names(folder) == ["evening-2.toml", "morning-2.toml", "morning.toml"]


def test_a_file_that_came_just_now_is_not_written_over(
    files: OwnFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    through = own_files._write_through

    def meanwhile(file: object, data: bytes) -> None:
        through(file, data)  # type: ignore[arg-type]
        if not (folder / "morning.toml").exists():
            (folder / "morning.toml").write_text("theirs")

    monkeypatch.setattr(own_files, "_write_through", meanwhile)
    kept = files.new(TEXT, "Morning")
    assert (kept.path.name, (folder / "morning.toml").read_text()) == ("morning-2.toml", "theirs")
    assert names(folder) == ["morning-2.toml", "morning.toml"]


@on_posix
def test_a_link_to_nowhere_is_a_name_that_is_taken(files: OwnFiles, folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "morning.toml").symlink_to(tmp_path / "elsewhere")
    assert files.new(TEXT, "Morning").path.name == "morning-2.toml"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("title", ["../../x", "/etc/x", "..", "C:\\x", "a/../../b", "\0", "", "con", "~/x"])
def test_whatever_the_title_is_nothing_is_written_elsewhere(
    title: str, files: OwnFiles, folder: Path, tmp_path: Path
) -> None:
    kept = files.new(TEXT, title)
    assert kept.path.parent == folder
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept.path]


# --- saving ----------------------------------------------------------------------------------------------


def test_saving_again_and_again_is_saving(files: OwnFiles, kept: Kept, folder: Path) -> None:
    for text in (OTHER, TEXT, "Ö\r\n"):
        kept = files.save(kept, text)
    assert kept.path.read_bytes() == "Ö\r\n".encode()
    assert names(folder) == ["morning.toml"]


def test_a_file_that_somebody_changed_is_not_written_over(files: OwnFiles, kept: Kept) -> None:
    kept.path.write_text("theirs")
    with pytest.raises(ChangedOnDiskError, match=r'"morning.toml" was changed') as caught:
        files.save(kept, OTHER)
    assert (caught.value.text, kept.path.read_text()) == ("theirs", "theirs")


def test_one_that_was_looked_at_again_can_be_saved(files: OwnFiles, kept: Kept) -> None:
    kept.path.write_text("theirs")
    with pytest.raises(ChangedOnDiskError) as caught:
        files.save(kept, OTHER)
    assert caught.value.now is not None
    assert files.save(caught.value.now, OTHER).path.read_text() == OTHER


def test_a_file_that_is_gone_is_told_so(files: OwnFiles, kept: Kept, folder: Path) -> None:
    kept.path.unlink()
    with pytest.raises(ChangedOnDiskError, match="no longer there") as caught:
        files.save(kept, OTHER)
    assert caught.value.text is None
    assert names(folder) == []


def test_a_change_at_the_very_last_moment_is_noticed(
    files: OwnFiles, kept: Kept, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    through = own_files._write_through

    def meanwhile(file: object, data: bytes) -> None:
        through(file, data)  # type: ignore[arg-type]
        kept.path.write_text("theirs")

    monkeypatch.setattr(own_files, "_write_through", meanwhile)
    with pytest.raises(ChangedOnDiskError):
        files.save(kept, OTHER)
    assert (kept.path.read_text(), names(folder)) == ("theirs", ["morning.toml"])


def test_a_change_right_after_saving_is_not_taken_for_ours(
    files: OwnFiles, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = own_files._written

    def meanwhile(path: Path, data: bytes) -> Kept:
        path.write_text("theirs")
        return written(path, data)

    monkeypatch.setattr(own_files, "_written", meanwhile)
    saved = files.save(kept, OTHER)
    assert files.changed(saved)
    with pytest.raises(ChangedOnDiskError):
        files.save(saved, TEXT)


def test_saving_over_keeps_the_other_version_beside(files: OwnFiles, kept: Kept, folder: Path) -> None:
    kept.path.write_text("theirs")
    saved = files.save_over(kept, OTHER)
    assert (saved.text, kept.path.read_text()) == (OTHER, OTHER)
    assert (folder / "morning.toml.bak").read_text() == "theirs"


def test_saving_over_brings_back_a_file_that_is_gone(files: OwnFiles, kept: Kept) -> None:
    kept.path.unlink()
    assert files.save_over(kept, OTHER).path.read_text() == OTHER


@on_posix
def test_a_link_stays_a_link_and_the_mode_stays(files: OwnFiles, folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    (tmp_path / "dotfiles.toml").write_text(TEXT)
    (tmp_path / "dotfiles.toml").chmod(0o640)
    (folder / "a.toml").symlink_to(tmp_path / "dotfiles.toml")
    files.save(files.read(folder / "a.toml"), OTHER)
    assert (folder / "a.toml").is_symlink()
    assert (tmp_path / "dotfiles.toml").read_text() == OTHER
    assert stat.S_IMODE((tmp_path / "dotfiles.toml").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "free some space"), (errno.EROFS, "permissions"), (errno.EIO, "try again")],
)
def test_a_disk_that_refuses_is_told_with_what_to_do(
    number: int, remedy: str, *, files: OwnFiles, kept: Kept, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_files.os, "fsync", refusing(number))
    with pytest.raises(NotSavedError) as caught:
        files.save(kept, OTHER)
    told = str(caught.value)
    assert told.startswith(f'"morning.toml" is not saved: {os.strerror(number).lower()} ({folder}); ')
    assert remedy in told
    assert (kept.path.read_text(), names(folder)) == (TEXT, ["morning.toml"])


def test_a_new_file_that_cannot_be_written_is_told_by_its_title(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotSavedError, match=r'"/etc/x\?" is not saved: '):
        OwnFiles(tmp_path / "file").new(TEXT, "/etc/x?")


@pytest.mark.parametrize("path", ["../other.toml", "deeper/a.toml", "a.txt"])
def test_what_is_no_file_of_the_folder_is_refused(path: str, files: OwnFiles, folder: Path) -> None:
    stranger = Kept(folder / path, TEXT, "")
    for call in (files.save, files.save_over):
        with pytest.raises(ValueError, match="is no file of"):
            call(stranger, OTHER)
    with pytest.raises(ValueError, match="is no file of"):
        files.delete(stranger, no_trash)


# --- looking ---------------------------------------------------------------------------------------------


def test_a_file_nobody_touched_is_not_read_again(
    files: OwnFiles, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_files, "read_bytes_bounded", refusing(errno.EIO))
    assert not files.changed(kept)


def test_a_file_that_was_only_touched_is_not_changed(files: OwnFiles, kept: Kept) -> None:
    os.utime(kept.path, (1, 1))
    assert not files.changed(kept)


def test_other_bytes_and_no_file_are_a_change(files: OwnFiles, kept: Kept) -> None:
    kept.path.write_text(TEXT.replace("A", "C"))
    os.utime(kept.path, (1, 1))
    assert files.changed(kept)
    kept.path.unlink()
    assert files.changed(kept)


def test_a_file_as_notepad_writes_it_is_read_and_saved(files: OwnFiles, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "a.toml").write_bytes(b'\xef\xbb\xbfname = "A"\r\n')
    kept = files.read(folder / "a.toml")
    assert kept.text == 'name = "A"\r\n'
    assert not files.changed(files.save(kept, kept.text))


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe", "not UTF-8 text"), (b"#" * (2 * 1024 * 1024 + 1), "larger than"), (None, "no such file")],
)
def test_what_cannot_be_read_is_told(content: bytes | None, told: str, files: OwnFiles, folder: Path) -> None:
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "a.toml").write_bytes(content)
    with pytest.raises(FileProblemsError, match=told):
        files.read(folder / "a.toml")


# --- deleting --------------------------------------------------------------------------------------------


def test_a_deleted_file_lies_in_the_trash_and_comes_back_out_of_it(
    files: OwnFiles, kept: Kept, bin_of: Callable[[Path], Path], folder: Path, tmp_path: Path
) -> None:
    deleted = files.delete(kept, bin_of)
    assert (names(folder), deleted.trashed) == ([], tmp_path / "Trash" / "files" / "morning.toml")
    assert files.undo(deleted) == kept
    assert names(folder) == ["morning.toml"]
    assert [path for path in (tmp_path / "Trash").rglob("*") if path.is_file()] == []


def test_a_deleted_file_comes_back_although_the_trash_was_emptied(
    files: OwnFiles, folder: Path, bin_of: Callable[[Path], Path]
) -> None:
    folder.mkdir(parents=True)
    data = b'\xef\xbb\xbfname = "A" # \r\n'
    (folder / "My own.toml").write_bytes(data)
    deleted = files.delete(files.read(folder / "My own.toml"), bin_of)
    assert deleted.trashed is not None
    deleted.trashed.unlink()
    assert files.undo(deleted).path == folder / "My own.toml"
    assert (folder / "My own.toml").read_bytes() == data


def test_what_else_lies_in_the_trash_by_that_name_stays(
    files: OwnFiles, kept: Kept, bin_of: Callable[[Path], Path]
) -> None:
    deleted = files.delete(kept, bin_of)
    assert deleted.trashed is not None
    deleted.trashed.write_text("another")
    files.undo(deleted)
    assert deleted.trashed.read_text() == "another"


def test_where_there_is_no_trash_a_folder_of_our_own_takes_it(
    files: OwnFiles, kept: Kept, folder: Path
) -> None:
    first = files.delete(kept, no_trash)
    second = files.delete(files.new(OTHER, "Morning"), no_trash)
    assert names(folder.parent / ".trash") == ["morning-2.toml", "morning.toml"]
    files.undo(second)
    files.undo(first)
    assert (names(folder), names(folder.parent / ".trash")) == (["morning-2.toml", "morning.toml"], [])
    assert (folder / "morning.toml").read_text() == OTHER


def test_a_trash_that_takes_nothing_and_says_nothing_is_no_loss(
    files: OwnFiles, kept: Kept, folder: Path
) -> None:
    deleted = files.delete(kept, lambda path: path)
    assert deleted.trashed == folder.parent / ".trash" / "morning.toml"
    assert names(folder) == []


def test_what_is_deleted_is_the_file_as_it_is_now(files: OwnFiles, kept: Kept) -> None:
    kept.path.write_text("theirs")
    assert files.undo(files.delete(kept, no_trash)).text == "theirs"


def test_a_file_that_is_gone_already_comes_back_as_it_was_seen(files: OwnFiles, kept: Kept) -> None:
    kept.path.unlink()
    deleted = files.delete(kept, no_trash)
    assert deleted == Deleted(kept.path, TEXT.encode(), None)
    assert files.undo(deleted) == kept


def test_a_file_that_cannot_be_deleted_stays_and_is_told(files: OwnFiles, kept: Kept, folder: Path) -> None:
    (folder.parent / ".trash").write_text("in the way")
    with pytest.raises(NotSavedError, match="is not deleted"):
        files.delete(kept, no_trash)
    assert kept.path.read_text() == TEXT
