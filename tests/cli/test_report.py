"""The report that a person sends along with a question: it helps, and gives nothing of theirs away."""

import re
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from chain_timer import __version__
from chain_timer.cli import report as reporting
from chain_timer.cli import scrubbing
from chain_timer.cli.doctor import Finding
from chain_timer.cli.home import Home
from chain_timer.cli.scrubbing import Scrubber, own_folders, own_names
from chain_timer.system.log import LOG_NAME

SECRET = "zebrafink"  # noqa: S105 - a name to look for
LOG = f"""\
2026-11-23 14:30:00,123 WARNING chain_timer.sound.output: no sound: {SECRET}'s earbuds
2026-11-23 14:30:01,123 ERROR chain_timer.cli.process: a callback failed
Traceback (most recent call last):
  File "/home/{SECRET}/.venv/lib/chain_timer/window/bridge.py", line 12, in _show
    raise ValueError("{SECRET}")
  File "/home/{SECRET}/.venv/lib/other/{SECRET}.py", line 3, in {SECRET}
chain_timer.problems.ChainTimerError: the routine "{SECRET}" is gone
2026-11-23 14:30:02,123 WARNING {SECRET}: {SECRET}
{SECRET}Error
"""


@pytest.fixture
def findings(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What doctor finds, to be planted: looking takes seconds, and is tested elsewhere."""
    found: list[Finding] = []
    monkeypatch.setattr(reporting, "look", lambda _home: found)
    monkeypatch.setattr(reporting, "probe", lambda _what: "1920x1080 @1.5, 1280x800 @1")
    return found


Text = Callable[[], str]


@pytest.fixture
def text(home: Path, findings: list[Finding]) -> Text:
    del home, findings
    return lambda: reporting.report(Home())


def test_it_is_whole_and_can_be_pasted_as_it_is(start: Any, home: Path) -> None:
    del home
    done = start("doctor", "--report")
    lines = done.out.splitlines()
    assert (done.code, lines[0], lines[-1]) == (0, "```", "```")
    assert lines[1] == f"Chain Timer {__version__} (checkout)"
    assert {"Computer:", "Found:", "Settings that differ:", "Packages:", "Log:"} <= set(lines)
    assert "NOTE Display: There is no display; sessions run in the terminal: chain-timer play" in lines
    assert re.search(r"^ok   Voice: en-\w+, out of \d+$", done.out, re.MULTILINE)


def test_it_tells_what_a_question_needs(text: Text) -> None:
    told = text()
    assert re.search(r"^Python: 3\.\d+\.\d+ \(CPython\)$", told, re.MULTILINE)
    assert "Screens: 1920x1080 @1.5, 1280x800 @1" in told
    assert re.search(r"^pyttsx3 2\.\d+$", told, re.MULTILINE)
    assert "pytest" not in told


def test_a_checkout_that_is_not_installed_tells_its_packages_too(
    text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_installed(_name: str) -> list[str]:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "requires", not_installed)
    assert re.search(r"^pyttsx3 2\.\d+$", text(), re.MULTILINE)


def test_without_any_list_the_packages_that_are_there_are_told(
    text: Text, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def not_installed(_name: str) -> list[str]:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "requires", not_installed)
    monkeypatch.setattr(reporting, "_CHECKOUT", tmp_path / "pyproject.toml")
    assert re.search(r"^pytest \d", text(), re.MULTILINE)


def test_folders_are_told_by_their_usual_part(text: Text, findings: list[Finding], home: Path) -> None:
    findings.append(Finding("Own files", str(home / "routines")))
    assert "ok   Own files: $CHAIN_TIMER_HOME/routines" in text()


def test_files_of_a_person_are_counted_and_not_named(text: Text, findings: list[Finding]) -> None:
    findings += [Finding("Your files", f"{SECRET}.toml: broken", fine=False)] * 2
    told = text()
    assert SECRET not in told
    assert "NOTE Your files: problems in 2 or more places" in told


def test_the_log_is_told_by_kinds_and_places_alone(text: Text, home: Path) -> None:
    (home / "log").mkdir(parents=True)
    logs = Home().folders.logs
    logs.mkdir(parents=True, exist_ok=True)
    (logs / LOG_NAME).write_text(LOG)
    told = text()
    assert SECRET not in told
    assert told.partition("Log:\n")[2].splitlines() == [
        "WARNING chain_timer.sound.output",
        "ERROR chain_timer.cli.process",
        "  chain_timer/window/bridge.py:12",
        "  ChainTimerError",
        "WARNING",
        "```",
    ]


def test_only_the_end_of_the_log_is_told(text: Text) -> None:
    logs = Home().folders.logs
    logs.mkdir(parents=True, exist_ok=True)
    entry = "2026-11-23 14:30:00,123 WARNING chain_timer.x{}: y\n"
    (logs / LOG_NAME).write_text("".join(entry.format(number) for number in range(100)))
    assert [line for line in text().splitlines() if "chain_timer.x" in line] == [
        f"WARNING chain_timer.x{number}" for number in range(80, 100)
    ]


def test_settings_are_told_where_they_are_choices_or_numbers(text: Text) -> None:
    home = Home()
    home.store.change(rate=180, theme="dark", voice=SECRET, reminders="mon 18:00")
    home.store.close()
    told = text()
    assert SECRET not in told
    assert "rate = 180\ntheme = dark\nreminders = (set)" in told
    assert "voice = (set)" in told


def test_variables_of_the_desktop_are_told_where_they_are_names(
    text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    monkeypatch.setenv("XDG_SESSION_TYPE", f"/home/{SECRET}")
    told = text()
    assert "Desktop: ubuntu:GNOME" in told
    assert SECRET not in told


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ('The routine "zebrafink" is gone', 'The routine "…" is gone'),
        ("/media/zebrafink stick/x y.toml cannot be read; look", "… cannot be read; look"),
        (r"C:\Users\zebrafink\x cannot be read; look", "…; look"),
        (r"see \\zebrafink\share; look", "see …; look"),
        ("see /home/me/Documents/zebrafink (new)", "see ~/…)"),
        ("see /home/me/.config/chain-timer; good", "see ~/.config/chain-timer; good"),
        ("see /home/me-zebrafink/x", "see …"),
        ("Zebrafink's earbuds", "…'s earbuds"),
        ("zebrafinks", "zebrafinks"),
        ("Qt cannot be loaded (libEGL.so.1: cannot open)", "Qt cannot be loaded (libEGL.so.1: cannot open)"),
        ("and/or 45s a side", "and/or 45s a side"),
    ],
)
def test_what_is_a_persons_own_is_taken_out(found: str, told: str) -> None:
    scrub = Scrubber([(Path("/home/me"), "~")], ["zebrafink", "root", "x"])
    cleaned = scrub(found)
    if "/media" in found or "C:" in found:
        assert "zebrafink" not in cleaned.lower()
        assert cleaned.endswith("; look")
    else:
        assert cleaned == told


def test_it_knows_who_sits_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scrubbing, "getuser", lambda: "anna")
    monkeypatch.setattr("socket.gethostname", lambda: "annas-box.example.org")
    monkeypatch.setenv("HOME", "/home/anna")
    assert {"anna", "annas-box", "annas-box.example.org"} <= set(own_names())
    assert (Path("/home/anna"), "~") in own_folders("CHAIN_TIMER_HOME")


def test_a_computer_that_knows_nobody_has_a_report_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found: 12345")

    monkeypatch.setattr(scrubbing, "getuser", nobody)
    assert own_names()
