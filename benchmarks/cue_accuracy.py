"""How exact tones are on a recording of the real output: every second one, on a sound server of its own.

    python benchmarks/cue_accuracy.py [--seconds 30] [--stalls] [--event-loop] [--json]

Halfway a voice is silenced in mid-word, as when a person pauses. Two clocks judge: the recording's, by which
a listener would count, and the computer's, by which the session does. Exit status 1 when a tone is lost or
off by more than 5 ms, after the constant latency is taken off, or when the tones drift by as much.
"""

import argparse
import ctypes
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from listen import Expected, find_all
from private_sound import RATE, PrivateSound, missing_programs
from table import Row, show

AHEAD_NS = 500_000_000
SECOND_NS = 1_000_000_000
STEP_MS = 50
STALL_S = 0.15
STALL_EVERY_NS = 1_700_000_000
FIRST_AFTER_NS = 1_000_000_000
WORD_AFTER_NS = 300_000_000
HUSH_AFTER_NS = 1_100_000_000
PAUSE_NS = 2 * SECOND_NS + 345_678_901
LIMIT_MS = 5.0


class Performance:
    """A session in small: what is laid when, driven by whoever calls :meth:`step`."""

    def __init__(self, seconds: int, *, stalls: bool) -> None:
        from chain_timer.session.clock import SystemClock  # noqa: PLC0415 - in the playing process alone
        from chain_timer.sound.output import Output  # noqa: PLC0415
        from chain_timer.sound.speaker import Channel  # noqa: PLC0415
        from chain_timer.sound.tones import tone_pcm  # noqa: PLC0415
        from chain_timer.timeline.segment import Tone  # noqa: PLC0415

        self._clock = SystemClock()
        self._output = Output(self._clock)
        self._tick = tone_pcm(Tone.TICK, "wood")
        self._channels = Channel
        self._stalls = stalls
        self._output.open()
        start = self._clock.now_ns() + FIRST_AFTER_NS
        half = seconds // 2
        self.due_ns = [start + second * SECOND_NS + (second >= half) * PAUSE_NS for second in range(seconds)]
        self.paused_ns = start + (half - 1) * SECOND_NS + HUSH_AFTER_NS
        self._word_ns = self.paused_ns - HUSH_AFTER_NS + WORD_AFTER_NS
        self._laid = 0
        self._stage = 0
        self._next_stall_ns = start
        self._stalled = 0
        self.hushed_ns = 0
        self._cpu_s = self._cpu_since = 0.0

    def step(self) -> bool:
        """Lay what is near; False when all is over."""
        now_ns = self._clock.now_ns()
        if self._laid == 0:
            self._cpu_s, self._cpu_since = time.process_time(), time.monotonic()
        if self._stage == 0 and now_ns > self._word_ns - AHEAD_NS:
            self._stage = 1
            self._output.schedule_at(self._word_ns, _word(), self._channels.VOICE)
        if self._stage == 1 and now_ns > self.paused_ns:
            self._stage = 2
            self._output.silence()
            self.hushed_ns = now_ns
        while self._laid < len(self.due_ns) and now_ns > self.due_ns[self._laid] - AHEAD_NS:
            if self._stage < 2 and self._laid >= len(self.due_ns) // 2:  # noqa: PLR2004
                break
            self._output.schedule_at(self.due_ns[self._laid], self._tick, self._channels.TONE)
            self._laid += 1
        if self._stalls and now_ns > self._next_stall_ns:
            self._next_stall_ns = now_ns + STALL_EVERY_NS
            self._stalled += 1
            _stall(in_one_call=self._stalled % 2 == 0)
        return now_ns < self.due_ns[-1] + SECOND_NS

    def cpu_percent(self) -> float:
        """Share of one core since the first tone was laid: what playing costs, without starting."""
        return 100 * (time.process_time() - self._cpu_s) / (time.monotonic() - self._cpu_since)

    def close(self) -> None:
        self._output.close()


def _word() -> bytes:
    wave = 6_000 * np.sin(np.arange(3 * RATE) * 2 * np.pi * 220 / RATE)
    return bytes(wave.astype(np.int16).tobytes())


def _stall(*, in_one_call: bool) -> None:
    """Keep the interpreter busy for a while: in one call that lets no other thread run, or in many."""
    end = time.monotonic() + STALL_S
    if in_one_call:
        # Called this way, the C library sleeps with the interpreter's lock in its hand, and no longer.
        ctypes.PyDLL(None).usleep(round(STALL_S * 1e6))
    while time.monotonic() < end:
        pass


def play(seconds: int, *, stalls: bool, event_loop: bool) -> None:
    """Be heard, and print what should have been."""
    from PySide6.QtCore import QCoreApplication, Qt, QTimer  # noqa: PLC0415 - in the playing process alone

    app = QCoreApplication([])
    performance = Performance(seconds, stalls=stalls)
    if event_loop:
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: None if performance.step() else app.quit())
        timer.start(STEP_MS)
        app.exec()
    else:
        while performance.step():
            time.sleep(STEP_MS / 1_000)
    facts = {
        "due_ns": performance.due_ns,
        "hushed_ns": performance.hushed_ns,
        "cpu_percent": performance.cpu_percent(),
    }
    performance.close()
    sys.stdout.write(json.dumps(facts))


