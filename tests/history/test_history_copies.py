"""A copy a day, seven of them, whatever the clock says."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from helpers.histories import NOW, Wall, ask, filled, names, opened, session, told_on_opening

from chain_timer.history import copies
from chain_timer.history.history import open_history
from chain_timer.session.clock import Moment


def copies_of(folder: Path) -> list[str]:
    return sorted(
        path.name.removeprefix("history-").removesuffix(".db") for path in (folder / "copies").iterdir()
    )


def test_the_first_opening_of_a_day_keeps_a_copy(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    assert told_on_opening(tmp_path)[1] == ()
    assert copies_of(tmp_path) == ["2026-11-23"]
    copy = tmp_path / "copies/history-2026-11-23.db"
    assert ask(copy, "SELECT count(*) FROM sessions") == [(1,)]
    assert ask(copy, "PRAGMA integrity_check") == [("ok",)]


def test_later_openings_of_the_day_leave_the_copy_as_it_is(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    told_on_opening(tmp_path)
    filled(tmp_path, [session(1)])
    told_on_opening(tmp_path)
    assert ask(tmp_path / "copies/history-2026-11-23.db", "SELECT count(*) FROM sessions") == [(1,)]


def test_there_is_no_copy_of_a_history_that_is_empty(tmp_path: Path) -> None:
    told_on_opening(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_seven_newest_copies_are_kept(tmp_path: Path) -> None:
    wall = Wall()
    filled(tmp_path, [session(0)])
    for _ in range(10):
        told_on_opening(tmp_path, wall)
        wall.forward(days=1)
    assert copies_of(tmp_path) == [f"2026-11-{day}" for day in (26, 27, 28, 29, 30)] + [
        "2026-12-01",
        "2026-12-02",
    ]


def test_a_day_is_the_one_on_the_wall(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    told_on_opening(tmp_path, Wall(Moment(NOW.ms, 13 * 60)))
    assert copies_of(tmp_path) == ["2026-11-24"]


def test_a_clock_set_back_still_keeps_copies_and_the_newest_state(tmp_path: Path) -> None:
    wall = Wall()
    filled(tmp_path, [session(0)])
    for _ in range(7):
        told_on_opening(tmp_path, wall)
        wall.forward(days=1)
    filled(tmp_path, [session(1)])
    told_on_opening(tmp_path, Wall(Moment(0, 60)))
    assert len(copies_of(tmp_path)) == 7
    assert copies_of(tmp_path)[0] == "1970-01-01"
    assert ask(tmp_path / "copies/history-1970-01-01.db", "SELECT count(*) FROM sessions") == [(2,)]


def test_a_copy_of_a_day_to_come_is_the_first_to_go(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    told_on_opening(tmp_path, Wall(Moment(4_102_444_800_000, 60)))
    assert copies_of(tmp_path) == ["2100-01-01"]
    wall = Wall()
    for _ in range(7):
        told_on_opening(tmp_path, wall)
        wall.forward(days=1)
    assert "2100-01-01" not in copies_of(tmp_path)
    assert len(copies_of(tmp_path)) == 7


def test_what_else_lies_among_the_copies_is_left_alone(tmp_path: Path) -> None:
    wall = Wall()
    filled(tmp_path, [session(0)])
    told_on_opening(tmp_path, wall)
    others = ("history-2026-02-30.db", "history-2026-11-01.db.old", "mine.txt")
    for name in others:
        (tmp_path / "copies" / name).write_text("mine")
    for _ in range(8):
        wall.forward(days=1)
        told_on_opening(tmp_path, wall)
    assert all((tmp_path / "copies" / name).read_text() == "mine" for name in others)


def test_a_copy_that_cannot_be_made_is_told_and_costs_nothing_else(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    (tmp_path / "copies").write_text("no folder")
    records, problems = told_on_opening(tmp_path)
    assert records == (session(0),)
    assert [problem.what for problem in problems] == ["today's copy of the history is not made: file exists"]


def test_a_full_disk_leaves_no_half_of_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, [session(0)])

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(copies, "copy_to", full)
        _, problems = told_on_opening(tmp_path)
    assert [problem.what for problem in problems] == [
        "today's copy of the history is not made: the disk is full"
    ]
    assert told_on_opening(tmp_path)[1] == ()
    assert copies_of(tmp_path) == ["2026-11-23"]


def test_what_a_killed_process_left_of_a_copy_goes_with_the_next(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies/.chain-timer-0123456789abcdef.tmp").write_bytes(b"half")
    told_on_opening(tmp_path)
    assert names(tmp_path) == ["copies/history-2026-11-23.db", "history.db"]


def test_copies_are_told_the_newest_first(tmp_path: Path) -> None:
    wall = Wall()
    filled(tmp_path, [session(0)])
    for _ in range(3):
        told_on_opening(tmp_path, wall)
        wall.forward(days=1)
    days = [day for day, _ in copies.copies_in(tmp_path)]
    assert days == [date(2026, 11, 25), date(2026, 11, 24), date(2026, 11, 23)]


def test_a_copy_can_be_read_while_the_history_is_open(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    history, _ = open_history(tmp_path, Wall())
    history.add(session(1))
    with opened(tmp_path) as other:
        assert len(other.days()) == 2
    history.close()
