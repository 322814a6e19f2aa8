"""Zip archives for tests: honest ones, and such as no archive program would write."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give an archive of these entries, each named just so."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(info(name, method), data)
    return file.getvalue()


def info(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Give what an archive says of an entry; the name stays as it is."""
    entry = zipfile.ZipInfo("x")
    entry.filename = name
    entry.compress_type = method
    return entry


def twice(name: str, *contents: bytes) -> bytes:
    """Give an archive that has an entry more than once."""
    places = {f"{index}{name[1:]}": data for index, data in enumerate(contents)}
    return _renamed(zipped(places), dict.fromkeys(places, name))


def flagged(data: bytes, flags: int = 0, method: int | None = None) -> bytes:
    """Set flags, or the packing, of the first entry of an archive, wherever it says them."""
    changed = bytearray(data)
    for place in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        old_flags, old_method = struct.unpack_from("<HH", changed, place)
        struct.pack_into("<HH", changed, place, old_flags | flags, old_method if method is None else method)
    return bytes(changed)


def claiming(data: bytes, size: int) -> bytes:
    """Let the first entry of an archive claim a size, as a bomb does to look harmless."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, data.index(b"PK\x03\x04") + 22, size)
    struct.pack_into("<I", changed, data.index(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def overlapping(names: list[str], unfolded: bytes) -> bytes:
    """Give an archive all of whose entries, up to 1,800, are the same packed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(unfolded) + packer.flush()
    crc = zlib.crc32(unfolded)
    sizes = (crc, len(packed), len(unfolded))
    local = b"".join(
        struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, *sizes, len(name), 0) + name.encode()
        for name in names
    )
    # Each header is followed by the next; the extra field of each reaches to the data behind the last.
    whole = bytearray(local + packed)
    starts = []
    place = 0
    for name in names:
        starts.append(place)
        after = place + 30 + len(name)
        struct.pack_into("<H", whole, place + 28, len(local) - after)
        place = after
    directory = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes, len(name), 0, 0, 0, 0, 0, start
        )
        + name.encode()
        for name, start in zip(names, starts, strict=True)
    )
    count = len(names)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(whole), 0)
    return bytes(whole) + directory + end


def _renamed(data: bytes, names: Mapping[str, str]) -> bytes:
    for old, new in names.items():
        data = data.replace(old.encode(), new.encode())
    return data
