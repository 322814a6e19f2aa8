"""Sessions are kept from a thread of its own, once each, whatever comes between."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from helpers.kept_session import BEGUN_MS, WAIT_S, KeptSession, built_in, kept_in, left_of, settle

from chain_timer.history.history import Opener
from chain_timer.history.keeper import RUNNING, Keeper
from chain_timer.history.running import Journal
from chain_timer.routine.routine_reader import routine_from
from chain_timer.session.clock import Moment
from chain_timer.session.journal import entry_line, opening_line, read_journal
from chain_timer.session.record import Ending, Feeling, Outcome

MakeKeeper = Callable[[], Keeper]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def make_keeper(folder: Path) -> Iterator[MakeKeeper]:
    made: list[Keeper] = []

    def make() -> Keeper:
        made.append(Keeper(folder, lambda: Moment(BEGUN_MS), again_s=0.02))
        return made[-1]

    yield make
    for keeper in made:
        keeper.close()


def die(keeper: Keeper) -> None:
    """Let go of the files as the end of a process does, without a word."""
    settle(keeper)
    keeper._closed = True
    if keeper._again is not None:
        keeper._again.cancel()
    keeper._thread.shutdown(wait=True)
    for journal in keeper._journals.values():
        journal.close()
    if keeper._history is not None:
        keeper._history.close()


def journals(folder: Path) -> list[Path]:
    return sorted((folder / RUNNING).glob("*"))


def test_a_session_that_is_done_is_in_the_history_and_leaves_no_journal(
    make_keeper: MakeKeeper, folder: Path
) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.finish()
    keeper.close()
    (kept,) = kept_in(folder)
    assert (kept.ending, kept.routine_id) == (Ending.FINISHED, "desk-break")
    assert kept == replace(session.recorder.record(), content=kept.content)
    assert journals(folder) == []


@pytest.mark.parametrize("name", sorted(built_in().by_routine_id))
def test_the_routine_as_it_was_played_reads_back_as_it_was(
    make_keeper: MakeKeeper, folder: Path, name: str
) -> None:
    keeper = make_keeper()
    KeptSession(keeper, name).finish()
    keeper.close()
    (kept,) = kept_in(folder)
    assert routine_from(kept.content, name, {}, built_in().names) == built_in().routine(name)


def test_what_a_crash_cut_off_is_found_where_it_was(make_keeper: MakeKeeper) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(101_000)
    die(keeper)
    left = left_of(make_keeper())
    assert left is not None
    assert session.player.position_ms() - left.position_ms <= 2_000
    assert left.opening.routine == built_in().routine("desk-break")
    assert left.place == "Seated figure-four stretch, right leg"


def test_going_on_makes_one_session_of_both(make_keeper: MakeKeeper, folder: Path) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(101_000)
    session_id = session.recorder.record().id
    die(keeper)
    again = make_keeper()
    left = left_of(again)
    KeptSession(again, left=left).finish()
    again.close()
    (kept,) = kept_in(folder)
    assert (kept.id, kept.ending) == (session_id, Ending.FINISHED)
    done = [part for part in kept.parts if part.kind.is_work]
    assert {part.outcome for part in done} == {Outcome.DONE}
    assert all(abs(part.actual_ms - part.planned_ms) <= 2_000 for part in done)
    assert journals(folder) == []


def test_declining_keeps_it_as_broken_off_once(make_keeper: MakeKeeper, folder: Path) -> None:
    keeper = make_keeper()
    KeptSession(keeper).play(101_000)
    die(keeper)
    again = make_keeper()
    left = left_of(again)
    assert left is not None
    again.decline(left)
    again.close()
    (kept,) = kept_in(folder)
    assert (kept.ending, kept.parts[-1].outcome) == (Ending.BROKEN_OFF, Outcome.BROKEN_OFF)
    assert left_of(make_keeper()) is None


def test_an_offer_that_nobody_answers_is_made_again(make_keeper: MakeKeeper) -> None:
    keeper = make_keeper()
    KeptSession(keeper).play(101_000)
    die(keeper)
    ignoring = make_keeper()
    assert left_of(ignoring) is not None
    ignoring.close()
    assert left_of(make_keeper()) is not None


def test_closing_by_mistake_can_be_gone_on_with(make_keeper: MakeKeeper, folder: Path) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(101_000)
    session.recorder.close()
    keeper.close()
    left = left_of(make_keeper())
    assert left is not None
    assert left.position_ms == session.player.position_ms()
    assert kept_in(folder) == []


def test_of_several_the_newest_is_offered_and_the_others_are_kept(
    make_keeper: MakeKeeper, folder: Path
) -> None:
    ids = []
    for _ in range(3):
        keeper = make_keeper()
        session = KeptSession(keeper)
        session.play(101_000)
        ids.append(session.recorder.record().id)
        die(keeper)
    again = make_keeper()
    left = left_of(again)
    assert left is not None
    again.close()
    assert {kept.id for kept in kept_in(folder)} | {left.opening.id} == set(ids)
    assert len(kept_in(folder)) == 2


def test_a_session_that_runs_elsewhere_is_not_offered(make_keeper: MakeKeeper) -> None:
    keeper = make_keeper()
    KeptSession(keeper).play(101_000)
    settle(keeper)
    assert left_of(make_keeper()) is None


def test_a_crash_between_the_end_and_leaving_makes_no_second_one_and_forgets_no_feeling(
    make_keeper: MakeKeeper, folder: Path
) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(session.timeline.duration_ms)
    session.recorder.feel(Feeling.EASY, "light")
    die(keeper)
    again = make_keeper()
    assert left_of(again) is None
    again.close()
    (kept,) = kept_in(folder)
    assert (kept.ending, kept.feeling, kept.note) == (Ending.FINISHED, Feeling.EASY, "light")
    assert journals(folder) == []


def test_how_it_felt_can_be_told_later(make_keeper: MakeKeeper, folder: Path) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.finish()
    keeper.feel(session.recorder.record().id, Feeling.HARD, "tight")
    keeper.close()
    (kept,) = kept_in(folder)
    assert (kept.feeling, kept.note) == (Feeling.HARD, "tight")


def test_a_disk_that_refuses_is_told_once_and_the_record_comes_when_it_takes_again(
    make_keeper: MakeKeeper, folder: Path
) -> None:
    folder.write_text("no folder can be made here")
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(30_000)
    settle(keeper)
    told = keeper.untold()
    assert "can't be written down" in told
    session.advance(session.timeline.duration_ms)
    session.recorder.drop()
    settle(keeper)
    assert keeper.untold() == ""
    heard = Event()
    keeper.listen(heard.set)
    folder.unlink()
    assert heard.wait(WAIT_S)
    keeper.close()
    assert [kept.id for kept in kept_in(folder)] == [session.recorder.record().id]
    assert journals(folder) == []


def test_a_journal_that_could_not_be_written_is_written_whole_later(
    make_keeper: MakeKeeper, folder: Path
) -> None:
    folder.mkdir()
    running = folder / RUNNING
    running.write_text("no folder can be made here")
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(60_000)
    settle(keeper)
    assert keeper.untold().count("can't be written down") == 1
    running.unlink()
    session.advance(41_000)
    assert keeper.untold() == ""
    die(keeper)
    left = left_of(make_keeper())
    assert left is not None
    assert left.record().played_ms == session.recorder.record().played_ms - (
        session.player.position_ms() - left.position_ms
    )


def test_what_was_wrong_is_told_by_the_keeper_whoever_opens_the_history(folder: Path) -> None:
    folder.mkdir()
    (folder / "history.db").write_bytes(b"garbage" * 1_000)
    keeper = Keeper(folder, lambda: Moment(BEGUN_MS))
    opener = Opener(folder, lambda: Moment(BEGUN_MS), tell=keeper.tell)
    history, problems = opener()
    history.close()
    assert problems == ()
    assert "could not be used" in keeper.untold()
    history, _ = opener()
    history.close()
    assert keeper.untold() == ""
    keeper.close()


def test_closing_waits_for_no_disk_for_long(make_keeper: MakeKeeper) -> None:
    keeper = make_keeper()
    stuck = Event()
    keeper._thread.submit(stuck.wait)
    KeptSession(keeper).play(20_000)
    keeper.close(wait_s=0.05)
    stuck.set()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data + b"garbage\n",
        lambda data: data + b"00000000[]\n",
        lambda data: data + b'7c211433["beat",null]\n',
        lambda data: data[:-40] + bytes(40),
    ],
)
def test_a_damaged_end_costs_the_end_alone(
    make_keeper: MakeKeeper, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(101_000)
    die(keeper)
    (path,) = journals(folder)
    whole = path.read_bytes().rstrip(b"\0")
    path.write_bytes(damage(whole))
    again = make_keeper()
    left = left_of(again)
    assert left is not None
    KeptSession(again, left=left).finish()
    again.close()
    (kept,) = kept_in(folder)
    assert kept.ending is Ending.FINISHED


@pytest.mark.parametrize("data", [b"not a journal", b"\xff" * 5_000, b"x\n" * 1_000])
def test_what_is_no_journal_is_kept_out_of_the_way(
    make_keeper: MakeKeeper, folder: Path, data: bytes
) -> None:
    (folder / RUNNING).mkdir(parents=True)
    stray = folder / RUNNING / "stray.journal"
    stray.write_bytes(data)
    assert left_of(make_keeper()) is None
    assert [path.name for path in journals(folder)] == ["stray.journal.damaged"]
    assert journals(folder)[0].read_bytes() == data


def test_an_empty_journal_is_removed(make_keeper: MakeKeeper, folder: Path) -> None:
    (folder / RUNNING).mkdir(parents=True)
    (folder / RUNNING / "empty.journal").write_bytes(bytes(65_536))
    assert left_of(make_keeper()) is None
    assert journals(folder) == []


def test_a_routine_that_cannot_be_read_any_more_is_kept_as_broken_off(
    make_keeper: MakeKeeper, folder: Path
) -> None:
    keeper = make_keeper()
    KeptSession(keeper).play(101_000)
    die(keeper)
    (path,) = journals(folder)
    read = read_journal(path.read_bytes())
    assert read is not None
    left, _ = read
    opening = replace(left.opening, content="no routine")
    assert left.beat is not None
    path.write_bytes(opening_line(opening) + b"".join(map(entry_line, (*left.parts, left.beat))))
    again = make_keeper()
    assert left_of(again) is None
    again.close()
    (kept,) = kept_in(folder)
    assert kept.ending is Ending.BROKEN_OFF


def test_a_journal_names_no_folder_of_this_computer(make_keeper: MakeKeeper, folder: Path) -> None:
    keeper = make_keeper()
    KeptSession(keeper).play(20_000)
    die(keeper)
    text = journals(folder)[0].read_bytes().rstrip(b"\0").decode()
    lines = [json.loads(line[8:]) for line in text.splitlines()]
    assert lines[0][0] == "open"
    assert str(folder.parent) not in text


def test_an_older_position_is_not_written_when_there_is_a_newer_one(
    make_keeper: MakeKeeper, folder: Path
) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    session.play(9_000)
    settle(keeper)
    journal = Journal(folder / "x.journal", session.recorder._opening)  # type: ignore[arg-type] # it has begun
    for position_ms in range(5):
        journal.add(replace(session.recorder._beat(), position_ms=position_ms))
    assert [entry.position_ms for entry in journal._unwritten] == [4]  # type: ignore[union-attr] # a beat


@pytest.mark.parametrize("end", ["close", "die"])
def test_who_goes_amid_the_last_words_has_finished(make_keeper: MakeKeeper, folder: Path, end: str) -> None:
    keeper = make_keeper()
    session = KeptSession(keeper)
    last = len(session.timeline.segments) - 1
    session.play(session.timeline.start_of(last) + 500)
    if end == "close":
        session.recorder.close()
        keeper.close()
    else:
        die(keeper)
    again = make_keeper()
    assert left_of(again) is None
    again.close()
    (kept,) = kept_in(folder)
    assert kept.ending is Ending.FINISHED
    assert journals(folder) == []
