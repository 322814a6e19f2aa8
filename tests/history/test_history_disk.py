"""Full disks, folders that may not be written, processes killed, and two of them at once."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.histories import PARTS, Wall, ask, filled, names, opened, session, told_on_opening

from chain_timer.history import database
from chain_timer.history.database import connect
from chain_timer.history.history import HistoryError, open_history
from chain_timer.history.writing import Writer

on_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")
as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may become another user")
NOBODY = 65_534
TESTS = Path(__file__).parents[1]
CHILD = f"""
import os, sys, tempfile
sys.path.insert(0, {str(TESTS)!r})
from pathlib import Path
from chain_timer.history.history import HistoryError, open_history
from helpers.histories import NOW, Wall, session

def tried(work):
    try:
        print(work(), flush=True)
    except HistoryError as error:
        print("HistoryError:", error, flush=True)

def become(user):
    with tempfile.TemporaryDirectory() as folder:  # all is imported before it may not be read any more
        for _ in range(2):
            other, _ = open_history(Path(folder), Wall())
            other.add(session(0))
            list(other.records()), other.days()
            other.close()
    os.seteuid(user)

if sys.argv[2:]:
    become(int(sys.argv[2]))
history, problems = open_history(Path(sys.argv[1]), Wall())
print(*(problem.what for problem in problems), flush=True)
"""


def child(code: str, folder: Path, *user: int) -> subprocess.CompletedProcess[str]:
    """Run a piece of code with an open history in a process of its own, perhaps as another user."""
    command = [sys.executable, "-c", CHILD + code, str(folder), *map(str, user)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


# --- a full disk ------------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_leaves_nothing_of_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, [session(1)])
    with opened(tmp_path) as history:
        with monkeypatch.context() as full:
            full.setattr(Writer, "put", full_after_half_of_it)
            with pytest.raises(HistoryError, match="cannot be written: the disk is full; free some space"):
                history.add(session(0))
        assert list(history.records()) == [session(1)]
        history.add(session(0))
        assert list(history.records()) == [session(1), session(0)]


def full_after_half_of_it(self: Writer, *_: object) -> None:
    self._connection.execute("DELETE FROM parts")
    raise sqlite3.OperationalError("database or disk is full")


@on_posix
@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 1_000, 30_000])
def test_a_disk_that_really_takes_no_more_costs_no_session_before(room: int, tmp_path: Path) -> None:
    filled(tmp_path, [session(1)])
    code = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
history.add(session(2))
size = os.path.getsize(sys.argv[1] + "/history.db-wal") + {room}
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
for number in range(3, 40):
    tried(lambda: history.add(session(number, session(0).parts * 20)))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
tried(lambda: history.add(session(0)))
tried(lambda: len(list(history.records())))
"""
    lines = child(code, tmp_path).stdout.splitlines()[1:]
    refused = sum("cannot be written: the disk refused" in line for line in lines)
    assert refused > 0
    assert lines[-1] == str(40 - refused)
    records, problems = told_on_opening(tmp_path)
    assert (len(records), problems) == (40 - refused, ())
    assert {len(record.parts) for record in records} <= {len(PARTS), 20 * len(PARTS)}


@on_posix
@pytest.mark.slow
def test_a_disk_too_full_for_a_first_history_leaves_no_half_of_one(tmp_path: Path) -> None:
    code = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, resource.RLIM_INFINITY))
tried(lambda: history.add(session(0)))
tried(lambda: history.days())
"""
    told = child(code, tmp_path).stdout
    assert "HistoryError" in told
    assert told.endswith("()\n")
    assert names(tmp_path) == []


# --- what may not be written ------------------------------------------------------------------------------


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Give a folder that another user reaches."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder, "history")


@as_root
@pytest.mark.slow
def test_a_folder_that_may_not_be_written_is_read_and_each_writing_told(open_to_all: Path) -> None:
    filled(open_to_all, [session(0)])
    code = """
tried(lambda: len(history.days()))
tried(lambda: history.add(session(1)))
tried(lambda: len(history.days()))
"""
    told = child(code, open_to_all, NOBODY).stdout.splitlines()
    assert told[0] == "today's copy of the history is not made: permission denied"
    assert (told[1], told[3]) == ("1", "1")
    assert told[2].startswith("HistoryError")
    assert "check the permissions" in told[2]
    assert names(open_to_all) == ["history.db"]


@as_root
@pytest.mark.slow
def test_a_file_that_may_not_be_read_is_told_and_not_taken_for_damaged(open_to_all: Path) -> None:
    filled(open_to_all, [session(0)]).chmod(0o600)
    done = child("", open_to_all, NOBODY)
    assert "HistoryError" in done.stderr
    assert "check the permissions" in done.stderr
    assert names(open_to_all) == ["history.db"]


@as_root
@pytest.mark.slow
def test_what_could_not_be_written_is_written_when_it_may_be_again(open_to_all: Path) -> None:
    filled(open_to_all, [session(0)])
    code = """
