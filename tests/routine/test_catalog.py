"""The catalog: files that have not changed are not read again, and nothing it says is trusted."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chain_timer.routine import catalog_file, own
from chain_timer.routine.catalog import MOST_PROBLEMS, Reading
from chain_timer.routine.catalog_file import CatalogFile
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.finder import Finder
from chain_timer.routine.library import Library
from chain_timer.routine.routine_reader import routine_from
from chain_timer.routine.shelf import MOST_KEPT
from chain_timer.routine.sketch import sketch_of, sketched

YEAR_NS = 365 * 24 * 3_600 * 1_000_000_000
MOVE = 'name = "{name}"\nsteps = ["Stand.", "Bend."]\nmuscles = ["glutes"]\n'
PLAN = 'name = "{name}"\nexercises = [{used}]\n'


def put(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def replace_unseen(path: Path, content: str) -> None:
    """Give a file other bytes of the same number and date, as no program does on purpose."""
    before = path.stat()
    path.write_text(content.ljust(before.st_size), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture(autouse=True)
def without_time_of_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test replaces unseen would be seen by the time of the change, which cannot be set."""
    from chain_timer.routine import scan  # noqa: PLC0415 - only here

    real = scan._stamp_of

    def stamp_of(entry: object) -> tuple[int, int, int] | None:
        stamp = real(entry)  # type: ignore[arg-type]
        return None if stamp is None else (*stamp[:2], 0)

    monkeypatch.setattr(scan, "_stamp_of", stamp_of)


