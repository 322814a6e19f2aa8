"""What is kept is what is told, of one session and of many."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from helpers.histories import (
    CALF,
    LEFT,
    NOON_MS,
    NOW,
    PARTS,
    RIGHT,
    SQUAT,
    Wall,
    ask,
    filled,
    names,
    opened,
    session,
)

from chain_timer.history.database import Database
from chain_timer.history.history import History, HistoryError, open_history
from chain_timer.history.kept import DayTotal, Entry, HoldPoint, PastRoutine, Work
from chain_timer.history.plan import HoldPlan
from chain_timer.history.writing import Writer
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling, Outcome, PastExercise
from chain_timer.timeline.kinds import Kind

TODAY = NOW.day
PLAN = HoldPlan("c" * 32, "Calf stretch", 30_000, 60_000, date(2026, 11, 1), 6, CALF.id, "", None, 5)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with opened(tmp_path / "history") as history:
        yield history


# --- a history without a file -----------------------------------------------------------------------------


def test_an_empty_history_tells_nothing_and_makes_no_file(tmp_path: Path) -> None:
    with opened(tmp_path / "history") as history:
        asked = (
            history.entries(0, 50),
            history.days(),
            history.routines(),
            history.exercises(),
            history.plans(),
        )
        assert asked == ((), (), (), (), ())
        assert history.record("a" * 32) is None
        assert list(history.records()) == []
        assert history.holds(exercise_id="x") == ()
    assert names(tmp_path) == []


def test_what_another_window_keeps_first_is_seen_by_one_that_was_empty(tmp_path: Path) -> None:
    with opened(tmp_path) as early, opened(tmp_path) as late:
        assert early.days() == ()
        late.add(session(0))
        assert len(early.days()) == 1


def test_the_database_is_imported_only_when_a_history_is_opened() -> None:
    code = "import sys, chain_timer.history.history; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- one session ------------------------------------------------------------------------------------------


def test_a_session_is_told_just_as_it_was_kept(history: History) -> None:
    record = session(0, feeling=Feeling.HARD, note="Links, rechts: größer ↑\n\0 und so.", changed_ms=7)
    history.add(record)
    assert history.record(record.id) == record


def test_it_is_there_after_the_program_was_started_again(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    with opened(tmp_path) as history:
        assert list(history.records()) == [session(0)]


def test_a_session_that_is_kept_again_takes_the_place_of_itself(history: History) -> None:
    history.add(session(0, PARTS[:2], ending=Ending.BROKEN_OFF))
    longer = session(0, content="other", routine_name="Evening, new")
    history.add(longer)
    assert list(history.records()) == [longer]
    assert [total.sessions for total in history.days()] == [1]


def test_a_routine_that_no_session_is_of_any_more_is_not_kept(tmp_path: Path) -> None:
    path = filled(tmp_path, [session(0), session(0, content="other"), session(1, content="third")])
    with opened(tmp_path) as history:
        history.remove(session(1).id)
        assert len(history.routines()) == 1
    assert ask(path, "SELECT count(*) FROM contents") == [(1,)]
    assert ask(path, "SELECT count(*) FROM parts") == [(len(PARTS),)]


def test_a_routine_given_up_and_taken_up_again_in_one_go_is_there(tmp_path: Path) -> None:
    database = Database(tmp_path / "history.db")
    again = [session(0, content="a"), session(0, content="b"), session(1, content="a")]
    with database.writing() as connection:
        writer = Writer(connection)
        for record in again:
            writer.put(record)
    database.close()
    with opened(tmp_path) as history:
        assert list(history.records()) == again[:0:-1]


def test_an_exercise_that_the_routine_has_not_is_kept_by_its_id(history: History) -> None:
    record = session(0, [replace(RIGHT, exercise_id="unheard-of")])
    history.add(record)
    assert history.record(record.id) == record


def test_half_a_character_is_kept_as_a_question_mark(history: History) -> None:
    history.add(session(0, note="so \ud83d", routine_name="\udc00"))
    kept = history.record(session(0).id)
    assert kept is not None
    assert (kept.note, kept.routine_name) == ("so ?", "?")


def test_a_note_too_long_is_cut_and_costs_nothing_else(history: History) -> None:
    history.add(session(0, note="x" * 3_000))
    assert history.record(session(0).id) == session(0, note="x" * 2_000)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "short"},
        {"id": "A" * 32},
        {"started": Moment(10**17)},
        {"started": Moment(-1)},
        {"started": Moment(0, 24 * 60)},
        {"ended_ms": -1},
        {"planned_ms": 10**13},
        {"parts": (replace(RIGHT, actual_ms=-1),)},
        {"parts": (replace(RIGHT, set_number=2**63),)},
        {"parts": (replace(RIGHT, planned_ms=1.5),)},
        {"routine_id": "x" * 1_001},
    ],
)
def test_what_no_session_can_be_is_refused_and_leaves_nothing(
    history: History, changes: dict[str, object]
) -> None:
    with pytest.raises(HistoryError, match="This session cannot be kept"):
        history.add(session(0, **changes))
    assert history.days() == ()
    history.add(session(0))
    assert len(history.days()) == 1


# --- how it felt ------------------------------------------------------------------------------------------


def test_how_it_felt_is_kept_with_its_session(history: History) -> None:
    history.add(session(0))
    history.feel(session(0).id, Feeling.PAINFUL, "The left knee.", 9)
    assert history.record(session(0).id) == session(
        0, feeling=Feeling.PAINFUL, note="The left knee.", changed_ms=9
    )
    history.feel(session(0).id, None, "", 10)
    assert history.record(session(0).id) == session(0, changed_ms=10)


def test_how_it_felt_stays_when_an_older_record_is_kept_again(history: History) -> None:
    history.add(session(0))
    history.feel(session(0).id, Feeling.EASY, "", 9)
    history.add(session(0, PARTS[:3]))
    assert history.record(session(0).id) == session(0, PARTS[:3], feeling=Feeling.EASY, changed_ms=9)


def test_how_it_felt_cannot_be_kept_of_a_session_that_is_gone(history: History) -> None:
    for gone in ("a" * 32, "no id"):
        with pytest.raises(HistoryError, match="not in the history any more"):
            history.feel(gone, Feeling.EASY, "", 9)


# --- removing ---------------------------------------------------------------------------------------------


def test_a_removed_session_is_given_back_and_gone(history: History) -> None:
    history.add(session(0))
    history.add(session(1))
    assert history.remove(session(0).id) == session(0)
    assert list(history.records()) == [session(1)]


def test_removing_is_undone_by_adding(history: History) -> None:
    history.add(session(0, feeling=Feeling.GOOD, changed_ms=3))
    removed = history.remove(session(0).id)
    assert removed is not None
    history.add(removed)
    assert list(history.records()) == [session(0, feeling=Feeling.GOOD, changed_ms=3)]


@pytest.mark.parametrize("session_id", ["a" * 32, "no id", "", "é" * 32])
def test_what_is_not_there_is_neither_told_nor_removed(history: History, session_id: str) -> None:
    assert (history.record(session_id), history.remove(session_id)) == (None, None)


# --- many sessions ----------------------------------------------------------------------------------------


def test_all_sessions_are_told_the_oldest_first_whatever_order_they_came_in(history: History) -> None:
    for number in (3, 0, 120, 7):
        history.add(session(number))
    assert [record.id for record in history.records()] == [session(number).id for number in (120, 7, 3, 0)]


def test_sessions_are_found_by_day_routine_and_id(history: History) -> None:
    for number in range(130):
        history.add(session(number, routine_id="morning" if number % 2 else "evening"))
    some = history.records(
        since=TODAY - timedelta(days=6), until=TODAY - timedelta(days=2), routine_id="morning"
    )
    assert [record.id for record in some] == [session(5).id, session(3).id]
    named = history.records(
        ids=[session(4).id, session(99).id, "f" * 32, "no id"], since=TODAY - timedelta(9)
    )
    assert [record.id for record in named] == [session(4).id]
    assert sum(1 for _ in history.records()) == 130


def test_what_is_removed_while_sessions_are_read_is_left_out(history: History) -> None:
    for number in range(120):
        history.add(session(number))
    reading = history.records()
    first = next(reading)
    history.remove(session(0).id)
    assert len([first, *reading]) == 119


def test_entries_are_pages_of_the_newest_first(history: History) -> None:
    for number in range(30):
        history.add(session(number))
    assert [entry.id for entry in history.entries(10, 3)] == [session(number).id for number in (10, 11, 12)]
    assert history.entries(29, 50) == history.entries(29, 1)
    assert history.entries(30, 50) == history.entries(0, 0) == ()


def test_an_entry_tells_what_a_list_shows(history: History) -> None:
    record = session(0, feeling=Feeling.GOOD, note="Fine.", ending=Ending.BROKEN_OFF)
    history.add(record)
    blocks = ((Kind.PREPARE, 5_000), (Kind.HOLD, 30_000), (Kind.HOLD, 20_000), (Kind.REPS, 42_000))
    assert history.entries(0, 1) == (
        Entry(
            record.id, NOW, "evening", "Evening", Ending.BROKEN_OFF, True, 120_000, 97_000, Feeling.GOOD,  # noqa: FBT003
            "Fine.", blocks,
        ),
    )  # fmt: skip


def test_entries_are_those_of_a_routine_and_of_a_day(history: History) -> None:
    for number in range(4):
        history.add(session(number, routine_id="morning" if number % 2 else "evening"))
    history.add(session(9, started=Moment(NOON_MS + 1, 60), routine_id="morning"))
    of_both = history.entries(0, 9, routine_id="morning", day=TODAY)
    assert [entry.id for entry in of_both] == [session(9).id]
    assert [entry.id for entry in history.entries(0, 9, day=TODAY)] == [session(9).id, session(0).id]
    assert len(history.entries(0, 9, routine_id="morning")) == 3


def test_many_entries_at_once_keep_their_strips(history: History) -> None:
    records = [session(number, PARTS[: number % 4]) for number in range(1_030)]
    with history._database.writing() as connection:
        for record in records:
            Writer(connection).put(record)
    assert [len(entry.blocks) for entry in history.entries(0, 2_000)] == [
        number % 4 for number in range(1_030)
    ]


def test_a_day_is_that_of_the_place_where_the_session_began(history: History) -> None:
    just_before_midnight = Moment(1_795_474_800_000 - 1, 60)  # 23:59:59.999 in Berlin
    history.add(session(0, started=just_before_midnight))
    history.add(session(1, started=replace(just_before_midnight, offset_min=120)))
    assert [total.day for total in history.days()] == [date(2026, 11, 23), date(2026, 11, 24)]


def test_days_tell_exact_totals(history: History) -> None:
    history.add(session(0))
    history.add(session(5, [RIGHT], started=NOW, ending=Ending.BROKEN_OFF))
    history.add(session(2))
    assert history.days() == (
        DayTotal(TODAY - timedelta(days=2), 1, 1, 97_000, 92_000),
        DayTotal(TODAY, 2, 1, 127_000, 122_000),
    )


def test_days_of_one_routine_leave_out_the_others(history: History) -> None:
    history.add(session(0))
    history.add(session(1, routine_id="morning", routine_name="Morning"))
    assert [total.day for total in history.days(routine_id="morning")] == [TODAY - timedelta(days=1)]
    assert history.days(routine_id="none") == ()


def test_routines_are_told_by_their_last_names_those_of_most_sessions_first(history: History) -> None:
    history.add(session(0, routine_name="Evening, new"))
    for number in (1, 2):
        history.add(session(number))
    for number in (3, 4):
        history.add(session(number, routine_id="morning", routine_name="Morning"))
    assert history.routines() == (
        PastRoutine("evening", "Evening, new", 3),
        PastRoutine("morning", "Morning", 2),
    )


# --- work and holds ---------------------------------------------------------------------------------------


def test_works_tell_what_was_done_of_each_exercise(history: History) -> None:
    history.add(session(0))
    history.add(session(3))
    assert history.works(TODAY, TODAY) == (
        Work(session(0).id, NOW, CALF, 50_000, 1, 0, 20_000, 0),
        Work(session(0).id, NOW, SQUAT, 0, 1, 9, 0, 1),
    )
    assert len(history.works(TODAY - timedelta(days=3), TODAY)) == 4
    assert history.works(TODAY - timedelta(days=2), TODAY - timedelta(days=1)) == ()


def test_the_lesser_side_counts_with_what_was_done_without_sides(history: History) -> None:
    both = replace(RIGHT, side=None, actual_ms=7_000)
    left = replace(LEFT, actual_ms=12_000, outcome=Outcome.DONE)
    history.add(session(0, [RIGHT, RIGHT, left, both]))
    (work,) = history.works(TODAY, TODAY)
    assert (work.hold_ms, work.sets, work.side_hold_ms, work.side_sets) == (79_000, 4, 19_000, 2)


def test_work_that_was_only_passed_over_is_none(history: History) -> None:
    history.add(
        session(0, [replace(RIGHT, actual_ms=0, outcome=Outcome.SKIPPED), replace(RIGHT, exercise_id="")])
    )
    assert history.works(TODAY, TODAY) == ()


def test_holds_are_told_session_by_session_the_oldest_first(history: History) -> None:
    history.add(session(0, feeling=Feeling.EASY))
    history.add(session(1, [RIGHT], ending=Ending.BROKEN_OFF))
    oldest, newest = session(1), session(0)
    assert history.holds(exercise_id=CALF.id) == (
        HoldPoint(oldest.id, oldest.started, 30_000, 30_000, Ending.BROKEN_OFF, True, None),  # noqa: FBT003
        HoldPoint(newest.id, newest.started, 30_000, 20_000, Ending.FINISHED, False, Feeling.EASY),  # noqa: FBT003
    )
    assert history.holds(routine_id="evening") == history.holds(exercise_id=CALF.id)
    assert history.holds(exercise_id=SQUAT.id) == history.holds(routine_id="other") == ()


def test_holds_are_told_since_a_day(history: History) -> None:
    for number in range(4):
        history.add(session(number))
    assert len(history.holds(exercise_id=CALF.id, since=TODAY - timedelta(days=1))) == 2


def test_the_usual_hold_is_what_most_were_planned_with_and_of_two_the_longer(history: History) -> None:
    lengths = (20_000, 20_000, 45_000, 45_000, 60_000)
    history.add(session(0, [replace(RIGHT, planned_ms=length, actual_ms=length) for length in lengths]))
    (point,) = history.holds(exercise_id=CALF.id)
    assert (point.planned_ms, point.held_ms) == (45_000, 45_000)


def test_a_hold_begun_anew_counts_by_the_new_one(history: History) -> None:
    history.add(session(0, [replace(RIGHT, actual_ms=2_000, outcome=Outcome.REPEATED), RIGHT]))
    (point,) = history.holds(exercise_id=CALF.id)
    assert (point.held_ms, point.all_done) == (30_000, True)


def test_a_session_that_began_no_hold_is_no_point(history: History) -> None:
    history.add(session(0, [replace(RIGHT, actual_ms=0, outcome=Outcome.SKIPPED)]))
    assert history.holds(exercise_id=CALF.id) == ()


def test_an_exercise_with_a_new_name_is_still_the_same(history: History) -> None:
    renamed = PastExercise(CALF.id, "Wall calf stretch", ("calves",))
    history.add(session(1))
    history.add(session(0, [RIGHT], exercises=(renamed,)))
    assert len(history.holds(exercise_id=CALF.id)) == 2
    assert history.exercises() == (renamed,)


def test_exercises_are_those_ever_held_by_name(history: History) -> None:
    other = PastExercise("a", "arch")
    history.add(session(0, [*PARTS, replace(RIGHT, exercise_id="a")], exercises=(CALF, SQUAT, other)))
    assert history.exercises() == (other, CALF)


# --- plans ------------------------------------------------------------------------------------------------


def test_a_plan_is_kept_changed_and_ended(history: History) -> None:
    history.set_plan(PLAN)
    assert history.plans() == (PLAN,)
    changed = replace(PLAN, to_ms=90_000, changed_ms=6)
    history.set_plan(changed)
    assert history.plans() == (changed,)
    history.end_plan(PLAN.id)
    assert history.plans() == (replace(changed, ended=TODAY, changed_ms=NOON_MS),)


def test_a_plan_that_has_ended_does_not_end_again(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as history:
        history.set_plan(replace(PLAN, ended=date(2026, 11, 5)))
        history.end_plan(PLAN.id)
        history.end_plan("d" * 32)
        assert history.plans() == (replace(PLAN, ended=date(2026, 11, 5)),)


def test_plans_are_told_the_oldest_first(history: History) -> None:
    later = replace(PLAN, id="a" * 32, begun=date(2026, 11, 9), exercise_id="", routine_id="evening")
    for plan in (later, PLAN):
        history.set_plan(plan)
    assert history.plans() == (PLAN, later)


# --- as a whole -------------------------------------------------------------------------------------------


def test_a_copy_is_a_history_of_its_own(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as history:
        history.add(session(0))
        history.write_copy(tmp_path / "two" / "history.db")
        history.add(session(1))
    with opened(tmp_path / "two") as copy:
        assert list(copy.records()) == [session(0)]


def test_a_copy_of_an_empty_history_is_empty(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as history:
        history.write_copy(tmp_path / "two" / "history.db")
    with opened(tmp_path / "two") as copy:
        assert copy.days() == ()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "history").write_text("no folder")
    with pytest.raises(HistoryError, match="cannot be opened: not a directory"):
        open_history(tmp_path / "history", Wall())


def test_a_history_that_was_moved_away_is_made_anew_and_not_written_into_nowhere(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.add(session(0))
        for path in tmp_path.glob("history.db*"):
            path.rename(tmp_path / f"moved-{path.name}")
        history.add(session(1))
        assert list(history.records()) == [session(1)]


def test_a_link_leads_to_the_history(tmp_path: Path) -> None:
    real = tmp_path / "real.db"
    with opened(tmp_path / "first") as history:
        history.add(session(0))
        history.write_copy(real)
    (tmp_path / "second").mkdir()
    (tmp_path / "second/history.db").symlink_to(real)
    with opened(tmp_path / "second") as history:
        history.add(session(1))
    assert (tmp_path / "second/history.db").is_symlink()
    with opened(tmp_path / "second") as history:
        assert len(history.days()) == 2
