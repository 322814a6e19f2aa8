"""One command from its arguments to its exit code. Whatever happens, a person reads a sentence."""

import errno
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from chain_timer.cli.errors import DONE, FAILED, SIGNALED, StoppedError, exit_code_of
from chain_timer.cli.printing import notice
from chain_timer.problems import ChainTimerError, plain
from chain_timer.system.folders import HOME_VARIABLE, find_folders
from chain_timer.system.log import LOG_NAME, set_up_log

_log = logging.getLogger(__name__)
_INTERRUPT = 2


def main(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit code. Nothing is raised, and stdout is flushed."""
    try:
        return _flushed(_logged(arguments))
    except OSError as error:
        return _unwritable(error)


def _logged(arguments: Sequence[str]) -> int:
    try:
        logs = find_folders().logs
    except (OSError, RuntimeError) as error:  # CHAIN_TIMER_HOME=~nobody
        notice(f"There is no place for your files: {error}; look at the variable {HOME_VARIABLE}")
        return FAILED
    set_up_log(logs)
    return _guarded(arguments, logs / LOG_NAME)


def _guarded(arguments: Sequence[str], log_file: Path) -> int:
    try:
        return _command(arguments)
    except SystemExit as end:  # argparse ends so after --help and --version
        return end.code if isinstance(end.code, int) else DONE
    except StoppedError as stop:
        return stop.exit_code
    except KeyboardInterrupt:
        return SIGNALED + _INTERRUPT
    except ChainTimerError as error:
        notice(str(error))
        return exit_code_of(error)
    except Exception as error:
        # The last boundary: a person never meets a traceback.
        if _is_of_output(error):
            raise
        return _unforeseen(error, log_file)


def _command(arguments: Sequence[str]) -> int:
    """Carry out a command line. The bare program, which opens the window, reads no arguments first."""
    if not arguments:
        from chain_timer.cli.opening import open_window  # noqa: PLC0415 - the window should be quick

        return open_window()
    from chain_timer.cli.arguments import parse  # noqa: PLC0415 - as above
    from chain_timer.cli.commands import perform  # noqa: PLC0415

    return perform(parse(arguments))


def _unforeseen(error: Exception, log_file: Path) -> int:
    _log.error("unforeseen", exc_info=error)
    where = f"details are in {log_file}" if log_file.is_file() else "the log could not be written"
    notice(f"Something went wrong ({type(error).__name__}: {plain(str(error))}); {where}")
    return FAILED


def _flushed(code: int) -> int:
    sys.stdout.flush()
    return code


def _unwritable(error: OSError) -> int:
    """End quietly when the reader has had enough (``| head``), and with a word when the disk has."""
    # Python flushes once more at exit and would complain then.
    with suppress(OSError, ValueError):
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)
    if _is_reader_gone(error):
        return DONE
    with suppress(OSError):
        notice(f"The output could not be written: {error.strerror or error}")
    return FAILED


def _is_of_output(error: Exception) -> bool:
    # What fails with a file tells its name; what fails in print has none.
    kinds = {errno.ENOSPC, errno.EIO, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)}
    nameless = isinstance(error, OSError) and error.filename is None
    return _is_reader_gone(error) or (nameless and getattr(error, "errno", None) in kinds)


def _is_reader_gone(error: BaseException) -> bool:
    # Windows calls a pipe nobody reads an invalid argument.
    gone = {errno.EPIPE} | ({errno.EINVAL} if sys.platform == "win32" else set())
    return isinstance(error, OSError) and error.errno in gone
