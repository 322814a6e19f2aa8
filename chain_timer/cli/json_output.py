"""Data for other programs, as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence


def print_json(value: object) -> None:
    """Print a value as JSON in ASCII, one entry a line, which people, diff and every pipe can read."""
    print("\n".join(_json_lines(value)))


def _json_lines(value: object) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield "{"
        yield from _entries([f"{json.dumps(key)}: {_json(entry)}" for key, entry in value.items()])
        yield "}"
    else:
        yield _json(value)


def _json(value: object) -> str:
    if not isinstance(value, list) or not value or not isinstance(value[0], Mapping):
        return json.dumps(value)
    return "\n".join(["[", *_entries([json.dumps(entry) for entry in value]), "]"])


def _entries(texts: Sequence[str]) -> Iterator[str]:
    for text in texts[:-1]:
        yield f"  {text},"
    yield f"  {texts[-1]}"
