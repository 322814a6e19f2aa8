"""The keyboard of a terminal: single keys without Enter, and the terminal as it was afterwards."""

import codecs
import contextlib
import os
import sys
from types import TracebackType
from typing import Protocol, TextIO

from chain_timer.terminal.keys import DOWN, LEFT, RIGHT, UP, KeyReader
from chain_timer.terminal.signals import Signals

_ESCAPE_WAIT_S = 0.05
"""What follows an escape in a sequence comes at once, over a slow line too; a person is slower."""
_PIECE_S = 0.03
_WINDOWS_ARROWS = {"H": UP, "P": DOWN, "K": LEFT, "M": RIGHT}


class Keyboard(Protocol):
    """Gives keys, one press at a time. Entered it takes the terminal, left it gives it back."""

    @property
    def present(self) -> bool:
        """Whether a person can press keys at all."""
        ...

    def keys(self, timeout_s: float) -> list[str]:
        """Wait for keys, at most so long; a signal ends the wait too."""
        ...

    def take(self) -> None: ...

    def give_back(self) -> None: ...


class NoKeyboard:
    """Where nobody can press a key: the wait alone."""

    present = False

    def __init__(self, signals: Signals) -> None:
        self._signals = signals

    def keys(self, timeout_s: float) -> list[str]:
        self._signals.wait(timeout_s)
        return []

    def take(self) -> None: ...

    def give_back(self) -> None: ...


class PosixKeyboard:
    """A terminal read through its file descriptor, without echo, without lines, without flow control."""

    def __init__(self, source: int, signals: Signals) -> None:
        self._source = source
        self._signals = signals
        self._reader = KeyReader()
        self._decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
        self._before: list[object] | None = None
        self.present = True

    def take(self) -> None:
        import termios  # noqa: PLC0415 - not there on Windows

        with contextlib.suppress(termios.error):
            now = termios.tcgetattr(self._source)
            self._before = self._before or [*now[:6], list(now[6])]
            # Ctrl-S would stop the output; Ctrl-C and Ctrl-Z stay signals.
            now[0] &= ~(termios.IXON | termios.ICRNL)
            now[3] &= ~(termios.ECHO | termios.ICANON)
            now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._source, termios.TCSANOW, now)

    def give_back(self) -> None:
        import termios  # noqa: PLC0415 - not there on Windows

        if self._before is not None:
            with contextlib.suppress(termios.error):
                # At once, whether or not the terminal takes what was written last.
                termios.tcsetattr(self._source, termios.TCSANOW, self._before)  # type: ignore[arg-type]
                # Keys pressed too late for the session are not for the shell.
                termios.tcflush(self._source, termios.TCIFLUSH)
            self._before = None

    def keys(self, timeout_s: float) -> list[str]:
        if not self.present:
            self._signals.wait(timeout_s)
            return []
        if not self._signals.wait(timeout_s, self._source):
            return []
        found = self._read()
        if self._reader.unfinished:
            if self._signals.wait(_ESCAPE_WAIT_S, self._source):
                found += self._read()
            else:
                found += self._reader.settle()
        return found

    def _read(self) -> list[str]:
        try:
            received = os.read(self._source, 4096)
        except BlockingIOError:
            return []
        except OSError:
            received = b""
        # The end of a keyboard is a terminal that is gone: asking again would never wait.
        self.present = bool(received)
        return self._reader.feed(self._decode(received))


class WindowsKeyboard:
    """The console, asked now and then: Windows has no wait for keys alone."""

    present = True

    def __init__(self, signals: Signals) -> None:
        self._signals = signals

    def take(self) -> None: ...

    def give_back(self) -> None: ...

    def keys(self, timeout_s: float) -> list[str]:
        import msvcrt  # noqa: PLC0415 - there on Windows alone

        pressed, getwch = getattr(msvcrt, "kbhit"), getattr(msvcrt, "getwch")  # noqa: B009 - unknown elsewhere
        left_s = timeout_s
        while not pressed() and left_s > 0 and self._signals.exit_code is None:
            self._signals.wait(min(_PIECE_S, left_s))
            left_s -= _PIECE_S
        found: list[str] = []
        reader = KeyReader()
        while pressed():
            character = getwch()
            if character in "\x00\xe0":
                found += [arrow] if (arrow := _WINDOWS_ARROWS.get(getwch())) else []
            else:
                found += reader.feed(character) + reader.settle()
        return found


class Taken:
    """A keyboard for as long as a ``with`` block lasts."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard = keyboard

    def __enter__(self) -> Keyboard:
        self._keyboard.take()
        return self._keyboard

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keyboard.give_back()


def keyboard_of(stdin: TextIO | None, signals: Signals) -> Keyboard:
    """Find the keyboard behind the standard input, or learn that there is none."""
    try:
        if stdin is None or not stdin.isatty():
            return NoKeyboard(signals)
        return WindowsKeyboard(signals) if sys.platform == "win32" else PosixKeyboard(stdin.fileno(), signals)
    except (ValueError, OSError):
        # A closed input, or one that is no file.
        return NoKeyboard(signals)
