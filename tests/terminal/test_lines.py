import io
import os
import subprocess
import sys
from typing import Any

import pytest

from chain_timer.terminal.hands_free import HandsFree
from chain_timer.terminal.keyboard import NoKeyboard
from chain_timer.terminal.lines import Lines, Told, _play
from chain_timer.terminal.signals import Signals
from chain_timer.terminal.steering import Steering
from chain_timer.timeline.transcript import transcript


class Written:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture
def played(scripted: Any) -> Any:
    def run(stage: Any, *presses: tuple[int, str], present: bool = True) -> tuple[int, list[str]]:
        written = Written()
        keyboard = scripted(stage.clock, presses, present=present)
        steering = Steering(stage.conductor, stage.clock, stage.speaker.set_muted, muted=False)
        Told(stage.conductor, written, hands_free=not present)  # type: ignore[arg-type]
        code = _play(stage.conductor, steering, keyboard, Signals(), HandsFree(stage.conductor, stage.clock))
        return code, written.lines

    return run


def test_the_lines_are_the_transcript_as_it_comes_due(stage: Any, played: Any) -> None:
    code, lines = played(stage, present=False)
    assert code == 0
    assert lines == list(transcript(stage.conductor.timeline))


def test_a_gate_without_keyboard_says_that_it_goes_on(stage_of: Any, plans: Any, played: Any) -> None:
    _, lines = played(stage_of(plans["at_own_pace"]()), present=False)
    assert any(line.endswith("waiting   no keyboard: goes on after 48 s") for line in lines)
    assert lines[-1].split()[1] == "end"


def test_keys_steer_lines_too(stage: Any, played: Any) -> None:
    code, lines = played(stage, (2_000, " "), (4_000, "interrupt"))
    assert code == 130
    assert any(line.endswith("paused    Space goes on") for line in lines)


def test_after_sleep_a_session_without_keyboard_goes_on(stage: Any, played: Any) -> None:
    stage.start(30_000)
    stage.clock.asleep_ms = 60_000
    code, lines = played(stage, present=False)
    assert code == 0
    assert any("the computer slept, goes on" in line for line in lines)


def test_lines_reach_a_stream_that_is_no_file() -> None:
    out = io.StringIO()
    lines = Lines(out)
    lines.add("0:00.000  hold")
    lines.close()
    assert out.getvalue() == "0:00.000  hold\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows break in their own way")
def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as out:  # noqa: PTH123
        lines = Lines(out)
        lines.add("nobody reads this")
        lines.close()
        out.write("nor this")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows break in their own way")
def test_a_reader_that_stops_reading_holds_nobody_up() -> None:
    reading, writing = os.pipe()
    script = (
        "import sys\nfrom chain_timer.terminal.lines import Lines\nlines = Lines(sys.stdout)\n"
        "for _ in range(5000): lines.add('x' * 100)\nlines.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], stdout=writing, stderr=subprocess.PIPE, timeout=20, check=False
    )
    os.close(writing)
    os.close(reading)
    assert (done.returncode, done.stderr) == (0, b"")


def test_waiting_without_keyboard_gives_no_keys() -> None:
    assert NoKeyboard(Signals()).keys(0) == []
