"""A backup brought back: exact where there is nothing, joined where there is something, never harmful."""

import errno
import os
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from helpers.backups import (
    DRAFT,
    EXERCISE,
    FULL,
    PICTURE,
    PICTURED,
    REMEMBERED,
    ROUTINE,
    SETTINGS,
    as_bytes,
    contents,
    desk_in,
    filled,
    folders_in,
    listed,
    opened,
    record,
    repacked,
    sessions,
    with_sessions,
)
from helpers.zips import claiming, flagged, info, twice, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange import backup_reader, packed_file, restoring_files
from chain_timer.exchange.backup import write_backup
from chain_timer.exchange.backup_layout import Sort
from chain_timer.exchange.backup_reader import Form
from chain_timer.exchange.parcel import CanceledError
from chain_timer.exchange.restoring import Plan, Report, plan, restore
from chain_timer.exchange.restoring_files import Change, Fate, Wish
from chain_timer.history.plan import HoldPlan
from chain_timer.problems import ChainTimerError, FileProblemsError
from chain_timer.session.record import SessionRecord
from chain_timer.system.settings_store import SettingsStore

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
BINARY = st.binary(max_size=60)
OWN_NAMES = st.from_regex(r"[a-z0-9äß ]{1,12}", fullmatch=True).map(str.strip).filter(bool)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The home that a backup is made of."""
    return with_sessions(filled(tmp_path / "old"), record(1), record(2, "Fine."), record(3))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Another home, empty yet."""
    return tmp_path / "new"


@pytest.fixture
def backup(old: Path, tmp_path: Path) -> Path:
    return saved(old, tmp_path / "backup.zip")


def saved(home: Path, to: Path) -> Path:
    write_backup(to, desk_in(home, opened))
    return to


def brought(path: Path, home: Path, **wish: bool) -> Report:
    return restore(path, desk_in(home, opened), Wish(**wish))


def looked_at(path: Path, home: Path, **wish: bool) -> Plan:
    return plan(path, desk_in(home, opened), Wish(**wish))


def told(found: Plan) -> list[str]:
    return [str(problem) for problem in found.refused]


def fates(found: Plan) -> dict[str, Fate]:
    return {each.name: each.fate for each in found.changes}


# --- into an empty home ----------------------------------------------------------------------------------


def test_every_file_comes_back_to_the_letter(backup: Path, new: Path) -> None:
    report = brought(backup, new)
    assert contents(new) == as_bytes(FULL)
    assert set(fates(report).values()) == {Fate.ADDED}
    assert (report.refused, report.canceled) == ((), False)


def test_every_session_comes_back_as_it_was(backup: Path, old: Path, new: Path) -> None:
    report = brought(backup, new)
    assert sessions(new) == sessions(old) == [record(3), record(2, "Fine."), record(1)]
    assert report.sessions is not None
    assert (report.sessions.added, report.sessions.known) == (3, 0)


def test_plans_for_holds_come_back(old: Path, new: Path, tmp_path: Path) -> None:
    wanted = HoldPlan(
        f"{7:032x}", "Wall lean", 30_000, 60_000, date(2026, 11, 1), 6, exercise_id="wall-lean", changed_ms=5
    )
    with closing(opened(old / "history")) as history:
        history.set_plan(wanted)
    brought(saved(old, tmp_path / "x.zip"), new)
    with closing(opened(new / "history")) as history:
        assert history.plans() == (wanted,)


def test_the_settings_come_back(backup: Path, new: Path) -> None:
    report = brought(backup, new)
    store = SettingsStore(folders_in(new).settings)
    assert (store.settings.rate, store.settings.theme) == (180, "dark")
    assert store.remembered("evening").hold_ms == 60_000
    assert report.takes_settings


