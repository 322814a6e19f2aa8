import errno
import io
import os
import stat
from pathlib import Path

import pytest

from chain_timer.system import files
from chain_timer.system.files import (
    folder_locked,
    place_made_whole,
    read_bytes_bounded,
    set_aside,
    write_bytes_atomic,
    write_text_atomic,
)
from chain_timer.system.growing_file import GrowingFile

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


# --- a file that grows ---------------------------------------------------------------------------------


def test_what_is_appended_is_read_back_and_the_room_ahead_is_not(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "deep" / "journal")
    file.append(b"one\n")
    file.append(b"two\n")
    assert file.read(100) == b"one\ntwo\n"
    assert (tmp_path / "deep" / "journal").stat().st_size > 8
    file.close()


def test_it_goes_on_where_it_ended(tmp_path: Path) -> None:
    for line in (b"one\n", b"two\n", b"three\n"):
        file = GrowingFile(tmp_path / "journal")
        file.append(line)
        file.close()
    assert (tmp_path / "journal").read_bytes().rstrip(b"\0") == b"one\ntwo\nthree\n"


def test_it_is_one_programs_alone_while_it_is_open(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "journal")
    with pytest.raises(BlockingIOError):
        GrowingFile(tmp_path / "journal")
    file.close()
    GrowingFile(tmp_path / "journal").close()


def test_what_is_cut_off_is_gone_and_more_can_follow(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "journal")
    file.append(b"whole\nhalf a li")
    file.cut(6)
    file.append(b"next\n")
    assert file.read(100) == b"whole\nnext\n"
    file.close()


def test_it_grows_beyond_the_room_it_kept(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "journal")
    for _ in range(5):
        file.append(b"x" * 50_000)
    assert len(file.read(1_000_000)) == 250_000
    with pytest.raises(ValueError, match="larger"):
        file.read(249_999)
    file.close()


def test_a_disk_that_is_full_stops_it_only_when_its_room_is_used_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = GrowingFile(tmp_path / "journal")
    file.append(b"begun\n")
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if bytes(data).count(0) == len(data):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    for _ in range(60):
        file.append(b"x" * 1_000)
    with pytest.raises(OSError, match="No space"):
        file.append(b"x" * 10_000)
    assert len(file.read(1_000_000)) == 60_006
    monkeypatch.undo()
    file.append(b"again\n")
    assert file.read(1_000_000).endswith(b"xagain\n")
    file.close()


def test_removing_it_leaves_nothing(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "journal")
    file.append(b"x")
    file.remove()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_one_says_so(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "journal")
    assert file.is_empty
    file.append(b"x")
    assert not file.is_empty
    file.close()


def test_what_a_library_makes_takes_its_place_when_all_went_well(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with place_made_whole(tmp_path / "a") as place:
        place.write_text("new")
        assert (tmp_path / "a").read_text() == "old"
    assert (tmp_path / "a").read_text() == "new"
    assert names(tmp_path) == ["a"]


def test_what_a_library_did_not_finish_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    def fail() -> None:
        with place_made_whole(tmp_path / "a") as place:
            place.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a"]
