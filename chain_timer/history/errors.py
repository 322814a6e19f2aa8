"""What a person is told when the history cannot be read or written."""

from chain_timer.problems import ChainTimerError


class HistoryError(ChainTimerError):
    """The history, or a file that should be one, could not be used; the text says why, and what to do."""
