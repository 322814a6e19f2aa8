"""A backup is one zip of everything a person has: whole or not there, and nothing of this computer in it."""

import errno
import hashlib
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from helpers.backups import (
    BROKEN,
    FULL,
    NOW,
    as_bytes,
    desk_in,
    entries,
    filled,
)

from chain_timer import __version__
from chain_timer.exchange import backup_layout
from chain_timer.exchange.backup import Backup, backup_name, write_backup
from chain_timer.exchange.backup_layout import Sort, is_usable, sort_of
from chain_timer.exchange.bundle import recognizes
from chain_timer.exchange.parcel import CanceledError
from chain_timer.exchange.source import Source
from chain_timer.history.database import NAME
from chain_timer.problems import ChainTimerError
from chain_timer.routine.own_files import NotSavedError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return filled(tmp_path / "home")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "mine.zip"


def test_it_holds_every_file_to_the_letter(home: Path, out: Path) -> None:
    write_backup(out, desk_in(home))
    found = entries(out)
    del found["manifest.json"]
    assert found == as_bytes(FULL)


def test_it_says_what_it_is_and_what_is_in_it(home: Path, out: Path) -> None:
    write_backup(out, desk_in(home))
    said = json.loads(entries(out)["manifest.json"])
    files = said.pop("files")
    assert said == {
        "format": "chain-timer-backup",
        "version": 1,
        "made": "2026-11-23T11:38:00+01:00",
        "program": __version__,
        "counts": {"exercises": 2, "routines": 3, "pictures": 1, "drafts": 1, "sessions": 0},
    }
    assert files["routines/broken.toml"] == {"bytes": 10, "sha256": hashlib.sha256(BROKEN).hexdigest()}
    assert files.keys() == FULL.keys()


def test_it_tells_how_much_is_in_it(home: Path, out: Path) -> None:
    made = write_backup(out, desk_in(home))
    assert (made.counts[Sort.ROUTINE], made.counts[Sort.PICTURE], made.sessions) == (3, 1, 0)
    assert made.size == out.stat().st_size
    assert made.problems == ()


def test_it_names_no_folder_of_this_computer(home: Path, out: Path) -> None:
    write_backup(out, desk_in(home))
    said = out.read_bytes() + b"".join(entries(out).values())
    assert str(home.parent).encode() not in said
    assert home.name.encode() + b"/" not in said


def test_caches_logs_kept_versions_and_the_trash_are_not_in_it(home: Path, out: Path) -> None:
    left = {
        **dict.fromkeys(("cache/library.jsonl", "cache/clips/a.wav", "logs/chain-timer.log"), b"x"),
        **dict.fromkeys((".trash/old.toml", "routines/evening.toml.bak", "routines/.x.toml.swp"), b"x"),
        **dict.fromkeys(("history/running/ab.journal", "settings/settings.toml.bak", "notes.txt"), b"x"),
        **dict.fromkeys(("exercises/door.png.bak", "drafts/abc.json.damaged", "routines/deep/x.toml"), b"x"),
    }
    filled(home, left)
    write_backup(out, desk_in(home))
    assert entries(out).keys() == {*FULL, "manifest.json"}


def test_an_empty_home_makes_a_backup_of_nothing(tmp_path: Path, out: Path) -> None:
    made = write_backup(out, desk_in(tmp_path / "nobody"))
    assert entries(out).keys() == {"manifest.json"}
    assert sum(made.counts.values()) == 0


def test_any_archive_program_opens_it(home: Path, out: Path) -> None:
    write_backup(out, desk_in(home))
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 23, 11, 38, 0)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_import_knows_the_routines_in_it(home: Path, out: Path) -> None:
    write_backup(out, desk_in(home))
    assert recognizes(Source(out.read_bytes(), "mine.zip"))


def test_the_same_files_at_the_same_moment_make_the_same_bytes(home: Path, out: Path) -> None:
    write_backup(out, desk_in(home))
    first = out.read_bytes()
    write_backup(out, desk_in(home))
    assert out.read_bytes() == first


def test_it_is_called_by_its_day() -> None:
    assert backup_name(date(2026, 11, 23)) == "chain-timer-backup-2026-11-23.zip"
    assert backup_name(NOW.day) == "chain-timer-backup-2026-11-23.zip"


def test_a_clock_before_archives_were_invented_does_no_harm(home: Path, out: Path) -> None:
    desk = desk_in(home)
    early = type(desk)(desk.folders, desk.opened, lambda: type(NOW)(0, 0))
    write_backup(out, early)
    assert len(entries(out)) == len(FULL) + 1


# --- what cannot be read, or not be written --------------------------------------------------------------