tried(lambda: history.add(session(1)))
tried(lambda: len(history.days()))
os.seteuid(0)
tried(lambda: history.add(session(1)))
tried(lambda: len(history.days()))
"""
    told = child(code, open_to_all, NOBODY).stdout.splitlines()[1:]
    assert told[0].startswith("HistoryError")
    assert told[1:] == ["1", "None", "2"]
    with opened(open_to_all) as history:
        assert len(history.days()) == 2


# --- killed -----------------------------------------------------------------------------------------------


@on_posix
@pytest.mark.slow
def test_after_a_kill_every_session_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    code = """
for number in range(1_000_000):
    history.add(session(number, session(0).parts * 10))
    print(number, flush=True)
"""
    for turn in range(3):
        folder = tmp_path / str(turn)
        command = [sys.executable, "-c", CHILD + code, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(2 + 7 * turn):
                process.stdout.readline()
            time.sleep(0.003 * turn)
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split()
        acknowledged = 1 + int(rest[-1]) if rest else 1 + 7 * turn
        records, problems = told_on_opening(folder)
        assert problems == ()
        assert acknowledged <= len(records) <= acknowledged + 1
        assert set(records) == {session(number, PARTS * 10) for number in range(len(records))}


@on_posix
@pytest.mark.slow
def test_after_a_kill_while_it_was_made_there_is_a_whole_history_or_none(tmp_path: Path) -> None:
    for turn in range(3):
        folder = tmp_path / str(turn)
        command = [sys.executable, "-c", CHILD + "print(history.add(session(0)))", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.004 * turn)
            process.kill()
        records, problems = told_on_opening(folder)
        assert (records, problems) in {((), ()), ((session(0),), ())}


# --- several at once --------------------------------------------------------------------------------------


def test_two_windows_see_what_the_other_keeps(tmp_path: Path) -> None:
    with opened(tmp_path) as one, opened(tmp_path) as other:
        one.add(session(0))
        other.add(session(1))
        one.remove(session(1).id)
        assert list(one.records()) == list(other.records()) == [session(0)]


@pytest.mark.slow
def test_two_processes_write_at_once_and_both_keep_all(tmp_path: Path) -> None:
    code = "for number in range({0}, {1}): history.add(session(number))"
    commands = [
        [sys.executable, "-c", CHILD + code.format(first, first + 60), str(tmp_path)]
        for first in (0, 1_000, 2_000)
    ]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for command in commands
    ]
    assert [process.communicate()[1] for process in processes] == [b"", b"", b""]
    with opened(tmp_path) as history:
        assert len(history.days()) == 180
    assert ask(tmp_path / "history.db", "PRAGMA integrity_check") == [("ok",)]


@on_posix
@pytest.mark.slow
def test_of_processes_that_find_it_damaged_at_once_one_mends_it(tmp_path: Path) -> None:
    path = filled(tmp_path, [session(number) for number in range(300)])
    told_on_opening(tmp_path)
    path.write_bytes(b"damaged")
    command = [sys.executable, "-c", CHILD + "tried(lambda: len(history.days()))", str(tmp_path)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = [process.communicate()[0].splitlines() for process in processes]
    assert [lines[-1] for lines in told] == ["300"] * 4
    assert sum("could not be used" in lines[0] for lines in told) == 1
    assert [path.name for path in tmp_path.glob("*.damaged*")] == ["history.db.damaged"]


def test_a_history_that_another_program_holds_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path, [session(0)])
    monkeypatch.setattr(database, "_PATIENCE_S", 0.01)
    with opened(tmp_path) as history:
        holder = connect(path)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="another program is using it"):
            history.add(session(1))
        holder.close()
        history.add(session(1))
        assert len(history.days()) == 2


def test_one_history_serves_one_thread_after_another(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        thread = threading.Thread(target=history.add, args=(session(0),))
        thread.start()
        thread.join()
        assert list(history.records()) == [session(0)]


def test_a_closed_history_opens_again_for_what_is_asked(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.add(session(0))
        history.close()
        history.close()
        assert list(history.records()) == [session(0)]


def test_the_folder_holds_one_file_when_all_have_closed(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    assert names(tmp_path) == ["history.db"]


def test_each_session_has_reached_the_disk_when_it_is_kept(tmp_path: Path) -> None:
    history, _ = open_history(tmp_path, Wall())
    with history._database.writing() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
    history.close()
