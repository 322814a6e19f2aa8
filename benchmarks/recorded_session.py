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
from functools import partial
from pathlib import Path

from listen import expectations, find_all, find_start, read_recording, report

from chain_timer.cli.choices import Choices, compile_plan, plan
from chain_timer.cli.home import Home
from chain_timer.sound.tones import tone_pcm
from chain_timer.speech.cache import ClipCache
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.narrator import Narrator
from chain_timer.system.folders import HOME_VARIABLE
from chain_timer.timeline.timeline import Timeline

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


def exact_timeline(home: Home, routine: str) -> tuple[Timeline, Narrator]:
    """Compile with the clips that the session has left in its cache."""
    narrator = Narrator(ClipCache(home.clips), VoiceWorker, home.settings.voice, home.settings.rate)
    planned = plan(home, home.routine(routine), Choices())
    timeline = compile_plan(home, planned)
    for _ in range(2):  # the last words name the length, which the clips decide
        narrator.want(timeline.phrases())
        for words in timeline.phrases():
            narrator.wait_for(words, 10)
        timeline = compile_plan(home, planned, lambda words: narrator.length_ms(words) or 0)
    narrator.want(timeline.phrases())
    for words in timeline.phrases():
        narrator.wait_for(words, 10)
    return timeline, narrator


def _pcm(narrator: Narrator, words: str) -> bytes | None:
    # Waited for: of a long session, not every clip is in memory at once.
    clip = narrator.wait_for(words, 10)
    return clip.pcm if clip else None


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
        timeline, narrator = exact_timeline(home, arguments.routine)
        heard = read_recording(recording)
        tone = partial(tone_pcm, set_name=home.settings.tone_set)
        expected = list(expectations(timeline, lambda words: _pcm(narrator, words), tone))
        start_ms = find_start(heard, expected)
        good = report(list(find_all(heard, expected, start_ms)))
        narrator.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
