"""What becomes of a running session when its voice does not: every trouble in a session of its own."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers.watched import Watched, is_alive, play, surroundings, tiny_home

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="its processes are found in /proc"),
]
SPOKEN = ("Next: Pullup. Two seconds.", "Well done.")
FAKES = {
    "is missing": "raise ImportError('no such package')",
    "hangs": "import time\ntime.sleep(600)",
    "floods": "import os, sys\nwhile True:\n    print('x' * 9000)\n    os.write(1, b'y' * 9000)",
    "dies": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "fails oddly": "raise RuntimeError('<b>odd</b> \\x1b[2J' * 500)",
}


def _with_a_package_that(folder: Path, code: str) -> tuple[Watched, list[int]]:
    package = folder / "first"
    package.mkdir()
    (package / "pyttsx3.py").write_text(code, encoding="utf-8")
    home = tiny_home(folder / "home")
    session = play(home, surroundings(home, PYTHONPATH=str(package)))
    return session, _workers_until_the_end(session)


def _killed_again_and_again(folder: Path) -> tuple[Watched, list[int]]:
    home = tiny_home(folder / "home")
    session = play(home, surroundings(home))
    return session, _workers_until_the_end(session, kill=True)


def _workers_until_the_end(session: Watched, *, kill: bool = False) -> list[int]:
    seen = []
    while session.process.poll() is None:
        for pid in session.workers():
            seen.append(pid)
            if kill and is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    session.end()
    return seen


@pytest.fixture(scope="module")
def all_sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Watched, list[int]]]]:
    with ThreadPoolExecutor(len(FAKES) + 1) as pool:
        begun = {
            name: pool.submit(_with_a_package_that, tmp_path_factory.mktemp("voice"), code)
            for name, code in FAKES.items()
        }
        begun["is killed again and again"] = pool.submit(
            _killed_again_and_again, tmp_path_factory.mktemp("voice")
        )
        yield {name: each.result() for name, each in begun.items()}


@pytest.fixture(params=[*FAKES, "is killed again and again"])
def session(request: pytest.FixtureRequest, all_sessions: dict[str, tuple[Watched, list[int]]]) -> Watched:
    return all_sessions[request.param][0]


def test_the_session_goes_on_to_its_end(session: Watched) -> None:
    assert session.code == 0
    assert any(line.endswith(" end") for line in session.lines)


def test_every_phrase_stands_in_the_lines(session: Watched) -> None:
    said = [line for line in session.lines if "  say  " in line]
    assert [words for words in SPOKEN if not any(words in line for line in said)] == []


def test_every_line_comes_on_time(session: Watched) -> None:
    assert [round(late) for late in session.lateness_ms() if late > 300] == []


def test_nothing_is_said_outside_of_the_lines(session: Watched) -> None:
    assert session.err == ""
    assert "Traceback" not in session.out
    assert "\x1b" not in session.out


def test_a_word_tells_that_there_is_no_voice(session: Watched) -> None:
    told = [line for line in session.notices() if "voice" in line]
    assert 1 <= len(told) <= 2, session.out
    assert all(len(line) < 500 for line in told)


def test_no_process_of_the_voice_is_left(all_sessions: dict[str, tuple[Watched, list[int]]]) -> None:
    seen = {name: pids for name, (_, pids) in all_sessions.items()}
    assert [name for name, pids in seen.items() if not pids] == []
    assert [name for name, pids in seen.items() if any(is_alive(pid) for pid in pids)] == []
