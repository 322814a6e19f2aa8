"""Names of files: safe on every system, whatever the title is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.routine.file_names import LONGEST_STEM, LONGEST_STEM_BYTES, file_stem, is_stray
from chain_timer.routine.words import slug

FORBIDDEN = set('<>:"/\\|?*. ') | {chr(code) for code in range(32)}


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Morning stretch", "morning-stretch"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "c-windows-x"),
        ("CON", "my-con"),
        ("nul.toml", "nul-toml"),
        ("Com1", "my-com1"),
        ("LPT³", "my-lpt³"),
        ("console", "console"),
        ("", "untitled"),
        ("🧘‍♀️ …", "untitled"),
        ("Утро", "утро"),
        ("a" * 500, "a" * LONGEST_STEM),
        ("伸" * 500, "伸" * (LONGEST_STEM_BYTES // 3)),
        ("a" * 79 + " b", "a" * 79),
    ],
)
def test_a_title_makes_a_name(title: str, stem: str) -> None:
    assert file_stem(title, ()) == stem


def test_a_name_that_is_taken_is_numbered() -> None:
    assert file_stem("Morning", {"morning"}) == "morning-2"
    assert file_stem("Morning", {"Morning", "MORNING-2"}) == "morning-3"


def test_a_number_never_makes_a_name_too_long() -> None:
    assert file_stem("a" * 90, {"a" * LONGEST_STEM}) == "a" * (LONGEST_STEM - 2) + "-2"


def test_a_letter_is_not_cut_from_its_marks() -> None:
    assert file_stem("a" * 79 + "q\u0323\u0307", ()) == "a" * 79


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=120), st.lists(st.text(max_size=3), max_size=3))
def test_every_name_is_safe_and_is_the_id_that_is_read_from_it(title: str, taken: list[str]) -> None:
    stem = file_stem(title, taken)
    assert stem
    assert not FORBIDDEN & set(stem)
    assert len(stem) <= LONGEST_STEM
    assert len(stem.encode()) <= LONGEST_STEM_BYTES
    assert slug(stem) == stem
    assert not is_stray(f"{stem}.toml")
    assert stem not in taken


@pytest.mark.parametrize(
    "name",
    [
        "morning.sync-conflict-20240101-120000-ABCDEFG.toml",
        "morning (Ann's conflicted copy 2024-01-01).toml",
        "morning (conflicted copy 2024-01-01 120000).toml",
        "morning_conflict-20240101-120000.toml",
        "morning (SFConflict ann@example.org 2024-01-01-12-00-00).toml",
        "morning.Conflict.toml",
        ".~lock.morning.toml#",
        ".syncthing.morning.toml.tmp",
        "~syncthing~morning.toml.tmp",
        "~$morning.toml",
        ".#morning.toml",
        "#morning.toml#",
        "morning.toml.part",
        "morning.toml.TMP",
        "morning.toml~",
        "morning.toml.bak",
        ".hidden.toml",
    ],
)
def test_what_others_leave_in_the_folder_is_stray(name: str) -> None:
    assert is_stray(name)


@pytest.mark.parametrize(
    "name",
    ["morning.toml", "conflicted copy.toml", "tmp.toml", "Morning (2).toml", "утро.toml", "part-2.toml"],
)
def test_a_persons_own_file_is_not_stray(name: str) -> None:
    assert not is_stray(name)
