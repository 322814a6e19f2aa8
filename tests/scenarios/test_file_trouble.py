"""What becomes of a running session on a bad disk and among damaged files: all goes on, nothing is lost."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from helpers.watched import Watched, play, surroundings, tiny_home, tiny_routine

from chain_timer.speech.clip import pcm_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="disks and files of POSIX"),
]
GARBAGE = b"\x00\xff\xfe[[[ = \x1b[2J \xf0\x9f\x92\xa9" * 40
SPOKEN = ("Next: Pullup. Two seconds.", "Well done.")


def under_a_file(folder: Path, _disk: object) -> tuple[Path, Watched]:
    (folder / "file").write_text("of the person", encoding="utf-8")
    tiny_home(folder / "elsewhere")
    environment = surroundings(folder / "file" / "home")
    return folder, play(folder / "elsewhere", environment)


def full(folder: Path, disk: Any) -> tuple[Path, Watched]:
    home = tiny_home(disk.folder / "home")
    disk.fill()
    return folder, play(home, surroundings(home))


def read_only(folder: Path, disk: Any) -> tuple[Path, Watched]:
    home = tiny_home(disk.folder / "home")
    disk.make_read_only()
    return folder, play(home, surroundings(home))


def damaged(folder: Path, _disk: object) -> tuple[Path, Watched]:
    """Damage every file there is after a session was made ready, then play it."""
    home = tiny_home(folder / "home")
    preview = ["-m", "chain_timer", "preview", "--exact", str(home / "routines" / "tiny.toml")]
    first = Watched(preview, surroundings(home)).end()
    assert first.code == 0, first.err
    assert list((home / "cache" / "clips").iterdir())
    for name in ("settings.toml", "remembered.toml"):
        (home / "settings" / name).write_bytes(GARBAGE)
    (home / "routines" / "broken.toml").write_bytes(GARBAGE)
    (home / "exercises").mkdir()
    (home / "exercises" / "pullup.toml").write_bytes(GARBAGE)
    for number, path in enumerate(sorted((home / "cache" / "clips").iterdir())):
        path.write_bytes((b"", GARBAGE, path.read_bytes()[:5_000])[number % 3])
    return home, play(home, surroundings(home))


TROUBLES: dict[str, Callable[[Path, Any], tuple[Path, Watched]]] = {
    each.__name__: each for each in (under_a_file, full, read_only, damaged)
}


class Sessions:
    """All of them at once, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], tuple[Path, Watched]]) -> None:
        self._pool = ThreadPoolExecutor(len(TROUBLES))
        self._begun = {name: self._pool.submit(make, name) for name in TROUBLES}

    def __getitem__(self, name: str) -> tuple[Path, Watched]:
        folder, session = self._begun[name].result()
        return folder, session.end()

    def close(self) -> None:
        for each in self._begun.values():
            if each.exception() is None:
                each.result()[1].end()
        self._pool.shutdown()


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory, make_disk: Callable[[], Any]) -> Any:
    def make(name: str) -> tuple[Path, Watched]:
        disk = make_disk() if name in {"full", "read_only"} else None
        return TROUBLES[name](tmp_path_factory.mktemp(name), disk)

    # Asked for at once by several threads, pytest would make several of them.
    tmp_path_factory.getbasetemp()
    made = Sessions(make)
    yield made
    made.close()


@pytest.fixture(params=TROUBLES)
def session(request: pytest.FixtureRequest, sessions: Sessions) -> Watched:
    return sessions[request.param][1]


def test_the_session_goes_on_to_its_end(session: Watched) -> None:
    assert session.code == 0, session.err
    assert any(line.endswith(" end") for line in session.lines)


def test_every_phrase_stands_in_the_lines(session: Watched) -> None:
    said = [line for line in session.lines if "  say  " in line]
    assert [words for words in SPOKEN if not any(words in line for line in said)] == []


def test_every_line_comes_on_time(session: Watched) -> None:
    assert [round(late) for late in session.lateness_ms() if late > 300] == []


def test_whatever_is_said_is_a_sentence(session: Watched) -> None:
    assert "Traceback" not in session.err + session.out
    assert "\x1b" not in session.err + session.out
    assert "voice" not in "".join(session.notices())
    assert all(len(line) < 300 for line in session.err.splitlines())


def test_a_home_that_cannot_be_read_is_told_in_one_sentence(sessions: Sessions) -> None:
    told = sessions["under_a_file"][1].err.splitlines()
    assert len(told) == 1
    assert "cannot be read" in told[0]


def test_the_file_in_the_way_is_left_as_it_is(sessions: Sessions) -> None:
    assert (sessions["under_a_file"][0] / "file").read_text() == "of the person"


@pytest.mark.parametrize("name", ["full", "read_only"])
def test_a_disk_that_takes_nothing_costs_only_what_is_kept_for_later(sessions: Sessions, name: str) -> None:
    assert sessions[name][1].err == ""


def test_damaged_settings_are_told_in_one_sentence(sessions: Sessions) -> None:
    told = [line for line in sessions["damaged"][1].err.splitlines() if "settings.toml" in line]
    assert len(told) == 1


def test_damaged_files_of_the_person_are_left_or_set_aside(sessions: Sessions) -> None:
    home = sessions["damaged"][0]
    kept = [path for path in home.rglob("*") if path.is_file() and path.read_bytes() == GARBAGE]
    names = {path.name.split(".")[0] for path in kept if "clips" not in path.parts}
    assert names == {
        "settings",
        "remembered",
        "broken",
        "pullup",
    }


def test_the_routine_that_was_played_is_unchanged(sessions: Sessions) -> None:
    home = sessions["damaged"][0]
    assert (home / "routines" / "tiny.toml").read_text() == tiny_routine()


def test_damaged_clips_are_rendered_anew(sessions: Sessions) -> None:
    clips = sorted((sessions["damaged"][0] / "cache" / "clips").iterdir())
    assert len(clips) >= len(SPOKEN)
    assert all(pcm_of(clip.read_bytes()[4:]) for clip in clips)
