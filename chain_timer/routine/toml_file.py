"""TOML files from outside: read whole, bounded and without ever waiting, or refused with the reason."""

import os
import re
import stat
import tomllib
from pathlib import Path

from chain_timer.problems import FileProblemsError, Problem, plain

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes; a routine of 10,000 exercises, each with its own hold, rest and sides, fits."""

_MOST_DOTS = 50
_LONGEST_SOURCE = 300
_SAVE_AS_UTF8 = "save it as UTF-8 text"
# Strings and comments: dots in them join no keys. What has begun matches at least to the end of its line,
# so that no character is looked at twice.
_PROSE = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?|#[^\n]*+')
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|(end of document))\)$")
_REMEDIES = {
    "Expected newline or end of document after a statement": 'put text in quotes, like hold = "45s"',
    "Invalid value": 'put text in quotes, like hold = "45s"',
    "Invalid initial character for a key part": "keep all of { … } on one line, with no comma before the }",
    "Unclosed array": "separate the entries with commas and end the list with ]",
    "Unclosed inline table": "separate the entries with commas and end the table with }",
    "Cannot overwrite a value": "say it only once",
    "Cannot declare": "say it only once",
    "Exceeds the limit": "write a smaller number",
    "Unterminated string": "end the text with a quote",
    "Illegal character '\\n'": "end the text with a quote, on the line where it starts",
    "Unescaped '\\' in a string": "write a backslash twice, or put the text in single quotes",
}


class UnreadableError(FileProblemsError):
    """A file could not be had, which may be otherwise the next time; of its content nothing is known."""


def source_text(path: Path) -> str:
    """Name a file in a message, safely and without end."""
    return plain(str(path), _LONGEST_SOURCE)


def read_toml(path: Path) -> dict[str, object]:
    """Read a TOML file into plain values. Raises FileProblemsError when it cannot be had."""
    source = source_text(path)
    return parse_toml(_decoded(_read_bytes(path, source), source), source)


def parse_toml(text: str, source: str) -> dict[str, object]:
    """Turn TOML text into plain values. Raises FileProblemsError naming the source, with line and column."""
    if _joins_too_many_keys(text):
        raise _refusal(source, "it has a key of too many parts", "write short keys")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _refusal(source, "it is nested too deeply", "use lists of plain entries") from None
    except ValueError as error:  # tomllib's own error is one, and so is a number of 5,000 digits
        raise FileProblemsError(source, [_syntax_problem(str(error))]) from None


def _read_bytes(path: Path, source: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise _refusal(source, "it is a folder", "name a file in it")
        if not stat.S_ISREG(mode):
            raise _refusal(source, "it is not an ordinary file", "name a .toml file")
        data = _bytes_without_waiting(path)
    except FileNotFoundError:
        missing = Problem("", "there is no such file", "check its name and folder")
        raise UnreadableError(source, [missing]) from None
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        refused = Problem("", f"it cannot be read: {reason}", "check the file and its permissions")
        raise UnreadableError(source, [refused]) from None
    except ValueError:  # a path with a NUL in it
        raise _refusal(source, "this is not a file name", "check it") from None
    if len(data) > LARGEST_FILE:
        raise _refusal(source, "it is larger than 2 MiB", "split it into several files")
    return data


def _bytes_without_waiting(path: Path) -> bytes:
    # Should a pipe have taken the file's place since it was looked at, opening it must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        return file.read(LARGEST_FILE + 1)


def _decoded(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(f"line {line}", "this is not UTF-8 text", _SAVE_AS_UTF8)
        raise FileProblemsError(source, [problem]) from None


def _joins_too_many_keys(text: str) -> bool:
    # tomllib's time grows with the square of the parts of a key: a.a.a.a … of 2 MiB would take hours.
    if text.count(".") <= _MOST_DOTS:
        return False
    return any(line.count(".") > _MOST_DOTS for line in _PROSE.sub("", text).splitlines())


def _syntax_problem(message: str) -> Problem:
    found = _PLACE.search(message)
    where = ""
    if found:
        message = message[: found.start()]
        line, column, _ = found.groups()
        where = f"line {line}, column {column}" if line else "at the end"
    remedy = next((advice for start, advice in _REMEDIES.items() if message.startswith(start)), "")
    said = message[:1].lower() + message[1:]
    return Problem(where, f"not valid TOML: {plain(said)}", remedy)


def _refusal(source: str, what: str, remedy: str) -> FileProblemsError:
    return FileProblemsError(source, [Problem("", what, remedy)])
