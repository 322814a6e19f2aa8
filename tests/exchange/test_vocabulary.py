"""Other programs' words for muscles, equipment and sides."""

import pytest
from helpers.incoming import known, source_of

from chain_timer.exchange.making import Maker
from chain_timer.exchange.vocabulary import Vocabulary, side_noun
from chain_timer.routine.exercise import Step

NAMES = known().names


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(NAMES)


def steps(*lines: str) -> list[Step]:
    return [Step(line, line) for line in lines]


# All that the two collections may say, by their schema and their lists.
COLLECTIONS = (
    "abdominals, abductors, abs, biceps, brachialis, calves, chest, forearms, glutes, hamstrings, lats, "
    "lower back, middle back, obliques, quadriceps, quads, serratus anterior, shoulders, soleus, traps, "
    "triceps"
)


@pytest.mark.parametrize("word", COLLECTIONS.split(", "))
def test_the_muscles_of_the_collections_are_known(vocabulary: Vocabulary, word: str) -> None:
    found = vocabulary.muscles([word])
    assert len(found) == 1
    assert found[0] in NAMES.muscles


@pytest.mark.parametrize("muscle", NAMES.muscles)
def test_our_own_ids_and_names_are_known(vocabulary: Vocabulary, muscle: str) -> None:
    assert vocabulary.muscles([muscle, NAMES.muscles[muscle].name.upper()]) == (muscle,)


@pytest.mark.parametrize("thing", NAMES.equipment)
def test_our_own_equipment_is_known(vocabulary: Vocabulary, thing: str) -> None:
    assert vocabulary.equipment([thing, NAMES.equipment[thing]]) == ((thing,), "")


@pytest.mark.parametrize(
    ("word", "thing"),
    [
        ("bands", "band"),
        ("barbell", "barbell"),
        ("cable", "cable"),
        ("dumbbell", "dumbbells"),
        ("e-z curl bar", "ez-bar"),
        ("ez curl bar", "ez-bar"),
        ("exercise ball", "exercise-ball"),
        ("foam roll", "foam-roller"),
        ("gym mat", "mat"),
        ("kettlebells", "kettlebell"),
        ("machine", "machine"),
        ("medicine ball", "medicine-ball"),
        ("Pull-up bar", "pullup-bar"),
        ("  YOGA\tMAT ", "mat"),
    ],
)
def test_the_equipment_of_the_collections_is_known(vocabulary: Vocabulary, word: str, thing: str) -> None:
    assert vocabulary.equipment([word]) == ((thing,), "")


def test_what_we_do_not_have_is_named_in_a_note(vocabulary: Vocabulary) -> None:
    assert vocabulary.equipment(["sled", "none", "tire\x1b"]) == ((), "Needs sled, tire.")
    assert vocabulary.equipment(["bench", "sled", "flat bench"]) == (("bench",), "Also sled.")


def test_each_muscle_comes_once_in_its_order(vocabulary: Vocabulary) -> None:
    assert vocabulary.muscles(["quads", "biceps", "triceps", "quadriceps"]) == ("quadriceps", "arms")


def test_a_file_of_ours_alone_tells_nothing(vocabulary: Vocabulary) -> None:
    maker = Maker(source_of({}), known())
    vocabulary.muscles(["quads"])
    vocabulary.tell(maker)
    assert maker.losses == ()


def test_strange_words_are_counted_safe_and_few(vocabulary: Vocabulary) -> None:
    maker = Maker(source_of({}), known())
    for number in range(100):
        vocabulary.muscles([f"\x1bm{number}" * 100, "jaw"])
    vocabulary.tell(maker)
    (loss,) = maker.losses
    assert '"jaw" of 100' in loss.what
    assert "\x1b" not in loss.what
    assert loss.what.count(" of ") == 20


@pytest.mark.parametrize(
    ("line", "noun"),
    [
        ("Hold, then switch sides.", "side"),
        ("Switching feet, do it again.", "foot"),
        ("Repeat with the other leg.", "leg"),
        ("Repeat for your other side.", "side"),
        ("Now CHANGE to the opposite ARM.", "arm"),
        ("Rest the other leg on the floor.", ""),
        ("Repeat. The other leg stays.", ""),
        ("Switch on the light.", ""),
        ("Switch sides while walking.", ""),
        ("With your right leg bent, switch sides.", ""),
        ("", ""),
    ],
)
def test_the_side_of_a_hold_is_what_the_text_says_to_change(line: str, noun: str) -> None:
    assert side_noun("Lean", steps("Stand.", line), is_hold=True) == noun


def test_an_exercise_that_is_called_alternating_has_no_sides() -> None:
    assert side_noun("Alternating lean", steps("Switch sides."), is_hold=True) == ""
