"""A file from outside, looked at without trust: bounded in size, depth and time."""

import json
import math
import zipfile
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import NoReturn

from chain_timer.problems import FileProblemsError, Problem, quoted
from chain_timer.routine.toml_file import source_text
from chain_timer.system.collector import collector_at_rest
from chain_timer.system.files import read_bytes_bounded

LARGEST_BYTES = 64 * 1024 * 1024
"""Of a file as it lies on disk; a package with pictures fits."""
LARGEST_TEXT = 16 * 1024 * 1024
"""Of what is read as text; ten times the largest collection we know."""
_PACKED = (b"PK\x03\x04", b"PK\x05\x06")


class Source:
    """The bytes of a file, and what they are as text, JSON or archive, found out when first asked."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        """What a person knows it by: its file name, safe to show."""

    @classmethod
    def read(cls, path: Path) -> "Source":
        """Read a file whole. Raises FileProblemsError when it cannot be had, or is too large."""
        name = source_text(path)
        try:
            return cls(read_bytes_bounded(path, LARGEST_BYTES), source_text(Path(path.name)))
        except FileNotFoundError:
            _refuse(name, "there is no such file", "check its name and folder")
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            _refuse(name, f"it cannot be read: {reason}", "check the file and its permissions")
        except ValueError as error:
            _refuse(name, str(error), f"choose a file of up to {LARGEST_BYTES // 1024 // 1024} MiB")

    @property
    def stem(self) -> str:
        """The file's name without its ending: a title where the file itself has none."""
        return Path(self.name).stem

    def problem(self, where: str, what: str, remedy: str = "") -> FileProblemsError:
        """Give the error that tells why nothing of this file can be used."""
        return FileProblemsError(self.name, [Problem(where, what, remedy)])

    # --- as text -------------------------------------------------------------------------------------

    @cached_property
    def text(self) -> str | None:
        """As text: UTF-8 or UTF-16 with their marks, else UTF-8, else Latin-1; None for what is no text."""
        return _decoded(self.data)

    @cached_property
    def is_damaged_text(self) -> bool:
        """Whether it is no valid UTF-8, so that letters beyond ASCII may be wrong."""
        return self.text is not None and not _is_unicode(self.data)

    # --- as JSON -------------------------------------------------------------------------------------

    @cached_property
    def json(self) -> object:
        """As JSON: plain lists, dicts, text, numbers; None for what is no JSON, or null."""
        text = self.text
        if text is None or text.lstrip()[:1] not in {"[", "{"}:
            return None
        try:
            return parse_json(text)
        except ValueError:
            return None

    def checked_json(self) -> object:
        """The same, or FileProblemsError with the place of what is wrong."""
        if self.json is not None:
            return self.json
        if len(self.data) > LARGEST_TEXT:
            most = f"text of up to {LARGEST_TEXT // 1024 // 1024} MiB can be brought in"
            raise self.problem("", "it is too large", most)
        if self.text is None:
            raise self.problem("", "this is not text", "choose a JSON file")
        try:
            return parse_json(self.text)
        except ValueError as error:
            raise self.problem("", f"not valid JSON: {error}", "export it once more") from None

    # --- as an archive -------------------------------------------------------------------------------

    @cached_property
    def archive(self) -> zipfile.ZipFile | None:
        """As a zip archive; None for what is none. Only ``archive.py`` reads its entries: it bounds them."""
        if not self.data.startswith(_PACKED):
            return None
        try:
            return zipfile.ZipFile(BytesIO(self.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            return None


def parse_json(text: str) -> object:
    """Read JSON strictly: no NaN, no key twice in a table, no number beyond 19 digits. Raises ValueError."""
    try:
        with collector_at_rest():
            return json.loads(
                text,
                parse_constant=_no_constant,
                object_pairs_hook=_once,
                parse_int=_number,
                parse_float=_decimal,
            )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"the key {quoted(key)} is there twice")
            seen.add(key)
    return found


def _number(digits: str) -> int:
    if len(digits.removeprefix("-")) > 19:  # noqa: PLR2004 - more than 64 bits hold
        raise ValueError("a number of more than 19 digits")
    return int(digits)


def _decimal(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number too large for any use")
    return number


def _decoded(data: bytes) -> str | None:
    if len(data) > LARGEST_TEXT:
        return None
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _is_unicode(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _refuse(source: str, what: str, remedy: str) -> NoReturn:
    raise FileProblemsError(source, [Problem("", what, remedy)])
