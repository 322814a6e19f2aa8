"""How long phrases take to say: known from their clips, or estimated until these exist."""

from collections.abc import Callable

Lengths = Callable[[str], int]
"""Milliseconds a phrase takes to say."""

USUAL_RATE = 150
"""Words a minute, as pyttsx3 counts them."""

# Fitted to espeak-ng at 150 words a minute over the built-in phrases, which it says at about
# 14 characters a second, with a pause at each full stop and comma. Estimates err on the long side.
_START_MS = 180
_CHARACTER_MS = 64
_COMMA_MS = 180
_STOP_MS = 420


def estimated_lengths(rate: int = USUAL_RATE) -> Lengths:
    """Estimate from the letters and stops of a phrase at a rate in words a minute."""

    def length_ms(words: str) -> int:
        commas = sum(words.count(mark) for mark in ",;:")
        stops = max(0, sum(words.count(mark) for mark in ".!?") - 1)
        at_usual = _START_MS + _CHARACTER_MS * len(words) + _COMMA_MS * commas + _STOP_MS * stops
        return at_usual * USUAL_RATE // max(1, rate)

    return length_ms
