import errno
import io
import os
import stat
from pathlib import Path

import pytest

from chain_timer.system import files
from chain_timer.system.files import (
    folder_locked,
    read_bytes_bounded,
    set_aside,
    write_bytes_atomic,
    write_text_atomic,
)

on_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


class FileOnAFullDisk(io.FileIO):
    def write(self, _data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    write_text_atomic(tmp_path / "a", "Größe ↑\nzwei\n")
    assert (tmp_path / "a").read_bytes() == "Größe ↑\nzwei\n".encode()


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_bytes_atomic(tmp_path / "deep" / "er" / "a", b"x")
    assert read_bytes_bounded(tmp_path / "deep" / "er" / "a", 1) == b"x"


def test_writing_leaves_nothing_but_the_file(tmp_path: Path) -> None:
    write_bytes_atomic(tmp_path / "a", b"1")
    write_bytes_atomic(tmp_path / "a", b"2")
    assert names(tmp_path) == ["a"]


def test_the_version_before_is_kept_when_asked(tmp_path: Path) -> None:
    for data in (b"1", b"2", b"3"):
        write_bytes_atomic(tmp_path / "a", data, keep_previous=True)
    assert names(tmp_path) == ["a", "a.bak"]
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "a.bak").read_bytes()) == (b"3", b"2")


def test_the_version_before_is_kept_on_a_disk_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "link", full_disk)
    for data in (b"1", b"2"):
        write_bytes_atomic(tmp_path / "a", data, keep_previous=True)
    assert names(tmp_path) == ["a", "a.bak"]
    assert (tmp_path / "a.bak").read_bytes() == b"1"


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_whole_and_nothing_beside_it(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bytes_atomic(tmp_path / "a", b"old")
    if step == "write":
        monkeypatch.setattr(files, "_opened_anew", lambda path: FileOnAFullDisk(path, "x+b"))
    elif step == "fsync":
        monkeypatch.setattr(files.os, "fsync", full_disk)
    else:
        monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_bytes_atomic(tmp_path / "a", b"new", keep_previous=step == "fsync")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_an_interrupt_while_writing_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes_atomic(tmp_path / "a", b"new")
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        write_bytes_atomic(tmp_path / "file" / "a", b"x")


@on_posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_bytes_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@on_posix
def test_the_mode_of_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o640)
    write_bytes_atomic(tmp_path / "a", b"new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_name_as_long_as_a_disk_allows_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250)
    write_bytes_atomic(path, b"x")
    assert path.read_bytes() == b"x"


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bytes_bounded(tmp_path / "a", 5) == b"12345"
    with pytest.raises(ValueError, match="larger than 4 bytes"):
        read_bytes_bounded(tmp_path / "a", 4)


@on_posix
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_refused_at_once(kind: str, tmp_path: Path) -> None:
    path = {"pipe": tmp_path / "pipe", "device": Path("/dev/zero"), "folder": tmp_path}[kind]
    if kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(ValueError, match="not a regular file"):
        read_bytes_bounded(path, 10)


@on_posix
def test_refusing_leaves_no_descriptor_open(tmp_path: Path) -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(20):
        with pytest.raises(ValueError, match="regular"):
            read_bytes_bounded(tmp_path, 10)
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_what_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_bytes_bounded(tmp_path / "none", 10)


def test_setting_aside_never_takes_a_name_that_is_taken(tmp_path: Path) -> None:
    for data in (b"1", b"2", b"3"):
        (tmp_path / "a").write_bytes(data)
        set_aside(tmp_path / "a", ".damaged")
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == {
        "a.damaged": b"1",
        "a.damaged-2": b"2",
        "a.damaged-3": b"3",
    }


@on_posix
def test_a_locked_folder_is_locked_for_others_and_free_afterwards(tmp_path: Path) -> None:
    import fcntl  # noqa: PLC0415 -- not on Windows

    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        with folder_locked(tmp_path), pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(descriptor)