def test_a_backup_of_what_was_restored_is_the_same_but_for_the_copy_of_the_history(
    old: Path, new: Path, tmp_path: Path
) -> None:
    filled(tmp_path / "plain")
    first = saved(tmp_path / "plain", tmp_path / "first.zip")
    brought(first, new)
    assert saved(new, tmp_path / "second.zip").read_bytes() == first.read_bytes()
    del old


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    routines=st.dictionaries(OWN_NAMES, BINARY, max_size=4),
    exercises=st.dictionaries(OWN_NAMES, BINARY, max_size=4),
    pictures=st.dictionaries(OWN_NAMES, BINARY, max_size=3),
)
def test_any_home_makes_the_round_trip(
    tmp_path_factory: pytest.TempPathFactory,
    routines: dict[str, bytes],
    exercises: dict[str, bytes],
    pictures: dict[str, bytes],
) -> None:
    root = tmp_path_factory.mktemp("trip")
    files: dict[str, bytes | str] = {
        **{f"routines/{name}.toml": data for name, data in routines.items()},
        **{f"exercises/{name}.toml": data for name, data in exercises.items()},
        **{f"exercises/{name}.png": data for name, data in pictures.items()},
    }
    saved(filled(root / "old", files), root / "x.zip")
    again = [brought(root / "x.zip", root / "new") for _ in range(2)]
    assert contents(root / "new") == as_bytes(files)
    assert [set(fates(each).values()) for each in again if files] in ([], [{Fate.ADDED}, {Fate.SAME}])


# --- looking first ---------------------------------------------------------------------------------------


def test_looking_writes_nothing(backup: Path, new: Path) -> None:
    found = looked_at(backup, new)
    assert [path for path in new.rglob("*") if path.is_file()] == []
    assert not (new / "history").exists()
    assert not found.changes_nothing


def test_what_looking_tells_is_what_restoring_does(backup: Path, new: Path) -> None:
    filled(
        new, {"exercises/wall-lean.toml": "name = 'Other'\n", "settings/settings.toml": "[voice]\nrate=90\n"}
    )
    with_sessions(new, record(2, "Fine."), record(9))
    found, report = looked_at(backup, new), brought(backup, new)
    assert (found.changes, found.sessions, found.settings) == (
        report.changes,
        report.sessions,
        report.settings,
    )
    assert found.sessions is not None
    assert (found.sessions.added, found.sessions.known) == (2, 1)


def test_it_tells_what_the_backup_says_of_itself(backup: Path, new: Path) -> None:
    about = looked_at(backup, new).about
    assert (about.form, about.made, about.program) == (Form.BACKUP, "2026-11-23 11:38", "0.1.0")


def test_it_tells_which_settings_differ(backup: Path, new: Path) -> None:
    filled(new, {"settings/settings.toml": "[voice]\nrate = 90\n"})
    found = looked_at(backup, new).settings
    assert [(each.label, each.here, each.there) for each in found] == [
        ("Speaking rate", 90, 180),
        ("Theme", "system", "dark"),
    ]


# --- again, and broken off -------------------------------------------------------------------------------


def test_the_second_time_nothing_is_added(backup: Path, new: Path) -> None:
    filled(new, {"exercises/wall-lean.toml": "name = 'Other'\n", "exercises/door.png": b"another"})
    with_sessions(new, record(8))
    brought(backup, new)
    before, kept = contents(new), sessions(new)
    again = brought(backup, new)
    assert (contents(new), sessions(new)) == (before, kept)
    assert set(fates(again).values()) == {Fate.SAME}
    assert again.changes_nothing
    assert looked_at(backup, new).changes_nothing


@pytest.mark.parametrize("after", range(0, 13, 2))
def test_canceled_it_says_so_and_the_next_time_completes_it(backup: Path, new: Path, after: int) -> None:
    calls = iter(range(after))

    def progress(_done: int, _whole: int) -> None:
        if next(calls, None) is None:
            raise CanceledError

    report = restore(backup, desk_in(new, opened), Wish(), progress)
    assert report.canceled == (after < len(FULL) + 2)
    brought(backup, new)
    assert contents(new) == as_bytes(FULL)
    assert len(sessions(new)) == 3


KILLED = """
import os, sys
from pathlib import Path
sys.path[:0] = [{checkout!r}, {tests!r}]
from helpers.backups import desk_in, opened
from chain_timer.exchange.restoring import restore
from chain_timer.exchange.restoring_files import Wish
from chain_timer.system import files

left = iter(range(int(sys.argv[3])))
def dying(real):
    def step(*arguments, **options):
        if next(left, None) is None:
            os.kill(os.getpid(), 9)
        return real(*arguments, **options)
    return step
for name in ("fsync", "link", "replace"):
    setattr(os, name, dying(getattr(os, name)))
Path.replace = dying(Path.replace)
restore(Path(sys.argv[1]), desk_in(Path(sys.argv[2]), opened), Wish(replace=True))
"""


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("step", range(0, 36, 5))
def test_killed_at_any_step_every_file_is_whole_and_the_next_time_completes_it(
    backup: Path, new: Path, step: int
) -> None:
    mine = {"exercises/wall-lean.toml": "name = 'Other'\n" * 500, "exercises/door.png": b"another" * 900}
    with_sessions(filled(new, mine), record(8))
    tests = Path(__file__).parents[1]
    source = KILLED.format(checkout=str(tests.parent), tests=str(tests))
    command = [sys.executable, "-c", source, str(backup), str(new), str(step)]
    done = subprocess.run(command, check=False, capture_output=True)
    assert done.returncode in (0, -9), done.stderr.decode()
    whole = {**as_bytes(FULL), **{f"{name}.bak": data for name, data in as_bytes(mine).items()}}
    for name, data in contents(new).items():
        if not name.rpartition("/")[2].startswith(".chain-timer-"):
            assert data in (whole[name], as_bytes(mine).get(name))
    brought(backup, new, replace=True)
    found = {name: data for name, data in contents(new).items() if "/.chain-timer-" not in name}
    assert found == whole
    assert {each.id for each in sessions(new)} == {record(number).id for number in (1, 2, 3, 8)}


