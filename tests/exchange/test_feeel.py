"""Routines of Feeel: exercises by number, and breaks that come before them."""

import json
from typing import Any

import pytest
from helpers.incoming import assert_sound, damaged, known, source_of, told
from helpers.zips import zipped
from hypothesis import given, settings

from chain_timer.exchange.feeel import read, recognizes
from chain_timer.exchange.parcel import CanceledError, Parcel, no_progress
from chain_timer.exchange.source import Source
from chain_timer.exchange.wger_numbers import WGER_NAMES
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Hold
from chain_timer.timeline.options import Options
from chain_timer.timeline.slots import unrolled


def entry(place: object, exercise: object, **changes: Any) -> dict[str, Any]:
    values = {"workoutId": 4, "orderPosition": place, "exercise": exercise}
    return {**values, "exerciseDuration": None, "breakDuration": None, **changes}


def document(*entries: object, **changes: Any) -> dict[str, Any]:
    workout = {
        "id": 4,
        "type": 1,
        "title": "Before work",
        "translationJson": None,
        "category": 0,
        "countdownDuration": 5,
        "exerciseDuration": 30,
        "breakDuration": 10,
        "cachedLastUse": None,
        **changes,
    }
    return {
        "feeelMetadataVersion": 300,
        "exerciseDbImport": "2023-02-17T20:00:00.000",
        "fullWorkout": {"workout": workout, "workoutExercises": list(entries)},
    }


def brought_in(*entries: object, **changes: Any) -> Parcel:
    return read(source_of(document(*entries, **changes), "Before_work_4.feeel"), known(), no_progress)


def planned(parcel: Parcel) -> list[tuple[str, int, int]]:
    """Each piece of work: its name, its length, and the rest before it."""
    slots = unrolled(parcel.routines[0], Options())
    return [(slot.exercise.name, slot.work.length_ms, slot.rest_ms) for slot in slots]


def test_a_routine_has_its_lengths_and_the_break_before_each_exercise() -> None:
    parcel = brought_in(
        entry(0, 320),
        entry(1, 718, exerciseDuration=45),
        entry(2, 996, breakDuration=0),
        entry(3, 1002, breakDuration=25),
    )
    assert planned(parcel) == [
        ("Jumping jacks", 30_000, 0),
        ("Wall sit", 45_000, 10_000),
        ("Mountain climbers", 30_000, 0),
        ("Child's pose", 30_000, 25_000),
    ]
    assert (parcel.routines[0].name, told(parcel)) == ("Before work", [])


def test_a_break_before_the_first_exercise_is_none() -> None:
    assert planned(brought_in(entry(0, 320, breakDuration=60))) == [("Jumping jacks", 30_000, 0)]


def test_exercises_come_in_the_order_that_they_say() -> None:
    parcel = brought_in(entry(2, 320), entry(0, 718), entry(1, 996))
    assert [name for name, _, _ in planned(parcel)] == ["Wall sit", "Mountain climbers", "Jumping jacks"]


def test_an_exercise_that_we_have_is_ours() -> None:
    parcel = brought_in(entry(0, 475))
    item = parcel.routines[0].items[0]
    assert (item.exercise, item.work, parcel.exercises) == (known().exercises["pullup"], Hold(30_000), ())


def test_an_exercise_of_no_name_keeps_its_number() -> None:
    parcel = brought_in(entry(0, 345), entry(1, 345))
    assert [(each.name, each.source) for each in parcel.exercises] == [
        ("wger exercise 345", "Feeel, wger exercise 345")
    ]
    assert told(parcel) == [
        "fullWorkout, exercise 1: Feeel tells only its number; it is called wger exercise 345"
    ]


def test_the_sides_of_an_exercise_are_told_apart() -> None:
    assert [name for name, _, _ in planned(brought_in(entry(0, 580), entry(1, 1019)))] == [
        "Side plank, left",
        "Side plank, right",
    ]


def test_every_name_we_know_makes_an_id_of_its_own() -> None:
    parcel = brought_in(*(entry(place, number) for place, number in enumerate(WGER_NAMES)))
    assert_sound(parcel)
    assert len({each.name for each in parcel.routines[0].exercises}) == len(set(WGER_NAMES.values()))


def test_a_countdown_of_its_own_is_told() -> None:
    assert told(brought_in(entry(0, 320), countdownDuration=12)) == [
        (
            "fullWorkout, workout, countdownDuration: a routine has no time to get ready of its own, "
            "here 12s; set it for all in the settings"
        )
    ]


