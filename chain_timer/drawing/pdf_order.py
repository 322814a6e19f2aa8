"""Puts the parts of a PDF that Qt wrote in one order: fonts come in another one at each start of the program.

Every part is numbered anew, in the order it is first referred to from the end of the file on, where readers
begin. What is not built as Qt builds it stays as it is.
"""

import re
from collections.abc import Mapping
from itertools import accumulate, pairwise

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_IN_USE = re.compile(rb"(\d{10}) 00000 n")
_PART = re.compile(rb"(\d+) 0 obj\b")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_FONT = re.compile(rb"/Q[A-Z]{5}\+")
"""What a font is called of which there are only some letters; Qt makes it of the part's number."""


def in_order(data: bytes) -> bytes:
    """Give the same PDF with its parts in order."""
    start = _START.search(data[-100:])
    table = int(start[1]) if start else len(data)
    trailer = data.find(b"trailer", table)
    if trailer < 0:
        return data
    places = sorted(int(entry[1]) for entry in _IN_USE.finditer(data, table, trailer))
    parts = {}
    for here, there in pairwise([*places, table]):
        begins = _PART.match(data, here)
        if begins is None:
            return data
        parts[int(begins[1])] = data[begins.end() : there]
    end = data[trailer : data.rindex(b"startxref")]
    return _written(data[: places[0]], parts, end) if len(parts) == len(places) > 0 else data


def _written(head: bytes, parts: Mapping[int, bytes], end: bytes) -> bytes:
    numbers = _order(parts, end)
    fonts: dict[bytes, bytes] = {}
    made = [head]
    for number, anew in numbers.items():
        made.append(b"%d 0 obj%s" % (anew, _renamed(parts[number], numbers, fonts)))
    *places, table = accumulate(map(len, made))
    lines = [b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)]
    lines += [b"%010d 00000 n \n" % place for place in places]
    return b"".join([*made, *lines, _renumbered(end, numbers), b"startxref\n%d\n%%%%EOF\n" % table])


def _order(parts: Mapping[int, bytes], end: bytes) -> dict[int, int]:
    """The new number of each part: a reader's way through the file; last what nothing refers to."""
    numbers: dict[int, int] = {}
    ahead = _referred(end)
    while ahead:
        number = ahead.pop()
        if number not in numbers and number in parts:
            numbers[number] = len(numbers) + 1
            ahead += _referred(_words(parts[number]))
    for number in parts:
        numbers.setdefault(number, len(numbers) + 1)
    return numbers


def _referred(words: bytes) -> list[int]:
    """What is referred to, the first last."""
    return [int(number) for number in reversed(_REFERENCE.findall(words))]


def _words(part: bytes) -> bytes:
    """A part without its stream, which is no text."""
    return part.partition(b"stream\n")[0]


def _renamed(part: bytes, numbers: Mapping[int, int], fonts: dict[bytes, bytes]) -> bytes:
    words = _words(part)

    def font(found: re.Match[bytes]) -> bytes:
        count = len(fonts)
        letters = bytes([65 + count // 26 % 26, 65 + count % 26])
        return fonts.setdefault(found[0], b"/QAAA%s+" % letters)

    return _FONT.sub(font, _renumbered(words, numbers)) + part[len(words) :]


def _renumbered(words: bytes, numbers: Mapping[int, int]) -> bytes:
    return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers.get(int(found[1]), 0), words)