def test_a_file_that_is_too_large_is_told_and_all_else_is_there(home: Path, out: Path) -> None:
    with (home / "exercises" / "huge.png").open("wb") as file:
        file.truncate(backup_layout.LARGEST_OWN + 1)
    made = write_backup(out, desk_in(home))
    assert [str(problem) for problem in made.problems] == [
        "exercises/huge.png: it cannot be read: it is larger than 16,777,216 bytes; it is not in the backup"
    ]
    assert entries(out).keys() == {*FULL, "manifest.json"}


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
def test_a_name_that_no_archive_can_have_is_told(home: Path, out: Path) -> None:
    filled(home, {"routines/back\\slash.toml": ROUTINE_TEXT, "routines/new\nline.toml": ROUTINE_TEXT})
    (home / "routines" / os.fsdecode(b"half\xff.toml")).write_bytes(b"x")
    made = write_backup(out, desk_in(home))
    assert len(made.problems) == 3
    assert all(problem.remedy == "rename it" for problem in made.problems)


ROUTINE_TEXT = 'name = "X"\nexercises = ["plank"]\n'


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_among_the_files_is_not_waited_for(home: Path, out: Path) -> None:
    os.mkfifo(home / "routines" / "pipe.toml")
    made = write_backup(out, desk_in(home))
    assert [problem.where for problem in made.problems] == ["routines/pipe.toml"]


def test_a_backup_into_no_folder_is_refused(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ChainTimerError, match="There is no folder"):
        write_backup(tmp_path / "none" / "x.zip", desk_in(home))
    assert not (tmp_path / "none").exists()


def test_on_a_full_disk_the_backup_before_stays(
    home: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.write_bytes(b"the one before")

    def full(_file: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSavedError, match=r'"mine.zip" is not saved: no space left.*free some space'):
        write_backup(out, desk_in(home))
    assert (out.read_bytes(), list(out.parent.iterdir())) == (b"the one before", [out])


@pytest.mark.parametrize("after", range(12))
def test_canceled_at_any_step_it_leaves_nothing(home: Path, out: Path, after: int) -> None:
    calls = iter(range(after))

    def progress(_done: int, _whole: int) -> None:
        if next(calls, None) is None:
            raise CanceledError

    made: list[Backup] = []
    try:
        made.append(write_backup(out, desk_in(home), progress))
    except CanceledError:
        assert list(out.parent.iterdir()) == []
    assert bool(made) == out.exists() == (after >= len(FULL) + 1)
    assert list((home / "cache").iterdir()) == []


def test_progress_goes_up_to_the_end(home: Path, out: Path) -> None:
    told: list[tuple[int, int]] = []
    write_backup(out, desk_in(home), lambda done, whole: told.append((done, whole)))
    whole = sum(map(len, as_bytes(FULL).values()))
    assert told == sorted(told)
    assert (told[0], told[-1]) == ((0, whole), (whole, whole))


def test_room_that_a_program_left_behind_is_cleared_after_a_day(home: Path, out: Path) -> None:
    old, new = home / "cache" / "moment-old", home / "cache" / "moment-new"
    for folder, age_s in ((old, 90_000), (new, 3_600)):
        filled(folder, {"x": b"x"})
        at = NOW.ms // 1_000 - age_s
        os.utime(folder, (at, at))
    write_backup(out, desk_in(home))
    assert (old.exists(), new.exists()) == (False, True)


def test_without_a_place_for_a_cache_it_is_made_all_the_same(home: Path, out: Path) -> None:
    (home / "cache").write_bytes(b"in the way")
    write_backup(out, desk_in(home))
    assert len(entries(out)) == len(FULL) + 1


# --- places and names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("routines/a.toml", Sort.ROUTINE),
        ("exercises/a.toml", Sort.EXERCISE),
        ("exercises/a.PNG", Sort.PICTURE),
        ("routines/a.svg", Sort.PICTURE),
        ("drafts/a-1.json", Sort.DRAFT),
        ("settings/reminders.toml", Sort.SETTINGS),
        ("history.db", Sort.HISTORY),
        ("history/history.db-wal", Sort.HISTORY),
        ("history/history.db-shm", None),
        ("a.toml", None),
        ("routines/b/a.toml", None),
        ("routines/.a.toml", None),
        ("exercises/a.exe", None),
        ("settings/../x.toml", None),
        ("drafts/a b.json", None),
        ("x/routines/a.toml", None),
        ("", None),
    ],
)
def test_what_a_file_is_its_place_tells(name: str, sort: Sort | None) -> None:
    assert sort_of(name) is sort


@pytest.mark.parametrize("name", ["con.toml", "LPT1.x.toml", "a:b.toml", "what?.toml", "dot.", "space "])
def test_names_that_windows_cannot_have(name: str) -> None:
    assert not is_usable(name, windows=True)
    assert is_usable(name, windows=False)


@pytest.mark.parametrize("name", ["a\nb.toml", "a\x1b.toml", "\u2028.toml", "x" * 256, "\udcff.toml"])
def test_names_that_nothing_should_have(name: str) -> None:
    assert not is_usable(name, windows=False)


def test_the_history_is_called_as_everywhere() -> None:
    assert backup_layout.HISTORY == NAME