# --- where files differ ----------------------------------------------------------------------------------


def test_one_that_differs_is_kept_beside_under_its_own_name_and_title(backup: Path, new: Path) -> None:
    mine = 'name = "My lean"\nhold = "10s"\n'
    filled(new, {"exercises/wall-lean.toml": mine})
    report = brought(backup, new)
    beside = (new / "exercises" / "wall-lean-from-backup.toml").read_text(encoding="utf-8")
    assert (new / "exercises" / "wall-lean.toml").read_text(encoding="utf-8") == mine
    assert beside == EXERCISE.replace('"Wall lean"', '"Wall lean (from backup)"')
    assert report.having(Fate.BESIDE) == (
        Change(Sort.EXERCISE, "wall-lean.toml", Fate.BESIDE, "wall-lean-from-backup.toml"),
    )


def test_a_third_one_gets_the_next_free_name(backup: Path, new: Path) -> None:
    filled(
        new, {"routines/evening.toml": "name = 'A'\n", "routines/evening-from-backup.toml": "name = 'B'\n"}
    )
    brought(backup, new)
    assert (new / "routines" / "evening-from-backup-2.toml").is_file()


def test_what_cannot_be_read_is_kept_beside_as_it_is(backup: Path, new: Path) -> None:
    filled(new, {"routines/broken.toml": "name = 'Mended'\n"})
    brought(backup, new)
    assert (new / "routines" / "broken-from-backup.toml").read_bytes() == FULL["routines/broken.toml"]


def test_line_ends_stay_as_they_are(backup: Path, new: Path) -> None:
    filled(new, {"routines/windows.toml": "name = 'X'\n"})
    brought(backup, new)
    data = (new / "routines" / "windows-from-backup.toml").read_bytes()
    assert data == as_bytes(FULL)["routines/windows.toml"].replace(b'"Evening"', b'"Evening (from backup)"')


def test_a_picture_that_differs_goes_with_its_exercise(backup: Path, new: Path) -> None:
    filled(new, {"exercises/door.png": b"another door", "exercises/my-door.toml": PICTURED})
    brought(backup, new)
    assert (new / "exercises" / "door.png").read_bytes() == b"another door"
    assert (new / "exercises" / "door-from-backup.png").read_bytes() == PICTURE
    there = (new / "exercises" / "door-pull.toml").read_text(encoding="utf-8")
    assert there == PICTURED.replace('"door.png"', '"door-from-backup.png"')
    assert (new / "exercises" / "my-door.toml").read_text(encoding="utf-8") == PICTURED


def test_a_draft_that_differs_is_kept_beside(backup: Path, new: Path) -> None:
    filled(new, {"drafts/abc-1.json": DRAFT.replace("New", "Newer")})
    brought(backup, new)
    assert (new / "drafts" / "abc-1-from-backup1.json").read_text(encoding="utf-8") == DRAFT


def test_on_wish_the_one_of_the_backup_takes_its_place(backup: Path, new: Path) -> None:
    filled(new, {"exercises/wall-lean.toml": "mine", "routines/other.toml": "name = 'Other'\n"})
    report = brought(backup, new, replace=True)
    found = contents(new)
    assert found["exercises/wall-lean.toml"] == EXERCISE.encode()
    assert found["exercises/wall-lean.toml.bak"] == b"mine"
    assert found["routines/other.toml"] == b"name = 'Other'\n"
    assert fates(report)["wall-lean.toml"] is Fate.REPLACED


