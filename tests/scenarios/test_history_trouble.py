"""What becomes of what was done: killed in the middle, on a full disk, in a folder nobody may write to."""

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from helpers.kept_session import BEGUN_MS, WAIT_S, KeptSession, kept_in, left_of, settle
from helpers.killed import MOST_LOST_MS, live
from helpers.watched import Watched, play, surroundings, tiny_home

from chain_timer.history.keeper import Keeper
from chain_timer.session.clock import Moment, now

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="disks and processes of POSIX"),
]


def test_a_session_killed_three_times_is_one_session_and_lost_seconds_alone(tmp_path: Path) -> None:
    life = live(tmp_path, 3, random.Random(os.getpid()), longest_s=5.0)  # noqa: S311 - chance, no secret
    assert max(life.lost_ms) <= MOST_LOST_MS
    assert life.kept == 1


def test_the_next_session_in_the_terminal_says_that_one_was_left(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "history", lambda: Moment(BEGUN_MS))
    session = KeptSession(keeper)
    session.play(101_000)
    session.recorder.close()
    keeper.close()
    with Watched(["-m", "chain_timer", "play", "desk-break", "--mute"], surroundings(tmp_path)) as other:
        other.wait_for("  prepare")
        other.process.terminate()
        other.end()
        assert (
            "Desk break at 1:41 (Seated figure-four stretch, right leg) was left in the middle" in other.err
        )
        assert "chain-timer resume goes on from there" in other.err


def test_a_damaged_history_is_told_after_the_session_that_found_it(tmp_path: Path) -> None:
    home = tiny_home(tmp_path / "home")
    (home / "history").mkdir()
    (home / "history" / "history.db").write_bytes(b"garbage" * 1_000)
    with play(home, surroundings(home)) as session:
        session.end()
        assert session.code == 0
        assert "the history could not be used" in session.err
    assert len(kept_in(home / "history", now)) == 1


def test_going_on_with_nothing_says_so(tmp_path: Path) -> None:
    with Watched(["-m", "chain_timer", "resume"], surroundings(tmp_path)) as none:
        none.end()
        assert none.code == 2
        assert "No session was left in the middle" in none.err


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_a_disk_that_refuses_in_the_middle_costs_nothing(make_disk: Callable[[], Any], trouble: str) -> None:
    disk = make_disk()
    folder = disk.folder / "history"
    keeper = Keeper(folder, lambda: Moment(BEGUN_MS), again_s=0.05)
    session = KeptSession(keeper)
    if trouble == "read-only":
        disk.make_read_only()  # before it begins: no disk can be made so while a journal is open on it
    session.play(20_000)
    settle(keeper)
    if trouble == "full":
        disk.fill()
    session.advance(session.timeline.duration_ms)
    settle(keeper)
    told = keeper.untold()
    assert told.count("can't be written down") == 1, told
    session.recorder.drop()
    settle(keeper)
    assert keeper.untold() == ""
    heard = Event()
    keeper.listen(heard.set)
    if trouble == "full":
        (disk.folder / "filler").unlink()
    else:
        disk.make_writable()
    assert heard.wait(WAIT_S)
    keeper.close()
    assert [kept.id for kept in kept_in(folder)] == [session.recorder.record().id]
    assert list((folder / "running").iterdir()) == []


def test_what_a_full_disk_did_not_take_before_the_program_ended_is_kept_at_the_next_start(
    make_disk: Callable[[], Any],
) -> None:
    disk = make_disk()
    folder = disk.folder / "history"
    keeper = Keeper(folder, lambda: Moment(BEGUN_MS))
    session = KeptSession(keeper)
    session.play(5_000)
    settle(keeper)
    disk.fill()
    session.advance(session.timeline.duration_ms)
    session.recorder.drop()
    keeper.close()
    (disk.folder / "filler").unlink()
    again = Keeper(folder, lambda: Moment(BEGUN_MS))
    assert left_of(again) is None
    again.close()
    (kept,) = kept_in(folder)
    assert kept.parts == session.recorder.record().parts
