"""What becomes of the window among hostile routines, beside another one, on a full disk, and on a signal."""

import signal
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.watched import QUICK_SETTINGS, ROOT, Watched, is_alive, play, surroundings, tiny_home

from chain_timer.speech.clip import pcm_of

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]
PROGRAM = str(ROOT / "tests" / "helpers" / "window_program.py")
EXERCISE = '{ exercise = "standing-hamstring-stretch-feet-together", hold = "2s" }'
HOSTILE_NAMES = {
    "right-to-left": "תרגיל מתיחה לרגליים " * 10,
    "emoji": "🧘‍♀️🔥" * 20,
    "html": "<img src=x onerror=alert(1)><h1>big</h1>",
    "escapes": "\\u001b[2J\\u001b]0;title\\u0007\\u202egnirts",
    "one-word": "Donaudampfschiff" * 6,
}
BUILT_IN = 6


def window(home: Path, *wishes: str, routine: str = "tiny") -> Watched:
    opened = [str(home / "routines" / f"{routine}.toml")] if routine else []
    environment = surroundings(home, QT_QPA_PLATFORM="offscreen")
    return Watched([PROGRAM, *wishes, "--", *opened], environment)


def settings_of(home: Path) -> dict[str, Any]:
    return tomllib.loads((home / "settings" / "settings.toml").read_text(encoding="utf-8"))


def write_hostile(home: Path) -> Path:
    folder = tiny_home(home) / "routines"
    for name, title in HOSTILE_NAMES.items():
        text = f'name = "{title[:200]}"\nexercises = [{EXERCISE}]\n'
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    endless = ",\n".join([EXERCISE] * 10_000)
    (folder / "endless.toml").write_text(f'name = "Endless"\nexercises = [{endless}]\n', encoding="utf-8")
    (folder / "empty.toml").write_text('name = "Empty"\nexercises = []\n', encoding="utf-8")
    (folder / "nothing.toml").write_bytes(b"")
    return home


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Watched]]:
    """Two windows and two sessions in lines, all at once and with one home."""
    home = tiny_home(tmp_path_factory.mktemp("together") / "home")
    started = [
        window(home, "start", "set:rate=170", "quit"),
        window(home, "start", "set:voice_volume=40", "quit"),
        play(home, surroundings(home)),
        play(home, surroundings(home)),
    ]
    return home, [each.end() for each in started]


@pytest.fixture(scope="module")
def full(make_disk: Callable[[], Any]) -> Iterator[tuple[Path, Watched]]:
    """A window on a full disk, which goes on while other facts are looked at."""
    disk = make_disk()
    home = tiny_home(disk.folder / "home")
    disk.fill()
    with window(home, "start", "set:rate=190", "set:voice_volume=40", "quit") as program:
        yield home, program


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """A window on a library of hostile routines, which plays the longest until it is asked to end."""
    home = write_hostile(tmp_path_factory.mktemp("hostile") / "home")
    with window(home, "open:endless", "start", routine="") as program:
        program.wait_for("playing")
        program.process.send_signal(signal.SIGINT)
        return program.end()


@pytest.fixture(scope="module", params=[signal.SIGTERM, signal.SIGINT])
def stopped(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, Path, Watched, list[int]]:
    """A window asked to end amid a session, a moment after a setting was changed."""
    home = tiny_home(tmp_path_factory.mktemp("stopped") / "home")
    with window(home, "start", "set:rate=190") as program:
        program.wait_for("set rate")
        voice = program.workers() if sys.platform == "linux" else []
        program.process.send_signal(request.param)
        return request.param, home, program.end(), voice


def test_a_session_begins_in_a_window_on_a_full_disk(full: tuple[Path, Watched]) -> None:
    full[1].wait_for("segment 0")


def test_two_windows_and_two_terminals_play_to_their_ends(together: tuple[Path, list[Watched]]) -> None:
    assert [(each.code, each.err) for each in together[1]] == [(0, "")] * 4
    assert [("finished" in each.lines) or each.out.count(" end\n") for each in together[1]] == [1, 1, 1, 1]


def test_none_of_them_says_anything_aside(together: tuple[Path, list[Watched]]) -> None:
    assert [each.err for each in together[1]] == ["", "", "", ""]


def test_none_of_them_loses_what_another_one_set(together: tuple[Path, list[Watched]]) -> None:
    found = settings_of(together[0])
    kept = (found["voice"]["rate"], found["sound"]["voice_volume"], found["session"]["prepare"])
    assert kept == (170, 40, 3)


def test_their_clips_are_whole_and_nothing_else_is_left(together: tuple[Path, list[Watched]]) -> None:
    clips = sorted((together[0] / "cache" / "clips").iterdir())
    assert clips
    assert {clip.suffix for clip in clips} == {".clip"}
    assert all(pcm_of(clip.read_bytes()[4:]) for clip in clips)


def test_hostile_routines_are_shown_or_named_as_problems(hostile: Watched) -> None:
    counts = [int(line.split()[1]) for line in hostile.lines if line.startswith("cards ")]
    assert counts[-1] > BUILT_IN + 1
    problems = next(line for line in hostile.lines if line.startswith("problems "))
    assert "empty.toml" in problems
    assert "nothing.toml" in problems


def test_a_routine_of_ten_thousand_exercises_plays(hostile: Watched) -> None:
    assert {"opened endless", "started", "segment 0", "playing"} <= set(hostile.lines)


def test_a_window_among_hostile_routines_ends_well(hostile: Watched) -> None:
    assert hostile.code == 130
    assert hostile.err == ""


def test_a_signal_ends_the_window_with_its_code(stopped: tuple[int, Path, Watched, list[int]]) -> None:
    number, _, program, _ = stopped
    assert program.code == 128 + number


def test_a_signal_ends_the_window_quietly(stopped: tuple[int, Path, Watched, list[int]]) -> None:
    assert stopped[2].err == ""


def test_a_signal_costs_no_setting(stopped: tuple[int, Path, Watched, list[int]]) -> None:
    found = settings_of(stopped[1])
    assert (found["voice"]["rate"], found["session"]["prepare"]) == (190, 3)


@pytest.mark.skipif(sys.platform != "linux", reason="its processes are found in /proc")
def test_a_signal_ends_the_voice_too(stopped: tuple[int, Path, Watched, list[int]]) -> None:
    assert stopped[3]
    assert [pid for pid in stopped[3] if is_alive(pid)] == []


def test_a_full_disk_is_told_in_one_sentence_and_stops_nothing(full: tuple[Path, Watched]) -> None:
    home, program = full
    program.end()
    assert program.code == 0
    assert "finished" in program.lines
    assert [line.split(":")[0] for line in program.err.splitlines()] == ["Settings are not saved"]
    assert (home / "settings" / "settings.toml").read_text(encoding="utf-8") == QUICK_SETTINGS


def test_what_fails_when_qt_calls_is_in_the_log_and_the_window_goes_on(tmp_path: Path) -> None:
    home = tiny_home(tmp_path / "home")
    with window(home, "fail", "start") as program:
        program.wait_for("playing")
        program.process.send_signal(signal.SIGINT)
        program.end()
    assert program.err == ""
    assert "ValueError" in (home / "logs" / "chain-timer.log").read_text(encoding="utf-8")
