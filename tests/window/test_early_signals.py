"""A signal ends the program whenever it comes, also before anything listens for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

LONGEST_S = 20
SENT_IN_A_CALLBACK = """
import os, signal, sys
from chain_timer.window import app, frame

class Told(frame.Frame):
    def {event}(self, event):
        os.kill(os.getpid(), signal.{name})
        super().{event}(event)

app.Frame = Told
from chain_timer.__main__ import main
sys.argv = ["chain-timer", "desk-break"]
sys.exit(main())
"""
SENT_BEFORE_THE_LOOP = """
import os, signal, sys
from chain_timer.window import app

real = app.ready_application

class Late:
    def __init__(self, application): self.application = application
    def __getattr__(self, name): return getattr(self.application, name)
    def exec(self):
        os.kill(os.getpid(), signal.SIGTERM)
        return self.application.exec()

app.Look = lambda application, *rest, real=app.Look: real(application.application, *rest)
app.ready_application = lambda: Late(real())
from chain_timer.__main__ import main
sys.argv = ["chain-timer", {option!r}]
sys.exit(main())
"""


def ended(code: str, home: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "CHAIN_TIMER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )


@pytest.mark.parametrize("option", ["--tray", "desk-break"])
def test_one_that_comes_before_there_is_a_loop_to_leave_ends_the_program(tmp_path: Path, option: str) -> None:
    done = ended(SENT_BEFORE_THE_LOOP.format(option=option), tmp_path)
    assert done.returncode == 128 + signal.SIGTERM
    assert done.stderr == ""


@pytest.mark.parametrize("event", ["paintEvent", "showEvent"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_one_that_comes_while_qt_calls_back_ends_the_program(tmp_path: Path, name: str, event: str) -> None:
    done = ended(SENT_IN_A_CALLBACK.format(name=name, event=event), tmp_path)
    assert done.returncode == 128 + getattr(signal, name)
    assert done.stderr == ""
