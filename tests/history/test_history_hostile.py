"""Whatever a file from outside holds, reading it ends, and with nothing but its own error."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.histories import CALF, LEFT, NOW, PARTS, RIGHT, SQUAT, ask, filled, opened, session
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.history import rows
from chain_timer.history.database import Database, in_memory
from chain_timer.history.history import History, HistoryError
from chain_timer.history.plan import HoldPlan
from chain_timer.history.reading import Reader
from chain_timer.history.writing import Writer
from chain_timer.routine.exercise import Side
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling, Outcome, Part, PastExercise, SessionRecord
from chain_timer.timeline.kinds import Kind

FUZZ = settings(max_examples=100, deadline=None, derandomize=True)
COLUMNS = [
    (table, column)
    for table, columns in {
        "sessions": "uid content started_ms offset_min day ended_ms ending is_done planned_ms "
        "planned_work_ms played_ms paused_ms work_ms feeling note changed_ms",
        "parts": "kind outcome planned_ms actual_ms paused_ms exercise side set_number sets round_number "
        "rounds reps reps_done",
        "contents": "digest routine_id routine_name text",
        "exercises": "id name muscles also side_noun",
        "content_exercises": "number exercise",
        "removals": "uid is_removed changed_ms",
        "plans": "uid name from_ms to_ms begun weeks exercise_id routine_id ended changed_ms",
    }.items()
    for column in columns.split()
]
ONE = {"sessions": "WHERE key = 2", "parts": "WHERE session = 2 AND number = 1"}
VALUES = (
    None, 0, -1, 1, 7, 2**31, 2**63 - 1, -(2**63), 1.5, float("inf"), "", "x" * 100_000, "\x1b[2J\u202e\0",
    b"", b"\xff" * 16, b"\x78\x9c" + bytes(40), "[" * 100_000, '["a", 1]', "{}",
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("sample")
    path = filled(folder, [session(number, feeling=Feeling.GOOD, changed_ms=1) for number in range(4)])
    with opened(folder) as history:
        history.remove(session(3).id)
        history.set_plan(HoldPlan("c" * 32, "Calf", 30_000, 60_000, NOW.day, 6, CALF.id))
    return path.read_bytes()


def read_all(history: History) -> None:
    """Read it in every way, each of which may be refused."""
    ways = (
        lambda: list(history.records()),
        lambda: history.entries(0, 50),
        history.days,
        history.routines,
        history.exercises,
        history.plans,
        lambda: history.works(NOW.day.replace(year=1), NOW.day.replace(year=9_999)),
        lambda: history.holds(exercise_id=CALF.id),
        lambda: history.holds(routine_id="evening"),
        lambda: history.record(session(0).id),
        lambda: history.remove(session(1).id),
        lambda: history.add(session(2)),
    )
    for way in ways:
        with suppress(HistoryError):
            way()


def loosened(data: bytes, path: Path) -> None:
    """Write a database whose columns take values of any type."""
    path.write_bytes(data)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(replace(sql, 'STRICT,', ''), 'STRICT', '')"
        )
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '')")


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_any_value_in_any_column_of_our_own_costs_at_most_an_error(
    table: str, column: str, sample: bytes, tmp_path: Path
) -> None:
    for number, value in enumerate(VALUES):
        path = tmp_path / str(number) / "history.db"
        path.parent.mkdir()
        loosened(sample, path)
        for which in (ONE.get(table, ""), ""):
            with suppress(sqlite3.Error):
                ask(path, f"UPDATE {table} SET {column} = ? {which}", value)  # noqa: S608 - names of this test
            with open_as_it_is(path) as history:
                read_all(history)


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_any_value_in_any_column_of_theirs_is_taken_in_or_refused(
    table: str, column: str, sample: bytes, tmp_path: Path
) -> None:
    for number, value in enumerate(VALUES):
        path = tmp_path / f"{number}.db"
        path.write_bytes(sample)
        with suppress(sqlite3.Error, OverflowError):
            ask(path, f"UPDATE {table} SET {column} = ?", value)  # noqa: S608 - names of this test
        with opened(tmp_path / "own" / str(number)) as history:
            with suppress(HistoryError):
                history.merge(path)
            assert len(history.entries(0, 50)) == sum(1 for _ in history.records())


def open_as_it_is(path: Path) -> Any:
    """Give a history unchecked, as it would be when it was damaged while it is open."""
    return closing(History(Database(path), lambda: NOW))


@FUZZ
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=40),
    st.integers(0, 10**6),
)
def test_flipped_and_cut_bytes_are_merged_or_refused(
    sample: bytes, tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]], end: int
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    harmed = bytearray(sample)
    for place, value in flips:
        harmed[place % len(harmed)] = value
    (folder / "theirs.db").write_bytes(harmed[: max(end % (4 * len(harmed)), 1)])
    with opened(folder / "own") as history:
        history.add(session(9))
        with suppress(HistoryError):
            history.merge(folder / "theirs.db")
        assert history.record(session(9).id) == session(9)
        assert len(history.entries(0, 50)) == sum(1 for _ in history.records())


@FUZZ
@given(st.binary(max_size=4_096))
def test_any_bytes_beside_it_cost_no_session_that_is_in_the_file(
    sample: bytes, tmp_path_factory: pytest.TempPathFactory, wal: bytes
) -> None:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "history.db").write_bytes(sample)
    (folder / "history.db-wal").write_bytes(wal)
    with opened(folder) as history:
        assert len(history.entries(0, 50)) == 3


# --- what is written is what is read ----------------------------------------------------------------------

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
length = st.integers(0, 10**9)
exercise = st.builds(
    PastExercise, text.filter(bool), text, st.lists(text, max_size=3).map(tuple), st.just(()), text
)
counts = st.integers(1, 1_000)


@st.composite
def records(draw: st.DrawFn) -> SessionRecord:
    exercises = tuple({each.id: each for each in draw(st.lists(exercise, max_size=4))}.values())
    ids = st.sampled_from(["", *(each.id for each in exercises)])
    part = st.builds(
        Part, st.sampled_from(Kind), length, length, st.sampled_from(Outcome), length, ids,
        st.none() | st.sampled_from(Side), counts, counts, counts, counts, st.none() | counts,
        st.none() | counts,
    )  # fmt: skip
    return draw(
        st.builds(
            SessionRecord,
            id=st.binary(min_size=16, max_size=16).map(bytes.hex),
            started=st.builds(Moment, st.integers(0, 10**14), st.integers(-1_439, 1_439)),
            ended_ms=st.integers(0, 10**14),
            routine_id=text,
            routine_name=text,
            content=text,
            planned_ms=length,
            planned_work_ms=length,
            ending=st.sampled_from(Ending),
            parts=st.lists(part, max_size=8).map(tuple),
            exercises=st.just(exercises),
            feeling=st.none() | st.sampled_from(Feeling),
            note=text,
            changed_ms=st.integers(0, 10**14),
        )
    )


@pytest.fixture(scope="module")
def memory() -> Iterator[sqlite3.Connection]:
    with closing(in_memory()) as connection:
        yield connection


@FUZZ
@given(records())
def test_any_session_is_read_as_it_was_written(memory: sqlite3.Connection, record: SessionRecord) -> None:
    Writer(memory).put(record)
    Writer(memory).put(record)
    assert Reader(memory).by_id(bytes.fromhex(record.id)) == record


@pytest.mark.parametrize("kind", [Kind, Outcome, Ending, Feeling, Side])
def test_every_kind_outcome_ending_feeling_and_side_has_a_number_of_its_own(kind: Any) -> None:
    codes = {
        Kind: rows.KINDS,
        Outcome: rows.OUTCOMES,
        Ending: rows.ENDINGS,
        Feeling: rows.FEELINGS,
        Side: rows.SIDES,
    }
    assert set(codes[kind]) == set(kind)
    assert sorted(codes[kind].values()) == list(range(len(kind)))


def test_totals_are_those_of_plain_addition(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - nothing secret
    parts = [*PARTS, LEFT, RIGHT, replace(RIGHT, exercise_id=SQUAT.id)]
    made = [
        session(
            number,
            chance.sample(parts, chance.randrange(len(parts))),
            started=Moment(NOW.ms - chance.randrange(10**9), chance.choice((-600, 0, 60, 840))),
            planned_work_ms=chance.randrange(200_000),
        )
        for number in range(60)
    ]
    filled(tmp_path, made)
    with opened(tmp_path) as history:
        totals = {total.day: total for total in history.days()}
        works = history.works(NOW.day.replace(year=2_000), NOW.day.replace(year=2_100))
    assert list(totals) == sorted({record.started.day for record in made})
    for day, total in totals.items():
        of_day = [record for record in made if record.started.day == day]
        assert (total.sessions, total.done) == (len(of_day), sum(record.is_done for record in of_day))
        assert (total.played_ms, total.work_ms) == (
            sum(record.played_ms for record in of_day),
            sum(record.work_ms for record in of_day),
        )
    assert sum(work.hold_ms for work in works) == sum(
        part.actual_ms for record in made for part in record.parts if part.kind is Kind.HOLD
    )
