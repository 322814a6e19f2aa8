"""Exit codes, and the errors of the command line itself."""

from chain_timer.problems import ChainTimerError, FileProblemsError, NotFoundError

DONE, FAILED, WRONG_INPUT = 0, 1, 2
SIGNALED = 128
"""Ended by a signal: this and its number, as shells count; 130 is Ctrl-C and 143 a polite request to end."""


class UsageError(ChainTimerError):
    """The arguments make no sense; the text says which and how to write them."""


class StoppedError(KeyboardInterrupt):
    """A signal asked the program to end. Whoever puts things right on Ctrl-C does the same here."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = SIGNALED + number


def exit_code_of(error: ChainTimerError) -> int:
    """Tell what a person can put right by asking differently from what failed."""
    wrong = isinstance(error, UsageError | NotFoundError | FileProblemsError)
    return WRONG_INPUT if wrong else FAILED
