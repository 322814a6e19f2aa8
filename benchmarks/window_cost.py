"""First paint, memory and processor share of the window, each beside an empty PySide6 window.

    python benchmarks/window_cost.py [--runs 9] [--seconds 20]

Wants a display with a window manager and xdotool; 1280x800 is what the figures are given for.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes import cpu_share, pss_mib, settle_in
from table import Row, show

HERE = Path(__file__).parent
XDOTOOL = shutil.which("xdotool") or ""
RUNS = 9
SECONDS = 20.0
PAINT_WANTED, PAINT_AIM = 1.5, 1.25


def first_paints(program: str, home: str) -> float:
    environment = {**os.environ, "CHAIN_TIMER_HOME": home}
    command = [sys.executable, str(HERE / "first_paint.py"), program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return float(done.stdout.split()[-1])


def first_paint_rows(runs: int, home: str) -> list[Row]:
    """Start the empty window and ours in turn, so that both meet the same machine."""
    pairs = [(first_paints("empty", home), first_paints("library", home)) for _ in range(runs + 1)]
    ratios = sorted(library / empty for empty, library in pairs[1:])  # the first pair warms the disk up
    empty = statistics.median(empty for empty, _ in pairs[1:])
    note = f"{ratios[0]:.2f} to {ratios[-1]:.2f}, aim {PAINT_AIM}"
    ours = empty * statistics.median(ratios)
    return [Row("first paint", ours, "s", PAINT_WANTED, empty, "empty window", note, relative=True)]


def press(*keys: str) -> None:
    subprocess.run([XDOTOOL, "key", "--delay", "150", *keys], check=True)


@contextmanager
def running(*command: str, home: str) -> Iterator[int]:
    """Run a program with its window in front, and give its process."""
    environment = {**os.environ, "CHAIN_TIMER_HOME": home}
    program = subprocess.Popen([sys.executable, *command], env=environment)
    try:
        time.sleep(3)
        yield program.pid
    finally:
        program.terminate()
        program.wait(10)


def running_rows(seconds: float, home: str) -> list[Row]:
    """Look at the library, and at a hold that counts down; an empty window before and after."""
    empty_mib = [empty_window_mib(home)]
    with running("-m", "chain_timer", "posterior-chain-stretch", home=home) as ours:
        press("Escape")
        time.sleep(6)  # the voice that was rehearsing on the set-up page rests by then
        idle = cpu_share(ours, seconds / 2)
        idle_mib = pss_mib(ours)
        press("Return")
        time.sleep(1)
        press("Return")
        time.sleep(3)
        press("4")
        press("Right")
        time.sleep(8)
        busy = cpu_share(ours, seconds)
        busy_mib = pss_mib(ours)
    moving = moving_share(min(seconds, 10), home)
    empty_mib.append(empty_window_mib(home))
    empty = statistics.mean(empty_mib)
    return [
        Row("library, idle", idle, "%", 0.0),
        Row("hold counting down, the figure breathing", busy, "%", 6.0, note="aim 3"),
        Row("reps, the figure moving without a rest", moving, "%"),
        Row("memory in the library", idle_mib, "MiB", baseline=empty, of="empty window"),
        Row("memory in a session", busy_mib, "MiB", baseline=empty, of="empty window"),
        Row("memory above an empty window", busy_mib - empty, "MiB", 60.0),
    ]


def moving_share(seconds: float, home: str) -> float:
    """Give the share of a core while a figure does its repetitions, the first ones being over."""
    with running("-m", "chain_timer", "swing-and-hinge", home=home) as ours:
        press("Return")
        time.sleep(0.5)
        press("4")
        time.sleep(9)  # the time before the first reps, and two of them
        return cpu_share(ours, seconds)


def empty_window_mib(home: str) -> float:
    with running(str(HERE / "empty_window.py"), home=home) as empty:
        return pss_mib(empty)


def measure(runs: int = RUNS, seconds: float = SECONDS) -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        settle_in(Path(home))
        return [*first_paint_rows(runs, home), *running_rows(seconds, home)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    arguments = parser.parse_args()
    if not XDOTOOL:
        print("window_cost: wants xdotool (apt-get install xdotool)", file=sys.stderr)
        return 2
    return show(measure(arguments.runs, arguments.seconds))


if __name__ == "__main__":
    sys.exit(main())
