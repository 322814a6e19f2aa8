"""A whole session recorded from the loudspeaker and compared with its timeline: each tone, each phrase.

    python benchmarks/recorded_session.py [terminal|window] [ROUTINE]

Wants PulseAudio (its default output is recorded) and for the window a display, a window manager and xdotool.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from listen import read_recording, report
from session_sound import expected_of, found_in

from chain_timer.cli.choices import Choices, compile_plan, plan
from chain_timer.cli.home import Home
from chain_timer.system.folders import HOME_VARIABLE

PARECORD = shutil.which("parecord") or ""
XDOTOOL = shutil.which("xdotool") or ""


def follow(face: str, routine: str, seconds: float, recording: Path) -> None:
    """Record while a session plays, started as a person would."""
    recorder = subprocess.Popen(
        [
            PARECORD,
            "--device=@DEFAULT_MONITOR@",
            "--file-format=wav",
            "--rate=48000",
            "--latency-msec=20",
            recording,
        ]
    )
    time.sleep(0.5)
    try:
        if face == "terminal":
            command = [sys.executable, "-m", "chain_timer", "play", routine]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        else:
            _follow_in_window(routine, seconds)
    finally:
        time.sleep(0.5)
        recorder.send_signal(2)
        recorder.wait(10)


def _follow_in_window(routine: str, seconds: float) -> None:
    program = subprocess.Popen([sys.executable, "-m", "chain_timer", routine])
    try:
        time.sleep(3)
        subprocess.run([XDOTOOL, "key", "Return"], check=True)
        time.sleep(seconds + 3)
    finally:
        program.terminate()
        program.wait(10)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("face", nargs="?", choices=("terminal", "window"), default="terminal")
    parser.add_argument("routine", nargs="?", default="posterior-chain-stretch")
    arguments = parser.parse_args()
    if not PARECORD or (arguments.face == "window" and not XDOTOOL):
        sys.exit("recorded_session: wants parecord, and xdotool for the window")
    with tempfile.TemporaryDirectory() as folder:
        os.environ[HOME_VARIABLE] = folder
        home = Home()
        seconds = (
            compile_plan(home, plan(home, home.routine(arguments.routine), Choices())).duration_ms / 1_000
        )
        recording = Path(folder) / "heard.wav"
        follow(arguments.face, arguments.routine, seconds, recording)
        found = found_in(read_recording(recording), expected_of(arguments.routine, Path(folder)))
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
