"""The real program in a home that nobody has used: welcomed once, and never again."""

import sys
from pathlib import Path

import pytest
from helpers.watched import ROOT, Watched, surroundings

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="its surroundings are those of POSIX"),
]
PROGRAM = str(ROOT / "tests" / "helpers" / "window_program.py")


def opened(home: Path, *wishes: str) -> Watched:
    return Watched([PROGRAM, *wishes, "--"], surroundings(home, QT_QPA_PLATFORM="offscreen")).end()


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Watched, Watched]:
    """The first start, and the second one."""
    home = tmp_path_factory.mktemp("first") / "home"
    return opened(home, "skip", "leave"), opened(home, "leave")


def test_the_first_start_begins_with_the_welcome(starts: tuple[Watched, Watched]) -> None:
    assert [line for line in starts[0].lines if not line.startswith("cards")] == ["skipped", "library"]


def test_the_second_one_begins_with_the_library(starts: tuple[Watched, Watched]) -> None:
    assert [line for line in starts[1].lines if not line.startswith("cards")] == ["library"]


def test_both_end_well_and_quietly(starts: tuple[Watched, Watched]) -> None:
    assert [(each.code, each.err) for each in starts] == [(0, ""), (0, "")]
