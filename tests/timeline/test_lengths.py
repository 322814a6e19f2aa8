import pytest

from chain_timer.timeline.lengths import estimated_lengths

# Milliseconds that espeak-ng took, silence at both ends cut off, by words a minute.
MEASURED = {
    80: {
        "Hold.": 979,
        "Halfway.": 1_105,
        "Switch sides. Left leg.": 3_833,
        "Next: Standing hamstring stretch, right leg. Thirty seconds.": 8_903,
        "Lean forward until you feel a stretch in your right glute.": 5_668,
        "Well done. Three exercises in six minutes.": 5_867,
    },
    120: {
        "Hold.": 696,
        "Halfway.": 777,
        "Switch sides. Left leg.": 2_715,
        "Next: Standing hamstring stretch, right leg. Thirty seconds.": 6_248,
        "Lean forward until you feel a stretch in your right glute.": 4_056,
        "Well done. Three exercises in six minutes.": 4_120,
    },
    150: {
        "Hold.": 567,
        "Halfway.": 632,
        "Switch sides. Left leg.": 2_178,
        "Next: Standing hamstring stretch, right leg. Thirty seconds.": 4_994,
        "Lean forward until you feel a stretch in your right glute.": 3_283,
        "Well done. Three exercises in six minutes.": 3_252,
    },
    200: {
        "Hold.": 434,
        "Halfway.": 472,
        "Switch sides. Left leg.": 1_629,
        "Next: Standing hamstring stretch, right leg. Thirty seconds.": 3_666,
        "Lean forward until you feel a stretch in your right glute.": 2_498,
        "Well done. Three exercises in six minutes.": 2_409,
    },
    300: {
        "Hold.": 291,
        "Halfway.": 335,
        "Switch sides. Left leg.": 1_055,
        "Next: Standing hamstring stretch, right leg. Thirty seconds.": 2_336,
        "Lean forward until you feel a stretch in your right glute.": 1_728,
        "Well done. Three exercises in six minutes.": 1_553,
    },
}


@pytest.mark.parametrize("rate", MEASURED)
def test_estimates_are_within_a_fifth_of_what_a_voice_takes(rate: int) -> None:
    length_ms = estimated_lengths(rate)
    for words, measured_ms in MEASURED[rate].items():
        assert 0.8 <= length_ms(words) / measured_ms <= 1.2, words


def test_estimates_are_whole_and_grow_with_the_words() -> None:
    length_ms = estimated_lengths()
    lengths = [length_ms("word " * count) for count in range(1, 50)]
    assert all(isinstance(ms, int) for ms in lengths)
    assert lengths == sorted(set(lengths))


def test_no_rate_is_too_strange_for_an_estimate() -> None:
    for rate in (-5, 0, 1, 10_000):
        assert 0 < estimated_lengths(rate)("Hold.") < 10_000


def test_a_word_of_the_count_fits_its_second_at_every_usual_rate() -> None:
    for rate in (80, 100, 150, 300):
        assert max(map(estimated_lengths(rate), ("Three.", "Two.", "One."))) <= 1_000