def test_a_version_that_was_kept_before_stays_kept(backup: Path, new: Path) -> None:
    filled(new, {"exercises/wall-lean.toml": "mine", "exercises/wall-lean.toml.bak": "older"})
    brought(backup, new, replace=True)
    found = contents(new)
    assert found["exercises/wall-lean.toml.bak"] == b"older"
    assert found["exercises/wall-lean.toml.bak-2"] == b"mine"


def test_names_that_differ_only_in_their_case_never_meet(new: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(
        zipped({"routines/Evening.toml": "name = 'A'\n", "routines/evening.toml": "name = 'B'\n"})
    )
    brought(path, new)
    assert contents(new).keys() == {"routines/Evening.toml", "routines/evening-from-backup.toml"}
    assert brought(path, new).changes_nothing


def test_a_link_that_a_person_made_stays_a_link(backup: Path, new: Path, tmp_path: Path) -> None:
    filled(tmp_path, {"dotfiles/evening.toml": "name = 'Mine'\n"})
    (new / "routines").mkdir(parents=True)
    (new / "routines" / "evening.toml").symlink_to(tmp_path / "dotfiles" / "evening.toml")
    brought(backup, new, replace=True)
    assert (new / "routines" / "evening.toml").is_symlink()
    assert (tmp_path / "dotfiles" / "evening.toml").read_text(encoding="utf-8") == ROUTINE


def test_a_file_that_another_program_writes_meanwhile_stays(
    backup: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = restoring_files.folder_locked

    def meanwhile(folder: Path) -> Any:
        filled(new, {"exercises/wall-lean.toml": "theirs"})
        return real(folder)

    monkeypatch.setattr(restoring_files, "folder_locked", meanwhile)
    brought(backup, new)
    assert contents(new)["exercises/wall-lean.toml"] == b"theirs"
    assert b"from backup" in contents(new)["exercises/wall-lean-from-backup.toml"]


# --- settings --------------------------------------------------------------------------------------------


def test_settings_that_are_here_stay(backup: Path, new: Path) -> None:
    filled(new, {"settings/settings.toml": "[voice]\nrate = 90\n"})
    report = brought(backup, new)
    assert contents(new)["settings/settings.toml"] == b"[voice]\nrate = 90\n"
    assert fates(report)["settings.toml"] is Fate.LEFT
    assert contents(new)["settings/remembered.toml"] == REMEMBERED.encode()


@pytest.mark.parametrize("wish", ["settings", "replace"])
def test_on_wish_the_settings_of_the_backup_count(backup: Path, new: Path, wish: str) -> None:
    filled(new, {"settings/settings.toml": "[voice]\nrate = 90\n"})
    report = brought(backup, new, **{wish: True})
    assert contents(new)["settings/settings.toml"] == SETTINGS.encode()
    assert contents(new)["settings/settings.toml.bak"] == b"[voice]\nrate = 90\n"
    assert report.takes_settings


@pytest.mark.parametrize(
    "data", [b"[voice", b"\xff", b"x = 1\n" + b"#" * 1024 * 1024, b"a = " + b"[" * 9_000]
)
def test_what_are_no_settings_are_refused(new: Path, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"settings/settings.toml": data, "routines/a.toml": "name = 'A'\n"}))
    report = brought(path, new)
    assert contents(new).keys() == {"routines/a.toml"}
    assert [problem.where for problem in report.refused] == ["settings/settings.toml"]


def test_remembered_choices_that_cannot_be_read_are_refused(new: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"settings/remembered.toml": b"[routines"}))
    assert told(brought(path, new)) == [
        "settings/remembered.toml: these are no settings: it is no valid TOML; it was left out"
    ]
    assert contents(new) == {}


