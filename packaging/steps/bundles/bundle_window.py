"""A session in the bundle's window, on a screen and a loudspeaker made of software: seen and heard."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from places import BUILD, ROOT

from bundles.bundle_trial import Trial, own_environ

if TYPE_CHECKING:
    from listen import Samples

PICTURES = BUILD / "verify"
PROGRAMS = ("Xvfb", "openbox", "xdotool", "import", "dbus-run-session", "pulseaudio", "parec", "pactl")
ROUTINE = """
name = "Short"
coaching = "cues"
rest = "8s"
exercises = [
  { exercise = "standing-hamstring-stretch", hold = "6s" },
  { exercise = "kettlebell-swing", reps = 2 },
]
"""
_READY_S, _HOLD_S, _LONGEST_S, _LAST_TONE_S, _LOOK_S = 5, 12, 75, 4, 0.02
_LEAST_LIKE = 0.4
"""Noise alone stays under 0.2; how exact all is heard is measured by the tests of the source."""
_FEWEST_COLORS = 200


def verify(tried: Trial) -> None:
    """Follow a session in the window. Raises AssertionError when it is not seen, heard or kept."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    assert not missing, f"the window was not tried: {', '.join(missing)} are not installed"
    sys.path[1:1] = [str(ROOT / "benchmarks"), str(ROOT)]
    from private_sound import PrivateSound  # noqa: PLC0415 - wants numpy, which is where a bundle was made

    PICTURES.mkdir(parents=True, exist_ok=True)
    routine = tried.work / "short.toml"
    routine.write_text(ROUTINE, encoding="utf-8")
    (tried.work / "home").mkdir(exist_ok=True)
    with PrivateSound() as sound, screen(sound.environment) as environment:
        tried.run("preview", "--exact", str(routine))  # the words are in its cache: heard without delay
        to_server = {name: sound.environment[name] for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR")}
        say(tried, to_server)
        follow(tried, routine, environment)
        recording = sound.recording()
    heard(tried, routine, recording)


def follow(tried: Trial, routine: Path, environment: Mapping[str, str]) -> None:
    """Start the program as a desktop does, start the session, and close it when it is over."""
    command = ["dbus-run-session", "--", str(tried.program), str(routine)]
    desk = {**environment, **{name: value for name, value in tried.surroundings.items() if name != "PATH"}}
    program = subprocess.Popen(command, env=desk, cwd=tried.work, stderr=subprocess.DEVNULL)
    try:
        time.sleep(_READY_S)
        picture("ready", environment)
        press("Return", environment)
        time.sleep(_HOLD_S)
        picture("session", environment)
        wait_for_end(tried, program)
        time.sleep(_LAST_TONE_S)
        picture("finish", environment)
    finally:
        for child in children(program.pid):  # the bus ends with the last of them
            if tried.program.name in command_of(child):
                os.kill(child, signal.SIGTERM)
        program.wait(20)


def say(tried: Trial, to_server: Mapping[str, str]) -> None:
    """Have words said, and look at the voice's process meanwhile."""
    command = [str(tried.program), "say", "hello, and welcome to your exercises"]
    program = subprocess.Popen(
        command, env={**tried.surroundings, **to_server}, cwd=tried.work, stdout=subprocess.DEVNULL
    )
    seen: set[int] = set()
    while program.poll() is None:
        with suppress(OSError):  # it may end while it is looked at
            for child in set(voices(program.pid)) - seen:
                clean(child)
                seen.add(child)
        time.sleep(_LOOK_S)
    assert program.returncode == 0, f"say ended with {program.returncode}"
    assert seen, "no voice was started"


def wait_for_end(tried: Trial, program: "subprocess.Popen[bytes]") -> None:
    """Wait until the session is in the history."""
    for _ in range(_LONGEST_S):
        assert program.poll() is None, f"the window ended by itself with {program.returncode}"
        if "Short" in tried.run("history"):
            return
        time.sleep(1)
    raise AssertionError(f"the session was not over after {_LONGEST_S} s")


def clean(process: int) -> None:
    """See that what the program started was not born with what the bundle's starter had put there."""
    born = own_environ(process)
    # The starter keeps there what it finds, before it puts its own in that place.
    handed_on = [name for name in ("LD_LIBRARY_PATH_ORIG", "QT_PLUGIN_PATH") if name in born]
    assert not handed_on, f"handed on by the bundle: {', '.join(handed_on)}"


def voices(process: int) -> Iterator[int]:
    """Find the voice's process among all that a process started."""
    for child in children(process):
        if "--own-process" in command_of(child):
            yield child
        yield from voices(child)


def children(process: int) -> list[int]:
    """List what a process started (Linux)."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]


def command_of(process: int) -> str:
    """Give the words a process was started with, in one line."""
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


@contextmanager
def screen(environment: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Give an environment with a display of 1280x800 and a window manager."""
    from private_screen import private_screen  # noqa: PLC0415 - as the sound

    with private_screen() as display:
        seen = {**environment, "DISPLAY": display}
        seen.pop("WAYLAND_DISPLAY", None)
        seen.pop("QT_QPA_PLATFORM", None)
        manager = subprocess.Popen(["openbox"], env=seen, stderr=subprocess.DEVNULL)  # noqa: S607
        try:
            yield seen
        finally:
            manager.terminate()
            manager.wait(10)


def press(key: str, environment: Mapping[str, str]) -> None:
    subprocess.run(["xdotool", "key", key], env=dict(environment), check=True)  # noqa: S607


def picture(name: str, environment: Mapping[str, str]) -> None:
    """Keep what is on the screen. Raises AssertionError when nothing is painted there."""
    from PIL import Image  # noqa: PLC0415 - as the sound

    path = PICTURES / f"{name}.png"
    subprocess.run(["import", "-window", "root", str(path)], env=dict(environment), check=True)  # noqa: S607
    with Image.open(path) as image:
        colors = image.convert("RGB").getcolors(maxcolors=1 << 24) or []
    assert len(colors) >= _FEWEST_COLORS, f"{path} has {len(colors)} colors: no window was painted"


def heard(tried: Trial, routine: Path, recording: "Samples") -> None:
    """Find every tone and every phrase of the session in the recording. Raises AssertionError."""
    from session_sound import expected_of, found_in  # noqa: PLC0415 - as the sound

    expected = expected_of(str(routine), tried.work / "home")
    words = [each for each in expected if not each.tone]
    assert len(words) > 1, "the session has nothing to say"
    unheard = [
        f"{each.expected.name} ({each.likeness:.2f})"
        for each in found_in(recording, expected)
        if each.likeness < _LEAST_LIKE
    ]
    assert not unheard, f"not heard: {', '.join(unheard)}"
    print(f"  heard: {len(words)} phrases, {len(expected) - len(words)} tones", flush=True)
