"""Holds and rounds that fill the time a person has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from chain_timer.routine.exercise import Hold
from chain_timer.routine.routine import Routine
from chain_timer.timeline.options import MOST_ROUNDS, USUAL_HOLD_MS, Options
from chain_timer.units import SECOND_MS, clock_text

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
    least is too long, the least.
    """
    usual = _usual_rounds(routine)
    best: Fit | None = None
    for candidate in _candidates(routine, target_ms, options, duration):
        if best is None or _rank(candidate, usual) > _rank(best, usual):
            best = candidate
    if best is None:
        raise AssertionError("one round is always a candidate")
    return best


def _candidates(routine: Routine, target_ms: int, options: Options, duration: Duration) -> Iterator[Fit]:
    holds = any(isinstance(item.work, Hold) for item in routine.items)
    shortest, longest = (ms // SECOND_MS for ms in USUAL_HOLD_MS)
    for rounds in range(1, MOST_ROUNDS + 1):
        wanted = replace(options, rounds=rounds)
        hold_s = _longest_hold(wanted, target_ms, duration, shortest, longest) if holds else None
        hold_ms = hold_s * SECOND_MS if hold_s is not None else None
        chosen = replace(wanted, hold_ms=hold_ms) if holds else wanted
        duration_ms = duration(chosen)
        yield Fit(chosen, duration_ms, target_ms, rounds, hold_ms)
        if duration_ms > target_ms:
            return


def _longest_hold(options: Options, target_ms: int, duration: Duration, low: int, high: int) -> int:
    """Search the longest hold in seconds that is not over the target; the shortest if none is."""
    while low < high:
        middle = (low + high + 1) // 2
        if duration(replace(options, hold_ms=middle * SECOND_MS)) <= target_ms:
            low = middle
        else:
            high = middle - 1
    return low


def _usual_rounds(routine: Routine) -> int:
    return max((circuit.rounds for circuit in routine.circuits), default=1)


def _rank(candidate: Fit, usual: int) -> tuple[int, int, int]:
    if not candidate.fits:
        return (0, -candidate.duration_ms, 0)
    left_s = (candidate.target_ms - candidate.duration_ms) // SECOND_MS
    # Twenty seconds more or less are no reason to change how often everything is done.
    return (1, -(left_s // 20), -abs(candidate.rounds - usual))
