"""How long compiling and playing take, and how they grow: ``python benchmarks/compile.py``.

The baseline of compiling is the smallest size, grown linearly: the ratios should stay near 1.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from table import Row, show

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.session.events import State
from chain_timer.session.player import Player
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.timeline import Timeline

SIZES = (2_500, 5_000, 10_000, 20_000, 40_000)
WANTED_SIZE = 10_000
RUNS = 5
TICK_MS = 50
HOUR_MS = 3_600_000
COMPILE_WANTED_MS = 300
HOUR_WANTED_MS = 500


class TestClock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.ns = 0

    def now_ns(self) -> int:
        return self.ns

    def slept_ms(self) -> int:
        return 0


def timed_ms(run: Callable[[], object]) -> float:
    """Give the median of a few runs."""
    taken = []
    for _ in range(RUNS):
        gc.collect()
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1_000)
    return statistics.median(taken)


def repeated(items: tuple[Item, ...], segments: int) -> Routine:
    """Give a routine of about so many segments, of the same few exercises over and over."""
    wanted = round(segments / 2.575)
    return Routine("big", "Big", (Circuit(tuple(items[n % len(items)] for n in range(wanted))),))


def distinct(items: tuple[Item, ...], segments: int) -> Routine:
    """Give the same with no two exercises alike, the worst for laying out likenesses once."""
    used = repeated(items, segments).circuits[0].items
    new = (
        replace(item, exercise=replace(item.exercise, id=f"x{n}", name=f"{item.exercise.name} {n}", steps=()))
        for n, item in enumerate(used)
    )
    return Routine("big", "Big", (Circuit(tuple(new)),))


def play_to_end(timeline: Timeline, tick_ms: int) -> int:
    clock = TestClock()
    player = Player(clock, timeline)
    events: list[object] = []
    player.listen(events.append)
    player.play()
    while player.state is not State.FINISHED:
        clock.ns += tick_ms * 1_000_000
        player.tick()
        player.position_ms()
    return len(events)


def compile_rows(library: Library) -> Iterator[Row]:
    """Give the time by size; the baseline is what the smallest takes, grown linearly."""
    phrases, lengths = load_phrases(), estimated_lengths()
    items = library.routine("whole-posterior-chain").items
    for name, make in (("", repeated), (", no two alike", distinct)):
        each = 0.0
        for size in SIZES:
            routine = make(items, size)
            count = len(compile_routine(routine, Options(), phrases, lengths).segments)
            taken_ms = timed_ms(lambda routine=routine: compile_routine(routine, Options(), phrases, lengths))
            each = each or taken_ms / count
            wanted = COMPILE_WANTED_MS if size == WANTED_SIZE else None
            yield Row(f"compile {count:,} segments{name}", taken_ms, "ms", wanted, each * count, "if linear")


def hour_rows(library: Library) -> Iterator[Row]:
    routine = library.routine("whole-posterior-chain")
    options = Options(hold_ms=450_000, rounds=3)
    timeline = compile_routine(routine, options, load_phrases(), estimated_lengths())
    if timeline.duration_ms < HOUR_MS:
        raise AssertionError("the session is shorter than an hour")
    for tick_ms in (TICK_MS, 1_000, HOUR_MS * 2):
        taken_ms = timed_ms(lambda ms=tick_ms: play_to_end(timeline, ms))
        yield Row(f"an hour of session, ticks of {tick_ms:,} ms", taken_ms, "ms", HOUR_WANTED_MS)


def measure() -> list[Row]:
    library = Library.built_in()
    return [*compile_rows(library), *hour_rows(library)]


if __name__ == "__main__":
    sys.exit(show(measure()))
