"""Real sessions killed with SIGKILL at random moments, over and over: what is lost, and what is kept.

``python benchmarks/killed_sessions.py [--deaths 50] [--seed N]`` wants about two minutes.
"""

import argparse
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from table import Row, show

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from helpers.killed import MOST_LOST_MS, Life, live  # noqa: E402 - found by the path above

_AT_ONCE = 3
_DEATHS_A_LIFE = 5


def measure(deaths: int = 50, seed: int = 1) -> list[Row]:
    """Kill so many times, each life five times, and tell the worst of it beside what is wanted."""
    lives = max(1, deaths // _DEATHS_A_LIFE)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(_AT_ONCE) as pool:

        def one(number: int) -> Life:
            home = Path(folder) / str(number)
            home.mkdir()
            return live(home, _DEATHS_A_LIFE, random.Random(seed * 1_000 + number))  # noqa: S311 - chance

        found = list(pool.map(one, range(lives)))
    lost = [lost_ms for each in found for lost_ms in each.lost_ms]
    kept = sum(each.kept for each in found)
    return [
        Row(
            f"lost at a SIGKILL, the most of {len(lost)}",
            max(lost) / 1_000,
            "s",
            wanted=MOST_LOST_MS / 1_000,
            note=f"usually {sorted(lost)[len(lost) // 2] / 1_000:.1f} s",
        ),
        Row("sessions too many or too few", abs(kept - lives), "", wanted=0, note=f"{lives} were begun"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deaths", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    return show(measure(arguments.deaths, arguments.seed))


if __name__ == "__main__":
    sys.exit(main())