class Desk:
    """A person's folder, and the time of day long after its files were written."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = folder
        self.later_ns = YEAR_NS
        self.kept = CatalogFile(folder / "cache" / "library.jsonl", self._today_ns)
        self._built_in = library

    def move(self, name: str, text: str = MOVE) -> Path:
        return put(self.folder, f"exercises/{name.lower()}.toml", text.format(name=name))

    def plan(self, name: str, *used: str) -> Path:
        listed = ", ".join(f'"{each}"' for each in used or ("pullup",))
        return put(self.folder, f"routines/{name.lower()}.toml", PLAN.format(name=name, used=listed))

    def open(self) -> Library:
        return self._built_in.with_own(self.folder, self.kept)

    def _today_ns(self) -> int:
        newest = max((path.stat().st_mtime_ns for path in self.folder.rglob("*.toml")), default=0)
        return newest + self.later_ns


@pytest.fixture
def desk(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(own, "_WORTH_KEEPING", 1)
    return Desk(tmp_path, library)


def names(library: Library) -> set[str]:
    return {sketch.name for sketch in library.routine_sketches}


def lines(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems]


# --- what is not read again ------------------------------------------------------------------------------


def test_a_file_that_bears_the_same_stamp_is_not_read_again(desk: Desk) -> None:
    path = desk.plan("Mine")
    desk.open()
    replace_unseen(path, 'name = "Mint"\nexercises = ["pullup"]\n')
    assert "Mine" in names(desk.open())


def test_a_file_that_has_changed_is_read_again_and_no_other(desk: Desk) -> None:
    one, other = desk.plan("One"), desk.plan("Two")
    desk.open()
    replace_unseen(other, 'name = "Twi"\nexercises = ["pullup"]\n')
    put(desk.folder, "routines/one.toml", PLAN.format(name="One and only", used='"pullup"'))
    assert one.exists()
    assert {"One and only", "Two"} <= names(desk.open())


def test_a_file_written_just_now_is_read_again_since_its_stamp_may_hide_a_change(desk: Desk) -> None:
    desk.later_ns = 1_000_000
    path = desk.plan("Mine")
    library = desk.open()
    replace_unseen(path, 'name = "Mint"\nexercises = ["pullup"]\n')
    assert "Mint" in names(library.rescanned())
    assert "Mint" in names(desk.open())


def test_where_files_are_dated_by_whole_seconds_just_now_is_longer(desk: Desk) -> None:
    desk.later_ns = 1_500_000_000
    path = desk.plan("Mine")
    os.utime(path, ns=(0, 1_700_000_000_000_000_000))
    library = desk.open()
    replace_unseen(path, 'name = "Mint"\nexercises = ["pullup"]\n')
    assert "Mint" in names(library.rescanned())


def test_what_a_catalog_tells_of_a_file_is_what_its_reading_tells(desk: Desk, library: Library) -> None:
    desk.move("Bend", MOVE + 'sides = true\nsummary = "Down."\nalso = ["calves"]\nequipment = ["chair"]\n')
    lift = 'name = "Lift"\nreps = 5\ntempo = { up = "2s", down = "1s" }\nself_paced = true\n'
    put(desk.folder, "exercises/lift.toml", lift)
    desk.plan("Mine", "bend", "Lift", "pullup")
    inner = '[exercise.inner]\nname = "Inner"\nsteps = ["Sit."]\n'
    put(desk.folder, "routines/own.toml", f'name = "Own"\nexercises = ["inner"]\n{inner}')
    desk.plan("Broken", "nothing")
    first, again = desk.open(), desk.open()
    assert again.routine_sketches == first.routine_sketches
    assert again.exercise_sketches == first.exercise_sketches
    assert again.problems == first.problems
    assert again.by_routine_id == library.with_own(desk.folder).by_routine_id
    assert [sketched(each) for each in again.exercises] == [
        sketched(each) for each in again.exercise_sketches
    ]
    for routine, sketch in zip(again.routines, again.routine_sketches, strict=True):
        assert replace(sketch_of(routine, library.names, {}), exercises=()) == replace(sketch, exercises=())
        assert [sketched(each) for each in routine.exercises] == [sketched(each) for each in sketch.exercises]


# --- routines and their exercises ------------------------------------------------------------------------


def test_a_routine_whose_exercise_goes_is_told_and_heals_when_it_is_back(desk: Desk) -> None:
    move = desk.move("Bend")
    desk.plan("Mine", "bend")
    library = desk.open()
    move.unlink()
    without = library.rescanned()
    assert "Mine" not in names(without)
    assert "there is no exercise" in lines(without)[0]
    desk.move("Bend")
    assert "Mine" in names(without.rescanned())


def test_a_routine_is_checked_against_its_exercise_as_it_is_now(desk: Desk) -> None:
    desk.move("Bend", MOVE + "sides = true\n")
    text = 'name = "Mine"\n[[circuit]]\nexercises = [{ exercise = "bend", sides = ["left"] }]\n'
    put(desk.folder, "routines/mine.toml", text)
    assert "Mine" in names(desk.open())
    desk.move("Bend", MOVE + "# both sides at once\n")
    assert "works both sides at once" in lines(desk.open())[0]


def test_a_new_exercise_by_the_name_a_routine_uses_is_noticed(desk: Desk) -> None:
    desk.plan("Mine", "My Bend")
    library = desk.open()
    assert len(library.problems) == 1
    put(desk.folder, "exercises/bend.toml", MOVE.format(name="My bend"))
    again = library.rescanned()
    assert again.problems == ()
    assert [each.id for each in again.routine("mine").exercises] == ["bend"]


def test_muscles_of_a_changed_exercise_show_in_its_routines(desk: Desk) -> None:
    desk.move("Bend")
    desk.plan("Mine", "bend")
    library = desk.open()
    desk.move("Bend", MOVE.replace("glutes", "hamstrings"))
    changed = library.rescanned()
    sketch = next(each for each in changed.routine_sketches if each.id == "mine")
    assert sketch.muscles == ("hamstrings",)
    assert changed.routine_mark("mine") != library.routine_mark("mine")


# --- reading when it is asked for ------------------------------------------------------------------------


def test_what_lists_show_is_there_without_opening_a_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.move("Bend")
    desk.plan("Mine", "bend")
    desk.open()
    library = desk.open()
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("a file was opened"))
    assert "Mine" in names(library)
    assert "bend" in library.by_exercise_id
    assert len(library.by_routine_id) == len(set(library.by_routine_id))
    assert library.by_routine_id == library.rescanned().by_routine_id


def test_a_file_that_broke_unseen_counts_as_missing_and_is_told_next_time(desk: Desk) -> None:
    path = desk.plan("Mine")
    library = desk.open()
    replace_unseen(path, 'name = "x"')
    assert library.by_routine_id.get("mine") is None
    assert "mine" not in dict(library.by_routine_id.items())
    again = library.rescanned()
    assert "mine" not in again.by_routine_id
    assert lines(again) == [f'{path}: there are no exercises; add a line like exercises = ["pullup"]']


def test_a_file_that_went_since_it_was_listed_counts_as_missing(desk: Desk) -> None:
    path = desk.plan("Mine")
    library = desk.open()
    path.unlink()
    assert library.by_routine_id.get("mine") is None
    assert "mine" not in library.rescanned().by_routine_id


def test_a_file_that_goes_while_it_is_being_read_is_no_trouble(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [desk.plan(f"P{number}") for number in range(3)]
    real = os.open

    def open_after_all_went(*arguments: object) -> int:
        for path in paths:
            path.unlink(missing_ok=True)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", open_after_all_went)
    assert "p1" not in desk.open().by_routine_id


def test_only_so_many_values_are_remembered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chain_timer.routine.shelf.MOST_KEPT", 3)
    for number in range(6):
        desk.move(f"M{number}")
    library = desk.open()
    assert {f"M{number}" for number in range(6)} <= {exercise.name for exercise in library.exercises}
    assert len(library.by_exercise_id._kept) == 3  # type: ignore[attr-defined]
    assert MOST_KEPT > 100


@pytest.mark.parametrize("kind", ["routine", "exercise"])
def test_a_file_that_could_not_be_opened_is_tried_again(
    desk: Desk, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.plan if kind == "routine" else desk.move)("Mine")
    real = os.open

    def refuse(path: object, *arguments: object) -> int:
        if str(path).endswith("mine.toml"):
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as within:
        within.setattr(os, "open", refuse)
        assert "permission denied" in lines(desk.open())[0]
    library = desk.open()
    assert "mine" in (library.by_routine_id if kind == "routine" else library.by_exercise_id)


def test_a_file_need_not_be_called_by_its_id(desk: Desk) -> None:
    path = put(desk.folder, "routines/My One.toml", PLAN.format(name="One", used='"pullup"'))
    library = desk.open()
    assert library.own_routine_path("my-one") == path
    assert library.own_routine_path("my-one") is not None
    assert library.own_routine_path("desk-break") is None


def test_left_overs_of_sync_tools_are_no_files_of_ours(desk: Desk) -> None:
    desk.plan("Mine")
    put(desk.folder, "routines/mine.sync-conflict-20240101-120000-ABC.toml", "not even TOML")
    library = desk.open()
    assert library.problems == ()
    assert "Mine" in names(library)


# --- one file --------------------------------------------------------------------------------------------


def test_a_routine_is_found_right_after_it_was_written(desk: Desk) -> None:
    library = desk.open()
    path = desk.plan("Mine", "pullup")
    taken = library.with_file(path)
    assert taken.routine("mine").name == "Mine"
    assert "mine" not in library.by_routine_id
    path.unlink()
    assert "mine" not in taken.with_file(path).by_routine_id


def test_an_exercise_that_was_written_is_taken_with_the_routines_that_name_it(desk: Desk) -> None:
    desk.plan("Mine", "bend")
    library = desk.open()
    taken = library.with_file(desk.move("Bend"))
    assert taken.problems == ()
    assert taken.routine("mine").exercises[0].name == "Bend"


def test_a_file_elsewhere_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    library = desk.open()
    assert library.with_file(put(tmp_path, "elsewhere/x.toml", PLAN)) is library


# --- a catalog that is no good ---------------------------------------------------------------------------


def test_a_few_files_are_worth_no_catalog(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "_WORTH_KEEPING", 50)
    desk.plan("Mine")
    desk.open()
    assert not desk.kept.path.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b'"r"', b'"q"'),
        lambda data: data.replace(b"glutes", b"gluten"),
        lambda data: data.replace(b'"mine"', b"17", 1),
        lambda data: data.replace(b"true", b"1"),
        lambda data: data + b"\n" + b"[" * 100_000,
        lambda data: data + b"\n[1e999]",
        lambda _data: b"\x80\x04\x95pickle",
        lambda data: data.replace(b'catalog",1', b'catalog",0'),
        lambda data: data.replace(b"0.1.0", b"0.0.9"),
    ],
)
def test_a_catalog_that_is_no_good_is_made_anew(desk: Desk, spoil: Callable[[bytes], bytes]) -> None:
    desk.move("Bend")
    desk.plan("Mine", "bend")
    good = desk.open()
    data = desk.kept.path.read_bytes()
    desk.kept.path.write_bytes(spoil(data))
    again = desk.open()
    assert (again.routine_sketches, again.problems) == (good.routine_sketches, ())
    assert desk.kept.path.read_bytes().splitlines()[0] == data.splitlines()[0]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["bend"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)


@pytest.mark.slow
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_a_catalog_says_the_library_comes(desk: Desk, data: st.DataObject) -> None:
    desk.kept.path.unlink(missing_ok=True)
    desk.move("Bend")
    desk.plan("Mine", "bend")
    desk.open()
    entries = [json.loads(line) for line in desk.kept.path.read_bytes().splitlines()]
    entry = data.draw(st.sampled_from(entries[1:]))
    place = data.draw(st.integers(0, len(entry) - 1))
    inner = entry[place]
    if isinstance(inner, list) and inner and data.draw(st.booleans()):
        inner[data.draw(st.integers(0, len(inner) - 1))] = data.draw(json_values)
    else:
        entry[place] = data.draw(json_values)
    desk.kept.path.write_bytes("\n".join(json.dumps(each) for each in entries).encode())
    library = desk.open()
    assert library.exercise("bend").steps
    assert set(library.by_routine_id) >= {"desk-break"}
    assert all(isinstance(sketch.name, str) for sketch in library.routine_sketches)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(junk=st.binary(max_size=300))
def test_bytes_that_are_no_catalog_are_no_trouble(
    junk: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("junk")
    path = put(folder, "library.jsonl", "")
    path.write_bytes(junk)
    built_in = Library.built_in()
    assert not len(
        CatalogFile(path, lambda: 0).load(folder, built_in.names, built_in.by_exercise_id, _NoHurry())
    )


class _NoHurry:
    def breathe(self) -> None: ...

    def tell(self, _reading: Reading) -> None: ...

    def foremost(self, _library: Library) -> None: ...


def test_a_catalog_that_cannot_be_written_costs_only_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(catalog_file, "write_bytes_atomic", full)
    desk.plan("Mine")
    assert "Mine" in names(desk.open())
    assert not desk.kept.path.exists()


def test_a_folder_in_place_of_the_catalog_is_no_trouble(desk: Desk) -> None:
    desk.kept.path.mkdir(parents=True)
    desk.plan("Mine")
    assert "Mine" in names(desk.open())


def test_a_catalog_of_another_folder_is_not_taken(desk: Desk, tmp_path: Path, library: Library) -> None:
    path = desk.plan("Mine")
    desk.open()
    other = put(
        tmp_path, "other/routines/mine.toml", path.read_text(encoding="utf-8").replace("Mine", "Mint")
    )
    stamp = path.stat()
    os.utime(other, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert "Mint" in names(library.with_own(tmp_path / "other", desk.kept))


# --- at size ---------------------------------------------------------------------------------------------


def test_many_broken_files_are_told_within_bounds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "_MOST_TOLD", 30)
    wrong = "".join(f"wrong{number} = 1\n" for number in range(60))
    for number in range(5):
        put(desk.folder, f"routines/b{number}.toml", wrong)
    for library in (desk.open(), desk.open()):
        told = lines(library)
        assert len(told) == 31
        assert f"and {62 - MOST_PROBLEMS:,} more; chain-timer check tells all" in told[MOST_PROBLEMS]
        assert told[-1] == f"and {5 * (MOST_PROBLEMS + 1) - 30:,} more problems in your files"


@pytest.mark.slow
def test_a_long_reading_tells_how_far_it_is_and_what_there_is_so_far(desk: Desk) -> None:
    for number in range(250):
        desk.plan(f"P{number}")
    told: list[tuple[bool, int, int, int]] = []

    class Pace(_NoHurry):
        def tell(self, reading: Reading) -> None:
            known = len(reading.so_far().by_routine_id)
            told.append((reading.routines, reading.done, reading.whole, known))

    built_in = len(desk._built_in.by_routine_id)
    desk._built_in.with_own(desk.folder, desk.kept, Pace())
    assert told == [(True, done, 250, built_in + done) for done in (0, 100, 200)]


class _Foremost(_NoHurry):
    """Takes note of what is shown first, and what is known by then."""

    def __init__(self) -> None:
        self.shown: list[Library] = []

    def foremost(self, library: Library) -> None:
        self.shown.append(library)


def test_what_a_person_sees_first_is_told_before_anything_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_file, "_FOREMOST", 2)
    desk.move("Wave")
    for name in ("Cat", "Ant", "Bee"):
        desk.plan(name, "wave")
    first, later = _Foremost(), _Foremost()
    desk._built_in.with_own(desk.folder, desk.kept, first)
    assert first.shown == []
    whole = desk._built_in.with_own(desk.folder, desk.kept, later)
    (shown,) = later.shown
    built_in = names(desk._built_in)
    assert names(shown) - built_in == {"Ant", "Bee"}
    assert names(whole) - built_in == {"Ant", "Bee", "Cat"}
    assert shown.routine("ant").exercises[0].steps == whole.exercise("wave").steps != ()


@pytest.mark.parametrize("junk", ["", "junk", '["chain-timer catalog"]\n[1]'])
def test_what_is_shown_first_may_be_damaged_or_gone(desk: Desk, junk: str) -> None:
    desk.plan("Mine")
    desk.open()
    path = desk.kept.path.with_name("library-first.jsonl")
    assert path.exists()
    path.write_text(junk)
    pace = _Foremost()
    assert "Mine" in names(desk._built_in.with_own(desk.folder, desk.kept, pace))
    path.unlink()
    assert "Mine" in names(desk._built_in.with_own(desk.folder, desk.kept, pace))
    assert pace.shown == []


def test_the_names_of_all_exercises_are_looked_through_once_for_all_routines(library: Library) -> None:
    times = 0

    class Counted(dict[str, Exercise]):
        def values(self) -> Any:
            nonlocal times
            times += 1
            return super().values()

    finder = Finder(Counted(library.by_exercise_id))
    for _ in range(5):
        routine = routine_from('name = "X"\nexercises = ["PULLUP", "pullup"]', "x", finder, library.names)
        assert [item.exercise.id for item in routine.items] == ["pullup", "pullup"]
    assert times == 1
