"""The real program as a process: its streams, its signals, its surroundings."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chain_timer import __version__

Run = Callable[..., Any]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells and signals of POSIX")


def test_it_tells_its_version(start: Run) -> None:
    assert start("--version").out == f"Chain Timer {__version__}\n"


def test_a_reader_that_has_enough_is_no_failure(start: Run, tmp_path: Path) -> None:
    said = tmp_path / "said"
    log = f'2>"{said}"; echo $? >>"{said}"; }} | head -1'
    done = start("preview", "swing-and-hinge", "--rounds", "100", redirected=log, before="{ ")
    assert len(done.out.splitlines()) == 1
    assert said.read_text() == "0\n"


def test_a_home_that_cannot_be_is_told(start: Run) -> None:
    done = start("list", env={"CHAIN_TIMER_HOME": "~nobody-of-this-name/x"})
    assert done.code == 1
    assert "CHAIN_TIMER_HOME" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_closed_output_is_no_failure(start: Run) -> None:
    done = start("list", redirected=">&-")
    assert (done.code, done.err) == (0, "")


def test_all_streams_closed_is_no_failure(start: Run) -> None:
    assert start("list", redirected="<&- >&- 2>&-").code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(start: Run) -> None:
    done = start("list", redirected="> /dev/full")
    assert done.code == 1
    assert done.err == "The output could not be written: No space left on device\n"


def test_a_terminal_of_ascii_shows_what_it_can(start: Run) -> None:
    done = start("show", "x" * 300, env={"PYTHONIOENCODING": "ascii"})
    assert (done.code, done.err[:5]) == (2, "There")


def test_a_home_that_is_no_folder_stops_nothing(start: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    done = start("list", "--json", env={"CHAIN_TIMER_HOME": str(file / "home")})
    assert done.code == 0
    assert len(json.loads(done.out)) == 6
    assert "Traceback" not in done.err


def test_a_device_as_an_argument_is_refused_without_waiting(start: Run) -> None:
    done = start("check", "/dev/zero")
    assert done.code == 2


def test_doctor_tells_folders_that_cannot_be_written_to(start: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    done = start("doctor", env={"CHAIN_TIMER_HOME": str(file / "home")})
    assert done.code == 0
    assert done.out.count("cannot be written to, and nothing is kept there") == 5
    assert "Traceback" not in done.out + done.err


@pytest.mark.usefixtures("home")
def test_without_display_and_terminal_a_routine_follows_as_lines() -> None:
    with _started("desk-break") as program:
        said = program.stdout.readline() + program.stdout.readline()
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=20)
    assert "prepare" in said
    assert err.splitlines()[0] == "There is no display. The session follows as plain lines."
    assert program.returncode == 130
    assert "Traceback" not in out + err


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_session_with_all_that_belongs_to_it(number: int, code: int) -> None:
    with _started("play", "desk-break") as program:
        lines = [program.stdout.readline() for _ in range(3)]
        children = _children(program.pid)
        program.send_signal(number)
        _, err = program.communicate(timeout=20)
    assert lines[0]
    assert program.returncode == code
    assert "Traceback" not in err
    assert children
    assert not any(_is_alive(child) for child in children)


@pytest.mark.usefixtures("home")
def test_a_signal_ends_a_tool_quietly() -> None:
    with _started("preview", "--exact", "whole-posterior-chain") as program:
        said = program.stderr.readline()
        children = _children(program.pid)
        program.send_signal(signal.SIGTERM)
        out, err = program.communicate(timeout=20)
    assert said == "10 phrases spoken …\n"
    assert program.returncode == 143
    assert "Traceback" not in out + err
    assert children
    assert not any(_is_alive(child) for child in children)


@pytest.mark.usefixtures("home")
def test_a_display_that_does_not_answer_is_told_and_the_session_goes_on() -> None:
    with _started("desk-break", env={"DISPLAY": ":987"}) as program:
        program.stdout.readline()
        program.send_signal(signal.SIGTERM)
        _, err = program.communicate(timeout=20)
    assert err.splitlines()[0] == "The display :987 does not answer. The session follows as plain lines."
    assert program.returncode == 143


@pytest.mark.usefixtures("home")
def test_without_qt_the_session_goes_on_in_lines_and_without_sound() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; sys.argv[1:] = ['desk-break']\n"
        "from chain_timer.__main__ import main; sys.exit(main())"
    )
    with _started("-c", code, env={"QT_QPA_PLATFORM": "offscreen"}) as program:
        said = program.stdout.readline() + program.stdout.readline()
        program.send_signal(signal.SIGTERM)
        _, err = program.communicate(timeout=20)
    assert err.startswith("Qt cannot be loaded (")
    assert "The session follows as plain lines." in err
    assert "This goes on without sound: Qt's sound library cannot be loaded" in said
    assert program.returncode == 143


def test_doctor_tells_what_is_missing_and_what_to_do(start: Run) -> None:
    done = start("doctor")
    assert (done.code, done.err) == (0, "")
    for label in ("Routines", "Display", "Sound", "Voice", "Keep awake", "Terminal", "Settings", "Cache"):
        assert f"  {label} " in done.out
    assert "chain-timer play" in done.out
    assert "A session can be followed" in done.out


def test_help_does_not_load_what_it_does_not_need() -> None:
    probe = "import sys; from chain_timer.cli.main import main; main(['list']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    modules = done.stdout.splitlines()[-1]
    for heavy in ("PySide6", "numpy", "rich", "tomlkit", "wakepy", "pyttsx3", "chain_timer.conductor"):
        assert f"'{heavy}'" not in modules


def _started(*arguments: str, env: dict[str, str] | None = None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *(() if arguments[0] == "-c" else ("-m", "chain_timer")), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    )


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children") if path.exists() else ():
        found += [int(child) for child in task.read_text().split()]
    return found


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
