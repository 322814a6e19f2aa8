"""What the tests of the command line share: a fresh home, and commands run in this process or another."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from chain_timer.cli.main import main
from chain_timer.system.log import close_log

LONGEST_S = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folders, empty."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CHAIN_TIMER_HOME", str(folder))
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run a command line in this process."""
    del home

    def in_process(*arguments: str) -> Outcome:
        code = main(arguments)
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    yield in_process
    close_log()


@pytest.fixture
def start(home: Path) -> Run:
    """Run the real program, with nothing on its standard input."""
    del home

    def program(
        *arguments: str, before: str = "", redirected: str = "", env: Mapping[str, str] | None = None
    ) -> Outcome:
        command = [sys.executable, "-m", "chain_timer", *arguments]
        if redirected:
            command = ["/bin/sh", "-c", f'{before}"$@" {redirected}', "sh", *command]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=LONGEST_S,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return program


@pytest.fixture
def own_routine(home: Path) -> Callable[[str, str], Path]:
    """Write a routine file into the person's own folder."""

    def write(name: str, text: str) -> Path:
        path = home / "routines" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
