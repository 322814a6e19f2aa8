"""The real thing on a real terminal: a child process plays, and leaves the terminal as it was."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind"),
]

ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"
PLAY = """
import contextlib, fcntl, sys, termios
with contextlib.suppress(OSError):
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from chain_timer.conductor import Conductor, Parts
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.session.clock import FastClock, SystemClock
from chain_timer.sound.null_output import NullOutput
from chain_timer.terminal.face import play_in_terminal
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases

class Nothing:
    revision, problem = 0, ""
    def want(self, phrases): pass
    def clip(self, words): return None
    def length_ms(self, words): return None
    def failed(self, words): return True
    def start(self): pass
    def stop(self): pass

clock = FastClock(SystemClock(), float(sys.argv[1]))
tiny = Routine("tiny", "Tiny", (Circuit((Item(Exercise("reach", "Reach", (), Hold(5000)), Hold(5000)),)),))
parts = Parts(clock, load_phrases(), Nothing(), NullOutput(), lambda tone: b"", Nothing(), 150)
conductor = Conductor(tiny, Options(), parts)
try:
    if len(sys.argv) > 2:
        conductor.poll = lambda: 1 / 0
    code = play_in_terminal(conductor, Names({}, {}), clock=clock)
finally:
    conductor.close()
sys.exit(code)
"""

SHELL = """
import fcntl, os, signal, subprocess, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
child = subprocess.Popen([sys.executable, "-c", sys.argv[1], "1"], process_group=0)
os.tcsetpgrp(0, child.pid)
_, status = os.waitpid(child.pid, os.WUNTRACED)
print("STOPPED" if os.WIFSTOPPED(status) else "ENDED", flush=True)
signal.sigwait({signal.SIGUSR1})
os.tcsetpgrp(0, child.pid)
os.kill(child.pid, signal.SIGCONT)
sys.exit(child.wait())
"""
"""As much of a shell as Ctrl-Z and fg need."""


class Terminal:
    def __init__(self) -> None:
        import pty  # noqa: PLC0415 - not there on Windows
        import termios  # noqa: PLC0415 - not there on Windows

        self.ours, self.theirs = pty.openpty()
        termios.tcsetwinsize(self.theirs, (24, 80))
        self._attributes = termios.tcgetattr
        self.before = self._attributes(self.theirs)
        self.seen = b""
        self.child: subprocess.Popen[bytes] | None = None

    def play(self, *arguments: str, program: str = PLAY) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=self.theirs,
            start_new_session=True,
            env=os.environ | {"TERM": "xterm-256color", "COLORTERM": ""},
        )

    def read_until(self, text: bytes, seconds: float = 20) -> None:
        while text not in self.seen:
            ready, _, _ = select.select([self.ours], [], [], seconds)
            assert ready, self.seen
            self.seen += os.read(self.ours, 65536)

    def end(self) -> int:
        assert self.child is not None
        self.read_until(LEAVE)
        code = self.child.wait(20)
        while select.select([self.ours], [], [], 0)[0]:
            self.seen += os.read(self.ours, 65536)
        return code

    @property
    def restored(self) -> bool:
        after = self.seen.rpartition(LEAVE)
        return (
            self._attributes(self.theirs) == self.before
            and after[0].rfind(b"\x1b[?25h") > after[0].rfind(b"\x1b[?25l")
            and b"\x1b[" not in after[2]
        )

    def close(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        for end in (self.ours, self.theirs):
            with contextlib.suppress(OSError):
                os.close(end)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.close()


def test_a_session_plays_to_its_end_and_gives_the_terminal_back(terminal: Terminal) -> None:
    terminal.play("30")
    assert terminal.end() == 0
    assert terminal.restored
    assert b"Reach" in terminal.seen
    assert b"Well done: Tiny, " in terminal.seen.rpartition(LEAVE)[2]


@pytest.mark.parametrize(("number", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_ends_a_session_and_gives_the_terminal_back(
    number: str, code: int, terminal: Terminal
) -> None:
    terminal.play("1")
    terminal.read_until(b"Reach")
    assert terminal.child is not None
    terminal.child.send_signal(getattr(signal, number))
    assert terminal.end() == code
    assert terminal.restored
    assert b"Traceback" not in terminal.seen


def test_a_terminal_that_takes_no_output_does_not_hold_the_session_up(terminal: Terminal) -> None:
    import termios  # noqa: PLC0415 - not there on Windows

    termios.tcsetwinsize(terminal.theirs, (60, 200))
    terminal.play("5")
    assert terminal.child is not None
    # Nobody reads, so that the first screens fill all there is between the two ends.
    assert terminal.child.wait(20) == 0


def test_ctrl_c_on_the_keyboard_ends_with_130(terminal: Terminal) -> None:
    terminal.play("1")
    terminal.read_until(b"Reach")
    os.write(terminal.ours, b"\x03")
    assert terminal.end() == 130
    assert terminal.restored


def test_a_crash_gives_the_terminal_back_before_it_is_told(terminal: Terminal) -> None:
    terminal.play("1", "crash")
    assert terminal.end() == 1
    assert terminal.restored
    assert b"ZeroDivisionError" in terminal.seen.rpartition(LEAVE)[2]


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again_paused(terminal: Terminal) -> None:
    terminal.play(PLAY, program=SHELL)
    terminal.read_until(b"Reach")
    os.write(terminal.ours, b"\x1a")
    terminal.read_until(b"STOPPED")
    assert terminal.restored
    terminal.seen = b""
    assert terminal.child is not None
    terminal.child.send_signal(signal.SIGUSR1)
    terminal.read_until(b"Space goes on")
    assert ENTER in terminal.seen
    os.write(terminal.ours, b"q")
    assert terminal.end() == 0
    assert terminal.restored


def test_ctrl_z_where_nobody_could_bring_it_back_pauses(terminal: Terminal) -> None:
    terminal.play("1")
    terminal.read_until(b"Reach")
    os.write(terminal.ours, b"\x1a")
    terminal.read_until(b"Space goes on")
    os.write(terminal.ours, b"q")
    assert terminal.end() == 0


def test_another_size_is_shown_anew(terminal: Terminal) -> None:
    import termios  # noqa: PLC0415 - not there on Windows

    terminal.play("1")
    terminal.read_until(b"Reach")
    terminal.seen = b""
    termios.tcsetwinsize(terminal.ours, (40, 120))
    terminal.read_until(b"\x1b[39;")
    assert b"\x1b[2J" in terminal.seen
    os.write(terminal.ours, b"\x03")
    assert terminal.end() == 130
