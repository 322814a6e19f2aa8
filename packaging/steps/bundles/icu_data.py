"""Makes Qt's largest library small: ICU's data, 32 MB of it, of which Qt reads what sorts names.

Qt asks ICU to compare words by the rules of a language and to read old character sets; dates, numbers and the
names of countries it knows itself. The data is one table of files in a shared library that holds nothing else
(https://unicode-org.github.io/icu/userguide/icu_data/), made for being cut down: what is not found there is
done by the rules that all languages share.
"""

import fnmatch
import re
import struct
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

LIBRARY = "libicudata.so.*"
KEPT = (
    "cnvalias.icu",  # the names of character sets, without which ICU does not start
    "*keyTypeData.res",
    "*res_index.res",
    "*supplementalData.res",
    "coll/*.res",
    "coll/ucadata.icu",
    "pool.res",
    "root.res",
)
_MAGIC = re.compile(rb"..\xda\x27.{4}\x00.{3}CmnD", re.DOTALL)
_ALIGNED = 16
_VERSION = re.compile(r"libicudata\.so\.(\d+)$")


class IcuDataError(Exception):
    """This is no library of ICU's data."""


def reduce(library: Path) -> None:
    """Write the library anew with the kept files alone. Wants objcopy and ld, as PyInstaller wants objcopy.

    Raises IcuDataError when there is nothing of that kind in it.
    """
    version = _VERSION.search(library.name)
    if version is None:
        raise IcuDataError(f"{library.name} is not named like ICU's data")
    prefix = f"icudt{version[1]}l/"
    header, files = read_table(library.read_bytes(), library.name)
    kept = {name: data for name, data in files.items() if is_kept(name.removeprefix(prefix))}
    link(write_table(header, kept), f"icudt{version[1]}_dat", library)


def is_kept(name: str) -> bool:
    """Whether a file of the table, named without its prefix, is one that Qt reads."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in KEPT)


def read_table(library: bytes, name: str) -> tuple[bytes, Mapping[str, bytes]]:
    """Give the table's header, and its files by their names. Raises IcuDataError."""
    found = _MAGIC.search(library)
    if found is None:
        raise IcuDataError(f"{name} holds no table of ICU's data")
    begin = found.start()
    (size,) = struct.unpack_from("<H", library, begin)
    base = begin + size
    (count,) = struct.unpack_from("<I", library, base)
    places = [struct.unpack_from("<II", library, base + 4 + 8 * number) for number in range(count)]
    ends = [place for _name, place in places[1:]]
    files = {}
    # The end of the last one is not written anywhere; it is none of those that are kept.
    for (named, data), end in zip(places[:-1], ends, strict=True):
        name_end = library.index(b"\0", base + named)
        files[library[base + named : name_end].decode("ascii")] = library[base + data : base + end]
    return library[begin:base], files


def write_table(header: bytes, files: Mapping[str, bytes]) -> bytes:
    """Put a table together: its header, where each file is, their names, and the files."""
    names = sorted(files)
    name_at = 4 + 8 * len(names)
    text = b"".join(name.encode("ascii") + b"\0" for name in names)
    data_at = _aligned(name_at + len(text))
    places, body = [], b""
    for name in names:
        places.append(struct.pack("<II", name_at, data_at + len(body)))
        name_at += len(name) + 1
        body += files[name].ljust(_aligned(len(files[name])), b"\0")
    head = struct.pack("<I", len(names)) + b"".join(places) + text
    return header + head.ljust(data_at, b"\0") + body


def link(table: bytes, symbol: str, library: Path) -> None:
    """Write a shared library that holds the table under a symbol, and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        data, part, whole = (Path(folder, name) for name in ("table", "table.o", "whole.so"))
        data.write_bytes(table)
        sections = ["--rename-section", ".data=.rodata,alloc,load,readonly,data,contents"]
        kind = ["-I", "binary", "-O", "elf64-x86-64", "--set-section-alignment", f".data={_ALIGNED}"]
        symbols = ["--redefine-sym", f"_binary_table_start={symbol}", "--keep-global-symbol", symbol]
        subprocess.run(
            ["objcopy", *kind, *sections, *symbols, data.name, part.name],  # noqa: S607 - wherever it is
            cwd=folder,  # the file's name becomes the symbol's
            check=True,
        )
        how = ["-shared", "-soname", library.name, "--build-id=none", "-z", "noexecstack"]
        subprocess.run(["ld", *how, "-o", whole.name, part.name], cwd=folder, check=True)  # noqa: S607
        library.write_bytes(whole.read_bytes())


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
