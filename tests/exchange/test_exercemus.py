"""Exercises of exercemus: each with its own license."""

from typing import Any

import pytest
from helpers.incoming import assert_sound, damaged, known, source_of, told
from hypothesis import given, settings

from chain_timer.exchange.exercemus import read, recognizes
from chain_timer.exchange.parcel import CanceledError, Parcel, no_progress
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Hold, Reps, Step, Tempo
from chain_timer.routine.exercise_reader import USUAL_TEMPO

CC = {
    "full_name": "Creative Commons Attribution Share Alike 4",
    "short_name": "CC-BY-SA 4",
    "url": "https://creativecommons.org/licenses/by-sa/4.0/deed.en",
}


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "category": "strength",
        "name": "Bent row",
        "instructions": ["Bend at the hips.", "Pull the bar to your belly."],
        "equipment": ["barbell", "none"],
        "primary_muscles": ["middle back"],
        "secondary_muscles": ["biceps"],
        "license": CC,
        "license_author": "a person",
        **changes,
    }


def document(*entries: object, **changes: Any) -> dict[str, Any]:
    lists = {"categories": ["strength"], "equipment": [], "muscles": [], "muscle_groups": {}}
    return {**lists, "exercises": list(entries), **changes}


def brought_in(*entries: object) -> Parcel:
    return read(source_of(document(*entries)), known(), no_progress)


def one(**changes: Any) -> Exercise:
    return brought_in(entry(**changes)).exercises[0]


def test_an_exercise_keeps_its_texts_and_its_license() -> None:
    pull = "Pull the bar to your belly."
    parcel = brought_in(entry(description="A row for the upper back.", tips=["Back flat."], tempo="3-1-2-0"))
    assert told(parcel) == []
    assert parcel.exercises == (
        Exercise(
            id="bent-row",
            name="Bent row",
            steps=(Step("Bend at the hips.", "Bend at the hips."), Step(pull, pull)),
            work=Reps(8, Tempo(3_000, 1_000, 2_000)),
            muscles=("rhomboids",),
            also=("arms",),
            equipment=("barbell",),
            key_cue="Back flat.",
            summary="A row for the upper back.",
            source="exercemus",
            license="CC-BY-SA 4, by a person, https://creativecommons.org/licenses/by-sa/4.0/deed.en",
        ),
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"license_author": None}, "CC-BY-SA 4, https://creativecommons.org/licenses/by-sa/4.0/deed.en"),
        ({"license": {"full_name": "Public domain"}}, "Public domain, by a person"),
        ({"license": None}, "by a person"),
        ({"license": None, "license_author": None}, ""),
    ],
)
def test_the_license_is_one_line_of_what_there_is(changes: dict[str, Any], line: str) -> None:
    assert one(**changes).license == line


def test_no_text_of_a_license_can_do_any_harm() -> None:
    line = one(license={"short_name": "CC\x1b[2J\n0"}, license_author="\u202e" + "a" * 400).license
    assert line == "CC[2J 0, by " + "a" * 287 + "…"


def test_exercises_of_no_license_are_told_once() -> None:
    parcel = brought_in(entry(license=None), entry(name="Other", license=None), entry(name="Third"))
    assert told(parcel) == [
        "license: 2 exercises name no license of their own; see exercemus before you pass them on"
    ]


def test_where_there_are_no_instructions_the_description_is_the_step() -> None:
    exercise = one(instructions=[], description="Hang from the bar. Pull.")
    assert [step.right for step in exercise.steps] == ["Hang from the bar. Pull."]
    assert exercise.summary == "Strength"


@pytest.mark.parametrize("category", ["stretching", "cardio"])
def test_what_is_done_for_a_time_is_a_hold(category: str) -> None:
    assert one(category=category).work == Hold(30_000)


