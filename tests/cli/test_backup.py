"""``backup`` and ``restore``: shown first, asked for, told; and never written over unasked."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.backups import (
    EXERCISE,
    FULL,
    NOW,
    as_bytes,
    contents,
    entries,
    filled,
    record,
    sessions,
    with_sessions,
)
from helpers.zips import zipped

from chain_timer.cli import backup_desk

Run = Callable[..., Any]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_desk, "now", lambda: NOW)


@pytest.fixture
def full(home: Path) -> Path:
    return with_sessions(filled(home), record(1), record(2))


@pytest.fixture
def backup(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of another home."""
    other = with_sessions(filled(tmp_path / "other"), record(1), record(2))
    with monkeypatch.context() as patched:
        patched.setenv("CHAIN_TIMER_HOME", str(other))
        assert run("backup", str(tmp_path / "b.zip")).code == 0
    return tmp_path / "b.zip"


# --- backup ----------------------------------------------------------------------------------------------


def test_it_is_written_and_told_in_one_line(run: Run, full: Path, tmp_path: Path) -> None:
    done = run("backup", str(tmp_path / "mine.zip"))
    assert (done.code, done.err) == (0, "")
    line = done.out.rstrip("\n")
    assert line.startswith(
        f"{tmp_path / 'mine.zip'}: 3 routines, 2 exercises, 1 picture, 1 draft, 2 sessions, settings, "
    )
    assert entries(tmp_path / "mine.zip").keys() == {*FULL, "history.db", "manifest.json"}
    del full


def test_without_a_name_it_is_called_by_its_day(
    run: Run, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("backup")
    assert (tmp_path / "chain-timer-backup-2026-11-23.zip").exists()
    (tmp_path / "stick").mkdir()
    run("backup", "stick")
    assert (tmp_path / "stick" / "chain-timer-backup-2026-11-23.zip").exists()
    del full


def test_a_file_that_is_there_is_only_written_over_on_wish(run: Run, full: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    path.write_bytes(b"before")
    done = run("backup", str(path))
    assert done.code == 2
    assert "is there already; choose another name, or add --force" in done.err
    assert path.read_bytes() == b"before"
    assert run("backup", "--force", str(path)).code == 0
    assert zipfile.is_zipfile(path)
    del full


def test_who_has_nothing_yet_is_told_so(run: Run, tmp_path: Path) -> None:
    assert "nothing, for there is nothing of your own yet" in run("backup", str(tmp_path / "x.zip")).out


def test_what_is_not_in_it_is_told_and_is_a_failure(run: Run, full: Path, tmp_path: Path) -> None:
    with (full / "exercises" / "huge.png").open("wb") as file:
        file.truncate(17 * 1024 * 1024)
    done = run("backup", str(tmp_path / "x.zip"))
    assert done.code == 1
    assert "exercises/huge.png: it cannot be read" in done.err


def test_other_programs_get_all_of_it(run: Run, full: Path, tmp_path: Path) -> None:
    found = json.loads(run("backup", "--json", str(tmp_path / "x.zip")).out)
    assert found == {
        "file": str(tmp_path / "x.zip"),
        "bytes": (tmp_path / "x.zip").stat().st_size,
        "routines": 3,
        "exercises": 2,
        "pictures": 1,
        "drafts": 1,
        "sessions": 2,
        "settings": True,
        "problems": [],
    }
    del full


def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    done = run("backup", str(tmp_path / "none" / "x.zip"))
    assert done.code == 2
    assert "There is no folder" in done.err


# --- restore ---------------------------------------------------------------------------------------------


def test_a_dry_run_tells_and_writes_nothing(run: Run, home: Path, backup: Path) -> None:
    done = run("restore", "--dry-run", str(backup))
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{backup}: a backup of 2026-11-23 11:38, made by Chain Timer 0.1.0",
        "  To add: 3 routines: broken.toml, evening.toml, windows.toml",
        "  To add: 2 exercises: door-pull.toml, wall-lean.toml",
        "  To add: 1 picture: door.png",
        "  To add: 1 draft: abc-1.json",
        "  Sessions: 2 to add",
        "  Settings: to take from the backup",
        "    Speaking rate: 150 here, 180 there",
        "    Theme: system here, dark there",
        "Nothing was written",
    ]
    assert contents(home) == {}


def test_it_is_restored_and_told(run: Run, home: Path, backup: Path) -> None:
    done = run("restore", "--yes", str(backup))
    assert (done.code, done.err) == (0, "")
    assert "  Added: 2 exercises: door-pull.toml, wall-lean.toml" in done.out.splitlines()
    assert "  Sessions: 2 added" in done.out.splitlines()
    assert done.out.splitlines()[-1] == "Done"
    assert contents(home) == as_bytes(FULL)
    assert len(sessions(home)) == 2


def test_the_second_time_there_is_nothing_to_do(run: Run, home: Path, backup: Path) -> None:
    run("restore", "--yes", str(backup))
    done = run("restore", "--yes", str(backup))
    assert done.code == 0
    assert "  Here already: 3 routines" in done.out.splitlines()
    assert "  Sessions: 2 here already" in done.out.splitlines()
    assert done.out.splitlines()[-1] == "Nothing to do"
    assert contents(home) == as_bytes(FULL)


def test_what_differs_is_kept_beside_and_named(run: Run, home: Path, backup: Path) -> None:
    filled(home, {"exercises/wall-lean.toml": "mine", "settings/settings.toml": "[voice]\nrate = 90\n"})
    done = run("restore", "--yes", "--merge", str(backup))
    told = "  Kept beside what is here: 1 exercise: wall-lean.toml as wall-lean-from-backup.toml"
    assert told in done.out.splitlines()
    assert "Settings: left as they are here, for they go with this computer" in done.out
    assert contents(home)["exercises/wall-lean.toml"] == b"mine"


def test_on_wish_the_backup_takes_its_place(run: Run, home: Path, backup: Path) -> None:
    filled(home, {"exercises/wall-lean.toml": "mine"})
    done = run("restore", "--yes", "--replace", str(backup))
    assert (
        "  Replaced, with what was here kept with .bak: 1 exercise: wall-lean.toml" in done.out.splitlines()
    )
    assert contents(home)["exercises/wall-lean.toml"] == EXERCISE.encode()


def test_a_folder_of_another_machine_is_joined(run: Run, home: Path, tmp_path: Path) -> None:
    other = with_sessions(filled(tmp_path / "stick"), record(1), record(5))
    with_sessions(home, record(1))
    done = run("restore", "--merge", "--yes", str(other))
    assert done.out.splitlines()[0] == f"{other}: a data folder"
    assert "  Sessions: 1 added, 1 here already" in done.out.splitlines()
    assert len(sessions(home)) == 2


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "There is no terminal to ask in; add --yes, or --dry-run"),
        (("--json",), "With --json nobody is asked; add --yes, or --dry-run"),
        (("--merge", "--replace", "--yes"), "choose one of them"),
    ],
)
def test_wishes_that_cannot_be_met_are_refused_before_any_work(
    run: Run, home: Path, backup: Path, options: tuple[str, ...], why: str
) -> None:
    done = run("restore", *options, str(backup))
    assert done.code == 2
    assert why in done.err
    assert contents(home) == {}


