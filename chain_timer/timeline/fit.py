"""Holds and rounds that fill the time a person has."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from chain_timer.routine.exercise import Hold
from chain_timer.routine.routine import Routine
from chain_timer.timeline.options import MOST_ROUNDS, USUAL_HOLD_MS, Options
from chain_timer.units import SECOND_MS, clock_text

_SHORTEST_S, _LONGEST_S = (ms // SECOND_MS for ms in USUAL_HOLD_MS)
_HOLDS_S = range(_SHORTEST_S, _LONGEST_S + 1)
_TRIES = 4
_NEIGHBOURS = 3
_OFF_MS = 10 * SECOND_MS

_Rank = tuple[int, int, int]

Duration = Callable[[Options], int]
"""Milliseconds a routine takes with these options."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What was chosen to fill a time, and how well it does."""

    options: Options
    duration_ms: int
    target_ms: int
    rounds: int
    hold_ms: int | None
    """None where the routine holds nothing."""

    @property
    def fits(self) -> bool:
        return self.duration_ms <= self.target_ms

    def __str__(self) -> str:
        chosen = [f"{self.rounds} round{'' if self.rounds == 1 else 's'}"]
        if self.hold_ms is not None:
            chosen.append(f"holds of {self.hold_ms // SECOND_MS} s")
        text = f"{', '.join(chosen)}: {clock_text(self.duration_ms)}"
        return text if self.fits else f"Even the shortest takes longer. {text}"


def fit(routine: Routine, target_ms: int, options: Options, duration: Duration) -> Fit:
    """Choose the rounds and holds of 30 to 60 s that come closest to a time without going over it.

    Of choices within a few seconds of each other, the one nearest to the author's rounds. Where even the
    least is too long, the least. Compiles two dozen times at most: time grows evenly with rounds and
    holds, so the choice is made by reckoning, and compiled to be sure.
    """
    search = _Search(options, target_ms, duration, holds=_has_open_holds(routine))
    least = search.tried(1, _SHORTEST_S)
    if not least.fits:
        return least
    usual = _usual_rounds(routine)
    found = (search.longest(rounds, hold_s) for rounds, hold_s in _promising(search, usual))
    return max(
        (least, *(choice for choice in found if choice.fits)),
        key=lambda choice: _rank(choice.duration_ms, target_ms, abs(choice.rounds - usual)),
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """What is being fitted, and the trying of one choice."""

    options: Options
    target_ms: int
    duration: Duration
    holds: bool

    def tried(self, rounds: int, hold_s: int) -> Fit:
        hold_ms = hold_s * SECOND_MS if self.holds else None
        chosen = replace(self.options, rounds=rounds, hold_ms=hold_ms or self.options.hold_ms)
        return Fit(chosen, self.duration(chosen), self.target_ms, rounds, hold_ms)

    def longest(self, rounds: int, hold_s: int) -> Fit:
        """Try a choice, and its neighbours where the reckoning was a little off."""
        found = self.tried(rounds, hold_s)
        if not self.holds:
            return found
        step = 1 if found.fits else -1
        for other_s in range(hold_s + step, hold_s + _NEIGHBOURS * step + step, step):
            if not _SHORTEST_S <= other_s <= _LONGEST_S:
                break
            other = self.tried(rounds, other_s)
            if step > 0 and not other.fits:
                break
            found = other
            if step < 0 and found.fits:
                break
        return found

    def reckoned(self) -> Callable[[int, int], int]:
        """Give the duration by rounds and hold seconds, as it grows between one round and two."""
        one, two = self.tried(1, _SHORTEST_S).duration_ms, self.tried(2, _SHORTEST_S).duration_ms
        if not self.holds:
            return lambda rounds, _hold_s: one + (two - one) * (rounds - 1)
        span = _LONGEST_S - _SHORTEST_S
        held_one = (self.tried(1, _LONGEST_S).duration_ms - one) / span
        held_two = (self.tried(2, _LONGEST_S).duration_ms - two) / span

        def duration_ms(rounds: int, hold_s: int) -> int:
            shortest = one + (two - one) * (rounds - 1)
            held = held_one + (held_two - held_one) * (rounds - 1)
            return round(shortest + held * (hold_s - _SHORTEST_S))

        return duration_ms


def _promising(search: _Search, usual: int) -> list[tuple[int, int]]:
    """Give the few rounds, each with its hold, that by reckoning come closest to the target."""
    reckoned = search.reckoned()
    ranked: list[tuple[_Rank, int, int]] = []
    for rounds in range(1, MOST_ROUNDS + 1):
        hold_s = _SHORTEST_S
        if search.holds:
            fitting = bisect_right(_HOLDS_S, search.target_ms, key=partial(reckoned, rounds))
            hold_s = _HOLDS_S[max(0, fitting - 1)]
        duration_ms = reckoned(rounds, hold_s)
        if search.target_ms < duration_ms < search.target_ms + _OFF_MS:
            # Worth a try: the reckoning may be off by a few seconds.
            duration_ms = search.target_ms
        ranked.append((_rank(duration_ms, search.target_ms, abs(rounds - usual)), rounds, hold_s))
    ranked.sort(reverse=True)
    return [(rounds, hold_s) for _, rounds, hold_s in ranked[:_TRIES]]


def _has_open_holds(routine: Routine) -> bool:
    return any(isinstance(item.work, Hold) for item in routine.items)


def _usual_rounds(routine: Routine) -> int:
    return max((circuit.rounds for circuit in routine.circuits), default=1)


def _rank(duration_ms: int, target_ms: int, rounds_off: int) -> _Rank:
    """Tell how good a choice is; the greatest is the best."""
    if duration_ms > target_ms:
        return (0, -duration_ms, 0)
    # Twenty seconds more or less are no reason to change how often everything is done.
    return (1, -((target_ms - duration_ms) // (20 * SECOND_MS)), -rounds_off)
