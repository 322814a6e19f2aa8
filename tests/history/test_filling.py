"""The one routine that would best give the posterior chain what it is missing."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from chain_timer.history import filling as module
from chain_timer.history.dose import MuscleDose, doses, missing
from chain_timer.history.filling import MOST_READ, Filling, filling
from chain_timer.history.kept import Work
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Tempo
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.session.clock import Moment
from chain_timer.session.record import PastExercise
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases

LIBRARY = Library.built_in()
PHRASES = load_phrases()
TODAY = date(1970, 1, 20)
CHAIN = tuple(muscle for muscle, known in LIBRARY.names.muscles.items() if known.chain)
DAY_MS = 24 * 60 * 60 * 1000


def lacking(*muscles: str) -> tuple[MuscleDose, ...]:
    """What was done where these of the chain are missing and all others are served."""
    rest = tuple(muscle for muscle in CHAIN if muscle not in muscles)
    exercise = PastExercise("all", "All", rest)
    works = [Work(str(day), Moment(day * DAY_MS), exercise, 60_000, 1, 0, 60_000, 1) for day in (15, 18)]
    found = doses(works, TODAY, LIBRARY.names)
    assert {dose.muscle for dose in missing(found, LIBRARY.names)} == set(muscles)
    return found


def duration_ms(routine: Routine, options: Options) -> int:
    return compile_routine(routine, options, PHRASES, estimated_lengths()).duration_ms


def fill(
    *muscles: str, library: Library = LIBRARY, options: Options | None = None, length: Any = duration_ms
) -> Filling | None:
    return filling(library, lacking(*muscles), lambda _: options or Options(), length)


def stretch(name: str, *muscles: str, seconds: int = 60, sided: bool = False, **facts: Any) -> Exercise:
    return Exercise(name.lower(), name, (), Hold(seconds * 1000), sided, muscles=muscles, **facts)


def item_of(exercise: Exercise, sets: int = 1) -> Item:
    return Item(exercise, exercise.work, (Side.RIGHT, Side.LEFT) if exercise.sided else (), sets)


def routine_of(name: str, *items: Item | Exercise, rounds: int = 1) -> Routine:
    made = tuple(each if isinstance(each, Item) else item_of(each) for each in items)
    return Routine(name.lower(), name, (Circuit(made, rounds),))


def library_of(*routines: Routine) -> Library:
    return Library(LIBRARY.names, (), {}, {routine.id: routine for routine in routines})


def lengths(**minutes: int) -> Callable[[Routine, Options], int]:
    return lambda routine, _options: minutes.get(routine.id, 5) * 60_000


def test_nothing_is_recommended_where_nothing_is_missing() -> None:
    assert fill() is None


def test_a_muscle_outside_the_chain_is_no_gap() -> None:
    found = lacking()
    assert any(dose.muscle == "quadriceps" and not dose.is_served for dose in found)
    assert filling(LIBRARY, found, lambda _: Options(), duration_ms) is None


def test_nothing_is_recommended_where_no_routine_can_help() -> None:
    assert fill("trapezius") is None
    assert fill("calves", library=library_of()) is None
    assert fill("calves", library=library_of(Routine("empty", "Empty", ()))) is None


def test_hamstrings_and_calves_are_served_by_the_routine_made_for_them() -> None:
    found = fill("hamstrings", "calves")
    assert found is not None
    assert (found.routine_id, found.muscles, found.serves) == (
        "hamstrings-and-calves",
        ("hamstrings", "calves"),
        True,
    )
    assert found.reason == (
        f"Hamstrings and calves would serve hamstrings and calves, in {found.minutes} minutes"
    )
    assert found.equipment == ("mat",)


def test_glutes_alone_are_served_at_the_desk() -> None:
    found = fill("glutes")
    assert found is not None
    assert found.routine_id == "desk-break"


def test_the_back_is_served_by_strength() -> None:
    found = fill("lats", "rhomboids", "rear-shoulders", "erector-spinae")
    assert found is not None
    assert (found.routine_id, found.serves) == ("posterior-chain-strength", True)


def test_what_is_recommended_serves_what_it_says_when_it_is_done() -> None:
    found = fill(*CHAIN)
    assert found is not None
    works = module._works(LIBRARY.routine(found.routine_id), Options())
    reached = {dose.muscle for dose in doses(works, date(1970, 1, 1), LIBRARY.names) if dose.days}
    assert set(found.muscles) == reached & set(CHAIN)


def test_more_of_the_gap_wins_over_fewer_minutes() -> None:
    both = routine_of("Both", stretch("A", "calves", "lats"))
    one = routine_of("One", stretch("B", "calves"))
    found = fill("calves", "lats", library=library_of(one, both), length=lengths(both=30, one=1))
    assert found is not None
    assert (found.routine_id, found.muscles) == ("both", ("lats", "calves"))


def test_of_equals_the_shorter_wins_and_then_the_one_with_less_equipment() -> None:
    a = routine_of("A", stretch("A1", "calves", equipment=("mat", "chair")))
    b = routine_of("B", stretch("B1", "calves", equipment=("mat",)))
    c = routine_of("C", stretch("C1", "calves"))
    library = library_of(a, b, c)
    for minutes, chosen in (({"a": 3, "b": 4, "c": 4}, "a"), ({"a": 3, "b": 3, "c": 4}, "b"), ({}, "c")):
        found = fill("calves", library=library, length=lengths(**minutes))
        assert found is not None
        assert found.routine_id == chosen


def test_one_minute_is_one_minute() -> None:
    found = fill("calves", library=library_of(routine_of("A", stretch("B", "calves"))), length=lengths(a=1))
    assert found is not None
    assert found.reason == "A would serve calves, in 1 minute"


def test_a_routine_that_reaches_the_dose_wins_over_one_that_only_names_more() -> None:
    names = routine_of("Names", stretch("A", "calves", "lats", seconds=10))
    serves = routine_of("Serves", stretch("B", "calves"))
    found = fill("calves", "lats", library=library_of(names, serves))
    assert found is not None
    assert found.routine_id == "serves"


def test_where_none_reaches_the_dose_the_one_that_works_most_is_told_as_such() -> None:
    one = routine_of("One", stretch("A", "calves", seconds=20))
    both = routine_of("Both", stretch("B", "calves", "lats", seconds=10))
    found = fill("calves", "lats", library=library_of(one, both), length=lengths(both=2))
    assert found is not None
    assert (found.routine_id, found.serves) == ("both", False)
    assert found.reason == (
        "Both would work lats and calves, in 2 minutes; longer holds or more rounds would serve them"
    )


def test_thirty_seconds_a_side_serve_nobody_and_two_sets_of_them_do() -> None:
    short = stretch("A", "calves", seconds=30, sided=True)
    once, twice = routine_of("Once", short), routine_of("Twice", item_of(short, sets=2))
    found = fill("calves", library=library_of(once, twice))
    assert found is not None
    assert (found.routine_id, found.serves) == ("twice", True)


def test_one_leg_alone_is_not_served() -> None:
    leg = stretch("A", "calves", sided=True)
    found = fill("calves", library=library_of(routine_of("Left", Item(leg, leg.work, (Side.LEFT,)))))
    assert found is not None
    assert not found.serves


def test_rounds_of_reps_are_sets() -> None:
    lift = Exercise("lift", "Lift", (), Reps(8, Tempo(1_000, 0, 1_000)), muscles=("lats",))
    found = fill("lats", library=library_of(routine_of("Lift", lift, rounds=2)))
    assert found is not None
    assert found.serves


def test_the_holds_a_person_chose_are_what_is_reckoned_with() -> None:
    library = library_of(routine_of("A", stretch("B", "calves", seconds=30)))
    short, long = (fill("calves", library=library, options=options) for options in (None, Options(60_000)))
    assert short is not None
    assert long is not None
    assert (short.serves, long.serves) == (False, True)


def test_a_name_from_outside_is_plain_text() -> None:
    wild = Routine("wild", "\x1b[2J\u202e" + "W" * 5_000, routine_of("A", stretch("B", "calves")).circuits)
    found = fill("calves", library=library_of(wild), length=lengths(wild=1))
    assert found is not None
    assert found.reason.isprintable()
    assert len(found.reason) < 200


@pytest.fixture
def full_library(tmp_path: Path) -> Library:
    """A library with many routines of a person's own, none of which has been read again."""
    folder = tmp_path / "routines"
    folder.mkdir()
    own = 'name = "Own {0}"\nexercises = [\n  { exercise = "downward-facing-dog", hold = "60s" },\n]\n'
    for number in range(60):
        (folder / f"own-{number}.toml").write_text(own.replace("{0}", str(number)), encoding="utf-8")
    return LIBRARY.with_own(tmp_path)