def measure(seconds: int, options: list[str]) -> list[Row]:
    """Play, and give what counts of the recording."""
    return rows_of(record(seconds, options))


def rows_of(facts: dict[str, Any]) -> list[Row]:
    heard, all_tones = facts["heard"], facts["tones"]
    exact, clock = facts["recording"], facts["computer"]
    return [
        Row("tones lost", all_tones - heard, "", 0, note=f"of {all_tones}"),
        Row("worst tone, by the recording", exact["worst_ms"], "ms", LIMIT_MS),
        Row("usual tone, by the recording", exact["median_ms"], "ms"),
        Row("worst tone, by the computer", clock["worst_ms"], "ms"),
        Row("first tone", abs(exact["first_ms"]), "ms", LIMIT_MS),
        Row("first tone after a pause", abs(exact["first_after_pause_ms"]), "ms", LIMIT_MS),
        Row("drift, by the computer", abs(clock["drift_ms"]), "ms", LIMIT_MS),
        Row("all tones late", facts["latency_ms"], "ms"),
        Row("silent after a pause", facts["silent_after_ms"], "ms"),
        Row("sound clock off", abs(facts["sound_clock_ppm"]), "ppm"),
        Row("playing the sound", facts["cpu_percent"], "%"),
    ]


def record(seconds: int, options: list[str]) -> dict[str, Any]:
    """Play on a private sound server and compare."""
    command = [sys.executable, __file__, "--seconds", str(seconds), "--play", *options]
    with PrivateSound() as sound:
        played = subprocess.run(command, env=sound.environment, stdout=subprocess.PIPE, check=True)
        time.sleep(0.5)
    facts = json.loads(played.stdout)
    zero_ns, frame_ns = sound.clock_ns()
    return compare(sound.recording(), facts, lambda frame: zero_ns + frame * frame_ns, frame_ns)


def compare(
    recording: np.ndarray[Any, Any],
    facts: dict[str, Any],
    moment_ns: Callable[[float], float],
    frame_ns: float,
) -> dict[str, Any]:
    from chain_timer.sound.tones import tone_pcm  # noqa: PLC0415 - after the help has been shown
    from chain_timer.timeline.segment import Tone  # noqa: PLC0415

    tick = tone_pcm(Tone.TICK, "wood")
    due_ns = facts["due_ns"]
    expected = [Expected(round((due - due_ns[0]) / 1e6), "tick", tick, tone=True) for due in due_ns]
    first_ms = (due_ns[0] - moment_ns(0)) / frame_ns * 1_000 / RATE
    found = list(find_all(recording, expected, first_ms))
    frames = np.array([each.at_ms * RATE / 1_000 for each in found])
    due_ms = np.array([(due - due_ns[0]) / 1e6 for due in due_ns])
    by_recording = frames * 1_000 / RATE - due_ms
    by_computer = np.array([moment_ns(frame) / 1e6 for frame in frames]) - due_ms - due_ns[0] / 1e6
    half = len(due_ns) // 2
    latency = float(np.median(by_computer))
    return {
        "tones": len(found),
        "heard": sum(each.likeness > 0.5 for each in found),  # noqa: PLR2004 - the shape, beyond doubt
        "latency_ms": latency,
        "recording": _errors(by_recording, half),
        "computer": _errors(by_computer, half),
        "silent_after_ms": _silent_after_ms(recording, facts["hushed_ns"], moment_ns, frame_ns),
        "sound_clock_ppm": (RATE * frame_ns / 1e9 - 1) * -1e6,
        "cpu_percent": facts["cpu_percent"],
    }


def _errors(lags: np.ndarray[Any, Any], half: int) -> dict[str, float]:
    errors = lags - np.median(lags)
    quarter = max(1, lags.size // 4)
    return {
        "median_ms": float(np.median(np.abs(errors))),
        "worst_ms": float(np.abs(errors).max()),
        "first_ms": float(errors[0]),
        "first_after_pause_ms": float(errors[half]),
        "drift_ms": float(np.median(lags[-quarter:]) - np.median(lags[:quarter])),
    }


def _silent_after_ms(
    recording: np.ndarray[Any, Any], hushed_ns: int, moment_ns: Callable[[float], float], frame_ns: float
) -> float:
    """From the call to the last frame heard, as a person would notice it: all latency included."""
    hushed = round((hushed_ns - moment_ns(0)) / frame_ns)
    after = np.abs(recording[hushed : hushed + RATE])
    loud = np.flatnonzero(after > 100)  # noqa: PLR2004 - 36 dB under the word
    return float(loud[-1] * 1_000 / RATE) if loud.size else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=30, help="one tone each; 1800 for half an hour")
    parser.add_argument(
        "--stalls", action="store_true", help="keep the interpreter busy for 150 ms now and then"
    )
    parser.add_argument("--event-loop", action="store_true", help="run Qt's event loop, as the window does")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--play", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.play:
        play(given.seconds, stalls=given.stalls, event_loop=given.event_loop)
        return 0
    if missing := missing_programs():
        print(f"not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    chosen = ["--stalls"] * given.stalls + ["--event-loop"] * given.event_loop
    facts = record(given.seconds, chosen)
    rows = rows_of(facts)
    if not given.json:
        return show(rows)
    print(json.dumps(facts))
    return 1 if any(row.missed for row in rows) else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
