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
from pathlib import Path

from processes import cpu_share, pss_mib

HERE = Path(__file__).parent
XDOTOOL = shutil.which("xdotool") or ""


def first_paints(program: str, home: str) -> float:
    environment = {**os.environ, "CHAIN_TIMER_HOME": home}
    command = [sys.executable, str(HERE / "first_paint.py"), program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return float(done.stdout.split()[-1])


def compare_first_paint(runs: int, home: str) -> None:
    pairs = [(first_paints("empty", home), first_paints("library", home)) for _ in range(runs + 1)]
    ratios = [library / empty for empty, library in pairs[1:]]  # the first pair warms the disk up
    empty, library = (statistics.median(each) for each in zip(*pairs[1:], strict=True))
    print(
        f"first paint        empty {empty:.3f} s   library {library:.3f} s   "
        f"ratio {statistics.median(ratios):.2f}   (wanted 1.50, aim 1.25)"
    )


def press(*keys: str) -> None:
    subprocess.run([XDOTOOL, "key", "--delay", "150", *keys], check=True)


def measure_running(seconds: float, home: str) -> None:
    empty = subprocess.Popen([sys.executable, str(HERE / "empty_window.py")])
    time.sleep(3)
    empty_mib = pss_mib(empty.pid)
    empty.terminate()
    empty.wait()
    environment = {**os.environ, "CHAIN_TIMER_HOME": home}
    ours = subprocess.Popen([sys.executable, "-m", "chain_timer", "posterior-chain-stretch"], env=environment)
    try:
        time.sleep(3)
        press("Escape")
        time.sleep(2)
        idle = cpu_share(ours.pid, seconds / 2)
        added_mib = pss_mib(ours.pid) - empty_mib
        print(f"library, idle      {idle:.2f} % of a core   (wanted 0.0)   {added_mib:+.1f} MiB")
        press("Return")
        time.sleep(1)
        press("Return")
        time.sleep(3)
        press("4")
        press("Right")
        time.sleep(4)
        busy = cpu_share(ours.pid, seconds)
        ours_mib = pss_mib(ours.pid)
        print(f"hold counting down {busy:.2f} % of a core   (wanted 5.0, aim 2.0)")
        print(
            f"memory             empty {empty_mib:.1f} MiB   session {ours_mib:.1f} MiB   "
            f"{ours_mib - empty_mib:+.1f} MiB   (wanted +60)"
        )
    finally:
        ours.terminate()
        ours.wait(10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=20)
    arguments = parser.parse_args()
    if not XDOTOOL:
        sys.exit("window_cost: wants xdotool (apt-get install xdotool)")
    with tempfile.TemporaryDirectory() as home:
        compare_first_paint(arguments.runs, home)
        measure_running(arguments.seconds, home)


if __name__ == "__main__":
    main()
