"""Values on the command line: read, checked against their range, and refused in words."""

import math
from argparse import ArgumentTypeError
from collections.abc import Callable

from chain_timer.problems import quoted
from chain_timer.routine.routine import Coaching
from chain_timer.system.settings import SETTINGS, Range
from chain_timer.timeline.options import LONGEST_HOLD_MS, LONGEST_REST_MS, MOST_ROUNDS, SHORTEST_HOLD_MS
from chain_timer.units import HOUR_MS, MINUTE_MS, duration_text, parse_duration

LONGEST_FIT_MS = 4 * HOUR_MS
_SPEEDS = (0.1, 10_000.0)
_MOST_DIGITS = 9
"""Of a whole number; Python reads none that has thousands."""


def duration(least_ms: int, most_ms: int) -> Callable[[str], int]:
    """Read a duration between two lengths."""

    def read(text: str) -> int:
        try:
            ms = parse_duration(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from None
        if not least_ms <= ms <= most_ms:
            span = f"{duration_text(least_ms)} to {duration_text(most_ms)}"
            raise ArgumentTypeError(f"{quoted(text)} is outside {span}")
        return ms

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """Read a whole number between two."""

    def read(text: str) -> int:
        number = int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None
        if number is not None and least <= number <= most:
            return number
        raise ArgumentTypeError(f"{quoted(text)} is not a whole number from {least} to {most}")

    return read


def minutes(text: str) -> int:
    """Read the time a person has. A bare number is minutes here: nobody has ten seconds to stretch."""
    return _fit_duration(f"{text}m" if text.isascii() and text.isdigit() else text)


def coaching(text: str) -> Coaching:
    """Read a coaching level."""
    try:
        return Coaching(text.casefold())
    except ValueError:
        levels = ", ".join(Coaching)
        raise ArgumentTypeError(f"{quoted(text)} is not one of {levels}") from None


def one_of(*words: str) -> Callable[[str], str]:
    """Read one of a few words."""

    def read(text: str) -> str:
        if text.casefold() in words:
            return text.casefold()
        raise ArgumentTypeError(f"{quoted(text)} is not one of {', '.join(words)}")

    return read


def speed(text: str) -> float:
    """Read how many times faster a rehearsal goes."""
    try:
        factor = float(text.removesuffix("x"))
    except ValueError:
        factor = math.nan
    least, most = _SPEEDS
    if not least <= factor <= most:
        raise ArgumentTypeError(
            f"{quoted(text)} is not a number from {least:g} to {most:g}; 10 is ten times as fast"
        )
    return factor


def _rate_range() -> Range:
    rule = next(setting.rule for setting in SETTINGS if setting.key == "rate")
    if isinstance(rule, Range):
        return rule
    raise AssertionError("the rate is a range")


hold = duration(SHORTEST_HOLD_MS, LONGEST_HOLD_MS)
rest = duration(0, LONGEST_REST_MS)
position = duration(0, 7 * 24 * HOUR_MS)
rounds = whole(1, MOST_ROUNDS)
picture_size = whole(16, 4_096)
frame_rate = whole(1, 50)
rate = whole(_rate_range().least, _rate_range().most)
_fit_duration = duration(MINUTE_MS, LONGEST_FIT_MS)
