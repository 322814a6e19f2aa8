"""Takes out of programs and libraries the symbols that only a debugger reads."""

import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_LOAD = 1
_PAGE = 4096
_PROGRAM_HEADERS_AT, _SIZE_AND_COUNT_AT = 32, 54


def strip(files: Iterable[Path]) -> None:
    """Make each file smaller where that leaves it one that can be loaded.

    Libraries that were changed after they were linked, as those in wheels are, come out broken of some
    versions of ``strip``: "ELF load command address/offset not page-aligned". These stay as they were.
    """
    with tempfile.TemporaryDirectory() as folder:
        smaller = Path(folder, "stripped")
        for file in files:
            command = ["strip", "--strip-unneeded", "-o", str(smaller), str(file)]
            if subprocess.run(command, capture_output=True, check=False).returncode:
                continue
            if smaller.stat().st_size < file.stat().st_size and can_be_loaded(smaller):
                shutil.copyfile(smaller, file)


def can_be_loaded(library: Path) -> bool:
    """Whether each part that is to be loaded begins in the file where Linux can map it from."""
    return all((address - offset) % _PAGE == 0 for offset, address in _loaded(library.read_bytes()))


def _loaded(data: bytes) -> Iterator[tuple[int, int]]:
    """Give where each loaded part lies in the file and in memory (64-bit ELF, ``man 5 elf``)."""
    (begin,) = struct.unpack_from("<Q", data, _PROGRAM_HEADERS_AT)
    size, count = struct.unpack_from("<HH", data, _SIZE_AND_COUNT_AT)
    for number in range(count):
        kind, _flags, offset, address = struct.unpack_from("<IIQQ", data, begin + number * size)
        if kind == _LOAD:
            yield offset, address
