"""Plain values as TOML text, written the way our own files are."""

import re
from collections.abc import Mapping, Sequence

ALONE = "exercise"
"""An entry of a list that says this and nothing else is written as its value alone."""
_TALL = frozenset({"exercises", "steps"})
"""Lists with an entry on each line, however short they are."""
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_LAST_CONTROL = "\x1f"


def value_text(value: object) -> str:
    """Write a value on one line. Raises TypeError for what our files never hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_text(key)} = {value_text(each)}" for key, each in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(entry_text(each) for each in value) + "]"
    raise TypeError(f"{type(value).__name__} cannot be written")


def entry_text(value: object) -> str:
    """Write an entry of a list; one that only names its exercise is that name."""
    if isinstance(value, Mapping) and set(value) == {ALONE}:
        return value_text(value[ALONE])
    return value_text(value)


def key_text(*keys: str) -> str:
    """Write a key, or several joined by dots."""
    return ".".join(key if _BARE_KEY.fullmatch(key) else _string(key) for key in keys)


def table_text(values: Mapping[str, object]) -> str:
    """Write the lines of a table."""
    return "".join(f"{key_text(key)} = {line_text(key, value)}\n" for key, value in values.items())


def line_text(key: str, value: object) -> str:
    """Write what stands after a key that has a line of its own: the long lists have one for each entry."""
    if key in _TALL and isinstance(value, list):
        return "[\n" + "".join(f"  {entry_text(each)},\n" for each in value) + "]"
    return value_text(value)


def _string(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode()  # half a character cannot be written at all
    if ('"' in whole or "\\" in whole) and "'" not in whole and not any(map(_is_control, whole)):
        return f"'{whole}'"
    return '"' + "".join(_escaped(character) for character in whole) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    return f"\\u{ord(character):04x}" if _is_control(character) else character


def _is_control(character: str) -> bool:
    return character <= _LAST_CONTROL or character == "\x7f"
