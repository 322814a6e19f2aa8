import pytest

from chain_timer.routine.exercise import Hold, Reps, Side, Tempo
from chain_timer.timeline.phrases import Phrases, load_phrases


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "zero"),
        (1, "one"),
        (19, "nineteen"),
        (20, "twenty"),
        (45, "forty-five"),
        (100, "one hundred"),
        (999, "nine hundred ninety-nine"),
        (1_000, "1000"),
    ],
)
def test_numbers_are_said_in_words(phrases: Phrases, count: int, words: str) -> None:
    assert phrases.number(count) == words


@pytest.mark.parametrize(
    ("length_ms", "words"),
    [
        (0, "zero seconds"),
        (999, "zero seconds"),
        (1_000, "one second"),
        (45_000, "forty-five seconds"),
        (60_000, "one minute"),
        (90_000, "one minute thirty seconds"),
        (3_661_000, "one hour one minute one second"),
    ],
)
def test_lengths_are_said_to_the_second(phrases: Phrases, length_ms: int, words: str) -> None:
    assert phrases.length(length_ms) == words


def test_work_is_said_by_what_it_is_measured_in(phrases: Phrases) -> None:
    tempo = Tempo(1_000, 0, 1_000)
    assert phrases.amount(Hold(30_000)) == "thirty seconds"
    assert phrases.amount(Reps(1, tempo)) == "one rep"
    assert phrases.amount(Reps(8, tempo, self_paced=True)) == "eight reps, at your own pace"


def test_a_side_is_said_of_its_noun(phrases: Phrases) -> None:
    assert phrases.side(Side.LEFT, "arm") == "left arm"


def test_each_sentence_begins_with_a_capital(phrases: Phrases) -> None:
    said = phrases.say("next", what="wall sit. set one of two", amount="thirty seconds")
    assert said == "Next: wall sit. Set one of two. Thirty seconds."
    assert phrases.say("switch_to", side="left leg") == "Switch sides. Left leg."


def test_what_is_filled_in_is_never_filled_in_again(phrases: Phrases) -> None:
    assert phrases.say("name", what="{amount} {0}") == "{Amount} {0}."


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(OSError, match="xx"):
        load_phrases("xx")