def test_values_that_cannot_be_used_count_as_never_set(new: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    hostile = b"voice = 5\n[look]\ntheme = 7\n[sound]\nvoice_volume = 99999999999999999999\n"
    path.write_bytes(zipped({"settings/settings.toml": hostile}))
    filled(new, {"settings/settings.toml": "[look]\ntheme = 'light'\n"})
    assert [(each.key, each.there) for each in looked_at(path, new).settings] == [("theme", "system")]


# --- another machine -------------------------------------------------------------------------------------


def test_a_data_folder_is_joined(old: Path, new: Path) -> None:
    with_sessions(new, record(2, "Fine."), record(5))
    report = brought(old, new)
    assert contents(new) == as_bytes(FULL)
    assert {each.id for each in sessions(new)} == {record(number).id for number in (1, 2, 3, 5)}
    assert report.about.form is Form.FOLDER


def test_a_bare_history_is_joined(old: Path, new: Path, tmp_path: Path) -> None:
    bare = tmp_path / "copied.db"
    with closing(opened(old / "history")) as history:
        history.write_copy(bare)
    before = bare.read_bytes()
    report = brought(bare, new)
    assert sessions(new) == sessions(old)
    assert report.about.form is Form.DATABASE
    assert bare.read_bytes() == before


def test_sessions_that_sqlite_has_only_beside_its_database_come_along(new: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    with closing(opened(tmp_path / "other" / "history")) as history:
        history.add(record(1))
        reader = sqlite3.connect(tmp_path / "other" / "history" / "history.db")
        with closing(reader):
            reader.execute("SELECT * FROM sessions").fetchall()
            history.add(record(2))
            for path in (tmp_path / "other" / "history").glob("history.db*"):
                filled(folder, {f"history/{path.name}": path.read_bytes()})
    brought(folder, new)
    assert [each.id for each in sessions(new)] == [record(2).id, record(1).id]


def test_sessions_at_odds_are_named(old: Path, new: Path, tmp_path: Path) -> None:
    mine = record(2)
    longer = SessionRecord(**{**_fields(mine), "parts": (*mine.parts, *mine.parts)})
    with_sessions(new, longer)
    report = brought(saved(old, tmp_path / "x.zip"), new)
    assert report.sessions is not None
    assert len(report.sessions.conflicts) == 1
    assert "Evening" in report.sessions.conflicts[0]
    assert next(each for each in sessions(new) if each.id == mine.id).parts == longer.parts


def test_what_was_removed_here_does_not_come_back(backup: Path, new: Path) -> None:
    brought(backup, new)
    with closing(opened(new / "history")) as history:
        history.remove(record(2).id)
    report = brought(backup, new)
    assert {each.id for each in sessions(new)} == {record(1).id, record(3).id}
    assert report.changes_nothing


def test_a_folder_zipped_by_hand_is_read_wherever_it_lies_in_it(old: Path, new: Path, tmp_path: Path) -> None:
    with closing(opened(old / "history")) as history:
        history.write_copy(old / "history" / "copy.db")
    files = {f"my data/{name}": data for name, data in as_bytes(FULL).items()}
    files["my data/history/history.db"] = (old / "history" / "copy.db").read_bytes()
    files["my data/cache/library.jsonl"] = b"x"
    path = tmp_path / "by-hand.zip"
    path.write_bytes(zipped(files))
    report = brought(path, new)
    assert (contents(new), sessions(new)) == (as_bytes(FULL), sessions(old))
    assert report.refused == ()


def test_an_unpacked_backup_is_read_as_a_folder(backup: Path, new: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(tmp_path / "unpacked")
    brought(tmp_path / "unpacked", new)
    assert (contents(new), len(sessions(new))) == (as_bytes(FULL), 3)


def test_the_home_itself_has_nothing_new(old: Path) -> None:
    assert looked_at(old, old).changes_nothing


@POSIX
def test_a_link_out_of_a_folder_is_not_followed(new: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    folder = filled(tmp_path / "stick", {"routines/a.toml": "name = 'A'\n"})
    (folder / "routines" / "b.toml").symlink_to(secret)
    report = brought(folder, new)
    assert contents(new).keys() == {"routines/a.toml"}
    assert told(report) == ["routines/b.toml: it is a link to somewhere else; it was left out"]


# --- what is none ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"hello", "it is no backup of Chain Timer"),
        (b"PK\x03\x04 and no more", "its list of files cannot be read"),
        (zipped({"photo.jpg": b"x"}), "there is nothing of Chain Timer in it"),
        (zipped({}), "there is nothing of Chain Timer in it"),
    ],
)
def test_what_is_no_backup_is_told(tmp_path: Path, new: Path, data: bytes, why: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises(FileProblemsError, match=why):
        looked_at(path, new)


def test_a_file_that_is_not_there_is_told(tmp_path: Path, new: Path) -> None:
    with pytest.raises(FileProblemsError, match="there is no such file"):
        looked_at(tmp_path / "none.zip", new)


def test_a_folder_of_something_else_is_told(tmp_path: Path, new: Path) -> None:
    with pytest.raises(FileProblemsError, match="nothing of Chain Timer in this folder"):
        looked_at(tmp_path, new)


@POSIX
def test_a_pipe_and_a_device_are_not_waited_for(tmp_path: Path, new: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    for path in (tmp_path / "pipe.zip", Path("/dev/zero")):
        with pytest.raises(FileProblemsError, match="not a regular file"):
            looked_at(path, new)


def test_a_backup_of_a_newer_program_is_refused_whole(backup: Path, new: Path) -> None:
    listed(backup, lambda said: said.update(version=2))
    with pytest.raises(FileProblemsError, match='newer Chain Timer made this, in format "2"'):
        brought(backup, new)
    assert contents(new) == {}


# --- hostile archives ------------------------------------------------------------------------------------


EVIL = {
    "../escaped.toml": "its name leads elsewhere",
    "routines/../../escaped.toml": "its name leads elsewhere",
    "/routines/absolute.toml": "its name is an absolute path",
    "C:/routines/drive.toml": "its name is an absolute path",
    "routines\\back.toml": "its name has a backslash",
    "routines//double.toml": "its name leads elsewhere",
    "evil.exe": "it is no part of a backup",
    "routines/deep/er.toml": "it is no part of a backup",
    "settings/.bashrc": None,
}


@pytest.mark.parametrize("name", EVIL)
def test_a_name_that_leads_elsewhere_writes_nothing(tmp_path: Path, name: str) -> None:
    path, home = tmp_path / "x.zip", tmp_path / "deep" / "home"
    path.write_bytes(zipped({name: "evil", "routines/good.toml": "name = 'Good'\n"}))
    before = set(tmp_path.rglob("*"))
    report = brought(path, home)
    written = {each for each in set(tmp_path.rglob("*")) - before if each.is_file()}
    assert written == {home / "routines" / "good.toml"}
    why = EVIL[name]
    assert why is None or why in told(report)[0]


def test_a_link_in_an_archive_is_refused(tmp_path: Path, new: Path) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = info("routines/link.toml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("routines/a.toml", "name = 'A'\n")
    path = tmp_path / "x.zip"
    path.write_bytes(file.getvalue())
    assert told(brought(path, new)) == ["routines/link.toml: it is a link; it was left out"]


def test_an_entry_that_is_there_twice_is_taken_once(tmp_path: Path, new: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(twice("routines/a.toml", b"name = 'A'\n", b"name = 'B'\n"))
    report = brought(path, new)
    assert contents(new) == {"routines/a.toml": b"name = 'A'\n"}
    assert told(report) == ["routines/a.toml: it is there twice; the first was taken"]


@pytest.mark.parametrize("name", ["routines/bomb.toml", "history.db"])
def test_a_bomb_is_stopped_by_its_own_smallness(tmp_path: Path, new: Path, name: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({name: bytes(12 * 1024 * 1024), "routines/a.toml": "name = 'A'\n"}))
    report = brought(path, new)
    assert "it unfolds to more than 200 times its size" in told(report)[0]
    assert contents(new).keys() == {"routines/a.toml"}


def test_one_that_lies_about_its_size_is_counted(tmp_path: Path, new: Path) -> None:
    path = tmp_path / "x.zip"
    packed = zipped({"routines/bomb.toml": bytes(range(256)) * 80_000}, zipfile.ZIP_STORED)
    path.write_bytes(claiming(packed, 10))
    assert "it is larger than 16 MiB" in told(brought(path, new))[0]


def test_a_damaged_file_of_an_archive_without_a_list_is_refused(tmp_path: Path, new: Path) -> None:
    path = tmp_path / "x.zip"
    whole = zipped({"routines/a.toml": "name = 'Abc'\n"}, zipfile.ZIP_STORED)
    path.write_bytes(whole.replace(b"Abc", b"Abd"))
    assert told(brought(path, new)) == [
        "routines/a.toml: it is damaged: its checksum is wrong; it was left out"
    ]
    assert contents(new) == {}


def test_an_archive_that_says_two_names_of_a_file_is_not_believed(tmp_path: Path, new: Path) -> None:
    path = tmp_path / "x.zip"
    whole = zipped({"routines/a.toml": "name = 'A'\n"})
    path.write_bytes(whole.replace(b"routines/a", b"routines/b", 1))
    assert "the archive says two things of it" in told(brought(path, new))[0]


def test_a_name_with_control_characters_becomes_a_plain_one(tmp_path: Path, new: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"routines/a\x1b[31m\nb.toml": "name = 'A'\n"}))
    report = brought(path, new)
    assert contents(new).keys() == {"routines/a-31m-b.toml"}
    assert report.changes[0].to == "a-31m-b.toml"
    assert brought(path, new).changes_nothing


def test_an_encrypted_entry_is_refused(tmp_path: Path, new: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(flagged(zipped({"routines/a.toml": "name = 'A'\n"}), flags=1))
    with pytest.raises(FileProblemsError, match="nothing of Chain Timer"):
        brought(path, new)


def test_more_entries_than_any_backup_has_are_not_looked_at(
    tmp_path: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed_file, "MOST_FILES", 50)
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({f"routines/{number}.toml": "x" for number in range(51)}))
    with pytest.raises(FileProblemsError, match="more than 50 entries"):
        looked_at(path, new)


def test_a_list_of_files_that_is_too_long_is_not_read(
    tmp_path: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed_file, "LARGEST_DIRECTORY", 2_000)
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({f"routines/{number}.toml": "x" for number in range(51)}))
    with pytest.raises(FileProblemsError, match="its list of files is larger"):
        looked_at(path, new)


def test_a_file_that_is_not_what_the_list_says_is_refused(backup: Path, new: Path) -> None:
    repacked(backup, lambda found: found.update({"routines/evening.toml": b"name = 'Evil'\n"}))
    report = brought(backup, new)
    assert told(report) == [
        "routines/evening.toml: it is not what the backup's own list says; it was left out"
    ]
    assert "routines/evening.toml" not in contents(new)


def test_a_history_that_is_not_what_the_list_says_is_refused(backup: Path, old: Path, new: Path) -> None:
    with_sessions(old, record(4))
    with closing(opened(old / "history")) as history:
        history.write_copy(old / "copy.db")
    repacked(backup, lambda found: found.update({"history.db": (old / "copy.db").read_bytes()}))
    report = brought(backup, new)
    assert told(report) == ["history.db: it is not what the backup's own list says; it was left out"]
    assert sessions(new) == []


def test_what_the_list_has_and_nobody_else_is_told(backup: Path, new: Path) -> None:
    repacked(backup, lambda found: found.pop("routines/evening.toml"))
    assert told(brought(backup, new)) == [
        "routines/evening.toml: the backup's own list has it, and it is not there; it cannot be restored"
    ]


def test_what_the_list_does_not_have_is_left_out(backup: Path, new: Path) -> None:
    repacked(backup, lambda found: found.update({"routines/more.toml": b"name = 'More'\n"}))
    assert told(brought(backup, new)) == [
        "routines/more.toml: the backup's own list does not have it; it was left out"
    ]


@pytest.mark.parametrize(
    "said",
    [b"", b"[]", b"{}", b'{"format": 1e999}', b"\xff", b"[" * 90_000, b'{"format": "chain-timer-backup"}'],
)
def test_without_a_list_that_can_be_read_the_files_are_taken_and_it_is_told(
    backup: Path, new: Path, said: bytes
) -> None:
    repacked(backup, lambda found: found.update({"manifest.json": said}))
    report = brought(backup, new)
    assert contents(new) == as_bytes(FULL)
    assert [problem.where for problem in report.refused] == ["manifest.json"]


@pytest.mark.parametrize(
    "change",
    [
        {"made": 5},
        {"made": "yesterday"},
        {"made": "2026-11-23T11:38:00\x1b[31m"},
        {"program": None},
        {"program": "\x1b[2J\u202e" + "x" * 9_000},
        {"counts": "many"},
    ],
)
def test_what_it_says_of_itself_is_not_trusted(backup: Path, new: Path, change: dict[str, Any]) -> None:
    listed(backup, lambda said: said.update(change))
    about = looked_at(backup, new).about
    assert not {"\x1b", "\u202e"} & set(about.made + about.program)
    assert len(about.program) <= 40


@pytest.mark.parametrize("files", [None, [], {"routines/evening.toml": 5}, {"x" * 900: {"sha256": [1]}}])
def test_a_list_of_another_shape_ends_nothing(backup: Path, new: Path, files: object) -> None:
    listed(backup, lambda said: said.update(files=files))
    assert brought(backup, new).refused


@pytest.mark.parametrize(
    "data", [b"", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(5_000), b"hello" * 99]
)
def test_a_history_that_is_none_is_refused_and_all_else_is_taken(
    new: Path, tmp_path: Path, data: bytes
) -> None:
    with_sessions(new, record(1))
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"history.db": data, "routines/a.toml": "name = 'A'\n"}))
    report = brought(path, new)
    assert [problem.where for problem in report.refused] == ["history.db"]
    assert (contents(new).keys(), sessions(new)) == ({"routines/a.toml"}, [record(1)])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = tmp_path_factory.mktemp("sample")
    with_sessions(filled(root / "home"), record(1))
    return saved(root / "home", root / "x.zip").read_bytes()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_damaged_backup_is_told_and_breaks_nothing(
    sample: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("damaged")
    damaged = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(damaged)), st.integers(0, len(damaged))))
    (root / "x.zip").write_bytes(damaged[:end])
    try:
        report = brought(root / "x.zip", root / "home")
    except FileProblemsError:
        assert contents(root / "home") == {}
        return
    whole = as_bytes(FULL)
    for name, found in contents(root / "home").items():
        assert found == whole[name]
    missing = len(whole) - len(contents(root / "home"))
    assert missing <= len(report.refused)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    start=st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"SQLite format 3\0"]), rest=st.binary(max_size=400)
)
def test_anything_that_begins_like_one_is_refused_with_a_word(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    root = tmp_path_factory.mktemp("noise")
    (root / "x").write_bytes(start + rest)
    try:
        problems = brought(root / "x", root / "home").refused
    except FileProblemsError as error:
        problems = error.problems
    assert problems


# --- disks that refuse -----------------------------------------------------------------------------------


@POSIX
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_named(backup: Path, new: Path) -> None:
    (new / "routines").mkdir(parents=True)
    (new / "routines").chmod(0o500)
    report = brought(backup, new)
    (new / "routines").chmod(0o700)
    assert len(report.refused) == 3
    assert "permission denied" in told(report)[0]


def refusing(monkeypatch: pytest.MonkeyPatch, number: int, folder: str) -> Callable[[], None]:
    real = restoring_files.write_bytes_atomic

    def refuse(path: Path, data: bytes, **options: bool) -> None:
        if path.parent.name == folder:
            raise OSError(number, os.strerror(number), str(path))
        real(path, data, **options)

    monkeypatch.setattr(restoring_files, "write_bytes_atomic", refuse)
    return lambda: monkeypatch.setattr(restoring_files, "write_bytes_atomic", real)


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.ENOSPC, "no space left on device"), (errno.EROFS, "read-only file system")],
)
def test_what_the_disk_refuses_is_named_and_the_next_time_completes_it(
    backup: Path, new: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
) -> None:
    mend = refusing(monkeypatch, number, "routines")
    report = brought(backup, new)
    assert [problem.where for problem in report.refused] == [
        f"routines/{name}.toml" for name in ("broken", "evening", "windows")
    ]
    assert all(why in text for text in told(report))
    assert not any(name.startswith("routines/") for name in contents(new))
    mend()
    brought(backup, new)
    assert contents(new) == as_bytes(FULL)


