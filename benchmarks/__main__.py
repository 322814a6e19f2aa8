"""All benchmarks in one table: each figure beside its baseline, their ratio, and what is wanted."""

import os
import shutil
import sys
from collections.abc import Callable

import audio_track
import compile as compiling
import cue_accuracy
import figure_cost
import first_words
import history_size
import library_size
import window_cost
from private_sound import missing_programs
from table import Row, show

_DISPLAY = bool("DISPLAY" in os.environ and shutil.which("xdotool"))
_SOUND = not missing_programs()
BENCHMARKS: tuple[tuple[str, Callable[[], list[Row]], bool, str], ...] = (
    ("compiling", compiling.measure, True, ""),
    ("figure", figure_cost.measure, True, ""),
    ("audio track", audio_track.measure, True, ""),
    ("library size", library_size.measure, True, ""),
    ("history size", history_size.measure, True, ""),
    ("first words", first_words.measure, _SOUND, "PulseAudio"),
    ("cue accuracy", lambda: cue_accuracy.measure(30, ["--stalls"]), _SOUND, "PulseAudio"),
    ("window", window_cost.measure, _DISPLAY, "a display with a window manager, and xdotool"),
)


def main() -> int:
    rows: list[Row] = []
    for name, measure, possible, wants in BENCHMARKS:
        print(f"{name} ..." if possible else f"{name} skipped: it wants {wants}", file=sys.stderr, flush=True)
        if possible:
            rows += measure()
    return show(rows)


if __name__ == "__main__":
    sys.exit(main())