def test_damaged_entries_cost_themselves() -> None:
    parcel = brought_in(
        entry(0, 320), 7, entry(2, None), entry(3, "x"), entry(4, 1.5), entry(5, 718, exerciseDuration=[])
    )
    assert planned(parcel) == [("Jumping jacks", 30_000, 0), ("Wall sit", 30_000, 10_000)]
    assert told(parcel) == [
        "fullWorkout, exercise 2: 7 is no object; it was left out",
        "fullWorkout, exercise 3: it names no exercise; it was left out",
        'fullWorkout, exercise 4, exercise: "x" is not a number; 0 was taken',
        "fullWorkout, exercise 4: it names no exercise; it was left out",
        "fullWorkout, exercise 5: it names no exercise; it was left out",
        "fullWorkout, exercise 6, exerciseDuration: a list is not a number; 30 was taken",
    ]


def test_lengths_that_cannot_be_are_bounded() -> None:
    parcel = brought_in(
        entry(0, 320, exerciseDuration=0), entry(1, 718, exerciseDuration=9_999, breakDuration=-4)
    )
    assert planned(parcel) == [("Jumping jacks", 1_000, 0), ("Wall sit", 3_600_000, 0)]


def test_what_feeel_takes_where_nothing_is_said_is_taken() -> None:
    whole = document(entry(0, 320), entry(1, 718))
    del whole["fullWorkout"]["workout"]
    parcel = read(source_of(whole, "Morning.feeel"), known(), no_progress)
    assert planned(parcel) == [("Jumping jacks", 30_000, 0), ("Wall sit", 30_000, 10_000)]
    assert parcel.routines[0].name == "Morning"


@pytest.mark.parametrize("tried", [[], {}, {"fullWorkout": 5}, document(), document(None, 3), "x"])
def test_a_file_with_nothing_in_it_is_refused(tried: object) -> None:
    with pytest.raises(FileProblemsError):
        read(source_of(tried), known(), no_progress)


def test_a_routine_that_is_too_large_is_not_taken_in_part_without_a_word() -> None:
    parcel = brought_in(*[{"exercise": 320}] * 10_001)
    assert len(parcel.routines[0].items) == 10_000
    assert told(parcel) == ["fullWorkout, workoutExercises: it has 10,001 entries; 10,000 were taken"]


def packed(**files: str) -> Source:
    return Source(zipped({name.replace("__", "."): text for name, text in files.items()}), "Feeel.zip")


def test_an_archive_holds_many() -> None:
    first, second = (json.dumps(document(entry(0, 320), title=title)) for title in ("One", ""))
    source = packed(
        one__feeel=first,
        two__feeel=second,
        note__txt="x",
        bad__feeel="[NaN]",
        odd__feeel="[]",
        no__feeel="{}",
    )
    assert recognizes(source)
    parcel = read(source, known(), no_progress)
    assert [each.name for each in parcel.routines] == ["One", "two"]
    assert told(parcel) == [
        "bad.feeel: not valid JSON: NaN is no number; it was left out",
        "odd.feeel: a list is no object; it was left out",
        "no.feeel: it has no fullWorkout; share the routine from Feeel once more",
    ]


def test_other_archives_are_not_mistaken_for_it() -> None:
    assert not recognizes(packed(note__txt="x"))
    with pytest.raises(FileProblemsError):
        read(packed(note__txt="x"), known(), no_progress)


def test_an_archive_of_more_than_can_be_taken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chain_timer.exchange.making._MOST_ITEMS", 1)
    text = json.dumps(document(entry(0, 320)))
    parcel = read(packed(a__feeel=text, b__feeel=text, c__feeel=text), known(), no_progress)
    assert len(parcel.routines) == 1
    assert told(parcel) == [
        "b.feeel: there is more than can be taken; this and all that follows was left out"
    ]


def test_it_is_known_by_its_first_keys() -> None:
    assert recognizes(source_of(document()))
    assert not any(recognizes(source_of(tried)) for tried in ([document()], {}, {"fullWorkout": []}, 5))


def test_a_person_who_had_enough_is_obeyed() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        read(source_of(document(entry(0, 320))), known(), enough)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(damaged(document(entry(0, 320), entry(1, 475, exerciseDuration=20), entry(2, 5, breakDuration=3))))
def test_damaged_files_make_sound_routines_or_are_refused(tried: object) -> None:
    source = source_of(tried)
    assert recognizes(source) in {True, False}
    try:
        parcel = read(source, known(), no_progress)
    except FileProblemsError:
        return
    assert_sound(parcel)
