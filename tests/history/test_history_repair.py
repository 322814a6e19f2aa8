"""A damaged history is set aside, its newest good copy takes its place, and what still reads is saved."""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from helpers.histories import CALF, NOW, Wall, ask, filled, names, opened, session, told_on_opening

from chain_timer.history.history import History, HistoryError, open_history
from chain_timer.session.clock import Moment

Harm = Callable[[Path], object]
MANY = 400
"""Sessions that fill some pages."""


def with_copy(folder: Path, count: int = 3) -> Path:
    """Make a history of so many sessions, the last of them not in the copy of today."""
    filled(folder, [session(number) for number in range(1, count)])
    assert told_on_opening(folder)[1] == ()
    return filled(folder, [session(0)])


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def cut(path: Path, size: int) -> None:
    os.truncate(path, size)


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def another_program_s(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


HARMS: dict[str, Harm] = {
    "no database": lambda path: path.write_bytes(b"Dear diary, " * 1_000),
    "a few letters": lambda path: path.write_bytes(b"x"),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "a garbled head": lambda path: overwrite(path, 0, os.urandom(100)),
    "no tables": lambda path: overwrite(path, 100, bytes(3_900)),
    "cut in the head": lambda path: cut(path, 60),
    "cut in the middle": lambda path: cut(path, path.stat().st_size // 2),
    "cut at the end": lambda path: cut(path, path.stat().st_size - 4_096),
    "empty": lambda path: cut(path, 0),
    "a folder": folder_instead,
    "gone": lambda path: path.unlink(),
    "another program's": another_program_s,
    "a table gone": lambda path: ask(path, "DROP TABLE plans"),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_the_newest_good_copy_takes_its_place(harm: Harm, tmp_path: Path) -> None:
    path = with_copy(tmp_path)
    harm(path)
    records, problems = told_on_opening(tmp_path)
    assert {session(2), session(1)} <= set(records) <= {session(2), session(1), session(0)}
    assert [problem.where for problem in problems] == [str(path)]
    assert "the copy of 23 November 2026 is in its place" in problems[0].what


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_it_is_told_once_and_works_on(harm: Harm, tmp_path: Path) -> None:
    path = with_copy(tmp_path)
    harm(path)
    told_on_opening(tmp_path)
    with opened(tmp_path) as history:
        history.add(session(9))
        assert history.record(session(9).id) == session(9)
    assert ask(path, "PRAGMA journal_mode") == [("wal",)]


@pytest.mark.parametrize("harm", [HARMS[name] for name in HARMS if name != "gone"])
def test_the_damaged_file_is_kept_as_it_is_and_named(harm: Harm, tmp_path: Path) -> None:
    path = with_copy(tmp_path)
    harm(path)
    bytes_before = path.read_bytes() if path.is_file() else b""
    _, problems = told_on_opening(tmp_path)
    assert problems[0].remedy == "the damaged file is kept as history.db.damaged"
    aside = tmp_path / "history.db.damaged"
    assert (aside.read_bytes() if aside.is_file() else b"") == bytes_before


def test_what_lies_beside_a_damaged_file_is_set_aside_with_it(tmp_path: Path) -> None:
    path = with_copy(tmp_path)
    cut(path, 0)
    for suffix in ("-wal", "-shm"):
        (tmp_path / f"history.db{suffix}").write_bytes(b"beside")
    records, _ = told_on_opening(tmp_path)
    assert len(records) == 2
    assert names(tmp_path) == [
        "copies/history-2026-11-23.db",
        "history.db",
        "history.db-shm.damaged",
        "history.db-wal.damaged",
        "history.db.damaged",
    ]


def test_two_damaged_files_are_both_kept(tmp_path: Path) -> None:
    path = with_copy(tmp_path)
    for text in (b"first", b"second"):
        path.write_bytes(text)
        told_on_opening(tmp_path)
    assert (tmp_path / "history.db.damaged").read_bytes() == b"first"
    assert (tmp_path / "history.db.damaged-2").read_bytes() == b"second"


def test_sessions_that_still_read_are_saved_out_of_it(tmp_path: Path) -> None:
    path = with_copy(tmp_path, MANY)
    # No session is read by the index of days, and yet the file is damaged without it.
    ((page,),) = ask(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'sessions_by_day'")
    overwrite(path, (page - 1) * 4_096, os.urandom(4_096))
    records, problems = told_on_opening(tmp_path)
    assert len(records) == MANY
    assert records[-1] == session(0)
    assert "with one session saved from the damaged file" in problems[0].what


def test_what_was_removed_since_the_copy_does_not_come_back(tmp_path: Path) -> None:
    path = with_copy(tmp_path)
    with opened(tmp_path) as history:
        history.remove(session(2).id)
    ask(path, "DROP TABLE plans")
    records, _ = told_on_opening(tmp_path)
    assert records == (session(1), session(0))


def test_without_a_copy_what_still_reads_is_all_there_is(tmp_path: Path) -> None:
    path = filled(tmp_path, [session(number) for number in range(3)])
    ask(path, "DROP TABLE plans")
    records, problems = told_on_opening(tmp_path)
    assert len(records) == 3
    assert "there was no good copy, and a new one is begun, with 3 sessions saved" in problems[0].what


def test_without_a_copy_and_anything_that_reads_a_new_one_is_begun(tmp_path: Path) -> None:
    path = filled(tmp_path, [session(0)])
    path.write_bytes(b"nothing")
    records, problems = told_on_opening(tmp_path)
    assert records == ()
    told = "(it is no database); there was no good copy, and a new one is begun"
    assert [problem.what for problem in problems] == [f"the history could not be used {told}"]


def test_a_damaged_copy_is_passed_over_for_one_before(tmp_path: Path) -> None:
    wall = Wall()
    path = filled(tmp_path, [session(1)])
    for _ in range(3):
        told_on_opening(tmp_path, wall)
        wall.forward(days=1)
    cut(tmp_path / "copies/history-2026-11-25.db", 5_000)
    (tmp_path / "copies/history-2026-11-24.db").write_bytes(b"")
    path.write_bytes(b"")
    records, problems = told_on_opening(tmp_path, wall)
    assert records == (session(1),)
    assert "the copy of 23 November 2026" in problems[0].what


def test_a_copy_is_no_different_for_having_been_used(tmp_path: Path) -> None:
    path = with_copy(tmp_path)
    copy = tmp_path / "copies/history-2026-11-23.db"
    before = copy.read_bytes()
    path.write_bytes(b"")
    told_on_opening(tmp_path)
    assert copy.read_bytes() == before


def test_a_history_without_a_file_or_a_copy_was_never_there(tmp_path: Path) -> None:
    path = filled(tmp_path, [session(0)])
    path.unlink()
    assert told_on_opening(tmp_path) == ((), ())


def test_a_link_to_a_disk_that_is_not_there_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "history.db").symlink_to(tmp_path / "elsewhere/history.db")
    with pytest.raises(HistoryError, match="which is not there; bring its disk back"):
        open_history(tmp_path, Wall())
    assert (tmp_path / "history.db").is_symlink()


def test_a_disk_too_full_for_mending_leaves_all_as_it_is_for_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_copy(tmp_path)
    path.write_bytes(b"damaged")
    before = names(tmp_path)
    with monkeypatch.context() as full:
        full.setattr("chain_timer.history.opening.save_what_reads", refuse)
        with pytest.raises(HistoryError, match="cannot be opened: the disk is full; free some space"):
            open_history(tmp_path, lambda: NOW)
    assert names(tmp_path) == before
    assert len(told_on_opening(tmp_path)[0]) == 2


def refuse(*_: object) -> int:
    raise sqlite3.OperationalError("database or disk is full")


@pytest.mark.slow
def test_whatever_bytes_are_flipped_opening_is_clean_and_sessions_come_back(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - nothing secret
    path = with_copy(tmp_path / "first", MANY)
    good = path.read_bytes()
    copy = (tmp_path / "first/copies/history-2026-11-23.db").read_bytes()
    for turn in range(60):
        folder = tmp_path / str(turn)
        (folder / "copies").mkdir(parents=True)
        (folder / "copies/history-2026-11-23.db").write_bytes(copy)
        harmed = bytearray(good)
        for _ in range(chance.choice((1, 20, 2_000))):
            harmed[chance.randrange(len(harmed))] ^= 1 << chance.randrange(8)
        (folder / "history.db").write_bytes(harmed)
        history, _ = open_history(folder, Wall())
        with closing(history):
            found = readable(history)
        if not found:
            history, problems = open_history(folder, Wall())
            with closing(history):
                assert len(problems) == 1
                found = readable(history)
        assert found >= MANY - 1


def readable(history: History) -> int:
    """Count what can be read in every way, or none when something cannot."""
    try:
        history.days()
        history.routines()
        history.works(NOW.day - timedelta(days=MANY), NOW.day)
        history.holds(exercise_id=CALF.id)
        return min(len(history.entries(0, MANY)), sum(1 for _ in history.records()))
    except HistoryError:
        return 0


IMPOSSIBLE = {
    "a kind nobody knows": "UPDATE parts SET kind = 9 WHERE session = 1 AND number = 0",
    "a length below zero": "UPDATE parts SET actual_ms = -1 WHERE session = 1 AND number = 0",
    "a feeling nobody knows": "UPDATE sessions SET feeling = 4 WHERE key = 1",
    "another day": "UPDATE sessions SET day = day + 1 WHERE key = 1",
    "an exercise that is not there": "UPDATE parts SET exercise = 99 WHERE session = 1 AND number = 0",
}


@pytest.mark.parametrize("harm", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_number_that_cannot_be_costs_one_session_at_most(harm: str, tmp_path: Path) -> None:
    path = filled(tmp_path, [session(number) for number in range(3)])
    ask(path, harm)
    records, problems = told_on_opening(tmp_path)
    assert len(problems) == 1
    assert records == (session(2), session(1))


def test_a_session_before_the_clock_was_set_is_nothing_impossible(tmp_path: Path) -> None:
    filled(tmp_path, [session(0, started=Moment(0, -600)), session(1, started=Moment(0, 600))])
    assert told_on_opening(tmp_path)[1] == ()
