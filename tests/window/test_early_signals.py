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


@pytest.mark.parametrize("event", ["paintEvent", "showEvent"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_one_that_comes_while_qt_calls_back_ends_the_program(tmp_path: Path, name: str, event: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SENT_IN_A_CALLBACK.format(name=name, event=event)],
        env={**os.environ, "CHAIN_TIMER_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert ended.returncode == 128 + getattr(signal, name)
    assert "Traceback" not in ended.stderr
