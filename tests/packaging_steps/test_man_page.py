"""The manual's page tells all the command line knows, in words that groff and mandoc show as they are."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from helpers.shipping import step
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.cli.arguments import SHAPES, parser_of
from chain_timer.system.folders import HOME_VARIABLE, find_folders

man_page = step("man_page")
roff = step("roff")

DAY_S = 86_400
MARGIN = 7
A_PAGE = '.TH T 1 2026-01-05 "T" "T"\n.SH NAME\nt \\- t\n.SH DESCRIPTION\n'


@pytest.fixture(scope="module")
def page() -> str:
    return str(man_page.text())


@pytest.fixture(scope="module")
def words(page: str) -> str:
    """What is read on it, in one line."""
    plain = re.sub(r"^\.[A-Z]+ ?|\\f[BIR]|\\&", "", page, flags=re.MULTILINE)
    for written, shown in (("\\-", "-"), ("\\(ti", "~"), ("\\(aq", "'"), ("\\(dq", '"')):
        plain = plain.replace(written, shown)
    return " ".join(plain.split())


def lint(text: str, tmp_path: Path) -> str:
    file = tmp_path / "page.1"
    file.write_text(text, encoding="ascii")
    command = ["mandoc", "-T", "lint", "-W", "style", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def shown(text: str) -> list[str]:
    """Have mandoc show a page, without what it prints twice."""
    command = ["mandoc", "-T", "utf8"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return re.sub(r".\x08", "", done.stdout).splitlines()


@pytest.mark.parametrize("command", SHAPES)
def test_each_command_is_there_with_its_summary(command: str, words: str) -> None:
    assert SHAPES[command].summary in words


@pytest.mark.parametrize("command", SHAPES)
def test_each_option_is_there_with_its_help(command: str, page: str) -> None:
    part = page.split(f'.SS "{roff.escaped(command)}"')[1].split("\n.SS ", 1)[0]
    for action in parser_of(command)._actions:
        for option in action.option_strings:
            assert (roff.bold(option) in part) is (action.dest not in {"help", "version"}), option


@pytest.mark.parametrize("command", [name for name, shape in SHAPES.items() if shape.examples])
def test_each_example_is_there_word_for_word(command: str, page: str) -> None:
    for line in SHAPES[command].examples.splitlines():
        assert roff.escaped(line).replace("'", "\\(aq") in page.splitlines()


def test_the_exit_codes_are_those_of_the_manual(words: str) -> None:
    assert "0 done; also when the reader of the output had enough (| head) 1 failed: no voice" in words
    assert "143 asked to end with SIGTERM" in words


def test_the_folders_are_those_the_program_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", HOME_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    folders = find_folders()
    used = (
        folders.settings,
        folders.routines,
        folders.exercises,
        folders.history,
        folders.cache,
        folders.logs,
    )
    named = {Path(name).expanduser() for name in man_page.FILES}
    assert set(used) <= named


def test_each_section_of_the_first_page_of_help_that_it_takes_is_there(page: str) -> None:
    assert roff.escaped("Space    start, pause, go on, or say done    + -    5 seconds more or less") in page
    assert "the default routine, here and now" in page


def test_it_is_dated_by_the_sources_and_not_by_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(365 * DAY_S))
    assert man_page.text().startswith('.TH "CHAIN\\-TIMER" "1" "1971-01-01" ')
    assert man_page.text() == man_page.text()


def test_it_is_put_where_man_looks(tmp_path: Path) -> None:
    assert man_page.write_man_page(tmp_path) == tmp_path / "man" / "man1" / "chain-timer.1"


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_mandoc_has_nothing_to_say_about_it(page: str, tmp_path: Path) -> None:
    assert lint(page, tmp_path) == ""


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_has_nothing_to_say_about_it(page: str) -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z"],  # noqa: S607 - wherever it is installed
        input=page,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("--dry-run", "\\-\\-dry\\-run"),
        (".chain-timer", "\\&.chain\\-timer"),
        ("'tis", "\\&'tis"),
        ("C:\\routines", "C:\\eroutines"),
        ("~/shared", "\\(ti/shared"),
        ('say "go"', "say \\(dqgo\\(dq"),
        ("30 … 60", "30 \\[u2026] 60"),
        ("bell\a\x1b[31m", "bell[31m"),
    ],
)
def test_what_roff_would_take_for_a_sign_is_written_as_a_letter(text: str, written: str) -> None:
    assert roff.escaped(text) == written


def test_no_line_of_a_paragraph_begins_like_a_request() -> None:
    lines = roff.filled("word " * 15 + ".SH 'br " * 20)
    assert [line for line in lines if line.startswith((".", "'"))] == []


def test_lines_of_examples_stay_as_they_are() -> None:
    assert roff.unfilled(["a  b", "", ".c"]) == [".EX", "a  b", "\\&", "\\&.c", ".EE"]


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), min_size=1, max_size=60))
def test_any_words_are_shown_just_so(text: Any) -> None:
    lines = shown(A_PAGE + "\n".join(roff.unfilled([f"x{text}", text])) + "\n.SH END\nend\n")
    begin = next(number for number, line in enumerate(lines) if line.startswith("DESCRIPTION"))
    assert lines[begin + 1][MARGIN:].rstrip() == f"x{text}".rstrip()
    assert lines[begin + 2][MARGIN:].rstrip() == text.rstrip()
