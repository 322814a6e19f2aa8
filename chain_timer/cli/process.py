"""The process around a command: its streams, signals, log, and the one place where unforeseen errors end."""

import io
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType, TracebackType

from chain_timer.cli.errors import StoppedError
from chain_timer.cli.main import main

_log = logging.getLogger(__name__)


def start(arguments: Sequence[str]) -> int:
    """Run a command line as this process, and give its exit code."""
    _open_standard_streams()
    _keep_output_possible()
    _keep_stderr_clean()
    _end_politely()
    code = main(arguments)
    _end_sound(code)
    return code


def _end_sound(code: int) -> None:
    """End the sound while the exit code is known: behind a hung sound server no other way keeps it."""
    # Another thread may be loading it just now: then nothing of it was opened yet.
    leave_all = getattr(sys.modules.get("chain_timer.sound.output"), "leave_all", None)
    if leave_all is not None:
        leave_all(code)


def _open_standard_streams() -> None:
    """Give closed streams something to write to, or the next file opened would be taken for one of them."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - for as long as the process lives
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as above


def _keep_output_possible() -> None:
    # A terminal that knows no "…" or "é" shows something in their place, and no error.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _keep_stderr_clean() -> None:
    """Send to the log what libraries and threads would write over a person's screen."""
    logging.captureWarnings(capture=True)
    logging.getLogger().addHandler(logging.NullHandler())
    threading.excepthook = _log_thread_failure
    # Qt hands over here what fails when it calls back; the window goes on.
    sys.excepthook = _log_callback_failure
    sys.unraisablehook = _log_unraisable


def _log_thread_failure(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_value is not None:
        _log_failure("a thread failed", failure.exc_value, failure.exc_traceback)


def _log_callback_failure(
    _kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    _log_failure("a callback failed", error, trace)


def _log_unraisable(failure: "sys.UnraisableHookArgs") -> None:
    if failure.exc_value is not None:
        _log_failure("an error nobody could be told", failure.exc_value, failure.exc_traceback)


def _log_failure(what: str, error: BaseException, trace: TracebackType | None) -> None:
    _log.error("%s", what, exc_info=(type(error), error, trace))


def _end_politely() -> None:
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    # Whoever asks a second time will not wait for the first to be carried out.
    signal.signal(number, signal.SIG_DFL)
    raise StoppedError(number)
