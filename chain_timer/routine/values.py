"""Single values from outside: text, durations, numbers, choices; a wrong one is refused with its remedy."""

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from chain_timer.problems import quoted
from chain_timer.routine.words import clean_line, did_you_mean
from chain_timer.units import SECOND_MS, duration_text, parse_duration

E = TypeVar("E", bound=StrEnum)

_LARGEST_SHOWN = 10**12


class BadValueError(Exception):
    """A value does not say what its key needs; caught where its place is known."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what)


def shown(value: object) -> str:
    """Name a value in a message: safe and short, whatever it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < _LARGEST_SHOWN else "this number"
    if isinstance(value, str):
        return quoted(value) if value.strip() else "empty text"
    if isinstance(value, float | date | time):
        return str(value)
    return "a list" if isinstance(value, list) else "a table"


def flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise BadValueError(f"{shown(value)} is neither true nor false", "write true or false, without quotes")


def text(longest: int) -> Callable[[object], str]:
    """Text of one line with something to read in it, up to so many characters."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise BadValueError(f"{shown(value)} is not text", "put it in quotes")
        if len(value) > longest:
            raise BadValueError(f"it has {len(value):,} characters", f"use at most {longest}")
        if line := clean_line(value):
            return line
        raise BadValueError("it is empty", "write at least a word")

    return read


def duration(least_ms: int, most_ms: int, example: str) -> Callable[[object], int]:
    """Read milliseconds from text such as ``1m30s`` or from whole seconds."""

    def read(value: object) -> int:
        length_ms = _milliseconds(value, example)
        bounds = f"use {duration_text(least_ms)} to {duration_text(most_ms)}"
        if length_ms < least_ms:
            raise BadValueError(f"{shown(value)} is too short", bounds)
        if length_ms > most_ms:
            raise BadValueError(f"{shown(value)} is too long", bounds)
        return length_ms

    return read


def _milliseconds(value: object, example: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value * SECOND_MS
    if isinstance(value, str):
        try:
            return parse_duration(value)
        except ValueError:
            pass
    raise BadValueError(f"{shown(value)} is not a duration", f"write it like {example}")


def whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        bounds = f"use {least} to {most}"
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadValueError(f"{shown(value)} is not a whole number", f"{bounds}, without quotes")
        if value < least:
            raise BadValueError(f"{shown(value)} is too few", bounds)
        if value > most:
            raise BadValueError(f"{shown(value)} is too many", bounds)
        return value

    return read


def choice(options: type[E]) -> Callable[[object], E]:
    """One of a few words."""
    words = [option.value for option in options]
    listed = f"{', '.join(words[:-1])} or {words[-1]}"

    def read(value: object) -> E:
        if isinstance(value, str) and value in words:
            return options(value)
        remedy = did_you_mean(value, words, f"use {listed}") if isinstance(value, str) else f"use {listed}"
        raise BadValueError(f"{shown(value)} is not one of {', '.join(words)}", remedy)

    return read
