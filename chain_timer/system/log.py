"""The log: set up at once, and a file only from the first line on."""

import logging
from pathlib import Path

LOG_NAME = "chain-timer.log"


class _FromFirstLine(logging.Handler):
    """Brings in the log file with the first line: most runs have nothing to log and start without it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from chain_timer.system.log_file import quiet_file  # noqa: PLC0415 - see above

            self._file = quiet_file(self._path)
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def set_up_log(folder: Path, level: int = logging.INFO) -> None:
    """Send what the program logs to a file in ``folder``, made with the first line. Never raises."""
    logger = logging.getLogger("chain_timer")
    close_log()
    logger.addHandler(_FromFirstLine(folder / LOG_NAME))
    logger.setLevel(level)


def close_log() -> None:
    """Close the log file, if there is one."""
    logger = logging.getLogger("chain_timer")
    for handler in [h for h in logger.handlers if isinstance(h, _FromFirstLine)]:
        logger.removeHandler(handler)
        handler.close()
