"""The file behind the log: bounded, turned over by itself, and never a reason to fail."""

import logging
import logging.handlers
from io import TextIOWrapper
from pathlib import Path

LARGEST_BYTES = 512 * 1024
OLDER_FILES = 2


class QuietFile(logging.handlers.RotatingFileHandler):
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


def quiet_file(path: Path) -> logging.Handler:
    """Give the handler that writes to a file, made with the first line."""
    handler = QuietFile(
        path,
        maxBytes=LARGEST_BYTES,
        backupCount=OLDER_FILES,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler
