"""Taking in what a file holds: all of it becomes own files, or nothing does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chain_timer.exchange.parcel import CanceledError, Known, Parcel
from chain_timer.exchange.taking import Shelves, chosen_of, take, take_back
from chain_timer.problems import ChainTimerError
from chain_timer.routine.exercise import Exercise, Hold, Step
from chain_timer.routine.library import Library
from chain_timer.routine.own_files import NotSavedError, OwnFiles
from chain_timer.routine.routine import Circuit, Item, Routine

LIBRARY = Library.built_in()
STEP = Step("Lie down.", "Lie down.")
PLANK = Exercise(
    "plank", "Plank", (STEP,), Hold(40_000), picture="plank.jpg", source="a friend", license="CC0"
)
TWIST = Exercise("twist", "Twist", (), Hold(30_000))
DOG = LIBRARY.exercise("downward-facing-dog")
EVENING = Routine(
    "evening", "Evening", (Circuit((Item(PLANK, Hold(50_000), fixed=True), Item(DOG, DOG.work))),)
)
PARCEL = Parcel((EVENING,), (PLANK, TWIST), {"plank.jpg": b"picture"})


@pytest.fixture
def shelves(tmp_path: Path) -> Shelves:
    known = Known(LIBRARY.by_exercise_id, LIBRARY.names)
    ids = tuple(LIBRARY.by_routine_id)
    return Shelves(OwnFiles(tmp_path / "routines"), OwnFiles(tmp_path / "exercises"), known, ids)


def as_it_is(data: bytes) -> tuple[bytes, str]:
    return data, ".jpg"


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def stopping_at(step: int) -> Callable[[int, int], None]:
    def progress(done: int, _whole: int) -> None:
        if done == step:
            raise CanceledError

    return progress


def test_what_is_taken_is_in_the_library_just_as_it_was(shelves: Shelves, tmp_path: Path) -> None:
    taken = take(PARCEL, shelves, as_it_is)
    assert names(tmp_path) == [
        "exercises/plank.jpg",
        "exercises/plank.toml",
        "exercises/twist.toml",
        "routines/evening.toml",
    ]
    library = LIBRARY.with_own(tmp_path)
    assert library.problems == ()
    assert library.exercise("plank") == PLANK
    assert library.routine("evening") == EVENING
    assert len(taken.paths) == 4
    assert (tmp_path / "exercises/plank.jpg").read_bytes() == b"picture"


def test_what_has_the_name_already_stays_and_the_new_one_gets_a_number(
    shelves: Shelves, tmp_path: Path
) -> None:
    take(PARCEL, shelves, as_it_is)
    take(PARCEL, shelves, as_it_is)
    library = LIBRARY.with_own(tmp_path)
    assert library.problems == ()
    second = library.routine("evening-2")
    assert [item.exercise.id for item in second.items] == ["plank-2", "downward-facing-dog"]
    assert library.exercise("plank-2").picture == "plank-2.jpg"


def test_a_routine_called_like_one_that_ships_does_not_take_its_place(
    shelves: Shelves, tmp_path: Path
) -> None:
    routine = Routine("desk-break", "Desk break", EVENING.circuits)
    take(Parcel((routine,), (PLANK,), {}), shelves, as_it_is)
    assert (tmp_path / "routines" / "desk-break-2.toml").exists()


def test_a_person_who_has_enough_keeps_nothing_of_it(shelves: Shelves, tmp_path: Path) -> None:
    for step in range(4):
        with pytest.raises(CanceledError):
            take(PARCEL, shelves, as_it_is, stopping_at(step))
        assert names(tmp_path) == []


def test_a_disk_that_is_full_keeps_nothing_of_it(
    shelves: Shelves, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chain_timer.exchange.taking.write_bytes_atomic", full)
    with pytest.raises(NotSavedError, match="no space"):
        take(PARCEL, shelves, as_it_is)
    assert names(tmp_path) == []


def test_a_picture_that_cannot_be_used_costs_the_picture(shelves: Shelves, tmp_path: Path) -> None:
    def refuse(_data: bytes) -> tuple[bytes, str]:
        raise ChainTimerError("it is no picture")

    taken = take(PARCEL, shelves, refuse)
    assert [str(loss) for loss in taken.losses] == ["Plank: its picture cannot be used: it is no picture"]
    assert LIBRARY.with_own(tmp_path).exercise("plank").picture == ""


def test_what_was_taken_can_be_taken_back(shelves: Shelves, tmp_path: Path) -> None:
    take_back(take(PARCEL, shelves, as_it_is))
    assert names(tmp_path) == []


def test_progress_tells_every_piece(shelves: Shelves) -> None:
    told: list[tuple[int, int]] = []
    take(PARCEL, shelves, as_it_is, lambda done, whole: told.append((done, whole)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_what_a_chosen_routine_needs_comes_along() -> None:
    chosen = chosen_of(PARCEL, {"evening"}, set())
    assert [exercise.id for exercise in chosen.exercises] == ["plank"]
    assert list(chosen.pictures) == ["plank.jpg"]
    assert chosen_of(PARCEL, set(), {"twist"}) == Parcel((), (TWIST,), {})
