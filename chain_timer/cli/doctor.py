"""``doctor``: what a session needs, what of it is here, and what to do about the rest."""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from threading import Event

from chain_timer import __version__
from chain_timer.cli.display import find_display
from chain_timer.cli.errors import DONE, FAILED
from chain_timer.cli.home import Home
from chain_timer.problems import ChainTimerError, Problem, plain
from chain_timer.routine.library import Library
from chain_timer.speech.child import VoiceError
from chain_timer.speech.client import VoiceWorker
from chain_timer.speech.voices import choose_voice
from chain_timer.system.awake import Awake
from chain_timer.system.folders import HOME_VARIABLE, can_be_made
from chain_timer.system.log import LOG_NAME
from chain_timer.system.own_process import own_process

_PROBE_S = 8.0
_VOICE_S = 6.0
_AWAKE_S = 2.0
_LOOK_S = 0.05
_LONGEST = 600
_MOST_PROBLEMS = 10
_NOTHING = "No session can be followed until the routines are back."
FILES = "Your files"
"""The label of what is wrong with a file of a person's own."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    label: str
    text: str
    fine: bool = True

    def __str__(self) -> str:
        return f"{'ok  ' if self.fine else 'NOTE'}  {self.label:<11} {plain(self.text, _LONGEST)}"


def examine() -> int:
    """Look at everything at once, and print what was found. Takes some seconds at most."""
    home = Home()
    print(_versions())
    print()
    found = look(home)
    for finding in found:
        print(finding)
    print()
    can_be_followed = found[0].fine
    print(_conclusion(found) if can_be_followed else _NOTHING)
    return DONE if can_be_followed else FAILED


def look(home: Home) -> list[Finding]:
    """Look at everything at once; what is first are the routines, without which nothing can be followed."""
    probes = [_display, _sound, lambda: _voice(home), _awake]
    with ThreadPoolExecutor(len(probes), "doctor") as pool:
        waiting = [pool.submit(probe) for probe in probes]
        routines = _routines(home)
        return [
            routines,
            *(job.result() for job in waiting),
            _terminal(),
            *_folders(home),
            *_files(home, whole=routines.fine),
        ]


def _versions() -> str:
    try:
        qt = f"PySide6 {metadata.version('PySide6-Essentials')}"
    except metadata.PackageNotFoundError:
        qt = "no PySide6 package"
    system = f"{platform.system()} {platform.release()}"
    return f"Chain Timer {__version__}, Python {platform.python_version()}, {qt}, {system}"


def _routines(home: Home) -> Finding:
    try:
        built_in = Library.built_in()
    except (ChainTimerError, OSError, KeyError) as error:
        return Finding("Routines", f"{error}; install Chain Timer again", fine=False)
    own = home.library
    text = f"{len(own.by_routine_id)} routines, {len(own.by_exercise_id)} exercises"
    return Finding("Routines", text, fine=bool(built_in.by_routine_id))


def _display() -> Finding:
    display = find_display()
    if not display.usable:
        text = f"{display.problem}; sessions run in the terminal: chain-timer play"
        return Finding("Display", text, fine=False)
    problem = probe("window")
    return Finding("Display", problem or display.name, fine=not problem)


def _sound() -> Finding:
    problem = probe("sound")
    return Finding("Sound", problem or "the sound output answers", fine=not problem)


def probe(what: str) -> str:
    """Try something in a process of its own, and give what it says: the problem, mostly."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            own_process("probe", what),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PROBE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"The {what} did not answer within {_PROBE_S:.0f} s; starting the computer anew may help"
    except OSError as error:
        return f"The {what} could not be tried ({error.strerror})"
    if done.returncode:
        return f"The {what} could not be tried: its process ended with {done.returncode}"
    return done.stdout.decode(errors="replace").strip()


def _voice(home: Home) -> Finding:
    try:
        with closing(VoiceWorker(timeout_s=_VOICE_S)) as worker:
            voices = worker.voices()
            wanted = home.settings.voice
            chosen = choose_voice(voices, wanted, worker.language)
            worker.render("Hello", wanted, home.settings.rate)
    except VoiceError as error:
        return Finding("Voice", f"{error}; until then everything is shown", fine=False)
    if wanted and not (chosen and chosen.answers_to(wanted)):
        text = (
            f"the voice {wanted} is not here; choose another one in the settings, or see chain-timer voices"
        )
        return Finding("Voice", text, fine=False)
    name = f"{chosen.name} ({chosen.language})" if chosen else "the system's own"
    return Finding("Voice", f"{name}, out of {len(voices)}")


def _awake() -> Finding:
    awake, waiting, waited_s = Awake(), Event(), 0.0
    awake.start()
    while awake.works is None and waited_s < _AWAKE_S:
        waiting.wait(_LOOK_S)
        waited_s += _LOOK_S
    works = awake.works
    awake.stop()
    if works:
        return Finding("Keep awake", "the screen stays on while a session plays")
    text = "the screen may turn off during a session; if it does, give it more time in your system's settings"
    return Finding("Keep awake", text, fine=False)


def _terminal() -> Finding:
    if not sys.stdout.isatty():
        return Finding("Terminal", "none here: a session would be plain lines")
    size = os.get_terminal_size(sys.stdout.fileno())
    return Finding("Terminal", f"{size.columns} columns, {size.lines} lines, {sys.stdout.encoding}")


def _folders(home: Home) -> list[Finding]:
    folders = home.folders
    named = {
        "Settings": folders.settings,
        "Own files": folders.routines,
        "History": folders.history,
        "Cache": folders.cache,
        "Log": folders.logs / LOG_NAME,
    }
    return [_folder(label, path) for label, path in named.items()]


def _folder(label: str, path: Path) -> Finding:
    if _can_be_written(path):
        return Finding(label, str(path))
    remedy = f"make it writable, or name another place in {HOME_VARIABLE}"
    return Finding(label, f"{path} cannot be written to, and nothing is kept there; {remedy}", fine=False)


def _can_be_written(path: Path) -> bool:
    is_file = os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises where nobody may look
    return os.access(path, os.W_OK) if is_file else can_be_made(path)


def _files(home: Home, *, whole: bool) -> list[Finding]:
    problems: Sequence[Problem] = (*home.store.problems, *(home.library.problems if whole else ()))
    return [Finding(FILES, str(problem), fine=False) for problem in problems[:_MOST_PROBLEMS]]


def _conclusion(found: Sequence[Finding]) -> str:
    fine = {finding.label: finding.fine for finding in found}
    place = "in a window" if fine["Display"] else "in the terminal"
    sound = "without sound"
    if fine["Sound"]:
        sound = "with voice and tones" if fine["Voice"] else "with tones and no voice"
    return f"A session can be followed {place}, {sound}."
