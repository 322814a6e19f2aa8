"""How much faster than its own length a session becomes an audio track: ``python benchmarks/audio_track.py``.

Words are noise of their likely length: no voice is measured with it, and nothing is harder to encode.
"""

import random
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from table import Row, show

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from chain_timer.exchange.audio_track import FORMS, track_writer
from chain_timer.exchange.giving import Given, Sound
from chain_timer.exchange.parcel import no_progress
from chain_timer.routine.library import DEFAULT_ROUTINE, Library
from chain_timer.sound.tones import tone_pcm
from chain_timer.system.files import file_made_whole
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.units import MINUTE_MS, SECOND_MS

# A hundred times real time; what the encoders of Opus and MP3 take alone is near that already.
WANTED_MS = {"wav": 600, "flac": 600, "opus": 900, "mp3": 900}
VOICE_VOLUME, TONE_VOLUME = 90, 70
_LENGTHS = estimated_lengths()


@cache
def noise(words: str) -> bytes:
    levels = random.Random(words)  # noqa: S311 - it keeps no secret
    return array("h", (levels.randint(-9_000, 9_000) for _ in range(_LENGTHS(words) * 48))).tobytes()


def measure() -> list[Row]:
    return list(_rows())


def _rows() -> Iterator[Row]:
    library = Library.built_in()
    routine = library.routine(DEFAULT_ROUTINE)
    timeline = compile_routine(routine, Options(), load_phrases(), _LENGTHS)
    sound = Sound(timeline, noise, tone_pcm, VOICE_VOLUME, TONE_VOLUME)
    given = Given(
        routine, lambda: timeline, library.names, library.by_exercise_id, sound=lambda _progress: sound
    )
    for words in timeline.phrases():
        noise(words)
    for form in FORMS:
        with tempfile.TemporaryDirectory() as folder, file_made_whole(Path(folder) / "track") as file:
            start = time.perf_counter()
            track_writer(form)(given, file, no_progress)
            taken_s = time.perf_counter() - start
        times = timeline.duration_ms / SECOND_MS / taken_s
        name = f"a minute of the default routine as {form}"
        yield Row(name, MINUTE_MS / times, "ms", WANTED_MS[form], note=f"{times:.0f} times real time")


if __name__ == "__main__":
    sys.exit(show(measure()))
