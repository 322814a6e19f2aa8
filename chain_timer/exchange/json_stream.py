"""JSON too large to be read at once: an object whose values, or entries of lists, come one by one."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from chain_timer.exchange.source import parse_json

LARGEST_VALUE = 16 * 1024 * 1024
"""Characters of a value that is read as a whole; what goes on longer is not read any further."""
_CHUNK = 256 * 1024
_MAY_GO_ON = frozenset(("", *"0123456789.eE+-"))
_SPACE = re.compile(r"[ \t\n\r]*")


class StreamError(Exception):
    """What follows is not JSON, or too large to be read; the text says what is wrong."""


class JsonStream:
    """Reads a file forward. Every method may raise StreamError, after which nothing more can be read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._scanner = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._is_over = False

    def named(self) -> Iterator[str]:
        """Give the keys of the object that comes next; read the value of each before you ask for another."""
        self._take("{")
        if self._is_next("}"):
            self._at += 1
            return
        while True:
            key = self._value_text()
            if not key.startswith('"'):
                raise StreamError("a key has to be text")
            self._take(":")
            yield str(json.loads(key))
            if not self._goes_on("}"):
                return

    def entries(self) -> Iterator[str]:
        """Give the entries of the list that comes next, each as its text, read strictly by nobody yet."""
        self._take("[")
        if self._is_next("]"):
            self._at += 1
            return
        while True:
            yield self._value_text()
            if not self._goes_on("]"):
                return

    def value(self) -> object:
        """Read the value that comes next as a whole."""
        try:
            return parse_json(self._value_text())
        except ValueError as error:
            raise StreamError(str(error)) from None

    def is_list(self) -> bool:
        """Whether a list comes next."""
        return self._is_next("[")

    def check_end(self) -> None:
        """Refuse a file in which anything follows."""
        if self._next():
            raise StreamError("something follows after the end")

    def _goes_on(self, end: str) -> bool:
        if self._is_next(","):
            self._at += 1
            return True
        self._take(end)
        return False

    def _take(self, letter: str) -> None:
        if not self._is_next(letter):
            raise StreamError(f"it is cut short before {letter}" if self._is_over else f"{letter} is missing")
        self._at += 1

    def _is_next(self, letter: str) -> bool:
        return self._next() == letter

    def _next(self) -> str:
        """Give the next character that is no space, without taking it; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._is_over:
                return self._text[self._at : self._at + 1]
            self._read_more()

    def _value_text(self) -> str:
        """Take the text of a value: try, and read twice as much as long as it does not end."""
        self._next()
        while True:
            end = self._end_of_value()
            # A number does not tell where it ends: 3 may go on as 3.5, of which only "3." was read yet.
            if end is not None and (self._is_over or self._text[end : end + 1] not in _MAY_GO_ON):
                text, self._at = self._text[self._at : end], end
                return text
            if self._is_over:
                raise StreamError("it is cut short, or no JSON")
            if len(self._text) - self._at > LARGEST_VALUE:
                raise StreamError("it is too large, or no JSON")
            self._read_more()

    def _end_of_value(self) -> int | None:
        try:
            return self._scanner.raw_decode(self._text, self._at)[1]
        except RecursionError:
            raise StreamError("it is nested too deeply") from None
        except ValueError:  # it is wrong, or goes on where nothing was read yet
            return None

    def _read_more(self) -> None:
        rest = self._text[self._at :]
        data = self._file.read(max(_CHUNK, len(rest)))
        self._is_over = not data
        try:
            self._text, self._at = rest + self._decoder.decode(data, final=self._is_over), 0
        except UnicodeDecodeError:
            raise StreamError("it is not UTF-8") from None