@pytest.mark.parametrize(
    ("tempo", "taken", "message"),
    [
        ("3-1-1", Tempo(3_000, 1_000, 1_000), []),
        ("2-0-2-0", Tempo(2_000, 0, 2_000), []),
        ("3-1-1-2", Tempo(3_000, 1_000, 1_000), ["a rep has no pause at its end; it was left out"]),
        ("slow", USUAL_TEMPO, ['"slow" is no tempo like 3-1-1-0; our usual one was taken']),
        ("0-0-0-0", USUAL_TEMPO, ["a rep must take 0.5s to 1m; our usual tempo was taken"]),
        ("99-99-99-0", USUAL_TEMPO, ["a rep must take 0.5s to 1m; our usual tempo was taken"]),
    ],
)
def test_the_tempo_is_down_bottom_up_top(tempo: str, taken: Tempo, message: list[str]) -> None:
    parcel = brought_in(entry(tempo=tempo))
    assert parcel.exercises[0].work == Reps(8, taken)
    assert [loss.partition(": ")[2] for loss in told(parcel)] == message


def test_what_has_no_place_with_us_is_told_once_for_all() -> None:
    more = {"video": "https://example.org/v", "aliases": ["Row"], "variation_on": ["row"], "images": ["a"]}
    parcel = brought_in(entry(**more), entry(name="Other", **more))
    assert sorted(told(parcel)) == [
        "2 exercises have a link to a video; that was left out",
        "2 exercises have a note of what they are variations on; that was left out",
        "2 exercises have links to pictures; that was left out",
        "2 exercises have other names; that was left out",
    ]


def test_of_many_tips_the_first_is_taken() -> None:
    parcel = brought_in(entry(tips=["Back flat.", "Slowly."]))
    assert parcel.exercises[0].key_cue == "Back flat."
    assert told(parcel) == ["exercise 1, tip 2: an exercise has one tip; it was left out"]


def test_equipment_that_we_do_not_have_is_noted() -> None:
    exercise = one(equipment=["bench", "incline bench", "other"])
    assert exercise.equipment == ("bench",)
    assert exercise.equipment_note == "Also incline bench, other equipment, as the steps say."


def test_exercises_that_wait_to_be_merged_are_told() -> None:
    source = source_of(document(entry(), exercises_to_merge=[{"name": "Row"}, {"name": "Rows"}]))
    assert told(read(source, known(), no_progress)) == [
        "exercises_to_merge: 2 exercises are still to be merged with others; they were left out"
    ]


def test_what_is_no_exercise_costs_no_other() -> None:
    parcel = brought_in(entry(), "x", entry(name=7), entry(name="Next", license="MIT"))
    assert [each.name for each in parcel.exercises] == ["Bent row", "Next"]
    assert told(parcel) == [
        'exercise 2: "x" is no object; it was left out',
        "exercise 3, name: 7 is not text; it was left out",
        "exercise 3: it has no name; it was left out",
        'exercise 4, license: "MIT" is no object; it was left out',
    ]


@pytest.mark.parametrize("tried", [[], {}, {"exercises": 5}, {"exercises": []}, {"exercises": [None, {}]}, 4])
def test_a_file_with_nothing_in_it_is_refused(tried: object) -> None:
    with pytest.raises(FileProblemsError):
        read(source_of(tried), known(), no_progress)


def test_it_is_known_by_the_keys_of_its_exercises() -> None:
    assert recognizes(source_of(document(None, entry())))


@pytest.mark.parametrize("tried", [[entry()], {}, {"exercises": {}}, {"exercises": [{"name": "a"}]}, None])
def test_other_files_are_not_mistaken_for_it(tried: object) -> None:
    assert not recognizes(source_of(tried))


def test_a_person_who_had_enough_is_obeyed() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        read(source_of(document(entry())), known(), enough)


WHOLE = document(
    entry(description="A row.", tips=["Flat.", "Slow."], tempo="3-1-1-0", video="v", aliases=["a"]),
    entry(name="Lean", category="stretching", instructions=["Hold, and switch sides."], license=None),
    exercises_to_merge=[{}],
)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(damaged(WHOLE))
def test_damaged_files_make_sound_exercises_or_are_refused(tried: object) -> None:
    source = source_of(tried)
    assert recognizes(source) in {True, False}
    try:
        parcel = read(source, known(), no_progress)
    except FileProblemsError:
        return
    assert_sound(parcel)
