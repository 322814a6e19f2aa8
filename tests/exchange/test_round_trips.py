"""Out and in again through the command line: what a format can hold comes back as it was."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from helpers.timer_files import spans

from chain_timer.cli.main import main
from chain_timer.routine.exercise import Hold
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Routine
from chain_timer.system.log import close_log
from chain_timer.timeline.options import Options
from chain_timer.timeline.slots import Slot, unrolled

BUILT_IN = Library.built_in()
ROUTINES = sorted(BUILT_IN.by_routine_id)
TIMED = ("just-another", "openhiit", "csv", "text")
SUFFIXES = {"bundle": ".chain-timer", "fit": ".fit", "csv": ".csv", "text": ".txt"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A person's folder, and the command line."""

    home: Path
    files: Path
    run: Callable[..., tuple[int, str]]

    def out(self, name: str, form: str) -> Path:
        path = self.files / f"{name}{SUFFIXES.get(form, '.json')}"
        assert self.run("export", name, str(path), "--as", form, "--force")[0] == 0
        return path

    def bring(self, path: Path) -> dict[str, Any]:
        code, said = self.run("import", "--json", str(path))
        assert code == 0
        (found,) = json.loads(said)
        return found

    def and_in(self, path: Path) -> Routine:
        """Give the one routine that comes of the file."""
        written = [Path(each) for each in self.bring(path)["written"]]
        (own,) = (each for each in written if each.parent.name == "routines")
        return self.library.read_routine(own)

    @property
    def library(self) -> Library:
        return BUILT_IN.with_own(self.home)

    def kept(self) -> dict[str, bytes]:
        found = (path for folder in ("routines", "exercises") for path in (self.home / folder).glob("**/*"))
        return {path.relative_to(self.home).as_posix(): path.read_bytes() for path in found if path.is_file()}


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    monkeypatch.setenv("CHAIN_TIMER_HOME", str(tmp_path / "home"))
    (tmp_path / "files").mkdir()

    def run(*arguments: str) -> tuple[int, str]:
        code = main(arguments)
        return code, capsys.readouterr().out

    yield Desk(tmp_path / "home", tmp_path / "files", run)
    close_log()


def slots(routine: Routine) -> list[Slot]:
    return list(unrolled(routine, Options()))


@pytest.mark.parametrize("name", ROUTINES)
def test_a_bundle_brings_back_the_very_same_routine(desk: Desk, name: str) -> None:
    before = BUILT_IN.by_routine_id[name]
    after = desk.and_in(desk.out(name, "bundle"))
    assert after.id != name
    assert replace(after, id=name) == before
    assert [each for each in desk.kept() if each.startswith("exercises/")] == []


@pytest.mark.parametrize("form", TIMED[:1] + TIMED[2:])
@pytest.mark.parametrize("name", ROUTINES)
def test_names_times_and_rests_come_back(desk: Desk, name: str, form: str) -> None:
    after = desk.and_in(desk.out(name, form))
    assert spans(after) == spans(BUILT_IN.by_routine_id[name])


@pytest.mark.parametrize("name", ["desk-break", "posterior-chain-stretch"])
def test_openhiit_brings_back_names_and_times(desk: Desk, name: str) -> None:
    after = desk.and_in(desk.out(name, "openhiit"))
    before = BUILT_IN.by_routine_id[name]
    assert [span[:2] for span in spans(after)] == [span[:2] for span in spans(before)]


@pytest.mark.parametrize("name", ROUTINES)
def test_fit_brings_back_exercises_sides_work_and_rests(desk: Desk, name: str) -> None:
    after = desk.and_in(desk.out(name, "fit"))

    def done(routine: Routine) -> list[tuple[object, ...]]:
        # The second side follows the first with a change of sides, and no rest.
        return [
            (slot.exercise.id, slot.side, slot.work, 0 if slot.follows_side else slot.rest_ms)
            for slot in slots(routine)
        ]

    assert done(after) == done(BUILT_IN.by_routine_id[name])


def test_a_csv_keeps_reps_as_reps(desk: Desk) -> None:
    after = desk.and_in(desk.out("posterior-chain-strength", "csv"))
    works = [slot.work for slot in slots(BUILT_IN.by_routine_id["posterior-chain-strength"])]
    assert [slot.work for slot in slots(after)] == works


def test_timers_that_know_no_reps_take_as_long(desk: Desk) -> None:
    after = desk.and_in(desk.out("posterior-chain-strength", "just-another"))
    assert all(isinstance(slot.work, Hold) for slot in slots(after))


@pytest.mark.parametrize("form", ["bundle", "fit", *TIMED])
def test_a_second_time_writes_over_nothing(desk: Desk, form: str) -> None:
    path = desk.out("desk-break", form)
    desk.bring(path)
    before = desk.kept()
    again = desk.bring(path)
    after = desk.kept()
    assert {name: after[name] for name in before} == before
    # The routine is there a second time, as a person may want it; its exercises are known again.
    assert len(after) == len(before) + 1
    assert again["exercises"] == []


@pytest.mark.parametrize("form", ["bundle", "fit", *TIMED])
def test_what_came_in_goes_out_again_the_same(desk: Desk, form: str) -> None:
    first = desk.out("desk-break", form)
    (written,) = (each for each in desk.bring(first)["written"] if "routines" in each)
    own = Path(written).stem
    second = desk.out(own, form)
    third = desk.and_in(second)
    assert spans(third) == spans(desk.library.by_routine_id[own])


@pytest.mark.parametrize("form", ["bundle", *TIMED])
def test_a_home_in_which_nothing_can_be_made_stays_as_it_is(desk: Desk, form: str) -> None:
    path = desk.out("desk-break", form)
    desk.home.mkdir(exist_ok=True)
    (desk.home / "routines").write_text("in the way", encoding="utf-8")
    code, said = desk.run("import", str(path))
    assert code == 1
    assert "Written" not in said
    assert desk.kept() == {}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_nobody_may_write_into_stays_as_it_is(desk: Desk) -> None:
    path = desk.out("desk-break", "csv")
    desk.home.mkdir(exist_ok=True)
    for folder in ("routines", "exercises"):
        (desk.home / folder).mkdir(mode=0o500)
    assert desk.run("import", str(path))[0] == 1
    assert desk.kept() == {}
