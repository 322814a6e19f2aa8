"""FIT files written byte by byte, so that a test can write what no program would."""

import struct
from collections.abc import Sequence

from fitdecode.utils import compute_crc

ENUM, UINT16, STRING, UINT32 = 0x00, 0x84, 0x07, 0x86
FILE_ID, WORKOUT, STEP, TITLE = 0, 26, 27, 264
TIME, DISTANCE, OPEN, REPEAT, REPS = 0, 1, 5, 6, 29
ACTIVE, REST = 0, 1

Field = tuple[int, int, bytes]
"""Its number, the base type, and its bytes."""
Message = tuple[int, Sequence[Field]]
"""Its global number, and its fields."""


def enum(number: int, value: int) -> Field:
    return number, ENUM, struct.pack("<B", value)


def uint16(number: int, value: int) -> Field:
    return number, UINT16, struct.pack("<H", value)


def uint32(number: int, value: int) -> Field:
    return number, UINT32, struct.pack("<I", value)


def string(number: int, text: str) -> Field:
    return number, STRING, text.encode() + b"\0"


def file_id(kind: int = 5) -> Message:
    return FILE_ID, [enum(0, kind), uint16(1, 255)]


def workout(name: str = "Intervals", *more: Field) -> Message:
    return WORKOUT, [string(8, name), *more]


def step(index: int, name: str, *fields: Field) -> Message:
    named = [string(0, name)] if name else []
    return STEP, [uint16(254, index), *named, *fields]


def timed(index: int, name: str, seconds: float, intensity: int = ACTIVE, *more: Field) -> Message:
    return step(
        index, name, enum(1, TIME), uint32(2, int(seconds * 1000)), enum(3, 2), enum(7, intensity), *more
    )


def counted(index: int, name: str, count: int, *more: Field) -> Message:
    return step(index, name, enum(1, REPS), uint32(2, count), enum(7, ACTIVE), *more)


def opened(index: int, name: str, *more: Field) -> Message:
    return step(index, name, enum(1, OPEN), enum(7, ACTIVE), *more)


def repeat(index: int, first: int, times: int) -> Message:
    return step(index, "", enum(1, REPEAT), uint32(2, first), uint32(4, times))


def message_bytes(message: Message) -> bytes:
    """Give the definition of a message, and the message."""
    number, fields = message
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    definition += b"".join(struct.pack("<BBB", each[0], len(each[2]), each[1]) for each in fields)
    return definition + b"\0" + b"".join(data for _, _, data in fields)


def fit(*messages: Message) -> bytes:
    """Give a whole file with these messages."""
    return whole(b"".join(map(message_bytes, messages)))


def plan(*steps: Message) -> bytes:
    """Give a file of the kind workout with these steps."""
    return fit(file_id(), workout(), *steps)


def whole(body: bytes) -> bytes:
    """Give a file with its header and both checksums around whatever this is."""
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    header += struct.pack("<H", compute_crc(header))
    return header + body + struct.pack("<H", compute_crc(header + body))
