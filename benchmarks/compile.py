"""How long compiling and playing take, and how they grow: ``python benchmarks/compile.py``.

Ratios to the smallest size tell whether growth is linear: time by segment should stay near 1.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

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


def compile_table(library: Library) -> None:
    phrases, lengths = load_phrases(), estimated_lengths()
    items = library.routine("whole-posterior-chain").items
    for name, make in (("few exercises, many times", repeated), ("no two exercises alike", distinct)):
        print(f"\nCompiling, {name} (wanted: 10,000 segments in {COMPILE_WANTED_MS} ms)")
        print(f"{'segments':>10} {'ms':>9} {'µs each':>9} {'ratio each':>11}")
        first_each = 0.0
        for size in SIZES:
            routine = make(items, size)
            count = len(compile_routine(routine, Options(), phrases, lengths).segments)
            taken_ms = timed_ms(lambda routine=routine: compile_routine(routine, Options(), phrases, lengths))
            each = taken_ms * 1_000 / count
            first_each = first_each or each
            print(f"{count:>10,} {taken_ms:>9.1f} {each:>9.2f} {each / first_each:>11.2f}")


def hour_table(library: Library) -> None:
    routine = library.routine("whole-posterior-chain")
    options = Options(hold_ms=450_000, rounds=3)
    timeline = compile_routine(routine, options, load_phrases(), estimated_lengths())
    if timeline.duration_ms < HOUR_MS:
        raise AssertionError("the session is shorter than an hour")
    print(f"\nAn hour of session, simulated (wanted: {HOUR_WANTED_MS} ms)")
    print(f"{'ms a tick':>10} {'events':>9} {'ms':>9}")
    for tick_ms in (TICK_MS, 1_000, HOUR_MS * 2):
        events = play_to_end(timeline, tick_ms)
        print(f"{tick_ms:>10,} {events:>9,} {timed_ms(lambda ms=tick_ms: play_to_end(timeline, ms)):>9.1f}")


if __name__ == "__main__":
    built_in = Library.built_in()
    compile_table(built_in)
    hour_table(built_in)
