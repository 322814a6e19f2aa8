"""From Start to the first sound of speech, with no phrase in the cache, heard on a sound server of its own.

    python benchmarks/first_words.py [--runs 5] [--looking 2]

``--looking`` is for how many seconds a person looks at the set-up page before pressing Start: the window
rehearses meanwhile. 0 is Enter pressed twice. Exit status 1 when it takes longer than wanted.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from private_sound import RATE, PrivateSound, missing_programs
from table import Row, show

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from chain_timer.system.folders import HOME_VARIABLE

WANTED_S = 0.4
RUNS = 5
LOOKING_S = 2.0
ROUTINE = "posterior-chain-stretch"
_LISTENING_S = 4.0
_LOUD = 100
"""Of 32768: the beginning of a voice, far above the silence of the server."""


def perform(looking_s: float) -> None:
    """Do what the window does from the set-up page on, and print the moment of Start."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - in the playing process alone

    from chain_timer.cli.home import Home  # noqa: PLC0415
    from chain_timer.cli.window_face import Behind  # noqa: PLC0415
    from chain_timer.window.session_bridge import LEAD_BEAT_MS, STARTING_BEAT_MS  # noqa: PLC0415

    app = QCoreApplication([])
    home = Home()
    behind = Behind(home)
    parts = behind.parts(None)
    routine = home.routine(ROUTINE)
    options = parts.options_for(routine)
    parts.rehearse(routine, options)
    pass_time(app, looking_s)
    started_ns = time.monotonic_ns()
    conductor = parts.make_conductor(routine, options, None)
    conductor.start()
    end = time.monotonic() + _LISTENING_S
    while time.monotonic() < end:
        conductor.poll()
        pass_time(app, (STARTING_BEAT_MS if conductor.starting else LEAD_BEAT_MS) / 1_000)
    conductor.close()
    behind.close()
    print(started_ns)


def pass_time(app: object, seconds: float) -> None:
    end = time.monotonic() + seconds
    while True:
        app.processEvents()  # type: ignore[attr-defined]
        if time.monotonic() >= end:
            return
        time.sleep(0.005)


def first_words_s(looking_s: float) -> float:
    """Play once, with an empty home, and listen."""
    with tempfile.TemporaryDirectory() as home, PrivateSound() as sound:
        environment = {**sound.environment, HOME_VARIABLE: home}
        command = [sys.executable, __file__, "--perform", "--looking", str(looking_s)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        time.sleep(0.5)
    started_ns = int(done.stdout.split()[-1])
    zero_ns, frame_ns = sound.clock_ns()
    begin = max(0, round((started_ns - zero_ns) / frame_ns))
    loud = np.flatnonzero(np.abs(sound.recording()[begin:]) > _LOUD)
    if not loud.size:
        return float("inf")
    return float(loud[0]) / RATE


def measure(looking_s: float = LOOKING_S, runs: int = RUNS) -> list[Row]:
    """Give the median of some starts."""
    taken = sorted(first_words_s(looking_s) for _ in range(runs))
    name = f"first words, {looking_s:g} s after the set-up page"
    return [Row(name, statistics.median(taken), "s", WANTED_S, note=f"{taken[0]:.2f} to {taken[-1]:.2f}")]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--looking", type=float, default=LOOKING_S)
    parser.add_argument("--perform", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.perform:
        perform(given.looking)
        return 0
    if missing := missing_programs():
        print(f"not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    return show(measure(given.looking, given.runs))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
