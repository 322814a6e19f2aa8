"""The real output, in a program of its own, as Qt connects to a sound server once in a process."""

import json
import shutil
from typing import Any

import pytest

TOLD = """
import json, sys, time
from PySide6.QtCore import QCoreApplication
from chain_timer.session.clock import SystemClock
from chain_timer.sound.output import Output
from chain_timer.sound.speaker import Channel

app = QCoreApplication([])
clock, states, longest = SystemClock(), [], 0.0
output = Output(clock, lambda state: states.append(state.kind))

def timed(call, *arguments):
    global longest
    began = time.perf_counter()
    call(*arguments)
    longest = max(longest, time.perf_counter() - began)

def session():
    output.open()
    for _ in range(20):
        timed(output.schedule_at, clock.now_ns() + 10**8, bytes(9600), Channel.TONE)
        timed(output.silence)
        timed(output.set_muted, True)
        timed(output.set_muted, False)
        time.sleep(0.02)
    problem = output.problem
    timed(output.close)
    return problem

problems = [session(), session()]
print(json.dumps({"problems": problems, "states": states, "longest_ms": longest * 1000}))
"""
KILLED = """
import json, os, time
from private_sound import PrivateSound
from PySide6.QtCore import QCoreApplication
from chain_timer.session.clock import SystemClock
from chain_timer.sound.output import Output

sound = PrivateSound()
server = sound.start_server()
os.environ.update(sound.environment)
app = QCoreApplication([])
states = []
output = Output(SystemClock(), lambda state: states.append(state.kind))

def wait_for(count, kind):
    end = time.monotonic() + 20
    while time.monotonic() < end and (states.count(kind) < count or states[-1] != kind):
        time.sleep(0.05)

output.open()
wait_for(1, "ready")
server.kill()
server.wait()
server = sound.start_server()
wait_for(1, "lost")
wait_for(2, "ready")
came_back = states[-1]
server.kill()
server.wait()
wait_for(2, "lost")
time.sleep(5)
output.close()
output.open()
time.sleep(0.5)
print(json.dumps({"states": states, "came_back": came_back, "problem": output.problem}))
"""
needs_pulseaudio = pytest.mark.skipif(
    shutil.which("pulseaudio") is None or shutil.which("parec") is None,
    reason="pulseaudio and parec are not installed; ./test installs them where it may",
)


def facts(done: Any) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="elsewhere a device cannot be taken away")
def test_without_a_device_it_is_quiet_quick_and_says_why(run_python: Any, no_device: dict[str, str]) -> None:
    done = run_python.run(["-W", "error", "-c", TOLD], no_device)
    told = facts(done)
    assert done.stderr == ""
    assert told["states"] == ["no device", "no device"]
    assert all("without sound" in problem for problem in told["problems"])
    assert told["longest_ms"] < 16


@needs_pulseaudio
@pytest.mark.slow
@pytest.mark.parametrize("options", [["--stalls"], ["--event-loop"]])
def test_every_tone_is_heard_at_its_second(
    run_python: Any, no_device: dict[str, str], options: list[str]
) -> None:
    """The first of all and the first after a pause too; and a pause is heard at once."""
    command = ["benchmarks/cue_accuracy.py", "--seconds", "6", "--json", *options]
    # A machine too busy to run the sound server in time is no fault of ours: one take of three has to do.
    for _ in range(3):
        done = run_python.run(command, no_device)
        if done.returncode == 0:
            break
    heard = facts(done)
    assert heard["heard"] == heard["tones"] == 6
    assert heard["recording"]["worst_ms"] < 5
    assert abs(heard["recording"]["first_ms"]) < 5
    assert abs(heard["recording"]["first_after_pause_ms"]) < 5
    assert heard["computer"]["worst_ms"] < 5
    assert 0 < heard["silent_after_ms"] < 80


@needs_pulseaudio
@pytest.mark.slow
def test_a_server_that_dies_costs_sound_and_nothing_else(run_python: Any, no_device: dict[str, str]) -> None:
    """It comes back with the server; and where Qt has given up, libpulse must not abort the program."""
    done = run_python.run(["-c", KILLED], no_device)
    told = facts(done)
    assert done.stderr == ""
    assert told["came_back"] == "ready"
    assert "stopped" in told["problem"]
