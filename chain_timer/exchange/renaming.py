"""What a file must say differently when it is kept beside another one: its title, and its pictures' names.

Only these words change: comments, order and all else stay to the letter. What cannot be changed so stays as
it is.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise_reader import LONGEST_NAME
from chain_timer.routine.toml_file import parse_toml
from chain_timer.routine.toml_text import Document, NotMergedError, Part, read_document
from chain_timer.routine.toml_values import value_text

_NAME, _PICTURE = "name", "picture"
_ADDED = " (from backup)"


def beside_title(title: str) -> str:
    """Give the title of what is kept beside another thing of this title."""
    return f"{title[: LONGEST_NAME - len(_ADDED)]}{_ADDED}"


def with_title(data: bytes) -> bytes:
    """Give a routine or an exercise under the title that tells it from the one beside it."""

    def retitle(document: Document) -> None:
        for part in document.top.parts:
            if part.key == (_NAME,):
                _change(part, beside_title)

    return _changed(data, retitle)


def with_pictures(data: bytes, names: Mapping[str, str]) -> bytes:
    """Give a routine or an exercise that names its pictures as they are called here."""
    if not names or _PICTURE.encode() not in data:
        return data

    def rename(document: Document) -> None:
        for part in _all_parts(document):
            if part.key[-1:] == (_PICTURE,):
                _change(part, lambda name: names.get(name, name))

    return _changed(data, rename)


def _all_parts(document: Document) -> Iterator[Part]:
    return chain(document.top.parts, *(block.body.parts for block in document.blocks))


def _change(part: Part, change: Callable[[str], str]) -> None:
    if not isinstance(part.value, str):
        return
    said = parse_toml(f"value = {part.value}\n", "")["value"]
    if isinstance(said, str) and (wanted := change(said)) != said:
        part.value = value_text(wanted)


def _changed(data: bytes, change: Callable[[Document], None]) -> bytes:
    try:
        text = data.decode("utf-8-sig")
        parse_toml(text, "")
        document = read_document(text.replace("\r\n", "\n"))
        before = document.text
        change(document)
        parse_toml(document.text, "")
    except (FileProblemsError, NotMergedError, UnicodeDecodeError):
        return data
    if document.text == before:
        return data
    made = document.text.replace("\n", "\r\n") if "\r\n" in text else document.text
    return made.encode()
