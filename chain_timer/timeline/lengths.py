"""How long phrases take to say: known from their clips, or estimated until these exist."""

import math
from collections.abc import Callable

Lengths = Callable[[str], int]
"""Milliseconds a phrase takes to say."""

USUAL_RATE = 150
"""Words a minute, as pyttsx3 counts them."""

# Fitted to espeak-ng over the 140 built-in phrases at 80, 120, 150, 200 and 300 words a minute, silence
# at both ends cut off. A slower voice stretches its pauses more than its words, hence two powers. Of the 700
# clips the estimate is within 20 % for 96 in 100, and by the median 3 % too long: rather too long, so that
# the time already laid out is enough. Furthest off are single words such as "six" and "eight".
_START_MS = 180
_CHARACTER_MS = 58.5
_COMMA_MS = 325
_STOP_MS = 575
_WORDS_POWER = 0.9
_PAUSES_POWER = 1.5
_SLOWEST = 40
"""No voice is slower; a rate of zero would never end."""


def estimated_lengths(rate: int = USUAL_RATE) -> Lengths:
    """Estimate from the letters and stops of a phrase at a rate in words a minute."""
    slower = USUAL_RATE / max(_SLOWEST, rate)
    words_slower, pauses_slower = math.pow(slower, _WORDS_POWER), math.pow(slower, _PAUSES_POWER)

    def length_ms(words: str) -> int:
        commas = sum(words.count(mark) for mark in ",;:")
        stops = max(0, sum(words.count(mark) for mark in ".!?") - 1)
        spoken_ms = _START_MS + _CHARACTER_MS * len(words)
        return round(words_slower * spoken_ms + pauses_slower * (_COMMA_MS * commas + _STOP_MS * stops))

    return length_ms


def known_lengths(known: Callable[[str], int | None], rate: int = USUAL_RATE) -> Lengths:
    """Give the lengths that are known, and estimate the others at a rate in words a minute."""
    estimate = estimated_lengths(rate)

    def length_ms(words: str) -> int:
        found = known(words)
        return estimate(words) if found is None else found

    return length_ms