def test_only_a_few_files_are_read_for_it(full_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    shelf: Any = full_library.by_routine_id
    whole = shelf._read

    def counted(path: Path) -> Routine | None:
        read.append(path.name)
        return cast("Routine | None", whole(path))

    monkeypatch.setattr(shelf, "_read", counted)
    unread = [sketch.id for sketch in full_library.routine_sketches if full_library.is_unread(sketch.id)]
    assert len(unread) == 60
    found = fill("hamstrings", "calves", library=full_library)
    assert found is not None
    assert found.serves
    assert 0 < len(read) <= MOST_READ


def test_a_file_that_was_broken_since_is_passed_over(full_library: Library, tmp_path: Path) -> None:
    for path in (tmp_path / "routines").iterdir():
        path.write_text("name = ", encoding="utf-8")
    found = fill("hamstrings", "calves", library=full_library)
    assert found is not None
    assert found.routine_id == "hamstrings-and-calves"


def test_a_routine_of_endless_rounds_is_reckoned_in_no_time() -> None:
    endless = routine_of("Endless", item_of(stretch("A", "calves"), sets=1_000), rounds=1_000_000)
    assert sum(work.sets for work in module._works(endless, Options())) == module._MOST_SLOTS


def test_the_day_of_the_gap_does_not_matter() -> None:
    found = doses([], TODAY + timedelta(days=20_000), LIBRARY.names)
    assert filling(LIBRARY, found, lambda _: Options(), duration_ms) is not None


def test_many_that_name_the_gap_do_not_hide_the_one_that_serves_it() -> None:
    crowd = (routine_of(f"Crowd {number}", stretch("C", "calves", seconds=5)) for number in range(30))
    found = fill("calves", library=library_of(*crowd, routine_of("Serves", stretch("A", "calves"))))
    assert found is not None
    assert found.serves
