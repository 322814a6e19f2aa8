"""The log file: bounded, turned over by itself, and never a reason to fail."""

import logging
import logging.handlers
from io import TextIOWrapper
from pathlib import Path

LOG_NAME = "chain-timer.log"
LARGEST_BYTES = 512 * 1024
OLDER_FILES = 2


class _QuietFile(logging.handlers.RotatingFileHandler):
    """A rotating file that makes its folder with the first line and swallows what the disk refuses."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Drop the line: a full disk or a missing folder must not reach the person on the mat."""


class _OneLine(logging.Formatter):
    """Keeps a message on its line: names from files may hold line ends and terminal escapes."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in text)

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = record.message.replace("\n", "\\n")
        return super().formatMessage(record)


def set_up_log(folder: Path, level: int = logging.INFO) -> None:
    """Send what the program logs to a file in ``folder``, made with the first line. Never raises."""
    logger = logging.getLogger("chain_timer")
    close_log()
    handler = _QuietFile(
        folder / LOG_NAME,
        maxBytes=LARGEST_BYTES,
        backupCount=OLDER_FILES,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)


def close_log() -> None:
    """Close the log file, if there is one."""
    logger = logging.getLogger("chain_timer")
    for handler in [h for h in logger.handlers if isinstance(h, _QuietFile)]:
        logger.removeHandler(handler)
        handler.close()
