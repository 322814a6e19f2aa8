"""Lengths and counts, the way a person says them."""

import pytest

from chain_timer.history.words import counted, listed, spelled


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "0 s"),
        (1, "1 s"),
        (45_000, "45 s"),
        (59_999, "1 min"),
        (60_000, "1 min"),
        (270_000, "4 min 30 s"),
        (3_600_000, "1 h"),
        (7_530_000, "2 h 5 min"),
        (3_600_000_000, "1,000 h"),
    ],
)
def test_a_length_is_said_in_its_largest_units(ms: int, said: str) -> None:
    assert spelled(ms) == said


def test_one_is_not_many() -> None:
    assert (counted(1, "set"), counted(0, "set"), counted(1_200, "set")) == ("1 set", "0 sets", "1,200 sets")


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["Calves"], "calves"), (["Lower back", "Lats"], "lower back and lats")],
)
def test_names_are_joined_for_the_middle_of_a_sentence(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_of_three_names_the_last_has_an_and() -> None:
    assert listed(["Glutes", "Hamstrings", "Calves"]) == "glutes, hamstrings and calves"