def test_what_is_no_backup_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"hello")
    done = run("restore", "--yes", str(path))
    assert (done.code, done.out) == (2, "")
    assert "it is no backup of Chain Timer" in done.err


def test_what_is_refused_in_it_is_told_and_is_a_failure(run: Run, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    evil = {f"../{number}\x1b[31m.toml": "x" for number in range(30)}
    path.write_bytes(zipped({**evil, "routines/a.toml": "name = 'A'\n"}))
    done = run("restore", "--yes", str(path))
    assert done.code == 1
    assert len(done.err.splitlines()) == 21
    assert done.err.splitlines()[-1] == f"{path}: and 10 more; --all lists them"
    assert "\x1b" not in done.err + done.out
    assert contents(home).keys() == {"routines/a.toml"}
    assert len(run("restore", "--dry-run", "--all", str(path)).err.splitlines()) == 30


def test_other_programs_get_the_plan_and_the_report(run: Run, home: Path, backup: Path) -> None:
    filled(home, {"exercises/wall-lean.toml": "mine"})
    found = json.loads(run("restore", "--json", "--dry-run", str(backup)).out)
    done = json.loads(run("restore", "--json", "--yes", str(backup)).out)
    assert (found["done"], done["done"]) == (False, True)
    assert found["files"] == done["files"]
    assert {
        "sort": "exercise",
        "name": "wall-lean.toml",
        "fate": "kept beside",
        "to": "wall-lean-from-backup.toml",
    } in done["files"]
    assert done["sessions"] == {"added": 2, "known": 0, "removed": 0, "updated": 0, "conflicts": []}
    assert done["settings"][0] == {"key": "rate", "here": 150, "there": 180}
    assert done["refused"] == []


def asked(home: Path, backup: Path, answer: bytes) -> tuple[int, str]:
    """Restore in a terminal, and answer what is asked."""
    import pty  # noqa: PLC0415 - not on Windows

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "chain_timer", "restore", str(backup)]
    environment = {**os.environ, "CHAIN_TIMER_HOME": str(home), "TERM": "dumb"}
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment) as program:
        os.close(slave)
        said, is_answered = b"", False
        while True:
            try:
                part = os.read(master, 4096)
            except OSError:  # Linux says so that nobody writes there any more
                break
            if not part:
                break
            said += part
            if b"[y/N]" in said and not is_answered:
                is_answered = True
                os.write(master, answer)
        os.close(master)
        return program.wait(20), said.decode()


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize(("answer", "restored"), [(b"y\n", True), (b"\n", False), (b"no\n", False)])
def test_in_a_terminal_a_person_is_asked(home: Path, backup: Path, answer: bytes, restored: bool) -> None:  # noqa: FBT001
    code, said = asked(home, backup, answer)
    assert code == 0
    assert "Restore this? [y/N]" in said
    assert (contents(home) == as_bytes(FULL)) is restored
    assert said.rstrip().endswith("Done" if restored else "Nothing was written")


def test_help_tells_of_both(run: Run) -> None:
    assert "backup [OUT]" in run("--help").out
    assert "--replace" in run("restore", "--help").out