def test_a_file_in_the_place_of_a_folder_is_named(backup: Path, new: Path) -> None:
    filled(new, {"routines": "in the way"})
    report = brought(backup, new)
    assert len(report.refused) == 3
    assert "routines/broken.toml" in told(report)[0]


def test_a_history_that_cannot_be_written_is_named_and_all_else_is_taken(backup: Path, new: Path) -> None:
    filled(new, {"history": "in the way"})
    report = brought(backup, new)
    assert contents(new) == as_bytes(FULL)
    assert [problem.where for problem in report.refused] == ["history.db"]


def test_a_history_that_fails_is_no_reason_to_make_no_backup(old: Path, tmp_path: Path) -> None:
    def fails(_folder: Path) -> Any:
        raise ChainTimerError("It is damaged.")

    made = write_backup(tmp_path / "x.zip", desk_in(old, fails))
    assert [str(problem) for problem in made.problems] == ["The history is not in the backup: It is damaged."]
    assert (tmp_path / "x.zip").exists()


def test_nothing_is_left_in_the_cache(backup: Path, new: Path) -> None:
    brought(backup, new)
    looked_at(backup, new)
    assert list((new / "cache").iterdir()) == []


def test_progress_goes_up_to_the_end(backup: Path, new: Path) -> None:
    told: list[tuple[int, int]] = []
    restore(backup, desk_in(new, opened), Wish(), lambda done, whole: told.append((done, whole)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


def _fields(record: SessionRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_the_reader_takes_no_more_memory_than_a_part(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"history.db": os.urandom(3_000_000)}))
    with backup_reader.stored_in(path) as stored:
        assert max(map(len, stored.parts("history.db"))) <= 256 * 1024
