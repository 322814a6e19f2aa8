"""Two machines' histories become one: nothing twice, nothing lost, nothing removed comes back."""

import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from helpers.histories import (
    CALF,
    LEFT,
    NOW,
    PARTS,
    RIGHT,
    Wall,
    ask,
    filled,
    names,
    opened,
    session,
)

from chain_timer.history.history import HistoryError, Merged
from chain_timer.history.plan import HoldPlan
from chain_timer.session.clock import Moment
from chain_timer.session.record import Feeling, SessionRecord

PLAN = HoldPlan("c" * 32, "Calf stretch", 30_000, 60_000, date(2026, 11, 1), 6, CALF.id, "", None, 5)


class Machine:
    """A computer with a history, and a clock of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wall = Wall()

    def add(self, *records: SessionRecord) -> None:
        filled(self.folder, records, self.wall)

    def remove(self, *numbers: int) -> None:
        with opened(self.folder, self.wall) as history:
            for number in numbers:
                history.remove(session(number).id)

    def plan(self, plan: HoldPlan) -> None:
        with opened(self.folder, self.wall) as history:
            history.set_plan(plan)

    def merge(self, other: "Machine") -> Merged:
        with opened(self.folder, self.wall) as history:
            return history.merge(other.folder / "history.db")

    @property
    def records(self) -> list[SessionRecord]:
        with opened(self.folder, self.wall) as history:
            return list(history.records())

    @property
    def plans(self) -> tuple[HoldPlan, ...]:
        with opened(self.folder, self.wall) as history:
            return history.plans()


@pytest.fixture
def home(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "home")


@pytest.fixture
def office(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "office")


# --- sessions ---------------------------------------------------------------------------------------------


def test_sessions_of_both_are_there_once(home: Machine, office: Machine) -> None:
    home.add(session(0), session(2))
    office.add(session(2), session(1), session(3, content="theirs", routine_id="other"))
    assert home.merge(office) == Merged(2, 1, 0, 0)
    assert home.records == [
        session(3, content="theirs", routine_id="other"),
        session(2),
        session(1),
        session(0),
    ]


def test_merging_again_changes_nothing(home: Machine, office: Machine) -> None:
    home.add(session(0))
    office.add(session(1))
    home.merge(office)
    before = home.records
    assert home.merge(office) == Merged(0, 1, 0, 0)
    assert home.records == before


def test_both_ways_give_the_same_history(home: Machine, office: Machine) -> None:
    home.add(session(0), session(1, feeling=Feeling.EASY, changed_ms=3), session(4, [RIGHT]))
    office.add(session(2), session(1, feeling=Feeling.HARD, changed_ms=4), session(4, [RIGHT, LEFT]))
    home.remove(0)
    home.merge(office)
    office.merge(home)
    assert home.records == office.records


def test_many_sessions_are_merged(home: Machine, office: Machine) -> None:
    office.add(*(session(number, PARTS[: number % 5]) for number in range(130)))
    assert home.merge(office) == Merged(130, 0, 0, 0)
    assert home.records == office.records


def test_a_history_may_be_merged_into_none(home: Machine, office: Machine) -> None:
    office.add(session(0))
    home.merge(office)
    assert home.records == [session(0)]


def test_a_folder_stands_for_the_history_in_it(home: Machine, office: Machine) -> None:
    office.add(session(0))
    with opened(home.folder) as history:
        assert history.merge(office.folder).added == 1


def test_the_other_history_is_left_as_it_is(home: Machine, office: Machine) -> None:
    office.add(session(0))
    before = (office.folder / "history.db").read_bytes()
    with opened(home.folder) as history:
        history.merge(office.folder / "history.db")
    assert (office.folder / "history.db").read_bytes() == before
    assert names(office.folder) == ["history.db"]


def test_what_is_written_but_not_yet_in_the_file_is_merged_too(home: Machine, office: Machine) -> None:
    with opened(office.folder) as theirs, opened(home.folder) as history:
        theirs.add(session(0))
        assert (office.folder / "history.db-wal").stat().st_size
        history.merge(office.folder)
        assert list(history.records()) == [session(0)]


# --- feelings ---------------------------------------------------------------------------------------------


def test_of_two_feelings_the_one_told_last_counts(home: Machine, office: Machine) -> None:
    home.add(
        session(0, feeling=Feeling.EASY, note="early", changed_ms=3),
        session(1, feeling=Feeling.GOOD, changed_ms=9),
    )
    office.add(session(0, feeling=Feeling.HARD, note="late", changed_ms=4), session(1, changed_ms=8))
    assert home.merge(office) == Merged(0, 1, 0, 1)
    assert home.records == [
        session(1, feeling=Feeling.GOOD, changed_ms=9),
        session(0, feeling=Feeling.HARD, note="late", changed_ms=4),
    ]


def test_of_two_feelings_of_one_moment_both_machines_keep_the_same(home: Machine, office: Machine) -> None:
    home.add(session(0, note="a", changed_ms=3), session(1, changed_ms=3))
    office.add(session(0, note="b", changed_ms=3), session(1, feeling=Feeling.GOOD, changed_ms=3))
    home.merge(office)
    office.merge(home)
    assert home.records == office.records
    assert home.records[0].feeling is Feeling.GOOD


# --- conflicts --------------------------------------------------------------------------------------------


def test_of_two_ways_a_session_went_the_longer_stays_and_is_named(home: Machine, office: Machine) -> None:
    home.add(session(0, [RIGHT]), session(1))
    office.add(session(0), session(1, [LEFT], feeling=Feeling.HARD, changed_ms=2))
    assert home.merge(office) == Merged(
        0, 0, 0, 2,
        (
            "2026-11-23 12:00, Evening: 0:30 here and 1:37 there; the longer one stays",
            "2026-11-22 12:00, Evening: 1:37 here and 0:20 there; the longer one stays",
        ),
    )  # fmt: skip
    assert home.records == [session(1, feeling=Feeling.HARD, changed_ms=2), session(0)]


def test_a_name_with_control_characters_is_told_without_them(home: Machine, office: Machine) -> None:
    name = "Eve\x1b[31mning\u202e"
    home.add(session(0, [RIGHT], routine_name=name))
    office.add(session(0, routine_name=name))
    assert "Eve[31mning: 0:30" in home.merge(office).conflicts[0]


# --- removed sessions -------------------------------------------------------------------------------------


def test_what_was_removed_here_does_not_come_back(home: Machine, office: Machine) -> None:
    for machine in (home, office):
        machine.add(session(0), session(1))
    home.remove(0)
    assert home.merge(office) == Merged(0, 2, 0, 0)
    assert home.records == [session(1)]


def test_what_was_removed_there_is_removed_here(home: Machine, office: Machine) -> None:
    for machine in (home, office):
        machine.add(session(0), session(1))
    office.remove(0)
    assert home.merge(office) == Merged(0, 1, 1, 0)
    assert home.records == [session(1)]


def test_a_mark_goes_on_to_a_third_machine(home: Machine, office: Machine, tmp_path: Path) -> None:
    third = Machine(tmp_path / "third")
    for machine in (home, third):
        machine.add(session(0))
    home.remove(0)
    office.merge(home)
    assert third.merge(office).removed == 1
    assert third.records == []


def test_what_was_brought_back_stays_though_another_machine_still_knows_it_removed(
    home: Machine, office: Machine
) -> None:
    home.add(session(0))
    home.remove(0)
    office.merge(home)
    home.wall.forward(ms=1)
    home.add(session(0))
    assert home.merge(office) == Merged(0, 0, 0, 0)
    assert home.records == [session(0)]
    assert office.merge(home).added == 1


def test_what_was_removed_again_stays_removed(home: Machine, office: Machine) -> None:
    for _ in range(2):
        home.add(session(0))
        home.wall.forward(ms=1)
        home.remove(0)
        home.wall.forward(ms=1)
    office.add(session(0))
    assert office.merge(home).removed == 1
    assert home.merge(office).added == 0


# --- plans ------------------------------------------------------------------------------------------------


def test_plans_of_both_are_there_and_of_one_the_newer(home: Machine, office: Machine) -> None:
    mine, theirs = replace(PLAN, id="a" * 32), replace(PLAN, id="b" * 32)
    home.plan(mine)
    home.plan(PLAN)
    office.plan(theirs)
    office.plan(replace(PLAN, to_ms=90_000, changed_ms=6))
    home.merge(office)
    assert home.plans == (mine, theirs, replace(PLAN, to_ms=90_000, changed_ms=6))
    assert office.merge(home) == Merged(0, 0, 0, 0)
    assert office.plans == home.plans


def test_of_two_plans_of_one_moment_the_one_that_has_ended_counts(home: Machine, office: Machine) -> None:
    home.plan(PLAN)
    office.plan(replace(PLAN, ended=NOW.day))
    home.merge(office)
    office.merge(home)
    assert home.plans == office.plans == (replace(PLAN, ended=NOW.day),)


# --- what is refused --------------------------------------------------------------------------------------


def refusal(home: Machine, path: Path) -> str:
    home.add(session(5))
    with opened(home.folder) as history:
        with pytest.raises(HistoryError) as refused:
            history.merge(path)
        assert list(history.records()) == [session(5)]
    return str(refused.value)


def test_what_is_no_history_is_refused(home: Machine, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(b"Dear diary")
    assert (
        refusal(home, path)
        == f"The history {path} cannot be merged: it is no database; get a good copy of it"
    )
    path.write_bytes(b"")
    assert "it was empty" in refusal(home, path)
    assert "no such file" in refusal(home, tmp_path / "nothing.db")
    (tmp_path / "folder").mkdir()
    assert "no such file" in refusal(home, tmp_path / "folder")


def test_a_device_without_end_is_refused(home: Machine) -> None:
    assert "it is no ordinary file" in refusal(home, Path("/dev/zero"))


def test_a_file_that_is_too_large_is_refused_unread(home: Machine, tmp_path: Path) -> None:
    path = tmp_path / "huge.db"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert "it is larger than 1 GiB" in refusal(home, path)


def test_the_history_itself_is_refused(home: Machine) -> None:
    home.add(session(0))
    with opened(home.folder) as history, pytest.raises(HistoryError, match="it is this history itself"):
        history.merge(home.folder)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER evil AFTER INSERT ON plans BEGIN DELETE FROM sessions; END",
        "CREATE VIEW evil AS SELECT * FROM sessions",
        "CREATE TABLE evil (name TEXT)",
        "CREATE INDEX evil ON sessions (abs(-9223372036854775807 - day))",
    ],
)
def test_tables_that_are_not_ours_are_refused(change: str, home: Machine, office: Machine) -> None:
    office.add(session(0))
    ask(office.folder / "history.db", change)
    assert "its tables are not those of a history" in refusal(home, office.folder)


def test_everything_that_is_wrong_is_told_at_once(home: Machine, office: Machine) -> None:
    office.add(*(session(number) for number in range(4)))
    path = office.folder / "history.db"
    ask(path, "UPDATE parts SET actual_ms = 7 WHERE session = 2 AND number = 1")
    ask(path, "UPDATE contents SET text = x'00'")
    ask(path, "UPDATE sessions SET content = 1")
    told = refusal(home, path)
    assert told.splitlines()[1:] == [f"session {key}: its routine is damaged" for key in (4, 3, 2, 1)]


def test_parts_that_do_not_add_up_are_refused(home: Machine, office: Machine) -> None:
    office.add(session(0))
    ask(office.folder / "history.db", "UPDATE parts SET actual_ms = 7 WHERE number = 1")
    assert "session 1: its parts do not add up" in refusal(home, office.folder)


def test_a_routine_packed_to_grow_without_end_is_refused(home: Machine, office: Machine) -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(300)) + packer.flush()
    office.add(session(0))
    ask(office.folder / "history.db", "UPDATE contents SET text = ?", bomb)
    assert "session 1: its routine is damaged" in refusal(home, office.folder)


def test_an_id_that_is_none_is_refused(home: Machine, office: Machine) -> None:
    office.add(session(0))
    ask(office.folder / "history.db", "UPDATE sessions SET uid = x'00'")
    assert "cannot be merged" in refusal(home, office.folder)


def test_a_mark_of_a_moment_that_cannot_be_is_refused(home: Machine, office: Machine) -> None:
    office.add(session(0))
    office.remove(0)
    ask(office.folder / "history.db", "UPDATE removals SET changed_ms = -1")
    assert "a removed session: when it was last changed cannot be" in refusal(home, office.folder)


def test_a_plan_that_cannot_be_is_refused(home: Machine, office: Machine) -> None:
    office.plan(PLAN)
    ask(office.folder / "history.db", "UPDATE plans SET begun = 0")
    assert "a plan: its day cannot be" in refusal(home, office.folder)


def test_a_session_on_another_day_than_it_began_is_refused(home: Machine, office: Machine) -> None:
    office.add(session(0, started=Moment(NOW.ms, 120)))
    ask(office.folder / "history.db", "UPDATE sessions SET day = day + 1")
    assert "cannot be merged" in refusal(home, office.folder)
