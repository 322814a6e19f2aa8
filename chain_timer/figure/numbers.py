"""Numbers and words of a figure's file: within their range, or refused with it."""

from collections.abc import Callable, Sequence
from math import isnan
from typing import TypeGuard

from chain_timer.routine.values import BadValueError, shown
from chain_timer.routine.words import did_you_mean


def number(least: float, most: float) -> Callable[[object], float]:
    """A number of a range; both ends belong to it."""

    def read(value: object) -> float:
        bounds = f"use {least:g} to {most:g}"
        if not _is_number(value):
            raise BadValueError(f"{shown(value)} is not a number", f"{bounds}, without quotes")
        if value < least:
            raise BadValueError(f"{shown(value)} is less than {least:g}", bounds)
        if value > most:
            raise BadValueError(f"{shown(value)} is more than {most:g}", bounds)
        return float(value)

    return read


def _is_number(value: object) -> TypeGuard[int | float]:
    if isinstance(value, float):
        return not isnan(value)
    return isinstance(value, int) and not isinstance(value, bool)


def numbers(example: str, *ranges: tuple[float, float]) -> Callable[[object], tuple[float, ...]]:
    """Read a list of so many numbers, each of its own range."""
    readers = [number(*each) for each in ranges]

    def read(value: object) -> tuple[float, ...]:
        if not isinstance(value, list) or len(value) != len(readers):
            what = f"it has {len(value)} entries" if isinstance(value, list) else f"{shown(value)} is no list"
            raise BadValueError(what, f"write {len(readers)} numbers, like {example}")
        return tuple(reader(entry) for reader, entry in zip(readers, value, strict=True))

    return read


def word(options: Sequence[str]) -> Callable[[object], str]:
    """One of a few words, which need not be all those of an enumeration."""
    listed = f"{', '.join(options[:-1])} or {options[-1]}" if len(options) > 1 else options[0]

    def read(value: object) -> str:
        if isinstance(value, str) and value in options:
            return value
        remedy = did_you_mean(value, options, f"use {listed}") if isinstance(value, str) else f"use {listed}"
        raise BadValueError(f"{shown(value)} is not one of {', '.join(options)}", remedy)

    return read
