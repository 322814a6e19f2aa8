"""A history of any former version is brought up to this one, with all that is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from helpers.histories import CALF, NOW, PARTS, ask, filled, names, opened, session, told_on_opening

from chain_timer.history import schema
from chain_timer.history.database import in_memory
from chain_timer.history.history import HistoryError, open_history
from chain_timer.history.plan import HoldPlan
from chain_timer.history.schema import APPLICATION_ID, VERSION, shape_of
from chain_timer.session.record import Ending, Feeling

SCHEMAS = Path(__file__).parent / "schemas"
FORMER = range(1, VERSION)
KEPT = (
    session(2, PARTS[:2], ending=Ending.BROKEN_OFF, routine_id="morning", routine_name="Morning"),
    session(1, feeling=Feeling.GOOD, note="It's fine; größer.", changed_ms=5),
    session(0),
)
"""What the databases of former versions hold."""
PLAN = HoldPlan("c" * 32, "Calf stretch", 30_000, 60_000, NOW.day, 6, CALF.id)


def former(folder: Path, version: int) -> Path:
    """Make a database with the very words of its version."""
    folder.mkdir(exist_ok=True)
    path = folder / "history.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"version-{version}.sql").read_text(encoding="utf-8"))
    return path


def test_there_is_a_database_of_every_former_version() -> None:
    assert [path.name for path in sorted(SCHEMAS.iterdir())] == [f"version-{each}.sql" for each in FORMER]


@pytest.mark.parametrize("version", FORMER)
def test_a_former_version_is_brought_up_with_all_that_is_in_it(version: int, tmp_path: Path) -> None:
    path = former(tmp_path, version)
    with opened(tmp_path) as history:
        assert tuple(history.records()) == KEPT
        history.set_plan(PLAN)
        history.remove(KEPT[0].id)
        assert (history.plans(), len(history.days())) == ((PLAN,), 2)
    assert ask(path, "PRAGMA user_version") == [(VERSION,)]


@pytest.mark.parametrize("version", FORMER)
def test_what_was_brought_up_has_the_tables_of_one_made_now(version: int, tmp_path: Path) -> None:
    path = former(tmp_path, version)
    told_on_opening(tmp_path)
    with closing(sqlite3.connect(path)) as connection, closing(in_memory()) as new:
        assert shape_of(connection) == shape_of(new)


@pytest.mark.parametrize("version", FORMER)
def test_a_copy_is_kept_of_how_it_was_before(version: int, tmp_path: Path) -> None:
    former(tmp_path, version)
    told_on_opening(tmp_path)
    before = tmp_path / f"history.db.before-v{VERSION}"
    assert ask(before, "PRAGMA user_version") == [(version,)]
    assert ask(before, "SELECT count(*) FROM parts") == [(10,)]


def test_a_history_of_this_version_is_not_copied_before_anything(tmp_path: Path) -> None:
    filled(tmp_path, [session(0)])
    told_on_opening(tmp_path)
    assert names(tmp_path) == ["copies/history-2026-11-23.db", "history.db"]


@pytest.mark.parametrize("version", FORMER)
def test_a_step_that_fails_leaves_the_former_version_as_it_was(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = former(tmp_path, version)
    steps = (*schema.STEPS[:-1], (*schema.STEPS[-1], "CREATE TABLE sessions (key INTEGER)"))
    with monkeypatch.context() as broken:
        broken.setattr(schema, "STEPS", steps)
        with pytest.raises(HistoryError, match="already exists"):
            open_history(tmp_path, lambda: NOW)
    assert ask(path, "PRAGMA user_version") == [(version,)]
    assert told_on_opening(tmp_path) == (KEPT, ())


@pytest.mark.parametrize("version", FORMER)
def test_a_former_version_of_another_machine_is_merged_and_left_as_it_is(
    version: int, tmp_path: Path
) -> None:
    path = former(tmp_path / "theirs", version)
    before = path.read_bytes()
    with opened(tmp_path / "ours") as history:
        assert history.merge(path).added == 3
        assert tuple(history.records()) == KEPT
    assert path.read_bytes() == before
    assert names(tmp_path / "theirs") == ["history.db"]


def test_a_history_of_a_newer_version_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = filled(tmp_path, [session(0)])
    ask(path, f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="made by a newer Chain Timer"):
        open_history(tmp_path, lambda: NOW)
    assert path.read_bytes() == before
    assert names(tmp_path) == ["history.db"]


def test_a_newer_version_of_another_machine_is_not_merged(tmp_path: Path) -> None:
    path = filled(tmp_path / "theirs", [session(0)])
    ask(path, f"PRAGMA user_version = {VERSION + 1}")
    with (
        opened(tmp_path / "ours") as history,
        pytest.raises(HistoryError, match="made by a newer Chain Timer"),
    ):
        history.merge(path)


def test_a_history_that_another_window_brings_up_meanwhile_is_not_written_by_an_old_one(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as history:
        history.add(session(0))
        history.close()
        ask(tmp_path / "history.db", f"PRAGMA user_version = {VERSION + 1}")
        with pytest.raises(HistoryError, match="made by a newer Chain Timer"):
            history.add(session(1))


def test_the_file_tells_any_tool_whose_it_is(tmp_path: Path) -> None:
    path = filled(tmp_path, [session(0)])
    assert path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"ChTi"


def test_an_old_sqlite_is_told_and_the_file_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path, [session(0)])
    before = path.read_bytes()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(HistoryError, match=r"wants SQLite 3\.37 or newer"):
        open_history(tmp_path, lambda: NOW)
    assert path.read_bytes() == before
