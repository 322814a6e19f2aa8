"""Ways to damage a file so that readers go on reading: within archives, JSON, FIT, text, and byte by byte."""

import json
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from random import Random
from typing import Any

_FIT_MARK = b".FIT"
_FIT_HEADER = 12
_CRC = (
    *(0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401),
    *(0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400),
)
"""https://developer.garmin.com/fit/protocol/: of half a byte each."""
_ODD_VALUES = (
    *(None, True, False, 0, -1, 1, 0.5, 1e308, -1e-308, 10**18, 2**31, 59, 3600, 86_400),
    *("", " ", "0", "1e5", "NaN", "45s", "{side}", "\x1b[31m", "\u202e", "\ud800", "\0", "con", "../x"),
    *("a" * 5_000, "x. " * 2_000, "é" * 300, "[]", "{}", "[[[[[[]]]]]]"),
)
_ODD_WORDS = (
    *(b"", b"\0", b"\xff", b"\x80", b"\r", b"\n", b"\t", b" ", b",", b";", b'"', b"'", b"#", b"=", b":"),
    *(b"{", b"}", b"[", b"]", b"x", b"-1", b"0", b"1e999", b"999999999999", b"0:00", b"99:99:99", b"45s"),
    *(b"Rest", b"reps", b"sets", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"[[circuit]]", b"null"),
)
_LARGEST = 256 * 1024


def changed(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Damage a file a little, in a way that suits it, or in any way."""
    ways: list[Callable[[], bytes]] = [lambda: _bytes_changed(data, random, others)]
    if data.startswith(b"PK"):
        ways += [lambda: _archive_changed(data, random, others)] * 4
    elif data[8:12] == _FIT_MARK:
        ways += [lambda: _fit_sealed(_bytes_changed(data, random, others))] * 4
    elif data.lstrip()[:1] in {b"{", b"["}:
        ways += [lambda: _json_changed(data, random)] * 4
    return random.choice(ways)()


def _bytes_changed(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    found = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        start = random.randrange(len(found) + 1)
        end = min(len(found), start + random.choice((0, 1, 1, 2, 4, 16, 100)))
        way = random.randrange(6)
        if way == 0:
            found[start:end] = random.randbytes(end - start)
        elif way == 1:
            found[start:end] = b""
        elif way == 2:  # noqa: PLR2004 - the next way
            found[start:end] = random.choice(_ODD_WORDS)
        elif way == 3:  # noqa: PLR2004 - the next way
            found[start:start] = found[start:end] * random.choice((1, 2, 50))
        elif way == 4 and start < len(found):  # noqa: PLR2004 - the next way
            found[start] ^= 1 << random.randrange(8)
        else:
            other = random.choice(others)
            at = random.randrange(len(other) + 1)
            found[start:end] = other[at : at + random.choice((1, 8, 64, 512))]
        del found[_LARGEST:]
    return bytes(found)


# --- JSON ------------------------------------------------------------------------------------------------


def _json_changed(data: bytes, random: Random) -> bytes:
    try:
        whole: Any = {"whole": json.loads(data)}
    except (ValueError, RecursionError):
        return _bytes_changed(data, random, [data])
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        place, key = random.choice(list(_places(whole)))
        way = random.randrange(4)
        if way == 0 and place is not whole:
            del place[key]
        elif way == 1:
            place[key] = random.choice(([place[key]], {"x": place[key]}, [], {}, [place[key]] * 30))
        elif way == 2 and isinstance(place[key], int | float):  # noqa: PLR2004 - the next way
            place[key] = random.choice((-place[key], place[key] * 1_000, str(place[key]), place[key] + 0.5))
        else:
            place[key] = random.choice(_ODD_VALUES)
    return json.dumps(whole["whole"], ensure_ascii=random.random() < 0.5).encode(errors="replace")  # noqa: PLR2004 - half


def _places(values: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - JSON has no narrower type
    for key, value in list(values.items() if isinstance(values, dict) else enumerate(values)):
        yield values, key
        if isinstance(value, dict | list):
            yield from _places(value)


# --- archives --------------------------------------------------------------------------------------------


def _archive_changed(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Unpack, damage an entry or its name, and pack again."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError, zlib.error):
        return _bytes_changed(data, random, others)
    if not entries:
        return data
    at = random.randrange(len(entries))
    name, content = entries[at]
    way = random.randrange(8)
    if way == 0:
        entries[at] = (_bytes_changed(name.encode(), random, [b"a/b"]).decode("latin-1") or "x", content)
    elif way == 1:
        entries.append((name if random.random() < 0.5 else f"{name}2", content))  # noqa: PLR2004 - half
    else:
        entries[at] = (name, changed(content, random, [content]))
    return _packed(entries, random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


def _packed(entries: Sequence[tuple[str, bytes]], method: int) -> bytes:
    packed = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", method) as archive:
        warnings.simplefilter("ignore")  # of names that are there twice, as they should be
        for name, content in entries:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            entry.compress_type = method
            archive.writestr(entry, content)
    return packed.getvalue()


# --- FIT -------------------------------------------------------------------------------------------------


def _fit_sealed(data: bytes) -> bytes:
    """Put right what a FIT file says of its size, and its checksum, so that its messages are looked at."""
    if len(data) < _FIT_HEADER + 4:
        return data
    found = bytearray(data)
    size = found[0] if found[0] in {12, 14} else 14
    found[0] = size
    found[8:12] = _FIT_MARK
    struct.pack_into("<I", found, 4, max(0, len(found) - size - 2))
    if size > _FIT_HEADER:
        struct.pack_into("<H", found, _FIT_HEADER, _crc(bytes(found[:_FIT_HEADER])))
    found[-2:] = struct.pack("<H", _crc(bytes(found[:-2])))
    return bytes(found)


def _crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = (crc >> 4) ^ _CRC[crc & 0xF] ^ _CRC[byte & 0xF]
        crc = (crc >> 4) ^ _CRC[crc & 0xF] ^ _CRC[byte >> 4]
    return crc
