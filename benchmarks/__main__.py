"""All benchmarks in turn, from the quickest to the longest."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
_DISPLAY = "DISPLAY" in os.environ and shutil.which("xdotool")
_SOUND = shutil.which("pulseaudio") and shutil.which("parec")
BENCHMARKS = (
    ("compile.py", (), True, ""),
    ("first_words.py", (), _SOUND, "PulseAudio"),
    ("cue_accuracy.py", ("--stalls",), _SOUND, "PulseAudio"),
    ("window_cost.py", (), _DISPLAY, "a display and xdotool"),
)


def main() -> int:
    failed = 0
    for name, arguments, possible, wants in BENCHMARKS:
        print(f"--- {name}", flush=True)
        if not possible:
            print(f"skipped: it wants {wants}")
            continue
        done = subprocess.run([sys.executable, str(HERE / name), *arguments], check=False)
        failed += done.returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
